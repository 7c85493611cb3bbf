package analyzer

import (
	"context"
	"slices"

	"github.com/refcheck/refcheck/analyzer/engine"
	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/rule"
	"github.com/refcheck/refcheck/cmodel/cfront"
	"github.com/refcheck/refcheck/cmodel/contract"
	"github.com/refcheck/refcheck/cmodel/ir"
	"github.com/refcheck/refcheck/cmodel/refmodel"
	"github.com/refcheck/refcheck/cmodel/source"
)

// A variant is the project as compiled for another target than the main one, as
// far as it differs.
type variant struct {
	table *contract.Table
	// loaded are the functions that may differ, by number of the project's unit;
	// units are those by index of analysis.units. nil where nothing may differ.
	loaded, units []*ir.Unit
}

// A run is what the engine said about functions compiled for one target.
type run struct {
	*analysis      // with the target and its contracts
	other     bool // than the main one
	results   []*engine.Result
}

// OtherTargets are those for which code under version checks is written, besides
// the newest one: an old Python 3 that many projects support or did until
// recently, the build without the GIL, and Python 2. What is found for Python 2 alone has low confidence, so
// that there is no point in looking for it when more is asked for.
func OtherTargets(asked finding.Confidence) []contract.Target {
	targets := []contract.Target{{Minor: 8}, {Minor: contract.NewestMinor, FreeThreaded: true}}
	if asked == finding.Low {
		targets = append(targets, contract.Target{Minor: contract.OldestMinor, Python2: true})
	}
	return targets
}

// version names a target as the frontend does.
func version(t contract.Target) cfront.Version {
	if t.Python2 {
		return cfront.Version{Major: 2, Minor: 7}
	}
	return cfront.Version{Major: 3, Minor: t.Minor, FreeThreaded: t.FreeThreaded}
}

// newVariants prepares a variant for each of the other targets.
func (a *analysis) newVariants(units int) error {
	a.variants = map[contract.Target]*variant{}
	for _, t := range a.cfg.Also {
		table, err := loadContracts(a.cfg, t)
		if err != nil {
			return err
		}
		a.variants[t] = &variant{table: table, loaded: make([]*ir.Unit, units)}
	}
	return nil
}

// lowerOthers lowers a unit's views for other targets. i is the unit's number.
func (a *analysis) lowerOthers(i int, front *cfront.Unit) {
	for _, o := range front.Others {
		for t, v := range a.variants {
			if version(t) == o.Version {
				v.loaded[i] = o.Lower(resultType(v.table))
			}
		}
	}
}

// withoutGIL reports whether the program is to be judged as one without the GIL: the target that
// was asked for has none, or a module says that it needs none, in code for whichever target.
func (a *analysis) withoutGIL() bool {
	if a.cfg.Asked && a.cfg.Target.FreeThreaded || engine.DeclaresNoGIL(a.units) {
		return true
	}
	for t, v := range a.variants {
		if t.FreeThreaded && engine.DeclaresNoGIL(v.units) {
			return true
		}
	}
	return false
}

// others analyses the functions that differ for other targets: their twins.
// What they call is a twin where there is one, and otherwise the function that
// has been analysed for the main target.
func (a *analysis) others(ctx context.Context, main []*engine.Result) []*run {
	known := map[place]*ir.Func{}
	for _, res := range main {
		known[placeOf(res.Func)] = res.Func
	}
	var runs []*run
	for _, t := range a.cfg.Also {
		v := a.variants[t]
		twins := v.twins(known)
		if twins == nil {
			continue
		}
		other := *a
		other.cfg.Target, other.table = t, v.table
		other.units = a.mixed(v, twins)
		eng := other.newEngine()
		eng.Reuse(main)
		if t.FreeThreaded && a.withoutGIL() {
			eng.WithoutGIL()
		}
		runs = append(runs, &run{&other, true, eng.Analyze(ctx, twins, max(1, a.cfg.Jobs))})
	}
	return runs
}

// twins picks, by unit, the functions that are not compiled to the same code as
// for the main target. nil if there are none.
func (v *variant) twins(known map[place]*ir.Func) []*ir.Unit {
	seen := map[place]bool{}
	twins := make([]*ir.Unit, len(v.units))
	for i, u := range v.units {
		twins[i] = &ir.Unit{}
		if u == nil {
			continue
		}
		for _, f := range u.Funcs {
			p := placeOf(f)
			if g := known[p]; !seen[p] && (g == nil || !sameCode(f, g)) {
				twins[i].Funcs = append(twins[i].Funcs, f)
			}
			seen[p] = true
		}
	}
	if !slices.ContainsFunc(twins, func(u *ir.Unit) bool { return len(u.Funcs) > 0 }) {
		return nil
	}
	return twins
}

// sameCode reports whether two versions of a function are compiled alike.
func sameCode(f, g *ir.Func) bool { return f.Static == g.Static && f.String() == g.String() }

// mixed is the project as the target sees it: its twins, and for the rest the
// functions of the main target.
func (a *analysis) mixed(v *variant, twins []*ir.Unit) []*ir.Unit {
	replaced := map[inFunc]bool{}
	for _, u := range twins {
		for _, f := range u.Funcs {
			replaced[inFunc{f.Span.File, f.Name}] = true
		}
	}
	out := make([]*ir.Unit, len(a.units))
	for i, u := range a.units {
		m := &ir.Unit{Path: u.Path, Globals: u.Globals, Structs: u.Structs, Funcs: slices.Clone(twins[i].Funcs)}
		if own := v.units[i]; own != nil {
			m.Globals, m.Structs = own.Globals, own.Structs
		}
		for _, f := range u.Funcs {
			if !replaced[inFunc{f.Span.File, f.Name}] {
				m.Funcs = append(m.Funcs, f)
			}
		}
		out[i] = m
	}
	return out
}

// report makes the findings of a run and adds them to those of earlier ones. For
// other targets only what has not been found is reported, and the target is named.
func (r *run) report(found map[inFunc][]*finding.Finding) []*finding.Finding {
	var out []*finding.Finding
	for _, res := range r.results {
		if !r.reported(res.Func.Span.File) {
			continue
		}
		for _, f := range r.findings(res) {
			k := functionOf(f)
			if r.other && slices.ContainsFunc(found[k], func(g *finding.Finding) bool { return r.again(f, g) }) {
				continue
			}
			if r.other {
				f.Message += " (when built for Python " + r.cfg.Target.String() + ")"
			}
			if r.cfg.Target.Python2 || r.other && r.table.Lookup(res.Func.Name) != nil {
				f.Confidence = finding.Low
			}
			out = append(out, f)
		}
	}
	for _, f := range out {
		found[functionOf(f)] = append(found[functionOf(f)], f)
	}
	return out
}

// inFunc is a function that may have twins, also ones that stand elsewhere in its
// file.
type inFunc struct{ file, name string }

func functionOf(f *finding.Finding) inFunc { return inFunc{f.Span.File, f.Function} }

// twinsOf are the functions that the runs for the targets that accept takes have analysed.
func twinsOf(runs []*run, accept func(*run) bool) map[inFunc]bool {
	twins := map[inFunc]bool{}
	for _, r := range runs {
		if !accept(r) {
			continue
		}
		for _, res := range r.results {
			twins[inFunc{res.Func.Span.File, res.Func.Name}] = true
		}
	}
	return twins
}

// dropTold drops what the code itself says makes no difference for a target, as there is a twin for
// one for which it does: threads, where the twin is for the build without the GIL, and references to
// objects that are never freed, where the twin is for a version that frees them.
func dropTold(runs []*run) {
	free := twinsOf(runs, func(r *run) bool { return r.cfg.Target.FreeThreaded })
	mortal := twinsOf(runs, func(r *run) bool { return r.other && r.cfg.Target.Minor < refmodel.ImmortalSince })
	for _, r := range runs {
		for _, res := range r.results {
			at := inFunc{res.Func.Span.File, res.Func.Name}
			res.Events = slices.DeleteFunc(res.Events, func(e *engine.Event) bool {
				switch e.Kind {
				case rule.Racy, rule.UniqueByCount:
					return free[at] && !r.cfg.Target.FreeThreaded
				case rule.Lost:
					return mortal[at] && e.Object.Immortal
				}
				return false
			})
		}
	}
}

// again reports whether f is the defect g in the twin of g's function.
func (r *run) again(f, g *finding.Finding) bool {
	if f.Kind != g.Kind || f.Confidence >= r.cfg.MinConfidence && g.Confidence < r.cfg.MinConfidence {
		return false
	}
	at := func(p source.Pos) bool { return p.Line == g.Span.Line || p.Line == origin(g).Line }
	return at(f.Span.Pos) || at(origin(f).Pos) || slices.ContainsFunc(g.AlsoAt, func(p source.Pos) bool { return p.Line == f.Span.Line })
}
