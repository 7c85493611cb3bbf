package main

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/refcheck/refcheck/analyzer"
	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/rules"
)

// TestCrash: a function whose analysis panicked is called a bug of refcheck, with
// the stack for -v, and does not keep the others from being reported.
func TestCrash(t *testing.T) {
	crashing := func(context.Context, analyzer.Config) (*analyzer.Result, error) {
		return &analyzer.Result{
			Coverage: finding.Coverage{Files: 1, Functions: 2, Analysed: 1},
			Crashes:  []string{"f() in a.c:3: internal error: boom\nstack of f"},
		}, nil
	}
	for _, verbose := range []bool{false, true} {
		var out, errs bytes.Buffer
		a := &app{stdin: strings.NewReader(""), stdout: &out, stderr: &errs, analyze: crashing, rules: rules.All}
		args := []string{"--isolated", "."}
		if verbose {
			args = append(args, "-v")
		}
		if code := a.run(context.Background(), args); code != exitClean {
			t.Errorf("exit code %d, want %d", code, exitClean)
		}
		for _, want := range []string{"refcheck: bug in refcheck: f() in a.c:3: internal error: boom\n", "/issues"} {
			if !strings.Contains(errs.String(), want) {
				t.Errorf("standard error lacks %q:\n%s", want, &errs)
			}
		}
		if got := strings.Contains(errs.String(), "stack of f"); got != verbose {
			t.Errorf("-v %v: stack shown: %v", verbose, got)
		}
	}
}
