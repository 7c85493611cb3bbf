// Package addobjectunchecked finds values that are lost when adding them to a module fails.
package addobjectunchecked

import (
	_ "embed" // doc.md

	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/rule"
)

//go:embed doc.md
var doc string

// Rule is RC402.
var Rule = &rule.Rule{
	Code:     "RC402",
	Name:     "addobject-unchecked",
	Kind:     "leak",
	Severity: finding.Warning,
	Doc:      doc,
	Fixes:    "unsafe",
	CWE:      401,
	Judge:    judge,
}

func judge(e *rule.Event) *rule.Verdict {
	if e.Class() != rule.AddObject {
		return nil
	}
	call := "PyModule_AddObject"
	for _, c := range []string{e.Call, e.FailedCall} {
		if rule.StealsOnSuccess(c) {
			call = c
		}
	}
	msg := e.What() + " is not released when " + call + " fails"
	if e.Kind == rule.Unchecked {
		msg = "the result of " + call + " is ignored: when it fails, " + e.What() + " is lost"
	}
	v := e.Say(msg, call+" takes the reference only on success: check it and Py_DECREF on failure")
	if e.Kind == rule.Unchecked {
		v.Repairing(rule.Repair{Remedy: rule.CheckAdded, Expr: e.Object.Name, At: e.At})
	} else {
		v.Repairing(e.Releasing())
	}
	v.OncePerFunction = e.Kind == rule.Unchecked
	return v
}
