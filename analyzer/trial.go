package analyzer

import (
	"context"
	"slices"

	"github.com/refcheck/refcheck/analyzer/engine"
	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/fix"
)

// An outcome says what trying a set of candidates showed.
type outcome struct {
	next    *state            // the project with their edits
	failed  map[inFunc]bool   // functions in which something is wrong now
	strange bool              // or elsewhere
	files   map[string]bool   // in which files
	nulls   map[inFunc][]spot // where in functions an edit handles what may be NULL
	gone    map[string]bool   // keys of findings of which there are fewer
}

// did reports whether a candidate's finding is gone and nothing else has come of its edits.
func (o *outcome) did(c *candidate) bool {
	p := functionOf(c.f)
	return !o.strange && !o.failed[p] && len(o.nulls[p]) == 0 && o.gone[key(c.f)]
}

// try analyses the project with the edits of all candidates, which are about different functions.
func (s *state) try(ctx context.Context, set []*candidate) (*outcome, error) {
	merged := map[string][]fix.Edit{}
	for _, c := range set {
		for file, e := range c.now().files {
			merged[file] = append(merged[file], e...)
		}
	}
	texts := map[string][]byte{}
	for file, e := range merged {
		joined, ok := fix.Join(e)
		if !ok {
			return &outcome{strange: true}, nil
		}
		merged[file] = joined
		texts[file] = fix.Apply(s.res.Source(file), joined)
	}
	cfg := s.with(texts)
	res, err := Analyze(ctx, cfg)
	if err != nil {
		return nil, err
	}
	out := &outcome{next: newState(cfg, res), failed: map[inFunc]bool{}, files: map[string]bool{}, nulls: map[inFunc][]spot{}, gone: map[string]bool{}}
	s.compare(out, set)
	s.handled(out, set, merged)
	return out, nil
}

// all are all findings of a run, whatever becomes of them, of rules that do not run too.
func (r *Result) all() []*finding.Finding {
	return slices.Concat(r.Findings, r.Suppressed, r.Uncertain, r.Refuted, r.unasked)
}

// compare looks for findings that are new, findings that are gone, and functions that are not analysed
// any more.
func (s *state) compare(out *outcome, set []*candidate) {
	in := map[inFunc]bool{}
	for _, c := range set {
		in[functionOf(c.f)] = true
	}
	wrong := func(p inFunc) {
		if in[p] {
			out.failed[p] = true
		} else {
			out.strange = true
			out.files[p.file] = true
		}
	}
	n := map[string]int{}
	for _, f := range s.res.all() {
		n[key(f)]--
	}
	for _, f := range out.next.res.all() {
		if n[key(f)]++; n[key(f)] > 0 {
			wrong(functionOf(f))
		}
	}
	for k, d := range n {
		out.gone[k] = d < 0
	}
	before, after := &s.res.Coverage, &out.next.res.Coverage
	lost := map[inFunc]bool{}
	for _, i := range before.Incomplete {
		lost[inFunc{i.File, i.Function}] = true
	}
	for _, i := range after.Incomplete {
		if p := (inFunc{i.File, i.Function}); !lost[p] {
			wrong(p)
		}
	}
	out.strange = out.strange || before.Functions != after.Functions
}

// handled finds the edits that change the count of what may be no object, or somebody else's.
func (s *state) handled(out *outcome, set []*candidate, merged map[string][]fix.Edit) {
	for _, h := range out.next.res.handled {
		file := h.At.File
		t := out.next.text(file)
		if merged[file] == nil || t == nil {
			continue
		}
		n, at := fix.Behind(merged[file], t.Offset(h.At))
		if n < 0 {
			continue
		}
		off := merged[file][n].Off
		for _, c := range set {
			own := func(e fix.Edit) bool { return e.Off == off }
			if !slices.ContainsFunc(c.now().files[file], own) {
				continue
			}
			if h.Trouble == engine.MayBeNull {
				out.nulls[functionOf(c.f)] = append(out.nulls[functionOf(c.f)], spot{file, off, at})
			} else {
				out.failed[functionOf(c.f)] = true
			}
		}
	}
}
