package typemodel

import (
	"slices"

	"github.com/refcheck/refcheck/cmodel/ir"
	"github.com/refcheck/refcheck/cmodel/source"
)

// putsAside reports whether an instruction keeps the instance in a place that outlives
// the function and is no part of the instance: a free list.
func (fr *frame) putsAside(b *ir.Block, i int) bool {
	in := &b.Instrs[i]
	if in.Op != ir.Copy || in.Dst.Base == nil || !slices.Contains(fr.valueAt(&in.X, b, i), "") {
		return false
	}
	return in.Dst.Base.Outlives() || len(in.Dst.Path) > 0 && len(fr.place(&in.Dst)) == 0
}

// A Reuse is a function that takes an instance out of the list in which tp_dealloc put
// it, and returns it as a new one.
type Reuse struct {
	Func *ir.Func
	Span source.Span // where the instance is taken
	List string      // what the list is called
	// Counts: it gives the instance a reference count again, or may do so.
	Counts bool
	// Tracks: it, or a function that calls it, shows the instance to the collector again, or may do so.
	Tracks bool
}

// Reused finds the functions that take instances from where tp_dealloc puts them.
func (t *Type) Reused(put *Action) []*Reuse {
	list := listOf(&put.Instr.Dst, put.Func)
	if list == (holderKey{}) || list.f != nil {
		return nil
	}
	var out []*Reuse
	for _, f := range t.unit.Funcs {
		if f == put.Func {
			continue
		}
		for _, b := range f.Blocks {
			for i := range b.Instrs {
				in := &b.Instrs[i]
				if in.Op != ir.Copy || in.X.Kind != ir.Load || !in.Dst.IsVar() || in.Dst.Base.Outlives() || !in.Dst.Type.IsObjectPtr() ||
					listOf(&in.X.Place, f) != list {
					continue
				}
				if r := t.project.reuse(f, in); r != nil {
					r.List = put.Instr.Dst.Base.Name
					if list.field.name != "" {
						r.List = list.field.name
					}
					out = append(out, r)
				}
			}
		}
	}
	return out
}

// listOf is the key of the variable or field that a place is, or is an element of.
func listOf(pl *ir.Place, f *ir.Func) holderKey {
	p := *pl
	for n := len(p.Path); n > 0 && p.Path[n-1].Kind != ir.FieldSel; n-- {
		p.Path = p.Path[:n-1]
	}
	return holder(&p, f)
}

// counters give an object without references one again.
var counters = []string{"_Py_NewReference", "PyObject_Init", "PyObject_InitVar", "PyObject_INIT", "PyObject_INIT_VAR", "Py_INCREF", "Py_NewRef",
	"Py_SET_REFCNT", "_Py_SET_REFCNT", "_Py_ForgetReference"}

// reuse says what f does with an instance that in takes from a list; nil if it does not
// return it.
func (p *Project) reuse(f *ir.Func, in *ir.Instr) *Reuse {
	fr := &frame{p: p, f: f}
	vars := fr.copies(in.Dst.Base)
	r, returned := &Reuse{Func: f, Span: in.Span}, false
	for _, b := range f.Blocks {
		returned = returned || b.Term.Kind == ir.Return && isAny(&b.Term.X, vars)
		for i := range b.Instrs {
			x := &b.Instrs[i]
			if n := len(x.Dst.Path); n > 0 && slices.Contains(vars, x.Dst.Base) && x.Dst.Path[n-1].Name == "ob_refcnt" {
				r.Counts = true
			}
			if x.Op != ir.Call || !slices.ContainsFunc(x.Args, func(a ir.Operand) bool { return isAny(&a, vars) }) {
				continue
			}
			other := x.Fn == "" || p.api(x.Fn) == nil
			r.Counts = r.Counts || other || slices.Contains(counters, x.Fn)
			r.Tracks = r.Tracks || other || object[x.Fn] == Track
		}
	}
	if !returned {
		return nil
	}
	r.Tracks = r.Tracks || p.tracks(f, trackDepth)
	return r
}
