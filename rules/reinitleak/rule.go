// Package reinitleak finds tp_init functions that overwrite what an earlier call left in a field.
package reinitleak

import (
	_ "embed" // doc.md
	"slices"

	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/rule"
	"github.com/refcheck/refcheck/cmodel/typemodel"
)

//go:embed doc.md
var doc string

// Rule is RC703.
var Rule = &rule.Rule{
	Code:     "RC703",
	Name:     "reinit-leak",
	Kind:     "reinit-leak",
	Severity: finding.Note,
	Doc:      doc,
	Fixes:    "unsafe",
	CWE:      401,
	Types:    judge,
}

func judge(t *typemodel.Type) []*rule.Defect {
	if t.Own("tp_init") == nil {
		return nil
	}
	init := t.Facts("tp_init")
	if init == nil || once(init.Func) {
		return nil
	}
	var names []string
	var d *rule.Defect
	for _, a := range init.All(typemodel.Store) {
		f := t.Field(a.Path)
		if f == nil || f.Owned != typemodel.Owned || f.Borrows != nil || !a.Object || a.Null || slices.Contains(a.Before.Touched, a.Path) {
			continue
		}
		if name := "'" + string(f.Path) + "'"; !slices.Contains(names, name) {
			names = append(names, name)
		}
		repair := rule.Repair{Remedy: rule.ReleaseOld, Expr: init.Self() + string(f.Path), At: a.Span}
		if a.Func != init.Func {
			repair.Expr = "->" + string(f.Path) // of whatever the helper calls the instance
		}
		if d == nil {
			d = rule.AtAction(a, rule.Verdict{
				Help:       "Py_XSETREF(" + init.Self() + string(f.Path) + ", ...)",
				Confidence: sure(t),
			}).About(string(f.Path)).Owning(f).TryReinit(t, f)
		}
		d.Repairing(repair)
	}
	if d == nil {
		return nil
	}
	d.Message = "a second __init__ overwrites " + rule.List(names) + " without releasing what the first one left"
	return []*rule.Defect{d}
}

// sure is low where only somebody who calls __init__ by hand can call it twice. A
// subclass can, above all one with several bases.
func sure(t *typemodel.Type) finding.Confidence {
	if t.Has(typemodel.BaseType) {
		return finding.Medium
	}
	return finding.Low
}
