package refmodel

// A Generation is one of the three, the youngest first.
type Generation struct {
	// Threshold: a collection is due when Count exceeds it. 0 turns automatic
	// collections off if it is that of generation 0.
	Threshold int
	// Count is allocations minus deallocations of objects with a GC head for
	// generation 0, collections of the next younger generation for the others.
	Count int
}

// A collector is the state of the cyclic collector (struct _gc_runtime_state).
type collector struct {
	generations [generations]Generation
	generation  [generations]*gcList
	permanent   *gcList
	enabled     bool
	collecting  bool
	due         bool // from 3.12: to be run between two bytecodes
	pending     int  // long_lived_pending
	total       int  // long_lived_total
	garbage     ID   // the list gc.garbage
	free        map[freeList]int
	faults      []*Fault
	audit       bool
}

// Versions with changes of the collector.
const (
	// resurrectionSince: objects that a finalizer did not bring back are freed
	// in the same collection (bpo-38379). Before, one that came back saved all.
	resurrectionSince = 9
	// breakerSince: automatic collections run between bytecodes instead of in
	// the allocation (gh-97922).
	breakerSince = 12
	// dictsTrackedSince: dicts are tracked from birth and never untracked (gh-127010).
	dictsTrackedSince = 14
	// lateWeakrefsSince: weak references that finalizers made are cleared (gh-91636).
	lateWeakrefsSince = 14
	// keptWeakrefsSince: finalizers still see weak references without callback (gh-135552).
	keptWeakrefsSince = 15
)

func (c *collector) init(minor int) {
	young := 700
	if minor >= 13 {
		young = 2000 // kept when 3.13 went back to generations (gh-124567)
	}
	c.generations = [generations]Generation{{Threshold: young}, {Threshold: 10}, {Threshold: 10}}
	for i := range c.generation {
		c.generation[i] = newList(Young + GCList(i))
	}
	c.permanent = newList(Permanent)
	c.enabled = true
	c.free = map[freeList]int{}
}

// EnableGC switches automatic collections on or off (gc.enable, gc.disable).
func (h *Heap) EnableGC(on bool) { h.gc.enabled = on }

// SetThreshold is gc.set_threshold.
func (h *Heap) SetThreshold(young, middle, old int) {
	for i, n := range []int{young, middle, old} {
		h.gc.generations[i].Threshold = n
	}
}

// Generations returns thresholds and counts (gc.get_threshold, gc.get_count).
func (h *Heap) Generations() [3]Generation { return h.gc.generations }

// LongLived returns the two numbers of the 25 % rule: how many objects have
// survived a middle collection since the last full one, and how many survived
// that.
func (h *Heap) LongLived() (pending, total int) { return h.gc.pending, h.gc.total }

// Garbage is the list gc.garbage.
func (h *Heap) Garbage() ID {
	if h.gc.garbage == NULL {
		x := &Object{Kind: List, Count: 1, Name: "gc.garbage"}
		h.gc.garbage = h.add(x, h.interpreter)
	}
	return h.gc.garbage
}

// A freeList keeps dead objects of one kind and size for the next of its kind.
type freeList struct {
	kind Kind
	size int
}

// capacity of the free lists of objects with a GC head (Objects/tupleobject.c,
// listobject.c, dictobject.c).
func (f freeList) capacity() int {
	switch {
	case f.kind == List || f.kind == Dict:
		return 80
	case f.kind == Tuple && f.size > 0 && f.size < 20:
		return 2000
	}
	return 0
}

// countAllocation counts an object with a GC head that is about to be made,
// unless a free list provides it, and collects if that is due.
func (h *Heap) countAllocation(kind Kind, size int) {
	if f := (freeList{kind, size}); h.gc.free[f] > 0 {
		h.gc.free[f]--
		return
	}
	young := &h.gc.generations[0]
	young.Count++
	if young.Count <= young.Threshold || young.Threshold == 0 || !h.gc.enabled || h.gc.collecting {
		return
	}
	switch {
	case h.raised != NULL:
	case h.Minor >= breakerSince:
		h.gc.due = true
	default:
		h.gc.note(h.collectDue())
	}
}

// countDeallocation counts the end of an object with a GC head.
func (h *Heap) countDeallocation(kind Kind, size int) {
	f := freeList{kind, size}
	if h.gc.free[f] < f.capacity() {
		h.gc.free[f]++
		return
	}
	h.gc.released(1)
}

func (c *collector) released(n int) {
	c.generations[0].Count = max(0, c.generations[0].Count-n)
}

// clearFreeLists gives back what the free lists keep, as a full collection does.
func (c *collector) clearFreeLists() {
	for f, n := range c.free {
		c.released(n)
		delete(c.free, f)
	}
}

// EvalBreaker is the point between two bytecodes where, from 3.12 on, a
// collection that is due runs.
func (h *Heap) EvalBreaker() error {
	if !h.gc.due || h.gc.collecting {
		return nil
	}
	h.gc.due = false
	if !h.gc.enabled {
		return nil
	}
	return h.collectDue()
}

// collectDue collects the oldest generation whose count exceeds its threshold.
// A full collection waits until the objects that survived a middle collection
// exceed a quarter of those that survived the last full one: so the work of full
// collections is linear in the number of objects (gc_select_generation).
func (h *Heap) collectDue() error {
	for i := generations - 1; i >= 0; i-- {
		g := h.gc.generations[i]
		if g.Count <= g.Threshold {
			continue
		}
		if i == generations-1 && h.gc.pending < h.gc.total/4 {
			continue
		}
		_, err := h.Collect(i)
		return err
	}
	return nil
}

// note keeps the faults of a collection that ran inside an allocation.
func (c *collector) note(err error) {
	if f, ok := err.(*Fault); ok {
		c.faults = append(c.faults, f)
	}
}

// CollectorFaults returns the faults of automatic collections so far.
func (h *Heap) CollectorFaults() []*Fault { return h.gc.faults }
