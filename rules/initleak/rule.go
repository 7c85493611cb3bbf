// Package initleak finds references that are lost when initializing a module fails.
package initleak

import (
	_ "embed" // doc.md

	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/rule"
)

//go:embed doc.md
var doc string

// Rule is RC701.
var Rule = &rule.Rule{
	Code:     "RC701",
	Name:     "init-leak",
	Kind:     "leak",
	Severity: finding.Warning,
	Doc:      doc,
	CWE:      401,
	Judge:    judge,
}

func judge(e *rule.Event) *rule.Verdict {
	if e.Class() != rule.InitLeak {
		return nil
	}
	return e.Say(e.What()+" is not released"+e.Failing(" when the initialization fails"),
		e.Release()+" before returning").Repairing(e.Releasing())
}
