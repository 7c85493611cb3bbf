// Package doublerelease finds references that are released twice.
package doublerelease

import (
	_ "embed" // doc.md

	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/rule"
)

//go:embed doc.md
var doc string

// Rule is RC202.
var Rule = &rule.Rule{
	Code:     "RC202",
	Name:     "double-release",
	Kind:     "overdecref",
	Severity: finding.Error,
	Doc:      doc,
	Fixes:    "unsafe",
	CWE:      415,
	Judge:    judge,
}

func judge(e *rule.Event) *rule.Verdict {
	if e.Class() != rule.DoubleRelease {
		return nil
	}
	first := e.BeforeLine()
	if first == "" {
		first = " earlier"
	}
	if e.Slot != "" {
		return e.Say(e.What()+" is released again by tp_dealloc, which finds it in '"+e.Slot+"', after its release"+first,
			"leave the reference to '"+e.Slot+"': drop the release"+first).
			Repairing(rule.Repair{Remedy: rule.Drop, At: e.Before})
	}
	return e.Say(e.What()+" is released again after its release"+first,
		"release it once, or set it to NULL with Py_CLEAR the first time").
		Repairing(rule.Repair{Remedy: rule.Drop, Expr: e.Object.Name, At: e.At, Inner: e.Before})
}
