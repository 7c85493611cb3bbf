package confirm

import (
	"slices"
	"strings"

	"github.com/refcheck/refcheck/cmodel/refmodel"
)

// release drops a reference in the name of the function.
func (m *machine) release(o *object) {
	if m.now.Object == 1 && m.frame.Held(o.id) <= 0 && m.over == nil && m.heap.IsAlive(o.id) {
		m.over, m.overBy = m.now, m.otherClaims(o)
	}
	m.try(o, m.heap.Decref(m.frame, o.id))
}

// melt runs the Python code that is worst for whoever has borrowed o: it takes o
// away from every container and slot that holds it.
func (m *machine) melt(o *object) {
	_, err := m.heap.Evict(o.id)
	m.try(o, err)
	for _, c := range m.otherClaims(o) {
		for _, slot := range m.slots {
			if slot.Name == c.Owner && slot.Held(o.id) > 0 {
				m.try(o, m.heap.Decref(slot, o.id))
			}
		}
	}
}

// steal hands the function's reference to a container, or to whatever the callee
// makes of it. A call that fails releases it.
func (m *machine) steal(o *object) {
	s := m.now
	if s.Object == 1 && m.frame.Held(o.id) <= 0 && m.over == nil && m.heap.IsAlive(o.id) {
		m.over, m.overBy = s, m.otherClaims(o)
	}
	if s.Failed {
		m.try(o, m.heap.Decref(m.frame, o.id))
		return
	}
	if s.Other != 0 && s.Other != s.Object {
		c := m.container(s.Other)
		_, err := m.heap.Put(c.id, "stolen at "+m.place(s.Span), o.id, m.frame)
		m.try(o, err)
		return
	}
	name := s.Callee
	if name == "" {
		name = "the callee"
	}
	m.try(o, m.heap.Move(m.frame, m.heap.Owner("what "+name+" keeps"), o.id))
}

// store puts the object into a slot. Who holds the reference now follows from
// what the function owns afterwards: less than before means that the slot got
// one; a call means that the callee took one of its own; otherwise the slot is
// one more pointer, to be settled when the function ends.
func (m *machine) store(o *object) {
	s := m.now
	if m.last && m.f.Kind != "borrowed-store" && s.Owned > 0 {
		m.unalias(o, s.Slot) // the finding: what held the object is overwritten
		return
	}
	slot := m.destination()
	switch {
	case s.Owned < m.frame.Held(o.id):
		m.try(o, m.heap.Move(m.frame, slot, o.id))
	case s.Callee != "":
		m.try(o, m.heap.Incref(slot, o.id))
	default:
		m.unalias(o, s.Slot)
		o.aliases = append(o.aliases, slot)
	}
	m.displace(s.Slot, slot, o)
}

// destination returns the owner that stands for the slot of the current step.
// A slot that is written anew is a new owner: it forgets what it held.
func (m *machine) destination() *refmodel.Owner {
	s := m.now
	name := s.Slot
	if name == "" {
		name = "a place " + m.place(s.Span) + " stores to"
	}
	return m.heap.Owner("'" + name + "'")
}

// displace makes slot the holder known by name; what it held before is not
// released by a C assignment.
func (m *machine) displace(name string, slot *refmodel.Owner, o *object) {
	if name == "" {
		return
	}
	if old := m.slots[name]; old != nil {
		if old.Held(o.id) > 0 {
			slot, old = old, slot // stored where it was read from
		}
		m.heap.Forget(old)
	}
	m.slots[name] = slot
	for _, x := range m.objs {
		if x != o {
			m.unalias(x, name)
		}
	}
}

func (m *machine) unalias(o *object, name string) {
	if slot := m.slots[name]; slot != nil && slot.Held(o.id) > 0 {
		m.heap.Forget(slot) // it had a reference, which is nobody's now
	}
	o.aliases = slices.DeleteFunc(o.aliases, func(a *refmodel.Owner) bool { return a.Name == "'"+name+"'" })
}

// exit ends the function. A reference it owns before and not afterwards goes to
// the caller; slots that point to the object take over one each; the rest is
// nobody's.
func (m *machine) exit() {
	m.exited = true
	o := m.objs[m.now.Object]
	if o == nil && m.now.Object != 0 {
		o = m.meet(m.now)
	}
	if o != nil && m.now.Object == 1 {
		m.hand(o)
	}
	for _, o := range m.objs {
		m.settleAliases(o)
	}
	m.heap.Forget(m.frame)
}

// hand gives the caller what the function returns.
func (m *machine) hand(o *object) {
	held := m.frame.Held(o.id)
	switch m.f.Kind {
	case "borrowed-return":
		m.try(o, m.heap.Use(o.id))
		if held > 0 {
			_ = m.heap.Move(m.frame, m.caller, o.id)
		} else {
			_ = m.heap.Claim(m.caller, o.id)
		}
	case "use-after-release":
		m.try(o, m.heap.Use(o.id))
	case "leak":
		if left := m.now.Owned; left > 0 && held > left {
			for range held - left {
				_ = m.heap.Move(m.frame, m.caller, o.id)
			}
		}
	}
}

// settleAliases makes the slots that point to o its holders.
func (m *machine) settleAliases(o *object) {
	for _, slot := range o.aliases {
		if m.frame.Held(o.id) > 0 {
			_ = m.heap.Move(m.frame, slot, o.id)
		} else {
			_ = m.heap.Claim(slot, o.id)
		}
	}
	o.aliases = nil
}

// otherClaims lists who, besides the function, holds references to o.
func (m *machine) otherClaims(o *object) []refmodel.Claim {
	var out []refmodel.Claim
	for _, c := range m.heap.Account(o.id).Claims {
		if c.Refs > 0 && c.Owner != m.frame.Name {
			out = append(out, c)
		}
	}
	return out
}

// isSlot reports whether a name is that of a field or array element rather than
// of a variable.
func isSlot(name string) bool { return strings.Contains(name, "->") || strings.ContainsAny(name, ".[") }
