package fix

import (
	"strings"

	"github.com/refcheck/refcheck/analyzer/rule"
	"github.com/refcheck/refcheck/cmodel/cfront"
)

// hold keeps what a variable has borrowed alive from a call that may take it away to its last use.
func (t *Text) hold(r *rule.Repair) []Option {
	use := t.at(t.Offset(r.At.Pos))
	call := t.at(t.Offset(r.Inner.Pos))
	if use == nil || call == nil {
		return nil
	}
	if r.Arg > 0 {
		return t.holdArgument(r, use)
	}
	if !identifier.MatchString(r.Expr) {
		return nil
	}
	var out []Option
	for b := call.parent; b != nil; b = b.parent {
		if b.kind != block || use.first < b.first || use.last > b.last {
			continue
		}
		n := within(b, call)
		if n < 0 {
			break
		}
		out = append(out, t.earlier(b, n, r.Expr)...)
		if !t.usedBeyond(b, r.Expr) {
			out = append(out, t.holdIn(b, n, r.Expr)...)
		}
		if t.sets(b.first, b.parts[n].last, r.Expr) {
			break // further out it is another object, or none
		}
	}
	return out
}

// within is the part of a block that a statement is, or is in; -1 if none.
func within(b, s *stmt) int {
	for i, p := range b.parts {
		if p.first <= s.first && s.last <= p.last {
			return i
		}
	}
	return -1
}

// holdIn takes a reference before part n of a block, and releases it after the last part that uses the
// variable, and on each way out before that.
func (t *Text) holdIn(b *stmt, n int, name string) []Option {
	names := t.derived(b.parts[n:], name)
	if names == nil {
		return nil
	}
	last := n
	for i := n; i < len(b.parts) && !t.isSet(b.parts[i], name); i++ {
		for _, v := range names {
			if t.mentions(b.parts[i].first, b.parts[i].last, v) {
				last = i
			}
		}
	}
	out, ok := t.releasedOn(b.parts[n:last+1], name)
	if !ok {
		return nil
	}
	take, drop := "Py_INCREF("+name+");", "Py_DECREF("+name+");"
	message := "hold a reference to '" + name + "' until its last use"
	end := b.parts[last]
	switch {
	case t.exits(end): // its release is among out
		if last == n {
			return one(message, t.heldReturn(end, []string{take}, drop))
		}
		return one(message, join(t.before(b.parts[n], take), out))
	case last == n:
		return one(message, joinAround(t.surround(end, []string{take}, []string{drop}), out))
	}
	return one(message, join(t.before(b.parts[n], take), out, t.after(end, drop)))
}

// derived lists a variable and those that may stand for a part of its object: "text = PyUnicode_AsUTF8(name)".
// nil if one of them gets the object itself.
func (t *Text) derived(parts []*stmt, name string) []string {
	names := []string{name}
	alias := false
	for _, p := range parts {
		p.each(func(s *stmt) {
			for _, g := range t.given(s) {
				if g.target == name || !t.mentions(g.first, g.last, name) {
					continue
				}
				first, last := t.plain(g.first, g.last)
				c, call := t.callAt(first)
				switch {
				case t.between(first, last) == name:
					alias = true
				case call && c.close == last && t.apart(c):
				default:
					names = append(names, g.target)
				}
			}
		})
	}
	if alias {
		return nil
	}
	return names
}

// A value is what a variable gets.
type value struct {
	target      string
	first, last int // tokens
}

// given lists the values that a statement or declaration gives to variables, also in its condition.
func (t *Text) given(s *stmt) (out []value) {
	end := s.last
	if len(s.parts) > 0 {
		end = s.parts[0].first - 1
	}
	for i := s.first + 1; i < end; i++ {
		if !t.is(i, "=") || t.toks[i-1].Kind != cfront.IdentToken {
			continue
		}
		last := i
		for n := i + 1; n <= end && !t.is(n, ";") && !t.is(n, ",") && !t.is(n, ")"); n++ {
			if t.mate[n] > n {
				n = t.mate[n]
			}
			last = n
		}
		out = append(out, value{t.text(i - 1), i + 1, last})
	}
	return out
}

// apart reports whether what a call returns outlives its arguments.
func (t *Text) apart(c call) bool { return t.Apart != nil && t.Apart(t.text(c.name)) }

// usedBeyond reports whether a variable may be used after a block, or again in the next turn of a loop that
// the block is in, before it gets another value.
func (t *Text) usedBeyond(b *stmt, name string) bool {
	for s := b; s.parent != nil; s = s.parent {
		up := s.parent
		if up.kind == loopStmt && !t.is(up.first, "switch") && !t.sets(up.first, up.last, name) && !t.declaresIn(up, name) {
			return true
		}
		if up.kind != block {
			continue
		}
		if t.declaresIn(up, name) {
			return false
		}
		for _, p := range up.parts[within(up, s)+1:] {
			if t.isSet(p, name) {
				return false
			}
			if i := t.mention(p, name); i >= 0 && !t.sets(i, i, name) {
				return true
			}
		}
	}
	return false
}

// mention is the first token of a statement that names a variable, -1 if none does.
func (t *Text) mention(s *stmt, name string) int {
	for i := s.first; i <= s.last; i++ {
		if t.mentions(i, i, name) {
			return i
		}
	}
	return -1
}

// declaresIn reports whether a variable is declared in a statement or in one of its parts.
func (t *Text) declaresIn(s *stmt, name string) bool {
	found := false
	s.each(func(p *stmt) {
		found = found || t.isDeclaration(p) && t.mentions(p.first+1, p.last, name) && t.declarator(p, name)
	})
	return found
}

// declarator reports whether a declaration is one of the variable name, and does not only use it.
func (t *Text) declarator(s *stmt, name string) bool {
	for i := s.first + 1; i <= s.last; i++ {
		if t.text(i) == name && (t.is(i-1, "*") || t.is(i-1, ",") || t.toks[i-1].Kind == cfront.IdentToken) && (t.is(i+1, "=") || t.is(i+1, ",") || t.is(i+1, ";")) {
			return true
		}
		if t.mate[i] > i {
			i = t.mate[i]
		}
	}
	return false
}

// earlier moves a reference that the function takes too late to before part n of a block.
func (t *Text) earlier(b *stmt, n int, name string) []Option {
	for i := n + 1; i < len(b.parts); i++ {
		p := b.parts[i]
		if t.isSet(p, name) {
			return nil
		}
		c, ok := t.onlyCall(p)
		if !ok || len(c.args) != 1 || t.text(c.name) != "Py_INCREF" && t.text(c.name) != "Py_XINCREF" {
			continue
		}
		first, last := t.plain(c.args[0][0], c.args[0][1])
		if t.between(first, last) != name {
			continue
		}
		out, ok := t.releasedOn(b.parts[n:i], name)
		if !ok {
			return nil
		}
		return one("take the reference to '"+name+"' before the call", join(t.before(b.parts[n], t.reads(p)), out, t.remove(p)))
	}
	return nil
}

// releasedOn releases the variable on each way out of some statements that stand in a row. ok is false where
// that cannot be told from the text.
func (t *Text) releasedOn(parts []*stmt, name string) (edits []Edit, ok bool) {
	first, last := parts[0], parts[len(parts)-1]
	if t.sets(first.first, last.last, name) {
		return nil, false
	}
	drop := "Py_DECREF(" + name + ");"
	ok = true
	for _, p := range parts {
		p.each(func(s *stmt) {
			switch {
			case s.odd, t.mayLeave(s), s.kind == label && (p == s || !t.is(s.first, "case") && !t.is(s.first, "default")):
				ok = false // control may come in here
			case len(parts) == 1 && s == p: // see heldReturn
			case t.exits(s) && t.leavesFrom(s, p):
				e := t.before(s, drop)
				if from, to, value := t.returned(s); value && t.mentions(from, to, name) {
					e = t.heldReturn(s, nil, drop)
				}
				ok = ok && e != nil
				edits = append(edits, e...)
			}
		})
	}
	return edits, ok
}

// mayLeave reports whether a statement is a macro that looks as if it could leave the function: CHECK(x);
func (t *Text) mayLeave(s *stmt) bool {
	c, ok := t.onlyCall(s)
	return ok && t.text(c.name) == strings.ToUpper(t.text(c.name))
}

// heldReturn is "return f(x);" with lines before it and a release after it.
func (t *Text) heldReturn(s *stmt, before []string, drop string) []Edit {
	first, last, ok := t.returned(s)
	typ, name := t.returns(s), t.unused(s, "result", "res", "ret", "rv", "returned")
	if !ok || typ == "" || name == "" || t.afterLabel(s) || !strings.Contains(t.between(first, last), "(") {
		return nil // what is not a call would be returned without being held
	}
	edits := t.surround(s, before, []string{drop, "return " + name + ";"})
	if edits == nil {
		return nil
	}
	return append(edits, Edit{t.off(s), t.toks[first].Off, typ + name + " = "})
}

// exits reports whether a statement is a jump.
func (t *Text) exits(s *stmt) bool { return s.kind == simple && leaves(t, s) }

// leavesFrom reports whether a jump in p leaves it.
func (t *Text) leavesFrom(s, p *stmt) bool {
	word := t.text(s.first)
	if word != "break" && word != "continue" {
		return true
	}
	for up := s; up != p; {
		up = up.parent
		if up.kind == loopStmt && (word == "break" || !t.is(up.first, "switch")) {
			return false
		}
	}
	return true
}

// sets reports whether tokens first to last give a variable another value, or may do so through its address.
func (t *Text) sets(first, last int, name string) bool {
	for i := max(first, 1); i <= last && i+1 < len(t.toks); i++ {
		if t.toks[i].Kind == cfront.IdentToken && t.text(i) == name && !t.is(i-1, ".") && !t.is(i-1, "->") && (t.is(i+1, "=") || t.is(i-1, "&")) {
			return true
		}
	}
	return false
}

// isSet reports whether a statement gives a variable a value that does not depend on the old one.
func (t *Text) isSet(s *stmt, name string) bool {
	a, ok := t.assigns(s)
	return ok && t.between(a.target[0], a.target[1]) == name && !t.mentions(a.value[0], a.value[1], name)
}

// holdArgument puts an argument of a call into a variable, and holds it during the call.
func (t *Text) holdArgument(r *rule.Repair, s *stmt) []Option {
	c, ok := t.callAt(t.token(t.Offset(r.At.Pos)))
	if !ok || r.Arg > len(c.args) || t.conditional(s, c.name) || s.kind == loopStmt || t.afterLabel(s) {
		return nil
	}
	if len(t.given(s)) > 0 && !t.apart(c) {
		return nil // the result may be a part of the object
	}
	first, last := t.plain(c.args[r.Arg-1][0], c.args[r.Arg-1][1])
	expr := t.between(first, last)
	name := t.nameOf(s, expr)
	if name == "" {
		name = t.nameFor(s, c, r.Arg-1)
	}
	if name == "" {
		return nil
	}
	take := []string{"PyObject *" + name + " = " + expr + ";", "Py_INCREF(" + name + ");"}
	drop := "Py_DECREF(" + name + ");"
	message := "hold a reference to '" + expr + "' during the call"
	value := []Edit{{t.toks[first].Off, t.toks[last].End, name}}
	if t.exits(s) {
		return one(message, join(t.heldReturn(s, take, drop), value))
	}
	out, ok := t.releasedOn([]*stmt{s}, name)
	if !ok {
		return nil
	}
	return one(message, joinAround(t.surround(s, take, []string{drop}), append(out, value...)))
}

// nameOf is the last name in an expression like self->items, if nothing else is called so.
func (t *Text) nameOf(s *stmt, expr string) string {
	expr = spaceless(expr)
	if !lvalue.MatchString(expr) {
		return ""
	}
	name := expr[strings.LastIndexAny(expr, ">.")+1:]
	for up := s; up != nil; up = up.parent {
		for _, p := range up.parts {
			if t.isDeclaration(p) && t.declarator(p, name) {
				return ""
			}
		}
		if head := up.first - 1; up.parent == nil && (!t.is(head, ")") || t.mentions(max(t.mate[head], 0), head, name)) {
			return ""
		}
	}
	return name
}

// join puts edits together, nil if a part of them could not be made. The releases on ways out may be none.
func join(take, out []Edit, rest ...[]Edit) []Edit {
	if take == nil {
		return nil
	}
	edits := append(take[:len(take):len(take)], out...)
	for _, e := range rest {
		if e == nil {
			return nil
		}
		edits = append(edits, e...)
	}
	return edits
}

// joinAround puts edits inside of a statement between those before and after it.
func joinAround(around, inside []Edit) []Edit {
	if len(around) < 2 {
		return nil
	}
	n := len(around) - 1
	edits := append(around[:n:n], inside...)
	return append(edits, around[n])
}
