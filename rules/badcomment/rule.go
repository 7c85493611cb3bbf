// Package badcomment finds comments for refcheck that it cannot follow.
package badcomment

import (
	_ "embed" // doc.md

	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/rule"
)

//go:embed doc.md
var doc string

// Rule is RC002.
var Rule = &rule.Rule{
	Code:      "RC002",
	Name:      "bad-comment",
	Kind:      "suppression",
	Severity:  finding.Warning,
	Precision: "very-high",
	Doc:       doc,
	Judge:     judge,
}

func judge(e *rule.Event) *rule.Verdict {
	if e.Class() != rule.UnclearComment {
		return nil
	}
	return e.Say("the comment "+e.Comment, "write /* refcheck: ignore[RC101] and the reason */, or ignore-file")
}
