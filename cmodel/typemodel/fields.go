package typemodel

import (
	"slices"
	"strings"

	"github.com/refcheck/refcheck/cmodel/ir"
)

// A Field is a place in an instance that holds a reference to an object, or
// several: an array.
type Field struct {
	Path  Path
	Type  *ir.Type
	Owned Ownership
	Holds Content
	// Borrows is an assignment that does not take a reference, nil if there is none or
	// another one does.
	Borrows *Witness
	// Where shows why the field is taken to own its object: a release, or the
	// assignment of a new reference.
	Where *Witness
	// Released is a release anywhere in the project, nil if there is none.
	Released *Witness
	// Called: the code calls it, or a method of it, so that Python code may implement it.
	Called bool
	// Hidden: the code takes its object out of the collector's lists.
	Hidden bool

	visitors []*ir.Func
}

// Single reports whether the field is one pointer to an object in the instance itself, no
// array and no part of a list.
func (f *Field) Single() bool {
	return f.Type.IsObjectPtr() && !strings.Contains(string(f.Path), ".")
}

// Ownership says whether a field owns what it holds.
type Ownership uint8

// Degrees of ownership.
const (
	Unclear  Ownership = iota
	Borrowed           // assigned without taking a reference, never released
	Owned              // released somewhere, or given a reference that nobody else can release
)

// Content says what objects a field can hold.
type Content uint8

// Kinds of content, from harmless to dangerous for the collector.
const (
	Nothing   Content = iota // nothing is ever stored
	Atomic                   // strings, numbers, and other objects that refer to none
	Mutable                  // lists, dicts and sets that C code makes, which the collector can empty
	Container                // tuples that C code makes
	Unknown                  // from code that is not understood
	Any                      // whatever Python code passes in
)

// Fields lists the object fields of an instance: those of its struct, embedded
// structs included, without those of the base it begins with, and those that its
// slot functions reach through pointers.
func (t *Type) Fields() []*Field {
	if t.fields != nil || t.Struct == nil {
		return t.fields
	}
	t.fields = []*Field{}
	t.flatten(t.Struct, "", 0)
	for _, slot := range []string{"tp_dealloc", "tp_clear", "tp_traverse"} {
		f := t.Facts(slot)
		for _, kind := range []ActionKind{Release, Visit} {
			for _, a := range f.All(kind) {
				t.reached(a)
			}
		}
	}
	for _, x := range t.fields {
		t.judge(x)
	}
	return t.fields
}

// Field returns the field at a path, nil if there is none.
func (t *Type) Field(p Path) *Field {
	for _, f := range t.Fields() {
		if f.Path == p {
			return f
		}
	}
	return nil
}

// maxFields bounds the fields of one struct.
const maxFields = 300

func (t *Type) flatten(st *ir.Struct, prefix Path, depth int) {
	for i, f := range st.Fields {
		x := f.Type
		for x != nil && x.Kind == ir.Array {
			x = x.Elem
		}
		if x == nil || len(t.fields) > maxFields || depth == 0 && i == 0 && x.Kind == ir.StructType {
			continue // the head, or the struct of the base
		}
		path := prefix.field(f.Name)
		switch {
		case x.IsObjectPtr():
			t.fields = append(t.fields, &Field{Path: path, Type: x})
		case x.Kind == ir.StructType && !x.Object && x.Name != "Py_buffer" && depth < 3: // PyBuffer_Release sees to its object
			if sub := t.unit.Structs[x.Name]; sub != nil && x.Name != "" {
				t.flatten(sub, path, depth+1)
			}
		}
	}
}

// reached adds a field that lies behind a pointer, or in a struct without name.
func (t *Type) reached(a *Action) {
	if a.Path == "" || a.Path == TypeOf || a.Path == Elsewhere || !strings.Contains(string(a.Path), ".") && t.inStruct(a.Path) {
		return
	}
	if slices.ContainsFunc(t.fields, func(f *Field) bool { return f.Path == a.Path }) {
		return
	}
	i := strings.LastIndex(string(a.Path), ".")
	if i < 0 || t.structAt(a.Path[:i]) == "Py_buffer" {
		return // of the base, or of a struct that the API looks after
	}
	t.fields = append(t.fields, &Field{Path: a.Path})
}

// structAt is the name of the struct that is at a path, or that a pointer there
// points to.
func (t *Type) structAt(p Path) string {
	st := t.Struct
	for _, name := range strings.Split(string(p), ".") {
		if st = t.member(st, name); st == nil {
			return ""
		}
	}
	return st.Name
}

func (t *Type) inStruct(p Path) bool {
	return slices.ContainsFunc(t.Struct.Fields, func(f ir.Field) bool { return f.Name == string(p) })
}

// judge decides who owns a field and what it can hold.
func (t *Type) judge(x *Field) {
	e := t.project.evidenceOf(t, x.Path)
	x.Holds = Unknown
	if e != nil {
		if e.stored {
			x.Holds = e.holds
		}
		x.Released, x.Where = e.release, e.release
		x.Called, x.Hidden, x.visitors = e.called, e.untracked, e.visitors
		if e.owned == nil {
			x.Borrows = e.borrowed
		}
		switch {
		case e.release != nil:
			x.Owned = Owned
		case e.owned != nil && e.borrowed == nil:
			x.Owned, x.Where = Owned, e.owned
		case e.borrowed != nil && e.owned == nil:
			x.Owned, x.Where = Borrowed, e.borrowed
		}
	}
	for _, slot := range []string{"tp_dealloc", "tp_clear"} {
		if a := t.Facts(slot).At(Release, x.Path); a != nil && x.Owned != Owned {
			x.Owned, x.Where = Owned, &Witness{Func: a.Func, Span: a.Span, Call: a.Call}
		}
	}
	for _, m := range t.Members {
		if m.Object && !m.ReadOnly && m.Field == string(x.Path) {
			x.Owned, x.Holds = Owned, Any
		}
	}
	switch t.declared(x.Type) {
	case Atomic:
		x.Holds = Atomic
	case Any: // instances of a GC type of the project
		x.Holds = Any
	case Container: // of a type that is not known to hold anything Python code chooses
		x.Holds = min(x.Holds, Unknown)
	}
}

// declared is what the declared type of a field says about its content.
func (t *Type) declared(x *ir.Type) Content {
	if x == nil || !x.IsObjectPtr() {
		return Unknown
	}
	switch name := x.Elem.Name; {
	case name == "PyObject" || name == "_object":
		return Unknown
	case slices.Contains(atomicStructs, name):
		return Atomic
	default:
		for _, o := range t.project.Types {
			if o.Struct != nil && (o.Struct.Name == name || o.unit.Structs[name] == o.Struct) {
				gc, known := o.GC()
				switch {
				case known && !gc && o != t && o.plain():
					return Atomic
				case gc:
					return Any
				}
			}
		}
	}
	return Container
}

// Leads reports whether more than the type of a field says that a cycle may lead
// through it: its object is of a GC type of the project, or called, or Python code
// can exchange it when the instance is there already. Else it is what the instance
// was made from, which is seldom made from the instance.
func (t *Type) Leads(f *Field) bool {
	return f.Holds == Any && (f.Called || t.declared(f.Type) == Any && !t.holdsType(f.Type) || t.Changes(f))
}

// holdsType reports whether a pointer is declared as one to a type object of a
// metaclass of the project: types seldom refer to instances.
func (t *Type) holdsType(x *ir.Type) bool {
	return slices.ContainsFunc(t.project.Types, func(o *Type) bool {
		return o.Base.Name == "PyType_Type" && o.Struct != nil && (o.Struct.Name == x.Elem.Name || o.unit.Structs[x.Elem.Name] == o.Struct)
	})
}

// VisitedByOthers reports whether a function visits the object in a field that is
// not for instances of its struct: that of a type which looks after them.
func (t *Type) VisitedByOthers(f *Field) bool {
	return slices.ContainsFunc(f.visitors, func(g *ir.Func) bool {
		return !slices.ContainsFunc(t.project.Types, func(o *Type) bool {
			s := o.Own("tp_traverse")
			return s != nil && s.Func == g && o.Struct == t.Struct
		})
	})
}

// plain reports whether instances hold no objects.
func (t *Type) plain() bool {
	if t.Struct == nil {
		return false
	}
	for _, f := range t.Struct.Fields {
		x := f.Type
		for x != nil && (x.Kind == ir.Array || x.Kind == ir.Pointer && !x.IsObjectPtr()) {
			x = x.Elem
		}
		if x.IsObjectPtr() && f.Name != t.Weaklist {
			return false
		}
	}
	return true
}

var atomicStructs = []string{"PyUnicodeObject", "PyBytesObject", "PyLongObject", "PyFloatObject", "PyStringObject",
	"PyByteArrayObject", "PyComplexObject", "PyCodeObject"}
