package engine

import (
	"slices"

	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/rule"
	"github.com/refcheck/refcheck/cmodel/contract"
	"github.com/refcheck/refcheck/cmodel/ir"
)

// watchRefcnt reports direct writes to a reference count.
func (r *run) watchRefcnt(s *state, in *ir.Instr) {
	p := in.Dst.Path
	if len(p) == 0 || p[len(p)-1].Name != "ob_refcnt" || p[len(p)-1].Kind != ir.FieldSel {
		return
	}
	if in.Dst.Base.Kind == ir.Local && !slices.ContainsFunc(p, func(e ir.Sel) bool { return e.Kind == ir.Deref }) {
		return // an object on the stack
	}
	base := in.Dst
	base.Path = p[:len(p)-1]
	var id sid
	for i := len(p) - 2; i >= 0; i-- {
		if p[i].Kind == ir.Deref {
			base.Path, base.Type = p[:i], nil
			id = r.readLoc(s, r.resolve(s, &base), nil)
			break
		}
	}
	r.fire(s, id, &rule.Event{Kind: rule.RefcntWrite, At: in.Span, Slot: "ob_refcnt"})
	if r.tracked(id) {
		r.ref(s, id).fl |= fEscaped
	}
}

// special executes the functions the engine knows by itself.
func (r *run) special(s *state, in *ir.Instr, fn *contract.Func, args []sid) (done bool, out []*state) {
	if fn.Special == "" {
		return false, nil
	}
	one := []*state{s}
	var a sid
	if len(args) > 0 {
		a = args[0]
	}
	if a != noSym {
		r.noteHandled(s, in, fn, a)
	}
	switch fn.Special {
	case "incref", "decref", "newref":
		if r.get(s, a).fl&fConst == 0 && !r.bound(s, cmpNe, a, 0) {
			return true, nil // with NULL they crash; another rule's business
		}
	}
	switch fn.Special {
	case "incref", "xincref":
		r.incref(s, in, a)
	case "decref", "xdecref":
		r.decref(s, in, a)
	case "newref", "xnewref":
		if len(args) == 0 {
			return false, nil
		}
		r.incref(s, in, a)
		if in.Dst.Base != nil {
			r.assign(s, &in.Dst, a)
		}
	case "clear", "setref":
		r.replace(s, in, args)
	case "isnull":
		if in.Dst.Base != nil && len(args) > 0 {
			r.assign(s, &in.Dst, a)
		}
	case "errclear":
		if fetches(fn) {
			return true, r.fetch(s, in, fn, args)
		}
		r.apply(s, in, fn, args, anyOutcome)
		s.err, s.dep, s.fail = errClear, noSym, nil // what failed has been dealt with
	case "errset":
		r.apply(s, in, fn, args, anyOutcome)
		s.err, s.dep = errSet, noSym
	case "errrestore":
		exc := r.restored(s, fn, args)
		r.apply(s, in, fn, args, anyOutcome)
		s.err, s.dep = exc, noSym
	case "setrefcnt":
		if l := r.syms[a].loc; r.syms[a].kind == defAddr && !r.locs[l].out {
			break // an object on the stack
		}
		r.fire(s, a, &rule.Event{Kind: rule.RefcntWrite, At: in.Span, Call: r.callee})
		r.lend(s, a)
	case "revive":
		r.revive(s, in, a)
	case "settype":
		if len(args) > 1 {
			r.escape(s, args[1], false) // a heap type is owned by its instances
		}
	case "free":
		if i := s.holding(a, noLoc); i >= 0 {
			s.dropHeld(i)
		}
		if r.tracked(a) {
			v := r.ref(s, a)
			v.refs, v.fl = 0, v.fl|fReleased
			r.note(s, step{kind: finding.Release, span: in.Span, sym: a, callee: r.callee})
		}
	case "visit":
	default:
		return false, nil
	}
	return true, one
}

// revive makes an object of a that a free list has kept: whoever takes it from there
// has the one reference. What is new or an argument has its references already.
func (r *run) revive(s *state, in *ir.Instr, a sid) {
	if !r.tracked(a) || s.holding(a, noLoc) >= 0 {
		return
	}
	v := r.ref(s, a)
	if v.refs != 0 || v.fl&(fNew|fParam|fConst) != 0 || v.lo == 0 && v.hi == 0 {
		return
	}
	v.refs, v.nz = 1, true
	v.fl = v.fl&^(fBorrowed|fSlot|fEscaped|fKept|fGiven|fReleased|fDoubt) | fNew | fObject
	r.note(s, step{kind: finding.Acquire, span: in.Span, sym: a, callee: r.callee, owned: 1})
}

// restored is the error indicator after the exception in the first stolen
// argument was put back.
func (r *run) restored(s *state, fn *contract.Func, args []sid) errState {
	for i, a := range args {
		if param(fn, i).Ref != contract.Stolen {
			continue
		}
		switch v := r.get(s, a); {
		case v.lo == 0 && v.hi == 0:
			return errClear
		case v.nz:
			return errSet
		}
		break
	}
	return errUnknown
}

// fetches reports whether fn hands out the exception, as PyErr_Fetch does.
func fetches(fn *contract.Func) bool {
	return len(fn.Params) > 0 && fn.Params[0].Ref == contract.OutNew
}

// fetch executes PyErr_Fetch: without an exception, all it hands out is NULL.
func (r *run) fetch(s *state, in *ir.Instr, fn *contract.Func, args []sid) []*state {
	var out []*state
	if s.err != errSet {
		none := s.clone()
		for _, a := range args {
			if r.syms[a].kind == defAddr {
				r.write(none, r.syms[a].loc, symNil)
			}
		}
		none.err, none.dep = errClear, noSym
		out = append(out, none)
	}
	if s.err != errClear {
		r.apply(s, in, fn, args, anyOutcome)
		if id := s.varOrCell(r, r.target(args[0])); id != noSym && r.bound(s, cmpNe, id, 0) {
			s.err, s.dep = errClear, noSym
			out = append(out, s)
		}
	}
	return out
}

// replace executes Py_CLEAR and Py_SETREF: the slot first, then the release.
func (r *run) replace(s *state, in *ir.Instr, args []sid) {
	if len(args) == 0 || r.syms[args[0]].kind != defAddr {
		return
	}
	l := r.syms[args[0]].loc
	old := r.readLoc(s, l, nil)
	to := symNil
	if len(args) > 1 {
		to = args[1]
	}
	r.moving = true
	r.write(s, l, to)
	r.moving = false
	if v := r.get(s, to); r.locs[l].out && r.tracked(to) && (v.lo != 0 || v.hi != 0) && v.refs > -maxRefs {
		p := r.ref(s, to) // the slot takes the reference over
		p.refs--
		p.fl |= fKept | fGiven
		r.note(s, step{kind: finding.Steal, span: in.Span, sym: to, callee: r.callee, slot: r.locName(l), owned: p.refs, arg: 2})
	}
	if v := r.get(s, old); r.locs[l].out && r.tracked(old) && v.fl&fGiven != 0 && v.refs <= 0 {
		r.ref(s, old).fl &^= fGiven // an earlier turn gave it to this very slot
		return
	}
	r.decref(s, in, old)
}
