// Package thinicegil finds borrowed references that are held while other threads run.
package thinicegil

import (
	"cmp"
	_ "embed" // doc.md

	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/rule"
)

//go:embed doc.md
var doc string

// Rule is RC304.
var Rule = &rule.Rule{
	Code:      "RC304",
	Name:      "thin-ice-gil",
	Kind:      "thin-ice",
	Severity:  finding.Warning,
	Precision: "medium",
	Fixes:     "unsafe",
	Doc:       doc,
	CWE:       416,
	Judge:     judge,
}

func judge(e *rule.Event) *rule.Verdict {
	if e.Class() != rule.ThinIceGIL {
		return nil
	}
	window := cmp.Or(e.BeforeCall, "a call")
	return e.Say(e.What()+" is "+cmp.Or(e.Used, "used")+", but other threads may have run since "+window+e.BeforeLine(), e.Hold()).Repairing(e.Holding())
}
