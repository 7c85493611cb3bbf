package engine

import "slices"

// merge weakens s to what s and t have in common. Both have the same ownership
// key. widen drops moving bounds altogether, so that loops end.
func (r *run) merge(b int, s, t *state, widen bool) {
	var made []sid // what stands for both already
	either := func(l locID, x, y sid) sid {
		id := r.phi(s, t, b, l, x, y)
		made = append(made, id)
		return id
	}
	for n := range s.vars {
		if s.vars[n] != t.vars[n] {
			s.vars[n] = either(locID(n), s.vars[n], t.vars[n])
		}
	}
	out := s.mem[:0:0]
	for _, c := range s.mem {
		if i, ok := t.cell(c.loc); ok {
			if t.mem[i].val != c.val {
				c.val = either(c.loc, c.val, t.mem[i].val)
			}
			out = append(out, c)
		} else if v := r.get(s, c.val); v.owns() {
			out = append(out, c)
		} else if r.locs[c.loc].out && r.syms[c.val].loc != c.loc {
			r.escape(s, c.val, false) // one path has stored it somewhere
		}
	}
	s.mem = out
	s.vals = r.mergeVals(s.vals, t.vals, widen, made)
	s.rels = slices.DeleteFunc(slices.Clone(s.rels), func(x relation) bool { return !slices.Contains(t.rels, x) })
	s.memo = slices.DeleteFunc(slices.Clone(s.memo), func(x memo) bool { return !slices.Contains(t.memo, x) })
	s.wrote |= t.wrote
	s.melts = mergeMelts(s.melts, t.melts)
	if s.dep != t.dep {
		s.dep = noSym
	}
	if s.err != t.err {
		s.err = errUnknown
	}
	s.held = slices.DeleteFunc(slices.Clone(s.held), func(x held) bool { return !slices.Contains(t.held, x) })
	if !slices.Equal(s.locks, t.locks) {
		s.locks = commonLocks(s.locks, t.locks)
	}
	if s.gil != t.gil {
		s.gil = gilUnknown
	}
	if s.fail != t.fail && s.fail == nil {
		s.fail = t.fail
	}
}

// mergeVals keeps what both lists know. Entries that say nothing are left out, so
// that states that know the same are equal. What is said of the symbols in made
// holds for both sides already.
func (r *run) mergeVals(a, b []val, widen bool, made []sid) []val {
	out := make([]val, 0, max(len(a), len(b)))
	for len(a) > 0 || len(b) > 0 {
		var v, w val
		switch {
		case len(b) == 0 || len(a) > 0 && a[0].id < b[0].id:
			v, w, a = a[0], r.blank(a[0].id), a[1:]
		case len(a) == 0 || b[0].id < a[0].id:
			v, w, b = r.blank(b[0].id), b[0], b[1:]
		default:
			v, w, a, b = a[0], b[0], a[1:], b[1:]
		}
		if !slices.Contains(made, v.id) {
			r.weaken(&v, w, widen)
		}
		if v != r.blank(v.id) {
			out = append(out, v)
		}
	}
	return out
}

// weaken reduces what v, of a new state, knows to what it shares with w, of the
// states seen before; bounds that moved since then are dropped with widen.
func (r *run) weaken(v *val, w val, widen bool) {
	v.nz = v.nz && w.nz
	switch {
	case w.lo < v.lo:
		v.lo = w.lo
	case v.lo < w.lo && widen:
		v.lo = below(v.lo)
	}
	switch {
	case w.hi > v.hi:
		v.hi = w.hi
	case v.hi > w.hi && widen:
		v.hi = above(v.hi)
	}
	v.fl |= w.fl & (fEscaped | fKept | fReported | fDoubt | fObject | fUsed | fStored)
	v.fl &^= (fBorrowed | fNew | fShared | fPlain | fNumber) &^ w.fl
	if v.cmp != w.cmp || v.half != w.half || v.x != w.x || v.y != w.y {
		v.cmp, v.x, v.y = cmpNone, noSym, noSym
	}
	if v.owner != w.owner {
		v.owner = noSym
	}
}

// below and above are where a moving bound is put: at -1, 0 or 1 if one of them
// is still in its way, so that a counter stays one.
func below(n int64) int64 {
	for b := int64(1); b >= -1; b-- {
		if n >= b {
			return b
		}
	}
	return negInf
}

func above(n int64) int64 {
	for b := int64(-1); b <= 1; b++ {
		if n <= b {
			return b
		}
	}
	return posInf
}

// phi is the symbol for "one or the other" at the entry of block b.
func (r *run) phi(s, t *state, b int, l locID, x, y sid) sid {
	if x == noSym || y == noSym {
		return noSym
	}
	r.passOn(s, x)
	r.passOn(s, y)
	id := r.intern(symKey{kind: defPhi, a: int32(b), b: int32(l)})
	if x != id && r.get(s, id).refs == 0 && r.holders(s, id, l) == 0 {
		r.forget(s, id) // what was known of an earlier merge
	}
	r.icePhi(s, t, id, x, y)
	v := r.get(s, x)
	v.id = id
	r.weaken(&v, r.get(t, y), true)
	v.refs, v.cmp, v.x, v.y, v.owner = 0, cmpNone, noSym, noSym, noSym
	v.fl &= fObject | fEscaped | fKept | fDoubt
	if m := r.memoryOf(s, x); m != noSym && m == r.memoryOf(t, y) {
		v.owner = m
	}
	*r.ref(s, id) = v
	return id
}
