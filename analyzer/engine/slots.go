package engine

import (
	"github.com/refcheck/refcheck/analyzer/rule"
)

// lostSlots looks, where a function returns, for slots that own what they hold and
// were given something else although nobody has released what was there.
func (r *run) lostSlots(s *state, ret sid) {
	if r.role.Role == rule.Dealloc || r.role.Role == rule.Clear || r.role.Role == rule.ModuleInit || r.role.Role == rule.Init {
		return // run once, or judged as what they are
	}
	for _, c := range s.mem {
		if r.locs[c.loc].out && !r.locs[c.loc].weak {
			r.lostSlot(s, c.loc, c.val, ret)
		}
	}
	for v, id := range s.vars {
		if id != noSym && r.f.Vars[v].Outlives() {
			r.lostSlot(s, locID(v), id, ret)
		}
	}
}

// lostSlot judges one slot, which holds now.
func (r *run) lostSlot(s *state, l locID, now, ret sid) {
	old, read := r.symIDs[symKey{kind: defInit, a: int32(l)}]
	if !read || old == now || old == ret || !r.eng.owning(r, l) {
		return
	}
	v := r.get(s, old)
	if v.refs != 0 || v.fl&(fReleased|fGiven|fEscaped|fReported|fDoubt) != 0 || v.lo == 0 && v.hi == 0 || r.isConstHere(s, old) || r.holders(s, old, noLoc) > 0 {
		return
	}
	// If what was there is known to be an object, it is lost. If not, it is on the
	// second call, when the first one has left an object there.
	if w := r.get(s, now); !v.nz && !(r.comesAgain(l) && (w.nz || w.refs > 0)) {
		return
	}
	at := s.gone(old)
	if at == nil {
		return
	}
	if r.mayHaveChanged(l) {
		return
	}
	if !v.nz && r.guarded(s, old) {
		r.ref(s, old).fl |= fDoubt // the second call may not get here
	}
	r.fire(s, old, &rule.Event{Kind: rule.Lost, How: rule.Overwritten, At: at.span, Slot: r.locName(l)})
}

// comesAgain reports whether Python can call the function a second time on the
// object that the slot l is in.
func (r *run) comesAgain(l locID) bool {
	if r.role.Role != rule.Entry && r.role.Role != rule.Setter {
		return false
	}
	d := &r.locs[l]
	return d.kind == locVar || d.root > symNil && r.syms[d.root].param == 1
}

// mayHaveChanged reports whether something else than a store of this function may
// have emptied the slot l: a function that it calls, or one that releases what
// is there and leaves the pointer as it is.
func (r *run) mayHaveChanged(l locID) bool {
	d := &r.locs[l]
	if k, ok := r.slotKey(l); ok && r.eng.dangles[k] {
		return true
	}
	for _, g := range r.eng.calls[r.f] {
		if d.kind == locVar || r.mayWrite(g, l) || g.Result.IsObjectPtr() { // a getter may have returned what is there
			return true
		}
	}
	return false
}

// guarded reports whether this path depends on something else that was there when
// the function was called: a field or a global.
func (r *run) guarded(s *state, except sid) bool {
	for i := range s.vals {
		v := &s.vals[i]
		if d := &r.syms[v.id]; d.kind != defInit || v.id == except || d.param > 0 {
			continue
		}
		if b := r.blank(v.id); v.lo != b.lo || v.hi != b.hi || v.nz != b.nz {
			return true
		}
	}
	return len(s.rels) > 0
}

// gone finds the step at which a slot let go of id last.
func (s *state) gone(id sid) *step {
	for p := s.trace; p != nil; p = p.prev {
		if p.sym == id && p.gone {
			return p
		}
	}
	return nil
}
