package analyzer

import (
	"cmp"
	"slices"

	"github.com/refcheck/refcheck/analyzer/confirm"
	"github.com/refcheck/refcheck/analyzer/engine"
	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/rule"
	"github.com/refcheck/refcheck/cmodel/source"
)

// report turns the engine's events into findings: one per defect, judged by
// the rules and replayed on the reference model.
func (a *analysis) report(results []*engine.Result) {
	var all []*finding.Finding
	for _, res := range results {
		if !a.project.Named(res.Func.Span.File) {
			continue
		}
		all = append(all, a.judge(res)...)
	}
	kept := all[:0]
	for _, f := range all {
		f.Model = confirm.Confirm(f, a.cfg.Target.Minor)
		if f.Model.Verdict == "refuted" {
			a.result.Refuted++
			continue
		}
		if f.Confidence >= a.cfg.MinConfidence {
			kept = append(kept, f)
		}
	}
	finding.Sort(kept)
	finding.SetFingerprints(kept)
	a.result.Findings = kept
}

// judge makes the findings of one function.
func (a *analysis) judge(res *engine.Result) []*finding.Finding {
	var out []*finding.Finding
	once := map[string]*finding.Finding{}
	for _, group := range groupEvents(res.Events) {
		f, v := a.first(group)
		if f == nil {
			continue
		}
		for _, e := range group[1:] {
			if e.At.Pos != group[0].At.Pos {
				f.AlsoAt = append(f.AlsoAt, e.At.Pos)
			}
		}
		if v.OncePerFunction {
			if g := once[f.Rule]; g != nil {
				g.AlsoAt = append(g.AlsoAt, f.Span.Pos)
				continue
			}
			once[f.Rule] = f
		}
		out = append(out, f)
	}
	for _, f := range out {
		slices.SortFunc(f.AlsoAt, comparePos)
		f.AlsoAt = slices.Compact(f.AlsoAt)
	}
	return out
}

func comparePos(a, b source.Pos) int {
	return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
}

// groupEvents puts the events that are one defect together, the one to report
// first. All losses of one object are one defect.
func groupEvents(events []*engine.Event) [][]*engine.Event {
	type key struct {
		kind rule.EventKind
		site int
		at   source.Pos
	}
	index := map[key]int{}
	var groups [][]*engine.Event
	for _, e := range events {
		k := key{kind: e.Kind, site: e.Site}
		if e.Kind != rule.Lost {
			k.at = e.At.Pos
		}
		if i, ok := index[k]; ok {
			groups[i] = append(groups[i], e)
			continue
		}
		index[k] = len(groups)
		groups = append(groups, []*engine.Event{e})
	}
	for _, g := range groups {
		slices.SortStableFunc(g, func(x, y *engine.Event) int {
			return cmp.Or(-cmp.Compare(x.Sure, y.Sure), cmp.Compare(weight(x), weight(y)), comparePos(x.At.Pos, y.At.Pos), cmp.Compare(len(x.Steps), len(y.Steps)))
		})
	}
	return groups
}

// weight orders the losses of one object by how well they show the defect: on
// the normal way out, at an overwrite, on an error path.
func weight(e *engine.Event) int {
	switch {
	case e.Kind != rule.Lost, !e.ErrorPath && e.How != rule.Overwritten:
		return 0
	case e.How == rule.Overwritten:
		return 1
	}
	return 2
}

// first asks the rules about a group's main event.
func (a *analysis) first(group []*engine.Event) (*finding.Finding, *rule.Verdict) {
	e := group[0]
	for _, r := range a.cfg.Rules {
		v := r.Judge(&e.Event)
		if v == nil {
			continue
		}
		f := &finding.Finding{
			Rule: r.Code, Name: r.Name, Kind: r.Kind, Severity: r.Severity, Confidence: min(v.Confidence, e.Sure),
			Message: v.Message, Help: v.Help, Span: e.At, Function: e.Func.Name, Object: e.Object.Name,
			Steps: e.Steps, Assumptions: e.Assumptions,
		}
		if v.Severity != nil {
			f.Severity = *v.Severity
		}
		narrate(f, &e.Event)
		return f, v
	}
	return nil, nil
}
