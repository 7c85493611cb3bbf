// Package leakoverwrite finds references that are lost because their holder is overwritten.
package leakoverwrite

import (
	_ "embed" // doc.md

	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/rule"
)

//go:embed doc.md
var doc string

// Rule is RC104.
var Rule = &rule.Rule{
	Code:     "RC104",
	Name:     "leak-overwrite",
	Kind:     "leak",
	Severity: finding.Error,
	Doc:      doc,
	Fixes:    "unsafe",
	CWE:      401,
	Judge:    judge,
}

func judge(e *rule.Event) *rule.Verdict {
	if e.Class() != rule.LeakOverwrite {
		return nil
	}
	if e.Call != "" && e.Slot != e.Object.Name {
		return e.Say(e.Call+" overwrites "+e.What()+" without releasing it",
			"release the old item first, or use the function that does")
	}
	if e.Slot != "" && e.Slot != e.Object.Name {
		return e.Say("'"+e.Slot+"' is overwritten while it owns "+e.What(),
			"Py_XSETREF("+e.Slot+", ...) releases the old object").
			Repairing(rule.Repair{Remedy: rule.ReleaseOld, Expr: e.Slot, At: e.At})
	}
	return e.Say(e.What()+" is overwritten without being released",
		e.Release()+" before the assignment, or use Py_XSETREF").
		Repairing(rule.Repair{Remedy: rule.ReleaseOld, Expr: e.Object.Name, At: e.At})
}
