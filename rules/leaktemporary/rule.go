// Package leaktemporary finds new references that are passed on without being kept.
package leaktemporary

import (
	_ "embed" // doc.md

	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/rule"
)

//go:embed doc.md
var doc string

// Rule is RC103.
var Rule = &rule.Rule{
	Code:     "RC103",
	Name:     "leak-temporary",
	Kind:     "leak",
	Severity: finding.Error,
	Doc:      doc,
	Fixes:    "unsafe",
	CWE:      401,
	Judge:    judge,
}

func judge(e *rule.Event) *rule.Verdict {
	if e.Class() != rule.LeakTemporary {
		return nil
	}
	return e.Say(e.What()+" is lost: "+e.Callee("the call")+" does not take it over",
		"keep it in a variable and Py_DECREF it after the call").
		Repairing(rule.Repair{Remedy: rule.KeepTemporary, At: e.At, Inner: e.Object.Where})
}
