package refmodel_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/refcheck/refcheck/cmodel/refmodel"
)

// The operations of test programs. The numbers are those of testdata/probe.c.
const (
	opNew        = iota // a kind, b size, c watched: a new object the frame holds
	opIncref            // a
	opDecref            // a
	opAppend            // list a, object b
	opListSet           // list a, index b, object c, whose reference is stolen
	opTupleSet          // tuple a, index b, object c, whose reference is stolen
	opDictSet           // dict a, key b, value c
	opRemove            // dict or set a, key b
	opAdd               // set a, element b
	opSetField          // instance a, field b, object c or -1
	opClear             // a
	opItem              // list or tuple a, index b: the frame gets a reference
	opNoneIncref        // result: change of None's count
	opNoneDecref        // same
	numOps
)

const maxObjects = 24

// An op is one operation, with the objects that die in it and that the probe
// cannot see die.
type op struct {
	code, a, b, c int
	unseen        []int
}

// A machine runs operations on the model the way testdata/probe.c runs them on
// the interpreter, and describes what happened in the same words.
type machine struct {
	heap    *refmodel.Heap
	frame   *refmodel.Owner
	ids     []refmodel.ID // by index of creation
	kinds   []refmodel.Kind
	watched []bool // the probe sees it die
	died    []int  // in the current operation
	hasSet  bool   // sets release their elements in an order of their own
	noSets  bool   // make none, so that the order of deaths can be compared
}

func newMachine(minor int) *machine {
	m := &machine{heap: refmodel.New(minor)}
	m.frame = m.heap.Owner("frame")
	m.heap.OnFree = func(o *refmodel.Object) {
		if i := slices.Index(m.ids, o.ID); i >= 0 {
			m.died = append(m.died, i)
		}
	}
	return m
}

// run executes an operation, fills in o.unseen and returns the line that the
// probe is expected to print.
func (m *machine) run(o *op) (string, error) {
	m.died = nil
	result, err := m.step(o)
	var raised *refmodel.Raised
	if err != nil && !errors.As(err, &raised) {
		return "", err
	}
	var b strings.Builder
	if raised != nil {
		b.WriteString(raised.Type)
		if err := m.heap.ClearError(); err != nil {
			return "", err
		}
	} else {
		fmt.Fprint(&b, result)
	}
	for i, x := range m.ids {
		if m.heap.IsAlive(x) {
			fmt.Fprintf(&b, " %d=%d", i, m.heap.Object(x).Count)
		}
	}
	b.WriteString(" dead")
	for _, i := range m.died {
		if m.watched[i] {
			fmt.Fprintf(&b, " %d", i)
		} else {
			o.unseen = append(o.unseen, i)
		}
	}
	return b.String(), nil
}

func (m *machine) step(o *op) (int, error) {
	h := m.heap
	switch o.code {
	case opNew:
		m.create(refmodel.Kind(o.a), o.b, o.c != 0)
		return 0, nil
	case opIncref:
		return 0, h.Incref(m.frame, m.ids[o.a])
	case opDecref:
		return 0, h.Decref(m.frame, m.ids[o.a])
	case opAppend:
		return 0, h.Append(m.ids[o.a], m.ids[o.b])
	case opListSet:
		return 0, h.ListSet(m.ids[o.a], o.b, m.ids[o.c], m.frame)
	case opTupleSet:
		return 0, h.TupleSet(m.ids[o.a], o.b, m.ids[o.c], m.frame)
	case opDictSet:
		return 0, h.DictSet(m.ids[o.a], m.ids[o.b], m.ids[o.c])
	case opRemove:
		found, err := h.Remove(m.ids[o.a], m.ids[o.b])
		if found {
			return 1, err
		}
		return 0, err
	case opAdd:
		return 0, h.Add(m.ids[o.a], m.ids[o.b])
	case opSetField:
		return 0, h.SetField(m.ids[o.a], field(o.b), m.id(o.c))
	case opClear:
		return 0, h.Clear(m.ids[o.a])
	case opItem:
		return m.item(m.ids[o.a], o.b)
	default:
		return m.none(o.code)
	}
}

func (m *machine) create(kind refmodel.Kind, size int, watched bool) {
	var x refmodel.ID
	switch kind {
	case refmodel.Tuple:
		x = m.heap.NewTuple(size, m.frame)
		watched = false
	case refmodel.Instance:
		x = m.heap.New(kind, m.frame)
		_ = m.heap.SetField(x, field(0), refmodel.NULL)
		_ = m.heap.SetField(x, field(1), refmodel.NULL)
		watched = true
	case refmodel.Set:
		x = m.heap.New(kind, m.frame)
		watched, m.hasSet = true, true
	default:
		x = m.heap.New(kind, m.frame)
	}
	m.ids = append(m.ids, x)
	m.kinds = append(m.kinds, kind)
	m.watched = append(m.watched, watched)
}

func (m *machine) item(seq refmodel.ID, i int) (int, error) {
	x, err := m.heap.Item(seq, i)
	switch {
	case err != nil:
		return -1, err
	case x == refmodel.NULL:
		return -2, nil
	}
	return slices.Index(m.ids, x), m.heap.Incref(m.frame, x)
}

func (m *machine) none(code int) (int, error) {
	x := m.heap.Singleton("None")
	before := m.heap.Object(x).Count
	change := m.heap.Incref
	if code == opNoneDecref {
		change = m.heap.Decref
	}
	err := change(m.frame, x)
	return m.heap.Object(x).Count - before, err
}

func (m *machine) id(i int) refmodel.ID {
	if i < 0 {
		return refmodel.NULL
	}
	return m.ids[i]
}

func field(i int) string { return fmt.Sprintf("f%d", i) }

// held lists the objects the frame holds, of one kind (or any, for Atom).
func (m *machine) held(kind refmodel.Kind) []int {
	var is []int
	for i, x := range m.ids {
		if m.frame.Held(x) > 0 && (kind == refmodel.Atom || m.kinds[i] == kind) {
			is = append(is, i)
		}
	}
	return is
}
