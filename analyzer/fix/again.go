package fix

import (
	"github.com/refcheck/refcheck/analyzer/rule"
)

// readAgain makes a loop ask for a size in each turn too, as it was asked for before the loop.
func (t *Text) readAgain(r *rule.Repair) []Option {
	s := t.at(t.Offset(r.At.Pos))
	if s == nil || !identifier.MatchString(r.Expr) {
		return nil
	}
	size := t.sizeCall(s, r.Expr)
	if size == "" {
		return nil
	}
	for ; s.parent != nil; s = s.parent {
		if s.kind != loopStmt || t.is(s.first, "do") || t.is(s.first, "switch") {
			continue
		}
		from, to := t.condition(s)
		for i := from; i <= to; i++ {
			if t.text(i) == r.Expr && t.comparing(i-1) && i-2 >= from && t.variable(i-2) {
				return one("compare with the size in each turn", []Edit{{t.toks[i].End, t.toks[i].End, " && " + t.text(i-2) + " < " + size}})
			}
		}
	}
	return nil
}

// comparing reports whether token i is < or !=.
func (t *Text) comparing(i int) bool { return t.is(i, "<") || t.is(i, "!=") }

// variable reports whether token i is a variable, and not a part of something longer that ends there.
func (t *Text) variable(i int) bool {
	return identifier.MatchString(t.text(i)) && (t.is(i-1, "&&") || t.is(i-1, "||") || t.is(i-1, "(") || t.is(i-1, ";"))
}

// condition is the condition of a for or while loop.
func (t *Text) condition(s *stmt) (from, to int) {
	from, to = s.first+2, t.mate[s.first+1]-1
	if !t.is(s.first, "for") {
		return from, to
	}
	for i, part := from, 0; i <= to; i++ {
		if t.mate[i] > i {
			i = t.mate[i]
		} else if t.is(i, ";") {
			if part++; part == 1 {
				from = i + 1
			} else {
				return from, i - 1
			}
		}
	}
	return from, from - 1
}

// sizeCall is the one call whose result a variable gets in the function around s, "" if it may have
// another value, or is used for something else than comparing: memory was made for so many items.
func (t *Text) sizeCall(s *stmt, variable string) string {
	for s.parent != nil {
		s = s.parent
	}
	found := ""
	for i := s.first; i < s.last; i++ {
		switch c, call := t.callAt(i + 2); {
		case t.text(i) != variable:
		case t.is(i+1, "=") && call && len(c.args) == 1 && found == "":
			found = t.between(c.name, c.close)
		case t.comparing(i - 1), t.isDeclarator(i):
		default:
			return ""
		}
	}
	return found
}

// isDeclarator reports whether token i is a variable that is declared there without a value.
func (t *Text) isDeclarator(i int) bool {
	s := t.at(t.toks[i].Off)
	return s != nil && t.isDeclaration(s) && (t.is(i+1, ",") || t.is(i+1, ";")) && (t.is(i-1, ",") || i-1 == s.first)
}
