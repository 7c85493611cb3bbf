package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/cmodel/source"
)

// changes are the lines of the working tree that differ from a git revision.
type changes struct {
	top     string // of the working tree, without symbolic links
	tracked map[string]bool
	files   map[string]*fileChanges // by path relative to top
	places  map[string]string       // path relative to top, by path as reported
}

// fileChanges are the changes of one file: ranges of lines that are new or
// different, and lines behind which something was removed (0 at the top).
type fileChanges struct {
	ranges  [][2]int
	removed []int
}

// changedSince asks git what changed since a revision, or since the point where
// the current branch left it. Git is run without a shell; rev must not
// begin with a dash, which options.validateFilters sees to.
func changedSince(rev string) (*changes, error) {
	top, err := git("", "rev-parse", "--show-toplevel")
	if err != nil {
		return nil, err
	}
	c := &changes{top: resolvePath(strings.TrimSuffix(top, "\n")), tracked: map[string]bool{}, places: map[string]string{}}
	commit, err := git(c.top, "rev-parse", "--verify", "--quiet", rev+"^{commit}")
	if err != nil {
		return nil, errors.New("git knows no such revision: a shallow clone lacks the older ones")
	}
	base := strings.TrimSpace(commit)
	if fork, err := git(c.top, "merge-base", base, "HEAD"); err == nil {
		base = strings.TrimSpace(fork)
	}
	diff, err := git(c.top, "diff", "--no-color", "--no-ext-diff", "--no-textconv", "--no-relative", "--find-renames",
		"--unified=0", "--inter-hunk-context=0", "--ignore-submodules", "--src-prefix=a/", "--dst-prefix=b/", base, "--")
	if err != nil {
		return nil, err
	}
	c.files = parseDiff(diff)
	list, err := git(c.top, "ls-files", "--cached", "--recurse-submodules", "-z")
	if err != nil {
		return nil, err
	}
	for name := range strings.SplitSeq(list, "\x00") {
		c.tracked[name] = true
	}
	return c, nil
}

// git runs a git command in a folder and returns what it prints.
func git(dir string, args ...string) (string, error) {
	cmd := exec.Command("git", append([]string{"-c", "core.quotePath=false"}, args...)...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "LC_ALL=C", "GIT_OPTIONAL_LOCKS=0")
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	err := cmd.Run()
	if errors.Is(err, exec.ErrNotFound) {
		return "", errors.New("git is not installed")
	}
	if err != nil {
		why, _, _ := strings.Cut(strings.TrimSpace(errs.String()), "\n")
		return "", fmt.Errorf("git %s: %s", args[0], why)
	}
	return out.String(), nil
}

var hunkForm = regexp.MustCompile(`^@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@`)

// parseDiff reads a diff without context lines.
func parseDiff(diff string) map[string]*fileChanges {
	files := map[string]*fileChanges{}
	var f *fileChanges
	body := 0 // lines of the hunk still to come
	for line := range strings.SplitSeq(diff, "\n") {
		switch {
		case body > 0 && (strings.HasPrefix(line, "+") || strings.HasPrefix(line, "-")):
			body--
		case strings.HasPrefix(line, "+++ "):
			name := strings.TrimPrefix(unquoteGit(strings.TrimSuffix(line[4:], "\t")), "b/")
			f = &fileChanges{}
			files[name] = f
		case f != nil && strings.HasPrefix(line, "@@ "):
			body = f.hunk(line)
		}
	}
	return files
}

var hunkOld = regexp.MustCompile(`^@@ -\d+(?:,(\d+))?`)

// hunk notes one hunk by its first line and returns how many lines follow.
func (f *fileChanges) hunk(line string) int {
	m := hunkForm.FindStringSubmatch(line)
	if m == nil {
		return 0
	}
	start, _ := strconv.Atoi(m[1])
	added, gone := hunkCount(m[2]), hunkCount(hunkOld.FindStringSubmatch(line)[1])
	if added > 0 {
		f.ranges = append(f.ranges, [2]int{start, start + added - 1})
	} else {
		f.removed = append(f.removed, start)
	}
	return added + gone
}

// hunkCount is the number of lines in a hunk's header, where 1 is left out.
func hunkCount(s string) int {
	if s == "" {
		return 1
	}
	n, _ := strconv.Atoi(s)
	return n
}

// unquoteGit undoes the quotes that git puts around unusual names.
func unquoteGit(name string) string {
	if !strings.HasPrefix(name, `"`) {
		return name
	}
	if s, err := strconv.Unquote(name); err == nil {
		return s
	}
	return strings.Trim(name, `"`)
}

// untouched reports whether a finding was there before, as far as the changed
// lines tell. It is new if its own place, another place or object of it, or one of
// its decisive steps is on a changed line, or if something was removed between the
// first and the last of them.
func (c *changes) untouched(f *finding.Finding) bool {
	spans := []source.Span{f.Span}
	for _, p := range f.AlsoAt {
		spans = append(spans, source.Span{Pos: p})
	}
	for _, r := range f.Related {
		spans = append(spans, r.Span)
	}
	for _, s := range f.Steps {
		if s.Main {
			spans = append(spans, s.Span)
		}
	}
	first, last := f.Span.Line, f.Span.Line
	for _, s := range spans {
		if c.touches(s) {
			return false
		}
		if s.File == f.Span.File && s.IsValid() {
			first, last = min(first, s.Line), max(last, s.Line)
		}
	}
	fc := c.of(f.Span.File)
	if fc == nil {
		return true
	}
	for _, after := range fc.removed {
		if first <= after+1 && after <= last {
			return false
		}
	}
	return true
}

// touches reports whether a line of a span is changed.
func (c *changes) touches(s source.Span) bool {
	if !s.IsValid() {
		return false
	}
	if !c.tracked[c.place(s.File)] {
		return true // a new file, or none of git's
	}
	fc := c.of(s.File)
	if fc == nil {
		return false
	}
	for _, r := range fc.ranges {
		if s.Line <= r[1] && max(s.Line, s.EndLine) >= r[0] {
			return true
		}
	}
	return false
}

func (c *changes) of(file string) *fileChanges { return c.files[c.place(file)] }

// place names a file relative to the top of the working tree, as git does.
func (c *changes) place(file string) string {
	if p, ok := c.places[file]; ok {
		return p
	}
	p := file
	if abs, err := filepath.Abs(filepath.FromSlash(file)); err == nil {
		// The folder is resolved, not the file: git tracks a link as itself.
		abs = filepath.Join(resolvePath(filepath.Dir(abs)), filepath.Base(abs))
		if rel, err := filepath.Rel(c.top, abs); err == nil {
			p = filepath.ToSlash(rel)
		}
	}
	c.places[file] = p
	return p
}

func resolvePath(path string) string {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		return real
	}
	return path
}
