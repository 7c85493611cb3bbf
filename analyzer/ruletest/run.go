package ruletest

import (
	"testing"

	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/rule"
)

// An analysis analyses all files below a folder, to which the fixture was written. Bugs are troubles of refcheck
// that leave the findings usable and fail the fixture all the same.
type analysis func(dir string, fx *Fixture, rules []*rule.Rule) (found []*finding.Finding, bugs []string, err error)

// Run checks one rule against the fixtures in testdata.
func Run(t *testing.T, r *rule.Rule) {
	t.Helper()
	RunDir(t, "testdata", r.Code, []*rule.Rule{r})
}

// RunDir checks rules against all fixtures of a folder. With a code, only what
// concerns that rule is judged.
func RunDir(t *testing.T, dir, code string, rules []*rule.Rule) {
	t.Helper()
	if err := rule.Validate(rules); err != nil {
		t.Fatal(err)
	}
	fixtures, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, fx := range fixtures {
		t.Run(fx.Name, func(t *testing.T) {
			problems, err := runFixture(fx, t.TempDir(), code, rules, analyze)
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range problems {
				t.Error(p)
			}
		})
	}
}

// Source analyses one C file given as text.
func Source(t *testing.T, text string, rules []*rule.Rule) []*finding.Finding {
	t.Helper()
	dir := t.TempDir()
	fx := &Fixture{Name: "source.c", Files: []File{{"source.c", text}}}
	if err := fx.write(dir); err != nil {
		t.Fatal(err)
	}
	found, bugs, err := analyze(dir, fx, rules)
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range bugs {
		t.Error(b)
	}
	return found
}

// runFixture writes a fixture to dir, analyses it and checks what was found.
func runFixture(fx *Fixture, dir, code string, rules []*rule.Rule, run analysis) ([]string, error) {
	if err := fx.write(dir); err != nil {
		return nil, err
	}
	found, bugs, err := run(dir, fx, rules)
	if err != nil {
		return nil, err
	}
	problems, err := check(fx, found, code)
	return append(bugs, problems...), err
}
