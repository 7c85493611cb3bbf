package refmodel

// handleWeakrefs clears the weak references to unreachable objects before any
// Python code runs, so that none can bring such an object back. Callbacks are
// called if the weak reference itself is reachable. It returns how many weak
// references died by their own callback: they are counted as collected.
func (c *collection) handleWeakrefs() int {
	h, toCall := c.h, newList(Callbacks)
	for o := range c.unreachable.all {
		if o.Kind == Weakref && h.Minor < keptWeakrefsSince {
			h.clearWeakref(o) // its callback must not see half of the garbage (bpo-38006)
		}
		for _, w := range append([]ID(nil), o.weak...) {
			wr := h.Object(w)
			if h.Minor >= keptWeakrefsSince && wr.callback() == NULL {
				continue
			}
			h.clearWeakref(wr)
			if wr.callback() == NULL || wr.gc.collecting {
				continue
			}
			h.inc(wr)
			toCall.move(wr)
		}
	}
	c.observe(PhaseWeakrefs, NULL, toCall)
	freed := 0
	for wr := toCall.front(); wr != nil; wr = toCall.front() {
		h.call(wr.callback(), wr.ID)
		c.err(h.dec(wr))
		if toCall.front() == wr {
			c.old.move(wr)
		} else {
			freed++
		}
		c.observe(PhaseCallback, wr.ID, toCall)
	}
	return freed
}

// clearLateWeakrefs clears the weak references to what is about to be taken
// apart that are left or were made by finalizers.
func (c *collection) clearLateWeakrefs(garbage *gcList) {
	if c.h.Minor < lateWeakrefsSince {
		return
	}
	for o := range garbage.all {
		for _, w := range append([]ID(nil), o.weak...) {
			c.h.clearWeakref(c.h.Object(w))
		}
		if o.Kind == Weakref {
			c.h.clearWeakref(o)
		}
	}
}

// finalize calls tp_finalize of the unreachable objects that have not been
// finalized before.
func (c *collection) finalize() {
	h, seen := c.h, newList(Seen)
	for o := c.unreachable.front(); o != nil; o = c.unreachable.front() {
		seen.move(o)
		if o.Finalize == nil || o.finalized {
			continue
		}
		o.finalized = true
		h.inc(o)
		o.Finalize(h, o.ID)
		c.err(h.dec(o))
		c.observe(PhaseFinalize, o.ID, seen)
	}
	c.unreachable.merge(seen)
	c.observe(PhaseFinalized, NULL)
}

// resurrected looks again: a finalizer may have made objects reachable. It
// returns those that are still garbage; the others go to the older generation.
// Before 3.9 one object that came back saved all (check_garbage).
func (c *collection) resurrected() *gcList {
	var garbage *gcList
	if c.h.Minor >= resurrectionSince {
		for o := range c.unreachable.all {
			o.gc.collecting = false
		}
		garbage = c.deduce(c.unreachable, StillGarbage)
	} else {
		garbage = newList(StillGarbage)
		if !c.anyBack() {
			garbage.merge(c.unreachable)
		}
	}
	for o := range c.unreachable.all {
		o.gc.collecting = false
	}
	c.old.merge(c.unreachable)
	c.observe(PhaseResurrected, NULL, garbage)
	return garbage
}

// anyBack reports whether an unreachable object has references from outside.
func (c *collection) anyBack() bool {
	for o := range c.unreachable.all {
		o.gc.refs, o.gc.collecting = o.Count, true
	}
	for o := range c.unreachable.all {
		c.h.traverse(o, func(y *Object) { c.subtract(o, y) })
	}
	for o := range c.unreachable.all {
		if o.gc.refs != 0 {
			return true
		}
	}
	return false
}

// delete breaks the cycles: tp_clear of each object in turn, while it is kept
// alive. What survives its own tp_clear may die later, or never.
func (c *collection) delete(garbage *gcList) {
	h := c.h
	for o := garbage.front(); o != nil; o = garbage.front() {
		h.inc(o)
		c.err(h.tpClear(o))
		c.err(h.dec(o))
		if garbage.front() == o {
			o.gc.collecting = false
			c.old.move(o)
		}
		c.observe(PhaseClear, o.ID, garbage)
	}
}

// tpClear is the tp_clear of o's type.
func (h *Heap) tpClear(o *Object) error {
	switch o.Kind {
	case Tuple, Capsule: // have none
		return nil
	case List, Dict, Set:
		refs := o.teardownOrder()
		o.cells = nil
		return h.release(refs...)
	case Weakref:
		return h.forgetReferent(o)
	}
	if o.Shape != nil && o.Shape.NoClear {
		return nil
	}
	var first error
	for i := range o.cells {
		if !o.fieldOf(i).Cleared || i >= len(o.cells) {
			continue
		}
		x := o.cells[i].val
		o.cells[i].val = NULL
		if err := h.release(x); first == nil {
			first = err
		}
	}
	return first
}

// audit looks for objects that are about to be taken apart although an owner
// can reach them: a tp_traverse has visited what its object does not own.
func (c *collection) audit() {
	if !c.h.gc.audit || c.unreachable.size == 0 {
		return
	}
	for _, x := range c.h.Reachable() {
		if o := c.h.Object(x); o.gc.list == c.unreachable {
			c.fault(InUse, "clear", o, NULL)
		}
	}
}
