package engine

import (
	"slices"

	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/rule"
	"github.com/refcheck/refcheck/cmodel/ir"
)

// findFreed notes the fields, pointers to an object each, that tp_dealloc releases,
// itself or through what it calls.
func (e *Engine) findFreed(units []*ir.Unit) {
	e.freed = map[fieldKey]bool{}
	released := map[fieldKey]bool{}
	for f := range e.reachedFrom(units, func(f *ir.Func) bool { return e.roles[f].Role == rule.Dealloc }) {
		for _, k := range e.released(f, 0) {
			released[k] = true
		}
	}
	for _, u := range units {
		for name, st := range u.Structs {
			for i := range st.Fields {
				if k := (fieldKey{name, st.Fields[i].Name}); released[k] && st.Fields[i].Type.IsObjectPtr() {
					e.freed[k] = true
				}
			}
		}
	}
}

// dies is called when in has released the last reference to an object that this
// function made: its tp_dealloc releases what its fields hold.
func (r *run) dies(s *state, in *ir.Instr, object sid) {
	for _, c := range slices.Clone(s.mem) {
		d := &r.locs[c.loc]
		if d.kind != locField || d.root != object || !r.eng.freed[fieldKey{d.strct, d.name}] || !r.tracked(c.val) || r.syms[c.val].loc == c.loc {
			continue
		}
		s.mem = slices.DeleteFunc(s.mem, func(x cell) bool { return x.loc == c.loc })
		r.freeSlot(s, in, c.val, r.locName(c.loc))
	}
}

// freeSlot gives up the reference that a slot of an object had that has died.
func (r *run) freeSlot(s *state, in *ir.Instr, a sid, slot string) {
	v := r.get(s, a)
	if v.fl&(fEscaped|fReported|fDoubt) != 0 || v.lo == 0 && v.hi == 0 {
		return
	}
	switch {
	case v.refs > 0:
		v.refs--
	case v.fl&fGiven != 0: // the slot has been given its reference
	case v.refs == 0 && v.fl&(fNew|fBorrowed|fParam) != 0:
		if st := s.last(a, finding.Decref, finding.Release, finding.Incref); st != nil && st.kind != finding.Incref {
			r.fire(s, a, &rule.Event{Kind: rule.ReleaseUnowned, How: rule.Released, At: in.Span, Call: r.callee, Arg: 1,
				Slot: slot, Before: st.span, BeforeCall: st.callee})
		}
		return
	default:
		return
	}
	if v.refs == 0 {
		v.fl &^= fGiven
		if v.fl&(fNew|fEscaped) == fNew {
			v.fl |= fReleased
		}
	}
	*r.ref(s, a) = v
	r.note(s, step{kind: finding.Decref, span: in.Span, sym: a, callee: r.callee, slot: slot, owned: v.refs})
}
