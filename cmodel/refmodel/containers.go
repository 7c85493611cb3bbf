package refmodel

import "slices"

// Append adds x at the end of a list, with a reference of its own
// (PyList_Append).
func (h *Heap) Append(list, x ID) error {
	l, err := h.want("append", list, List)
	if err != nil {
		return err
	}
	o, err := h.live("append", x)
	if err != nil {
		return err
	}
	h.inc(o)
	l.cells = append(l.cells, cell{val: x})
	return nil
}

// ListSet puts x at index i and releases the item that was there. It takes over
// a reference of from, also when it fails (PyList_SetItem).
func (h *Heap) ListSet(list ID, i int, x ID, from *Owner) error {
	l, err := h.live("list set", list)
	switch {
	case err != nil:
		return err
	case l.Kind != List:
		return h.refuse(x, from, "SystemError", "bad argument to internal function")
	case i < 0 || i >= len(l.cells):
		return h.refuse(x, from, "IndexError", "list assignment index out of range")
	}
	return h.setItem(l, i, x, from)
}

// NewTuple creates a tuple of n empty places (PyTuple_New).
func (h *Heap) NewTuple(n int, o *Owner) ID {
	h.countAllocation(Tuple, n)
	t := &Object{Kind: Tuple, Count: 1, haveGC: true, cells: make([]cell, n)}
	x := h.add(t, o)
	h.track(t)
	return x
}

// TupleSet puts x at index i of a tuple nobody else has seen: it fails unless
// the tuple's count is one. Like ListSet it always takes over from's reference
// (PyTuple_SetItem).
func (h *Heap) TupleSet(tuple ID, i int, x ID, from *Owner) error {
	t, err := h.live("tuple set", tuple)
	switch {
	case err != nil:
		return err
	case t.Kind != Tuple || t.Count != 1:
		return h.refuse(x, from, "SystemError", "bad argument to internal function")
	case i < 0 || i >= len(t.cells):
		return h.refuse(x, from, "IndexError", "tuple assignment index out of range")
	}
	return h.setItem(t, i, x, from)
}

// refuse releases a reference that was to be taken over and raises an exception.
func (h *Heap) refuse(x ID, from *Owner, typ, text string) error {
	if x != NULL {
		if err := h.Decref(from, x); err != nil {
			return err
		}
	}
	return h.raise(typ, text)
}

// setItem moves a reference from an owner into cell i.
func (h *Heap) setItem(c *Object, i int, x ID, from *Owner) error {
	if x != NULL {
		if _, err := h.live("set", x); err != nil {
			return err
		}
		from.held[x]--
	}
	old := c.cells[i].val
	c.cells[i].val = x
	return h.release(old)
}

// Put is a plain C assignment into a field of an instance or an item of a
// container: the object takes over a reference of from, unless the field is a
// borrowed one, and what was there before is neither released nor remembered.
// It returns what was there.
func (h *Heap) Put(obj ID, field string, x ID, from *Owner) (old ID, err error) {
	o, err := h.live("store", obj)
	if err != nil {
		return NULL, err
	}
	c, owned := o.field(field)
	if x != NULL {
		if _, err := h.live("store", x); err != nil {
			return NULL, err
		}
		if owned {
			from.held[x]--
		}
	}
	old, c.val = c.val, x
	return old, nil
}

// SetField stores x in a field as a setter does: with a new reference, after
// which the old one is released (Py_XSETREF(self->field, Py_XNewRef(x))). A
// borrowed field just gets the pointer.
func (h *Heap) SetField(obj ID, field string, x ID) error {
	old, err := h.Overwrite(obj, field, x)
	if err != nil {
		return err
	}
	if _, owned := h.Object(obj).field(field); !owned {
		return nil
	}
	return h.release(old)
}

// Overwrite stores x in a field, with a new reference if the field owns, and forgets what was there, which it
// returns (self->field = Py_XNewRef(x)).
func (h *Heap) Overwrite(obj ID, field string, x ID) (old ID, err error) {
	o, err := h.live("store", obj)
	if err != nil {
		return NULL, err
	}
	c, owned := o.field(field)
	if x != NULL {
		v, err := h.live("store", x)
		if err != nil {
			return NULL, err
		}
		if owned {
			h.inc(v)
		}
	}
	old, c.val = c.val, x
	return old, nil
}

// Field returns the object in a field, a borrowed reference, or NULL.
func (h *Heap) Field(obj ID, field string) ID {
	if o := h.Object(obj); o != nil {
		for _, c := range o.cells {
			if c.name == field {
				return c.val
			}
		}
	}
	return NULL
}

// field returns the cell of a name, and whether the field owns what is in it.
func (o *Object) field(name string) (*cell, bool) {
	for i := range o.cells {
		if o.cells[i].name == name {
			return &o.cells[i], o.fieldOf(i).Owned
		}
	}
	o.cells = append(o.cells, cell{name: name})
	return &o.cells[len(o.cells)-1], true
}

// Item returns the item at index i of a list or tuple, a borrowed reference.
func (h *Heap) Item(seq ID, i int) (ID, error) {
	s, err := h.live("get item", seq)
	if err != nil {
		return NULL, err
	}
	if i < 0 || i >= len(s.cells) {
		return NULL, h.raise("IndexError", "index out of range")
	}
	return s.cells[i].val, nil
}

// Len returns the number of items, entries or fields of an object.
func (h *Heap) Len(x ID) int {
	if o := h.Object(x); o != nil {
		return len(o.cells)
	}
	return 0
}

// DictSet maps key to val; the dict takes references of its own. Of two equal
// keys the first one stays (PyDict_SetItem). Keys compare by identity here.
func (h *Heap) DictSet(dict, key, val ID) error {
	d, err := h.want("dict set", dict, Dict)
	if err != nil {
		return err
	}
	k, err := h.live("dict set", key)
	if err != nil {
		return err
	}
	v, err := h.live("dict set", val)
	if err != nil {
		return err
	}
	h.inc(v)
	if k.mayBeTracked() || v.mayBeTracked() {
		h.track(d)
	}
	if i := d.find(key); i >= 0 {
		old := d.cells[i].val
		d.cells[i].val = val
		return h.release(old)
	}
	h.inc(k)
	d.cells = append(d.cells, cell{key: key, val: val})
	return nil
}

// DictGet returns the value of a key, a borrowed reference, or NULL.
func (h *Heap) DictGet(dict, key ID) (ID, error) {
	d, err := h.want("dict get", dict, Dict)
	if err != nil {
		return NULL, err
	}
	if i := d.find(key); i >= 0 {
		return d.cells[i].val, nil
	}
	return NULL, nil
}

// Add puts x into a set, with a reference of its own unless it is there already
// (PySet_Add).
func (h *Heap) Add(set, x ID) error {
	s, err := h.want("set add", set, Set)
	if err != nil {
		return err
	}
	o, err := h.live("set add", x)
	if err != nil || s.find(x) >= 0 {
		return err
	}
	h.inc(o)
	s.cells = append(s.cells, cell{key: x})
	return nil
}

// Remove takes a key out of a dict or an element out of a set and releases the
// references held for it. It reports whether there was one.
func (h *Heap) Remove(c, key ID) (bool, error) {
	o, err := h.live("remove", c)
	if err != nil {
		return false, err
	}
	i := o.find(key)
	if i < 0 {
		return false, nil
	}
	old := o.cells[i]
	o.cells = slices.Delete(o.cells, i, i+1)
	return true, h.release(appendRefs(nil, old)...)
}

// Clear empties a container (list.clear, PyDict_Clear: first it is empty, then
// the references go) or an instance, field by field (Py_CLEAR), as tp_clear
// does.
func (h *Heap) Clear(c ID) error {
	o, err := h.live("clear", c)
	if err != nil {
		return err
	}
	return h.tpClear(o)
}

// find returns the index of the entry with a key, or -1.
func (o *Object) find(key ID) int {
	return slices.IndexFunc(o.cells, func(c cell) bool { return c.key == key })
}

// release drops references that a container held, in order.
func (h *Heap) release(refs ...ID) error {
	var first error
	for _, x := range refs {
		if x == NULL {
			continue
		}
		o, err := h.live("decref", x)
		if err == nil {
			err = h.dec(o)
		}
		if first == nil {
			first = err
		}
	}
	return first
}
