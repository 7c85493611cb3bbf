// Package returnborrowed finds borrowed references that are returned as new ones.
package returnborrowed

import (
	_ "embed" // doc.md

	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/rule"
)

//go:embed doc.md
var doc string

// Rule is RC301.
var Rule = &rule.Rule{
	Code:     "RC301",
	Name:     "return-borrowed",
	Kind:     "borrowed-return",
	Severity: finding.Error,
	Doc:      doc,
	Fixes:    "safe",
	CWE:      911,
	Judge:    judge,
}

func judge(e *rule.Event) *rule.Verdict {
	if e.Class() != rule.ReturnsBorrowed {
		return nil
	}
	if e.How == rule.Forgotten {
		return e.Say(e.What()+" is returned without a reference of its own, although the function returns new references elsewhere",
			"Py_INCREF("+e.Expr()+") before returning it")
	}
	v := e.Say(e.What()+" is returned, but the caller expects a new reference",
		"Py_INCREF("+e.Expr()+") before returning it")
	v.Repairing(e.Safely(rule.Repair{Remedy: rule.ReturnOwn, Expr: e.Object.Name, At: e.At, Inner: e.Object.Where}))
	v.OncePerFunction = e.Object.Origin == rule.FromConst // True here, False there
	return v
}
