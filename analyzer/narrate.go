package analyzer

import (
	"fmt"

	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/rule"
)

// narrate puts the steps of a path into words.
func narrate(f *finding.Finding, e *rule.Event) {
	name := "the object"
	if e.Object.Name != "" {
		name = "'" + e.Object.Name + "'"
	}
	for i := range f.Steps {
		s := &f.Steps[i]
		if i == len(f.Steps)-1 {
			s.Message = lastStep(s, e, name)
		} else {
			s.Message = stepText(s, name)
		}
	}
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

func stepText(s *finding.Step, name string) string {
	switch s.Kind {
	case finding.Acquire:
		return fmt.Sprintf("%s returns a new reference: this function owns %d", s.Callee, s.Owned)
	case finding.Borrow:
		return fmt.Sprintf("%s returns a borrowed reference", s.Callee)
	case finding.Incref:
		return fmt.Sprintf("%s: this function owns %s", s.Callee, refs(s.Owned))
	case finding.Decref:
		if s.Owned < 0 {
			return fmt.Sprintf("%s releases a reference this function does not own", s.Callee)
		}
		return fmt.Sprintf("%s: this function owns %s", s.Callee, refs(s.Owned))
	case finding.Release:
		return fmt.Sprintf("%s releases the last reference: %s may be freed", s.Callee, name)
	case finding.Steal:
		return fmt.Sprintf("%s takes over the reference to %s", s.Callee, name)
	case finding.Store:
		return fmt.Sprintf("%s is stored in '%s'", name, s.Slot)
	case finding.Escape:
		return fmt.Sprintf("%s is passed to code refcheck does not know", name)
	case finding.Call:
		if s.Failed {
			return fmt.Sprintf("%s fails", s.Callee)
		}
		return "calls " + s.Callee
	case finding.Branch:
		return "the condition is " + s.Slot
	}
	return string(s.Kind)
}

func lastStep(s *finding.Step, e *rule.Event, name string) string {
	switch e.Kind {
	case rule.Lost:
		switch e.How {
		case rule.AtReturn:
			return fmt.Sprintf("%s still has %s and nobody owns it", name, refs(max(1, s.Owned)))
		case rule.Overwritten:
			return fmt.Sprintf("the last pointer to %s is overwritten: nobody can release it", name)
		case rule.Dropped:
			return "the new reference is dropped: nobody can release it"
		case rule.Temporary:
			return fmt.Sprintf("%s does not take over the reference of argument %d: nobody can release it", e.Call, e.Arg)
		}
	case rule.ReleaseUnowned:
		return fmt.Sprintf("%s releases a reference this function does not own", e.Call)
	case rule.UseReleased:
		return fmt.Sprintf("%s is %s after its release", name, e.Used)
	case rule.ReturnBorrowed:
		return "the caller gets a reference that nobody gave it"
	case rule.StoreBorrowed:
		return fmt.Sprintf("'%s' owns what it holds, but gets a borrowed reference", e.Slot)
	case rule.StealBorrowed:
		return fmt.Sprintf("%s takes over a reference this function does not own", e.Call)
	case rule.ReleaseThenSet:
		return fmt.Sprintf("'%s' still points to the object while it is released", e.Slot)
	case rule.RefcntWrite:
		return "the reference count is written directly"
	case rule.Unchecked:
		return fmt.Sprintf("the result of %s is ignored", e.Call)
	}
	return stepText(s, name)
}
