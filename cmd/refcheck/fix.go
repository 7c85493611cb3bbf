package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/refcheck/refcheck/analyzer"
	"github.com/refcheck/refcheck/analyzer/finding"
)

// mends reports whether the run changes files or prints how it would.
func (o *options) mends() bool { return o.fix || o.unsafeFixes || o.diff }

// validateFixes checks the options about fixes.
func (o *options) validateFixes(args []string) error {
	switch {
	case o.mends() && o.writeBaseline:
		return errors.New("--write-baseline: first fix, then write the baseline")
	case (o.fix || o.unsafeFixes) && !o.diff && slices.Contains(args, "-"):
		return errors.New("--fix: standard input cannot be changed: use --diff")
	}
	return nil
}

// offerRounds is how many analyses it may cost to try fixes that are only shown, by format. On a terminal
// the help line is there without a fix as well; machines wait for it.
var offerRounds = map[string]int{"full": 2, "json": 8, "sarif": 8, "html": 8}

// offerFunctions bounds the functions that are analysed once more for such fixes, so that large projects
// are reported as fast as without: there --diff and --fix are for those who want to wait.
const offerFunctions = 1000

// offer finds fixes to show in reports.
func (a *app) offer(ctx context.Context, o *options, s *settings, cfg analyzer.Config, res *analyzer.Result, shown []*finding.Finding) error {
	limit := 0
	for i, out := range s.outputs {
		if i > 0 || !o.diff {
			limit = max(limit, offerRounds[out.format])
		}
	}
	rounds := min(limit, offerFunctions/max(1, res.Coverage.Functions))
	cut, err := analyzer.OfferFixes(ctx, cfg, res, shown, rounds)
	if (cut || rounds == 0 && limit > 0 && len(shown) > 0) && o.verbose {
		a.say("not all fixes were tried: --diff and --fix try more")
	}
	return err
}

// mend applies fixes to the project, or prints them as a patch, and returns what is left to report. With
// a patch nothing has changed, so that is everything.
func (a *app) mend(ctx context.Context, o *options, s *settings, fl *filters, cfg analyzer.Config, res *analyzer.Result) (*analyzer.Result, error) {
	wanted := map[*finding.Finding]bool{}
	for _, f := range fl.apply(res, cfg.Rules).findings {
		wanted[f] = f.Severity >= s.severity
	}
	m, err := analyzer.Mend(ctx, cfg, res, o.unsafeFixes, func(f *finding.Finding) bool { return wanted[f] })
	if err != nil {
		return nil, err
	}
	if m.Cut {
		a.say("not all fixes were tried: run again for the rest")
	}
	changed := slices.Sorted(maps.Keys(m.Texts))
	if o.diff {
		for _, file := range changed {
			if err := a.printDiff(file, res.Source(file), m.Texts[file]); err != nil {
				return nil, err
			}
		}
		a.sayFixed(o, "Would fix", m.Fixed, len(changed))
		return res, nil
	}
	for _, file := range changed {
		if err := overwrite(file, cfg.Front.Roots, res.Source(file), m.Texts[file]); err != nil {
			return nil, fmt.Errorf("cannot fix %s: %w", file, err)
		}
	}
	a.sayFixed(o, "Fixed", m.Fixed, len(changed))
	return m.Result, nil
}

// sayFixed tells how many findings were fixed, and with -v which.
func (a *app) sayFixed(o *options, did string, fixed []*finding.Finding, files int) {
	if o.quiet {
		return
	}
	if o.verbose {
		for _, f := range fixed {
			a.say(fmt.Sprintf("%s: %s", strings.ToLower(did), f))
		}
	}
	if len(fixed) == 0 {
		text := "Nothing to fix."
		if !o.unsafeFixes {
			text = "Nothing to fix safely; --unsafe-fixes tries the fixes that a person should look at."
		}
		fmt.Fprintln(a.stderr, text)
		return
	}
	fmt.Fprintf(a.stderr, "%s %s in %s.\n", did, count(len(fixed), "finding"), count(files, "file"))
}

// count is "1 file" or "3 files".
func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

func isDir(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// printDiff prints the change of a file as a patch that git apply takes in the current folder.
func (a *app) printDiff(file string, before, after []byte) error {
	name := file
	if filepath.IsAbs(file) || strings.HasPrefix(file, "../") {
		abs, err := filepath.Abs(file)
		if err != nil {
			return err
		}
		name = filepath.ToSlash(abs)
		if rel, err := filepath.Rel(repositoryRoot(filepath.Dir(abs)), abs); err == nil {
			name = filepath.ToSlash(rel)
		}
	}
	_, err := a.stdout.Write(unified("a/"+name, "b/"+name, before, after))
	return err
}

// overwrite replaces the text of a file at once, unless it has changed since it was read or is not below
// one of the roots.
func overwrite(file string, roots []string, before, after []byte) error {
	path, err := filepath.EvalSymlinks(filepath.FromSlash(file))
	if err != nil {
		return err
	}
	if err := below(path, roots); err != nil {
		return err
	}
	now, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	if !bytes.Equal(now, before) {
		return errors.New("it has changed since it was read: run again")
	}
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	tmp, err := os.CreateTemp(filepath.Dir(path), ".refcheck-*")
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name())
	_, err = io.Copy(tmp, bytes.NewReader(after))
	err = errors.Join(err, tmp.Chmod(info.Mode().Perm()), tmp.Sync(), tmp.Close())
	if err != nil {
		return err
	}
	return os.Rename(tmp.Name(), path)
}

// below reports an error unless a path without symbolic links is one of the roots or in one of them.
func below(path string, roots []string) error {
	abs, err := filepath.Abs(path)
	if err != nil {
		return err
	}
	for _, r := range roots {
		if info, err := os.Lstat(r); err == nil && info.Mode()&os.ModeSymlink != 0 && !isDir(r) {
			r = filepath.Dir(r) // a link to a file must stay in its folder
		}
		if r, err = filepath.EvalSymlinks(r); err != nil {
			continue
		}
		if r, err = filepath.Abs(r); err != nil {
			continue
		}
		rel, err := filepath.Rel(r, abs)
		if err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
			return nil
		}
	}
	return fmt.Errorf("it is a symbolic link to %s, which is not among what is checked", abs)
}
