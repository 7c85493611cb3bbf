// Package typemodel knows the types and modules that a project defines: static
// type objects and specs, their slots, instance structs, flags and bases, module
// definitions and their state. Of each slot function it says what it does with the
// instance, its helpers included: which fields it visits, releases and frees, and in
// which order. It holds no opinion about any of it.
package typemodel

import (
	"slices"

	"github.com/refcheck/refcheck/cmodel/contract"
	"github.com/refcheck/refcheck/cmodel/ir"
	"github.com/refcheck/refcheck/cmodel/source"
)

// Flags of types, Include/object.h.
const (
	ManagedWeakref = 1 << 3
	ManagedDict    = 1 << 4
	NoInstances    = 1 << 7 // Py_TPFLAGS_DISALLOW_INSTANTIATION
	ImmutableType  = 1 << 8
	BaseType       = 1 << 10
	HaveGC         = 1 << 14
)

// A Project holds all types and modules of a program.
type Project struct {
	Types   []*Type
	Modules []*Module
	Minor   int // of the target Python 3

	names   *ir.Names
	units   []*ir.Unit
	unitOf  map[*ir.Func]*ir.Unit
	api     func(string) *contract.Func
	lookup  func(*ir.Func, string) *contract.Func
	byVar   map[*ir.Global]*Type
	fields  map[fieldKey]*evidence
	created map[*ir.Global][]creation
	holds   map[holderKey]*ir.Global // the spec of the type that is there
	returns map[returnKey][]Path
	results map[*ir.Func]Content
	entries map[*ir.Func]bool // called by Python code
	found   bool              // the constructors
}

// A Type is one type of Python objects that C code defines.
type Type struct {
	Var  string // the C variable: a PyTypeObject or a PyType_Spec
	Name string // tp_name; may be empty
	Span source.Span
	Heap bool // made from a spec

	Flags      int64
	FlagsKnown bool
	FlagsSpan  source.Span

	Slots map[string]*Slot // by name, "tp_dealloc"; what the type itself sets
	Base  Base

	Struct  *ir.Struct // of the instances; nil if not known
	Members []Member
	// Weaklist is the field of the weak reference list, Dict that of __dict__; ""
	// without one.
	Weaklist, Dict string
	// Unready is a call of PyType_Ready for the type whose result is not used, nil if
	// there is none.
	Unready *Witness

	project *Project
	unit    *ir.Unit
	global  *ir.Global
	facts   map[string]*Facts
	fields  []*Field
	created []creation
	made    []*Constructor
}

// A Slot is one slot that a type sets.
type Slot struct {
	Name string
	Func *ir.Func // nil if the function is not in the project
	Ref  string   // the name the slot was set to; "" if it is NULL or not a name
	Span source.Span

	null  bool
	table *ir.Global // tp_methods and such
}

// A Base is the base of a type, as far as the source tells.
type Base struct {
	Type *Type  // nil if it is not of this project
	Name string // C name: "PyBaseObject_Type", "PyExc_Exception"; "" if not known
}

// A Member is a row of tp_members.
type Member struct {
	Name     string
	Field    string // of the instance
	Object   bool   // holds a reference to an object
	ReadOnly bool
}

// Build finds the types and modules of a project. api gives the contract of an API
// function; lookup that of any function that is called in another one, which may
// have been inferred. Both give nil if nothing is known of it.
func Build(units []*ir.Unit, minor int, api func(string) *contract.Func, lookup func(*ir.Func, string) *contract.Func) *Project {
	p := &Project{Minor: minor, names: ir.NewNames(units), units: units, unitOf: map[*ir.Func]*ir.Unit{}, api: api, lookup: lookup,
		byVar: map[*ir.Global]*Type{}, fields: map[fieldKey]*evidence{}, created: map[*ir.Global][]creation{}, holds: map[holderKey]*ir.Global{}, returns: map[returnKey][]Path{}, results: map[*ir.Func]Content{}, entries: map[*ir.Func]bool{}}
	for _, u := range units {
		for _, f := range u.Funcs {
			p.unitOf[f] = u
		}
	}
	type key struct {
		at   source.Pos
		name string // a macro may define several at one place
	}
	seen := map[key]bool{} // headers are part of many units
	for _, u := range units {
		for _, g := range u.Globals {
			k := key{g.Span.Pos, g.Name}
			if seen[k] {
				continue
			}
			seen[k] = true
			p.addGlobal(u, g)
		}
	}
	p.assignments()
	for _, t := range p.Types {
		t.settle()
	}
	p.findEvidence()
	return p
}

// addGlobal reads a variable that defines types or a module.
func (p *Project) addGlobal(u *ir.Unit, g *ir.Global) {
	t := g.Type
	for t != nil && t.Kind == ir.Array {
		t = t.Elem
	}
	if t == nil || t.Kind != ir.StructType {
		return
	}
	switch {
	case t.Name == "PyType_Spec":
		p.addSpec(u, g)
	case t.Name == "PyModuleDef":
		p.addModule(u, g)
	case isTypeObject(t.Name) || g.Init != nil && hasTypeObject(g.Init):
		p.addStatic(u, g)
	}
}

// Slot returns what a slot is set to, by the type itself or by the base it
// inherits from; nil if it is empty or not known. tp_traverse and tp_clear are
// inherited together with the flag, and only if the type sets none of the three
// (Objects/typeobject.c, inherit_special).
func (t *Type) Slot(name string) *Slot {
	for n := 0; t != nil && n < maxBases; n++ {
		if s := t.Slots[name]; s != nil {
			if s.null {
				return nil
			}
			return s
		}
		if !t.inherits(name) {
			return nil
		}
		t = t.Base.Type
	}
	return nil
}

// Own returns what the type itself sets a slot to, nil if it does not.
func (t *Type) Own(name string) *Slot {
	if s := t.Slots[name]; s != nil && !s.null {
		return s
	}
	return nil
}

// maxBases bounds chains of bases, which a broken source may close to a ring.
const maxBases = 20

func (t *Type) inherits(name string) bool {
	switch name {
	case "tp_traverse", "tp_clear":
		return t.Flags&HaveGC == 0 && t.Own("tp_traverse") == nil && t.Own("tp_clear") == nil
	case "tp_dealloc":
		return !t.Heap // type objects made from a spec get subtype_dealloc
	}
	return true
}

// GC reports whether instances take part in cyclic garbage collection; known is
// false if the source does not tell.
func (t *Type) GC() (gc, known bool) {
	for n := 0; n < maxBases; n++ {
		switch {
		case !t.FlagsKnown:
			return false, false
		case t.Flags&HaveGC != 0:
			return true, true
		case t.Own("tp_traverse") != nil || t.Own("tp_clear") != nil:
			return false, true
		case t.Base.Type == nil:
			gc, known := builtinGC(t.Base.Name)
			return gc, known
		}
		t = t.Base.Type
	}
	return false, false
}

// builtinGC reports whether a type of the interpreter is a GC type.
func builtinGC(name string) (gc, known bool) {
	switch {
	case slices.Contains(builtinAtoms, name):
		return false, true
	case slices.Contains(builtinContainers, name) || isException(name):
		return true, true
	}
	return false, false
}

func isException(name string) bool { return len(name) > 6 && name[:6] == "PyExc_" }

var (
	builtinAtoms = []string{"PyBaseObject_Type", "PyLong_Type", "PyFloat_Type", "PyComplex_Type", "PyUnicode_Type",
		"PyBytes_Type", "PyByteArray_Type", "PyBool_Type", "PyCapsule_Type"}
	builtinContainers = []string{"PyList_Type", "PyDict_Type", "PyTuple_Type", "PySet_Type", "PyFrozenSet_Type",
		"PyModule_Type", "PyType_Type", "PyFunction_Type", "PyMethod_Type", "PyCFunction_Type", "PyODict_Type",
		"PyProperty_Type", "PySuper_Type", "PyStaticMethod_Type", "PyClassMethod_Type", "PyMemoryView_Type"}
)

// HeapBase reports whether the nearest base with a traverse function of its own
// is a heap type, which then visits the type of the instance.
func (t *Type) HeapBase() bool {
	for b, n := t.Base.Type, 0; b != nil && n < maxBases; b, n = b.Base.Type, n+1 {
		if b.Own("tp_traverse") != nil {
			return b.Heap
		}
	}
	return false
}

// Mutable reports whether attributes of the type itself can be set, so that the
// type can hold its own instance.
func (t *Type) Mutable() bool { return t.Heap && t.FlagsKnown && t.Flags&ImmutableType == 0 }

// Has reports whether a flag is certainly set.
func (t *Type) Has(flag int64) bool { return t.FlagsKnown && t.Flags&flag != 0 }

// Derivable reports whether Python code can make instances of classes that derive
// from the type. Static types do not inherit tp_new from object, and classes derived
// from them have none either (Objects/typeobject.c, type_ready_set_new).
func (t *Type) Derivable() bool {
	if !t.Has(BaseType) || t.Has(NoInstances) {
		return false
	}
	return t.Heap || t.Slot("tp_new") != nil || t.Base.Name != "PyBaseObject_Type"
}

// Abstract reports whether there are only instances of types derived from the type:
// others derive from it, Python code cannot call it, and nothing in the project makes one.
func (t *Type) Abstract() bool {
	return t.Slot("tp_new") == nil && !t.Heap && t.Base.Name == "PyBaseObject_Type" && len(t.Constructors()) == 0 &&
		slices.ContainsFunc(t.project.Types, func(d *Type) bool { return d.Base.Type == t })
}

// Project returns the project the type is part of.
func (t *Type) Project() *Project { return t.project }

// Label is what messages call the type: the last part of its Python name, or the
// name of the C variable.
func (t *Type) Label() string {
	if i := lastDot(t.Name); t.Name != "" && i+1 < len(t.Name) {
		return t.Name[i+1:]
	}
	return t.Var
}

func lastDot(s string) int {
	for i := len(s) - 1; i >= 0; i-- {
		if s[i] == '.' {
			return i
		}
	}
	return -1
}
