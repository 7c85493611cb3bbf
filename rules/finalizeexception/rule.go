// Package finalizeexception finds finalizers and dealloc functions that can lose the exception that is being handled, and tp_del.
package finalizeexception

import (
	_ "embed" // doc.md
	"slices"
	"strings"

	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/rule"
	"github.com/refcheck/refcheck/cmodel/typemodel"
)

//go:embed doc.md
var doc string

// Rule is RC610.
var Rule = &rule.Rule{
	Code:     "RC610",
	Name:     "finalize-exception",
	Kind:     "gc",
	Severity: finding.Warning,
	Doc:      doc,
	CWE:      755,
	Types:    judge,
}

func judge(t *typemodel.Type) []*rule.Defect {
	var out []*rule.Defect
	if s := t.Own("tp_del"); s != nil {
		out = append(out, rule.OfType(t, s.Span, rule.Verdict{
			Message:    "'" + t.Label() + "' has tp_del: the collector does not free cycles with such objects",
			Help:       "use tp_finalize",
			Confidence: finding.High,
		}))
	}
	for _, slot := range []string{"tp_finalize", "tp_dealloc"} {
		if t.Own(slot) == nil {
			continue
		}
		for i, f := 0, t.Facts(slot); f != nil && i < len(f.Actions); i++ {
			a := &f.Actions[i]
			if a.Before.Saved || a.Before.Finalizes || !disturbs(a) {
				continue
			}
			out = append(out, rule.AtSlot(f, a, rule.Verdict{
				Message:    slot + " calls " + a.Call + " without putting the current exception aside: it may be lost",
				Help:       "PyErr_GetRaisedException (PyErr_Fetch before 3.12) first, PyErr_SetRaisedException last",
				Confidence: finding.Medium,
			}))
			break
		}
	}
	return out
}

// disturbs reports whether an action certainly replaces or clears the exception
// that is being handled, or runs Python code, which cannot run with one set.
func disturbs(a *typemodel.Action) bool {
	switch a.Kind {
	case typemodel.ClearsException:
		return true
	case typemodel.RunsCode:
		return slices.ContainsFunc(runners, func(p string) bool { return strings.HasPrefix(a.Call, p) })
	}
	return false
}

// runners are API functions, by the beginning of their names, that run code of the
// user's; others only may.
var runners = []string{"PyObject_Call", "PyEval_Call", "PyErr_Warn", "PyErr_ResourceWarning", "PyImport_Import", "PyRun_"}
