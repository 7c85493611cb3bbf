// Package fix makes edits of the repairs that rules propose. It sees the text of a file as
// statements, blocks and lines, and keeps its indentation, braces and line ends. It does not
// know whether an edit helps: the analyzer tries that.
package fix

import (
	"bytes"
	"slices"
	"strings"

	"github.com/refcheck/refcheck/cmodel/cfront"
	"github.com/refcheck/refcheck/cmodel/source"
)

// A Text is a C file cut up for editing.
type Text struct {
	File  string // as positions name it
	Minor int    // of the oldest Python 3 that the code is known to be for; 0 if that is not known
	// Apart reports whether what a function returns outlives its arguments; nil if nothing is known.
	Apart func(name string) bool

	src    []byte
	toks   []cfront.Token
	lines  []int // offset of each line
	mate   []int // by token: the matching bracket, -1
	around []int // by token: the innermost { that it is in, -1
	eol    string
	bodies map[int]*stmt // parsed functions, by the token of their {
}

// NewText cuts up a file.
func NewText(file string, src []byte) *Text {
	t := &Text{File: file, src: src, toks: cfront.Tokens(src), lines: []int{0}, eol: "\n", bodies: map[int]*stmt{}}
	for i, c := range src {
		if c == '\n' {
			t.lines = append(t.lines, i+1)
		}
	}
	if n := bytes.Count(src, []byte("\r\n")); n > 0 && 2*n >= len(t.lines)-1 {
		t.eol = "\r\n"
	}
	t.match()
	return t
}

// match pairs brackets. Each branch of an #if begins with the brackets that were open before it,
// because one of them at most is compiled.
func (t *Text) match() {
	t.mate, t.around = make([]int, len(t.toks)), make([]int, len(t.toks))
	var open []int
	var saved [][]int
	for i, k := range t.toks {
		t.mate[i] = -1
		t.around[i] = innermostBrace(t, open)
		switch {
		case k.Kind == cfront.DirectiveToken:
			open, saved = t.branch(t.directive(i), open, saved)
		case k.Op == '(' || k.Op == '[' || k.Op == '{':
			open = append(open, i)
		case k.Op == ')' || k.Op == ']' || k.Op == '}':
			if n := len(open); n > 0 && pairs[t.toks[open[n-1]].Op] == k.Op {
				t.mate[i], t.mate[open[n-1]] = open[n-1], i
				open = open[:n-1]
				t.around[i] = innermostBrace(t, open)
			}
		}
	}
}

var pairs = map[byte]byte{'(': ')', '[': ']', '{': '}'}

func innermostBrace(t *Text, open []int) int {
	for i := len(open) - 1; i >= 0; i-- {
		if t.toks[open[i]].Op == '{' {
			return open[i]
		}
	}
	return -1
}

// directive is the name of a preprocessor directive.
func (t *Text) directive(i int) string {
	word := strings.TrimLeft(t.text(i), "# \t")
	end := strings.IndexFunc(word, func(r rune) bool { return r < 'a' || r > 'z' })
	if end < 0 {
		return word
	}
	return word[:end]
}

// branch keeps the open brackets for the branches of an #if.
func (t *Text) branch(name string, open []int, saved [][]int) ([]int, [][]int) {
	switch n := len(saved); {
	case name == "if" || name == "ifdef" || name == "ifndef":
		return open, append(saved, slices.Clone(open))
	case n == 0:
	case name == "else" || name == "elif":
		return slices.Clone(saved[n-1]), saved
	case name == "endif":
		return open, saved[:n-1]
	}
	return open, saved
}

// text is what token i reads.
func (t *Text) text(i int) string { return string(t.src[t.toks[i].Off:t.toks[i].End]) }

// is reports whether token i is a punctuation mark or a word.
func (t *Text) is(i int, s string) bool { return i >= 0 && i < len(t.toks) && t.text(i) == s }

// Offset turns a position into a byte offset, -1 if it is not in this file.
func (t *Text) Offset(p source.Pos) int {
	if !p.IsValid() || p.File != t.File || p.Line > len(t.lines) || p.Column < 1 {
		return -1
	}
	if o := t.lines[p.Line-1] + p.Column - 1; o <= len(t.src) {
		return o
	}
	return -1
}

// Pos turns a byte offset into a position.
func (t *Text) Pos(o int) source.Pos {
	n, _ := slices.BinarySearch(t.lines, o+1)
	return source.Pos{File: t.File, Line: n, Column: o - t.lines[n-1] + 1}
}

// token is the token at or after an offset.
func (t *Text) token(o int) int {
	i, _ := slices.BinarySearchFunc(t.toks, o, func(k cfront.Token, o int) int {
		if k.End <= o {
			return -1
		}
		if k.Off > o {
			return 1
		}
		return 0
	})
	return i
}

// span returns the text of a span that covers whole tokens.
func (t *Text) span(s source.Span) (from, to int, ok bool) {
	from = t.Offset(s.Pos)
	to = t.Offset(source.Pos{File: s.File, Line: s.EndLine, Column: s.EndColumn})
	return from, to, from >= 0 && to > from
}

// indent is the white space at the beginning of the line of an offset.
func (t *Text) indent(o int) string {
	start := t.lines[t.Pos(o).Line-1]
	end := start
	for end < len(t.src) && (t.src[end] == ' ' || t.src[end] == '\t') {
		end++
	}
	return string(t.src[start:end])
}

// lineEnd is the end of the line of an offset, before its line break.
func (t *Text) lineEnd(o int) int {
	end := len(t.src)
	if n := bytes.IndexByte(t.src[o:], '\n'); n >= 0 {
		end = o + n
	}
	if end > o && t.src[end-1] == '\r' {
		end--
	}
	return end
}

// alone reports whether nothing but white space and whole comments is between offset o and the end
// of its line.
func (t *Text) alone(o int) bool {
	end := t.lineEnd(o)
	if i := t.token(o); i < len(t.toks) && t.toks[i].Off < end {
		return false
	}
	rest := string(t.src[o:end])
	return strings.Count(rest, "/*") == strings.Count(rest, "*/")
}

// mentions reports whether tokens first to last have the identifier word.
func (t *Text) mentions(first, last int, word string) bool {
	for i := max(first, 0); i <= last && i < len(t.toks); i++ {
		if t.toks[i].Kind == cfront.IdentToken && t.text(i) == word {
			return true
		}
	}
	return false
}
