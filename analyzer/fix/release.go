package fix

import (
	"strings"

	"github.com/refcheck/refcheck/analyzer/rule"
)

// release releases an object before the function returns, or before the jump to where it does.
func (t *Text) release(r *rule.Repair) []Option {
	o := t.Offset(r.At.Pos)
	if o < 0 || !lvalue.MatchString(r.Expr) {
		return nil
	}
	drop := "Py_DECREF(" + r.Expr + ");"
	what := "release '" + r.Expr + "' before "
	s := t.at(o)
	if s == nil {
		return nil
	}
	if s.kind == block { // the end of the function
		return one(what+"returning", t.atEnd(s, drop))
	}
	var here []Option
	if first, last, ok := t.returned(s); ok && t.mentions(first, last, base(r.Expr)) {
		here = one(what+"returning", t.viaResult(s, first, last, drop, ""))
	} else {
		here = one(what+"returning", t.before(s, drop))
	}
	lab := t.labelBefore(s)
	if lab == nil {
		return here
	}
	jump := one(what+"'goto "+t.text(lab.first)+"'", t.before(t.jump(lab, t.Offset(r.Failed.Pos)), drop))
	if strings.Contains(string(t.src[t.end(lab):t.off(s)]), "DECREF(") {
		return append(here, jump...) // the label is where this function cleans up
	}
	return append(jump, here...)
}

// atEnd puts a line at the end of a block.
func (t *Text) atEnd(s *stmt, line string) []Edit {
	if n := len(s.parts); n > 0 {
		return t.after(s.parts[n-1], line)
	}
	return nil
}

// viaResult makes of "return f(x);" the statements "T result = f(x); <then> return result;", where
// result stands for a percent sign in then.
func (t *Text) viaResult(s *stmt, first, last int, then, name string) []Edit {
	typ := t.returns(s)
	if name == "" {
		name = t.unused(s, "result", "res", "ret", "rv", "returned")
	}
	if typ == "" || name == "" || t.afterLabel(s) {
		return nil
	}
	edits := t.after(s, strings.ReplaceAll(then, "%", name), "return "+name+";")
	if edits == nil {
		return nil
	}
	return append(edits, Edit{t.off(s), t.toks[first].Off, typ + name + " = "})
}

// afterLabel reports whether a label stands right before a statement, where C allows no declaration.
func (t *Text) afterLabel(s *stmt) bool {
	if s.parent == nil {
		return false
	}
	for i, p := range s.parent.parts {
		if p == s {
			return i > 0 && s.parent.parts[i-1].kind == label
		}
	}
	return false
}

// labelBefore is the label that control comes from to a statement: the last one before it in its block
// or in one around that.
func (t *Text) labelBefore(s *stmt) *stmt {
	for ; s.parent != nil; s = s.parent {
		var found *stmt
		for _, p := range s.parent.parts {
			if p == s {
				break
			}
			if p.kind == label && !t.is(p.first, "case") && !t.is(p.first, "default") {
				found = p
			}
		}
		if found != nil {
			return found
		}
	}
	return nil
}

// jump is the first goto to a label after an offset.
func (t *Text) jump(lab *stmt, after int) *stmt {
	if after < 0 {
		return nil
	}
	body := lab
	for body.parent != nil {
		body = body.parent
	}
	var found *stmt
	body.each(func(s *stmt) {
		if found == nil && s.kind == simple && t.off(s) > after && t.is(s.first, "goto") && t.is(s.first+1, t.text(lab.first)) {
			found = s
		}
	})
	return found
}

// dropResult releases the result of a call that nobody uses.
func (t *Text) dropResult(r *rule.Repair) []Option {
	s := t.at(t.Offset(r.At.Pos))
	c, ok := t.onlyCall(s)
	if !ok || t.toks[s.last].Op != ';' || t.toks[c.name].Off != t.Offset(r.At.Pos) {
		return nil
	}
	end := t.toks[c.close].End
	return one("release the result", []Edit{{t.off(s), t.off(s), "Py_XDECREF("}, {end, end, ")"}})
}

// releaseOld releases what a variable or field holds as it gets another value.
func (t *Text) releaseOld(r *rule.Repair) []Option {
	s := t.at(t.Offset(r.At.Pos))
	if s == nil {
		return nil
	}
	a, assigns := t.assigns(s)
	if assigns {
		target := spaceless(t.between(a.target[0], a.target[1]))
		if i := strings.LastIndex(r.Expr, "->"); i >= 0 && strings.HasSuffix(target, r.Expr[i:]) && lvalue.MatchString(target) {
			r.Expr = target // whatever the instance is called here
		} else if i := strings.LastIndex(r.Expr, "."); i >= 0 && strings.HasSuffix(target, "->"+r.Expr[i+1:]) {
			r.Expr = target
		}
		assigns = target == r.Expr
	}
	if !lvalue.MatchString(r.Expr) {
		return nil
	}
	var set []Option
	replace := func(macro string) []Option {
		if !assigns || !t.setref() {
			return nil
		}
		return one("use "+macro, []Edit{
			{t.off(s), t.off(s), macro + "("},
			{t.toks[a.target[1]].End, t.toks[a.value[0]].Off, ", "},
			{t.toks[a.value[1]].End, t.toks[a.value[1]].End, ")"},
		})
	}
	if t.declares(s, r.Expr) {
		set = one("release '"+r.Expr+"' before it gets another value", t.before(s, "Py_DECREF("+r.Expr+");"))
		return append(set, replace("Py_SETREF")...)
	}
	set = replace("Py_XSETREF")
	return append(set, one("release the old object in '"+r.Expr+"' first", t.before(s, "Py_CLEAR("+r.Expr+");"))...)
}

// clearSlot makes a release leave NULL in the slot, or the value that comes next, before it runs code.
func (t *Text) clearSlot(r *rule.Repair) []Option {
	s := t.at(t.Offset(r.At.Pos))
	c, ok := t.onlyCall(s)
	if !ok || len(c.args) != 1 {
		return nil
	}
	macro := t.text(c.name)
	first, last := t.plain(c.args[0][0], c.args[0][1])
	slot := t.between(first, last)
	if macro != "Py_DECREF" && macro != "Py_XDECREF" || !lvalue.MatchString(spaceless(slot)) {
		return nil
	}
	var out []Option
	if next := t.sibling(s); next != nil && t.setref() {
		if a, ok := t.assigns(next); ok && spaceless(t.between(a.target[0], a.target[1])) == spaceless(slot) && !t.is(a.value[0], "NULL") {
			set := strings.Replace(macro, "DECREF", "SETREF", 1)
			out = one("use "+set, []Edit{{t.off(s), t.toks[a.value[0]].Off, set + "(" + slot + ", "}, {t.toks[a.value[1]].End, t.toks[a.value[1]].End, ")"}})
		}
	}
	return append(out, one("use Py_CLEAR", []Edit{{t.off(s), t.toks[c.close].Off, "Py_CLEAR(" + slot}})...)
}

// sibling is the statement right after s in its block, with nothing but white space between them.
func (t *Text) sibling(s *stmt) *stmt {
	if s.parent == nil || s.parent.kind != block {
		return nil
	}
	for i, p := range s.parent.parts[1:] {
		if s.parent.parts[i] == s && strings.TrimSpace(string(t.src[t.end(s):t.off(p)])) == "" {
			return p
		}
	}
	return nil
}

// releases are the functions whose only effect is to give up a reference.
var releases = map[string]bool{"Py_DECREF": true, "Py_XDECREF": true, "Py_CLEAR": true, "Py_DecRef": true}

// drop removes a release that is one too many.
func (t *Text) drop(r *rule.Repair) []Option {
	s := t.at(t.Offset(r.At.Pos))
	c, ok := t.onlyCall(s)
	if !ok || len(c.args) != 1 {
		return nil
	}
	var out []Option
	if !releases[t.text(c.name)] {
		return nil
	}
	out = one("remove this release", t.remove(s))
	by := t.at(t.Offset(r.Inner.Pos))
	if first, ok := t.onlyCall(by); ok && by != s && len(first.args) == 1 && releases[t.text(first.name)] {
		earlier := one("remove the earlier release", t.remove(by))
		if t.labelBefore(s) != nil { // where the function cleans up
			return append(earlier, out...)
		}
		return append(out, earlier...)
	}
	if by != nil && lvalue.MatchString(r.Expr) && t.text(c.name) == "Py_XDECREF" {
		out = append(out, one("forget '"+r.Expr+"' once it is given away", t.after(by, r.Expr+" = NULL;"))...)
	}
	return out
}
