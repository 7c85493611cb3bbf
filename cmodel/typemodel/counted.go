package typemodel

import (
	"slices"

	"github.com/refcheck/refcheck/cmodel/ir"
)

// CountedByHand reports whether instances may own their static type all the same: its tp_new takes a reference
// to the type it is given. Of a type without tp_new that is said of any such function of the project, which
// code may give to it.
func (t *Type) CountedByHand() bool {
	if s := t.Own("tp_new"); s != nil {
		return s.Func != nil && countsType(s.Func)
	}
	return slices.ContainsFunc(t.project.units, func(u *ir.Unit) bool { return slices.ContainsFunc(u.Funcs, countsType) })
}

// countsType reports whether a function with the parameters of tp_new takes a reference to its type.
func countsType(f *ir.Func) bool {
	if len(f.Params) != 3 || f.Result == nil || !f.Result.IsObjectPtr() {
		return false
	}
	typ := f.Params[0]
	if typ.Type == nil || typ.Type.Elem == nil || !slices.Contains([]string{"PyTypeObject", "_typeobject"}, typ.Type.Elem.Name) {
		return false
	}
	for _, b := range f.Blocks {
		for i := range b.Instrs {
			in := &b.Instrs[i]
			if in.Op == ir.Call && slices.Contains([]string{"Py_INCREF", "Py_XINCREF", "Py_NewRef"}, in.Fn) && len(in.Args) == 1 &&
				in.Args[0].Kind == ir.Load && in.Args[0].Place.IsVar() && in.Args[0].Place.Base == typ {
				return true
			}
		}
	}
	return false
}
