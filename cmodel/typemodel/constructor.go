package typemodel

import (
	"slices"

	"github.com/refcheck/refcheck/cmodel/ir"
)

// A Constructor is a call that makes an instance of a type, and what the function
// around it does with the instance from then on.
type Constructor struct {
	*Facts
	Call  *ir.Instr
	Alloc Alloc
	// Mixed: the variable holds other objects too, at other places.
	Mixed bool
	// Returned: the function returns the new instance.
	Returned bool

	project *Project
}

// Alloc is a family of allocators.
type Alloc uint8

// Families of allocators.
const (
	Generic Alloc = iota // tp_alloc, PyType_GenericAlloc: zeroed, GC objects tracked
	Plain                // PyObject_New: not zeroed
	Tracked              // PyObject_GC_New: not zeroed, not tracked
)

var allocators = map[string]Alloc{
	"PyType_GenericAlloc": Generic, "_PyObject_New": Plain, "_PyObject_NewVar": Plain, "PyObject_New": Plain,
	"_PyObject_GC_New": Tracked, "_PyObject_GC_NewVar": Tracked, "PyObject_GC_New": Tracked,
}

// Constructors lists the places in the project that make instances of the type.
func (t *Type) Constructors() []*Constructor {
	if !t.project.found {
		t.project.findConstructors()
	}
	return t.made
}

func (p *Project) findConstructors() {
	p.found = true
	for _, u := range p.units {
		for _, f := range u.Funcs {
			for _, b := range f.Blocks {
				for i := range b.Instrs {
					in := &b.Instrs[i]
					kind, ok := allocation(in)
					if t := p.allocated(f, in); ok && t != nil {
						fr := &frame{p: p, t: t, f: f, vars: map[*ir.Var][]Path{}, slots: map[*ir.Var]string{}, made: in}
						fr.settle()
						w := &walker{p: p, budget: maxSteps}
						end := w.function(fr, State{}, true)
						t.made = append(t.made, &Constructor{Call: in, Alloc: kind, Mixed: fr.mixes(), Returned: fr.returnsSelf(), project: p,
							Facts: &Facts{Func: f, Actions: w.out, End: end, Cut: w.budget < 0}})
					}
				}
			}
		}
	}
}

// allocation recognises calls of allocators.
func allocation(in *ir.Instr) (Alloc, bool) {
	if in.Op != ir.Call || in.Dst.Base == nil || len(in.Args) == 0 {
		return 0, false
	}
	if in.Fn == "" {
		return Generic, lastField(&in.X) == "tp_alloc"
	}
	kind, ok := allocators[in.Fn]
	return kind, ok
}

// allocated is the type whose instance a call makes: the static type that it
// names, or else the only one with the struct of the variable.
func (p *Project) allocated(f *ir.Func, in *ir.Instr) *Type {
	if len(in.Args) > 0 {
		if x := in.Args[0].Place; in.Args[0].Kind == ir.Addr && x.IsVar() && x.Base.Outlives() {
			return p.typeVar(f, x.Base.Name)
		}
	}
	var found *Type
	for _, t := range p.Types {
		if s := t.Own("tp_new"); s != nil && s.Func == f {
			if found != nil {
				return nil
			}
			found = t
		}
	}
	if found != nil || in.Dst.Base == nil {
		return found
	}
	x := in.Dst.Type
	if !x.IsObjectPtr() || x.Elem.Name == "PyObject" {
		return nil
	}
	for _, t := range p.Types {
		if t.Struct != nil && slices.Contains(t.aliases(t.Struct), x.Elem.Name) {
			if found != nil {
				return nil
			}
			found = t
		}
	}
	return found
}

// mixes reports whether a variable that holds the new instance is given another
// object as well.
func (fr *frame) mixes() bool {
	for _, b := range fr.f.Blocks {
		for i := range b.Instrs {
			in := &b.Instrs[i]
			if !in.Dst.IsVar() || in.Op == ir.Declare || !slices.Contains(fr.vars[in.Dst.Base], "") || in.Op == ir.Copy && in.X.Kind == ir.Const {
				continue
			}
			if !slices.Contains(fr.result(in), "") {
				return true
			}
		}
	}
	return false
}

// returnsSelf reports whether a function returns the new instance.
func (fr *frame) returnsSelf() bool {
	return slices.ContainsFunc(fr.f.Blocks, func(b *ir.Block) bool {
		return b.Term.Kind == ir.Return && slices.Contains(fr.operand(&b.Term.X), "")
	})
}

// TrackedLater reports whether the function, or one that calls it, tracks objects.
func (c *Constructor) TrackedLater() bool {
	return c.project.tracks(c.Func, trackDepth)
}

// trackDepth bounds the calls between the function that makes an instance and the one that tracks it.
const trackDepth = 4

func (p *Project) tracks(f *ir.Func, depth int) bool {
	for _, u := range p.units {
		for _, g := range u.Funcs {
			calls, tracks := g == f, false
			for _, b := range g.Blocks {
				for i := range b.Instrs {
					fn := b.Instrs[i].Fn
					calls = calls || fn == f.Name
					tracks = tracks || fn != "" && object[fn] == Track
				}
			}
			if calls && (tracks || g != f && depth > 0 && p.tracks(g, depth-1)) {
				return true
			}
		}
	}
	return false
}
