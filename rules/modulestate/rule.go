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
}

func judge(m *typemodel.Module) []*rule.Defect {
	fields := m.Fields()
	if len(fields) == 0 || m.Size <= 0 {
		return nil
	}
	var out []*rule.Defect
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
	return out
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
