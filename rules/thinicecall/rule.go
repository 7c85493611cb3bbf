// Package thinicecall finds borrowed references that Python code may have taken
// away before they are used.
package thinicecall

import (
	_ "embed" // doc.md

	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/rule"
)

//go:embed doc.md
var doc string

// Rule is RC303.
var Rule = &rule.Rule{
	Code:      "RC303",
	Name:      "thin-ice-call",
	Kind:      "thin-ice",
	Severity:  finding.Warning,
	Precision: "medium",
	Fixes:     "unsafe",
	Doc:       doc,
	CWE:       416,
	Judge:     judge,
}

func judge(e *rule.Event) *rule.Verdict {
	if e.Class() != rule.ThinIceCall {
		return nil
	}
	if e.How == rule.StaleCheck {
		return e.Say(e.StaleCheck())
	}
	return e.Say(e.What()+" is "+e.MeltedUse(), e.Hold()).Repairing(e.Holding())
}
