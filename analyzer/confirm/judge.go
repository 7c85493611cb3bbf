package confirm

import (
	"fmt"
	"strings"

	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/cmodel/refmodel"
	"github.com/refcheck/refcheck/cmodel/source"
)

// judgeLeak: the function is over, the object is alive, and its count is above
// what those who live on hold.
func (m *machine) judgeLeak() finding.Model {
	o := m.objs[1]
	when := "at return"
	if !m.exited {
		when = "after " + m.place(m.f.Span)
		m.settleAliases(o)
		m.heap.Forget(m.frame)
	}
	a := m.heap.Account(o.id)
	switch {
	case m.escaped != nil:
		return unsupported("unknown code reached at %s may own the reference", m.place(m.escaped.Span))
	case a.Surplus() > 0 && a.Held == 0:
		return confirmed("%s: %s has count %d, owned by nobody", when, m.name(o), a.Object.Count)
	case a.Surplus() > 0:
		return confirmed("%s: %s has count %d, but only %s: %d owned by nobody",
			when, m.name(o), a.Object.Count, m.who(a.Claims), a.Surplus())
	case m.over != nil && a.Missing() > 0:
		return m.tooMany("the call", a)
	case a.Object.State == refmodel.Freed && o.freed != nil:
		return refuted("%s is freed at %s: nothing is left to leak", m.name(o), m.place(o.freed.Span))
	case !o.owned:
		return unsupported("the path does not show how this function comes to own a reference")
	}
	return refuted("%s: %s has count %d, and %s", when, m.name(o), a.Object.Count, m.who(a.Claims))
}

// judgeRelease: a release took a reference that another holder relies on, or
// touched an object that was gone already.
func (m *machine) judgeRelease() finding.Model {
	o := m.objs[1]
	if m.fault != nil && m.fault.Op != "use" && m.escaped == nil {
		return m.touched(o)
	}
	a := m.heap.Account(o.id)
	if m.over != nil && a.Missing() > 0 {
		return m.tooMany("the release", a)
	}
	if m.over != nil && len(m.overBy) > 0 {
		return confirmed("the release at %s takes a reference that %s", m.place(m.over.Span), m.owns(m.overBy))
	}
	if m.escaped != nil {
		return unsupported("unknown code reached at %s may have given a reference", m.place(m.escaped.Span))
	}
	return refuted("each release is covered by a reference of the function; at the end %s has %s", m.name(o), m.balance(a))
}

// tooMany words the finding that count and holders disagree after m.over.
func (m *machine) tooMany(what string, a refmodel.Account) finding.Model {
	state := fmt.Sprintf("count %d", a.Object.Count)
	if a.Object.State == refmodel.Freed {
		state = "freed"
	}
	by := m.overBy
	if len(by) == 0 {
		by = a.Claims
	}
	return confirmed("%s at %s takes the reference that %s: %s is %s while %s",
		what, m.place(m.over.Span), m.owns(by), m.name(m.objs[1]), state, m.who(a.Claims))
}

// judgeUse: the path touched a freed object, or left a slot pointing to one.
func (m *machine) judgeUse() finding.Model {
	o := m.objs[1]
	if last := &m.f.Steps[len(m.f.Steps)-1]; last.Kind == finding.Store && m.fault == nil {
		return m.judgeKept(o, last)
	}
	a := m.heap.Account(o.id)
	switch {
	case m.fault != nil && m.escaped != nil:
		return unsupported("unknown code reached at %s may keep the object alive", m.place(m.escaped.Span))
	case m.fault != nil:
		return m.touched(o)
	case a.Object.State == refmodel.Freed && a.Missing() > 0 && o.freed != nil:
		return confirmed("after the release at %s %s is freed while %s", m.place(o.freed.Span), m.name(o), m.who(a.Claims))
	case m.ownerUnseen():
		return unsupported("the path does not show what happened to the owner the object is borrowed from")
	case m.given():
		return unsupported("the path does not show what the new owner did with the object")
	}
	return refuted("%s is alive with %s", m.name(o), m.balance(a))
}

// judgeKept: a pointer into the memory of an object is left in a place that outlives
// the call. The owner is then let go by the one who has lent it to the function.
func (m *machine) judgeKept(o *object, last *finding.Step) finding.Model {
	owner := m.objs[ownerOf(m.f.Steps)]
	if owner == nil {
		return unsupported("the path does not show what the pointer points into")
	}
	if m.heap.IsAlive(owner.id) {
		for _, c := range m.heap.Account(owner.id).Claims {
			for range max(0, c.Refs) {
				_ = m.heap.Decref(m.heap.Owner("the caller"), owner.id)
			}
		}
	}
	if m.heap.IsAlive(o.id) {
		return refuted("when the caller lets go of the owner, what '%s' points to is still there", last.Slot)
	}
	return confirmed("when the caller lets go of the object from %s, '%s' points to memory that is gone",
		m.place(owner.born), last.Slot)
}

// ownerOf is the number of the object that object 1 is a part of, 0 if none is shown.
func ownerOf(steps []finding.Step) int {
	for i := range steps {
		if s := &steps[i]; s.Object == 1 && s.Kind == finding.Borrow {
			return s.Other
		}
	}
	return 0
}

// judgeMelt: Python code that ran during a call took the object away, and the
// path uses it.
func (m *machine) judgeMelt() finding.Model {
	o := m.objs[1]
	switch a := m.heap.Account(o.id); {
	case m.f.Steps[len(m.f.Steps)-1].Slot == "size":
		return beyond("the model does not know the bounds of arrays")
	case m.fault != nil && o.freed != nil:
		return confirmed("the use at %s touches %s, which Python code run by %s at %s can free",
			m.place(m.faultAt.Span), m.name(o), o.freed.Callee, m.place(o.freed.Span))
	case m.escaped != nil:
		return unsupported("unknown code reached at %s may keep the object alive", m.place(m.escaped.Span))
	default:
		return refuted("%s is alive with %s", m.name(o), m.balance(a))
	}
}

// touched words an operation on a freed object.
func (m *machine) touched(o *object) finding.Model {
	what := map[string]string{"decref": "release", "incref": "Py_INCREF"}[m.fault.Op]
	if what == "" {
		what = "use"
	}
	if o.freed == nil {
		return confirmed("the %s at %s touches %s, which is freed", what, m.place(m.faultAt.Span), m.name(o))
	}
	return confirmed("the %s at %s touches %s, which the release at %s freed",
		what, m.place(m.faultAt.Span), m.name(o), m.place(o.freed.Span))
}

// ownerUnseen: the object is borrowed from another one, of which the path tells
// nothing.
func (m *machine) ownerUnseen() bool {
	for _, s := range m.f.Steps {
		if s.Object == 1 && s.Kind == finding.Borrow {
			return s.Other == 0 || m.objs[s.Other] == nil || m.objs[s.Other].steps == 0
		}
	}
	return !m.objs[1].made
}

// given: a call took over the function's reference.
func (m *machine) given() bool {
	for _, s := range m.f.Steps {
		if s.Object == 1 && s.Kind == finding.Steal {
			return true
		}
	}
	return false
}

// judgeReturn: the caller was handed a reference that the count does not cover.
func (m *machine) judgeReturn() finding.Model {
	o := m.objs[1]
	if m.fault != nil {
		return m.touched(o)
	}
	if !m.exited {
		return unsupported("the path does not reach a return")
	}
	a := m.heap.Account(o.id)
	if a.Missing() == 0 {
		return refuted("at return: %s has %s", m.name(o), m.balance(a))
	}
	return m.uncovered("at return", m.caller.Name, a)
}

// judgeStore: a slot or container relies on a reference that the count does not
// cover.
func (m *machine) judgeStore() finding.Model {
	o := m.objs[1]
	m.settleAliases(o)
	m.heap.Forget(m.frame)
	if m.fault != nil {
		return m.touched(o)
	}
	a := m.heap.Account(o.id)
	switch {
	case m.escaped != nil:
		return unsupported("unknown code reached at %s may have given a reference", m.place(m.escaped.Span))
	case a.Missing() > 0:
		return m.uncovered("after "+m.place(m.f.Span), "the new holder", a)
	}
	return refuted("after %s: %s has %s", m.place(m.f.Span), m.name(o), m.balance(a))
}

// uncovered lets the new holder release what it believes to hold, which is what
// turns a missing reference into a crash.
func (m *machine) uncovered(when, holder string, a refmodel.Account) finding.Model {
	return confirmed("%s: %s has count %d, but %s; when %s lets go, the others are left with %d",
		when, m.name(m.objs[1]), a.Object.Count, m.who(a.Claims), holder, max(0, a.Object.Count-1))
}

func (m *machine) balance(a refmodel.Account) string {
	return fmt.Sprintf("count %d, and %s", a.Object.Count, m.who(a.Claims))
}

// who says who holds how many references: "the caller holds 1 and 'x' holds 1".
func (m *machine) who(claims []refmodel.Claim) string {
	var parts []string
	for _, c := range claims {
		if c.Refs > 0 {
			parts = append(parts, fmt.Sprintf("%s holds %d", m.holder(c), c.Refs))
		}
	}
	if len(parts) == 0 {
		return "nobody holds any"
	}
	return strings.Join(parts, " and ")
}

// owns says whose a reference is: "the caller owns".
func (m *machine) owns(claims []refmodel.Claim) string {
	for _, c := range claims {
		if c.Refs > 0 && c.Owner != m.frame.Name {
			return m.holder(c) + " owns"
		}
	}
	return "nobody owns"
}

// holder names who makes a claim; objects are named after the place they are
// from.
func (m *machine) holder(c refmodel.Claim) string {
	for n, o := range m.objs {
		if o.id == c.Holder && c.Holder != refmodel.NULL {
			if n == 1 || o.made {
				return m.name(o)
			}
			return "the container"
		}
	}
	return c.Owner
}

// name says what the object is: "object from line 27". A slot's name would stand
// for the holder.
func (m *machine) name(o *object) string {
	if o == m.objs[1] && !o.made && m.f.Object != "" {
		if isSlot(m.f.Object) {
			return "the object"
		}
		return "'" + m.f.Object + "'"
	}
	return "object from " + m.place(o.born)
}

// place names a position: the line, and the file if it is another one than the
// finding's.
func (m *machine) place(s source.Span) string {
	switch {
	case s.File != m.f.Span.File && s.File != "":
		return fmt.Sprintf("%s:%d", s.File, s.Line)
	case s.Line == 0:
		return "an unknown line"
	}
	return fmt.Sprintf("line %d", s.Line)
}
