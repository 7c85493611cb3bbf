package typemodel

import (
	"slices"

	"github.com/refcheck/refcheck/cmodel/ir"
)

// slotNames are the slots of specs by number, Include/typeslots.h, as far as
// they concern the life of instances.
var slotNames = map[int64]string{
	3: "mp_ass_subscript", 39: "sq_ass_item",
	47: "tp_alloc", 48: "tp_base", 49: "tp_bases", 50: "tp_call", 51: "tp_clear", 52: "tp_dealloc", 53: "tp_del",
	54: "tp_descr_get", 55: "tp_descr_set", 60: "tp_init", 61: "tp_is_gc", 62: "tp_iter", 63: "tp_iternext",
	64: "tp_methods", 65: "tp_new", 71: "tp_traverse", 72: "tp_members", 73: "tp_getset", 74: "tp_free",
	80: "tp_finalize", 82: "tp_vectorcall",
}

// A creation is a call that makes a type from a spec.
type creation struct {
	in    *ir.Func
	bases ir.Operand
	named bool // the call has an argument for bases
}

// addSpec adds the types of a PyType_Spec, or of an array of them.
func (p *Project) addSpec(u *ir.Unit, g *ir.Global) {
	if g.Init == nil {
		return
	}
	rows := []*ir.Init{g.Init}
	if g.Type.Kind == ir.Array {
		rows = g.Init.Elems
	}
	for _, n := range rows {
		t := p.newType(u, g, g.Name)
		t.Heap = true
		if n.Span.IsValid() {
			t.FlagsSpan = n.Span
		}
		for _, e := range n.Elems {
			switch e.Field {
			case "name":
				t.Name = e.Value.Str
			case "basicsize":
				t.set("tp_basicsize", &e.Value, e.Span)
			case "flags":
				t.setFlags(&e.Value, e.Span)
			case "slots":
				t.readSlots(&e.Value)
			}
		}
		if t.Name == "" && len(n.Elems) == 0 { // the end of an array
			p.Types = slices.DeleteFunc(p.Types, func(x *Type) bool { return x == t })
		}
	}
}

// readSlots reads a PyType_Slot table.
func (t *Type) readSlots(v *ir.Operand) {
	if v.Place.Base == nil {
		t.FlagsKnown = false // nothing can be said about a type with unknown slots
		return
	}
	g := t.project.names.Global(t.Span.File, v.Place.Base.Name)
	if g == nil || g.Init == nil {
		t.FlagsKnown = false
		return
	}
	for _, row := range g.Init.Elems {
		var number int64
		var value *ir.Init
		for _, e := range row.Elems {
			switch e.Field {
			case "slot":
				number = e.Value.Int
			case "pfunc":
				value = e
			}
		}
		if name := slotNames[number]; name != "" && value != nil {
			t.set(name, &value.Value, value.Span)
		}
	}
}

// creation notes a call that makes a type from a spec.
func (p *Project) creation(f *ir.Func, in *ir.Instr) {
	if in.Op != ir.Call {
		return
	}
	spec, bases := -1, -1
	switch in.Fn {
	case "PyType_FromSpec":
		spec = 0
	case "PyType_FromSpecWithBases":
		spec, bases = 0, 1
	case "PyType_FromModuleAndSpec":
		spec, bases = 1, 2
	case "PyType_FromMetaclass":
		spec, bases = 2, 3
	default:
		p.helperCreation(f, in)
		return
	}
	if spec >= len(in.Args) || bases >= len(in.Args) {
		return
	}
	x := in.Args[spec].Place.Base
	if x == nil || !x.Outlives() {
		return
	}
	g := p.names.Global(f.Span.File, x.Name)
	if g == nil {
		return
	}
	c := creation{in: f}
	if bases >= 0 {
		c.bases, c.named = in.Args[bases], true
	}
	p.created[g] = append(p.created[g], c)
	if h := holder(&in.Dst, f); h != (holderKey{}) {
		if old, ok := p.holds[h]; ok && old != g {
			g = nil // it may be either
		}
		p.holds[h] = g
	}
}

// A holderKey names a place that holds a type made from a spec: a variable, of a
// function if it is local, or a field of any struct of a kind.
type holderKey struct {
	f     *ir.Func
	name  string
	field fieldKey
}

// holder is the key of a place in f, the zero key if it has none.
func holder(pl *ir.Place, f *ir.Func) holderKey {
	switch n := len(pl.Path); {
	case pl.Base == nil:
	case n == 0 && pl.Base.Outlives():
		return holderKey{name: pl.Base.Name}
	case n == 0:
		return holderKey{f: f, name: pl.Base.Name}
	case pl.Path[n-1].Kind == ir.FieldSel && pl.Path[n-1].Struct != "":
		return holderKey{field: fieldKey{pl.Path[n-1].Struct, pl.Path[n-1].Name}}
	}
	return holderKey{}
}

// helperCreation notes that a spec is given to another function, which may add
// bases: an argument that is an object and comes after the spec.
func (p *Project) helperCreation(f *ir.Func, in *ir.Instr) {
	for i, a := range in.Args {
		if a.Kind != ir.Addr || a.Place.Base == nil || !a.Place.Base.Outlives() {
			continue
		}
		g := p.names.Global(f.Span.File, a.Place.Base.Name)
		if g == nil || p.byVar[g] == nil || !p.byVar[g].Heap {
			continue
		}
		c := creation{in: f}
		for _, b := range in.Args[i+1:] {
			if b.Type.IsObjectPtr() || b.Kind == ir.Load && b.Type.IsPtr() {
				c.bases, c.named = b, true
			}
		}
		p.created[g] = append(p.created[g], c)
	}
}

// settle completes a type once all code was read: its base, and the struct of
// its instances where no sizeof names it.
func (t *Type) settle() {
	if t.Heap && t.Base.Name == "" && t.Base.Type == nil && t.Slots["tp_base"] == nil && t.Slots["tp_bases"] == nil {
		t.Base = t.specBase()
	} else if !t.Heap && t.Base == (Base{}) {
		t.Base = Base{Name: "PyBaseObject_Type"}
	}
	if g := t.project.names.Global(t.Span.File, t.Base.Name); g != nil {
		t.Base.Type = t.project.byVar[g]
	}
	if self := t.structOfSelf(); self != nil && (t.Struct == nil || !alike(t.Struct, self)) {
		t.Struct = self // the size may be that of a struct the instances do not have
	}
}

// specBase is the base given to the functions that make the type.
func (t *Type) specBase() Base {
	t.created = t.project.created[t.global]
	base := Base{Name: "PyBaseObject_Type"}
	for _, c := range t.created {
		if !c.named || c.bases.Kind == ir.Const && c.bases.Int == 0 {
			continue
		}
		base = t.project.basesOf(c)
	}
	return base
}

// basesOf reads the argument for bases: a type, or a tuple made of one.
func (p *Project) basesOf(c creation) Base {
	v := c.bases
	if b := p.base(c.in.Span.File, &v); b.Name != "" {
		return b
	}
	if v.Kind == ir.Load {
		if g := p.holds[holder(&v.Place, c.in)]; g != nil {
			return Base{Name: g.Name}
		}
	}
	if v.Kind != ir.Load || !v.Place.IsVar() {
		return Base{}
	}
	for _, blk := range c.in.Blocks {
		for i := range blk.Instrs {
			in := &blk.Instrs[i]
			if !in.Dst.IsVar() || in.Dst.Base != v.Place.Base {
				continue
			}
			switch {
			case in.Op == ir.Call && in.Fn == "PyTuple_Pack" && len(in.Args) > 1:
				return p.base(c.in.Span.File, &in.Args[1])
			case in.Op == ir.Call && in.Fn == "Py_BuildValue" && len(in.Args) > 1:
				return p.base(c.in.Span.File, &in.Args[1])
			case in.Op == ir.Copy && in.X.Kind == ir.Addr:
				return p.base(c.in.Span.File, &in.X)
			}
		}
	}
	return Base{}
}

// structOfSelf finds the instance struct in the slot functions: the type of the
// first parameter, or of the variable it is cast to.
func (t *Type) structOfSelf() *ir.Struct {
	for _, name := range []string{"tp_dealloc", "tp_traverse", "tp_clear", "tp_init"} {
		s := t.Own(name)
		if s == nil || s.Func == nil || len(s.Func.Params) == 0 {
			continue
		}
		self := s.Func.Params[0]
		if st := t.structOf(self.Type); st != nil {
			return st
		}
		for _, b := range s.Func.Blocks {
			for i := range b.Instrs {
				in := &b.Instrs[i]
				if in.Op == ir.Copy && in.Dst.IsVar() && in.X.Kind == ir.Load && in.X.Place.IsVar() && in.X.Place.Base == self {
					if st := t.structOf(in.Dst.Type); st != nil {
						return st
					}
				}
			}
		}
	}
	return nil
}

// structOf is the object struct that a pointer type points to, nil for PyObject.
func (t *Type) structOf(x *ir.Type) *ir.Struct {
	if !x.IsObjectPtr() || x.Elem.Name == "PyObject" || x.Elem.Name == "_object" {
		return nil
	}
	return t.unit.Structs[x.Elem.Name]
}
