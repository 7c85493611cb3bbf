// Package storeborrowed finds borrowed references in places that own their object.
package storeborrowed

import (
	_ "embed" // doc.md

	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/rule"
)

//go:embed doc.md
var doc string

// Rule is RC302.
var Rule = &rule.Rule{
	Code:      "RC302",
	Name:      "store-borrowed",
	Kind:      "borrowed-store",
	Severity:  finding.Error,
	Precision: "medium",
	Doc:       doc,
	Fixes:     "safe",
	CWE:       911,
	Judge:     judge,
}

func judge(e *rule.Event) *rule.Verdict {
	if e.Class() != rule.StoresBorrowed {
		return nil
	}
	slot := "a place that outlives this call"
	if e.Slot != "" {
		slot = "'" + e.Slot + "'"
	}
	if e.Slot != "" && e.Slot == e.Object.Name {
		return e.Say(slot+" owns its object, but gets "+e.Origin()+", without one of its own",
			"Py_INCREF("+e.Slot+") once it is stored").
			Repairing(e.Safely(rule.Repair{Remedy: rule.TakeStored, Expr: e.Slot, At: e.At}))
	}
	return e.Say(e.What()+" is stored in "+slot+" without a reference of its own",
		"Py_INCREF("+e.Expr()+") before storing it").
		Repairing(e.Safely(rule.Repair{Remedy: rule.Take, Expr: e.Expr(), At: e.At}))
}
