// Package gctrackorder finds instances that the collector sees too early, or twice.
package gctrackorder

import (
	_ "embed" // doc.md
	"slices"

	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/rule"
	"github.com/refcheck/refcheck/cmodel/typemodel"
)

//go:embed doc.md
var doc string

// Rule is RC609.
var Rule = &rule.Rule{
	Code:     "RC609",
	Name:     "gc-track-order",
	Kind:     "gc",
	Severity: finding.Error,
	Doc:      doc,
	CWE:      665,
	Types:    judge,
}

func judge(t *typemodel.Type) []*rule.Defect {
	gc, known := t.GC()
	if !known || !gc {
		return nil
	}
	var out []*rule.Defect
	for _, c := range t.Constructors() {
		if c.Cut || c.Mixed {
			continue
		}
		for _, a := range c.All(typemodel.Track) {
			if d := tracked(t, c, a); d != nil {
				out = append(out, d)
				break
			}
		}
		if d := never(t, c); d != nil {
			out = append(out, d)
		}
	}
	if d := reused(t); d != nil {
		out = append(out, d)
	}
	return out
}

// tracked judges a call of PyObject_GC_Track in a constructor.
func tracked(t *typemodel.Type, c *typemodel.Constructor, a *typemodel.Action) *rule.Defect {
	if c.Alloc == typemodel.Generic {
		if a.Before.Untracked || t.Own("tp_alloc") != nil && t.Own("tp_alloc").Ref != "PyType_GenericAlloc" {
			return nil
		}
		return rule.AtAction(a, rule.Verdict{
			Message:    "PyObject_GC_Track is called for an instance that its allocator tracks already: a fatal error",
			Help:       "leave it out: PyType_GenericAlloc tracks objects of GC types",
			Confidence: finding.High,
		}).Note(finding.Call, c.Call.Span, "the instance is made and tracked here")
	}
	if c.Alloc != typemodel.Tracked || c.Blind("") {
		return nil
	}
	for _, v := range t.Facts("tp_traverse").All(typemodel.Visit) {
		f := t.Field(v.Path)
		if f == nil || slices.Contains(a.Before.Touched, v.Path) || !c.StoresAfter(a, v.Path) {
			continue
		}
		return rule.AtAction(a, rule.Verdict{
			Message:    "the instance is tracked before '" + string(v.Path) + "' is set: tp_traverse visits whatever was in memory",
			Help:       "call PyObject_GC_Track when all fields are valid",
			Confidence: finding.High,
		}).About(string(v.Path)).Note(finding.Call, c.Call.Span, "the memory is not zeroed")
	}
	return nil
}

// never finds instances that are made, returned and never shown to the collector,
// though Python code chooses what they hold.
func never(t *typemodel.Type, c *typemodel.Constructor) *rule.Defect {
	if c.Alloc != typemodel.Tracked || !c.Returned || c.TrackedLater() || c.Blind("") {
		return nil
	}
	f := cyclic(t)
	if f == nil {
		return nil
	}
	return rule.InFunc(c.Func, untracked("the instance is returned", f)).About(string(f.Path)).TryUntracked(t, f).
		Note(finding.Call, c.Call.Span, "what PyObject_GC_New makes is not tracked")
}

// reused finds instances that tp_dealloc untracks and keeps, and that are not tracked again when they are
// given out.
func reused(t *typemodel.Type) *rule.Defect {
	put := t.Facts("tp_dealloc").First(typemodel.PutAside)
	if put == nil || !put.Before.Untracked {
		return nil
	}
	f := cyclic(t)
	if f == nil {
		return nil
	}
	for _, r := range t.Reused(put) {
		if !r.Tracks {
			d := &rule.Defect{Verdict: untracked(r.Func.Name+" returns an instance from '"+r.List+"'", f), At: r.Span, Func: r.Func.Name}
			return d.About(string(f.Path)).TryUntracked(t, f).Note(finding.Call, put.Span, "tp_dealloc has untracked it, and puts it there")
		}
	}
	return nil
}

func untracked(what string, f *typemodel.Field) rule.Verdict {
	return rule.Verdict{
		Message:    what + " without PyObject_GC_Track: a cycle through '" + string(f.Path) + "' is never found",
		Help:       "PyObject_GC_Track when all fields are set",
		Confidence: finding.Medium,
		Severity:   rule.Severity(finding.Warning),
	}
}

// cyclic is a field through which Python code can make a cycle that the collector would find; nil if there is none.
func cyclic(t *typemodel.Type) *typemodel.Field {
	for _, f := range t.Fields() {
		if f.Owned == typemodel.Owned && t.Leads(f) && t.Facts("tp_traverse").At(typemodel.Visit, f.Path) != nil {
			return f
		}
	}
	return nil
}
