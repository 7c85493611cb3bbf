package refmodel_test

import (
	"math"

	"github.com/refcheck/refcheck/cmodel/refmodel"
)

// intn is a source of decisions: a number from 0 to n-1.
type intn func(n int) int

// newProgram decides what a program has before its first operation, and which
// types its instances may have.
func newProgram(pick intn) (*program, []shape) {
	p := &program{thresholds: [][3]int{{700, 10, 10}, {3, 2, 2}, {1, 1, 1}, {6, 1, 3}, {0, 10, 10}}[pick(5)]}
	shapes := []shape{goodShape, goodShape | isHeap}
	if pick(4) == 0 {
		p.many = true
		return p, shapes
	}
	for range pick(5) {
		shapes = append(shapes, anyShape(pick))
	}
	for range pick(4) {
		var ops []op
		for range 1 + pick(5) {
			ops = append(ops, anyOp(pick, shapes))
		}
		p.actions = append(p.actions, ops)
	}
	return p, shapes
}

// anyShape returns a type that has finalizers, or lacks a thing or two.
func anyShape(pick intn) shape {
	s := goodShape
	if pick(2) == 0 {
		s |= isHeap
	}
	switch pick(4) {
	case 0:
		s |= hasFinalize
	case 1:
		s |= hasDel
	}
	for range pick(4) {
		s &^= 1 << pick(int(math.Log2(float64(allShapes))))
	}
	return s
}

// anyOp returns an operation of an action, which may turn out to be impossible.
func anyOp(pick intn, shapes []shape) op {
	operand := func() int {
		if pick(3) == 0 {
			return self
		}
		return pick(16)
	}
	o := op{pick(numOps), operand(), operand(), operand()}
	switch o.code {
	case opNew:
		return newObject(pick, shapes, 2, operand)
	case opListSet, opTupleSet, opItem:
		o.b = pick(3)
	case opSetField, opGetField:
		o.b = pick(fields)
	case opModAdd:
		o.b = pick(2)
	case opCollect:
		o.a = pick(3)
	}
	return o
}

func newObject(pick intn, shapes []shape, actions int, operand func() int) op {
	kinds := []refmodel.Kind{
		refmodel.Instance, refmodel.Instance, refmodel.Instance, refmodel.List, refmodel.Tuple, refmodel.Dict,
		refmodel.Set, refmodel.Int, refmodel.Str, refmodel.Bytes, refmodel.Module, refmodel.Weakref,
		refmodel.Weakref, refmodel.Capsule, refmodel.Exception,
	}
	kind := kinds[pick(len(kinds))]
	o := op{code: opNew, a: int(kind), c: none}
	switch kind {
	case refmodel.Instance:
		o.b, o.c = int(shapes[pick(len(shapes))]), pick(actions+1)-1
	case refmodel.Tuple:
		o.b = 1 + pick(3)
	case refmodel.Int:
		o.b = pick(len(numbers))
	case refmodel.Str:
		o.b = pick(len(strs))
	case refmodel.Bytes:
		o.b = pick(len(bytes))
	case refmodel.Capsule:
		o.c = pick(actions+1) - 1
	case refmodel.Exception:
		o.b = operand()
	case refmodel.Weakref:
		o.b = operand()
		if pick(3) > 0 {
			o.c = operand()
		}
	}
	return o
}

// next picks an operation that the frame can perform now: cycles, references to
// itself and failing calls are all possible.
func (m *machine) next(pick intn, shapes []shape) op {
	for range 20 {
		if o, ok := m.propose(pick, shapes); ok {
			return o
		}
	}
	return op{code: opNew, a: int(refmodel.List), c: none}
}

func (m *machine) propose(pick intn, shapes []shape) (op, bool) {
	o := op{code: pick(numOps + 8)}
	has := true
	get := func(x *int, kinds ...refmodel.Kind) {
		have := m.held(kinds...)
		if has = has && len(have) > 0; has {
			*x = have[pick(len(have))]
		}
	}
	switch o.code {
	case opIncref, opDecref:
		get(&o.a)
	case opClear:
		get(&o.a, refmodel.Instance, refmodel.List, refmodel.Dict, refmodel.Set)
	case opAppend:
		get(&o.a, refmodel.List)
		get(&o.b)
	case opListSet, opTupleSet:
		get(&o.a, map[int]refmodel.Kind{opListSet: refmodel.List, opTupleSet: refmodel.Tuple}[o.code])
		get(&o.c)
	case opDictSet:
		get(&o.a, refmodel.Dict)
		get(&o.b, refmodel.Instance)
		get(&o.c)
	case opRemove:
		get(&o.a, refmodel.Dict, refmodel.Set)
		get(&o.b, refmodel.Instance)
	case opDictGet:
		get(&o.a, refmodel.Dict)
		get(&o.b, refmodel.Instance)
	case opAdd:
		get(&o.a, refmodel.Set)
		get(&o.b, refmodel.Instance)
	case opItem:
		get(&o.a, refmodel.List, refmodel.Tuple)
	case opSetContext:
		get(&o.a, refmodel.Exception)
		get(&o.b, refmodel.Exception)
	case opDeref:
		get(&o.a, refmodel.Weakref)
	case opModAdd:
		get(&o.a, refmodel.Module)
		get(&o.c)
		o.b = pick(2)
	case opGetField:
		get(&o.a, refmodel.Instance)
		o.b = pick(fields)
	case opCollect:
		o.a = pick(3)
	case opNoneDecref:
		has = m.frame.Held(m.heap.Singleton("None")) > 0
	case opCount, opEval, opEmptyGarbage, opNoneIncref:
	case opNew, numOps, numOps + 1:
		o = newObject(pick, shapes, len(m.actions), func() int { i := 0; get(&i); return i })
		if len(m.objs) >= maxObjects {
			has = false
		}
	case numOps + 2: // letting go makes garbage
		o.code = opDecref
		get(&o.a)
	default: // cycles come from fields
		o.code = opSetField
		get(&o.a, refmodel.Instance)
		get(&o.c)
		if o.b = pick(fields); pick(5) == 0 {
			o.c = none
		}
	}
	if has && (o.code == opListSet || o.code == opTupleSet || o.code == opItem) {
		o.b = pick(m.heap.Len(m.id(o.a)) + 1)
	}
	return o, has
}

// held lists the objects that the frame holds, of some kinds or of any.
func (m *machine) held(kinds ...refmodel.Kind) []int {
	var is []int
	for i := range m.objs {
		if m.owns(i) && m.sees(i, kinds...) {
			is = append(is, i)
		}
	}
	return is
}
