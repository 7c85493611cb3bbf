// Package leak finds references that nobody can release any more.
package leak

import (
	_ "embed" // doc.md

	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/rule"
)

//go:embed doc.md
var doc string

// Rule is RC101.
var Rule = &rule.Rule{
	Code:     "RC101",
	Name:     "leak",
	Kind:     "leak",
	Severity: finding.Error,
	Doc:      doc,
	Fixes:    "unsafe",
	CWE:      401,
	Judge:    judge,
}

func judge(e *rule.Event) *rule.Verdict {
	if e.Class() != rule.Leak {
		return nil
	}
	if e.How == rule.Dropped {
		return e.Say("the new reference returned by "+e.Object.Call+" is dropped",
			"keep the result in a variable and Py_XDECREF it").Repairing(rule.Repair{Remedy: rule.DropResult, At: e.At})
	}
	if e.How == rule.Forgotten {
		return e.Say(e.What()+" is not released before the function returns"+e.Elsewhere(),
			e.Release()+" before returning, or leave it to the caller everywhere")
	}
	if e.Object.Origin == rule.FromIncref {
		return e.Say(e.What()+" is never released",
			"drop that Py_INCREF, or "+e.Release()+" before returning").Repairing(e.Releasing())
	}
	return e.Say(e.What()+" is not released before the function returns",
		e.Release()+" before returning").Repairing(e.Releasing())
}
