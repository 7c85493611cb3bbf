package traversemissingfield

import (
	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/rule"
	"github.com/refcheck/refcheck/cmodel/typemodel"
)

// early finds returns before the visit of a field that depend on another field, which
// need not be empty when that one is. The two are often set and emptied together: it is
// certain where a method sets the one and has nothing to do with the other.
func early(t *typemodel.Type, traverse *typemodel.Facts, f *typemodel.Field) *rule.Defect {
	for _, x := range t.Exits(traverse, traverse.At(typemodel.Visit, f.Path)) {
		if x.Cond == "" || related(f.Path, x) {
			continue
		}
		v := rule.Verdict{
			Message:    "tp_traverse returns before it visits '" + string(f.Path) + "' " + when(x) + ": a cycle through it is then never freed",
			Help:       "visit '" + string(f.Path) + "' before this return",
			Confidence: finding.Low,
		}
		d := &rule.Defect{Verdict: v, At: x.Span, Func: traverse.Func.Name}
		if setter := t.SetsAlone(f.Path, x.Cond); setter != nil {
			d.Confidence = finding.Medium
			d.Note(finding.Call, rule.NameOf(setter), setter.Name+" sets '"+string(f.Path)+"' whatever '"+string(x.Cond)+"' is")
		}
		return d.About(string(f.Path)).Owning(f)
	}
	return nil
}

// related reports whether the condition looks at the field itself, or at what it lies in.
func related(p typemodel.Path, x *typemodel.Exit) bool {
	for _, c := range x.Conds {
		if c == p || p.Below(c) || c.Below(p) {
			return true
		}
	}
	return false
}

// when words the condition.
func when(x *typemodel.Exit) string {
	if x.Null {
		return "when '" + string(x.Cond) + "' is NULL"
	}
	return "depending on '" + string(x.Cond) + "'"
}
