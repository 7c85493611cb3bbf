package engine

// admit decides whether a state at a block's entry says anything new. Beyond a
// number of states with the same ownership, only their common facts are kept.
func (r *run) admit(b int, s *state) *state {
	r.block = b
	r.prune(b, s)
	h := s.hash()
	if r.seen[b] == nil {
		r.seen[b], r.visited[b] = map[uint64]bool{}, map[uint64]*group{}
	}
	if r.seen[b][h] {
		return nil
	}
	key := r.ownership(s)
	g := r.visited[b][key]
	// The more a function costs, the earlier its states are merged, so that even the
	// largest are explored to the end.
	tight := r.visits / (r.budget / 5)
	if g == nil && len(r.visited[b]) >= maxKeys>>tight {
		return r.overflow(b, s)
	}
	if g == nil {
		g = &group{}
		r.visited[b][key] = g
	}
	g.n++
	limit := max(1, exactStates>>tight)
	if r.plan.head[b] {
		limit = max(1, loopStates>>tight)
	}
	if g.n > limit {
		if g.acc != nil {
			r.merge(b, s, g.acc, g.n > limit+2)
			if h = s.hash(); r.seen[b][h] {
				return nil
			}
		}
	}
	r.seen[b][h] = true
	if g.n >= limit {
		g.acc = s.clone()
	}
	return s
}

// overflow admits a state to a block that has seen too many ways of owning
// things: objects on which the states differ are not judged any further.
func (r *run) overflow(b int, s *state) *state {
	t := r.spill[b]
	if t == nil {
		r.spill[b] = s.clone()
		r.seen[b][s.hash()] = true
		return s
	}
	r.reconcile(s, t)
	r.merge(b, s, t, true)
	r.prune(b, s)
	h := s.hash()
	if r.seen[b][h] {
		return nil
	}
	r.seen[b][h] = true
	r.spill[b] = s.clone()
	return s
}

// reconcile gives up the objects whose ownership s and t do not share.
func (r *run) reconcile(s, t *state) {
	for i := range t.vals {
		if t.vals[i].owns() {
			r.ref(s, t.vals[i].id)
		}
	}
	for i := range s.vals {
		v := &s.vals[i]
		w := r.get(t, v.id)
		if !v.owns() && !w.owns() {
			continue
		}
		if v.refs != w.refs || v.fl != w.fl || v.nz != w.nz || !sameHolders(s, t, v.id) {
			if (v.fl|w.fl)&(fEscaped|fReported) == 0 && v.refs > 0 {
				r.givenUp++
			}
			v.fl |= fEscaped
			v.refs = 0
		}
	}
}

// sameHolders reports whether the same variables and locations hold id in s as
// in t.
func sameHolders(s, t *state, id sid) bool {
	for i, x := range s.vars {
		if (x == id) != (t.vars[i] == id) {
			return false
		}
	}
	return heldIn(s, t, id) && heldIn(t, s, id)
}

// heldIn reports whether every location that holds id in s does so in t.
func heldIn(s, t *state, id sid) bool {
	for _, c := range s.mem {
		if c.val != id {
			continue
		}
		if i, ok := t.cell(c.loc); !ok || t.mem[i].val != id {
			return false
		}
	}
	return true
}
