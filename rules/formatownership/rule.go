// Package formatownership finds format units that do not fit the ownership of their argument.
package formatownership

import (
	_ "embed" // doc.md
	"strconv"

	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/rule"
)

//go:embed doc.md
var doc string

// Rule is RC412.
var Rule = &rule.Rule{
	Code:     "RC412",
	Name:     "format-ownership",
	Kind:     "leak",
	Severity: finding.Error,
	Doc:      doc,
	Fixes:    "safe",
	CWE:      911,
	Judge:    judge,
}

func judge(e *rule.Event) *rule.Verdict {
	if e.Class() != rule.FormatOwnership {
		return nil
	}
	call, unit := e.Callee("the call"), strconv.QuoteRune(e.Format)
	if e.Kind == rule.StealBorrowed {
		return e.Say("format unit "+unit+" makes "+call+" take over "+e.What()+", which this function does not own",
			"use 'O', which adds a reference").
			Repairing(e.Safely(rule.Repair{Remedy: rule.ChangeUnit, At: e.At, Arg: e.Arg}))
	}
	return e.Say("format unit "+unit+" makes "+call+" add a reference, so "+e.What()+" is lost",
		"use 'N', which takes the reference over").
		Repairing(e.Safely(rule.Repair{Remedy: rule.ChangeUnit, At: e.At, Arg: e.Arg}))
}
