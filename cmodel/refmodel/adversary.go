package refmodel

// A Mutation is one thing that Python code can do to a container: take an item,
// an entry or an attribute away.
type Mutation struct {
	Container ID
	index     int
}

// Mutations lists what arbitrary Python code could take away now: anything in a
// list, dict, set, module or ideal instance that owners can reach. Tuples do not
// change, and the fields of an extension type do not unless its methods say so.
func (h *Heap) Mutations() []Mutation {
	var all []Mutation
	for _, x := range h.Reachable() {
		o := h.Object(x)
		switch {
		case o.State != Alive || o.Shape != nil:
			continue
		case o.Kind != List && o.Kind != Dict && o.Kind != Set && o.Kind != Instance:
			continue
		}
		for i, c := range o.cells {
			if c.key != NULL || c.val != NULL {
				all = append(all, Mutation{x, i})
			}
		}
	}
	return all
}

// Apply makes a mutation.
func (h *Heap) Apply(m Mutation) error {
	o, err := h.live("mutate", m.Container)
	if err != nil || m.index >= len(o.cells) {
		return err
	}
	refs := appendRefs(nil, o.cells[m.index])
	if o.Kind == Instance {
		o.cells[m.index].val = NULL
	} else {
		o.cells = append(o.cells[:m.index:m.index], o.cells[m.index+1:]...)
	}
	return h.release(refs...)
}

// Evict is the Python code that is worst for whoever borrows x: it removes x
// from every container that it can reach. It returns how many references to x it
// made go. A finalizer, a callback or a key's comparison may do this whenever an
// API function can run Python code.
func (h *Heap) Evict(x ID) (int, error) {
	gone := 0
	for {
		m, ok := h.holding(x)
		if !ok {
			return gone, nil
		}
		if err := h.Apply(m); err != nil {
			return gone, err
		}
		gone++
	}
}

// holding returns a mutation that takes x away from a container.
func (h *Heap) holding(x ID) (Mutation, bool) {
	for _, m := range h.Mutations() {
		if c := h.Object(m.Container).cells[m.index]; c.key == x || c.val == x {
			return m, true
		}
	}
	return Mutation{}, false
}
