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
}

// dealloc runs the deallocator of o and of everything that dies with it, depth
// first, in the order of CPython's deallocators. The first fault is returned.
func (h *Heap) dealloc(o *Object) error {
	var first error
	stack := h.enter(nil, o)
	for len(stack) > 0 {
		top := &stack[len(stack)-1]
		if len(top.refs) == 0 {
			top.obj.State = Freed
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

// enter starts the deallocator of o: finalizer, weak references, then the
// references it holds go on the stack. A finalizer may prevent all but itself.
func (h *Heap) enter(stack []teardown, o *Object) []teardown {
	if o.Finalize != nil && !o.finalized && h.finalize(o) {
		return stack
	}
	o.State = Dying
	if h.OnFree != nil {
		h.OnFree(o)
	}
	h.clearWeak(o)
	refs := o.teardownOrder()
	o.cells = nil
	if o.Type != NULL {
		refs = append(refs, o.Type)
	}
	return append(stack, teardown{o, refs})
}

// finalize runs tp_finalize on an object whose count is zero and reports whether
// it came back to life (PyObject_CallFinalizerFromDealloc).
func (h *Heap) finalize(o *Object) bool {
	o.finalized = true
	o.Count = 1
	o.Finalize(h, o.ID)
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
		refs = appendRefs(refs, c)
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

// Traverse calls visit for each reference the object x holds, as tp_traverse
// does. A heap type is visited from 3.9 on (bpo-40217).
func (h *Heap) Traverse(x ID, visit func(ID)) {
	o := h.Object(x)
	if o == nil || o.State == Freed {
		return
	}
	for _, c := range o.cells {
		for _, y := range appendRefs(nil, c) {
			visit(y)
		}
	}
	if o.Type != NULL && h.Minor >= 9 {
		visit(o.Type)
	}
}
