// Package deallocnountrack finds tp_dealloc functions that take the instance apart while the collector can still see it.
package deallocnountrack

import (
	_ "embed" // doc.md

	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/rule"
	"github.com/refcheck/refcheck/cmodel/typemodel"
)

//go:embed doc.md
var doc string

// Rule is RC606.
var Rule = &rule.Rule{
	Code:     "RC606",
	Name:     "dealloc-no-untrack",
	Kind:     "gc",
	Severity: finding.Error,
	Doc:      doc,
	Fixes:    "safe",
	CWE:      416,
	Types:    judge,
}

func judge(t *typemodel.Type) []*rule.Defect {
	gc, known := t.GC()
	dealloc := t.Facts("tp_dealloc")
	if !known || !gc || dealloc == nil {
		return nil
	}
	untrack := dealloc.First(typemodel.Untrack)
	for i := range dealloc.Actions {
		a := &dealloc.Actions[i]
		if a.Before.Untracked || !harmful(dealloc, a) {
			continue
		}
		d := rule.AtSlot(dealloc, a, rule.Verdict{
			Message:    "tp_dealloc " + does(a) + " before PyObject_GC_UnTrack: the collector can still see the instance",
			Help:       "PyObject_GC_UnTrack(" + dealloc.Instance() + ") first",
			Confidence: finding.High,
		})
		first := rule.Repair{Remedy: rule.First, Expr: "PyObject_GC_UnTrack(" + dealloc.Instance() + ");", At: rule.NameOf(dealloc.Func)}
		if untrack != nil {
			first.Inner = untrack.Span
		}
		d.Repairing(d.Safely(first))
		if untrack == nil {
			d.Message = "tp_dealloc " + does(a) + " without PyObject_GC_UnTrack: the collector can still see the instance"
		} else {
			d.Note(finding.Call, untrack.Span, "only here the instance is untracked")
		}
		if a.Path != typemodel.Elsewhere {
			d.About(string(a.Path))
		}
		return []*rule.Defect{d}
	}
	return nil
}

// harmful reports whether an action may run code that lets the collector in, or
// leaves a pointer that tp_traverse follows.
func harmful(dealloc *typemodel.Facts, a *typemodel.Action) bool {
	if a.Before.Finalizes {
		return false
	}
	switch a.Kind {
	case typemodel.BeginTrashcan:
		return true
	case typemodel.Release:
		return a.Path != "" && a.Path != typemodel.TypeOf && !a.Before.Freed
	case typemodel.ClearWeakrefs, typemodel.DropsGIL, typemodel.ClearDict:
		return true
	case typemodel.RunsCode:
		return dealloc.First(typemodel.CallFinalizer) == nil
	}
	return false
}

// does words an action.
func does(a *typemodel.Action) string {
	switch {
	case a.Kind == typemodel.Release && a.Path != typemodel.Elsewhere:
		return "releases '" + string(a.Path) + "'"
	case a.Kind == typemodel.DropsGIL:
		return "gives up the GIL"
	}
	return "calls " + a.Call
}
