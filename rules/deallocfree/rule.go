// Package deallocfree finds what tp_dealloc leaves behind: fields, weak references, the memory itself.
package deallocfree

import (
	_ "embed" // doc.md
	"slices"

	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/rule"
	"github.com/refcheck/refcheck/cmodel/refmodel"
	"github.com/refcheck/refcheck/cmodel/typemodel"
)

//go:embed doc.md
var doc string

// Rule is RC608.
var Rule = &rule.Rule{
	Code:     "RC608",
	Name:     "dealloc-free",
	Kind:     "gc",
	Severity: finding.Error,
	Doc:      doc,
	Fixes:    "unsafe",
	CWE:      401,
	Types:    judge,
}

func judge(t *typemodel.Type) []*rule.Defect {
	if t.Own("tp_dealloc") == nil && t.Slots["tp_dealloc"] == nil {
		return inherited(t)
	}
	dealloc := t.Facts("tp_dealloc")
	if dealloc == nil || dealloc.Cut {
		return nil
	}
	out := kept(t, dealloc)
	out = append(out, halfBuilt(t, dealloc)...)
	out = append(out, weakrefs(t, dealloc)...)
	out = append(out, unfreed(t, dealloc)...)
	out = append(out, early(t, dealloc)...)
	out = append(out, spared(t, dealloc)...)
	out = append(out, managedDict(t, dealloc)...)
	out = append(out, trashcan(t, dealloc)...)
	out = append(out, chained(t, dealloc)...)
	return append(out, mismatch(t, dealloc)...)
}

// kept finds owned fields that tp_dealloc does not release.
func kept(t *typemodel.Type, dealloc *typemodel.Facts) []*rule.Defect {
	var out []*rule.Defect
	for _, f := range t.Fields() {
		if !leaks(t, f) || dealloc.Blind(f.Path) || dealloc.At(typemodel.Release, f.Path) != nil || dealloc.Frees(f.Path) {
			continue
		}
		v := rule.Verdict{
			Message:    "tp_dealloc does not release '" + string(f.Path) + "'",
			Help:       "Py_XDECREF(" + dealloc.Self() + string(f.Path) + ")",
			Confidence: finding.High,
		}
		if f.Released == nil {
			v.Confidence = finding.Medium
		}
		if dealloc.At(typemodel.Read, f.Path) != nil || dealloc.At(typemodel.Store, f.Path) != nil {
			v.Confidence = finding.Low // it may be passed on
		}
		d := rule.InFunc(dealloc.Func, v)
		if free := dealloc.First(typemodel.FreeSelf); free != nil {
			d.Repairing(rule.Repair{Remedy: rule.BeforeFree, Expr: v.Help + ";", At: free.Top})
		}
		out = append(out, d.About(string(f.Path)).Owning(f).Try(t, f, refmodel.NoCycle))
	}
	return out
}

// leaks reports whether an instance that dies owns what is in the field.
func leaks(t *typemodel.Type, f *typemodel.Field) bool {
	return f.Owned == typemodel.Owned && string(f.Path) != t.Weaklist && f.Type != nil
}

// inherited finds types without tp_dealloc that own objects. What types made from a
// spec get instead only clears the members that Python code can write.
func inherited(t *typemodel.Type) []*rule.Defect {
	if !t.FlagsKnown || t.Base.Type != nil || t.Base.Name != "PyBaseObject_Type" || t.Abstract() {
		return nil
	}
	for _, f := range t.Fields() {
		if !leaks(t, f) || f.Released == nil && f.Where == nil || t.Facts("tp_finalize").At(typemodel.Release, f.Path) != nil || t.Heap && t.WritableMember(f.Path) {
			continue
		}
		return []*rule.Defect{rule.OfType(t, t.Span, rule.Verdict{
			Message:    "'" + t.Label() + "' has no tp_dealloc: nothing releases '" + string(f.Path) + "' when an instance dies",
			Help:       "set tp_dealloc to a function that releases it",
			Confidence: finding.Medium,
		}).About(string(f.Path)).Owning(f).Try(t, f, refmodel.NoCycle)}
	}
	return nil
}

// weakrefs finds instances that die while weak references still point to them.
func weakrefs(t *typemodel.Type, dealloc *typemodel.Facts) []*rule.Defect {
	what := "'" + t.Weaklist + "'"
	if t.Weaklist == "" {
		if !t.Has(typemodel.ManagedWeakref) || t.Project().Minor < 12 {
			return nil
		}
		what = "the managed list"
	}
	if dealloc.First(typemodel.ClearWeakrefs) != nil || dealloc.Blind("") || dealloc.Calls("tp_dealloc") != nil && dealloc.Calls("tp_dealloc").Base == nil {
		return nil
	}
	return []*rule.Defect{rule.InFunc(dealloc.Func, rule.Verdict{
		Message:    "tp_dealloc does not clear the weak references in " + what + ": they keep pointing to freed memory",
		Help:       "PyObject_ClearWeakRefs(" + dealloc.Instance() + ")",
		Confidence: finding.High,
	}).About(t.Weaklist)}
}

// unfreed finds functions that never free the memory of the instance.
func unfreed(t *typemodel.Type, dealloc *typemodel.Facts) []*rule.Defect {
	if dealloc.First(typemodel.FreeSelf) != nil || dealloc.Calls("tp_dealloc") != nil || dealloc.Blind("") || !takesApart(dealloc) {
		return nil
	}
	return []*rule.Defect{rule.InFunc(dealloc.Func, rule.Verdict{
		Message:    "tp_dealloc never frees the memory of the instance",
		Help:       "Py_TYPE(" + dealloc.Instance() + ")->tp_free(" + dealloc.Instance() + ")",
		Confidence: finding.Medium,
	})}
}

// takesApart reports whether the function does something with the fields: one that
// does nothing belongs to an object that never dies.
func takesApart(dealloc *typemodel.Facts) bool {
	return slices.ContainsFunc(dealloc.Actions, func(a typemodel.Action) bool {
		return a.Path != "" && a.Path != typemodel.Elsewhere || a.Kind == typemodel.Untrack
	})
}

// mismatch finds memory that is freed by other means than it was allocated.
func mismatch(t *typemodel.Type, dealloc *typemodel.Facts) []*rule.Defect {
	gc, known := t.GC()
	if !known {
		return nil
	}
	for _, a := range dealloc.All(typemodel.FreeSelf) {
		switch {
		case gc && plainFree(a):
			return []*rule.Defect{rule.AtAction(a, rule.Verdict{
				Message:    "the instance of a GC type is freed with " + name(a) + ", which does not know its GC header",
				Help:       "Py_TYPE(" + dealloc.Instance() + ")->tp_free, or PyObject_GC_Del",
				Confidence: finding.High,
			})}
		case !gc && t.Derivable() && plainFree(a) && !freesByType(dealloc):
			return []*rule.Defect{rule.AtAction(a, rule.Verdict{
				Message:    name(a) + " frees the instance of a type that Python classes can derive from: theirs begin with a GC header",
				Help:       "Py_TYPE(" + dealloc.Instance() + ")->tp_free(" + dealloc.Instance() + ")",
				Confidence: finding.High,
			})}
		case !gc && a.Call == "PyObject_GC_Del":
			return []*rule.Defect{rule.AtAction(a, rule.Verdict{
				Message:    "PyObject_GC_Del frees the instance of a type that is no GC type",
				Help:       "Py_TYPE(" + dealloc.Instance() + ")->tp_free, or PyObject_Free",
				Confidence: finding.High,
			})}
		}
	}
	return nil
}

// plainFree reports whether an action frees memory that has no GC header.
func plainFree(a *typemodel.Action) bool {
	return a.Call == "PyObject_Free" || a.Call == "free" || a.Call == "PyMem_Free"
}

// freesByType reports whether the function also asks the type how to free: on
// another path than the one for instances of the type itself.
func freesByType(dealloc *typemodel.Facts) bool {
	return slices.ContainsFunc(dealloc.All(typemodel.FreeSelf), func(a *typemodel.Action) bool { return a.Call == "tp_free" })
}

// name is the function as the user wrote it.
func name(a *typemodel.Action) string {
	if a.Instr.Macro != "" {
		return a.Instr.Macro
	}
	return a.Call
}

// managedDict finds functions that leave the attributes behind which the
// interpreter keeps for the instance.
func managedDict(t *typemodel.Type, dealloc *typemodel.Facts) []*rule.Defect {
	if !t.Has(typemodel.ManagedDict) || t.Project().Minor < 12 || dealloc.First(typemodel.ClearDict) != nil ||
		dealloc.Calls("tp_dealloc") != nil || dealloc.Blind("") {
		return nil
	}
	return []*rule.Defect{rule.InFunc(dealloc.Func, rule.Verdict{
		Message:    "tp_dealloc does not clear the managed dict: the attributes of the instance are never released",
		Help:       rule.ManagedDict(t.Project().Minor, "Clear") + "(" + dealloc.Instance() + ")",
		Confidence: finding.High,
	}).About("__dict__")}
}

// halfBuilt finds constructors that release an instance before they have set the
// fields that tp_dealloc releases, in memory that is not zeroed.
func halfBuilt(t *typemodel.Type, dealloc *typemodel.Facts) []*rule.Defect {
	var out []*rule.Defect
	for _, c := range t.Constructors() {
		if c.Alloc == typemodel.Generic || c.Cut || c.Mixed || c.Blind("") {
			continue
		}
		for _, a := range c.All(typemodel.Release) {
			if f := unset(t, dealloc, c, a); a.Path == "" && f != "" {
				out = append(out, rule.AtAction(a, rule.Verdict{
					Message:    "the instance is released before '" + string(f) + "' is set: tp_dealloc releases whatever was in memory",
					Help:       "set the field to NULL first: the memory is not zeroed",
					Confidence: finding.High,
				}).About(string(f)).Note(finding.Call, c.Call.Span, "the instance is made here"))
				break
			}
		}
	}
	return out
}

// unset is a field that tp_dealloc releases, that the constructor sets, and that no
// path to a has set.
func unset(t *typemodel.Type, dealloc *typemodel.Facts, c *typemodel.Constructor, a *typemodel.Action) typemodel.Path {
	for _, p := range dealloc.Paths(typemodel.Release) {
		if f := t.Field(p); f != nil && f.Type != nil && !slices.Contains(a.Before.Touched, p) && c.StoresAfter(a, p) {
			return p
		}
	}
	return ""
}
