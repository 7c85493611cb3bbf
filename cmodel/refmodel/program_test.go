package refmodel_test

import (
	"errors"
	"fmt"
	"strings"

	"github.com/refcheck/refcheck/cmodel/refmodel"
)

// The operations of test programs. The numbers are those of testdata/probe.c.
// Objects are named by the order of their creation. An operation that names an
// object that its caller cannot see, or of the wrong kind, is skipped: so any
// list of operations is a program, in which C code does nothing undefined.
const (
	opNew          = iota // kind a; b and c as the kind needs
	opIncref              // a
	opDecref              // a
	opAppend              // list a, object b
	opListSet             // list a, index b, object c, whose reference is stolen
	opTupleSet            // tuple a, index b, object c, whose reference is stolen
	opDictSet             // dict a, key b, value c
	opRemove              // dict or set a, key b
	opAdd                 // set a, element b
	opSetField            // instance a, field b, object c or -1
	opClear               // a
	opItem                // list or tuple a, index b: the frame gets a reference
	opGetField            // instance a, field b: the frame gets a reference
	opDictGet             // dict a, key b: the frame gets a reference
	opModAdd              // module a, name b, object c, whose reference is stolen
	opSetContext          // exception a, exception b, whose reference is stolen
	opDeref               // weak reference a: the frame gets a reference
	opCollect             // generation a
	opCount               // result: gc.get_count()
	opEval                // a bytecode boundary
	opEmptyGarbage        // del gc.garbage[:]
	opNoneIncref          // result: change of None's count
	opNoneDecref          // same
	numOps
)

const (
	maxObjects = 40
	budget     = 200 // operations of actions in a program
	none       = -1
	self       = -2 // in an action: the object it is called for
	skipped    = -9
)

// An op is one operation.
type op struct{ code, a, b, c int }

// A program is operations with what finalizers, callbacks and destructors do.
type program struct {
	thresholds [3]int
	many       bool // sets may have many elements: they release them in an order of their own
	actions    [][]op
	ops        []op
}

// A machine runs a program on the model the way testdata/probe.c runs it on the
// interpreter, and describes what happened in the same words.
type machine struct {
	*program
	heap        *refmodel.Heap
	frame, temp *refmodel.Owner
	objs        []object
	index       map[refmodel.ID]int
	types       []shape // in the order of their first use
	typeIDs     map[shape]refmodel.ID
	typeCounts  map[shape]int
	events      strings.Builder
	self        int
	budget      int
	died        []int // in the current operation
}

type object struct {
	id     refmodel.ID
	kind   refmodel.Kind
	action int
	base   int // count when the program first saw it, of a value that others use too
}

func newMachine(minor int, p *program) *machine {
	m := &machine{program: p, heap: refmodel.New(minor), index: map[refmodel.ID]int{}, self: none, budget: budget}
	m.frame, m.temp = m.heap.Owner("frame"), m.heap.Owner("call")
	m.heap.SetThreshold(p.thresholds[0], p.thresholds[1], p.thresholds[2])
	m.typeIDs, m.typeCounts = map[shape]refmodel.ID{}, map[shape]int{}
	m.heap.OnFree = func(o *refmodel.Object) {
		if i, ok := m.index[o.ID]; ok {
			m.died = append(m.died, i)
			fmt.Fprintf(&m.events, " d%d", i)
		}
	}
	m.heap.Garbage()
	return m
}

// define makes types that exist before the program starts.
func (m *machine) define(shapes ...shape) {
	owner := m.heap.Owner("types")
	m.heap.EnableGC(false)
	for _, s := range shapes {
		if _, ok := m.typeIDs[s]; !ok {
			x := m.heap.Define(s.Type(), owner)
			m.typeIDs[s], m.typeCounts[s] = x, m.heap.Object(x).Count
		}
	}
	m.heap.Freeze()
	_, _ = m.heap.Collect(2)
	m.heap.EnableGC(true)
}

// shapes lists the types that a program uses.
func (p *program) shapes() []shape {
	var found []shape
	seen := map[shape]bool{}
	for _, ops := range append(p.actions[:len(p.actions):len(p.actions)], p.ops) {
		for _, o := range ops {
			if s := shape(o.b); o.code == opNew && refmodel.Kind(o.a) == refmodel.Instance && !seen[s] {
				seen[s] = true
				found = append(found, s)
			}
		}
	}
	return found
}

// run executes an operation and returns the line that the probe is expected to
// print. An error means that the model says the program is not correct C.
func (m *machine) run(o op) (string, error) {
	m.died = nil
	m.events.Reset()
	result, err := m.protected(o)
	if err != nil {
		return "", err
	}
	if f := m.heap.CollectorFaults(); len(f) > 0 {
		return "", f[0]
	}
	b := &m.events
	fmt.Fprintf(b, " %s |", result)
	for i, x := range m.objs {
		if !m.alive(i) {
			continue
		}
		fmt.Fprintf(b, " %d=%d", i, m.heap.Object(x.id).Count-x.base)
		if m.heap.Tracked(x.id) {
			b.WriteString("t")
		}
	}
	if n := m.heap.Len(m.heap.Garbage()); n > 0 {
		b.WriteString(" garbage")
		for i := range n {
			x, _ := m.heap.Item(m.heap.Garbage(), i)
			fmt.Fprintf(b, " %d", m.index[x])
		}
	}
	return b.String(), nil
}

// protected executes an operation; the error indicator is empty afterwards.
func (m *machine) protected(o op) (string, error) {
	result, err := m.step(o)
	var raised *refmodel.Raised
	if errors.As(err, &raised) {
		return raised.Type, m.heap.ClearError()
	}
	return fmt.Sprint(result), err
}

// end returns the lines that the probe prints after the last operation.
func (m *machine) end() []string {
	var b strings.Builder
	b.WriteString("types")
	for _, s := range m.shapes() {
		fmt.Fprintf(&b, " %d", m.heap.Object(m.typeIDs[s]).Count-m.typeCounts[s])
	}
	return []string{b.String(), "left 0"}
}

// leaky reports whether a type of the program loses references.
func (m *machine) leaky() bool {
	for s := range m.typeIDs {
		if s.leaks() {
			return true
		}
	}
	return false
}

// act does what the finalizer, callback or destructor of object i does.
func (m *machine) act(i int, what byte) {
	fmt.Fprintf(&m.events, " %c%d", what, i)
	action := m.objs[i].action
	if action < 0 || action >= len(m.actions) {
		return
	}
	outer := m.self
	m.self = i
	raised, _ := m.heap.FetchError(m.temp)
	for _, o := range m.actions[action] {
		if m.budget--; m.budget >= 0 {
			if _, err := m.protected(o); err != nil {
				panic(err)
			}
		}
	}
	m.self = outer
	if raised != refmodel.NULL {
		_ = m.heap.SetError(raised, m.temp)
	}
}

func (m *machine) alive(i int) bool {
	return m.heap.Object(m.objs[i].id).State == refmodel.Alive
}

// owns: the frame has a reference to i. sees: or i is the object at hand.
func (m *machine) owns(i int) bool {
	return i >= 0 && i < len(m.objs) && m.alive(i) && m.frame.Held(m.objs[i].id) > 0
}

func (m *machine) sees(i int, kinds ...refmodel.Kind) bool {
	if !m.owns(i) && (i != m.self || i < 0 || !m.alive(i)) {
		return false
	}
	for _, k := range kinds {
		if m.objs[i].kind == k {
			return true
		}
	}
	return len(kinds) == 0
}

func (m *machine) id(i int) refmodel.ID {
	if i < 0 {
		return refmodel.NULL
	}
	return m.objs[i].id
}

func field(i int) string { return fmt.Sprintf("f%d", i) }
