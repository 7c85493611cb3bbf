package engine

import (
	"github.com/refcheck/refcheck/analyzer/rule"
	"github.com/refcheck/refcheck/cmodel/contract"
	"github.com/refcheck/refcheck/cmodel/ir"
	"github.com/refcheck/refcheck/cmodel/source"
)

// Trouble is what may be wrong with the object whose count a call changes.
type Trouble uint8

// Troubles.
const (
	MayBeNull Trouble = iota // and the call does not stand that
	Unset                    // the variable has no value
	NotOwned                 // it is released, and on some path this function does not own it
)

// A Handled is a call that changes a reference count and that some path reaches in trouble. That is no
// defect of the code as such: the analysis may just not know better. Code that is proposed
// to be added must not have it.
type Handled struct {
	At source.Pos
	Trouble
}

// noteHandled notes what may be wrong with the object whose count is changed.
func (r *run) noteHandled(s *state, in *ir.Instr, fn *contract.Func, a sid) {
	v := r.get(s, a)
	null := v.lo == 0 && v.hi == 0
	release := fn.Special == "decref" || fn.Special == "xdecref"
	switch fn.Special {
	case "incref", "xincref", "newref", "xnewref", "decref", "xdecref":
		switch {
		case r.unset(in, a):
			r.handle(in, Unset)
		case release && !null && r.tracked(a) && v.refs <= 0 && v.fl&(fSlot|fEscaped) == 0:
			r.handle(in, NotOwned)
		case fn.Special[0] != 'x' && !r.notNull(a, &v):
			r.handle(in, MayBeNull)
		}
	case "clear", "setref":
		if r.unsetBehind(s, a) {
			r.handle(in, Unset)
		}
	}
}

func (r *run) handle(in *ir.Instr, t Trouble) {
	if r.handled == nil {
		r.handled = map[Handled]bool{}
	}
	r.handled[Handled{in.Span.Pos, t}] = true
}

// notNull reports whether an object is certainly there. The first argument of a function is what it is
// called for, and the second one of a method is there if it is used.
func (r *run) notNull(a sid, v *val) bool {
	p := r.syms[a].param
	given := p == 1 || p == 2 && r.role.Role == rule.Entry
	return v.nz || v.lo > 0 || v.hi < 0 || v.fl&fConst != 0 || given && v.lo != 0
}

// unset reports whether the first argument is a variable that nothing was assigned to.
func (r *run) unset(in *ir.Instr, a sid) bool {
	op := &in.Args[0]
	return a == r.opaque && op.Kind == ir.Load && op.Place.IsVar() && !op.Place.Base.Outlives()
}

// unsetBehind reports whether a is the address of such a variable.
func (r *run) unsetBehind(s *state, a sid) bool {
	if r.syms[a].kind != defAddr {
		return false
	}
	l := &r.locs[r.syms[a].loc]
	return l.kind == locVar && !r.f.Vars[l.parent].Outlives() && s.vars[l.parent] == noSym
}
