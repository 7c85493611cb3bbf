// Package refcntunique finds reference counts of 1 that are taken as proof that nobody else has
// the object, in programs without the GIL.
package refcntunique

import (
	_ "embed" // doc.md
	"fmt"

	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/rule"
)

//go:embed doc.md
var doc string

// Rule is RC804.
var Rule = &rule.Rule{
	Code:      "RC804",
	Name:      "refcnt-unique",
	Kind:      "gil",
	Severity:  finding.Warning,
	Precision: "medium",
	Doc:       doc,
	CWE:       362,
	Judge:     judge,
}

func judge(e *rule.Event) *rule.Verdict {
	if e.Class() != rule.RefcntUnique {
		return nil
	}
	help := "PyUnstable_Object_IsUniquelyReferenced(" + e.Expr() + ") also asks whether the reference is this thread's"
	if e.Object.Origin == rule.FromParam {
		help += "; for an argument of the call use PyUnstable_Object_IsUniqueReferencedTemporary"
	}
	if e.Target.Minor < 14 {
		help += " (Python 3.14)"
	}
	return e.Say(fmt.Sprintf("a reference count of 1 does not prove that nobody else has %s", e.Called()), help)
}
