package refmodel

import (
	"errors"
	"fmt"
	"strings"
)

// A Route says how a cycle leads from an instance's field back to the instance.
type Route uint8

// Routes.
const (
	Direct       Route = iota // x.f = x
	ThroughPeer               // x.f = y, y.f = x, both of the type
	ThroughList               // x.f = [x]; the list's tp_clear breaks the cycle if x is visited
	ThroughTuple              // x.f = (x,); a tuple has no tp_clear
	NoCycle                   // x.f = y, y of another type: counting alone must free both
	ThroughType               // type.attribute = x: the type's reference is part of the cycle
	InGarbage                 // x.f = y while y is kept elsewhere, x goes with a list in a cycle: y must stay untouched
	Reinit                    // tp_init runs twice, and puts a new object in x.f each time
)

var routeNames = [...]string{"x.F = x; del x", "x.F = y; y.F = x; del x, y", "x.F = [x]; del x",
	"x.F = (x,); del x", "x.F = y; del x, y", "type(x).attribute = x; del x",
	"x.F = y; l = [x]; l.append(l); del x, l", "x.__init__(), which sets x.F, runs a second time; del x"}

// An Experiment builds instances of a type, lets go of them and collects
// garbage: what is then still alive lives for ever.
type Experiment struct {
	Minor int // version 3.Minor
	Type  *Type
	Field string // through which the cycle leads
	Route Route
	// Rounds is how often it is repeated; 0 means once. A leak grows with it.
	Rounds int
	// DropType lets go of the type as well before the collection.
	DropType bool
}

// A Verdict is what an Experiment has shown.
type Verdict struct {
	// Built counts the instances and the objects made for the cycles that were
	// let go of.
	Built int
	// Freed by counting alone, before the collection.
	FreedByCounting int
	// Collected is what gc.collect() returned.
	Collected int
	// Alive lists what is left of those built: nobody can reach it.
	Alive []ID
	// TypeExcess is how many references to the type are left that nobody
	// holds. A negative number: it was released more often than referenced.
	TypeExcess int
	// TypeAlive: the type was dropped and lives on.
	TypeAlive bool
	// Fault is what C does not survive, if anything: the first of Faults.
	Fault  *Fault
	Faults []*Fault
	// Err is set if the experiment cannot be made: CPython refuses the type, or
	// there is no such field.
	Err error
	// Heap is the heap at the end, to look at.
	Heap *Heap
	// What describes the experiment: "x.f = x; del x; gc.collect()".
	What string
}

// OK reports whether everything was freed, once, and nothing that is in use.
func (v Verdict) OK() bool {
	return v.Err == nil && v.Fault == nil && len(v.Alive) == 0 && v.TypeExcess == 0 && !v.TypeAlive
}

// String says in one sentence what happened.
func (v Verdict) String() string {
	switch {
	case v.Err != nil:
		return v.Err.Error()
	case v.Fault != nil:
		return fmt.Sprintf("after %s: %v", v.What, v.Fault)
	case len(v.Alive) > 0:
		return fmt.Sprintf("after %s: %d of %d objects stay alive for ever; gc.collect() returns %d",
			v.What, len(v.Alive), v.Built, v.Collected)
	case v.TypeExcess > 0:
		return fmt.Sprintf("after %s: all %d objects are freed, but the type has %d references that nobody holds",
			v.What, v.Built, v.TypeExcess)
	case v.TypeExcess < 0:
		return fmt.Sprintf("after %s: the type was released %d times more often than it was referenced", v.What, -v.TypeExcess)
	case v.TypeAlive:
		return fmt.Sprintf("after %s: the type stays alive for ever", v.What)
	}
	return fmt.Sprintf("after %s: all %d objects are freed", v.What, v.Built)
}

// Run makes the experiment.
func (e Experiment) Run() Verdict {
	v := Verdict{What: e.describe()}
	if v.Err = e.Type.Validate(e.Minor); v.Err != nil {
		return v
	}
	r := &run{Experiment: e, heap: New(e.Minor), verdict: &v}
	v.Heap = r.heap
	r.heap.EnableGC(false)
	r.heap.gc.audit = true
	r.heap.OnFree = func(o *Object) {
		if o.ID != r.typ {
			v.FreedByCounting++
		}
	}
	r.frame, r.home = r.heap.Owner("frame"), r.heap.Owner("module")
	r.typ = r.heap.Define(e.Type, r.home)
	first := len(r.heap.objects)
	for range max(1, e.Rounds) {
		if v.Err = r.round(); v.Err != nil {
			return v
		}
	}
	r.finish(first)
	return v
}

func (e Experiment) describe() string {
	s := strings.ReplaceAll(routeNames[e.Route], ".F", "."+e.Field)
	if e.DropType {
		s += "; del type"
	}
	s += "; gc.collect()"
	if e.Rounds > 1 {
		return fmt.Sprintf("%d times %s", e.Rounds, s)
	}
	return s
}

// A run is an experiment under way.
type run struct {
	Experiment
	heap        *Heap
	frame, home *Owner
	typ         ID
	verdict     *Verdict
}

// round builds one cycle and lets go of it.
func (r *run) round() error {
	h := r.heap
	x, err := h.Instance(r.typ, r.frame)
	if err != nil {
		return err
	}
	if r.Route != ThroughType && r.field() == nil {
		return fmt.Errorf("type %s has no field %s", r.Type.Name, r.Field)
	}
	others, err := r.link(x)
	if err != nil {
		return err
	}
	for _, y := range append(others, x) {
		r.note(h.Decref(r.frame, y))
	}
	return nil
}

func (r *run) field() *Field {
	for i := range r.Type.Fields {
		if f := &r.Type.Fields[i]; f.Name == r.Field {
			return f
		}
	}
	return nil
}

// link makes the cycle; it returns the other objects that the frame holds.
func (r *run) link(x ID) ([]ID, error) {
	h := r.heap
	switch r.Route {
	case Direct:
		return nil, h.SetField(x, r.Field, x)
	case ThroughPeer:
		y, err := h.Instance(r.typ, r.frame)
		return []ID{y}, errors.Join(err, h.SetField(x, r.Field, y), h.SetField(y, r.Field, x))
	case ThroughList:
		y := h.New(List, r.frame)
		return []ID{y}, errors.Join(h.Append(y, x), h.SetField(x, r.Field, y))
	case ThroughTuple:
		y := h.NewTuple(1, r.frame)
		return []ID{y}, errors.Join(h.TupleSet(y, 0, h.ref(x, r.frame), r.frame), h.SetField(x, r.Field, y))
	case NoCycle:
		y := h.New(Instance, r.keeper())
		if r.field().Owned {
			return []ID{y}, h.SetField(x, r.Field, y)
		}
		return nil, h.SetField(x, r.Field, y)
	case InGarbage:
		y, l := h.New(List, r.home), h.New(List, r.frame)
		return []ID{l}, errors.Join(h.SetField(x, r.Field, y), h.Append(l, x), h.Append(l, l))
	case Reinit:
		y, z := h.New(Instance, r.frame), h.New(Instance, r.frame)
		err := h.SetField(x, r.Field, y)
		if r.field().Overwritten {
			_, e := h.Overwrite(x, r.Field, z)
			return []ID{y, z}, errors.Join(err, e)
		}
		return []ID{y, z}, errors.Join(err, h.SetField(x, r.Field, z))
	case ThroughType:
		return nil, h.SetField(r.typ, fmt.Sprintf("attribute%d", x), x)
	}
	return nil, fmt.Errorf("no route %d", r.Route)
}

// keeper holds what the field points to: the frame, which lets go of it, or, if
// the field borrows it, one who keeps it.
func (r *run) keeper() *Owner {
	if r.field().Owned {
		return r.frame
	}
	return r.home
}

func (r *run) note(err error) {
	var f *Fault
	if errors.As(err, &f) {
		r.verdict.Faults = append(r.verdict.Faults, f)
	}
}

// finish collects and counts what is left of the objects from index first on.
func (r *run) finish(first int) {
	h, v := r.heap, r.verdict
	if r.DropType {
		r.note(h.Decref(r.home, r.typ))
	}
	freed := v.FreedByCounting
	for i := range 2 { // what the first one cannot free, a second one cannot either
		n, err := h.Collect(generations - 1)
		if i == 0 {
			v.Collected = n
		}
		for _, e := range unjoin(err) {
			r.note(e)
		}
	}
	v.FreedByCounting = freed
	reachable := map[ID]bool{}
	for _, x := range h.Reachable() {
		reachable[x] = true
	}
	for _, o := range h.objects[first:] {
		if reachable[o.ID] {
			continue
		}
		v.Built++
		if o.State != Freed {
			v.Alive = append(v.Alive, o.ID)
		}
	}
	r.typeBalance()
	for _, o := range h.objects[first:] {
		if a := h.Account(o.ID); o.State == Freed && a.Missing() > 0 {
			v.Faults = append(v.Faults, &Fault{Kind: UseAfterFree, Op: "release", Object: o.ID, Name: o.String()})
		}
	}
	if len(v.Faults) > 0 {
		v.Fault = v.Faults[0]
	}
}

// typeBalance compares the references to the type with those that are held.
func (r *run) typeBalance() {
	h, v := r.heap, r.verdict
	t := h.Object(r.typ)
	switch {
	case !r.Type.Heap:
	case t.State == Freed:
		v.TypeExcess = -h.Account(r.typ).Missing()
	default:
		a := h.Account(r.typ)
		v.TypeExcess = a.Surplus() - a.Missing()
		v.TypeAlive = r.DropType
	}
}

func unjoin(err error) []error {
	if j, ok := err.(interface{ Unwrap() []error }); ok {
		return j.Unwrap()
	}
	if err != nil {
		return []error{err}
	}
	return nil
}
