package analyzer

import (
	"context"
	"maps"
	"slices"

	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/cmodel/source"
)

// A trial tries fixes: each is analysed before anybody sees it. Its budget is in analyses.
type trial struct {
	ctx   context.Context
	left  int
	spent bool // there was more to try
}

// round tries candidates for different functions at once, and returns those that do, with the project as
// it is then if those are all of them. The others are left with their next option, if they have one.
func (x *trial) round(s *state, set []*candidate) (did []*candidate, next *state, err error) {
	if len(set) == 0 {
		return nil, s, nil
	}
	if x.left == 0 {
		x.spent = true
		return nil, nil, nil
	}
	x.left--
	out, err := s.try(x.ctx, set)
	if err != nil {
		return nil, nil, err
	}
	if out.strange && len(set) > 1 {
		left, right := out.split(set)
		a, _, err := x.round(s, left)
		if err != nil {
			return nil, nil, err
		}
		b, _, err := x.round(s, right)
		return append(a, b...), nil, err
	}
	for _, c := range set {
		switch p := functionOf(c.f); {
		case out.did(c):
			did = append(did, c)
		case len(out.nulls[p]) > 0 && !out.failed[p] && c.careful(out.nulls[p]): // once more
		default:
			c.advance()
		}
	}
	if len(did) < len(set) {
		return did, nil, nil
	}
	return did, out.next, nil
}

// OfferFixes sets the Fix of those findings that have one, among some of a result of Analyze with the
// same configuration. Each was tried: the finding is gone then, there is no new one, and as many functions
// are analysed. That takes at most budget analyses; it reports whether there was more to try.
func OfferFixes(ctx context.Context, cfg Config, res *Result, among []*finding.Finding, budget int) (cut bool, err error) {
	if res.analysis == nil || budget == 0 {
		return false, nil
	}
	s := newState(cfg, res)
	x := &trial{ctx: ctx, left: budget}
	queues := map[inFunc][]*candidate{}
	var order []inFunc
	for _, f := range among {
		if c := s.candidate(f); c != nil {
			p := functionOf(f)
			if queues[p] == nil {
				order = append(order, p)
			}
			queues[p] = append(queues[p], c)
		}
	}
	for {
		var set []*candidate
		for _, p := range order {
			for len(queues[p]) > 0 && queues[p][0].exhausted() {
				queues[p] = queues[p][1:]
			}
			if len(queues[p]) > 0 {
				set = append(set, queues[p][0])
			}
		}
		if len(set) == 0 || x.spent {
			return x.spent, nil
		}
		did, _, err := x.round(s, set)
		if err != nil {
			return false, err
		}
		for _, c := range did {
			c.f.Fix = s.fix(c)
			queues[functionOf(c.f)] = queues[functionOf(c.f)][1:]
		}
	}
}

// fix is what a candidate does, for reports.
func (s *state) fix(c *candidate) *finding.Fix {
	out := &finding.Fix{Message: c.now().message, Safe: c.safe}
	for _, file := range slices.Sorted(maps.Keys(c.now().files)) {
		t := s.text(file)
		for _, e := range c.now().files[file] {
			from, to := t.Pos(e.Off), t.Pos(e.End)
			out.Edits = append(out.Edits, finding.Edit{Span: source.Span{Pos: from, EndLine: to.Line, EndColumn: to.Column}, NewText: e.Text})
		}
	}
	return out
}

// mendBudget bounds the analyses of Mend.
const mendBudget = 100

// split parts candidates of which some are to blame for what is wrong elsewhere: those in the same files are
// suspects; otherwise halves.
func (o *outcome) split(set []*candidate) (left, right []*candidate) {
	for _, c := range set {
		if o.files[c.f.Span.File] {
			right = append(right, c)
		} else {
			left = append(left, c)
		}
	}
	if len(left) == 0 || len(right) == 0 {
		half := len(set) / 2
		return set[:half], set[half:]
	}
	return left, right
}

// A Mended project is one to which fixes were applied.
type Mended struct {
	Result *Result
	Texts  map[string][]byte // of the files that changed, by their path in findings
	Fixed  []*finding.Finding
	Cut    bool // there was more to try
}

// Mend applies fixes to the findings for which wanted is true until there is no more to apply: safe ones,
// or with unsafe all.
func Mend(ctx context.Context, cfg Config, res *Result, unsafe bool, wanted func(*finding.Finding) bool) (*Mended, error) {
	s := newState(cfg, res)
	x := &trial{ctx: ctx, left: mendBudget}
	m := &Mended{Texts: map[string][]byte{}}
	allowed := map[string]int{}
	for _, f := range res.Findings {
		if wanted(f) {
			allowed[key(f)]++
		}
	}
	tried := map[string]int{}
	for !x.spent {
		set := s.choose(allowed, tried, unsafe)
		if len(set) == 0 {
			break
		}
		did, next, err := x.settle(s, set)
		if err != nil {
			return nil, err
		}
		for _, c := range set {
			tried[key(c.f)] = c.tried
		}
		for _, c := range did {
			allowed[key(c.f)]--
			delete(tried, key(c.f))
			c.f.Fix = s.fix(c)
			m.Fixed = append(m.Fixed, c.f)
			for file := range c.now().files {
				m.Texts[file] = nil
			}
		}
		if next != nil {
			s = next
		}
	}
	m.Result, m.Cut = res, x.spent
	if len(m.Texts) == 0 {
		return m, nil
	}
	for file := range m.Texts {
		m.Texts[file] = s.res.Source(file)
	}
	s.cfg.base = nil // from scratch
	var err error
	m.Result, err = Analyze(ctx, s.cfg)
	return m, err
}

// choose takes one candidate for each function.
func (s *state) choose(allowed, tried map[string]int, unsafe bool) []*candidate {
	var set []*candidate
	taken := map[inFunc]bool{}
	for _, f := range s.res.Findings {
		if taken[functionOf(f)] || allowed[key(f)] <= 0 {
			continue
		}
		c := s.candidate(f)
		if c == nil || !c.safe && !unsafe {
			continue
		}
		if c.tried = tried[key(f)]; !c.exhausted() {
			set = append(set, c)
			taken[functionOf(f)] = true
		}
	}
	return set
}

// settle tries candidates until each has done or has no option left, and returns the project with those
// that did.
func (x *trial) settle(s *state, set []*candidate) (did []*candidate, next *state, err error) {
	open := set
	for len(open) > 0 && !x.spent {
		ok, _, err := x.round(s, open)
		if err != nil {
			return nil, nil, err
		}
		did = append(did, ok...)
		var rest []*candidate
		for _, c := range open {
			if !c.exhausted() && !slices.Contains(ok, c) {
				rest = append(rest, c)
			}
		}
		open = rest
	}
	for len(did) > 0 {
		x.left = max(x.left, 1)
		ok, next, err := x.round(s, did)
		if err != nil || next != nil {
			return did, next, err
		}
		if len(ok) == len(did) { // each half does, but not both
			ok = ok[:len(ok)/2]
		}
		did = ok
	}
	return nil, nil, nil
}
