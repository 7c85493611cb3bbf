package deallocfree

import (
	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/rule"
	"github.com/refcheck/refcheck/cmodel/ir"
	"github.com/refcheck/refcheck/cmodel/typemodel"
)

// chained finds functions that free the instance and call the base as well, which
// frees it again, or call a base whose function starts from the type of the instance.
func chained(t *typemodel.Type, dealloc *typemodel.Facts) []*rule.Defect {
	for i := range dealloc.Actions {
		a := &dealloc.Actions[i]
		calls := a.Kind == typemodel.BaseSlot && a.Call == "tp_dealloc"
		switch {
		case calls && startsAgain(t, a):
			return []*rule.Defect{rule.AtSlot(dealloc, a, rule.Verdict{
				Message:    "tp_dealloc calls that of a heap type without one of its own: subtype_dealloc, which calls this function again",
				Help:       "give the base a tp_dealloc, or release its fields here and call tp_free",
				Confidence: finding.High,
			})}
		case a.Before.Freed && (calls || a.Kind == typemodel.FreeSelf):
			return []*rule.Defect{rule.AtSlot(dealloc, a, rule.Verdict{
				Message:    "tp_dealloc frees the instance twice: " + a.Call + " is called after it was freed",
				Help:       "end in tp_free or in tp_dealloc of the base, not in both",
				Confidence: finding.Medium,
			})}
		}
	}
	return nil
}

// startsAgain reports whether the base that a calls has subtype_dealloc, which
// looks up the nearest tp_dealloc that is not itself: the caller.
func startsAgain(t *typemodel.Type, a *typemodel.Action) bool {
	base := a.Base
	if base == nil {
		base = t.Base.Type
	}
	return base != nil && base != t && base.Heap && base.FlagsKnown && base.Slots["tp_dealloc"] == nil && a.Base != t
}

// noTrashcan is the first version in which the trashcan macros do nothing
// (Include/cpython/object.h).
const noTrashcan = 14

// trashcan finds wrong uses of Py_TRASHCAN_BEGIN and END, which put off what a deep
// structure would free recursively.
func trashcan(t *typemodel.Type, dealloc *typemodel.Facts) []*rule.Defect {
	begin := dealloc.First(typemodel.BeginTrashcan)
	if begin == nil {
		return nil
	}
	v := rule.Verdict{Confidence: finding.High}
	if t.Project().Minor >= noTrashcan {
		v.Confidence = finding.Medium // it matters for older ones only
	}
	at := begin
	gc, known := t.GC()
	switch leave, late := dealloc.First(typemodel.LeaveTrashcan), after(dealloc); {
	case known && !gc:
		v.Message = "tp_dealloc uses " + begin.Call + ", but '" + t.Label() + "' is no GC type: instances that are put off are linked through the GC header"
		v.Help = "leave it out, or release deep structures in a loop"
	case leave != nil:
		at = leave
		v.Message = "tp_dealloc returns between " + begin.Call + " and Py_TRASHCAN_END: the nesting depth is never lowered again"
		v.Help = "leave through Py_TRASHCAN_END"
	case late != nil:
		at = late
		v.Message = "tp_dealloc goes on with the instance after Py_TRASHCAN_END: it does so as well when the instance was put off for later"
		v.Help = "move it before Py_TRASHCAN_END, the last line of tp_dealloc"
	case names(begin) != "" && names(begin) != dealloc.Func.Name:
		v.Message = begin.Call + " names " + names(begin) + ", not " + dealloc.Func.Name + ": nothing is ever put off"
		v.Help = begin.Call + "(" + dealloc.Instance() + ", " + dealloc.Func.Name + ")"
		v.Severity = rule.Severity(finding.Warning)
	default:
		return nil
	}
	return []*rule.Defect{rule.AtSlot(dealloc, at, v)}
}

// after is the first thing done with the instance after the trashcan.
func after(dealloc *typemodel.Facts) *typemodel.Action {
	for i := range dealloc.Actions {
		a := &dealloc.Actions[i]
		if !a.Before.Ended {
			continue
		}
		switch a.Kind {
		case typemodel.Release, typemodel.FreeSelf, typemodel.FreeMemory, typemodel.ClearWeakrefs:
			if a.Path != typemodel.TypeOf && a.Path != typemodel.Elsewhere {
				return a
			}
		case typemodel.BaseSlot:
			return a
		}
	}
	return nil
}

// names is the function that Py_TRASHCAN_BEGIN is given.
func names(begin *typemodel.Action) string {
	if in := begin.Instr; len(in.Args) > 1 && in.Args[1].Kind == ir.FuncRef {
		return in.Args[1].Str
	}
	return ""
}
