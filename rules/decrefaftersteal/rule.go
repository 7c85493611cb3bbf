// Package decrefaftersteal finds releases of references that a call has taken over.
package decrefaftersteal

import (
	_ "embed" // doc.md

	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/rule"
)

//go:embed doc.md
var doc string

// Rule is RC401.
var Rule = &rule.Rule{
	Code:     "RC401",
	Name:     "decref-after-steal",
	Kind:     "overdecref",
	Severity: finding.Error,
	Doc:      doc,
	Fixes:    "safe",
	CWE:      911,
	Judge:    judge,
}

func judge(e *rule.Event) *rule.Verdict {
	if e.Class() != rule.DecrefAfterSteal {
		return nil
	}
	by := e.BeforeCall
	if by == "" {
		by = "a call"
	}
	drop := e.Safely(rule.Repair{Remedy: rule.Drop, Expr: e.Object.Name, At: e.At, Inner: e.Before})
	if e.FailedCall == by {
		return e.Say(e.What()+" is released although "+by+" took it over"+e.BeforeLine()+"; it does so also when it fails",
			"drop this release: the reference is gone, whether "+by+" succeeds or fails").Repairing(drop)
	}
	return e.Say(e.What()+" is released although "+by+" took it over"+e.BeforeLine(),
		"drop this release: the reference is no longer this function's").Repairing(drop)
}
