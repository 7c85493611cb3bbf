// Package traversemissingfield finds owned fields that tp_traverse does not visit.
package traversemissingfield

import (
	_ "embed" // doc.md

	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/rule"
	"github.com/refcheck/refcheck/cmodel/refmodel"
	"github.com/refcheck/refcheck/cmodel/typemodel"
)

//go:embed doc.md
var doc string

// Rule is RC602.
var Rule = &rule.Rule{
	Code:     "RC602",
	Name:     "traverse-missing-field",
	Kind:     "gc",
	Severity: finding.Warning,
	Doc:      doc,
	Fixes:    "safe",
	CWE:      401,
	Types:    judge,
}

func judge(t *typemodel.Type) []*rule.Defect {
	gc, known := t.GC()
	traverse := t.Facts("tp_traverse")
	if !known || !gc || traverse == nil {
		return nil
	}
	var out []*rule.Defect
	for _, f := range t.Fields() {
		if f.Owned != typemodel.Owned || f.Holds == typemodel.Atomic || string(f.Path) == t.Weaklist ||
			f.Hidden || traverse.Blind(f.Path) {
			continue
		}
		if traverse.At(typemodel.Visit, f.Path) != nil {
			if d := early(t, traverse, f); d != nil {
				out = append(out, d)
			}
			continue
		}
		visit := "Py_VISIT(" + traverse.Self() + string(f.Path) + ")"
		d := rule.InFunc(traverse.Func, rule.Verdict{
			Message:    "tp_traverse does not visit '" + string(f.Path) + "': a cycle through it is never freed",
			Help:       visit,
			Confidence: confidence(t, traverse, f),
		})
		d.Repairing(d.Safely(rule.Repair{Remedy: rule.Last, Expr: visit + ";", At: d.At}))
		out = append(out, d.About(string(f.Path)).Owning(f).Try(t, f, refmodel.Direct))
	}
	if d := managedDict(t, traverse); d != nil {
		out = append(out, d)
	}
	return out
}

// confidence is low where nothing shows that the field can be part of a cycle, and
// for fields that tp_traverse looks into by itself.
func confidence(t *typemodel.Type, traverse *typemodel.Facts, f *typemodel.Field) finding.Confidence {
	switch {
	case f.Holds == typemodel.Nothing || f.Holds == typemodel.Unknown ||
		traverse.At(typemodel.Read, f.Path) != nil || traverse.At(typemodel.Test, f.Path) != nil:
		return finding.Low
	case f.Holds == typemodel.Any:
		return finding.High
	}
	return finding.Medium
}

// managedDict finds types that ask for a managed dict and do not visit it.
func managedDict(t *typemodel.Type, traverse *typemodel.Facts) *rule.Defect {
	if !t.Has(typemodel.ManagedDict) || t.Project().Minor < 12 || traverse.First(typemodel.VisitDict) != nil ||
		traverse.Calls("tp_traverse") != nil || traverse.Blind("") {
		return nil
	}
	return rule.InFunc(traverse.Func, rule.Verdict{
		Message:    "tp_traverse does not visit the managed dict: a cycle through an attribute is never freed",
		Help:       rule.ManagedDict(t.Project().Minor, "Visit") + ", and " + rule.ManagedDict(t.Project().Minor, "Clear") + " in tp_clear and tp_dealloc",
		Confidence: finding.High,
	}).About("__dict__")
}
