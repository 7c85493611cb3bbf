package refmodel

import "errors"

// A collection is one run of the collector.
type collection struct {
	h           *Heap
	gen         int
	young, old  *gcList
	unreachable *gcList
	finalizers  *gcList
	errs        []error
}

// Collect collects a generation and all younger ones and returns what
// gc.collect(gen) does: the number of objects that are unreachable after the
// finalizers have run, whether they can be freed or not. A call from within a collection does nothing.
//
// The error is the first Fault: a use of freed memory by what the collection
// ran, a tp_traverse that visits what its object does not own, an object that
// is taken apart although it is in use.
//
// Source: gc_collect_main of Modules/gcmodule.c (Python/gc.c from 3.13).
func (h *Heap) Collect(gen int) (int, error) {
	if h.gc.collecting {
		return 0, nil
	}
	h.gc.collecting = true
	defer func() { h.gc.collecting = false }()
	c := &collection{h: h, gen: gen, finalizers: newList(Finalizers)}
	n := c.run()
	return n, errors.Join(c.errs...)
}

func (c *collection) run() int {
	c.merge()
	c.unreachable = c.deduce(c.young, Unreachable)
	c.keepReachable()
	c.moveLegacy()
	c.audit()
	collected := c.handleWeakrefs()
	c.finalize()
	garbage := c.resurrected()
	collected += garbage.size
	c.clearLateWeakrefs(garbage)
	c.delete(garbage)
	uncollectable := c.finalizers.size
	c.handleLegacy()
	if c.gen == generations-1 {
		c.h.gc.clearFreeLists()
	}
	c.observe(PhaseDone, NULL)
	return collected + uncollectable
}

// merge counts the collection and joins the generations up to the one collected.
func (c *collection) merge() {
	g := &c.h.gc
	c.observe(PhaseStart, NULL)
	if c.gen+1 < generations {
		g.generations[c.gen+1].Count++
	}
	c.young = g.generation[c.gen]
	for i := 0; i <= c.gen; i++ {
		g.generations[i].Count = 0
		if i < c.gen {
			c.young.merge(g.generation[i])
		}
	}
	c.old = g.generation[min(c.gen+1, generations-1)]
	c.observe(PhaseMerge, NULL)
}

// deduce moves the objects of base that cannot be reached from outside it into
// a new list.
func (c *collection) deduce(base *gcList, name GCList) *gcList {
	for o := range base.all {
		o.gc.refs, o.gc.collecting = o.Count, true
		switch {
		case o.Immortal:
			o.unlink()
			o.gc.collecting = false
		case o.Count == 0:
			c.fault(UseAfterFree, "traverse", o, NULL)
		}
	}
	c.observe(PhaseUpdateRefs, NULL)
	for o := range base.all {
		c.h.traverse(o, func(y *Object) { c.subtract(o, y) })
	}
	c.observe(PhaseSubtractRefs, NULL)
	unreachable := newList(name)
	c.moveUnreachable(base, unreachable)
	return unreachable
}

// subtract is visit_decref: y is referenced from inside the list.
func (c *collection) subtract(by, y *Object) {
	switch {
	case y.State == Freed:
		c.fault(UseAfterFree, "visit", y, by.ID)
	case y.gc.collecting:
		if y.gc.refs <= 0 {
			c.fault(VisitNotOwned, "visit", y, by.ID)
		}
		if y.gc.refs > 0 || c.h.Minor >= 8 { // 3.7 does not go below 0
			y.gc.refs--
		}
	}
}

// moveUnreachable walks along base: an object without references from outside
// is moved away, though it may come back when a later one that is reachable
// turns out to refer to it. A negative number is not zero: it stays.
func (c *collection) moveUnreachable(base, unreachable *gcList) {
	for o := base.front(); o != nil; {
		next := o.gc.next
		if o.gc.refs == 0 {
			unreachable.move(o)
		} else {
			c.h.traverse(o, func(y *Object) {
				if !y.gc.collecting {
					return
				}
				if y.gc.list == unreachable {
					base.move(y)
					y.gc.refs = 1
				} else if y.gc.refs == 0 {
					y.gc.refs = 1
				}
			})
			o.gc.collecting = false
			next = o.gc.next // base may have grown
		}
		c.observe(PhaseStep, o.ID, unreachable)
		o = next.obj
	}
	c.observe(PhaseMoveUnreachable, NULL, unreachable)
}

// keepReachable stops watching tuples and dicts that cannot be part of a cycle
// and moves the survivors on.
func (c *collection) keepReachable() {
	h, full := c.h, c.young == c.old
	for o := range c.young.all {
		if o.Kind == Tuple {
			h.maybeUntrack(o)
		}
	}
	switch {
	case full:
		for o := range c.young.all {
			if o.Kind == Dict && h.Minor < dictsTrackedSince {
				h.maybeUntrack(o)
			}
		}
		h.gc.pending, h.gc.total = 0, c.young.size
	default:
		if c.gen == generations-2 {
			h.gc.pending += c.young.size
		}
		c.old.merge(c.young)
	}
	c.observe(PhaseSurvivors, NULL)
}

// maybeUntrack untracks a tuple or dict if nothing in it is tracked or may be
// (_PyTuple_MaybeUntrack, _PyDict_MaybeUntrack).
func (h *Heap) maybeUntrack(o *Object) {
	for _, c := range o.cells {
		if c.key == NULL && c.val == NULL { // a place that is yet to be filled
			return
		}
		for _, y := range appendRefs(nil, c) {
			if h.Object(y).mayBeTracked() {
				return
			}
		}
	}
	o.unlink()
}

// mayBeTracked is _PyObject_GC_MAY_BE_TRACKED: only of tuples is it believed
// that they stay untracked.
func (o *Object) mayBeTracked() bool {
	return o.haveGC && (o.Kind != Tuple || o.gc.list != nil)
}

// moveLegacy sets aside the unreachable objects with tp_del and everything that
// is reachable from them: nobody knows in which order to call those.
func (c *collection) moveLegacy() {
	for o := range c.unreachable.all {
		if o.Del != nil {
			c.finalizers.move(o)
			o.gc.collecting = false
		}
	}
	for o := range c.finalizers.all {
		c.h.traverse(o, func(y *Object) {
			if y.gc.collecting {
				c.finalizers.move(y)
				y.gc.collecting = false
			}
		})
	}
	c.observe(PhaseLegacy, NULL)
}

// handleLegacy puts the objects with tp_del into gc.garbage; all they hold on to
// lives on as well.
func (c *collection) handleLegacy() {
	if c.finalizers.size == 0 {
		return
	}
	for o := range c.finalizers.all {
		if o.Del != nil {
			c.err(c.h.Append(c.h.Garbage(), o.ID))
		}
	}
	c.old.merge(c.finalizers)
}

func (c *collection) err(err error) {
	if err != nil {
		c.errs = append(c.errs, err)
	}
}

func (c *collection) fault(kind FaultKind, op string, o *Object, by ID) {
	c.err(&Fault{Kind: kind, Op: op, Object: o.ID, Name: o.String(), By: by})
}
