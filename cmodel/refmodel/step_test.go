package refmodel_test

import (
	"github.com/refcheck/refcheck/cmodel/refmodel"
)

// step executes an operation as step in testdata/probe.c does.
func (m *machine) step(o op) (int, error) {
	h := m.heap
	for _, x := range []*int{&o.a, &o.b, &o.c} {
		if *x == self {
			*x = m.self
		}
	}
	switch o.code {
	case opNew:
		return m.create(refmodel.Kind(o.a), o.b, o.c)
	case opCollect:
		return h.Collect(o.a)
	case opCount:
		return m.count()
	case opEval:
		if m.self != none {
			return 0, nil
		}
		return 0, h.EvalBreaker()
	case opEmptyGarbage:
		return 0, h.Clear(h.Garbage())
	case opNoneIncref, opNoneDecref:
		return m.none(o.code)
	}
	if !m.sees(o.a) {
		return skipped, nil
	}
	x := m.objs[o.a]
	switch o.code {
	case opIncref:
		return 0, h.Incref(m.frame, x.id)
	case opDecref:
		if !m.owns(o.a) {
			return skipped, nil
		}
		return 0, h.Decref(m.frame, x.id)
	case opTupleSet:
		if x.kind != refmodel.Tuple || !m.owns(o.c) || o.a == o.c && m.frame.Held(x.id) < 2 {
			return skipped, nil
		}
		return 0, h.TupleSet(x.id, o.b, m.id(o.c), m.frame)
	case opItem, opGetField, opDictGet, opDeref:
		return m.look(o, x)
	}
	if err := h.Incref(m.temp, x.id); err != nil {
		return 0, err
	}
	result, err := m.change(o, x)
	if e := h.Decref(m.temp, x.id); e != nil {
		return 0, e
	}
	return result, err
}

// change executes the operations that work on a container.
func (m *machine) change(o op, x object) (int, error) {
	h := m.heap
	switch {
	case o.code == opAppend && x.kind == refmodel.List && m.sees(o.b):
		return 0, h.Append(x.id, m.id(o.b))
	case o.code == opListSet && x.kind == refmodel.List && m.owns(o.c):
		return 0, h.ListSet(x.id, o.b, m.id(o.c), m.frame)
	case o.code == opDictSet && x.kind == refmodel.Dict && m.sees(o.b, refmodel.Instance) && m.sees(o.c):
		return 0, h.DictSet(x.id, m.id(o.b), m.id(o.c))
	case o.code == opRemove && m.sees(o.a, refmodel.Dict, refmodel.Set) && m.sees(o.b, refmodel.Instance):
		found, err := h.Remove(x.id, m.id(o.b))
		if found {
			return 1, err
		}
		return 0, err
	case o.code == opAdd && x.kind == refmodel.Set && m.sees(o.b, refmodel.Instance) && (m.many || h.Len(x.id) == 0):
		return 0, h.Add(x.id, m.id(o.b))
	case o.code == opSetField && x.kind == refmodel.Instance && (o.c == none || m.sees(o.c)):
		return 0, h.SetField(x.id, field(o.b), m.id(o.c))
	case o.code == opClear && m.sees(o.a, refmodel.Instance, refmodel.List, refmodel.Dict, refmodel.Set):
		return 0, h.Clear(x.id)
	case o.code == opModAdd && x.kind == refmodel.Module && m.owns(o.c):
		return 0, h.ModuleAdd(x.id, []string{"k0", "k1"}[o.b], m.id(o.c), m.frame)
	case o.code == opSetContext && x.kind == refmodel.Exception && m.owns(o.b) && m.sees(o.b, refmodel.Exception):
		return 0, h.SetContext(x.id, m.id(o.b), m.frame)
	}
	return skipped, nil
}

// look executes the operations that look something up.
func (m *machine) look(o op, x object) (int, error) {
	h := m.heap
	switch {
	case o.code == opItem && m.sees(o.a, refmodel.List, refmodel.Tuple):
		return m.take(h.Item(x.id, o.b))
	case o.code == opGetField && x.kind == refmodel.Instance:
		return m.take(h.Field(x.id, field(o.b)), nil)
	case o.code == opDictGet && x.kind == refmodel.Dict && m.sees(o.b, refmodel.Instance):
		return m.take(h.DictGet(x.id, m.id(o.b)))
	case o.code == opDeref && x.kind == refmodel.Weakref:
		return m.take(h.Referent(x.id), nil)
	}
	return skipped, nil
}

// take gives the frame a reference to a borrowed object. The result is its
// index, -1 for one that the program has no name for, -2 for NULL.
func (m *machine) take(x refmodel.ID, err error) (int, error) {
	switch {
	case err != nil:
		return -1, err
	case x == refmodel.NULL:
		return -2, nil
	}
	i, ok := m.index[x]
	if !ok {
		return -1, nil
	}
	return i, m.heap.Incref(m.frame, x)
}

func (m *machine) none(code int) (int, error) {
	x := m.heap.Singleton("None")
	if code == opNoneDecref && m.frame.Held(x) == 0 {
		return skipped, nil
	}
	before := m.heap.Object(x).Count
	change := m.heap.Incref
	if code == opNoneDecref {
		change = m.heap.Decref
	}
	err := change(m.frame, x)
	return m.heap.Object(x).Count - before, err
}

// count is gc.get_count(), which returns a tuple, as one number.
func (m *machine) count() (int, error) {
	n := 0
	for _, g := range m.heap.Generations() {
		n = n*1000 + g.Count
	}
	return n, m.heap.Decref(m.temp, m.heap.NewTuple(3, m.temp))
}

var (
	numbers = []int{-6, -5, 0, 7, 256, 257, 100000}
	strs    = []string{"", "a", "\xe9", "ab", "name"}
	bytes   = []string{"", "a", "\xff", "ab"}
)

func (m *machine) create(kind refmodel.Kind, b, c int) (int, error) {
	if len(m.objs) >= maxObjects {
		return skipped, nil
	}
	h, f := m.heap, m.frame
	switch kind {
	case refmodel.Instance:
		return m.instance(shape(b), c)
	case refmodel.List, refmodel.Dict, refmodel.Set:
		return m.add(h.New(kind, f), kind, none), nil
	case refmodel.Tuple:
		return m.add(h.NewTuple(b, f), kind, none), nil
	case refmodel.Int:
		return m.add(h.Int(numbers[b], f), kind, none), nil
	case refmodel.Str:
		return m.add(h.Str(strs[b], f), kind, none), nil
	case refmodel.Bytes:
		return m.add(h.Bytes(bytes[b], f), kind, none), nil
	case refmodel.Capsule:
		x := h.NewCapsule(nil, f)
		i := m.add(x, kind, c)
		h.Object(x).Destroy = func(*refmodel.Heap, refmodel.ID) { m.act(i, 'x') }
		return i, nil
	case refmodel.Module:
		x, dict := h.NewModule("m", f)
		i := m.add(x, kind, none)
		m.add(dict, refmodel.Dict, none)
		return i, nil
	case refmodel.Exception:
		if !m.sees(b) {
			return skipped, nil
		}
		x, args := h.NewException("ValueError", m.id(b), f)
		i := m.add(x, kind, none)
		m.add(args, refmodel.Tuple, none)
		return i, nil
	case refmodel.Weakref:
		if !m.sees(b) || c != none && !m.sees(c, refmodel.Instance) {
			return skipped, nil
		}
		x, err := h.NewWeakref(m.id(b), m.id(c), f)
		if err != nil {
			return none, err
		}
		return m.add(x, kind, none), nil
	}
	return skipped, nil
}

func (m *machine) instance(s shape, action int) (int, error) {
	x, err := m.heap.Instance(m.typeIDs[s], m.frame)
	if err != nil {
		return none, err
	}
	i := m.add(x, refmodel.Instance, action)
	o := m.heap.Object(x)
	finalize := func(*refmodel.Heap, refmodel.ID) { m.act(i, 'f') }
	if s&hasFinalize != 0 {
		o.Finalize = finalize
	}
	if s&hasDel != 0 {
		o.Del = finalize
	}
	o.Call = func(h *refmodel.Heap, _, ref refmodel.ID) {
		// tp_call gets its arguments in a tuple.
		args := h.NewTuple(1, m.temp)
		_ = h.Incref(m.temp, ref)
		_ = h.TupleSet(args, 0, ref, m.temp)
		m.act(i, 'c')
		_ = h.Decref(m.temp, args)
	}
	return i, nil
}

// add gives x an index, unless it has one.
func (m *machine) add(x refmodel.ID, kind refmodel.Kind, action int) int {
	if i, ok := m.index[x]; ok {
		return i
	}
	o := object{id: x, kind: kind, action: action}
	if kind == refmodel.Int || kind == refmodel.Str || kind == refmodel.Bytes {
		o.base = m.heap.Object(x).Count - 1
	}
	m.index[x] = len(m.objs)
	m.objs = append(m.objs, o)
	return len(m.objs) - 1
}
