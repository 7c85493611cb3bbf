package engine

import (
	"slices"

	"github.com/refcheck/refcheck/analyzer/rule"
	"github.com/refcheck/refcheck/cmodel/ir"
)

// prune drops what cannot matter any more: values of variables that are not
// read again and facts about symbols that nothing holds.
func (r *run) prune(b int, s *state) {
	live := r.plan.liveIn[b]
	s.pruneMelts(live)
	for i, id := range s.vars {
		if id == noSym {
			continue
		}
		if v := r.f.Vars[i]; !live.has(i) && !v.AddrTaken && !v.Outlives() && !aggregate(v.Type) {
			if v.Kind != ir.Temp && r.get(s, id).refs > 0 {
				continue // overwriting it loses the reference
			}
			s.vars[i] = noSym
			if v.Kind == ir.Temp {
				r.temporaryDies(s, id)
			}
		}
	}
	if r.plan.head[b] {
		r.forgetItems(s)
	}
	mark := r.marks(s)
	out := s.vals[:0]
	for _, v := range s.vals {
		if (mark.has(int(v.id)) || v.refs != 0) && v != r.blank(v.id) {
			out = append(out, v)
		}
	}
	s.vals = out
	if len(s.rels) > 0 {
		rels := s.rels[:0:0]
		for _, x := range s.rels {
			if r.matters(mark, x) {
				rels = append(rels, x)
			}
		}
		s.rels = rels
	}
	if s.dep != noSym && !mark.has(int(s.dep)) {
		s.dep = noSym
	}
}

// forgetItems forgets at the head of a loop what accessors have returned, as the next turn
// is about other items. The type of an argument stays what it is.
func (r *run) forgetItems(s *state) {
	if len(s.memo) > 0 {
		s.memo = slices.DeleteFunc(slices.Clone(s.memo), func(m memo) bool { return m.fn.Special != "type" || r.syms[m.x].param == 0 })
	}
}

// matters reports whether a fact about two symbols can still be asked for: both
// are held or can be read again, or one stands for a constant of the interpreter,
// whose release may be meant for the other.
func (r *run) matters(m bitset, x relation) bool {
	if x.eq && (r.syms[x.a].flags|r.syms[x.b].flags)&fConst != 0 {
		return true
	}
	a, b := m.has(int(x.a)), m.has(int(x.b))
	return (a || b) && (a || r.rereadable(m, x.a)) && (b || r.rereadable(m, x.b))
}

// rereadable reports whether code can come by a symbol again that nothing holds.
func (r *run) rereadable(m bitset, id sid) bool {
	switch d := &r.syms[id]; d.kind {
	case defConst, defName:
		return true
	case defInit: // a field nobody has set can be read again through its base
		root := r.locs[d.loc].root
		return root == noSym || m.has(int(root))
	}
	return false
}

func aggregate(t *ir.Type) bool {
	return t != nil && (t.Kind == ir.StructType || t.Kind == ir.Array)
}

// marks finds the symbols that something in the state still refers to.
func (r *run) marks(s *state) bitset {
	m := newBitset(len(r.syms))
	for _, id := range s.vars {
		m.set(int(id))
	}
	for _, x := range s.memo {
		m.set(int(x.to))
	}
	for _, c := range s.mem {
		m.set(int(c.val))
		m.set(int(max(r.locs[c.loc].root, 0)))
	}
	for _, x := range s.held {
		m.set(int(x.id))
		m.set(int(x.dep))
		m.set(int(x.prev))
	}
	for _, x := range s.locks {
		m.set(int(x.a))
		m.set(int(x.b))
	}
	for i := range r.f.Params {
		m.set(int(r.initial(locID(i), nil)))
	}
	for again := true; again; {
		again = false
		for i := range s.vals {
			v := &s.vals[i]
			keep := m.has(int(v.id)) || v.refs != 0
			if !keep && r.syms[v.id].kind == defInit {
				// A field's initial value can be read again through its base.
				if root := r.locs[r.syms[v.id].loc].root; root == noSym || m.has(int(root)) {
					m.set(int(v.id))
					keep, again = true, true
				}
			}
			if !keep {
				continue
			}
			for _, o := range [...]sid{v.id, v.owner, v.x, v.y} {
				if o != noSym && !m.has(int(o)) {
					m.set(int(o))
					again = true
				}
			}
		}
	}
	return m
}

// temporaryDies: the value of an expression is not used any more.
func (r *run) temporaryDies(s *state, id sid) {
	v := r.get(s, id)
	d := &r.syms[id]
	if v.refs <= 0 || v.fl&(fEscaped|fReported) != 0 || v.lo == 0 && v.hi == 0 || d.instr == nil || d.kind != defSite {
		return
	}
	if r.holders(s, id, noLoc) > 0 || slices.ContainsFunc(s.memo, func(m memo) bool { return m.to == id }) {
		return
	}
	r.fire(s, id, &rule.Event{Kind: rule.Lost, How: rule.Dropped, At: d.instr.Span, Call: d.instr.Fn})
}
