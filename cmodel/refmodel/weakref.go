package refmodel

// A WeakRef points to an object without holding it. It is cleared when the
// object's deallocator starts, before any of its contents go
// (PyObject_ClearWeakRefs).
type WeakRef struct {
	target   ID
	callback func(*Heap)
}

// WeakRef makes a weak reference to x. The callback, if not nil, runs when x
// dies; it may use the heap.
func (h *Heap) WeakRef(x ID, callback func(*Heap)) (*WeakRef, error) {
	o, err := h.live("weakref", x)
	if err != nil {
		return nil, err
	}
	w := &WeakRef{x, callback}
	o.weak = append(o.weak, w)
	return w, nil
}

// Get returns the object, a borrowed reference, or NULL if it is dead.
func (w *WeakRef) Get() ID { return w.target }

// clearWeak clears all weak references to o and only then runs their callbacks,
// the newest first.
func (h *Heap) clearWeak(o *Object) {
	weak := o.weak
	o.weak = nil
	for _, w := range weak {
		w.target = NULL
	}
	for i := len(weak) - 1; i >= 0; i-- {
		if cb := weak[i].callback; cb != nil {
			cb(h)
		}
	}
}
