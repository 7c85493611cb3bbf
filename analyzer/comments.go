package analyzer

import (
	"slices"

	"github.com/refcheck/refcheck/analyzer/confirm"
	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/rule"
	"github.com/refcheck/refcheck/analyzer/suppress"
	"github.com/refcheck/refcheck/cmodel/contract"
	"github.com/refcheck/refcheck/cmodel/source"
)

// comments marks the findings that comments silence, and returns findings about
// the comments themselves.
func (a *analysis) comments(found []*finding.Finding, runs []*run) []*finding.Finding {
	directives := a.project.Directives()
	if len(directives) == 0 {
		return nil
	}
	o := suppress.Options{Known: codes(a.judges()), Ran: codes(a.cfg.Rules), Verbs: contract.AnnotationVerbs(), Reported: a.reported, Settled: a.settled(runs)}
	var out []*finding.Finding
	for _, e := range suppress.Apply(found, directives, o) {
		if f := a.askAboutComment(e); f != nil {
			out = append(out, f)
		}
	}
	suppress.ApplyOwn(out, directives, o)
	return out
}

// askAboutComment asks the rules about an event that concerns no object.
func (a *analysis) askAboutComment(e *rule.Event) *finding.Finding {
	for _, r := range a.cfg.Rules {
		if r.Judge == nil {
			continue
		}
		if v := r.Judge(e); v != nil {
			f := &finding.Finding{
				Rule: r.Code, Name: r.Name, Kind: r.Kind, Severity: r.Severity, Confidence: v.Confidence,
				Message: v.Message, Help: v.Help, Span: e.At, Function: e.InFunc,
			}
			f.Model = confirm.Confirm(f, a.cfg.Target.Minor)
			a.repairs[f] = v.Repairs
			return f
		}
	}
	return nil
}

func codes(rules []*rule.Rule) []string {
	var out []string
	for _, r := range rules {
		out = append(out, r.Code)
	}
	return out
}

// settled returns a function that reports whether all code between two lines of
// a file, or in all of it for 0, 0, has been analysed to the end. Of a file that
// has such gaps no comment can be said to be unused in them.
func (a *analysis) settled(runs []*run) func(file string, first, last int) bool {
	type lines struct {
		source.Span
		done bool
	}
	byFile := map[string][]lines{}
	for _, r := range runs {
		for _, res := range r.results {
			at := res.Func.Span
			byFile[at.File] = append(byFile[at.File], lines{at, res.Incomplete == ""})
		}
	}
	for _, u := range a.fronts {
		for _, g := range slices.Concat(u.Gaps, u.Inactive) {
			byFile[g.Pos.File] = append(byFile[g.Pos.File], lines{source.Span{Pos: g.Pos}, false})
		}
	}
	return func(file string, first, last int) bool {
		for _, l := range byFile[file] {
			if !l.done && (last == 0 || l.Line <= last && max(l.Line, l.EndLine) >= first) {
				return false
			}
		}
		return true
	}
}
