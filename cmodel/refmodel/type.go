package refmodel

import "fmt"

// A Field is a C member of an instance that can point to an object. The four
// properties are independent, because C code can get each of them wrong; in a
// correct type they are equal. OwnedField and BorrowedField make correct ones.
type Field struct {
	Name string
	// Owned: the instance holds a reference of its own to what it points to.
	Owned bool
	// Visited: tp_traverse visits it.
	Visited bool
	// Cleared: tp_clear releases it and sets it to NULL.
	Cleared bool
	// Released: tp_dealloc releases it.
	Released bool
	// Overwritten: tp_init stores in it without releasing what it held.
	Overwritten bool
}

// OwnedField describes a field that holds a reference, and that traverse, clear
// and dealloc all know about.
func OwnedField(name string) Field {
	return Field{Name: name, Owned: true, Visited: true, Cleared: true, Released: true}
}

// BorrowedField describes a field that holds none.
func BorrowedField(name string) Field { return Field{Name: name} }

// A Type says what the slots of an extension type do to its instances.
type Type struct {
	Name   string
	Fields []Field

	// HaveGC is Py_TPFLAGS_HAVE_GC: instances have a GC head and count as
	// container allocations.
	HaveGC bool
	// NeverTracked: no constructor calls PyObject_GC_Track (nor PyType_GenericAlloc,
	// which does).
	NeverTracked bool
	// StaysTracked: tp_dealloc forgets PyObject_GC_UnTrack, so that a collection
	// started by what it releases meets a dying instance.
	StaysTracked bool

	// NoTraverse and NoClear: the slot is empty, whatever the fields say. A type
	// with HaveGC and without tp_traverse crashes the collector up to 3.10;
	// from 3.11 on PyType_Ready refuses it.
	NoTraverse, NoClear bool

	// Heap: made by PyType_FromSpec. From 3.8 on an instance then holds a
	// reference to its type (whatsnew/3.8, bpo-35810), which tp_dealloc has to
	// release, and which tp_traverse has to visit from 3.9 on (bpo-40217).
	Heap         bool
	ReleasesType bool
	VisitsType   bool

	// NoWeakrefs: there is no tp_weaklistoffset.
	NoWeakrefs bool

	// Finalize is tp_finalize: it runs once (each time for a type without
	// HaveGC), before the instance dies, and may bring it back (PEP 442).
	Finalize func(*Heap, ID)
	// Del is tp_del, the finalizer of before 3.4. The collector does not touch
	// what has one, nor what that reaches: gc.garbage.
	Del func(*Heap, ID)
}

// traverses reports whether the collector can ask instances what they hold.
func (t *Type) traverses() bool { return t.HaveGC && !t.NoTraverse }

// field returns the description of cell i of an object: that of its type, or
// that of an ideal field.
func (o *Object) fieldOf(i int) Field {
	if o.Shape != nil && i < len(o.Shape.Fields) {
		return o.Shape.Fields[i]
	}
	return OwnedField(o.cells[i].name)
}

// Define creates the type object of t, held by o. For a static type, nothing
// holds or releases it and the collector does not know it.
func (h *Heap) Define(t *Type, o *Owner) ID {
	x := h.alloc(TypeObject, o, t.Heap)
	obj := h.Object(x)
	obj.Name, obj.defines = t.Name, t
	if t.Heap {
		// Its method resolution order starts with itself, which makes every heap
		// type part of a cycle (Objects/typeobject.c, mro_internal).
		mro := h.NewTuple(1, h.interpreter)
		_ = h.TupleSet(mro, 0, h.ref(x, h.interpreter), h.interpreter)
		_, _ = h.Put(x, "tp_mro", mro, h.interpreter)
		h.track(obj)
	} else {
		obj.Immortal = h.Minor >= ImmortalSince
	}
	return x
}

// Instance creates an instance of a type made by Define, with empty fields; the
// reference to it belongs to o.
func (h *Heap) Instance(typ ID, o *Owner) (ID, error) {
	t, err := h.want("new", typ, TypeObject)
	if err != nil {
		return NULL, err
	}
	x := h.alloc(Instance, o, t.defines.HaveGC)
	obj := h.Object(x)
	obj.Shape = t.defines
	obj.Finalize, obj.Del = t.defines.Finalize, t.defines.Del
	for _, f := range t.defines.Fields {
		obj.cells = append(obj.cells, cell{name: f.Name})
	}
	if t.defines.Heap && h.Minor >= 8 {
		h.inc(t)
		obj.Type = typ
	}
	if t.defines.HaveGC && !t.defines.NeverTracked {
		h.track(obj)
	}
	return x, nil
}

// ref gives o a new reference to x and returns x.
func (h *Heap) ref(x ID, o *Owner) ID {
	h.inc(h.Object(x))
	o.held[x]++
	return x
}

// Validate reports what CPython of the heap's version refuses at PyType_Ready or
// does not survive.
func (t *Type) Validate(minor int) error {
	if t.HaveGC && t.NoTraverse {
		if minor >= 11 {
			return fmt.Errorf("PyType_Ready fails: type %s has the Py_TPFLAGS_HAVE_GC flag but has no traverse function", t.Name)
		}
		return fmt.Errorf("the collector calls tp_traverse of %s, which is NULL", t.Name)
	}
	return nil
}
