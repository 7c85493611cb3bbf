// Package clearincomplete finds types whose tp_clear is missing, leaves a field, or leaves a dangling pointer.
package clearincomplete

import (
	_ "embed" // doc.md

	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/rule"
	"github.com/refcheck/refcheck/cmodel/refmodel"
	"github.com/refcheck/refcheck/cmodel/typemodel"
)

//go:embed doc.md
var doc string

// Rule is RC605.
var Rule = &rule.Rule{
	Code:     "RC605",
	Name:     "clear-incomplete",
	Kind:     "gc",
	Severity: finding.Warning,
	Doc:      doc,
	Fixes:    "safe",
	CWE:      401,
	Types:    judge,
}

func judge(t *typemodel.Type) []*rule.Defect {
	gc, known := t.GC()
	traverse := t.Facts("tp_traverse")
	if !known || !gc || traverse == nil || t.Own("tp_traverse") == nil {
		return nil
	}
	if t.Slot("tp_clear") == nil {
		return missing(t, traverse)
	}
	clear := t.Facts("tp_clear")
	if clear == nil {
		return nil
	}
	out := skipped(t, traverse, clear)
	out = append(out, dangling(clear)...)
	return append(out, freed(t, clear)...)
}

// missing finds GC types without tp_clear whose fields change after construction.
// Others are like tuples: some mutable object of the cycle is cleared instead.
func missing(t *typemodel.Type, traverse *typemodel.Facts) []*rule.Defect {
	if t.Facts("tp_traverse").Calls("tp_traverse") != nil && t.Own("tp_clear") == nil && t.Base.Name != "PyBaseObject_Type" {
		return nil
	}
	for _, f := range t.Fields() {
		if f.Owned != typemodel.Owned || traverse.At(typemodel.Visit, f.Path) == nil || f.Holds <= typemodel.Mutable || !t.Changes(f) {
			continue
		}
		v := rule.Verdict{
			Message:    "'" + t.Label() + "' has no tp_clear: a cycle through '" + string(f.Path) + "' is found and never freed",
			Help:       "set tp_clear to a function that calls Py_CLEAR for each field it visits",
			Confidence: finding.Medium,
		}
		at := rule.NameOf(traverse.Func)
		d := &rule.Defect{Verdict: v, At: at, Func: traverse.Func.Name}
		return []*rule.Defect{d.About(string(f.Path)).Owning(f).Try(t, f, refmodel.Direct)}
	}
	return nil
}

// harmless reports whether a cycle through a field is broken elsewhere, if there is
// one: a list, dict or set is emptied by the collector.
func harmless(f *typemodel.Field) bool {
	return f.Holds == typemodel.Atomic || f.Holds == typemodel.Mutable
}

// skipped finds fields that are visited and not cleared.
func skipped(t *typemodel.Type, traverse, clear *typemodel.Facts) []*rule.Defect {
	var out []*rule.Defect
	for _, f := range t.Fields() {
		if f.Owned != typemodel.Owned || harmless(f) || string(f.Path) == t.Weaklist || clear.Blind(f.Path) || clear.At(typemodel.Release, f.Path) != nil ||
			clear.At(typemodel.Store, f.Path) != nil || traverse.At(typemodel.Visit, f.Path) == nil {
			continue
		}
		help := "Py_CLEAR(" + clear.Self() + string(f.Path) + ")"
		d := rule.InFunc(clear.Func, rule.Verdict{
			Message:    "tp_clear does not clear '" + string(f.Path) + "': a cycle through it is found and never freed",
			Help:       help,
			Confidence: finding.Medium,
		})
		d.Repairing(d.Safely(rule.Repair{Remedy: rule.Last, Expr: help + ";", At: d.At}))
		out = append(out, d.About(string(f.Path)).Owning(f).Try(t, f, refmodel.Direct))
	}
	if t.Has(typemodel.ManagedDict) && t.Project().Minor >= 12 && clear.First(typemodel.ClearDict) == nil &&
		clear.Calls("tp_clear") == nil && !clear.Blind("") {
		out = append(out, rule.InFunc(clear.Func, rule.Verdict{
			Message:    "tp_clear does not clear the managed dict: a cycle through an attribute is found and never freed",
			Help:       rule.ManagedDict(t.Project().Minor, "Clear") + "(" + clear.Instance() + ")",
			Confidence: finding.High,
		}).About("__dict__"))
	}
	return out
}

// dangling finds fields that are released and keep pointing to the object. The
// instance lives on after tp_clear, and tp_dealloc releases the field again.
func dangling(clear *typemodel.Facts) []*rule.Defect {
	var out []*rule.Defect
	for _, a := range clear.All(typemodel.Release) {
		if a.Nulls || a.Path == "" || a.Path == typemodel.TypeOf || a.Path == typemodel.Elsewhere || clear.Detaches(a.Path) || clear.Blind(a.Path) || clear.Frees(a.Path) {
			continue
		}
		d := rule.AtAction(a, rule.Verdict{
			Message:    "tp_clear releases '" + string(a.Path) + "' and leaves the pointer: tp_dealloc releases it again",
			Help:       "Py_CLEAR(" + clear.Self() + string(a.Path) + ")",
			Confidence: finding.High,
			Severity:   rule.Severity(finding.Error),
		})
		d.Repairing(d.Safely(rule.Repair{Remedy: rule.ClearSlot, Expr: clear.Self() + string(a.Path), At: a.Span}))
		out = append(out, d.About(string(a.Path)))
	}
	return out
}

// freed finds C memory that tp_clear frees without setting the pointer to NULL,
// and that tp_dealloc frees as well.
func freed(t *typemodel.Type, clear *typemodel.Facts) []*rule.Defect {
	dealloc := t.Facts("tp_dealloc")
	var out []*rule.Defect
	for _, a := range clear.All(typemodel.FreeMemory) {
		if clear.Detaches(a.Path) || clear.Blind(a.Path) || dealloc.At(typemodel.FreeMemory, a.Path) == nil {
			continue
		}
		out = append(out, rule.AtAction(a, rule.Verdict{
			Message:    "tp_clear frees '" + string(a.Path) + "' and leaves the pointer: tp_dealloc frees it again",
			Help:       "free C memory in tp_dealloc only, or set the pointer to NULL",
			Confidence: finding.High,
			Severity:   rule.Severity(finding.Error),
		}).About(string(a.Path)))
	}
	return out
}
