// Package refcntwrite finds direct writes to reference counts.
package refcntwrite

import (
	_ "embed" // doc.md

	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/rule"
)

//go:embed doc.md
var doc string

// Rule is RC206.
var Rule = &rule.Rule{
	Code:      "RC206",
	Name:      "refcnt-write",
	Kind:      "modernize",
	Severity:  finding.Warning,
	Precision: "very-high",
	Doc:       doc,
	CWE:       911,
	Judge:     judge,
}

func judge(e *rule.Event) *rule.Verdict {
	if e.Class() != rule.WritesRefcnt {
		return nil
	}
	what := "the reference count of " + e.Called()
	if e.Call != "" {
		return e.Say(e.Call+" sets "+what, "use Py_INCREF or Py_DECREF")
	}
	return e.Say(what+" is written directly", "use Py_INCREF or Py_DECREF")
}
