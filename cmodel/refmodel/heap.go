// Package refmodel is an executable model of CPython's reference counting:
// objects with counts, containers and frames that hold references, and the
// deallocation cascade. It models how objects behave ("a list holds a reference
// to each item"), not what API functions promise; it does not know the contract
// table, so that one can be used to check the other.
//
// Two books are kept. An object's count is the number the interpreter stores
// (ob_refcnt); the holders' books say which container, frame or other owner
// believes to hold how many references. In a correct program both agree. C code
// can make them disagree, and that is exactly what a reference-counting bug is:
// a count above the books is a leak, a count below is a use after free to come.
//
// Sources: Include/object.h, Objects/object.c (_Py_Dealloc),
// Objects/listobject.c, tupleobject.c, dictobject.c, setobject.c,
// weakrefobject.c, PEP 442 (finalization), PEP 683 (immortal objects).
package refmodel

import "fmt"

// An ID names an object for good: IDs are never used again, so that a pointer
// to a freed object stays recognisable. NULL is the null pointer.
type ID int

// NULL is no object.
const NULL ID = 0

// A Kind is what an object is made of.
type Kind uint8

// Kinds of objects.
const (
	Atom     Kind = iota // holds no references: int, str, bytes, None
	Instance             // holds references in named fields
	List
	Tuple
	Dict
	Set
)

var kindNames = [...]string{"object", "instance", "list", "tuple", "dict", "set"}

func (k Kind) String() string { return kindNames[k] }

// A State is the stage of life of an object.
type State uint8

// States. A freed object is poisoned: any operation on it is a Fault.
const (
	Alive State = iota
	Dying       // its deallocator runs
	Freed
)

// A cell is one place inside an object that can hold references: an item of a
// list or tuple (val), an entry of a dict (key, val) or set (key), a field of an
// instance (name, val).
type cell struct {
	name     string
	key, val ID
}

// An Object is one object of the heap. Read it, but change it only through the
// heap.
type Object struct {
	ID       ID
	Kind     Kind
	Name     string // what reports call it; may be empty
	Count    int
	State    State
	Immortal bool // its count never changes (PEP 683)
	Type     ID   // heap type it holds a reference to, NULL for static types

	// Finalize is tp_finalize: it runs once, before deallocation, and may bring
	// the object back to life by making a new reference (PEP 442).
	Finalize  func(*Heap, ID)
	finalized bool

	cells []cell
	weak  []*WeakRef
}

// An Owner holds references without being an object of the heap: a C frame, the
// caller's frame, the interpreter, a global variable.
type Owner struct {
	Name string
	held map[ID]int
	gone bool
}

// Held returns how many references to x the owner holds. It is negative if
// the owner has released more than it had.
func (o *Owner) Held(x ID) int { return o.held[x] }

// A Heap is the memory of one interpreter.
type Heap struct {
	// Minor is the version 3.Minor that is modelled.
	Minor int
	// OnFree, if set, is called for each object as its deallocator starts.
	OnFree func(*Object)

	objects     []*Object // objects[i] has ID i+1
	owners      []*Owner
	interpreter *Owner
	singletons  map[string]ID
	raised      ID
}

// ImmortalSince is the first minor version with immortal objects (PEP 683).
const ImmortalSince = 12

// New returns an empty heap of CPython 3.minor.
func New(minor int) *Heap {
	h := &Heap{Minor: minor, singletons: map[string]ID{}}
	h.interpreter = h.Owner("the interpreter")
	return h
}

// Owner adds an owner that holds nothing yet.
func (h *Heap) Owner(name string) *Owner {
	o := &Owner{Name: name, held: map[ID]int{}}
	h.owners = append(h.owners, o)
	return o
}

// Interpreter returns the owner of singletons and of the error indicator.
func (h *Heap) Interpreter() *Owner { return h.interpreter }

// New creates an object; the one reference to it belongs to o.
func (h *Heap) New(kind Kind, o *Owner) ID {
	x := &Object{ID: ID(len(h.objects) + 1), Kind: kind, Count: 1}
	h.objects = append(h.objects, x)
	o.held[x.ID]++
	return x.ID
}

// NewOf creates an instance of the heap type typ. Since 3.8 such an instance
// holds a reference to its type, whatever allocated it (whatsnew/3.8, bpo-35810).
func (h *Heap) NewOf(typ ID, o *Owner) (ID, error) {
	t, err := h.live("new", typ)
	if err != nil {
		return NULL, err
	}
	x := h.New(Instance, o)
	if h.Minor >= 8 {
		h.inc(t)
		h.Object(x).Type = typ
	}
	return x, nil
}

// Singleton returns None, True and their like: one object per name, held by the
// interpreter, immortal from 3.12.
func (h *Heap) Singleton(name string) ID {
	if x, ok := h.singletons[name]; ok {
		return x
	}
	x := h.New(Atom, h.interpreter)
	h.singletons[name] = x
	o := h.Object(x)
	o.Name = name
	o.Immortal = h.Minor >= ImmortalSince
	return x
}

// Object returns the object x, or nil for NULL. Freed objects are returned too.
func (h *Heap) Object(x ID) *Object {
	if x <= 0 || int(x) > len(h.objects) {
		return nil
	}
	return h.objects[x-1]
}

// Objects calls yield for each object that is not freed, oldest first.
func (h *Heap) Objects(yield func(*Object) bool) {
	for _, o := range h.objects {
		if o.State != Freed && !yield(o) {
			return
		}
	}
}

// IsAlive reports whether x is an object that has not been freed.
func (h *Heap) IsAlive(x ID) bool {
	o := h.Object(x)
	return o != nil && o.State != Freed
}

// String names an object for reports.
func (o *Object) String() string {
	if o.Name != "" {
		return o.Name
	}
	return fmt.Sprintf("%s #%d", o.Kind, o.ID)
}
