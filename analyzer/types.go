package analyzer

import (
	"github.com/refcheck/refcheck/analyzer/confirm"
	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/rule"
	"github.com/refcheck/refcheck/cmodel/source"
)

// typeFindings asks the rules about the types and modules of the project. A
// function that is the slot of several types is reported once.
func (a *analysis) typeFindings() []*finding.Finding {
	type key struct {
		rule, object, message string
		at                    source.Pos
	}
	seen := map[key]bool{}
	var out []*finding.Finding
	add := func(r *rule.Rule, defects []*rule.Defect) {
		for _, d := range defects {
			k := key{r.Code, d.Object, d.Message, d.At.Pos}
			if !a.reported(d.At.File) || seen[k] {
				continue
			}
			seen[k] = true
			f := typeFinding(r, d)
			if f.Model.Verdict == confirm.Refuted {
				a.result.Refuted = append(a.result.Refuted, f)
				continue
			}
			a.repairs[f] = d.Repairs
			out = append(out, f)
		}
	}
	for _, r := range a.judges() {
		if r.Types != nil {
			for _, t := range a.types.Types {
				add(r, r.Types(t))
			}
		}
		if r.Modules != nil {
			for _, m := range a.types.Modules {
				add(r, r.Modules(m))
			}
		}
	}
	return out
}

// typeFinding words one defect.
func typeFinding(r *rule.Rule, d *rule.Defect) *finding.Finding {
	f := &finding.Finding{
		Rule: r.Code, Name: r.Name, Kind: r.Kind, Severity: r.Severity, Confidence: d.Confidence,
		Message: d.Message, Help: d.Help, Span: d.At, Function: d.Func, Object: d.Object, Steps: d.Steps,
		Model: confirm.Experiment(d.Experiment),
	}
	if d.Severity != nil {
		f.Severity = *d.Severity
	}
	return f
}
