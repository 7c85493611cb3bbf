package fix

import (
	"strings"

	"github.com/refcheck/refcheck/analyzer/rule"
)

// take adds a reference before an object is given away or stored.
func (t *Text) take(r *rule.Repair) []Option {
	s := t.at(t.Offset(r.At.Pos))
	if s == nil {
		return nil
	}
	if lvalue.MatchString(r.Expr) {
		return one("add a reference to '"+r.Expr+"' first", t.before(s, "Py_INCREF("+r.Expr+");"))
	}
	c, ok := t.callAt(t.token(t.Offset(r.At.Pos)))
	if !ok || r.Arg < 1 || r.Arg > len(c.args) || !t.newref() {
		return nil
	}
	return one("give it a reference of its own", t.wrap(c.args[r.Arg-1], "Py_NewRef("))
}

// wrap makes tokens the argument of a function.
func (t *Text) wrap(arg [2]int, with string) []Edit {
	from, to := t.toks[arg[0]].Off, t.toks[arg[1]].End
	return []Edit{{from, from, with}, {to, to, ")"}}
}

// takeStored adds a reference to what a statement stores, under the name of the place it is stored in.
func (t *Text) takeStored(r *rule.Repair) []Option {
	s := t.at(t.Offset(r.At.Pos))
	if s == nil || s.kind != simple || !lvalue.MatchString(r.Expr) {
		return nil
	}
	return one("add a reference to '"+r.Expr+"'", t.after(s, "Py_INCREF("+r.Expr+");"))
}

// ownReturns return a constant with a reference of its own.
var ownReturns = map[string]string{"Py_None": "Py_RETURN_NONE", "Py_True": "Py_RETURN_TRUE", "Py_False": "Py_RETURN_FALSE"}

// returnOwn adds a reference to what is returned.
func (t *Text) returnOwn(r *rule.Repair) []Option {
	s := t.at(t.Offset(r.At.Pos))
	first, last, ok := t.returned(s)
	if !ok {
		return nil
	}
	from, to := t.plain(first, last)
	expr := t.between(from, to)
	var out []Option
	switch typ := t.returns(s); {
	case ownReturns[expr] != "" && typ == "PyObject *":
		out = one("use "+ownReturns[expr], []Edit{{t.off(s), t.toks[last].End, ownReturns[expr]}})
	case lvalue.MatchString(spaceless(expr)):
		out = one("add a reference to '"+expr+"' before returning it", t.before(s, "Py_INCREF("+expr+");"))
	case t.newref() && typ == "PyObject *":
		out = one("return a reference of its own", t.wrap([2]int{first, last}, "Py_NewRef("))
	default:
		out = one("add a reference before returning it", t.viaResult(s, first, last, "Py_INCREF(%);", ""))
	}
	return append(out, t.whereObtained(r, spaceless(expr))...)
}

// whereObtained adds the reference where a variable gets the object that is returned later.
func (t *Text) whereObtained(r *rule.Repair, variable string) []Option {
	s := t.at(t.Offset(r.Inner.Pos))
	a, ok := t.assigns(s)
	if !ok || spaceless(t.between(a.target[0], a.target[1])) != variable || !lvalue.MatchString(variable) {
		return nil
	}
	return one("add a reference to '"+variable+"' where it is obtained", t.after(s, "Py_INCREF("+variable+");"))
}

// changeUnit turns 'O' into 'N' in a format string, or the other way round.
func (t *Text) changeUnit(r *rule.Repair) []Option {
	i := t.token(t.Offset(r.At.Pos))
	c, ok := t.callAt(i)
	if !ok {
		return nil
	}
	for n, arg := range c.args {
		text := t.text(arg[0])
		if arg[0] != arg[1] || !strings.HasPrefix(text, `"`) || strings.Contains(text, `\`) {
			continue
		}
		if at := unit(text, r.Arg-n-2); at > 0 {
			o := t.toks[arg[0]].Off + at
			other := map[byte]string{'O': "N", 'N': "O", 'S': "N"}[text[at]]
			if other == "" {
				return nil
			}
			return one("use '"+other+"'", []Edit{{o, o + 1, other}})
		}
	}
	return nil
}

// unit finds the unit of a format for an argument, which are numbered from 0, and returns its index.
func unit(format string, arg int) int {
	for i := 1; i < len(format)-1; i++ {
		switch format[i] {
		case '(', ')', '[', ']', '{', '}', ',', ':', ' ', '\t':
			continue
		case '#':
			arg--
			continue
		case 'O':
			if format[i+1] == '&' {
				arg -= 2
				i++
				continue
			}
		}
		if arg == 0 {
			return i
		}
		arg--
	}
	return -1
}
