// Package releasethenset finds fields that point to an object while it is being released.
package releasethenset

import (
	_ "embed" // doc.md

	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/rule"
)

//go:embed doc.md
var doc string

// Rule is RC205.
var Rule = &rule.Rule{
	Code:      "RC205",
	Name:      "release-then-set",
	Kind:      "use-after-release",
	Severity:  finding.Warning,
	Precision: "medium",
	Doc:       doc,
	Fixes:     "safe",
	CWE:       416,
	Judge:     judge,
}

func judge(e *rule.Event) *rule.Verdict {
	if e.Class() != rule.ReleasesThenSets {
		return nil
	}
	slot := e.Slot
	if slot == "" {
		slot = e.Expr()
	}
	return e.Say("'"+slot+"' still points to the object while it is being released",
		"use Py_XSETREF("+slot+", ...) or Py_CLEAR("+slot+")").
		Repairing(e.Safely(rule.Repair{Remedy: rule.ClearSlot, Expr: slot, At: e.At}))
}
