package analyzer

import (
	"cmp"
	"slices"

	"github.com/refcheck/refcheck/analyzer/confirm"
	"github.com/refcheck/refcheck/analyzer/engine"
	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/rule"
	"github.com/refcheck/refcheck/cmodel/source"
	"github.com/refcheck/refcheck/cmodel/typemodel"
)

// report turns the engine's events into findings: one per defect, judged by
// the rules and replayed on the reference model.
func (a *analysis) report(eng *engine.Engine, runs []*run) {
	a.contract = eng.Contract
	a.types = typemodel.Build(a.units, a.cfg.Target.Minor, a.table.Lookup, eng.Contract)
	all := a.typeFindings()
	found := map[inFunc][]*finding.Finding{}
	dropTold(runs)
	for _, r := range runs {
		r.types = a.types
		all = append(all, r.report(found)...)
	}
	all = append(all, a.annotations(runs[0].results)...)
	all = a.setApart(all)
	a.result.Refuted = a.setApart(a.result.Refuted)
	finding.Sort(all)
	all = append(all, a.comments(all, runs)...)
	finding.Sort(all)
	finding.SetFingerprints(all, rooted())
	for _, f := range all {
		switch {
		case f.Confidence < a.cfg.MinConfidence:
			a.result.Uncertain = append(a.result.Uncertain, f)
		case f.Suppressed != nil:
			a.result.Suppressed = append(a.result.Suppressed, f)
		default:
			a.result.Findings = append(a.result.Findings, f)
		}
	}
}

// judges are the rules that are asked.
func (a *analysis) judges() []*rule.Rule {
	if a.cfg.AllRules != nil {
		return a.cfg.AllRules
	}
	return a.cfg.Rules
}

// asked reports whether a rule is one of those that run. The others are asked too, because a fix must not
// bring a finding of any rule.
func (a *analysis) asked(code string) bool {
	return slices.ContainsFunc(a.cfg.Rules, func(r *rule.Rule) bool { return r.Code == code })
}

// setApart keeps the findings of rules that do not run apart.
func (a *analysis) setApart(all []*finding.Finding) []*finding.Finding {
	var asked []*finding.Finding
	for _, f := range all {
		if a.asked(f.Rule) {
			asked = append(asked, f)
		} else {
			a.result.unasked = append(a.result.unasked, f)
		}
	}
	return asked
}

// findings makes the findings of one function, without those that the reference
// model contradicts.
func (a *analysis) findings(res *engine.Result) []*finding.Finding {
	found := slices.DeleteFunc(a.judge(res), func(f *finding.Finding) bool {
		f.Model = confirm.Confirm(f, a.cfg.Target.Minor)
		if f.Model.Verdict == confirm.Unsupported && !f.Model.Beyond {
			f.Confidence = finding.Low // the path leaves out what would prove it
		}
		if f.Model.Verdict != confirm.Refuted {
			return false
		}
		a.result.Refuted = append(a.result.Refuted, f)
		return true
	})
	return a.fold(found, a.cfg.MinConfidence)
}

// judge asks the rules about the events of one function.
func (a *analysis) judge(res *engine.Result) []*finding.Finding {
	var out []*finding.Finding
	once := map[string]*finding.Finding{}
	for _, group := range groupEvents(res.Events) {
		f, v := a.ask(group)
		if f == nil {
			continue
		}
		a.repairs[f] = v.Repairs
		for _, e := range group[1:] {
			if e.At.Pos != f.Span.Pos {
				f.AlsoAt = append(f.AlsoAt, e.At.Pos)
			}
			a.repairs[f] = append(a.repairs[f], a.repairsOf(f.Rule, &e.Event)...)
		}
		if key := onceKey(&group[0].Event, f, v); key != "" {
			if g := once[key]; g != nil {
				if f.Confidence > g.Confidence {
					*f, *g = *g, *f // the surest one leads
				}
				g.AlsoAt = append(append(g.AlsoAt, f.AlsoAt...), f.Span.Pos)
				a.repairs[g] = append(a.repairs[g], a.repairs[f]...)
				continue
			}
			once[key] = f
		}
		out = append(out, f)
	}
	return out
}

// onceKey identifies findings of one function of which only the first is
// reported: where the rule says so, where a macro makes the same mistake at
// every use, and calls of one old function.
func onceKey(e *rule.Event, f *finding.Finding, v *rule.Verdict) string {
	switch {
	case v.OncePerFunction:
		return f.Rule
	case e.Kind == rule.OldAPI:
		return f.Rule + "\x00" + e.Call
	case e.Macro != "" && e.At.Pos == e.Object.Where.Pos:
		return f.Rule + "\x00" + e.Macro + "\x00" + e.Object.Call + "\x00" + f.Object
	}
	return ""
}

func comparePos(a, b source.Pos) int {
	return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
}

// groupEvents puts the events that are one defect together, the one to report
// first. All losses of one object are one defect, and all uses of a borrowed reference that may be gone, and all calls in
// one window without the GIL.
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
		switch e.Kind {
		case rule.Lost, rule.ResourceLost, rule.ThinIce:
		case rule.WithoutGIL: // all calls in one window
			k.at = e.Before.Pos
		case rule.Racy, rule.UniqueByCount:
			k.site, k.at = 0, e.At.Pos // key and value of PyDict_Next are one borrow
		case rule.Dangles:
			if k.at = e.At.Pos; e.How == rule.StaleCheck || e.How == rule.Freed {
				k.at = e.Before.Pos // all uses after one call
			}
		default:
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

// ask asks the rules about a group's main event.
func (a *analysis) ask(group []*engine.Event) (*finding.Finding, *rule.Verdict) {
	e := group[0]
	for _, r := range a.judges() {
		if r.Judge == nil {
			continue
		}
		v := r.Judge(&e.Event)
		if v == nil {
			continue
		}
		f := &finding.Finding{
			Rule: r.Code, Name: r.Name, Kind: r.Kind, Severity: r.Severity, Confidence: min(v.Confidence, e.Sure),
			Message: v.Message, Help: v.Help, Span: e.At, Function: e.Func.Name, Object: e.Object.Name,
			Steps: e.Steps, Objects: e.Objects, Assumptions: e.Assumptions,
		}
		if v.Severity != nil {
			f.Severity = *v.Severity
		}
		if e.Kind == rule.ReleaseThenSet && a.unseen(&e.Event) {
			f.Confidence = finding.Low
		}
		if !f.Span.IsValid() {
			f.Span = lastPlace(e)
		}
		a.narrate(f, &e.Event)
		return f, v
	}
	return nil, nil
}

// unseen reports whether it is unlikely that anybody looks at a slot whose object is
// being released: no Python code runs meanwhile, or the slot is in garbage.
func (a *analysis) unseen(e *rule.Event) bool {
	return e.Role == rule.Clear || e.Field != "" && a.types.ReleasedQuietly(e.Struct, e.Field)
}

// lastPlace is where a path was last seen, for an event that has no place of its
// own: the end of a function whose closing brace is missing.
func lastPlace(e *engine.Event) source.Span {
	for i := len(e.Steps) - 1; i >= 0; i-- {
		if e.Steps[i].Span.IsValid() {
			return e.Steps[i].Span
		}
	}
	return source.Span{Pos: e.Func.Span.Pos}
}
