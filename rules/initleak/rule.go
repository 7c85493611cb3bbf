// Package initleak finds references that are lost when initializing a module fails.
package initleak

import (
	_ "embed" // doc.md

	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/rule"
	"github.com/refcheck/refcheck/cmodel/typemodel"
)

//go:embed doc.md
var doc string

// Rule is RC701.
var Rule = &rule.Rule{
	Code:     "RC701",
	Name:     "init-leak",
	Kind:     "leak",
	Severity: finding.Warning,
	Doc:      doc,
	Fixes:    "unsafe",
	CWE:      401,
	Judge:    judge,
	Types:    unready,
}

func judge(e *rule.Event) *rule.Verdict {
	if e.Class() != rule.InitLeak {
		return nil
	}
	return e.Say(e.What()+" is not released"+e.Failing(" when the initialization fails"),
		e.Release()+" before returning").Repairing(e.Releasing())
}

// unready finds types that are used although PyType_Ready may have failed.
func unready(t *typemodel.Type) []*rule.Defect {
	if t.Unready == nil {
		return nil
	}
	return []*rule.Defect{{
		Verdict: rule.Verdict{
			Message:    "the result of PyType_Ready(&" + t.Var + ") is ignored: if it fails, the type is used half made and the exception stays set",
			Help:       "if (PyType_Ready(&" + t.Var + ") < 0) let the initialization fail",
			Confidence: finding.Medium,
		},
		At: t.Unready.Span, Func: t.Unready.Func.Name, Object: t.Var,
	}}
}
