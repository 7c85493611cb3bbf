// Package traverseunowned finds tp_traverse functions that visit what the instance does not own, or do more than visit.
package traverseunowned

import (
	_ "embed" // doc.md

	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/rule"
	"github.com/refcheck/refcheck/cmodel/refmodel"
	"github.com/refcheck/refcheck/cmodel/typemodel"
)

//go:embed doc.md
var doc string

// Rule is RC603.
var Rule = &rule.Rule{
	Code:     "RC603",
	Name:     "traverse-unowned",
	Kind:     "gc",
	Severity: finding.Error,
	Doc:      doc,
	CWE:      672,
	Types:    judge,
	Modules:  modules,
}

func judge(t *typemodel.Type) []*rule.Defect {
	traverse := t.Facts("tp_traverse")
	if traverse == nil {
		return nil
	}
	var out []*rule.Defect
	for _, a := range traverse.All(typemodel.Visit) {
		if d := unowned(t, a); d != nil {
			out = append(out, d)
		}
		if d := again(t, traverse, a); d != nil {
			out = append(out, d)
		}
		if a.Ignored {
			out = append(out, ignored(a, "visit"))
		}
	}
	for _, a := range traverse.All(typemodel.BaseSlot) {
		if a.Ignored && a.Call == "tp_traverse" {
			out = append(out, ignored(a, "tp_traverse of the base"))
		}
	}
	for _, k := range []typemodel.ActionKind{typemodel.VisitDict, typemodel.PassesVisit} {
		for _, a := range traverse.All(k) {
			if a.Ignored {
				out = append(out, ignored(a, a.Call))
			}
		}
	}
	return append(out, sideEffects("tp_traverse", traverse)...)
}

// modules judges m_traverse, which runs during a collection as well.
func modules(m *typemodel.Module) []*rule.Defect {
	if f := m.Facts("m_traverse"); f != nil {
		return sideEffects("m_traverse", f)
	}
	return nil
}

// unowned judges a visit of something the instance has no reference to.
func unowned(t *typemodel.Type, a *typemodel.Action) *rule.Defect {
	if a.Path != "" && string(a.Path) == t.Weaklist {
		return rule.AtAction(a, rule.Verdict{
			Message:    "tp_traverse visits the weak reference list '" + t.Weaklist + "', which the instance does not own",
			Help:       "leave it out: weak references are not counted",
			Confidence: finding.High,
		}).About(t.Weaklist)
	}
	f := t.Field(a.Path)
	if f == nil || f.Owned != typemodel.Borrowed {
		return nil
	}
	d := rule.AtAction(a, rule.Verdict{
		Message:    "tp_traverse visits '" + string(f.Path) + "', to which the instance owns no reference: the collector counts it as one",
		Help:       "visit only what tp_dealloc releases",
		Confidence: finding.Medium,
	}).About(string(f.Path)).Try(t, f, refmodel.InGarbage)
	return d.Note(finding.Store, f.Where.Span, "'"+string(f.Path)+"' is assigned without taking a reference")
}

// again judges a second visit of what the instance has one reference to: the collector
// takes one away for each.
func again(t *typemodel.Type, traverse *typemodel.Facts, a *typemodel.Action) *rule.Defect {
	what := "'" + string(a.Path) + "'"
	if a.Path == typemodel.TypeOf {
		what = "the type"
	} else if f := t.Field(a.Path); f == nil || !f.Single() {
		return nil
	}
	if !a.Again() {
		return nil
	}
	return rule.AtSlot(traverse, a, rule.Verdict{
		Message:    "tp_traverse visits " + what + " a second time, and the instance owns one reference: the collector takes it for garbage that is in use",
		Help:       "visit it once; the tp_traverse of a heap type that is the base has visited the type",
		Confidence: finding.Medium,
	}).About(string(a.Path))
}

// ignored is a visit whose result does not end the traversal.
func ignored(a *typemodel.Action, what string) *rule.Defect {
	return rule.AtAction(a, rule.Verdict{
		Message:    "the result of " + what + " is ignored: the collector's request to stop is lost",
		Help:       "return the result if it is not 0, as Py_VISIT does",
		Confidence: finding.High,
		Severity:   rule.Severity(finding.Warning),
	})
}

// sideEffects finds code in a traverse function that changes reference counts or runs
// Python code while the collector works on them.
func sideEffects(slot string, traverse *typemodel.Facts) []*rule.Defect {
	var out []*rule.Defect
	for _, kind := range []typemodel.ActionKind{typemodel.RunsCode, typemodel.Release, typemodel.ChangesCount} {
		if a := traverse.First(kind); a != nil && len(out) == 0 {
			out = append(out, rule.AtAction(a, rule.Verdict{
				Message:    slot + " calls " + a.Call + ", which can change reference counts while the collector reads them",
				Help:       "only visit in " + slot,
				Confidence: finding.Medium,
			}))
		}
	}
	return out
}
