package confirm

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/cmodel/refmodel"
	"github.com/refcheck/refcheck/cmodel/source"
)

// lastMortal is the last minor version in which None can die.
const lastMortal = refmodel.ImmortalSince - 1

var singletons = []string{"Py_None", "Py_True", "Py_False", "Py_Ellipsis", "Py_NotImplemented"}

// An object is one object of the path.
type object struct {
	id    refmodel.ID
	born  source.Span // where the path first met it
	made  bool        // the path shows its creation
	steps int         // steps about it
	owned bool        // the function had a reference at some time
	freed *finding.Step
	// aliases are the slots that point to the object without having been given a
	// reference so far. When the function ends each of them counts as a holder.
	aliases []*refmodel.Owner
}

// A machine replays one path.
type machine struct {
	f      *finding.Finding
	heap   *refmodel.Heap
	frame  *refmodel.Owner // the function the path is in
	caller *refmodel.Owner
	slots  map[string]*refmodel.Owner // C variables and fields that outlive the function
	objs   map[int]*object
	now    *finding.Step
	last   bool // now is the last step

	fault   *refmodel.Fault // first one on the finding's object
	faultAt *finding.Step
	over    *finding.Step // first release of a reference the function did not have
	overBy  []refmodel.Claim
	escaped *finding.Step
	exited  bool
	gap     string // why the path cannot be replayed
	faulted string // by the current step
}

func newMachine(f *finding.Finding, minor int) *machine {
	m := &machine{f: f, heap: refmodel.New(minor), slots: map[string]*refmodel.Owner{}, objs: map[int]*object{}}
	m.frame = m.heap.Owner("this function")
	m.caller = m.heap.Owner("the caller")
	m.heap.OnFree = func(o *refmodel.Object) {
		for _, x := range m.objs {
			if x.id == o.ID {
				x.freed = m.now
			}
		}
	}
	return m
}

// do replays one step.
func (m *machine) do(i int) {
	m.now, m.last = &m.f.Steps[i], i == len(m.f.Steps)-1
	s := m.now
	if s.Kind == finding.Exit {
		m.exit()
		return
	}
	if s.Object == 0 || s.Kind == finding.Branch || m.repeated(i) {
		return
	}
	o := m.meet(s)
	if o == nil {
		return
	}
	o.steps++
	o.owned = o.owned || m.frame.Held(o.id) > 0
	switch s.Kind {
	case finding.Incref:
		m.try(o, m.heap.Incref(m.frame, o.id))
	case finding.Decref, finding.Release:
		m.release(o)
	case finding.Steal:
		m.steal(o)
	case finding.Store:
		if s.Gone {
			m.unalias(o, s.Slot)
			break
		}
		m.store(o)
	case finding.Call:
		if s.Hook != "" {
			m.melt(o)
		}
	case finding.Use:
		m.try(o, m.heap.Use(o.id))
	case finding.Escape:
		if s.Object == 1 && m.escaped == nil {
			m.escaped = s
		}
	}
	o.owned = o.owned || m.frame.Held(o.id) > 0
	m.compare(o)
}

// repeated reports whether the step was replayed before: a "release" that names
// a decref noted just now, or a last step that points back to the steal, store or
// release at which the fix belongs.
func (m *machine) repeated(i int) bool {
	same := func(p *finding.Step) bool { return p.Object == m.now.Object && p.Span == m.now.Span }
	if m.now.Kind == finding.Release && i > 0 {
		p := &m.f.Steps[i-1]
		return p.Kind == finding.Decref && same(p) && p.Owned == m.now.Owned
	}
	if !m.last || !pointsBack(m.f.Kind, m.now.Kind) {
		return false
	}
	return slices.ContainsFunc(m.f.Steps[:i], func(p finding.Step) bool { return p.Kind == m.now.Kind && same(&p) })
}

// pointsBack: findings that are only certain when the function ends, and are
// reported where the path went wrong.
func pointsBack(kind string, s finding.StepKind) bool {
	switch s {
	case finding.Steal:
		return kind == "borrowed-store" || kind == "leak"
	case finding.Store:
		return kind == "borrowed-store"
	case finding.Decref:
		return kind == "use-after-release"
	}
	return false
}

// meet finds the object of a step or brings it into being: a new reference for
// an acquisition, otherwise an object that somebody else holds and of which this
// function has as many references as the step implies.
func (m *machine) meet(s *finding.Step) *object {
	if o := m.objs[s.Object]; o != nil {
		if s.Kind == finding.Acquire && !s.Failed {
			m.try(o, m.heap.Incref(m.frame, o.id))
		}
		return o
	}
	if s.Failed && (s.Kind == finding.Acquire || s.Kind == finding.Call) {
		return nil // a call that fails returns no object
	}
	o := &object{born: s.Span}
	m.objs[s.Object] = o
	if s.Kind == finding.Acquire {
		o.made = true
		o.id = m.heap.New(refmodel.Instance, m.frame)
		return o
	}
	o.id = m.foreign(s)
	for range m.before(s) {
		m.try(o, m.heap.Incref(m.frame, o.id))
	}
	return o
}

// before returns how many references the function has when the path first
// meets an object that it did not create.
func (m *machine) before(s *finding.Step) int {
	switch s.Kind {
	case finding.Incref:
		return max(0, s.Owned-1)
	case finding.Decref, finding.Release, finding.Steal:
		if m.last {
			return 0 // the step is the defect
		}
		return max(0, s.Owned+1)
	}
	return max(0, s.Owned)
}

// foreign makes an object that somebody else holds.
func (m *machine) foreign(s *finding.Step) refmodel.ID {
	if s.Object == 1 && slices.Contains(singletons, m.f.Object) {
		return m.heap.Singleton(m.f.Object)
	}
	if s.Kind != finding.Borrow || s.Other == 0 {
		return m.heap.New(refmodel.Instance, m.ownerOf(s))
	}
	tmp := m.heap.Owner("")
	x := m.heap.New(refmodel.Instance, tmp)
	if c := m.container(s.Other); c != nil {
		_, err := m.heap.Put(c.id, fmt.Sprintf("item %d", x), x, tmp)
		m.try(c, err)
	}
	return x
}

// ownerOf names the holder of an object that the path takes from outside.
func (m *machine) ownerOf(s *finding.Step) *refmodel.Owner {
	switch {
	case s.Object == 1 && s.Kind != finding.Borrow && isSlot(m.f.Object):
		return m.slot(m.f.Object)
	case s.Kind == finding.Borrow && s.Slot != "":
		return m.slot(s.Slot)
	case s.Kind == finding.Borrow && s.Callee != "" && !strings.HasPrefix(s.Callee, "PyArg_"):
		return m.slot("the owner " + s.Callee + " borrows from")
	}
	return m.caller
}

// container returns the object number n. If the path has not met it, whose it is
// does not matter.
func (m *machine) container(n int) *object {
	if m.objs[n] == nil {
		m.objs[n] = &object{id: m.heap.New(refmodel.Instance, m.heap.Owner("somebody")), born: m.now.Span}
	}
	return m.objs[n]
}

func (m *machine) slot(name string) *refmodel.Owner {
	if m.slots[name] == nil {
		m.slots[name] = m.heap.Owner("'" + name + "'")
	}
	return m.slots[name]
}

// try looks at the outcome of an operation. The first fault on the finding's
// object is kept.
func (m *machine) try(o *object, err error) {
	if err == nil {
		return
	}
	m.faulted = err.Error()
	var f *refmodel.Fault
	if !errors.As(err, &f) {
		return
	}
	for n, x := range m.objs {
		if x.id == f.Object {
			named := *f
			named.Name = m.label(n, x)
			m.faulted = named.Error()
		}
	}
	if m.fault == nil && m.objs[1] != nil && f.Object == m.objs[1].id {
		m.fault, m.faultAt = f, m.now
	}
}

// compare checks the model's idea of what the function owns against the step's.
// If they differ the path leaves something out and proves nothing.
func (m *machine) compare(o *object) {
	s := m.now
	switch s.Kind {
	case finding.Acquire, finding.Borrow, finding.Incref, finding.Decref, finding.Steal, finding.Release:
	default:
		return
	}
	if held := m.frame.Held(o.id); !m.last && s.Object == 1 && held != s.Owned && m.gap == "" {
		m.gap = fmt.Sprintf("the path does not show how the function comes to own %d at %s; the model counts %d",
			s.Owned, m.place(s.Span), held)
	}
}
