// Package apiwithoutgil finds calls of the C API in a window in which the GIL is released.
package apiwithoutgil

import (
	_ "embed" // doc.md
	"fmt"

	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/rule"
)

//go:embed doc.md
var doc string

// Rule is RC801.
var Rule = &rule.Rule{
	Code:     "RC801",
	Name:     "api-without-gil",
	Kind:     "gil",
	Severity: finding.Error,
	Doc:      doc,
	CWE:      362,
	Judge:    judge,
}

func judge(e *rule.Event) *rule.Verdict {
	if e.Class() != rule.APIWithoutGIL {
		return nil
	}
	msg := fmt.Sprintf("%s is called without the GIL, which %s released%s", e.Call, e.BeforeCall, e.BeforeLine())
	if e.Used != "" {
		msg = fmt.Sprintf("%s calls %s without the GIL, which %s released%s", e.Call, e.Used, e.BeforeCall, e.BeforeLine())
	}
	return e.Say(msg, "call it before the GIL is released, or after it was taken again")
}
