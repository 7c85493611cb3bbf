package typemodel

import (
	"slices"

	"github.com/refcheck/refcheck/cmodel/ir"
)

// users are the API functions that complete a type object or give it to a module, by
// the argument that is the type.
var users = map[string]int{
	"PyType_Ready": 0, "PyModule_AddType": 1, "PyModule_AddObject": 2, "PyModule_AddObjectRef": 2, "PyModule_Add": 2,
	"PyStructSequence_InitType": 0, "PyStructSequence_InitType2": 0,
}

// A StaticType is a type object in a static variable that code of the module's file
// completes or adds to a module.
type StaticType struct {
	Witness // Call is the name of the variable
	// Again: it is made a struct sequence, under no condition about a variable that
	// outlives the call. That works once in a process.
	Again bool
}

// StaticTypes lists the static type objects of the module, each once. Where a file
// defines several modules it is not certain whose they are.
func (m *Module) StaticTypes() []StaticType {
	if m.shares() {
		return nil
	}
	var out []StaticType
	for _, f := range m.Funcs {
		if f.Span.File != m.Span.File {
			continue // of a header
		}
		for _, b := range f.Blocks {
			for i := range b.Instrs {
				in := &b.Instrs[i]
				name := m.staticType(f, in)
				if name == "" || slices.ContainsFunc(out, func(s StaticType) bool { return s.Call == name }) {
					continue
				}
				again := users[in.Fn] == 0 && in.Fn != "PyType_Ready" && !guarded(f)
				out = append(out, StaticType{Witness{Func: f, Span: in.Span, Call: name}, again})
			}
		}
	}
	return out
}

// shares reports whether another module is defined in the same file.
func (m *Module) shares() bool {
	return slices.ContainsFunc(m.project.Modules, func(o *Module) bool { return o != m && o.Span.File == m.Span.File })
}

// staticType is the static type object of the project that a call completes or adds;
// "" if it does nothing of the kind.
func (m *Module) staticType(f *ir.Func, in *ir.Instr) string {
	i, ok := users[in.Fn]
	if in.Op != ir.Call || !ok || i >= len(in.Args) || in.Args[i].Kind != ir.Addr {
		return ""
	}
	x := in.Args[i].Place
	if !x.IsVar() || !x.Base.Outlives() {
		return ""
	}
	if t := m.project.typeVar(f, x.Base.Name); t == nil || t.Heap {
		return ""
	}
	return x.Base.Name
}

// guarded reports whether some condition of the function is about a variable that
// outlives it, such as one that says that everything was done before.
func guarded(f *ir.Func) bool {
	outlives := func(x *ir.Operand) bool { return x.Place.Base != nil && x.Place.Base.Outlives() }
	return slices.ContainsFunc(f.Blocks, func(b *ir.Block) bool {
		return b.Term.Kind == ir.Branch && (outlives(&b.Term.X) || outlives(&b.Term.Y))
	})
}
