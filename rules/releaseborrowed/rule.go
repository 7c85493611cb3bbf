// Package releaseborrowed finds releases of references that belong to somebody else.
package releaseborrowed

import (
	_ "embed" // doc.md

	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/rule"
)

//go:embed doc.md
var doc string

// Rule is RC201.
var Rule = &rule.Rule{
	Code:     "RC201",
	Name:     "release-borrowed",
	Kind:     "overdecref",
	Severity: finding.Error,
	Doc:      doc,
	Fixes:    "unsafe",
	CWE:      911,
	Judge:    judge,
}

func judge(e *rule.Event) *rule.Verdict {
	if e.Class() != rule.ReleaseBorrowed {
		return nil
	}
	if e.Object.Origin == rule.FromParam {
		return e.Say(e.What()+" is released, but the reference belongs to the caller",
			"drop this release, or Py_INCREF("+e.Expr()+") first").
			Repairing(rule.Repair{Remedy: rule.Drop, At: e.At})
	}
	return e.Say(e.What()+" is released, but this function does not own it",
		"drop this release, or Py_INCREF("+e.Expr()+") where it is obtained").
		Repairing(rule.Repair{Remedy: rule.Drop, At: e.At})
}
