// Package removedapi finds calls of API functions that the target Python has no more, or
// that are to go.
package removedapi

import (
	_ "embed" // doc.md
	"fmt"

	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/rule"
	"github.com/refcheck/refcheck/cmodel/contract"
)

//go:embed doc.md
var doc string

// Rule is RC805.
var Rule = &rule.Rule{
	Code:      "RC805",
	Name:      "removed-api",
	Kind:      "modernize",
	Severity:  finding.Note,
	Precision: "very-high",
	Doc:       doc,
	CWE:       477,
	Judge:     judge,
}

func judge(e *rule.Event) *rule.Verdict {
	if e.Class() != rule.RemovedAPI {
		return nil
	}
	gone := contract.Removed(e.API.Name)
	if gone == 0 || gone > contract.Version(e.Target.Minor) {
		return pending(e, gone)
	}
	v := e.Say(fmt.Sprintf("%s was removed in Python %s", e.Call, gone), instead(e, gone))
	v.Severity = rule.Severity(finding.Warning)
	return v
}

// pending is the verdict on a function that is still there. Most that are only deprecated
// stay for years.
func pending(e *rule.Event, gone contract.Version) *rule.Verdict {
	text := fmt.Sprintf("%s is deprecated since Python %s", e.Call, e.API.Deprecated)
	if gone != 0 {
		text += fmt.Sprintf(" and gone in %s", gone)
	}
	v := e.Say(text, instead(e, gone))
	v.Confidence = finding.Low
	if gone != 0 {
		v.Confidence = finding.Medium
	}
	return v
}

// instead says what to do about a function that is gone in a version, or is not if that is 0.
func instead(e *rule.Event, gone contract.Version) string {
	switch {
	case e.API.Replacement != "":
		return "use " + e.API.Replacement
	case gone != 0:
		return fmt.Sprintf("nothing replaces it: what needs it belongs under #if PY_VERSION_HEX < 0x03%02X0000", int(gone))
	}
	return ""
}
