package engine

import (
	"github.com/refcheck/refcheck/cmodel/contract"
	"github.com/refcheck/refcheck/cmodel/ir"
	"github.com/refcheck/refcheck/cmodel/source"
)

// A Handled is a call that changes a reference count and that some path reaches with less than
// an object in hand. It is no defect of the code as such: the analysis may just not know better.
// Code that is proposed to be added must not have one.
type Handled struct {
	At source.Pos
	// Unset: the variable has no value. Otherwise the call does not stand NULL, and it may be that.
	Unset bool
}

// noteHandled notes what a count is changed of, if that may be no object.
func (r *run) noteHandled(s *state, in *ir.Instr, fn *contract.Func, a sid) {
	h := Handled{At: in.Span.Pos}
	switch fn.Special {
	case "incref", "decref", "newref":
		v := r.get(s, a)
		h.Unset = r.unset(in, a)
		if !h.Unset && (v.nz || v.lo > 0 || v.hi < 0 || v.fl&fConst != 0 || r.syms[a].param == 1 && v.lo != 0) {
			return // the first argument of a function is what it is called for
		}
	case "xincref", "xdecref", "xnewref":
		if h.Unset = r.unset(in, a); !h.Unset {
			return
		}
	case "clear", "setref":
		if h.Unset = r.unsetBehind(s, a); !h.Unset {
			return
		}
	default:
		return
	}
	if r.handled == nil {
		r.handled = map[Handled]bool{}
	}
	r.handled[h] = true
}

// unsetBehind reports whether a is the address of such a variable.
func (r *run) unsetBehind(s *state, a sid) bool {
	if r.syms[a].kind != defAddr {
		return false
	}
	l := &r.locs[r.syms[a].loc]
	return l.kind == locVar && !r.f.Vars[l.parent].Outlives() && s.vars[l.parent] == noSym
}

// unset reports whether the first argument is a variable that nothing was assigned to.
func (r *run) unset(in *ir.Instr, a sid) bool {
	op := &in.Args[0]
	return a == r.opaque && op.Kind == ir.Load && op.Place.IsVar() && !op.Place.Base.Outlives()
}
