package typemodel

import (
	"slices"
	"strconv"
	"strings"

	"github.com/refcheck/refcheck/cmodel/ir"
	"github.com/refcheck/refcheck/cmodel/source"
)

func isTypeObject(name string) bool { return name == "PyTypeObject" || name == "_typeobject" }

// isTypeInit reports whether an initializer is that of a type object: structs that
// begin with one, as those of metaclasses in C, hold it one level deeper.
func isTypeInit(n *ir.Init) bool {
	for _, e := range n.Elems {
		if strings.HasPrefix(e.Field, "tp_") {
			return true
		}
	}
	return false
}

func hasTypeObject(n *ir.Init) bool {
	for ; len(n.Elems) > 0; n = n.Elems[0] {
		if isTypeInit(n) {
			return true
		}
	}
	return false
}

// addStatic adds the type objects that a variable holds.
func (p *Project) addStatic(u *ir.Unit, g *ir.Global) {
	if g.Init == nil {
		if p.names.Global(g.Span.File, g.Name) == g { // not a forward declaration
			p.newType(u, g, g.Name) // filled in by code, if at all
		}
		return
	}
	var find func(n *ir.Init, name string, depth int)
	find = func(n *ir.Init, name string, depth int) {
		if isTypeInit(n) {
			p.newType(u, g, name).readStatic(n)
			return
		}
		for _, e := range n.Elems {
			sub := name
			if g.Type.Kind == ir.Array && depth == 0 {
				sub += "[" + strconv.Itoa(e.Index) + "]"
			}
			if depth < 3 {
				find(e, sub, depth+1)
			}
		}
	}
	find(g.Init, g.Name, 0)
}

func (p *Project) newType(u *ir.Unit, g *ir.Global, name string) *Type {
	t := &Type{Var: name, Span: g.Span, Slots: map[string]*Slot{}, project: p, unit: u, global: g,
		FlagsKnown: true, FlagsSpan: g.Span, facts: map[string]*Facts{}}
	p.Types = append(p.Types, t)
	if p.byVar[g] == nil {
		p.byVar[g] = t
	}
	return t
}

// readStatic reads the initializer of a PyTypeObject.
func (t *Type) readStatic(n *ir.Init) {
	shift := python2(n)
	for _, e := range n.Elems {
		name := e.Field
		if shift {
			name = t.memberBefore(e.Index)
		}
		t.set(name, &e.Value, e.Span)
	}
}

// python2 recognises `PyObject_HEAD_INIT(NULL) 0, "name", ...`, which in Python 2
// gives the size first, so that everything is one place further on.
func python2(n *ir.Init) bool {
	return slices.ContainsFunc(n.Elems, func(e *ir.Init) bool { return e.Field == "tp_basicsize" && e.Value.Kind == ir.String })
}

// memberBefore is the name of the member of PyTypeObject before the one at index i.
func (t *Type) memberBefore(i int) string {
	if st := t.unit.Structs["PyTypeObject"]; st != nil && i > 0 && i <= len(st.Fields) {
		return st.Fields[i-1].Name
	}
	return ""
}

// set notes what a member of a PyTypeObject, or a slot of a spec, is set to.
func (t *Type) set(name string, v *ir.Operand, span source.Span) {
	switch name {
	case "tp_name":
		t.Name = v.Str
	case "tp_flags":
		t.setFlags(v, span)
	case "tp_basicsize":
		if s, ok := strings.CutPrefix(v.Str, "sizeof("); ok && v.Kind == ir.Opaque {
			t.Struct = t.unit.Structs[strings.TrimSuffix(s, ")")]
		}
	case "tp_base":
		t.Base = t.project.base(t.Span.File, v)
	case "tp_weaklistoffset":
		t.Weaklist = offsetField(v)
	case "tp_dictoffset":
		t.Dict = offsetField(v)
	case "tp_members":
		t.readMembers(v)
	default:
		if strings.HasPrefix(name, "tp_") || slices.Contains(changers, name) {
			t.setSlot(name, v, span)
		}
	}
}

func (t *Type) setFlags(v *ir.Operand, span source.Span) {
	t.FlagsSpan = span
	if v.Kind == ir.Const {
		t.Flags = v.Int
		return
	}
	t.FlagsKnown = false
}

func (t *Type) setSlot(name string, v *ir.Operand, span source.Span) {
	s := &Slot{Name: name, Span: span}
	switch {
	case v.Kind == ir.FuncRef:
		s.Ref = v.Str
		s.Func = t.project.funcIn(t.unit, v.Str)
	case v.Kind == ir.Const && v.Int == 0:
		s.null = true
	case v.Kind == ir.Addr && v.Place.Base != nil:
		s.table = t.project.names.Global(t.Span.File, v.Place.Base.Name)
	}
	t.Slots[name] = s
}

// funcIn finds a function by the name an initializer of unit u uses.
func (p *Project) funcIn(u *ir.Unit, name string) *ir.Func {
	for _, f := range u.Funcs {
		if f.Name == name {
			return f
		}
	}
	at := &ir.Func{}
	at.Span.File = u.Path
	return p.names.Func(at, name)
}

// offsetField is the member in an offsetof, "" if v is none.
func offsetField(v *ir.Operand) string {
	s, ok := strings.CutPrefix(v.Str, "offsetof(")
	if v.Kind != ir.Opaque || !ok {
		return ""
	}
	_, field, _ := strings.Cut(strings.TrimSuffix(s, ")"), ", ")
	return field
}

// base reads what tp_base is set to.
func (p *Project) base(file string, v *ir.Operand) Base {
	if v.Kind != ir.Addr && v.Kind != ir.Load || v.Place.Base == nil || !v.Place.Base.Outlives() {
		if v.Kind == ir.Const && v.Int == 0 {
			return Base{Name: "PyBaseObject_Type"}
		}
		return Base{Name: ""}
	}
	name := v.Place.Base.Name
	if v.Kind == ir.Load && !isException(name) {
		name = "" // a pointer that may hold any type
	}
	return Base{Name: name}
}

// Types of members that hold references, Include/descrobject.h.
const (
	memberObject   = 6
	memberObjectEx = 16
	memberReadOnly = 1
)

// readMembers reads a PyMemberDef table. The rows that begin with two underscores
// say where a heap type has its dict and weak references.
func (t *Type) readMembers(v *ir.Operand) {
	if v.Kind != ir.Addr || v.Place.Base == nil {
		return
	}
	g := t.project.names.Global(t.Span.File, v.Place.Base.Name)
	if g == nil || g.Init == nil {
		return
	}
	for _, row := range g.Init.Elems {
		m, kind := Member{}, int64(-1)
		for _, e := range row.Elems {
			switch e.Field {
			case "name":
				m.Name = e.Value.Str
			case "type":
				kind = e.Value.Int
			case "offset":
				m.Field = offsetField(&e.Value)
			case "flags":
				m.ReadOnly = e.Value.Kind == ir.Const && e.Value.Int&memberReadOnly != 0
			}
		}
		m.Object = kind == memberObject || kind == memberObjectEx
		switch m.Name {
		case "":
		case "__weaklistoffset__":
			t.Weaklist = m.Field
		case "__dictoffset__":
			t.Dict = m.Field
		default:
			t.Members = append(t.Members, m)
		}
	}
}

// assignments reads what functions assign to the slots of static types, and what
// they make from specs.
func (p *Project) assignments() {
	for _, u := range p.units {
		for _, f := range u.Funcs {
			ptr := p.typePointers(f)
			for _, b := range f.Blocks {
				for i := range b.Instrs {
					in := &b.Instrs[i]
					p.assignment(f, in, ptr)
					p.readied(f, in)
					p.creation(f, in)
				}
			}
		}
	}
}

// typePointers finds the local variables that point to one static type.
func (p *Project) typePointers(f *ir.Func) map[*ir.Var]*Type {
	ptr := map[*ir.Var]*Type{}
	for _, b := range f.Blocks {
		for i := range b.Instrs {
			in := &b.Instrs[i]
			if in.Op == ir.Copy && in.Dst.IsVar() && in.X.Kind == ir.Addr && in.X.Place.IsVar() {
				if g := p.names.Global(f.Span.File, in.X.Place.Base.Name); g != nil && in.X.Place.Base.Outlives() {
					ptr[in.Dst.Base] = p.byVar[g]
				}
			}
		}
	}
	return ptr
}

func (p *Project) assignment(f *ir.Func, in *ir.Instr, ptr map[*ir.Var]*Type) {
	n := len(in.Dst.Path)
	if n == 0 || in.Dst.Path[n-1].Kind != ir.FieldSel || !strings.HasPrefix(in.Dst.Path[n-1].Name, "tp_") {
		return
	}
	name := in.Dst.Path[n-1].Name
	t := ptr[in.Dst.Base]
	if in.Dst.Base.Outlives() {
		t = p.typeVar(f, in.Dst.Base.Name)
	}
	if t == nil {
		return
	}
	if name == "tp_flags" {
		t.assignFlags(f, in)
		return
	}
	v := in.X
	if in.Op != ir.Copy {
		v = ir.Operand{Kind: ir.Opaque}
	}
	t.set(name, &v, in.Span)
}

// assignFlags reads `T.tp_flags = ...` and `T.tp_flags |= ...`.
func (t *Type) assignFlags(f *ir.Func, in *ir.Instr) {
	switch {
	case in.Op == ir.Copy && in.X.Kind == ir.Const:
		t.Flags = in.X.Int
	case in.Op == ir.Binary && in.Fn == "|" && in.Y.Kind == ir.Const:
		t.Flags |= in.Y.Int
	case in.Op == ir.Binary && in.Fn == "&" && in.Y.Kind == ir.Const:
		t.Flags &= in.Y.Int
	default:
		t.FlagsKnown = false
	}
}

// typeVar is the static type that a name means in f, nil if it is none.
func (p *Project) typeVar(f *ir.Func, name string) *Type {
	g := p.names.Global(f.Span.File, name)
	if g == nil {
		return nil
	}
	return p.byVar[g]
}

// readied notes a call of PyType_Ready that nobody asks for its result.
func (p *Project) readied(f *ir.Func, in *ir.Instr) {
	if in.Op != ir.Call || in.Fn != "PyType_Ready" || in.Dst.Base != nil || len(in.Args) != 1 {
		return
	}
	if x := in.Args[0].Place; in.Args[0].Kind == ir.Addr && x.IsVar() && x.Base.Outlives() {
		if t := p.typeVar(f, x.Base.Name); t != nil && t.Unready == nil {
			t.Unready = &Witness{Func: f, Span: in.Span, Call: in.Fn}
		}
	}
}
