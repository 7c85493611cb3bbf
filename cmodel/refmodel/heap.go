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
	Atom     Kind = iota // holds no references: None, True, NotImplemented ...
	Instance             // holds references in named fields
	List
	Tuple
	Dict
	Set
	Int
	Str
	Bytes
	Module     // holds its dict
	TypeObject // a heap type holds its method resolution order
	Weakref    // points to an object without holding it; holds its callback
	Capsule
	Exception // holds args, traceback, cause and context
	numKinds
)

var kindNames = [numKinds]string{"object", "instance", "list", "tuple", "dict", "set", "int", "str",
	"bytes", "module", "type", "weakref", "capsule", "exception"}

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
// instance, module, exception or type (name, val), a weak reference's callback.
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

	// Type is the heap type that the object holds a reference to, NULL for
	// static types. Shape says what its type does; nil is an ideal type, which
	// owns, visits, clears and releases all fields.
	Type  ID
	Shape *Type

	// Finalize is tp_finalize: it runs before deallocation and may bring the
	// object back to life by making a new reference (PEP 442). Del is tp_del.
	Finalize, Del func(*Heap, ID)
	// Call is what runs when the object is the callback of a weak reference.
	Call func(h *Heap, self, arg ID)
	// Destroy is the destructor of a capsule.
	Destroy func(*Heap, ID)

	finalized bool
	haveGC    bool
	gc        gcHead
	cells     []cell
	weak      []ID  // weak references to it: that without callback, then the newest first
	referent  ID    // of a weak reference
	defines   *Type // of a type object
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
	// Observe, if set, is called after each step of each collection.
	Observe func(Snapshot)

	objects     []*Object // objects[i] has ID i+1
	owners      []*Owner
	interpreter *Owner
	singletons  map[string]ID
	raised      ID
	gc          collector
}

// ImmortalSince is the first minor version with immortal objects (PEP 683).
const ImmortalSince = 12

// New returns an empty heap of CPython 3.minor.
func New(minor int) *Heap {
	h := &Heap{Minor: minor, singletons: map[string]ID{}}
	h.interpreter = h.Owner("the interpreter")
	h.gc.init(minor)
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

// New creates an object; the one reference to it belongs to o. An instance made
// this way is of an ideal static type (see Instance for the others).
func (h *Heap) New(kind Kind, o *Owner) ID {
	x := h.alloc(kind, o, h.collectable(kind))
	// A dict is tracked once it contains something that can be (up to 3.13).
	if obj := h.Object(x); kind != Capsule && (kind != Dict || h.Minor >= dictsTrackedSince) {
		h.track(obj)
	}
	return x
}

// collectable reports whether objects of a built-in kind have a GC head.
func (h *Heap) collectable(kind Kind) bool {
	switch kind {
	case Atom, Int, Str, Bytes:
		return false
	case Capsule:
		return h.Minor >= 13
	}
	return true
}

// alloc makes an object that is not tracked yet. Making one with a GC head may
// start a collection (_PyObject_GC_Alloc).
func (h *Heap) alloc(kind Kind, o *Owner, haveGC bool) ID {
	x := &Object{Kind: kind, Count: 1, haveGC: haveGC}
	if haveGC {
		h.countAllocation(kind, 0)
	}
	return h.add(x, o)
}

func (h *Heap) add(x *Object, o *Owner) ID {
	x.ID = ID(len(h.objects) + 1)
	h.objects = append(h.objects, x)
	o.held[x.ID]++
	return x.ID
}

// Singleton returns None, True and their like: one object per name, held by the
// interpreter, immortal from 3.12.
func (h *Heap) Singleton(name string) ID {
	if x, ok := h.singletons[name]; ok {
		return x
	}
	return h.singleton(name, name, Atom)
}

// singleton makes the object that the interpreter keeps under a key.
func (h *Heap) singleton(key, name string, kind Kind) ID {
	x := h.New(kind, h.interpreter)
	h.singletons[key] = x
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
