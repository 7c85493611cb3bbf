package analyzer

import (
	"fmt"

	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/rule"
	"github.com/refcheck/refcheck/cmodel/cfront"
)

// maxPlain is how many steps an excerpt has that needs no branches to be
// understood.
const maxPlain = 3

// narrate puts the steps of a path into words and decides which branches a short
// report shows.
func (a *analysis) narrate(f *finding.Finding, e *rule.Event) {
	name := "the object"
	if e.Object.Name != "" {
		name = "'" + e.Object.Name + "'"
	}
	other := func(n int) string {
		if n < len(f.Objects) && f.Objects[n] != "" {
			return "'" + f.Objects[n] + "'"
		}
		return "the owner"
	}
	f.Steps = endOnce(f.Steps)
	plain := 0
	for i := range f.Steps {
		if s := &f.Steps[i]; s.Main && s.Kind != finding.Branch {
			plain++
		}
	}
	for i := range f.Steps {
		s := &f.Steps[i]
		switch {
		case s.Kind == finding.Branch:
			c := conditionAt(e.Func, s)
			s.Message = a.branchText(c, s)
			s.Main = s.Main && plain < maxPlain && c != nil && c.notNull()
		case i == len(f.Steps)-1:
			s.Message = a.lastStep(f, s, e, name)
		case s.Kind == finding.Call && s.Slot == "GIL":
			s.Message = gilText(s, e)
		case e.Kind == rule.ResourceLost && s.Kind == finding.Acquire:
			s.Message = s.Callee + " acquires what must be given back"
		case e.Kind == rule.Dangles && s.Object == 1:
			s.Message = pointerText(s, e, name)
		case s.Object > 1:
			s.Message = a.stepText(f, s, other(s.Object))
		default:
			s.Message = a.stepText(f, s, name)
		}
	}
}

// endOnce ends a path at the step that its last step points back to, unless
// something happens to the object in between. The engine is certain of some
// defects only when the function returns, and reports them where they began.
func endOnce(steps []finding.Step) []finding.Step {
	n := len(steps)
	if n == 0 {
		return steps
	}
	last := &steps[n-1]
	for i := n - 2; i >= 0; i-- {
		s := &steps[i]
		if s.Object != last.Object {
			continue
		}
		if s.Kind == last.Kind && s.Span == last.Span {
			return steps[:i+1]
		}
		break
	}
	return steps
}

// branchText says what a branch establishes.
func (a *analysis) branchText(c *condition, s *finding.Step) string {
	if c != nil {
		if text := c.text(a.table); text != "" {
			return text
		}
	}
	return "the condition is " + s.Slot
}

// given says how a call hands out a reference: as its result, or through an
// argument.
func (a *analysis) given(s *finding.Step, reference, name string) string {
	switch f := a.table.Lookup(s.Callee); {
	case f == nil:
	case f.Special == "revive":
		return fmt.Sprintf("%s makes %s a new object", s.Callee, name)
	case !cfront.ParseType(f.Result.Type).IsPtr():
		return fmt.Sprintf("%s stores %s in %s", s.Callee, reference, name)
	}
	return fmt.Sprintf("%s returns %s", s.Callee, reference)
}

func refs(n int) string {
	switch n {
	case 0:
		return "no reference"
	case 1:
		return "1 reference"
	}
	return fmt.Sprintf("%d references", n)
}

func (a *analysis) stepText(f *finding.Finding, s *finding.Step, name string) string {
	switch s.Kind {
	case finding.Acquire:
		if s.Callee == "" {
			return fmt.Sprintf("takes over the caller's reference to %s, as its other ways out show", name)
		}
		return fmt.Sprintf("%s: this function owns %d", a.given(s, "a new reference", name), s.Owned)
	case finding.Borrow:
		if s.Callee == "" && s.Slot != "" && f.Kind == "thin-ice" {
			return fmt.Sprintf("only '%s' owns the object", s.Slot)
		}
		if s.Callee == "" && s.Slot != "" {
			return fmt.Sprintf("'%s' may hold an object when the function is called, and owns it", s.Slot)
		}
		return a.given(s, "a borrowed reference", name)
	case finding.Incref:
		return fmt.Sprintf("%s: this function owns %s", s.Callee, refs(s.Owned))
	case finding.Decref:
		if s.Slot != "" {
			return fmt.Sprintf("tp_dealloc releases '%s': this function owns %s", s.Slot, refs(s.Owned))
		}
		if s.Owned < 0 {
			return fmt.Sprintf("%s releases a reference this function does not own", s.Callee)
		}
		return fmt.Sprintf("%s: this function owns %s", s.Callee, refs(s.Owned))
	case finding.Release:
		return fmt.Sprintf("%s releases the last reference: %s may be freed", s.Callee, name)
	case finding.Steal:
		return fmt.Sprintf("%s takes over the reference to %s", s.Callee, name)
	case finding.Store:
		if s.Gone {
			return fmt.Sprintf("'%s' no longer points to %s", s.Slot, name)
		}
		return fmt.Sprintf("%s is stored in '%s'", name, s.Slot)
	case finding.Escape:
		return fmt.Sprintf("%s is passed to code refcheck does not know", name)
	case finding.Call:
		if s.Hook != "" {
			return fmt.Sprintf("%s may run %s: the owner of %s can let go of it", s.Callee, s.Hook, name)
		}
		if s.Failed {
			return fmt.Sprintf("%s fails", s.Callee)
		}
		return "calls " + s.Callee
	}
	return string(s.Kind)
}

func (a *analysis) lastStep(f *finding.Finding, s *finding.Step, e *rule.Event, name string) string {
	switch e.Kind {
	case rule.Lost:
		switch e.How {
		case rule.AtReturn, rule.Forgotten:
			return fmt.Sprintf("%s still has %s and nobody owns it", name, refs(max(1, s.Owned)))
		case rule.Overwritten:
			return fmt.Sprintf("the last pointer to %s is overwritten: nobody can release it", name)
		case rule.Dropped:
			return "the new reference is dropped: nobody can release it"
		case rule.Temporary:
			return fmt.Sprintf("%s does not take over the reference of argument %d: nobody can release it", e.Call, e.Arg)
		}
	case rule.ReleaseUnowned:
		if e.Slot != "" {
			return fmt.Sprintf("tp_dealloc releases '%s', whose reference this function has released before", e.Slot)
		}
		return fmt.Sprintf("%s releases a reference this function does not own", e.Call)
	case rule.UseReleased:
		return fmt.Sprintf("%s is %s after its release", name, e.Used)
	case rule.ThinIce:
		if e.How == rule.StaleCheck {
			return fmt.Sprintf("%s is %s, and may be NULL", name, e.Used)
		}
		return fmt.Sprintf("%s is %s, and may be gone", name, e.Used)
	case rule.ReturnBorrowed:
		return "the caller gets a reference that nobody gave it"
	case rule.StoreBorrowed:
		return fmt.Sprintf("'%s' owns what it holds, but gets a borrowed reference", e.Slot)
	case rule.StealBorrowed:
		return fmt.Sprintf("%s takes over a reference this function does not own", e.Call)
	case rule.ResourceLost:
		return "returns without giving it back"
	case rule.WithoutGIL:
		return fmt.Sprintf("%s is called without the GIL", e.Call)
	case rule.Racy:
		owner := "somebody else"
		if e.Slot != "" {
			owner = "'" + e.Slot + "'"
		}
		return "from here on only " + owner + " keeps the object alive, which another thread can change"
	case rule.UniqueByCount:
		return "another thread may be about to take a reference"
	case rule.OldAPI:
		return "calls " + e.Call
	case rule.GILLeft:
		return "returns like this"
	case rule.Dangles:
		if e.How == rule.StaleCheck {
			return fmt.Sprintf("%s is %s, and may be NULL", name, e.Used)
		}
		return fmt.Sprintf("%s is %s, but what it points to may be gone", name, e.Used)
	case rule.ReleaseThenSet:
		return fmt.Sprintf("'%s' still points to the object while it is released", e.Slot)
	case rule.RefcntWrite:
		return "the reference count is written directly"
	case rule.Unchecked:
		return fmt.Sprintf("when %s fails, %s still has a reference and nobody owns it", e.Call, name)
	}
	return a.stepText(f, s, name)
}

// pointerText says what happens to a pointer into the memory of an object.
func pointerText(s *finding.Step, e *rule.Event, name string) string {
	owner := "an object"
	if e.Object.Owner != "" {
		owner = "'" + e.Object.Owner + "'"
	}
	switch {
	case e.How == rule.StaleCheck && s.Kind == finding.Call:
		return fmt.Sprintf("%s may run %s: the object can set %s to NULL", s.Callee, s.Hook, name)
	case e.How == rule.Freed && s.Kind == finding.Call:
		return fmt.Sprintf("%s may run %s: the object that %s belongs to can free it", s.Callee, s.Hook, name)
	case s.Kind == finding.Borrow:
		return fmt.Sprintf("%s points into the memory of %s", name, owner)
	case s.Kind == finding.Store:
		return fmt.Sprintf("%s is stored in '%s'", name, s.Slot)
	case s.Kind == finding.Release && e.How == rule.Melted:
		return fmt.Sprintf("%s can run Python code, which can make %s give up that memory", s.Callee, owner)
	case s.Kind == finding.Release:
		return fmt.Sprintf("%s may move the memory of %s", s.Callee, owner)
	}
	return string(s.Kind)
}

// gilText says what a call does to the GIL.
func gilText(s *finding.Step, e *rule.Event) string {
	if e.Kind == rule.GILLeft && e.How == rule.AtReturn {
		return s.Callee + " gives this thread the GIL"
	}
	return s.Callee + " releases the GIL"
}
