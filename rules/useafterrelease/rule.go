// Package useafterrelease finds uses of objects that may be freed already.
package useafterrelease

import (
	_ "embed" // doc.md

	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/rule"
)

//go:embed doc.md
var doc string

// Rule is RC203.
var Rule = &rule.Rule{
	Code:      "RC203",
	Name:      "use-after-release",
	Kind:      "use-after-release",
	Severity:  finding.Error,
	Precision: "medium",
	Doc:       doc,
	CWE:       416,
	Judge:     judge,
}

func judge(e *rule.Event) *rule.Verdict {
	if e.Class() != rule.UseAfterRelease {
		return nil
	}
	used := e.Used
	if used == "" {
		used = "used"
	}
	msg := e.What() + " is " + used + " after it was released" + e.BeforeLine()
	if e.How == rule.GivenAway {
		by := e.BeforeCall
		if by == "" {
			by = "a call"
		}
		msg = e.What() + " is " + used + " after " + by + " took it over" + e.BeforeLine()
	}
	return e.Say(msg, "release "+e.Called()+" after its last use")
}
