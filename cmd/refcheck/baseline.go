package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/refcheck/refcheck/analyzer"
	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/rule"
	"github.com/refcheck/refcheck/analyzer/suppress"
)

// filters leave out findings by where they are.
type filters struct {
	baseline *suppress.Baseline // nil without --baseline
	dir      string             // absolute, of the baseline
	changes  *changes           // nil without --diff-base
}

// filters reads what the filters need, before the analysis, so that mistakes show
// at once.
func (o *options) filters(stdin bool) (*filters, error) {
	out := &filters{}
	var err error
	if o.diffBase != "" {
		if stdin {
			return nil, errors.New("--diff-base: standard input has no history in git: give files or folders")
		}
		if out.changes, err = changedSince(o.diffBase); err != nil {
			return nil, fmt.Errorf("--diff-base %s: %w", o.diffBase, err)
		}
	}
	if o.baseline == "" {
		return out, nil
	}
	if out.dir, err = filepath.Abs(filepath.Dir(o.baseline)); err != nil {
		return nil, err
	}
	f, err := os.Open(o.baseline)
	if errors.Is(err, fs.ErrNotExist) {
		if o.writeBaseline {
			out.baseline = suppress.NewBaseline(nil, suppress.Namer{})
			return out, nil
		}
		return nil, fmt.Errorf("--baseline: there is no file %s: --write-baseline writes it", o.baseline)
	}
	if err != nil {
		return nil, fmt.Errorf("--baseline: %w", err)
	}
	defer f.Close()
	if out.baseline, err = suppress.ReadBaseline(f); err != nil {
		return nil, fmt.Errorf("--baseline: %s: %w", o.baseline, err)
	}
	return out, nil
}

// left is what the filters leave.
type left struct {
	findings, suppressed []*finding.Finding
	known, unchanged     int
	stale                []suppress.Entry
}

// apply filters the findings of a run.
func (fl *filters) apply(res *analyzer.Result, ran []*rule.Rule) left {
	out := left{findings: slices.Clone(res.Findings), suppressed: slices.Clone(res.Suppressed)}
	if fl.baseline != nil {
		// Uncertain findings may be in the baseline too.
		fresh, rest := fl.baseline.Match(slices.Concat(res.Findings, res.Uncertain), fl.namer(res), fl.gone)
		uncertain := map[*finding.Finding]bool{}
		for _, f := range res.Uncertain {
			uncertain[f] = true
		}
		out.findings = slices.DeleteFunc(fresh, func(f *finding.Finding) bool { return uncertain[f] })
		out.known = len(res.Findings) - len(out.findings)
		out.stale = slices.DeleteFunc(rest, func(e suppress.Entry) bool { return !fl.judged(e, res, ran) })
	}
	if fl.changes != nil {
		before := len(out.findings)
		out.findings = slices.DeleteFunc(out.findings, fl.changes.untouched)
		out.suppressed = slices.DeleteFunc(out.suppressed, fl.changes.untouched)
		out.unchanged = before - len(out.findings)
	}
	return out
}

// namer names files relative to the folder of the baseline.
func (fl *filters) namer(res *analyzer.Result) suppress.Namer {
	lines := map[string][]string{}
	return suppress.Namer{
		File: func(path string) string {
			abs, err := filepath.Abs(filepath.FromSlash(path))
			if err != nil {
				return path
			}
			rel, err := filepath.Rel(fl.dir, abs)
			if err != nil {
				return filepath.ToSlash(abs)
			}
			return filepath.ToSlash(rel)
		},
		Line: func(path string, n int) string {
			if _, ok := lines[path]; !ok && res.Source != nil {
				lines[path] = strings.Split(string(res.Source(path)), "\n")
			}
			if text := lines[path]; n >= 1 && n <= len(text) {
				return strings.ToValidUTF8(text[n-1], "\uFFFD")
			}
			return ""
		},
	}
}

// gone reports whether a file that a baseline names does not exist any more.
func (fl *filters) gone(file string) bool {
	_, err := os.Lstat(filepath.Join(fl.dir, filepath.FromSlash(file)))
	return errors.Is(err, fs.ErrNotExist)
}

// judged reports whether this run would have found what an entry stands for: its
// rule ran, and over its file, without gaps in its function.
func (fl *filters) judged(e suppress.Entry, res *analyzer.Result, ran []*rule.Rule) bool {
	if !slices.ContainsFunc(ran, func(r *rule.Rule) bool { return r.Code == e.Rule }) {
		return false
	}
	if fl.gone(e.File) {
		return true
	}
	name := fl.namer(res).File
	for _, inc := range res.Coverage.Incomplete {
		if inc.Function == e.Function && name(inc.File) == e.File {
			return false
		}
	}
	return slices.ContainsFunc(res.Files, func(f string) bool { return name(f) == e.File })
}

// writeBaseline puts the findings of a run into the baseline. Entries about what
// this run did not look at stay.
func (a *app) writeBaseline(o *options, s *settings, fl *filters, res *analyzer.Result, ran []*rule.Rule) error {
	n := fl.namer(res)
	kept := slices.DeleteFunc(slices.Clone(res.Findings), func(f *finding.Finding) bool { return f.Severity < s.severity })
	fresh, rest := fl.baseline.Match(kept, n, fl.gone)
	gone := 0
	b := suppress.NewBaseline(kept, n)
	for _, e := range rest {
		if fl.judged(e, res, ran) {
			gone++
		} else {
			b.Findings = append(b.Findings, e)
		}
	}
	tmp, err := os.CreateTemp(fl.dir, ".refcheck-*")
	if err != nil {
		return fmt.Errorf("cannot write the baseline: %w", err)
	}
	defer os.Remove(tmp.Name())
	err = errors.Join(b.Write(tmp), tmp.Chmod(0o644), tmp.Close())
	if err == nil {
		err = os.Rename(tmp.Name(), o.baseline)
	}
	if err != nil {
		return fmt.Errorf("cannot write the baseline: %w", err)
	}
	if !o.quiet {
		a.say(fmt.Sprintf("%s has %d findings now: %d new, %d gone", o.baseline, len(b.Findings), len(fresh), gone))
	}
	return nil
}

// stale tells about entries of the baseline that nothing matches any more. They
// could hide a new finding of the same kind.
func (a *app) stale(o *options, entries []suppress.Entry) {
	if len(entries) == 0 || o.quiet {
		return
	}
	const shown = 3
	for i, e := range entries {
		if i == shown && !o.verbose {
			a.say(fmt.Sprintf("... and %d more", len(entries)-i))
			break
		}
		a.say(fmt.Sprintf("%s: %s in %s, %s, is not found any more", o.baseline, e.Rule, e.Function, e.File))
	}
	a.say("Add --write-baseline to remove from the baseline what was repaired")
}
