// Package thiniceiter finds iterations over a container that Python code may change
// meanwhile.
package thiniceiter

import (
	_ "embed" // doc.md

	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/rule"
)

//go:embed doc.md
var doc string

// Rule is RC305.
var Rule = &rule.Rule{
	Code:      "RC305",
	Name:      "thin-ice-iter",
	Kind:      "thin-ice",
	Severity:  finding.Warning,
	Precision: "medium",
	Fixes:     "unsafe",
	Doc:       doc,
	CWE:       416,
	Judge:     judge,
}

func judge(e *rule.Event) *rule.Verdict {
	if e.Class() != rule.ThinIceIter {
		return nil
	}
	if e.How == rule.StaleSize {
		return e.Say(e.Called()+" may have shrunk since its size was read: "+e.MeltedBy()+e.BeforeLine(),
			"read the size again in each turn, or walk a tuple from PySequence_Tuple").
			Repairing(rule.Repair{Remedy: rule.ReadAgain, Expr: e.Held, At: e.At})
	}
	return e.Say(e.What()+" is "+e.MeltedUse(), e.Hold()).Repairing(e.Holding())
}
