package typemodel

import (
	"github.com/refcheck/refcheck/cmodel/contract"
	"github.com/refcheck/refcheck/cmodel/ir"
)

// ReleasedQuietly reports whether releasing what a field of struct strct holds runs
// no Python code, as far as the project tells: it is given strings, numbers and the
// like only, or its type is one of the project that Python code cannot derive from
// and whose tp_dealloc releases nothing.
func (p *Project) ReleasedQuietly(strct, field string) bool {
	e := p.fields[fieldKey{strct, field}]
	if e != nil && e.stored && e.holds <= Atomic {
		return true
	}
	for _, u := range p.units {
		st := u.Structs[strct]
		if st == nil {
			continue
		}
		for _, f := range st.Fields {
			if f.Name == field && f.Type.IsObjectPtr() {
				return p.diesQuietly(f.Type.Elem)
			}
		}
	}
	return false
}

// diesQuietly reports whether no Python code can run when an object that is a struct x
// dies.
func (p *Project) diesQuietly(x *ir.Type) bool {
	for _, t := range p.Types {
		if t.Struct == nil || t.Struct.Name != x.Name && t.unit.Structs[x.Name] != t.Struct {
			continue
		}
		slot := t.Slots["tp_dealloc"]
		if !t.FlagsKnown || t.Flags&BaseType != 0 || slot == nil || slot.Func == nil || !t.plain() {
			return false
		}
		c := p.lookup(slot.Func, slot.Func.Name)
		return c != nil && c.Runs == contract.RunsNothing
	}
	return false
}
