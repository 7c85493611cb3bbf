// Package modulestate finds module state that the collector does not see or that is never released.
package modulestate

import (
	_ "embed" // doc.md
	"slices"

	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/rule"
	"github.com/refcheck/refcheck/cmodel/typemodel"
)

//go:embed doc.md
var doc string

// Rule is RC702.
var Rule = &rule.Rule{
	Code:     "RC702",
	Name:     "module-state",
	Kind:     "module-state",
	Severity: finding.Warning,
	Doc:      doc,
	CWE:      401,
	Modules:  judge,
	Types:    lookups,
}

func judge(m *typemodel.Module) []*rule.Defect {
	out := shared(m)
	fields := slices.DeleteFunc(m.Fields(), func(x *typemodel.Field) bool { return x.Owned == typemodel.Borrowed })
	if len(fields) == 0 || m.Size <= 0 || m.Unplugged() {
		return out
	}
	for _, slot := range []struct {
		name, fails, help string
		kind              typemodel.ActionKind
	}{
		{"m_traverse", "visit", "Py_VISIT", typemodel.Visit},
		{"m_clear", "clear", "Py_CLEAR", typemodel.Release},
	} {
		f := m.Facts(slot.name)
		if m.Slots[slot.name] == nil {
			if slot.kind == typemodel.Visit && !slices.ContainsFunc(fields, func(x *typemodel.Field) bool { return x.Holds > typemodel.Atomic }) {
				continue // strings and numbers need no visit
			}
			v := rule.Verdict{
				Message:    "'" + m.Var + "' has no " + slot.name + ", but its state holds " + names(fields),
				Help:       slot.help + " each of them in " + slot.name,
				Confidence: finding.Medium,
			}
			out = append(out, &rule.Defect{Verdict: v, At: m.Span, Func: m.Var, Object: string(fields[0].Path)})
			continue
		}
		for _, x := range missing(f, slot.kind, fields) {
			d := rule.InFunc(f.Func, rule.Verdict{
				Message:    slot.name + " does not " + slot.fails + " '" + string(x.Path) + "' of the module's state",
				Help:       slot.help + " it in " + slot.name,
				Confidence: finding.Medium,
			})
			d.Object = string(x.Path)
			out = append(out, d)
		}
	}
	return append(out, kept(m, fields)...)
}

// kept finds modules whose state nothing releases when the module dies without the
// collector's help: m_clear is not called then.
func kept(m *typemodel.Module, fields []*typemodel.Field) []*rule.Defect {
	if m.Slots["m_clear"] == nil { // reported, and m_free is likely to call it
		return nil
	}
	v := rule.Verdict{Help: "call m_clear in m_free", Confidence: finding.Medium, Severity: rule.Severity(finding.Note)}
	free := m.Facts("m_free")
	if m.Slots["m_free"] == nil {
		v.Message = "'" + m.Var + "' has no m_free: its state keeps " + names(fields) + " when the module is freed without a collection"
		return []*rule.Defect{{Verdict: v, At: m.Span, Func: m.Var, Object: string(fields[0].Path)}}
	}
	if free == nil || free.Cut || free.Blind("") || free.First(typemodel.Release) != nil {
		return nil
	}
	v.Message = "m_free does not release " + names(fields) + " of the module's state: m_clear is only called by the collector"
	d := rule.InFunc(free.Func, v)
	d.Object = string(fields[0].Path)
	return []*rule.Defect{d}
}

// lookups finds slot functions that ask for the module's state and rely on getting
// it. When the interpreter shuts down it may be gone, and a Python subclass has none.
func lookups(t *typemodel.Type) []*rule.Defect {
	for _, slot := range []string{"tp_dealloc", "tp_clear", "tp_finalize"} {
		f := t.Facts(slot)
		if f == nil || t.Own(slot) == nil {
			continue
		}
		for _, a := range f.All(typemodel.AskState) {
			why := "it may be gone when the interpreter shuts down"
			switch {
			case a.Call == "PyType_GetModuleState" || a.Call == "PyType_GetModule":
				if !t.Has(typemodel.BaseType) {
					continue
				}
				why = "a Python subclass has none"
			}
			return []*rule.Defect{rule.AtSlot(f, a, rule.Verdict{
				Message:    slot + " uses what " + a.Call + " returns without asking for NULL: " + why,
				Help:       "keep what is needed in the instance",
				Confidence: finding.Medium,
			})}
		}
	}
	return nil
}

// missing lists the fields for which a function does not do what it is for. One
// that does nothing of the kind, or is not understood, is not judged.
func missing(f *typemodel.Facts, kind typemodel.ActionKind, fields []*typemodel.Field) []*typemodel.Field {
	if f == nil || f.Cut || f.First(kind) == nil || f.At(kind, typemodel.Elsewhere) != nil {
		return nil
	}
	var left []*typemodel.Field
	for _, x := range fields {
		atom := kind == typemodel.Visit && x.Holds == typemodel.Atomic
		if !atom && x.Owned == typemodel.Owned && !f.Blind(x.Path) && f.At(kind, x.Path) == nil && f.At(typemodel.Store, x.Path) == nil {
			left = append(left, x)
		}
	}
	return left
}

func names(fields []*typemodel.Field) string {
	var out []string
	for _, f := range fields {
		out = append(out, "'"+string(f.Path)+"'")
	}
	return rule.List(out)
}
