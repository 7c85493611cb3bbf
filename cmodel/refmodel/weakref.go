package refmodel

import "slices"

// NewWeakref returns a weak reference to target that o holds a reference to. It
// calls callback, an object or NULL, when target dies. Weak references without
// callback are shared (PyWeakref_NewRef).
func (h *Heap) NewWeakref(target, callback ID, o *Owner) (ID, error) {
	t, err := h.live("weakref", target)
	if err != nil {
		return NULL, err
	}
	if !t.weakrefable() {
		return NULL, h.raise("TypeError", "cannot create weak reference to "+t.String())
	}
	if callback == NULL && len(t.weak) > 0 && h.Object(t.weak[0]).callback() == NULL {
		return h.ref(t.weak[0], o), nil
	}
	w := h.alloc(Weakref, o, true)
	wr := h.Object(w)
	wr.referent = target
	at := 0
	if callback != NULL {
		cb, err := h.live("weakref", callback)
		if err != nil {
			return NULL, err
		}
		h.inc(cb)
		wr.cells = []cell{{name: "wr_callback", val: callback}}
		if len(t.weak) > 0 && h.Object(t.weak[0]).callback() == NULL {
			at = 1
		}
	}
	t.weak = slices.Insert(t.weak, at, w)
	h.track(wr)
	return w, nil
}

// Referent returns the object that a weak reference points to, a borrowed
// reference, or NULL if it is dead (PyWeakref_GetObject).
func (h *Heap) Referent(w ID) ID {
	if o := h.Object(w); o != nil && o.referent != NULL && h.Object(o.referent).Count > 0 {
		return o.referent
	}
	return NULL
}

func (o *Object) weakrefable() bool {
	switch o.Kind {
	case Instance:
		return o.Shape == nil || !o.Shape.NoWeakrefs
	case Set, Module, TypeObject:
		return true
	}
	return false
}

// callback returns the callback of a weak reference or NULL.
func (o *Object) callback() ID {
	if len(o.cells) == 0 {
		return NULL
	}
	return o.cells[0].val
}

// clearWeakref makes w point to nothing, and keeps its callback
// (_PyWeakref_ClearRef).
func (h *Heap) clearWeakref(w *Object) {
	if t := h.Object(w.referent); t != nil {
		t.weak = slices.DeleteFunc(t.weak, func(x ID) bool { return x == w.ID })
	}
	w.referent = NULL
}

// forgetReferent makes w point to nothing and releases its callback
// (clear_weakref, which is tp_clear as well).
func (h *Heap) forgetReferent(w *Object) error {
	h.clearWeakref(w)
	return h.release(h.takeCallback(w))
}

func (h *Heap) takeCallback(w *Object) ID {
	cb := w.callback()
	w.cells = nil
	return cb
}

// call runs the callback cb of the weak reference w.
func (h *Heap) call(cb, w ID) {
	if f := h.Object(cb).Call; f != nil {
		f(h, cb, w)
	}
}

// clearWeak clears all weak references to o and only then runs their callbacks,
// the newest first. A weak reference that is dying does not call
// (PyObject_ClearWeakRefs).
func (h *Heap) clearWeak(o *Object) {
	if len(o.weak) > 0 && h.Object(o.weak[0]).callback() == NULL {
		h.clearWeakref(h.Object(o.weak[0]))
	}
	switch {
	case len(o.weak) == 0:
	case len(o.weak) == 1 && h.Minor < 13:
		w := h.Object(o.weak[0])
		cb := h.takeCallback(w)
		h.clearWeakref(w)
		if w.Count > 0 {
			h.call(cb, w.ID)
		}
		_ = h.release(cb)
	default:
		h.clearManyWeak(o)
	}
}

// clearManyWeak keeps weak references and callbacks in a tuple meanwhile.
func (h *Heap) clearManyWeak(o *Object) {
	t := h.NewTuple(2*len(o.weak), h.interpreter)
	tuple, n := h.Object(t), 0
	for _, x := range slices.Clone(o.weak) {
		w := h.Object(x)
		cb := h.takeCallback(w)
		h.clearWeakref(w)
		if w.Count == 0 {
			_ = h.release(cb)
			if h.Minor >= 13 {
				continue
			}
		} else {
			h.inc(w)
			tuple.cells[n].val, tuple.cells[n+1].val = x, cb
		}
		n += 2
	}
	for i := 0; i < n; i += 2 {
		if w := tuple.cells[i].val; w != NULL {
			h.call(tuple.cells[i+1].val, w)
		}
	}
	_ = h.Decref(h.interpreter, t)
}
