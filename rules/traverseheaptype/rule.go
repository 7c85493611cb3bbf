// Package traverseheaptype finds heap types whose tp_traverse does not visit the type, and older Pythons where it must not.
package traverseheaptype

import (
	_ "embed" // doc.md

	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/rule"
	"github.com/refcheck/refcheck/cmodel/refmodel"
	"github.com/refcheck/refcheck/cmodel/typemodel"
)

//go:embed doc.md
var doc string

// Rule is RC604.
var Rule = &rule.Rule{
	Code:     "RC604",
	Name:     "traverse-heap-type",
	Kind:     "gc",
	Severity: finding.Warning,
	Doc:      doc,
	Fixes:    "safe",
	CWE:      401,
	Types:    judge,
}

// Since 3.9 instances of heap types must visit their type.
const visitsType = 9

func judge(t *typemodel.Type) []*rule.Defect {
	traverse := t.Facts("tp_traverse")
	gc, known := t.GC()
	if !t.Heap || !known || !gc || traverse == nil || t.Own("tp_traverse") == nil {
		return nil
	}
	visit := traverse.At(typemodel.Visit, typemodel.TypeOf)
	base := traverse.Calls("tp_traverse")
	switch {
	case t.Project().Minor < visitsType && visit != nil:
		return []*rule.Defect{rule.AtAction(visit, rule.Verdict{
			Message:    "tp_traverse visits the type, which crashes subclasses before Python 3.9",
			Help:       "put it under #if PY_VERSION_HEX >= 0x03090000",
			Confidence: finding.High,
			Severity:   rule.Severity(finding.Error),
		})}
	case t.Project().Minor < visitsType, visit != nil && (base == nil || !t.HeapBase()), traverse.Blind(""):
		return nil
	case visit != nil:
		return []*rule.Defect{rule.AtAction(visit, rule.Verdict{
			Message:    "tp_traverse visits the type, and so does that of the base, which is a heap type too",
			Help:       "leave it to the base",
			Confidence: finding.High,
			Severity:   rule.Severity(finding.Error),
		})}
	case base != nil && (t.HeapBase() || t.Base.Type == nil && t.Base.Name == ""):
		return nil
	}
	help := "Py_VISIT(Py_TYPE(" + traverse.Instance() + "))"
	d := rule.InFunc(traverse.Func, rule.Verdict{
		Message:    "tp_traverse does not visit the type, a heap type that each instance owns: the cycle through it is never freed",
		Help:       help,
		Confidence: finding.High,
	})
	d.Repairing(d.Safely(rule.Repair{Remedy: rule.First, Expr: help + ";", At: d.At}))
	return []*rule.Defect{d.Try(t, nil, refmodel.ThroughType)}
}
