package engine

import (
	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/rule"
	"github.com/refcheck/refcheck/cmodel/ir"
)

// instr executes one instruction and returns the states after it.
func (r *run) instr(s *state, in *ir.Instr) []*state {
	r.meltedUses(s, in)
	r.staleUses(s, in)
	r.racyUses(s, in)
	switch in.Op {
	case ir.Declare:
		l := locID(in.Dst.Base.ID)
		if old := s.vars[l]; old != noSym {
			r.overwrite(s, l, old)
			s.vars[l] = noSym
		}
		s.unmelt(int32(l))
	case ir.Copy:
		r.watchRefcnt(s, in)
		if in.X.Kind == ir.Load && in.X.Type != nil && in.X.Type.Kind == ir.StructType {
			r.copyStruct(s, in)
			break
		}
		v := r.value(s, &in.X)
		if v == r.opaque && in.X.Kind == ir.Opaque && in.Dst.IsVar() {
			v = r.fresh(s, resultOrdinal)
		}
		m, ok := s.carriedMelt(in)
		r.assign(s, &in.Dst, v)
		if ok {
			s.setMelt(m)
		}
	case ir.Unary:
		x := r.get(s, r.value(s, &in.X))
		r.assign(s, &in.Dst, r.unary(s, in, &x))
	case ir.Binary:
		r.watchRefcnt(s, in)
		r.nodesChecked(s, &in.X, &in.Y)
		m, ok := s.carriedMelt(in)
		r.assign(s, &in.Dst, r.binary(s, in))
		if ok {
			s.setMelt(m)
		}
	case ir.Eval:
		r.value(s, &in.X)
	case ir.Call:
		return r.melts(in, r.call(s, in))
	}
	return []*state{s}
}

// copyStruct copies a struct by value: what its members hold is now held twice,
// and which copy owns it is not known.
func (r *run) copyStruct(s *state, in *ir.Instr) {
	src := r.resolve(s, &in.X.Place)
	r.escapeWithin(s, src)
	if i := s.holding(noSym, src); i >= 0 {
		s.dropHeld(i)
	}
	dst := r.resolve(s, &in.Dst)
	r.wroteThrough(s, r.locs[dst].root)
	r.escapeWithin(s, dst)
	out := s.mem[:0:0]
	for _, c := range s.mem {
		if !r.within(c.loc, dst) {
			out = append(out, c)
		}
	}
	s.mem = out
}

// escapeWithin gives up judging the objects held at or below l.
func (r *run) escapeWithin(s *state, l locID) {
	for _, c := range s.mem {
		if r.within(c.loc, l) {
			r.escape(s, c.val, false)
		}
	}
}

const (
	useRead use = iota
	useArg
	useReturn
)

// overwrite is called when the value old at l is about to be replaced.
func (r *run) overwrite(s *state, l locID, old sid) {
	if !r.tracked(old) {
		return
	}
	r.noteGone(s, l, old)
	if r.moving {
		return
	}
	v := r.get(s, old)
	if v.refs < 0 && v.fl&(fSlot|fEscaped|fReported) == fSlot && r.syms[old].loc == l {
		r.releaseThenSet(s, l, old)
		return
	}
	if v.refs <= 0 || v.fl&(fEscaped|fReported) != 0 || v.lo == 0 && v.hi == 0 {
		return
	}
	if r.holders(s, old, l) > 0 || r.isConstHere(s, old) {
		return
	}
	if r.locs[l].out && r.inLoop() && !r.plan.everyTurn(r.f, r.block) {
		r.ref(s, old).fl |= fDoubt // the loop may store only once
	}
	r.fire(s, old, &rule.Event{Kind: rule.Lost, How: rule.Overwritten, At: r.span, Slot: r.locName(l), Call: r.callee})
}

// releaseThenSet: the slot was released while it still pointed to the object.
func (r *run) releaseThenSet(s *state, l locID, old sid) {
	v := r.ref(s, old)
	v.refs++ // the slot's own reference went with it
	v.fl |= fReleased
	if r.role.Role == rule.Dealloc || !r.visible(l) {
		return
	}
	if r.get(s, s.alias(old)).fl&(fParam|fConst) != 0 {
		return // the caller keeps it alive, or the interpreter
	}
	if st := s.last(old, finding.Decref, finding.Release); st != nil {
		ev := &rule.Event{Kind: rule.ReleaseThenSet, At: st.span, Slot: r.locName(l), Before: st.span, BeforeCall: st.callee}
		if d := &r.locs[l]; d.kind == locField {
			ev.Struct, ev.Field = d.strct, d.name
		}
		r.fire(s, old, ev)
		r.ref(s, old).fl &^= fReported
	}
}

// visible reports whether Python code that runs during a release could see the
// slot l: a field of an object, or a global.
func (r *run) visible(l locID) bool {
	d := &r.locs[l]
	for d.kind == locElem {
		d = &r.locs[d.parent]
	}
	return d.kind == locVar || d.kind == locField && r.eng.objects[d.strct]
}

// lostOrphan: an owned object that nothing holds is replaced by a newer one
// from the same place.
func (r *run) lostOrphan(s *state, id sid) {
	v := r.get(s, id)
	if v.fl&(fEscaped|fReported) != 0 || v.lo == 0 && v.hi == 0 || r.isConstHere(s, id) {
		return
	}
	r.fire(s, id, &rule.Event{Kind: rule.Lost, How: rule.Overwritten, At: r.span, Slot: r.syms[id].name, Call: r.callee})
}

// noteGone records that a slot that was given old is about to lose it.
func (r *run) noteGone(s *state, l locID, old sid) {
	v := r.get(s, old)
	own := r.syms[old].loc == l // what it held when the function began
	if own && v.refs == 0 && v.fl&fReleased == 0 && r.eng.owning(r, l) || !own && r.locs[l].out && v.fl&fObject != 0 {
		r.note(s, step{kind: finding.Store, span: r.span, sym: old, slot: r.locName(l), owned: v.refs, gone: true})
	}
}

// noteStore records that an object was put where it outlives the call.
func (r *run) noteStore(s *state, l locID, id sid) {
	if r.tracked(id) && (r.syms[id].flags&fObject != 0 || r.get(s, id).fl&fInside != 0) {
		r.note(s, step{kind: finding.Store, span: r.span, sym: id, slot: r.locName(l), owned: r.get(s, id).refs})
	}
}
