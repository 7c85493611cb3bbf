package typemodel

import (
	"slices"
	"strings"

	"github.com/refcheck/refcheck/cmodel/ir"
)

// spread gives each field the content of those it is copied from.
func (p *Project) spread() {
	for changed := true; changed; {
		changed = false
		for _, e := range p.fields {
			for _, o := range e.from {
				if o.holds > e.holds {
					e.holds, changed = o.holds, true
				}
			}
		}
	}
}

// atomicCheck reports whether a function asks for an object without references.
func atomicCheck(fn string) bool {
	for _, s := range []string{"PyUnicode_Check", "PyBytes_Check", "PyLong_Check", "PyFloat_Check", "PyBool_Check", "PyString_Check", "PyInt_Check"} {
		if strings.HasPrefix(fn, s) {
			return true
		}
	}
	return false
}

// checksAtom reports whether a function called in f asks whether its argument i is
// an object without references, or does so through another function.
func (p *Project) checksAtom(f *ir.Func, fn string, i, depth int) bool {
	if atomicCheck(fn) {
		return i == 0
	}
	g := p.names.Func(f, fn)
	if g == nil || fn == "" || depth == 0 || i >= len(g.Params) {
		return false
	}
	for _, b := range g.Blocks {
		if len(g.Blocks) <= maxAccessor && !g.Result.IsPtr() && b.Term.Kind == ir.Branch && isVar(&b.Term.X, g.Params[i]) && isBool(&b.Term.Y) {
			return true
		}
		for k := range b.Instrs {
			in := &b.Instrs[k]
			for j := range in.Args {
				a := &in.Args[j]
				if in.Op == ir.Call && isVar(a, g.Params[i]) && p.checksAtom(g, in.Fn, j, depth-1) {
					return true
				}
			}
		}
	}
	return false
}

// content says what objects a value can be that is stored in the field of e.
func (d *defs) content(x *ir.Operand, e *evidence, depth int) Content {
	switch x.Kind {
	case ir.Const:
		return Nothing
	case ir.Addr:
		return Atomic // a static object
	case ir.Load:
	default:
		return Unknown
	}
	if d.atoms[x.Place.String()] {
		return Atomic
	}
	if t := x.Place.Type; t.IsObjectPtr() && slices.Contains(atomicStructs, t.Elem.Name) {
		return Atomic
	}
	if k, ok := d.p.key(&x.Place); ok && x.Place.Type.IsObjectPtr() {
		e.from = append(e.from, d.p.evidence(k))
		return Nothing
	}
	if !x.Place.IsVar() || depth > 3 {
		return Unknown
	}
	v := x.Place.Base
	if v.Outlives() {
		if isConstant(v.Name) {
			return Atomic
		}
		return Unknown
	}
	out := Nothing
	if v.Kind == ir.Param {
		out = Unknown
		if d.p.entries[d.f] && v != d.f.Params[0] {
			out = Any
		}
	}
	for _, in := range d.of[v] {
		switch in.Op {
		case ir.Copy:
			out = max(out, d.content(&in.X, e, depth+1))
		case ir.Call:
			out = max(out, d.result(in, e, depth))
		}
	}
	if v.AddrTaken {
		out = max(out, d.parsed(v))
	}
	return out
}

func isConstant(name string) bool {
	return name == "Py_None" || name == "Py_True" || name == "Py_False" || name == "Py_Ellipsis" || name == "Py_NotImplemented"
}

// result says what objects a call can return.
func (d *defs) result(in *ir.Instr, e *evidence, depth int) Content {
	switch {
	case in.Fn == "Py_NewRef" || in.Fn == "Py_XNewRef":
		return d.content(&in.Args[0], e, depth+1)
	case atomicMaker(in.Fn):
		return Atomic
	case copyMaker(in.Fn) && len(in.Args) > 0:
		return d.copied(in, e, depth)
	case containerMaker(in.Fn):
		return Container
	case mutableMaker(in.Fn):
		return Mutable
	case strings.HasPrefix(in.Fn, "PyObject_Call") || strings.HasPrefix(in.Fn, "PyObject_Get") || strings.HasPrefix(in.Fn, "PyDict_Get") ||
		strings.HasPrefix(in.Fn, "PyTuple_G") || in.Fn == "PyObject_GetIter":
		return Any
	}
	if g := d.p.projectFunc(d.f, in.Fn); g != nil && depth < 3 {
		return d.p.returned(g, depth+1)
	}
	return Unknown
}

// returned says what objects a project function can return.
func (p *Project) returned(g *ir.Func, depth int) Content {
	if c, ok := p.results[g]; ok {
		return c
	}
	p.results[g] = Unknown // what a recursive function returns to itself
	d, out, e := newDefs(p, g), Nothing, &evidence{}
	for _, b := range g.Blocks {
		if b.Term.Kind == ir.Return {
			out = max(out, d.content(&b.Term.X, e, depth))
		}
	}
	if len(e.from) > 0 {
		out = max(out, Unknown)
	}
	p.results[g] = out
	return out
}

func atomicMaker(fn string) bool {
	for _, s := range []string{"PyUnicode_", "PyBytes_", "PyLong_", "PyFloat_", "PyBool_", "PyInt_", "PyString_", "PyComplex_",
		"PyCapsule_New", "PyByteArray_", "_PyBytes_Resize", "PyWeakref_New", "_PyUnicode_", "_PyLong_", "PyErr_NewException"} {
		if strings.HasPrefix(fn, s) {
			return true
		}
	}
	return false
}

func containerMaker(fn string) bool {
	return fn == "PyTuple_New" || fn == "PyTuple_Pack" || fn == "PyFrozenSet_New" || fn == "Py_BuildValue" || strings.HasPrefix(fn, "PySequence_")
}

func mutableMaker(fn string) bool {
	return fn == "PyList_New" || fn == "PyList_GetSlice" || fn == "PyDict_New" || fn == "PyDict_Copy" || fn == "PySet_New"
}

func copyMaker(fn string) bool {
	switch fn {
	case "PyTuple_GetSlice", "PyList_GetSlice", "PyList_AsTuple", "PySequence_List", "PySequence_Tuple", "PySequence_Fast", "PySequence_GetSlice", "PyDict_Copy":
		return true
	}
	return false
}

// copied says what a container can hold that is made of the items of another one:
// whatever Python code passes in if that is where the other one is from.
func (d *defs) copied(in *ir.Instr, e *evidence, depth int) Content {
	from := &evidence{}
	switch c := d.content(&in.Args[0], from, depth+1); {
	case c == Any, len(from.from) > 0 && c == Unknown:
		return c
	case mutableMaker(in.Fn) || in.Fn == "PySequence_List":
		return Mutable
	case len(from.from) > 0:
		return Unknown
	}
	return Container
}

func isVar(x *ir.Operand, v *ir.Var) bool {
	return x.Kind == ir.Load && x.Place.IsVar() && x.Place.Base == v
}

// isBool reports whether x is True or False. Who compares with those wants nothing
// else, while a comparison with None asks for a default.
func isBool(x *ir.Operand) bool {
	return x.Place.IsVar() && (x.Place.Base.Name == "Py_True" || x.Place.Base.Name == "Py_False")
}
