package main

import (
	"bytes"
	"context"
	"regexp"
	"strings"
	"testing"

	"github.com/refcheck/refcheck/analyzer"
	"github.com/refcheck/refcheck/rules"
)

var stats = regexp.MustCompile(`(?s)"stats": \{.*?\}`)

// TestDeterministic checks that the report does not depend on -j or luck.
func TestDeterministic(t *testing.T) {
	run := func(dir, jobs string) string {
		var out, errs bytes.Buffer
		a := &app{stdin: strings.NewReader(""), stdout: &out, stderr: &errs, analyze: analyzer.Analyze, rules: rules.All}
		code := a.run(context.Background(), []string{"--isolated", "--output-format", "json", "--min-confidence", "low", "-j", jobs, dir})
		if code != exitFindings {
			t.Fatalf("exit code %d: %s", code, errs.String())
		}
		return stats.ReplaceAllString(out.String(), "")
	}
	for _, dir := range []string{"../../rules", "../../testdata/demo"} {
		want := run(dir, "1")
		for _, jobs := range []string{"1", "3", "8"} {
			if got := run(dir, jobs); got != want {
				t.Errorf("%s, -j %s: the report differs from that of -j 1", dir, jobs)
			}
		}
	}
}
