// Package leakresource finds buffers and memory that are not given back.
package leakresource

import (
	_ "embed" // doc.md
	"fmt"

	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/rule"
)

//go:embed doc.md
var doc string

// Rule is RC105.
var Rule = &rule.Rule{
	Code:     "RC105",
	Name:     "leak-resource",
	Kind:     "resource",
	Severity: finding.Warning,
	Doc:      doc,
	CWE:      772,
	Judge:    judge,
}

// release names, by kind of resource, the function that gives it back.
var release = map[string]string{
	"buffer": "PyBuffer_Release(&%s)", "malloc": "free(%s)", "mem": "PyMem_Free(%s)", "mem-raw": "PyMem_RawFree(%s)",
	"mem-object": "PyObject_Free(%s)", "mem-data": "PyDataMem_FREE(%s)", "dims": "PyDimMem_FREE(%s)",
}

func judge(e *rule.Event) *rule.Verdict {
	if e.Class() != rule.LeakResource {
		return nil
	}
	what := "the memory"
	if e.Slot == "buffer" {
		what = "the buffer"
	}
	if e.Object.Name != "" {
		what += " '" + e.Object.Name + "'"
	}
	verb := " is not freed"
	if e.Slot == "buffer" {
		verb = " is not released"
	}
	msg := what
	if e.Object.Call != "" {
		msg += fmt.Sprintf(" (from %s, line %d)", e.Object.Call, e.Object.Where.Line)
	}
	when := " before the function returns"
	if e.ErrorPath {
		when = e.Failing(" on this error path")
	}
	return e.Say(msg+verb+when, fmt.Sprintf(release[e.Slot], e.Expr())+" before returning")
}
