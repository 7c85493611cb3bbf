// Package danglingbuffer finds pointers into the memory of objects that are used, or
// kept, when the memory may be gone.
package danglingbuffer

import (
	_ "embed" // doc.md
	"fmt"

	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/rule"
)

//go:embed doc.md
var doc string

// Rule is RC204.
var Rule = &rule.Rule{
	Code:      "RC204",
	Name:      "dangling-buffer",
	Kind:      "use-after-release",
	Severity:  finding.Error,
	Precision: "medium",
	Doc:       doc,
	CWE:       416,
	Judge:     judge,
}

func judge(e *rule.Event) *rule.Verdict {
	if e.Class() != rule.DanglingBuffer {
		return nil
	}
	if e.How == rule.StaleCheck {
		return e.Say(e.StaleCheck())
	}
	if e.How == rule.Freed {
		return e.Say(fmt.Sprintf("'%s' is %s, but may have been freed: %s%s", e.Held, e.Used, e.MeltedBy(), e.BeforeLine()),
			"after that call, look whether the object has changed, or read '"+e.Held+"' again from the object; a reference to a key does not keep it")
	}
	owner := "its owner"
	if e.Object.Owner != "" {
		owner = "'" + e.Object.Owner + "'"
	}
	what := "the pointer into the memory of " + owner
	if e.Object.Name != "" {
		what = "'" + e.Object.Name + "', which points into the memory of " + owner + ","
	}
	msg := what + " is " + e.Used
	if e.Slot != "" && e.Slot != e.Object.Name {
		msg += " in '" + e.Slot + "'"
	}
	switch e.How {
	case rule.Resized:
		return e.Say(fmt.Sprintf("%s after %s may have moved it%s", msg, e.BeforeCall, e.BeforeLine()),
			"take the pointer after the last call that changes the size")
	case rule.Melted:
		if e.Via != "" {
			return e.Say(fmt.Sprintf("%s, which uses it after %s has run Python code, which can change the size", msg, e.Via),
				"hold a buffer (PyObject_GetBuffer) during the call, which forbids resizing")
		}
		return e.Say(fmt.Sprintf("%s after %s has run Python code%s, which can change the size", msg, e.BeforeCall, e.BeforeLine()),
			"take the pointer after that call, or hold a buffer (PyObject_GetBuffer), which forbids resizing")
	case rule.Outlives:
		return e.Say(msg+" although the function gives "+owner+" back to its caller",
			"copy what it points to, or keep a reference to "+owner+" as long as the pointer")
	}
	return e.Say(msg+" after "+owner+" was released"+e.BeforeLine(),
		"release "+owner+" after the last use of the pointer")
}
