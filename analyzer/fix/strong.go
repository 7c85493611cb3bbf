package fix

import (
	"strings"

	"github.com/refcheck/refcheck/analyzer/rule"
)

// takers are the functions that take a reference to their argument, or to it and return it.
var takers = map[string]bool{"Py_INCREF": true, "Py_XINCREF": true, "Py_NewRef": true, "Py_XNewRef": true}

// strong puts a function that returns a reference of its own in the place of one that lends, where
// the code takes a reference right after it: that one goes.
func (t *Text) strong(r *rule.Repair) []Option {
	i := t.token(t.Offset(r.At.Pos))
	c, ok := t.callAt(i)
	if !ok {
		return nil
	}
	message := "use " + r.Expr
	name := t.toks[c.name]
	if r.Remedy == rule.Strong && takers[t.word(i-2)] && strings.HasSuffix(t.word(i-2), "NewRef") && t.mate[i-1] == c.close+1 {
		last := t.toks[c.close]
		return one(message, []Edit{{t.toks[i-2].Off, name.End, r.Expr}, {last.End, t.toks[c.close+1].End, ""}})
	}
	s := t.at(t.Offset(r.At.Pos))
	variable, taken := t.variableOf(s, c), []Edit(nil)
	if variable != "" {
		taken = t.untake(t.at(t.Offset(r.Inner.Pos)), s, variable)
	}
	if taken == nil {
		return nil
	}
	if r.Remedy == rule.Strong {
		return one(message, append(taken, Edit{name.Off, name.End, r.Expr}))
	}
	return one(message, append(taken, t.intoVariable(r, s, c, variable)...))
}

// word is the text of token i, "" if there is none.
func (t *Text) word(i int) string {
	if i < 0 || i >= len(t.toks) {
		return ""
	}
	return t.text(i)
}

// variableOf is the variable to which statement s assigns the result of c, or which it declares
// with it; "" if it does something else.
func (t *Text) variableOf(s *stmt, c call) string {
	if s == nil || s.kind != simple || s.odd || !t.is(c.name-1, "=") || c.name-2 < s.first || !lvalue.MatchString(t.word(c.name-2)) {
		return ""
	}
	if next := t.word(c.close + 1); next != ";" && next != "," {
		return ""
	}
	if a, ok := t.assigns(s); ok && a.target[0] != a.target[1] || !ok && !t.isDeclaration(s) {
		return ""
	}
	return t.word(c.name - 2)
}

// untake takes back that statement use takes a reference to a variable.
func (t *Text) untake(use, s *stmt, variable string) []Edit {
	if use == nil || use == s || use.kind != simple {
		return nil
	}
	if c, ok := t.onlyCall(use); ok && takers[t.text(c.name)] && len(c.args) == 1 && t.between(c.args[0][0], c.args[0][1]) == variable {
		return t.remove(use)
	}
	for i := use.first; i < use.last; i++ {
		c, ok := t.callAt(i)
		if ok && strings.HasSuffix(t.text(i), "NewRef") && takers[t.text(i)] && len(c.args) == 1 && t.between(c.args[0][0], c.args[0][1]) == variable {
			return []Edit{{t.toks[i].Off, t.toks[c.close].End, variable}}
		}
	}
	return nil
}

// intoVariable makes an assignment of the result a call that stores it.
func (t *Text) intoVariable(r *rule.Repair, s *stmt, c call, variable string) []Edit {
	if t.isDeclaration(s) || s.parent == nil || s.parent.kind != block || len(c.args) == 0 {
		return nil
	}
	text := r.Expr + "(" + t.between(c.args[0][0], c.args[len(c.args)-1][1]) + ", &" + variable + ")"
	if r.Arg > 0 { // which clears the error
		text = "if (" + text + " < 0)" + t.eol + t.deeper(s, t.indent(t.off(s))) + "PyErr_Clear();"
	} else {
		text = "(void)" + text + ";"
	}
	return []Edit{{t.off(s), t.end(s), text}}
}
