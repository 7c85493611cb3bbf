// Package gcflagmissing finds types whose instances own objects but do not take part in cyclic garbage collection.
package gcflagmissing

import (
	_ "embed" // doc.md

	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/rule"
	"github.com/refcheck/refcheck/cmodel/refmodel"
	"github.com/refcheck/refcheck/cmodel/typemodel"
)

//go:embed doc.md
var doc string

// Rule is RC601.
var Rule = &rule.Rule{
	Code:     "RC601",
	Name:     "gc-flag-missing",
	Kind:     "gc",
	Severity: finding.Warning,
	Doc:      doc,
	CWE:      401,
	Types:    judge,
}

func judge(t *typemodel.Type) []*rule.Defect {
	gc, known := t.GC()
	switch {
	case !known:
		return nil
	case gc:
		return noTraverse(t)
	case t.Own("tp_traverse") != nil && t.Flags&typemodel.HaveGC == 0:
		return unused(t)
	}
	if d := managed(t); d != nil {
		return []*rule.Defect{d}
	}
	return fields(t)
}

// unused finds tp_traverse functions that are never called. One that visits the
// type only does no harm where types cannot be changed.
func unused(t *typemodel.Type) []*rule.Defect {
	v := rule.Verdict{
		Message:    "'" + t.Label() + "' has tp_traverse but not Py_TPFLAGS_HAVE_GC: the collector never calls it",
		Help:       "add Py_TPFLAGS_HAVE_GC to the flags and allocate with a GC allocator",
		Confidence: finding.Low,
	}
	for _, a := range t.Facts("tp_traverse").All(typemodel.Visit) {
		switch {
		case t.Has(typemodel.BaseType) && !t.Heap: // for Python subclasses it is called
		case a.Path != typemodel.TypeOf || !t.Has(typemodel.ImmutableType):
			v.Confidence = finding.High
		}
	}
	return []*rule.Defect{rule.OfType(t, t.FlagsSpan, v)}
}

// noTraverse finds GC types without tp_traverse. Type objects are refused from 3.11
// on; before, the collector calls a null pointer.
func noTraverse(t *typemodel.Type) []*rule.Defect {
	if t.Flags&typemodel.HaveGC == 0 || t.Slots["tp_traverse"] != nil || t.Base.Type != nil || t.Base.Name != "PyBaseObject_Type" {
		return nil
	}
	return []*rule.Defect{rule.OfType(t, t.FlagsSpan, rule.Verdict{
		Message:    "'" + t.Label() + "' has Py_TPFLAGS_HAVE_GC but no tp_traverse",
		Help:       "set tp_traverse, or leave the flag out",
		Confidence: finding.High,
		Severity:   rule.Severity(finding.Error),
	}).Try(t, nil, refmodel.Direct)}
}

// managed finds flags that only work for GC types.
func managed(t *typemodel.Type) *rule.Defect {
	name := ""
	switch minor := t.Project().Minor; {
	case t.Has(typemodel.ManagedDict) && minor >= 11:
		name = "Py_TPFLAGS_MANAGED_DICT"
	case t.Has(typemodel.ManagedWeakref) && minor >= 12:
		name = "Py_TPFLAGS_MANAGED_WEAKREF"
	default:
		return nil
	}
	return rule.OfType(t, t.FlagsSpan, rule.Verdict{
		Message:    name + " needs Py_TPFLAGS_HAVE_GC, which '" + t.Label() + "' does not have",
		Help:       "add Py_TPFLAGS_HAVE_GC, tp_traverse and tp_clear",
		Confidence: finding.High,
		Severity:   rule.Severity(finding.Error),
	})
}

// fields finds the owned fields that a cycle can go through. One finding names
// the first; the flag is missing once.
func fields(t *typemodel.Type) []*rule.Defect {
	var found []string
	var lead *typemodel.Field
	leads := false
	for _, f := range t.Fields() {
		if f.Owned != typemodel.Owned || string(f.Path) == t.Weaklist || f.Holds < typemodel.Unknown {
			continue
		}
		switch {
		case t.VisitedByOthers(f):
			continue
		case lead == nil, f.Holds > lead.Holds && !leads, !leads && t.Leads(f):
			lead, leads = f, t.Leads(f)
		}
		found = append(found, "'"+string(f.Path)+"'")
	}
	if lead == nil {
		return nil
	}
	v := rule.Verdict{
		Message:    "'" + t.Label() + "' owns '" + string(lead.Path) + "' but is no GC type: a cycle through it is never freed",
		Help:       "add Py_TPFLAGS_HAVE_GC, and tp_traverse and tp_clear for " + rule.List(found),
		Confidence: finding.Low,
	}
	if leads {
		v.Confidence = finding.Medium
	}
	return []*rule.Defect{rule.OfType(t, t.FlagsSpan, v).About(string(lead.Path)).Owning(lead).Try(t, lead, refmodel.Direct)}
}
