// Package falseannotation finds functions that do not do with references what
// comments or attributes say they do.
package falseannotation

import (
	_ "embed" // doc.md

	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/rule"
)

//go:embed doc.md
var doc string

// Rule is RC003.
var Rule = &rule.Rule{
	Code:      "RC003",
	Name:      "false-annotation",
	Kind:      "annotation",
	Severity:  finding.Error,
	Precision: "high",
	Doc:       doc,
	Judge:     judge,
}

func judge(e *rule.Event) *rule.Verdict {
	if e.Class() != rule.FalseAnnotation {
		return nil
	}
	return e.Say(e.Comment, "correct the annotation, which callers rely on, or the function")
}
