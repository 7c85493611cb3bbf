package fix

import (
	"strconv"
	"strings"

	"github.com/refcheck/refcheck/analyzer/rule"
)

// keepTemporary gives the result of a call that is an argument of another one a name, so that it can be
// released.
func (t *Text) keepTemporary(r *rule.Repair) []Option {
	from, to, ok := t.span(r.Inner)
	outer, ok2 := t.callAt(t.token(t.Offset(r.At.Pos)))
	s := t.at(t.Offset(r.At.Pos))
	if !ok || !ok2 || s == nil {
		return nil
	}
	arg := [2]int{t.token(from), t.token(to - 1)}
	n := t.argument(outer, arg)
	if n < 0 || t.conditional(s, outer.name) {
		return nil
	}
	name := t.nameFor(s, outer, n)
	if name == "" {
		return nil
	}
	h := hoist{t: t, s: s, call: outer, arg: arg, name: name, decl: "PyObject *" + name + " = " + t.between(arg[0], arg[1]) + ";"}
	const message = "keep the object in a variable and release it after the call"
	if s.kind == ifStmt {
		return one(message, h.checked())
	}
	if s.kind != simple || t.afterLabel(s) {
		return nil
	}
	if first, last, ok := t.returned(s); ok {
		return one(message, h.result(first, last))
	}
	return one(message, h.plain())
}

// argument is the index of the argument of a call that is, but for casts, tokens arg; -1 if none is.
func (t *Text) argument(c call, arg [2]int) int {
	for i, a := range c.args {
		first, last := t.plain(a[0], a[1])
		if first == arg[0] && last == arg[1] {
			return i
		}
	}
	return -1
}

// conditional reports whether a call in a statement may not be reached, so that its arguments cannot be
// evaluated before.
func (t *Text) conditional(s *stmt, name int) bool {
	for i := s.first; i < name; i++ {
		switch t.text(i) {
		case "&&", "||", "?", ",":
			return true
		}
	}
	return s.kind == loopStmt
}

// nameFor is a name for a variable that holds an argument.
func (t *Text) nameFor(s *stmt, c call, n int) string {
	word := "value"
	switch name := t.text(c.name); {
	case strings.Contains(name, "Append") || strings.Contains(name, "Insert") || strings.Contains(name, "Add"):
		word = "item"
	case strings.Contains(name, "GetItem") || strings.Contains(name, "DelItem") || strings.Contains(name, "GetAttr") || n == 1 && strings.Contains(name, "SetItem") && !strings.Contains(name, "String"):
		word = "key"
	case strings.Contains(name, "Call"):
		word = "arg"
	}
	names := []string{word}
	for k := 2; k < 20; k++ {
		names = append(names, word+strconv.Itoa(k))
	}
	for _, name := range names {
		if !t.visible(s, name) {
			return name
		}
	}
	return ""
}

// visible reports whether a name means something to a statement, or to what follows in its block.
func (t *Text) visible(s *stmt, name string) bool {
	last := s.last
	if s.parent.kind == block {
		last = s.parent.last
	}
	if t.mentions(s.first, last, name) {
		return true
	}
	for up := s.parent; ; up = up.parent {
		for _, p := range up.parts {
			if t.isDeclaration(p) && t.mentions(p.first, p.last, name) {
				return true
			}
		}
		if up.parent == nil {
			head := up.first - 1
			return t.is(head, ")") && t.mentions(max(t.mate[head], 0), head, name)
		}
	}
}

// A hoist takes an argument out of a call.
type hoist struct {
	t    *Text
	s    *stmt
	call call
	arg  [2]int
	name string
	decl string
}

func (h *hoist) use() Edit { return Edit{h.t.toks[h.arg[0]].Off, h.t.toks[h.arg[1]].End, h.name} }

// plain is for a call that is a statement, or the value of an assignment or a variable.
func (h *hoist) plain() []Edit {
	edits := h.t.surround(h.s, []string{h.decl}, []string{"Py_XDECREF(" + h.name + ");"})
	if edits == nil {
		return nil
	}
	return append(edits, h.use())
}

// result is for a call in a return statement.
func (h *hoist) result(first, last int) []Edit {
	t := h.t
	typ, name := t.returns(h.s), t.unused(h.s, "result", "res", "ret", "rv", "returned")
	if typ == "" || name == "" {
		return nil
	}
	edits := t.surround(h.s, []string{h.decl}, []string{"Py_XDECREF(" + h.name + ");", "return " + name + ";"})
	if edits == nil {
		return nil
	}
	return append(edits, Edit{t.off(h.s), t.toks[first].Off, typ + name + " = "}, h.use())
}

// checked is for "if (f(new()) < 0) { ... return }": the object is released in the error branch and
// after it.
func (h *hoist) checked() []Edit {
	t, s := h.t, h.s
	open := s.first + 1
	if len(s.parts) != 1 || !leaves(t, s.parts[0]) || h.call.name != open+1 || s.odd || s.parent.kind != block || t.afterLabel(s) {
		return nil
	}
	at := t.off(s.parts[0])
	release := "Py_XDECREF(" + h.name + ");"
	var inner []Edit
	if b := s.parts[0]; b.kind == block {
		if len(b.parts) == 0 {
			return nil
		}
		inner = t.before(b.parts[0], release)
	} else {
		inner = t.before(b, release)
	}
	edits := t.surround(s, []string{h.decl}, []string{"Py_DECREF(" + h.name + ");"})
	if inner == nil || edits == nil || at < 0 {
		return nil
	}
	// The brace that ends the if, where one was missing, comes before what follows it.
	all := append(edits[:1:1], inner...)
	all = append(all, edits[1:]...)
	cond := t.toks[open].End
	return append(all, Edit{cond, cond, h.name + " == NULL || "}, h.use())
}

// leaves reports whether control does not come out at the end of a statement.
func leaves(t *Text, s *stmt) bool {
	for s.kind == block {
		if len(s.parts) == 0 {
			return false
		}
		s = s.parts[len(s.parts)-1]
	}
	switch t.text(s.first) {
	case "return", "goto", "break", "continue":
		return true
	}
	return strings.HasPrefix(t.text(s.first), "Py_RETURN_")
}
