package deallocfree

import (
	"slices"
	"strings"

	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/rule"
	"github.com/refcheck/refcheck/cmodel/typemodel"
)

// early finds returns that leave the memory of an instance behind which was taken apart
// already. Objects that a finalizer brought back to life are asked for first.
func early(t *typemodel.Type, dealloc *typemodel.Facts) []*rule.Defect {
	free := dealloc.First(typemodel.FreeSelf)
	if free == nil || dealloc.Blind("") || dealloc.First(typemodel.CallFinalizer) != nil || dealloc.First(typemodel.BeginTrashcan) != nil {
		return nil
	}
	for _, x := range t.Exits(dealloc, free) {
		if !x.After(typemodel.Release) || x.Asks("Py_REFCNT") || slices.Contains(x.Conds, "ob_refcnt") ||
			x.After(typemodel.FreeSelf) || x.After(typemodel.BaseSlot) ||
			x.After(typemodel.PutAside) || x.After(typemodel.Track) {
			continue
		}
		return []*rule.Defect{{
			Verdict: rule.Verdict{
				Message:    "tp_dealloc returns here without freeing the memory of the instance, whose fields it has released",
				Help:       "Py_TYPE(" + dealloc.Instance() + ")->tp_free(" + dealloc.Instance() + ") before this return",
				Confidence: finding.Medium,
			},
			At: x.Span, Func: dealloc.Func.Name,
		}}
	}
	return nil
}

// spared finds wrong uses of free lists: lists of instances that wait for being used
// again.
func spared(t *typemodel.Type, dealloc *typemodel.Facts) []*rule.Defect {
	put := dealloc.First(typemodel.PutAside)
	if put == nil || dealloc.Blind("") {
		return nil
	}
	for _, r := range t.Reused(put) {
		switch {
		case t.Derivable() && !asksType(dealloc, put):
			return []*rule.Defect{rule.AtSlot(dealloc, put, rule.Verdict{
				Message:    "tp_dealloc keeps instances in '" + r.List + "' without asking for their exact type: those of Python subclasses come back as '" + t.Label() + "'",
				Help:       "only keep them if Py_IS_TYPE(" + dealloc.Instance() + ", ...), call tp_free for others",
				Confidence: finding.Medium,
			}).Note(finding.Call, r.Span, r.Func.Name+" uses them again")}
		case !r.Counts && !counts(dealloc):
			d := &rule.Defect{Verdict: rule.Verdict{
				Message:    r.Func.Name + " returns an instance from '" + r.List + "' with the reference count 0 it died with",
				Help:       "PyObject_Init, or _Py_NewReference",
				Confidence: finding.Medium,
			}, At: r.Span, Func: r.Func.Name}
			return []*rule.Defect{d.Note(finding.Store, put.Span, "tp_dealloc puts it there")}
		}
	}
	return nil
}

// counts reports whether tp_dealloc itself gives the instance a reference count.
func counts(dealloc *typemodel.Facts) bool {
	return dealloc.First(typemodel.ChangesCount) != nil || dealloc.Calling("Py_SET_REFCNT", "Py_INCREF", "_Py_NewReference") ||
		slices.ContainsFunc(dealloc.Paths(typemodel.Store), func(p typemodel.Path) bool { return strings.HasSuffix(string(p), "ob_refcnt") })
}

// asksType reports whether tp_dealloc looks at the type before it keeps the instance.
func asksType(dealloc *typemodel.Facts, put *typemodel.Action) bool {
	return slices.ContainsFunc(dealloc.Actions, func(a typemodel.Action) bool {
		return (a.Kind == typemodel.ReadType || a.Kind == typemodel.AskType) && a.Top.Before(put.Top.Pos)
	}) || dealloc.Calling("Py_IS_TYPE", "PyObject_TypeCheck")
}
