package ruletest

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/refcheck/refcheck/analyzer/finding"
)

// check compares what was found in a fixture with what its comments and function
// names ask for, and returns what is wrong. A non-empty code restricts it to one
// rule: expectations of and findings by others are passed over.
func check(fx *Fixture, found []*finding.Finding, code string) ([]string, error) {
	var problems []string
	report := func(format string, args ...any) { problems = append(problems, fmt.Sprintf(format, args...)) }
	var xs []*expectation
	for i := range fx.Files {
		fxs, err := fx.Files[i].expectations()
		if err != nil {
			return nil, err
		}
		xs = append(xs, fxs...)
		if code != "" {
			problems = append(problems, checkNames(&fx.Files[i], fxs, code)...)
		}
	}
	for _, f := range found {
		if code != "" && f.Rule != code {
			continue
		}
		file := fx.fileOf(f.Span.File)
		claimed := false
		for _, x := range xs {
			if !x.note && !x.met && x.file == file && x.line == f.Span.Line && x.key == f.Rule &&
				(x.text == nil || x.text.MatchString(f.Message)) {
				x.met, claimed = true, true
				break
			}
		}
		if !claimed {
			report("%s:%d: unexpected %s: %s (in %s)", file, f.Span.Line, f.Rule, f.Message, f.Function)
		}
		for _, x := range xs {
			if x.note && !x.met && x.metBy(fx, f) {
				x.met = true
			}
		}
	}
	for _, x := range xs {
		if !x.met && x.concerns(code, xs) {
			report("%s: not found", x)
		}
	}
	return problems, nil
}

// concerns reports whether the expectation is to be judged: a want if it is of
// the rule under test, a note if all wants of its function are.
func (x *expectation) concerns(code string, all []*expectation) bool {
	if code == "" || !x.note {
		return code == "" || x.key == code
	}
	wants := 0
	for _, y := range all {
		if y.note || y.file != x.file || y.fn != x.fn {
			continue
		}
		if y.key != code {
			return false
		}
		wants++
	}
	return wants > 0
}

// metBy reports whether a step of the finding is what the note asks for.
func (x *expectation) metBy(fx *Fixture, f *finding.Finding) bool {
	if f.Function != x.fn.Name {
		return false
	}
	return slices.ContainsFunc(f.Steps, func(s finding.Step) bool {
		return string(s.Kind) == x.key && fx.fileOf(s.Span.File) == x.file && s.Span.Line == x.line &&
			(x.text == nil || x.text.MatchString(s.Message))
	})
}

// checkNames compares the verdicts in function names with the wants of a rule.
func checkNames(file *File, xs []*expectation, code string) []string {
	var problems []string
	for _, fn := range file.Funcs() {
		want, says := fn.expectFinding()
		if !says {
			continue
		}
		has := slices.ContainsFunc(xs, func(x *expectation) bool {
			return !x.note && x.fn == fn && x.key == code
		})
		switch {
		case want && !has:
			problems = append(problems, fmt.Sprintf("%s:%d: %s has no want comment", file.Name, fn.First, fn.Name))
		case !want && has:
			problems = append(problems, fmt.Sprintf("%s:%d: %s has a want comment", file.Name, fn.First, fn.Name))
		}
	}
	return problems
}

// fileOf turns the file of a finding, which may have a folder in front, into
// the name of a file of the fixture.
func (f *Fixture) fileOf(path string) string {
	path = filepath.ToSlash(path)
	for _, file := range f.Files {
		if path == file.Name || strings.HasSuffix(path, "/"+file.Name) {
			return file.Name
		}
	}
	return path
}
