package fix

import (
	"strings"

	"github.com/refcheck/refcheck/cmodel/cfront"
)

// A braceStyle says where the opening brace of an if goes.
type braceStyle uint8

const (
	sameLine braceStyle = iota // if (x) {
	nextLine                   // below the if
	halfway                    // below the if and deeper, as GNU does
)

// braces is the style of the function, or else of the file: that of the majority.
func (t *Text) braces(s *stmt) braceStyle {
	for s.parent != nil {
		s = s.parent
	}
	if style, ok := t.bracesIn(s.first+1, s.last); ok {
		return style
	}
	style, _ := t.bracesIn(0, len(t.toks))
	return style
}

func (t *Text) bracesIn(from, to int) (braceStyle, bool) {
	var n [3]int
	for i := from; i < to; i++ {
		if t.toks[i].Op != '{' || t.around[i] < 0 || i == 0 {
			continue
		}
		head := i - 1
		if t.toks[head].Op == ')' && t.mate[head] > 0 {
			head = t.mate[head] - 1
		}
		switch t.text(max(head, 0)) {
		case "if", "else", "for", "while", "switch", "do":
		default:
			continue
		}
		switch {
		case !t.toks[i].First:
			n[sameLine]++
		case len(t.indent(t.toks[i].Off)) > len(t.indent(t.toks[head].Off)):
			n[halfway]++
		default:
			n[nextLine]++
		}
	}
	switch {
	case n[nextLine] > n[sameLine] && n[nextLine] >= n[halfway]:
		return nextLine, true
	case n[halfway] > n[sameLine]:
		return halfway, true
	}
	return sameLine, n[sameLine] > 0
}

// cuddles reports whether the file writes } else on one line.
func (t *Text) cuddles() bool {
	same, next := 0, 0
	for i := 1; i < len(t.toks); i++ {
		if t.toks[i-1].Op != '}' || !t.is(i, "else") {
			continue
		}
		if t.toks[i].First {
			next++
		} else {
			same++
		}
	}
	return same > next
}

// unit is one step of indentation in the function around s.
func (t *Text) unit(s *stmt) string {
	for s.parent != nil {
		s = s.parent
	}
	outer := t.indent(t.off(s))
	count := map[string]int{}
	best := "    "
	for _, p := range s.parts {
		if p.kind == label || !t.toks[p.first].First {
			continue
		}
		if in := t.indent(t.off(p)); strings.HasPrefix(in, outer) && len(in) > len(outer) {
			unit := in[len(outer):]
			if count[unit]++; count[unit] > count[best] {
				best = unit
			}
		}
	}
	return best
}

// deeper is indentation by one more step, with tabs where the function has them.
func (t *Text) deeper(s *stmt, indent string) string {
	unit := t.unit(s)
	if unit == "    " && strings.HasSuffix(indent, "    ") && t.mixesTabs(s) {
		return indent[:len(indent)-4] + "\t"
	}
	return indent + unit
}

// mixesTabs reports whether eight columns of indentation are a tab in a function where four are spaces,
// as in old code of CPython.
func (t *Text) mixesTabs(s *stmt) bool {
	for s.parent != nil {
		s = s.parent
	}
	return strings.Contains(t.reads(s), "\n\t")
}

// spaced reports whether the function around an offset writes f (x) more often than f(x).
func (t *Text) spaced(o int) bool {
	s := t.body(o)
	if s == nil {
		return false
	}
	with, without := 0, 0
	for i := s.first; i < s.last; i++ {
		if t.toks[i].Kind != cfront.IdentToken || !t.is(i+1, "(") || keywords[t.text(i)] {
			continue
		}
		if t.toks[i].End < t.toks[i+1].Off {
			with++
		} else {
			without++
		}
	}
	return with > without
}

var keywords = map[string]bool{"if": true, "for": true, "while": true, "switch": true, "return": true, "sizeof": true}
