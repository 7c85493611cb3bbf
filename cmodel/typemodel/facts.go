package typemodel

import (
	"slices"

	"github.com/refcheck/refcheck/cmodel/ir"
)

// Facts is what a slot function does with the instance.
type Facts struct {
	Func    *ir.Func
	Actions []Action
	End     State // on return
	Cut     bool  // not followed to the end
}

// Facts says what the function in a slot does, nil if the slot is empty or its
// function not in the project.
func (t *Type) Facts(slot string) *Facts {
	if f, ok := t.facts[slot]; ok {
		return f
	}
	t.facts[slot] = t.project.factsOf(t, t.Slot(slot))
	return t.facts[slot]
}

// factsOf follows a function whose first parameter is the instance.
func (p *Project) factsOf(t *Type, s *Slot) *Facts {
	if s == nil || s.Func == nil || len(s.Func.Params) == 0 || len(s.Func.Blocks) == 0 {
		return nil
	}
	f := &Facts{Func: s.Func}
	f.Actions, f.End, f.Cut = p.actionsOf(t, s.Func, [][]Path{{""}})
	return f
}

// All yields the actions of a kind.
func (f *Facts) All(kind ActionKind) []*Action {
	var out []*Action
	if f == nil {
		return nil
	}
	for i := range f.Actions {
		if f.Actions[i].Kind == kind {
			out = append(out, &f.Actions[i])
		}
	}
	return out
}

// First is the first action of a kind, nil if there is none.
func (f *Facts) First(kind ActionKind) *Action {
	if all := f.All(kind); len(all) > 0 {
		return all[0]
	}
	return nil
}

// At is the first action of a kind on a path, nil if there is none.
func (f *Facts) At(kind ActionKind, p Path) *Action {
	for _, a := range f.All(kind) {
		if a.Path == p {
			return a
		}
	}
	return nil
}

// Calls reports whether the function calls the slot of a base.
func (f *Facts) Calls(slot string) *Action {
	for _, a := range f.All(BaseSlot) {
		if a.Call == slot {
			return a
		}
	}
	return nil
}

// Blind reports whether what happens to a path is not certain: the instance, or a
// part of it that contains the path, is given to code that is not known.
func (f *Facts) Blind(p Path) bool {
	return f == nil || f.Cut || slices.ContainsFunc(f.All(Escape), func(a *Action) bool {
		return a.Path == "" || a.Path == p || p.Below(a.Path)
	})
}

// Paths are the paths of the actions of a kind, each once.
func (f *Facts) Paths(kind ActionKind) []Path {
	var out []Path
	for _, a := range f.All(kind) {
		if !slices.Contains(out, a.Path) {
			out = append(out, a.Path)
		}
	}
	return out
}

// Frees reports whether the function frees the memory that a path lies in: an
// array, or a struct that the instance points to.
func (f *Facts) Frees(p Path) bool {
	for _, a := range f.All(FreeMemory) {
		if a.Path == p || p.Below(a.Path) {
			return true
		}
	}
	return false
}

// Detaches reports whether the function assigns to what is at a path, or to a
// field on the way to it.
func (f *Facts) Detaches(p Path) bool {
	return slices.ContainsFunc(f.All(Store), func(a *Action) bool { return a.Path == p || p.Below(a.Path) })
}

// StoresAfter reports whether a field is assigned to after an action, in the order
// of the code.
func (f *Facts) StoresAfter(a *Action, p Path) bool {
	return slices.ContainsFunc(f.All(Store), func(s *Action) bool { return s.Path == p && a.Span.Before(s.Span.Pos) })
}

// AsksForType reports whether the function looks at the flags of the type, as one
// does that serves static and heap types.
func (f *Facts) AsksForType() bool {
	return slices.ContainsFunc(f.Actions, func(a Action) bool { return a.Kind == AskType })
}

// Calling reports whether the slot function itself calls one of some functions.
func (f *Facts) Calling(names ...string) bool {
	return slices.ContainsFunc(f.Func.Blocks, func(b *ir.Block) bool {
		return slices.ContainsFunc(b.Instrs, func(in ir.Instr) bool { return slices.Contains(names, in.Fn) })
	})
}

// Instance is what the function calls the instance.
func (f *Facts) Instance() string {
	if len(f.Func.Params) == 0 {
		return "self"
	}
	return f.Func.Params[0].String()
}

// Self begins an access to a field of the instance: "self->".
func (f *Facts) Self() string {
	p := f.Func.Params[0]
	if p.Type.IsObjectPtr() && p.Type.Elem.Name != "PyObject" {
		return p.String() + "->"
	}
	for _, b := range f.Func.Blocks {
		for i := range b.Instrs {
			in := &b.Instrs[i]
			if in.Op == ir.Copy && in.Dst.IsVar() && in.Dst.Base.Name != "" && in.X.Kind == ir.Load && in.X.Place.IsVar() && in.X.Place.Base == p {
				return in.Dst.Base.Name + "->"
			}
		}
	}
	return "self->"
}

// Changes reports whether Python code can make a field of an instance refer to
// another object: through a member, a method, a setter. That __init__ can be called
// again does not count, nor what an iterator keeps of its last step.
func (t *Type) Changes(f *Field) bool {
	if t.WritableMember(f.Path) {
		return true
	}
	for _, g := range t.methods() {
		for _, a := range t.project.factsOf(t, &Slot{Func: g}).All(Store) {
			if a.Path == f.Path && !a.Null {
				return true
			}
		}
	}
	return false
}

// changers are the slots that Python code changes instances through.
var changers = []string{"tp_setattro", "tp_setattr", "tp_call", "tp_descr_set", "mp_ass_subscript", "sq_ass_item"}

// methods lists the methods, getters, setters and such of a type.
func (t *Type) methods() []*ir.Func {
	var out []*ir.Func
	add := func(f *ir.Func) {
		if f != nil && !slices.Contains(out, f) {
			out = append(out, f)
		}
	}
	for _, name := range changers {
		if s := t.Own(name); s != nil {
			add(s.Func)
		}
	}
	for _, name := range []string{"tp_methods", "tp_getset"} {
		s := t.Own(name)
		if s == nil || s.table == nil || s.table.Init == nil {
			continue
		}
		for _, row := range s.table.Init.Elems {
			if named(row, "__setstate__") {
				continue // copy and pickle call it, for an instance that is new
			}
			for _, e := range row.Elems {
				if e.Value.Kind == ir.FuncRef {
					add(t.project.funcIn(t.unit, e.Value.Str))
				}
			}
		}
	}
	return out
}

// named reports whether a row of a table is for a name.
func named(row *ir.Init, name string) bool {
	return slices.ContainsFunc(row.Elems, func(e *ir.Init) bool { return e.Value.Kind == ir.String && e.Value.Str == name })
}

// WritableMember reports whether Python code can assign to a field.
func (t *Type) WritableMember(p Path) bool {
	return slices.ContainsFunc(t.Members, func(m Member) bool { return m.Field == string(p) && m.Object && !m.ReadOnly })
}
