// Package gilunbalanced finds functions that return without the GIL they released, or
// with one they took.
package gilunbalanced

import (
	_ "embed" // doc.md
	"fmt"

	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/rule"
)

//go:embed doc.md
var doc string

// Rule is RC802.
var Rule = &rule.Rule{
	Code:     "RC802",
	Name:     "gil-unbalanced",
	Kind:     "gil",
	Severity: finding.Error,
	Doc:      doc,
	CWE:      667,
	Judge:    judge,
}

func judge(e *rule.Event) *rule.Verdict {
	if e.Class() != rule.GILUnbalanced {
		return nil
	}
	if e.How == rule.AtReturn {
		return e.Say(fmt.Sprintf("the function returns without a PyGILState_Release for the %s%s", e.BeforeCall, e.BeforeLine()),
			"call PyGILState_Release on every way out")
	}
	take := "Py_BLOCK_THREADS"
	if e.BeforeCall == "PyEval_SaveThread" {
		take = "PyEval_RestoreThread"
	}
	return e.Say(fmt.Sprintf("the function returns without the GIL, which %s released%s", e.BeforeCall, e.BeforeLine()),
		take+" before returning")
}
