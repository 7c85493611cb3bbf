package typemodel

import (
	"slices"
	"strings"

	"github.com/refcheck/refcheck/cmodel/ir"
	"github.com/refcheck/refcheck/cmodel/source"
)

// A Module is a module definition.
type Module struct {
	Var  string
	Name string
	Span source.Span
	// Size is m_size; Sized is false if the source does not tell. Where it is the
	// size of a struct, State is that struct.
	Size  int64
	Sized bool
	State *ir.Struct
	Multi bool // multi-phase: it has m_slots
	// Single: it says that it does not support several interpreters.
	Single bool
	Slots  map[string]*Slot
	Funcs  []*ir.Func // of the file that defines the module

	project *Project
	unit    *ir.Unit
	facts   map[string]*Facts
}

// addModule reads a PyModuleDef.
func (p *Project) addModule(u *ir.Unit, g *ir.Global) {
	if g.Init == nil {
		return
	}
	m := &Module{Var: g.Name, Span: g.Span, Sized: true, Slots: map[string]*Slot{}, project: p, unit: u, Funcs: u.Funcs, facts: map[string]*Facts{}}
	for _, e := range g.Init.Elems {
		switch e.Field {
		case "m_name":
			m.Name = e.Value.Str
		case "m_size":
			m.setSize(&e.Value)
		case "m_slots":
			m.readSlots(&e.Value)
		case "m_traverse", "m_clear", "m_free":
			if e.Value.Kind == ir.FuncRef {
				m.Slots[e.Field] = &Slot{Name: e.Field, Ref: e.Value.Str, Func: p.funcIn(u, e.Value.Str), Span: e.Span}
			}
		}
	}
	p.Modules = append(p.Modules, m)
}

// modInterpreters is Py_mod_multiple_interpreters, Include/moduleobject.h. Its
// value is a null pointer where several are not supported.
const modInterpreters = 3

// readSlots reads m_slots.
func (m *Module) readSlots(v *ir.Operand) {
	m.Multi = v.Kind == ir.Addr
	if !m.Multi || v.Place.Base == nil {
		return
	}
	g := m.project.names.Global(m.Span.File, v.Place.Base.Name)
	if g == nil || g.Init == nil {
		return
	}
	for _, row := range g.Init.Elems {
		slot, null := int64(0), true
		for _, e := range row.Elems {
			if e.Field == "slot" {
				slot = e.Value.Int
			} else {
				null = e.Value.Kind == ir.Const && e.Value.Int == 0
			}
		}
		m.Single = m.Single || slot == modInterpreters && null
	}
}

func (m *Module) setSize(v *ir.Operand) {
	if v.Kind == ir.Const {
		m.Size = v.Int
		return
	}
	m.Sized = false
	if s, ok := strings.CutPrefix(v.Str, "sizeof("); ok {
		m.State = m.unit.Structs[strings.TrimSuffix(s, ")")]
		m.Sized, m.Size = true, 1
	}
}

// Facts says what m_traverse, m_clear or m_free does with the module's state; nil if
// there is no such function.
func (m *Module) Facts(slot string) *Facts {
	if f, ok := m.facts[slot]; ok {
		return f
	}
	m.facts[slot] = nil
	if s := m.Slots[slot]; s != nil && s.Func != nil && len(s.Func.Params) > 0 && len(s.Func.Blocks) > 0 {
		f := &Facts{Func: s.Func}
		f.Actions, f.End, f.Cut = m.project.actionsOf(nil, s.Func, [][]Path{{moduleOf}})
		m.facts[slot] = f
	}
	return m.facts[slot]
}

// Fields lists the object fields of the module's state, as far as something is
// stored in them.
func (m *Module) Fields() []*Field {
	if m.State == nil {
		return nil
	}
	t := &Type{Struct: m.State, unit: m.unit, project: m.project, facts: map[string]*Facts{}}
	var out []*Field
	for _, f := range t.Fields() {
		if f.Holds > Nothing && m.project.evidenceOf(t, f.Path) != nil {
			out = append(out, f)
		}
	}
	return out
}

// Unplugged reports whether the file has a function made for m_traverse that no
// table mentions: the table depends on macros that are not known.
func (m *Module) Unplugged() bool {
	used := map[*ir.Func]bool{}
	for _, t := range m.project.Types {
		if s := t.Own("tp_traverse"); s != nil {
			used[s.Func] = true
		}
	}
	for _, o := range m.project.Modules {
		if s := o.Slots["m_traverse"]; s != nil {
			used[s.Func] = true
		}
	}
	return slices.ContainsFunc(m.Funcs, func(f *ir.Func) bool {
		return len(f.Params) == 3 && f.Params[1].Type != nil && f.Params[1].Type.Name == "visitproc" && f.Params[0].Type.IsObjectPtr() &&
			f.Params[0].Type.Elem.Name == "PyObject" && !used[f] && f.Span.File == m.Span.File
	})
}

// Statics lists the static variables of the module's file in which functions put
// objects that they make: every interpreter that imports the module shares them.
// Where a file defines several modules it is not certain whose they are.
func (m *Module) Statics() []*Witness {
	if m.shares() {
		return nil
	}
	var out []*Witness
	seen := map[string]bool{}
	for _, f := range m.Funcs {
		d := newDefs(m.project, f)
		for _, b := range f.Blocks {
			for i := range b.Instrs {
				in := &b.Instrs[i]
				if !in.Dst.IsVar() || !in.Dst.Base.Outlives() || !in.Dst.Type.IsObjectPtr() || seen[in.Dst.Base.Name] {
					continue
				}
				own := in.Op == ir.Call && d.isNew(in)
				if in.Op == ir.Copy {
					own, _ = d.owns(&in.X, 0)
				}
				if own {
					seen[in.Dst.Base.Name] = true
					out = append(out, &Witness{Func: f, Span: in.Span, Call: in.Dst.Base.Name})
				}
			}
		}
	}
	return out
}
