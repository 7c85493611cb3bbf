package refmodel

// Incref adds a reference to x that o holds.
func (h *Heap) Incref(o *Owner, x ID) error {
	obj, err := h.live("incref", x)
	if err != nil {
		return err
	}
	h.inc(obj)
	o.held[x]++
	return nil
}

// Decref releases one reference to x in the name of o, as Py_DECREF does: the
// count goes down whether o holds a reference or not, and at zero the object is
// deallocated, whoever else believes to hold one.
func (h *Heap) Decref(o *Owner, x ID) error {
	obj, err := h.live("decref", x)
	if err != nil {
		return err
	}
	o.held[x]--
	return h.dec(obj)
}

// Move hands one reference to x from one owner to another. No count changes.
// If from holds none, to gets a claim that the count does not cover.
func (h *Heap) Move(from, to *Owner, x ID) error {
	if _, err := h.live("move", x); err != nil {
		return err
	}
	from.held[x]--
	to.held[x]++
	return nil
}

// Claim makes o believe that it holds a reference nobody gave it: a borrowed
// pointer kept in a place that will release it.
func (h *Heap) Claim(o *Owner, x ID) error {
	if _, err := h.live("claim", x); err != nil {
		return err
	}
	o.held[x]++
	return nil
}

// Forget ends an owner without releasing anything, as when a C function
// returns: what it still held belongs to nobody from now on.
func (h *Heap) Forget(o *Owner) { o.gone = true }

func (h *Heap) inc(o *Object) {
	if !o.Immortal {
		o.Count++
	}
}

// dec lowers the count of o. The cascade it may start is run to its end before
// dec returns, as in C, but without recursion.
func (h *Heap) dec(o *Object) error {
	if o.Immortal {
		return nil
	}
	if o.State == Dying && o.Count == 0 {
		// A second release from within its own deallocator.
		return &Fault{Kind: UseAfterFree, Op: "decref", Object: o.ID, Name: o.String()}
	}
	if o.Count--; o.Count > 0 || o.State == Dying {
		return nil
	}
	return h.dealloc(o)
}

// A teardown is one deallocator at work: the references it has yet to release.
type teardown struct {
	obj  *Object
	refs []ID
	size int // of a tuple, for the free list
}

// dealloc runs the deallocator of o and of everything that dies with it, depth
// first, in the order of CPython's deallocators. The first fault is returned.
func (h *Heap) dealloc(o *Object) error {
	var first error
	stack := h.enter(nil, o)
	for len(stack) > 0 {
		top := &stack[len(stack)-1]
		if len(top.refs) == 0 {
			h.free(top.obj, top.size)
			stack = stack[:len(stack)-1]
			continue
		}
		x, by := top.refs[0], top.obj.ID
		top.refs = top.refs[1:]
		next, err := h.dropRef(x)
		if f, ok := err.(*Fault); ok && first == nil {
			f.By = by
			first = f
		}
		if next != nil {
			stack = h.enter(stack, next)
		}
	}
	return first
}

// free is the end of a deallocator (PyObject_GC_Del).
func (h *Heap) free(o *Object, size int) {
	o.State = Freed
	o.unlink()
	if o.haveGC {
		h.countDeallocation(o.Kind, size)
	}
}

// dropRef releases a reference held by a dying container. It returns the object
// if it is to die as well.
func (h *Heap) dropRef(x ID) (*Object, error) {
	o, err := h.live("decref", x)
	if err != nil || o.Immortal {
		return nil, err
	}
	if o.State == Dying && o.Count == 0 {
		return nil, &Fault{Kind: UseAfterFree, Op: "decref", Object: x, Name: o.String()}
	}
	if o.Count--; o.Count > 0 || o.State == Dying {
		return nil, nil
	}
	return o, nil
}

// enter starts the deallocator of o: finalizers, weak references, then the
// references it holds go on the stack. A finalizer may prevent all but itself.
func (h *Heap) enter(stack []teardown, o *Object) []teardown {
	if o.Finalize != nil && !o.finalized {
		back := h.finalize(o, o.Finalize)
		if o.finalized = o.haveGC; back {
			return stack
		}
	}
	if o.Del != nil && h.finalize(o, o.Del) {
		return stack
	}
	o.State = Dying
	if o.Shape == nil || !o.Shape.StaysTracked {
		o.unlink()
	}
	if h.OnFree != nil {
		h.OnFree(o)
	}
	if o.Destroy != nil {
		o.Destroy(h, o.ID)
	}
	h.clearWeak(o)
	if o.Kind == Weakref {
		h.clearWeakref(o)
	}
	size, refs := 0, o.teardownOrder()
	if o.Kind == Tuple {
		size = len(o.cells)
	}
	o.cells = nil
	if o.Type != NULL && (o.Shape == nil || o.Shape.ReleasesType) {
		refs = append(refs, o.Type)
	}
	return append(stack, teardown{o, refs, size})
}

// finalize runs a finalizer on an object whose count is zero and reports whether
// it came back to life (PyObject_CallFinalizerFromDealloc). That tp_finalize has
// run is noted in the GC head: an object without one is finalized again.
func (h *Heap) finalize(o *Object, f func(*Heap, ID)) bool {
	o.Count = 1
	f(h, o.ID)
	o.Count--
	return o.Count > 0
}

// teardownOrder lists the references o holds in the order its deallocator
// releases them: lists and tuples from the end (list_dealloc, tupledealloc), the
// others from the start.
func (o *Object) teardownOrder() []ID {
	var refs []ID
	for i := range o.cells {
		c := o.cells[i]
		if o.Kind == List || o.Kind == Tuple {
			c = o.cells[len(o.cells)-1-i]
		}
		if o.fieldOf(i).Released {
			refs = appendRefs(refs, c)
		}
	}
	return refs
}

func appendRefs(refs []ID, c cell) []ID {
	if c.key != NULL {
		refs = append(refs, c.key)
	}
	if c.val != NULL {
		refs = append(refs, c.val)
	}
	return refs
}

// owned lists the references that o holds, in the order of its cells; its type
// comes last.
func (o *Object) owned() []ID {
	var refs []ID
	for i, c := range o.cells {
		if o.fieldOf(i).Owned {
			refs = appendRefs(refs, c)
		}
	}
	if o.Type != NULL {
		refs = append(refs, o.Type)
	}
	return refs
}

// Traverse calls visit for each reference that tp_traverse of x visits. An
// ideal type visits what it owns; a heap type is visited from 3.9 on (bpo-40217).
func (h *Heap) Traverse(x ID, visit func(ID)) {
	if o := h.Object(x); o != nil && o.State != Freed {
		h.traverse(o, func(y *Object) { visit(y.ID) })
	}
}

func (h *Heap) traverse(o *Object, visit func(*Object)) {
	if o.Shape != nil && o.Shape.NoTraverse {
		return
	}
	for i := range o.cells {
		if !o.fieldOf(i).Visited {
			continue
		}
		for _, y := range []ID{o.cells[i].val, o.cells[i].key} { // dict_traverse: value first
			if y != NULL {
				visit(h.Object(y))
			}
		}
	}
	visitsType := h.Minor >= 9
	if o.Shape != nil {
		visitsType = o.Shape.VisitsType
	}
	if o.Type != NULL && visitsType {
		visit(h.Object(o.Type))
	}
}
