package cfront

import (
	"path/filepath"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
)

// An ignoreRule is one line of a .gitignore file.
type ignoreRule struct {
	dir     string // slash-separated folder of the file; "" for the top
	glob    string // relative to dir
	negated bool
	dirOnly bool
}

// ignoreRules is an ordered list of rules: the last one that matches decides.
type ignoreRules []ignoreRule

// with adds the rules of the .gitignore in dir, which is rel below the top.
func (rules ignoreRules) with(dir, rel string) ignoreRules {
	b, err := readBounded(filepath.Join(dir, ".gitignore"), 1<<20)
	if err != nil {
		return rules
	}
	rules = rules[:len(rules):len(rules)]
	for line := range strings.Lines(string(b)) {
		if r, ok := parseIgnore(strings.TrimRight(line, "\r\n"), rel); ok {
			rules = append(rules, r)
		}
	}
	return rules
}

// parseIgnore reads one line; ok is false for comments and blank lines.
func parseIgnore(line, rel string) (ignoreRule, bool) {
	if !strings.HasSuffix(line, `\ `) {
		line = strings.TrimRight(line, " \t")
	}
	if line == "" || line[0] == '#' {
		return ignoreRule{}, false
	}
	r := ignoreRule{dir: rel}
	if line[0] == '!' {
		r.negated, line = true, line[1:]
	}
	if s, ok := strings.CutSuffix(line, "/"); ok {
		r.dirOnly, line = true, s
	}
	anchored := strings.Contains(line, "/")
	line = strings.TrimPrefix(line, "/")
	if line == "" {
		return ignoreRule{}, false
	}
	// Braces are plain characters in .gitignore.
	r.glob = strings.NewReplacer("{", `\{`, "}", `\}`).Replace(line)
	if !anchored {
		r.glob = "**/" + r.glob
	}
	return r, doublestar.ValidatePattern(r.glob)
}

// ignored reports whether a path below the top, slash-separated, is ignored.
// Folders above it are taken to be not ignored: the walk did not enter them
// otherwise.
func (rules ignoreRules) ignored(rel string, isDir bool) bool {
	for i := len(rules) - 1; i >= 0; i-- {
		r := rules[i]
		name := rel
		if r.dir != "" {
			var ok bool
			if name, ok = strings.CutPrefix(rel, r.dir+"/"); !ok {
				continue
			}
		}
		if r.dirOnly && !isDir {
			continue
		}
		if doublestar.MatchUnvalidated(r.glob, name) {
			return !r.negated
		}
	}
	return false
}
