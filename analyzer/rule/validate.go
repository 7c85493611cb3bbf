package rule

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// Kinds are the groups a rule can belong to.
var Kinds = []string{
	"leak", "overdecref", "use-after-release", "borrowed-return", "borrowed-store",
	"thin-ice", "null-deref", "null-arg", "no-exception", "exception-state", "uninit",
	"format-mismatch", "methoddef", "gc", "module-state", "reinit-leak", "gil",
	"resource", "modernize", "suppression", "annotation",
}

// Precisions are the values of Rule.Precision, rising: rules that guess what the
// user means; that conclude from how the rest of the code behaves; that follow
// from the code and contracts; that do not depend on paths at all.
var Precisions = []string{"low", "medium", "high", "very-high"}

var (
	codeForm = regexp.MustCompile(`^RC[0-9]{3}$`)
	nameForm = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)
)

// Validate reports everything that is wrong with a set of rules: duplicate or
// malformed codes and names, unknown kinds, missing documentation. refcheck
// does not run with an invalid set.
func Validate(rules []*Rule) error {
	var errs []error
	seen := map[string]*Rule{}
	for i, r := range rules {
		if r == nil {
			errs = append(errs, fmt.Errorf("rule %d is nil", i))
			continue
		}
		for _, err := range r.validate() {
			errs = append(errs, fmt.Errorf("rule %s %s: %w", r.Code, r.Name, err))
		}
		for _, key := range []string{r.Code, r.Name} {
			if prev := seen[key]; prev != nil && prev != r {
				errs = append(errs, fmt.Errorf("rule %s %s: %q is taken by %s %s", r.Code, r.Name, key, prev.Code, prev.Name))
			}
		}
		if seen[r.Code] == r {
			errs = append(errs, fmt.Errorf("rule %s %s is listed twice", r.Code, r.Name))
		}
		seen[r.Code], seen[r.Name] = r, r
	}
	return errors.Join(errs...)
}

// validate checks one rule on its own.
func (r *Rule) validate() []error {
	var errs []error
	add := func(format string, args ...any) { errs = append(errs, fmt.Errorf(format, args...)) }
	if !codeForm.MatchString(r.Code) {
		add("code does not look like RC101")
	}
	if !nameForm.MatchString(r.Name) {
		add("name is not lower case words joined by hyphens")
	}
	if !slices.Contains(Kinds, r.Kind) {
		add("unknown kind %q", r.Kind)
	}
	if r.Judge == nil && r.Types == nil && r.Modules == nil {
		add("no Judge, Types or Modules function")
	}
	if !slices.Contains([]string{"", "safe", "unsafe"}, r.Fixes) {
		add("unknown sort of fixes %q", r.Fixes)
	}
	if r.Precision != "" && !slices.Contains(Precisions, r.Precision) {
		add("unknown precision %q", r.Precision)
	}
	if r.CWE < 0 {
		add("negative CWE")
	}
	return append(errs, r.validateDoc()...)
}

// validateDoc checks the form of the documentation.
func (r *Rule) validateDoc() []error {
	var errs []error
	add := func(format string, args ...any) { errs = append(errs, fmt.Errorf("doc.md: "+format, args...)) }
	title, _, _ := strings.Cut(r.Doc, "\n")
	if want := "# " + r.Code + " " + r.Name; strings.TrimSpace(title) != want {
		add("first line is %q, want %q", title, want)
	}
	var headings []string
	fenced := false
	for line := range strings.Lines(r.Doc) {
		if strings.HasPrefix(line, "```") {
			fenced = !fenced
		}
		if h, ok := strings.CutPrefix(line, "## "); ok && !fenced {
			headings = append(headings, strings.TrimSpace(h))
		}
	}
	if !slices.Equal(headings, Sections) {
		add("sections are %q, want %q", headings, Sections)
		return errs
	}
	for _, s := range Sections {
		if Section(r.Doc, s) == "" {
			add("section %q is empty", s)
		}
	}
	for _, s := range []string{"Example", "Fix"} {
		if _, ok := CodeBlock(Section(r.Doc, s)); !ok {
			add("section %q has no code block", s)
		}
	}
	return errs
}
