package typemodel

import (
	"slices"

	"github.com/refcheck/refcheck/cmodel/ir"
)

// lookups are the functions that find a module or its state, and return NULL where
// there is none: for a Python subclass, or when the interpreter shuts down.
var lookups = []string{"PyState_FindModule", "PyType_GetModuleState", "PyType_GetModule", "PyType_GetModuleByDef", "_PyType_GetModuleByDef"}

// unchecked reports whether what a call returned is used without having been
// compared with anything, by the function or, if it only returns it, by its caller.
// An assertion is no check.
func (fr *frame) unchecked(in *ir.Instr) bool {
	if in.Dst.Base == nil || !in.Dst.IsVar() {
		return false
	}
	vars := fr.copies(in.Dst.Base)
	used, returned := false, false
	for _, b := range fr.f.Blocks {
		for i := range b.Instrs {
			used = used || usesAny(&b.Instrs[i], vars)
		}
		switch t := &b.Term; {
		case t.Kind == ir.Return:
			returned = returned || isAny(&t.X, vars)
		case t.Kind == ir.Branch && (isAny(&t.X, vars) || isAny(&t.Y, vars)) && t.Succ[0].Term.Kind != ir.Unreachable && t.Succ[1].Term.Kind != ir.Unreachable:
			return false
		}
	}
	return used || returned && fr.up != nil && fr.up.unchecked(fr.call)
}

// copies are v and the variables it is assigned to.
func (fr *frame) copies(v *ir.Var) []*ir.Var {
	vars := []*ir.Var{v}
	for _, b := range fr.f.Blocks {
		for i := range b.Instrs {
			in := &b.Instrs[i]
			if in.Op == ir.Copy && in.Dst.IsVar() && isAny(&in.X, vars) && !slices.Contains(vars, in.Dst.Base) {
				vars = append(vars, in.Dst.Base)
			}
		}
	}
	return vars
}

// isAny reports whether x is one of the variables.
func isAny(x *ir.Operand, vars []*ir.Var) bool {
	return x.Kind == ir.Load && x.Place.IsVar() && slices.Contains(vars, x.Place.Base)
}

// usesAny reports whether an instruction looks behind one of the pointers, or gives
// it to a function.
func usesAny(in *ir.Instr, vars []*ir.Var) bool {
	behind := func(p *ir.Place) bool { return len(p.Path) > 0 && slices.Contains(vars, p.Base) }
	for i := range in.Args {
		if isAny(&in.Args[i], vars) || behind(&in.Args[i].Place) {
			return true
		}
	}
	return behind(&in.X.Place) || behind(&in.Y.Place) || behind(&in.Dst)
}
