package fix

import (
	"regexp"
	"strings"

	"github.com/refcheck/refcheck/analyzer/rule"
)

// fieldPath is a path of fields in an expression that names a field of the instance.
var fieldPath = regexp.MustCompile(`->(\w+(?:\.\w+)+)`)

// spelled writes a path of fields as the file does elsewhere: some may be pointers. It is empty if the file has
// no such path.
func (t *Text) spelled(expr string) string {
	m := fieldPath.FindStringSubmatch(expr)
	if m == nil {
		return expr
	}
	for _, path := range []string{m[1], strings.ReplaceAll(m[1], ".", "->")} {
		if strings.Contains(string(t.src), "->"+path) {
			return strings.Replace(expr, m[1], path, 1)
		}
	}
	return ""
}

// last puts a statement into a slot function: after others of its kind, or before the last return.
func (t *Text) last(r *rule.Repair) []Option {
	body := t.function(t.Offset(r.At.Pos))
	if r.Expr = t.spelled(r.Expr); body == nil || len(body.parts) == 0 || r.Expr == "" {
		return nil
	}
	message := "add " + strings.TrimSuffix(r.Expr, ";")
	macro, _, _ := strings.Cut(r.Expr, "(")
	for i := len(body.parts) - 1; i >= 0; i-- {
		if p := body.parts[i]; p.kind == simple && t.is(p.first, macro) {
			return one(message, t.after(p, r.Expr))
		}
	}
	end := body.parts[len(body.parts)-1]
	if t.is(end.first, "return") {
		return one(message, t.before(end, r.Expr))
	}
	return one(message, t.after(end, r.Expr))
}

// begin is the first statement of a function that is no declaration.
func (t *Text) begin(body *stmt) *stmt {
	for _, p := range body.parts {
		if !t.isDeclaration(p) {
			return p
		}
	}
	return nil
}

// firstOf puts a statement before all others of a function.
func (t *Text) firstOf(r *rule.Repair) []Option {
	body := t.function(t.Offset(r.At.Pos))
	if body == nil {
		return nil
	}
	s := t.begin(body)
	if s == nil {
		return nil
	}
	edits := t.before(s, r.Expr)
	if old := t.at(t.Offset(r.Inner.Pos)); old != nil && edits != nil {
		if old == s {
			return nil
		}
		gone := t.remove(old)
		if gone == nil {
			return nil
		}
		edits = append(edits, gone...)
	}
	return one("call "+strings.TrimSuffix(r.Expr, ";")+" first", edits)
}

// beforeFree puts a statement before the one that frees the instance.
func (t *Text) beforeFree(r *rule.Repair) []Option {
	if r.Expr = t.spelled(r.Expr); r.Expr == "" {
		return nil
	}
	return one("add "+strings.TrimSuffix(r.Expr, ";"), t.before(t.at(t.Offset(r.At.Pos)), r.Expr))
}

// releaseType keeps the type of an instance before the instance is freed, and releases it afterwards.
func (t *Text) releaseType(r *rule.Repair) []Option {
	free := t.at(t.Offset(r.At.Pos))
	body := t.function(t.Offset(r.Inner.Pos))
	if free == nil || body == nil || free.kind != simple {
		return nil
	}
	const message = "release the type once the instance is freed"
	kept := regexp.MustCompile(`(\w+)\s*=\s*(?:\(PyTypeObject \*\)\s*)?Py_TYPE\(\s*` + regexp.QuoteMeta(r.Expr) + `\s*\)\s*;`)
	if m := kept.FindStringSubmatch(t.reads(body)); m != nil {
		return one(message, t.after(free, "Py_DECREF("+m[1]+");"))
	}
	first, name := t.begin(body), t.unused(body, "tp", "type", "cls")
	if first == nil || name == "" {
		return nil
	}
	keep := "PyTypeObject *" + name + " = Py_TYPE(" + r.Expr + ");"
	if first == free {
		return one(message, t.surround(free, []string{keep}, []string{"Py_DECREF(" + name + ");"}))
	}
	before, after := t.before(first, keep), t.after(free, "Py_DECREF("+name+");")
	if before == nil || after == nil {
		return nil
	}
	return one(message, append(before, after...))
}
