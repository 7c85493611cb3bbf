package engine

import (
	"cmp"

	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/rule"
	"github.com/refcheck/refcheck/cmodel/contract"
	"github.com/refcheck/refcheck/cmodel/ir"
)

// leave judges a state at a return.
func (r *run) leave(s *state, t *ir.Term) {
	ret := noSym
	if t.X.Kind != ir.NoOperand {
		if t.X.Kind == ir.Load && t.X.Type != nil && t.X.Type.Kind == ir.StructType {
			r.escapeWithin(s, r.resolve(s, &t.X.Place))
		}
		ret = r.standIn(s, r.value(s, &t.X))
	}
	if r.tracked(ret) {
		r.touch(s, ret, useReturn, 0)
	}
	if t := r.failingTwin(s, ret); t != nil {
		r.exit(s, ret)
		s = t
	}
	r.exit(s, ret)
}

// failingTwin splits a path that returns what a call gave it, as in
// `return PyList_Append(list, item);`: s becomes the path on which the call
// succeeded, the result that on which it failed. It is nil if there is no such
// choice.
func (r *run) failingTwin(s *state, ret sid) *state {
	if s.err != errUnknown || ret <= symNil || s.dep != ret || r.syms[ret].fn == nil {
		return nil
	}
	switch r.syms[ret].fn.Fail {
	case contract.FailNull, contract.FailMinus1, contract.FailNegative, contract.FailZero, contract.FailNonzero:
	default:
		return nil
	}
	t := s.clone()
	if !r.assumeOutcome(t, ret, r.syms[ret].fn.Fail, true) || !r.assumeOutcome(s, ret, r.syms[ret].fn.Fail, false) {
		return nil
	}
	return t
}

// exit judges a state that returns ret.
func (r *run) exit(s *state, ret sid) {
	failed := r.reportsFailure(s, ret)
	x := exitState{ret: ret, failed: failed}
	r.returned(s, ret, &x)
	for i := range s.vals {
		r.settle(s, s.vals[i].id, failed)
	}
	r.lostSlots(s, ret)
	r.gilLeft(s, ret)
	r.lostHeld(s, ret, failed)
	if !failed {
		r.storedBorrows(s) // whoever sees the failure may not look at the slots
		r.keptBuffers(s)
	}
	r.sum.add(r, s, &x)
}

// reportsFailure tells whether returning ret means that the function failed.
func (r *run) reportsFailure(s *state, ret sid) bool {
	res := r.f.Result
	if ret == noSym || res == nil {
		return s.err == errSet
	}
	v := r.get(s, ret)
	switch {
	case res.IsPtr():
		return v.lo == 0 && v.hi == 0
	case res.Kind == ir.Int:
		return v.hi < 0 || s.err == errSet
	}
	return s.err == errSet
}

// returned hands the result's reference to the caller.
func (r *run) returned(s *state, ret sid, x *exitState) {
	if !r.tracked(ret) {
		return
	}
	v := r.ref(s, ret)
	x.retRefs, x.retFlags, x.retParam = v.refs, v.fl, r.syms[ret].param
	if v.lo == 0 && v.hi == 0 {
		return
	}
	if v.refs > 0 {
		v.refs--
		return
	}
	if !r.f.Result.IsObjectPtr() || !r.role.returnsNew() || v.fl&(fEscaped|fReported) != 0 || v.refs < 0 {
		return
	}
	ev := &rule.Event{Kind: rule.ReturnBorrowed, How: rule.NotOwned, At: r.span}
	switch {
	case v.fl&fGiven != 0:
		ev.How = rule.GivenAway
	case v.fl&(fBorrowed|fConst|fParam) != 0:
	case v.fl&fSlot != 0 && r.slotStillHolds(s, ret):
	default:
		return
	}
	r.fire(s, ret, ev)
}

// slotStillHolds reports whether the slot id was read from still has it, so
// that the slot's reference cannot have become this frame's.
func (r *run) slotStillHolds(s *state, id sid) bool {
	l := r.syms[id].loc
	if l == noLoc {
		return false
	}
	d := &r.locs[l]
	if d.kind == locVar {
		return s.vars[d.parent] == id || s.vars[d.parent] == noSym
	}
	i, ok := s.cell(l)
	return !ok || s.mem[i].val == id
}

// eachHolder calls f with the places that outlive the function, hold id now and
// did not when it began.
func (r *run) eachHolder(s *state, id sid, f func(locID)) {
	for v, x := range s.vars {
		if x == id && r.f.Vars[v].Outlives() && r.syms[id].loc != locID(v) {
			f(locID(v))
		}
	}
	for _, c := range s.mem {
		if c.val == id && r.locs[c.loc].out && r.syms[id].loc != c.loc {
			f(c.loc)
		}
	}
}

// kept counts those places.
func (r *run) kept(s *state, id sid) (n int) {
	r.eachHolder(s, id, func(locID) { n++ })
	return n
}

// ownedBy counts those that own what they hold.
func (r *run) ownedBy(s *state, id sid) (n int) {
	r.eachHolder(s, id, func(l locID) {
		if r.eng.owning(r, l) {
			n++
		}
	})
	return n
}

// settle balances the references to one object when the function returns.
func (r *run) settle(s *state, id sid, failed bool) {
	v := r.get(s, id)
	if v.refs == 0 || v.fl&(fReported|fEscaped) != 0 || v.lo == 0 && v.hi == 0 {
		return
	}
	if v.refs > 0 {
		if int(v.refs) <= r.kept(s, id) || v.fl&fConst != 0 || r.isConstHere(s, id) {
			return
		}
		if v.fl&fSlot != 0 && v.refs == 1 && (!r.slotStillHolds(s, id) || r.role.Role == rule.Helper && r.raw(r.syms[id].loc)) {
			return
		}
		r.fire(s, id, &rule.Event{Kind: rule.Lost, How: rule.AtReturn, At: r.span, ErrorPath: failed})
		return
	}
	r.deficit(s, id)
}

// isConstHere reports whether this path has compared the object equal to a
// constant of the interpreter whose count does not matter: it is never freed, such
// as Py_NotImplemented, or a helper returns it, without a reference, as a sign, or
// the target is one of several.
func (r *run) isConstHere(s *state, id sid) bool {
	name := r.immortalName(s.alias(id))
	fn := r.syms[id].fn
	return name != "" && (r.eng.immortal(name) || r.eng.reused || fn != nil && fn.Source == summarySource)
}

// constName is the constant of the interpreter that the object is on this path, ""
// if that is not known.
func (r *run) constName(s *state, id sid) string {
	d := &r.syms[id]
	if d.b == resultOrdinal && d.fn != nil && d.fn.Result.Const != "" {
		return d.fn.Result.Const
	}
	return cmp.Or(r.immortalName(id), r.immortalName(s.alias(id)))
}

// immortalName is the name of id if that is a constant of the interpreter, or "".
func (r *run) immortalName(id sid) string {
	if id != noSym && immortals[r.syms[id].name] {
		return r.syms[id].name
	}
	return ""
}

// deficit reports a reference that was given away or released without being
// owned, once it is clear that nothing makes up for it.
func (r *run) deficit(s *state, id sid) {
	v := r.get(s, id)
	if v.refs >= 0 || v.fl&(fReported|fEscaped) != 0 || v.lo == 0 && v.hi == 0 {
		return
	}
	st := s.last(id, finding.Steal, finding.Decref)
	if st == nil {
		return
	}
	if st.kind == finding.Decref {
		if v.fl&fBorrowed != 0 && !r.rewritten(s, v.owner) && !r.dying(v.owner) {
			r.fire(s, id, &rule.Event{Kind: rule.ReleaseUnowned, How: rule.NotOwned, At: st.span, Call: st.callee, Arg: 1})
		}
		return
	}
	ev := &rule.Event{Kind: rule.StealBorrowed, How: rule.NotOwned, At: st.span, Call: st.callee, Arg: st.arg, Format: st.format}
	if st.slot != "" {
		ev.Kind, ev.Slot = rule.StoreBorrowed, st.slot // Py_SETREF
	}
	switch {
	case v.fl&(fBorrowed|fConst) != 0, v.fl&fParam != 0 && r.role.borrowsArgs():
	case v.fl&fSlot != 0 && r.role.borrowsArgs() && r.slotStillHolds(s, id) && r.eng.owning(r, r.syms[id].loc):
	case v.fl&fNew != 0:
		ev.How = rule.GivenAway
	default:
		return
	}
	r.fire(s, id, ev)
}

// dying reports whether id is the instance that a tp_dealloc takes apart.
func (r *run) dying(id sid) bool {
	return id != noSym && r.syms[id].param == 1 && r.role.Role == rule.Dealloc
}

// raw reports whether l is reached through a bare pointer to objects, of an
// array whose owner is not known.
func (r *run) raw(l locID) bool {
	return l != noLoc && r.locs[l].kind != locVar && r.locs[l].kind != locField
}

// rewritten reports whether a field of id was given another value, so that a
// reference borrowed from id may have been the field's own.
func (r *run) rewritten(s *state, id sid) bool {
	for _, c := range s.mem {
		if d := &r.locs[c.loc]; id != noSym && d.root == id && d.kind == locField && (r.syms[c.val].kind != defInit || r.syms[c.val].loc != c.loc) {
			return true
		}
	}
	return false
}

// storedBorrows looks for borrowed references in slots that own their object.
func (r *run) storedBorrows(s *state) {
	check := func(l locID, id sid) {
		if !r.tracked(id) || r.syms[id].loc == l {
			return
		}
		v := r.get(s, id)
		if v.refs < 0 || int(v.refs) >= r.ownedBy(s, id) || v.fl&(fReported|fEscaped|fGiven) != 0 || v.lo == 0 && v.hi == 0 {
			return
		}
		if v.fl&(fBorrowed|fConst) == 0 && (v.fl&fParam == 0 || !r.role.borrowsArgs()) {
			return
		}
		if v.owner != noSym && v.owner == r.locs[l].root {
			return // what was there before, perhaps
		}
		if !r.eng.owning(r, l) || r.syms[id].kind == defAddr {
			return // a static type needs no reference
		}
		at := r.span
		if st := s.last(id, finding.Store); st != nil {
			at = st.span
		}
		r.fire(s, id, &rule.Event{Kind: rule.StoreBorrowed, At: at, Slot: r.locName(l)})
	}
	for v, id := range s.vars {
		if id != noSym && r.f.Vars[v].Outlives() {
			check(locID(v), id)
		}
	}
	for _, c := range s.mem {
		if r.locs[c.loc].out {
			check(c.loc, c.val)
		}
	}
}
