package refmodel_test

import "github.com/refcheck/refcheck/cmodel/refmodel"

// intn is a source of decisions: a number from 0 to n-1.
type intn func(n int) int

// next picks an operation that a correct C function could perform now: it
// touches only objects that the frame holds and gives away only references that
// the frame has. Cycles, self references and failing calls are all possible.
func (m *machine) next(pick intn, watched bool) *op {
	for range 20 {
		if o := m.propose(pick, watched); o != nil {
			return o
		}
	}
	return m.newObject(pick, watched)
}

func (m *machine) propose(pick intn, watched bool) *op {
	code := pick(numOps)
	o := &op{code: code}
	switch code {
	case opNew:
		if len(m.ids) >= maxObjects {
			return nil
		}
		return m.newObject(pick, watched)
	case opNoneDecref:
		if m.frame.Held(m.heap.Singleton("None")) == 0 {
			return nil
		}
		return o
	case opNoneIncref:
		return o
	case opIncref, opDecref:
		return m.fill(o, pick, refmodel.Atom)
	case opClear:
		if o = m.fill(o, pick, refmodel.Atom); o != nil && m.kinds[o.a] == refmodel.Tuple {
			return nil
		}
		return o
	case opAppend:
		return m.fill(o, pick, refmodel.List, refmodel.Atom)
	case opListSet:
		return m.fillIndexed(o, pick, refmodel.List)
	case opTupleSet:
		return m.fillIndexed(o, pick, refmodel.Tuple)
	case opDictSet:
		return m.fill(o, pick, refmodel.Dict, refmodel.Instance, refmodel.Atom)
	case opRemove:
		return m.fill(o, pick, []refmodel.Kind{refmodel.Dict, refmodel.Set}[pick(2)], refmodel.Instance)
	case opAdd:
		return m.fill(o, pick, refmodel.Set, refmodel.Instance)
	case opSetField:
		return m.fillField(o, pick)
	case opItem:
		o = m.fill(o, pick, []refmodel.Kind{refmodel.List, refmodel.Tuple}[pick(2)])
		if o != nil {
			o.b = m.index(o.a, pick)
		}
		return o
	}
	return nil
}

func (m *machine) newObject(pick intn, watched bool) *op {
	kinds := 5
	if m.noSets {
		kinds = 4
	}
	o := &op{code: opNew, a: 1 + pick(kinds)}
	if refmodel.Kind(o.a) == refmodel.Tuple {
		o.b = 1 + pick(3)
	}
	if watched {
		o.c = 1
	}
	return o
}

// fill gives an operation held objects of the wanted kinds, or returns nil if
// there are none.
func (m *machine) fill(o *op, pick intn, kinds ...refmodel.Kind) *op {
	args := []*int{&o.a, &o.b, &o.c}
	for i, k := range kinds {
		have := m.held(k)
		if len(have) == 0 {
			return nil
		}
		*args[i] = have[pick(len(have))]
	}
	return o
}

func (m *machine) fillIndexed(o *op, pick intn, kind refmodel.Kind) *op {
	if m.fill(o, pick, kind, refmodel.Atom) == nil {
		return nil
	}
	o.b, o.c = m.index(o.a, pick), o.b
	if o.a == o.c && m.frame.Held(m.ids[o.a]) < 2 {
		return nil // a failing call would free the container it works on
	}
	return o
}

func (m *machine) fillField(o *op, pick intn) *op {
	if m.fill(o, pick, refmodel.Instance, refmodel.Atom) == nil {
		return nil
	}
	o.b, o.c = pick(2), o.b
	if pick(4) == 0 {
		o.c = -1
	}
	return o
}

// index returns an index into container i, now and then one past its end.
func (m *machine) index(i int, pick intn) int {
	return pick(m.heap.Len(m.ids[i]) + 1)
}
