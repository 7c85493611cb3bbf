package refmodel

// A GCList is one of the collector's linked lists. An object that is tracked is in
// exactly one of them.
type GCList uint8

// Lists. Generations are kept between collections; the others exist only
// during one.
const (
	Untracked GCList = iota
	Young            // generation 0
	Middle           // generation 1
	Old              // generation 2
	Permanent        // never collected (gc.freeze)
	Unreachable
	Finalizers   // reachable only from objects with tp_del
	Callbacks    // weak references whose callbacks are to be called
	Seen         // objects whose finalizer has run
	StillGarbage // unreachable also after the finalizers
)

var listNames = [...]string{"untracked", "generation 0", "generation 1", "generation 2", "permanent",
	"unreachable", "finalizers", "callbacks", "seen", "still unreachable"}

func (l GCList) String() string { return listNames[l] }

// generations is the number of generations.
const generations = 3

// A gcList is a doubly linked list of objects (PyGC_Head): constant time for
// moves, and an order that the outcome of finalizers depends on.
type gcList struct {
	name GCList
	head gcHead
	size int
}

// A gcHead is what precedes an object with HAVE_GC in memory.
type gcHead struct {
	prev, next *gcHead
	obj        *Object
	list       *gcList
	refs       int  // gc_refs
	collecting bool // PREV_MASK_COLLECTING
}

func newList(name GCList) *gcList {
	l := &gcList{name: name}
	l.head.prev, l.head.next = &l.head, &l.head
	return l
}

func (l *gcList) front() *Object { return l.head.next.obj }

// next returns the object after o, nil at the end.
func (l *gcList) next(o *Object) *Object { return o.gc.next.obj }

func (l *gcList) append(o *Object) {
	g := &o.gc
	g.obj, g.list = o, l
	g.prev, g.next = l.head.prev, &l.head
	g.prev.next, l.head.prev = g, g
	l.size++
}

// unlink takes o out of its list, if it is in one.
func (o *Object) unlink() {
	g := &o.gc
	if g.list == nil {
		return
	}
	g.prev.next, g.next.prev = g.next, g.prev
	g.list.size--
	g.prev, g.next, g.list = nil, nil, nil
}

// move puts o at the end of l.
func (l *gcList) move(o *Object) {
	o.unlink()
	l.append(o)
}

// merge puts all of from at the end of l.
func (l *gcList) merge(from *gcList) {
	for o := from.front(); o != nil; o = from.front() {
		l.move(o)
	}
}

// all calls yield for each object. The list may grow meanwhile, and the object
// at hand may leave it.
func (l *gcList) all(yield func(*Object) bool) {
	for o := l.front(); o != nil; {
		next := o.gc.next
		if !yield(o) {
			return
		}
		if o.gc.list == l {
			next = o.gc.next
		}
		o = next.obj
	}
}

// GCListOf returns the collector's list that x is in.
func (h *Heap) GCListOf(x ID) GCList {
	if o := h.Object(x); o != nil && o.gc.list != nil {
		return o.gc.list.name
	}
	return Untracked
}

// Tracked reports whether the collector knows x (gc.is_tracked).
func (h *Heap) Tracked(x ID) bool { return h.GCListOf(x) != Untracked }

// Freeze exempts all objects there are from collections (gc.freeze).
func (h *Heap) Freeze() {
	for _, l := range h.gc.generation {
		h.gc.permanent.merge(l)
	}
}

// Track makes the collector see x (PyObject_GC_Track).
func (h *Heap) Track(x ID) error {
	o, err := h.live("track", x)
	if err == nil {
		h.track(o)
	}
	return err
}

// Untrack hides x from the collector (PyObject_GC_UnTrack).
func (h *Heap) Untrack(x ID) error {
	o, err := h.live("untrack", x)
	if err == nil {
		o.unlink()
	}
	return err
}

func (h *Heap) track(o *Object) {
	if o.haveGC && o.gc.list == nil {
		o.gc.collecting = false
		h.gc.generation[0].append(o)
	}
}
