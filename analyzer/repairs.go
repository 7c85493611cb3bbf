package analyzer

import (
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/fix"
	"github.com/refcheck/refcheck/analyzer/rule"
	"github.com/refcheck/refcheck/cmodel/contract"
	"github.com/refcheck/refcheck/cmodel/ir"
)

// repairsOf are the repairs that a rule proposes for an event.
func (a *analysis) repairsOf(code string, e *rule.Event) []rule.Repair {
	for _, r := range a.judges() {
		if r.Code == code && r.Judge != nil {
			if v := r.Judge(e); v != nil {
				return v.Repairs
			}
		}
	}
	return nil
}

// noteHandled keeps where counts are changed of what may be no object.
func (a *analysis) noteHandled(runs []*run) {
	for _, r := range runs {
		for _, res := range r.results {
			for h := range res.Handled {
				a.result.handled = append(a.result.handled, h)
			}
		}
	}
}

// A candidate is a finding for which edits are looked for.
type candidate struct {
	f       *finding.Finding
	options []edits // the best first
	safe    bool
	tried   int // options that did not do
}

// advance goes on to the next option.
func (c *candidate) advance() { c.tried++ }

// exhausted reports whether no option is left.
func (c *candidate) exhausted() bool { return c.tried >= len(c.options) }

// A spot is a call in the text of an edit.
type spot struct {
	file    string
	off, at int // of the edit in the file, of the call in the edit
}

// careful makes the calls of the option at hand stand NULL. It reports whether that changes it.
func (c *candidate) careful(spots []spot) bool {
	slices.SortFunc(spots, func(a, b spot) int { return b.at - a.at }) // the text behind a change moves
	changed := false
	for _, p := range slices.Compact(spots) {
		list := c.now().files[p.file]
		for i, e := range list {
			if e.Off == p.off {
				list[i] = e.Careful(p.at)
				changed = changed || list[i] != e
			}
		}
	}
	return changed
}

// edits is what one option changes, by file.
type edits struct {
	message string
	files   map[string][]fix.Edit
}

// now is the option at hand.
func (c *candidate) now() edits { return c.options[c.tried] }

// state is a project, as analysed with some changes.
type state struct {
	cfg   Config
	res   *Result
	texts map[string]*fix.Text
}

func newState(cfg Config, res *Result) *state {
	return &state{cfg, res, map[string]*fix.Text{}}
}

// text is a file of the project cut up for editing, nil if it must not be changed.
func (s *state) text(file string) *fix.Text {
	if t, ok := s.texts[file]; ok {
		return t
	}
	a := s.res.analysis
	if !a.reported(file) || !a.project.Editable(file) {
		return nil
	}
	src := s.res.Source(file)
	if src == nil {
		return nil
	}
	t := fix.NewText(file, src)
	if len(a.cfg.Also) == 0 {
		t.Minor = a.cfg.Target.Minor // asked for, and no other
	}
	s.texts[file] = t
	t.Apart = s.apart(file)
	return t
}

// apart reports whether what a function called in a file returns outlives its arguments.
func (s *state) apart(file string) func(name string) bool {
	a := s.res.analysis
	var caller *ir.Func
	for _, u := range a.units {
		for _, f := range u.Funcs {
			if f.Span.File == file {
				caller = f
			}
		}
	}
	return func(name string) bool {
		fn := a.table.Lookup(name)
		if fn == nil && caller != nil {
			fn = a.contract(caller, name)
		}
		return fn != nil && (fn.Result.Ref == contract.New || fn.Result.Ref == contract.None && !strings.HasSuffix(fn.Result.Type, "*"))
	}
}

// candidate makes the edits for a finding; nil if there are none.
func (s *state) candidate(f *finding.Finding) *candidate {
	repairs := s.res.analysis.repairs[f]
	if len(repairs) == 0 || f.Suppressed != nil {
		return nil
	}
	c := &candidate{f: f, safe: true}
	var held [][]fix.Option
	var parts [][]fix.Option
	var files []string
	most := 0
	for _, r := range inOrder(repairs) {
		t := s.text(r.At.File)
		if t == nil {
			return nil
		}
		options := t.Options(r)
		if len(options) == 0 {
			return nil
		}
		if r.Remedy == rule.Hold {
			if slices.ContainsFunc(held, func(o []fix.Option) bool { return fix.Covers(o[0].Edits, options[0].Edits) }) {
				continue // while that reference is held, this one need not be
			}
			held = append(held, options)
		}
		parts, files = append(parts, options), append(files, r.At.File)
		most = max(most, len(options))
		c.safe = c.safe && r.Safe
	}
	for k := range most {
		if e, ok := together(parts, files, k); ok {
			c.options = append(c.options, e)
		}
	}
	if len(c.options) == 0 {
		return nil
	}
	return c
}

// inOrder puts repairs that hold objects in the order in which the code runs, for the one that begins first
// lasts longest.
func inOrder(repairs []rule.Repair) []rule.Repair {
	out := slices.Clone(repairs)
	slices.SortStableFunc(out, func(x, y rule.Repair) int {
		if x.Remedy != rule.Hold || y.Remedy != rule.Hold {
			return 0
		}
		return comparePos(x.Inner.Pos, y.Inner.Pos)
	})
	return out
}

// together joins option k of all parts, or their last one.
func together(parts [][]fix.Option, files []string, k int) (edits, bool) {
	out := edits{files: map[string][]fix.Edit{}}
	var said []string
	for i, options := range parts {
		o := options[min(k, len(options)-1)]
		out.files[files[i]] = append(out.files[files[i]], o.Edits...)
		if !slices.Contains(said, o.Message) {
			said = append(said, o.Message)
		}
	}
	out.message = strings.Join(said, "; ")
	for file, e := range out.files {
		joined, ok := fix.Join(e)
		if !ok {
			return out, false
		}
		out.files[file] = joined
	}
	return out, true
}

// key tells findings apart that an edit elsewhere in the file leaves alone.
func key(f *finding.Finding) string {
	callee := ""
	if s := first(f); s != nil {
		callee = s.Callee
	}
	return strings.Join([]string{f.Rule, f.Span.File, f.Function, f.Object, callee}, "\x00")
}

// with is the configuration with other texts of some files.
func (s *state) with(texts map[string][]byte) Config {
	cfg := s.cfg
	cfg.Progress = nil
	cfg.base = s.res.analysis.unchanged(slices.Collect(maps.Keys(texts)))
	cfg.Front.Overlay = maps.Clone(cfg.Front.Overlay)
	if cfg.Front.Overlay == nil {
		cfg.Front.Overlay = map[string][]byte{}
	}
	for file, text := range texts {
		if file == filepath.ToSlash(cfg.Front.StdinName) && slices.Contains(cfg.Front.Roots, "-") {
			cfg.Front.Stdin = text
		} else {
			cfg.Front.Overlay[s.res.analysis.project.Abs(file)] = text
		}
	}
	return cfg
}
