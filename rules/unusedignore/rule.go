// Package unusedignore finds comments that ignore findings which are not there.
package unusedignore

import (
	_ "embed" // doc.md
	"strings"

	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/rule"
)

//go:embed doc.md
var doc string

// Rule is RC001.
var Rule = &rule.Rule{
	Code:      "RC001",
	Name:      "unused-ignore",
	Kind:      "suppression",
	Severity:  finding.Warning,
	Precision: "very-high",
	Doc:       doc,
	Fixes:     "safe",
	Judge:     judge,
}

func judge(e *rule.Event) *rule.Verdict {
	if e.Class() != rule.IgnoresNothing {
		return nil
	}
	found := ", which is not found here"
	if strings.Contains(e.Comment, ",") {
		found = ", none of which is found here"
	}
	return e.Say("the comment ignores "+e.Comment+found,
		"remove it, or move it to the line of the finding").
		Repairing(rule.Repair{Remedy: rule.Uncomment, Expr: e.Comment, At: e.At, Safe: true})
}
