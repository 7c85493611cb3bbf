// Package leakerrorpath finds references that are lost when something fails.
package leakerrorpath

import (
	_ "embed" // doc.md

	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/rule"
)

//go:embed doc.md
var doc string

// Rule is RC102.
var Rule = &rule.Rule{
	Code:     "RC102",
	Name:     "leak-error-path",
	Kind:     "leak",
	Severity: finding.Warning,
	Doc:      doc,
	Fixes:    "unsafe",
	CWE:      401,
	Judge:    judge,
}

func judge(e *rule.Event) *rule.Verdict {
	if e.Class() != rule.LeakErrorPath {
		return nil
	}
	if e.How == rule.Forgotten {
		return e.Say(e.What()+" is not released"+e.Failing(" on this error path")+e.Elsewhere(),
			e.Release()+" before returning, or leave it to the caller everywhere")
	}
	return e.Say(e.What()+" is not released"+e.Failing(" on this error path"),
		e.Release()+" before returning").Repairing(e.Releasing())
}
