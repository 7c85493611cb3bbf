package typemodel

import (
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
	Slots map[string]*Slot
	Funcs []*ir.Func // of the file that defines the module

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
			m.Multi = e.Value.Kind == ir.Addr
		case "m_traverse", "m_clear", "m_free":
			if e.Value.Kind == ir.FuncRef {
				m.Slots[e.Field] = &Slot{Name: e.Field, Ref: e.Value.Str, Func: p.funcIn(u, e.Value.Str), Span: e.Span}
			}
		}
	}
	p.Modules = append(p.Modules, m)
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
