// Package stealborrowed finds borrowed references that are given to calls which take them over.
package stealborrowed

import (
	_ "embed" // doc.md

	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/rule"
)

//go:embed doc.md
var doc string

// Rule is RC403.
var Rule = &rule.Rule{
	Code:     "RC403",
	Name:     "steal-borrowed",
	Kind:     "borrowed-store",
	Severity: finding.Error,
	Doc:      doc,
	Fixes:    "safe",
	CWE:      911,
	Judge:    judge,
}

func judge(e *rule.Event) *rule.Verdict {
	if e.Class() != rule.StealsBorrowed {
		return nil
	}
	v := e.Say(e.Callee("the call")+" takes over "+e.What()+", which this function does not own",
		"Py_INCREF("+e.Expr()+") before the call")
	if e.Object.IsType && e.Object.Origin == rule.FromConst {
		v.Severity = rule.Severity(finding.Note) // its own tp_mro keeps a static type alive
	}
	return v.Repairing(e.Safely(rule.Repair{Remedy: rule.Take, Expr: e.TakenExpr(), At: e.At, Arg: e.Arg}))
}
