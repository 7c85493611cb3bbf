// Package deallocheaptype finds tp_dealloc functions that do not release the type of the instance, release it although it is static, or read it too late.
package deallocheaptype

import (
	_ "embed" // doc.md

	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/rule"
	"github.com/refcheck/refcheck/cmodel/refmodel"
	"github.com/refcheck/refcheck/cmodel/typemodel"
)

//go:embed doc.md
var doc string

// Rule is RC607.
var Rule = &rule.Rule{
	Code:     "RC607",
	Name:     "dealloc-heap-type",
	Kind:     "gc",
	Severity: finding.Error,
	Doc:      doc,
	Fixes:    "safe",
	CWE:      401,
	Types:    judge,
}

// Since 3.8 every allocator takes a reference to a heap type.
const ownsType = 8

// From 3.12 on static types are immortal: their count is not looked at.
const immortalTypes = 12

func judge(t *typemodel.Type) []*rule.Defect {
	dealloc := t.Facts("tp_dealloc")
	if dealloc == nil || t.Own("tp_dealloc") == nil || dealloc.Blind("") {
		return nil
	}
	var out []*rule.Defect
	release := dealloc.At(typemodel.Release, typemodel.TypeOf)
	free := dealloc.First(typemodel.FreeSelf)
	switch {
	case t.Heap && t.Project().Minor >= ownsType && release == nil && releasesNone(t, dealloc):
		d := rule.InFunc(dealloc.Func, rule.Verdict{
			Message:    "tp_dealloc does not release the type, a heap type that each instance owns: it is never freed",
			Help:       "PyTypeObject *tp = Py_TYPE(" + dealloc.Instance() + ") first, Py_DECREF(tp) last",
			Confidence: finding.High,
		}).Try(t, nil, refmodel.NoCycle)
		if free != nil {
			d.At, d.Func = free.Span, free.Func.Name
			d.Repairing(d.Safely(rule.Repair{Remedy: rule.ReleaseType, Expr: dealloc.Instance(), At: free.Top, Inner: rule.NameOf(dealloc.Func)}))
		}
		out = append(out, d)
	case !t.Heap && release != nil && !dealloc.AsksForType() && !t.CountedByHand():
		v := rule.Verdict{
			Message:    "tp_dealloc releases the type, but '" + t.Label() + "' is static: instances own no reference to it",
			Help:       "remove it; the dealloc function of Python subclasses releases their type",
			Confidence: finding.High,
		}
		if t.Project().Minor >= immortalTypes {
			v.Severity = rule.Severity(finding.Note)
		}
		d := rule.AtAction(release, v)
		out = append(out, d.Repairing(d.Safely(rule.Repair{Remedy: rule.Drop, At: release.Span})))
	}
	for _, a := range dealloc.All(typemodel.ReadType) {
		if a.Before.Freed {
			return append(out, rule.AtAction(a, rule.Verdict{
				Message:    "tp_dealloc reads the type of the instance after the instance was freed",
				Help:       "save Py_TYPE(" + dealloc.Instance() + ") in a variable before",
				Confidence: finding.High,
			}))
		}
	}
	return out
}

// releasesNone reports whether nothing that the function calls releases the type
// instead: the dealloc function of a heap base does.
func releasesNone(t *typemodel.Type, dealloc *typemodel.Facts) bool {
	base := dealloc.Calls("tp_dealloc")
	switch {
	case base == nil:
		return dealloc.First(typemodel.FreeSelf) != nil
	case base.Base != nil:
		return !base.Base.Heap
	}
	return t.Base.Type == nil && t.Base.Name != "" || t.Base.Type != nil && !t.Base.Type.Heap
}
