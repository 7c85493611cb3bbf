package analyzer_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/refcheck/refcheck/analyzer/finding"
)

// knownMisses are the defects of the demo that refcheck does not see yet, each
// with the reason. A line that is found must go from here.
var knownMisses = map[string]string{}

// TestDemo compares what is found in the demo with what was put there.
func TestDemo(t *testing.T) {
	const dir = "../testdata/demo"
	text, err := os.ReadFile(dir + "/EXPECTED")
	if err != nil {
		t.Fatal(err)
	}
	want := strings.Split(strings.TrimSpace(string(text)), "\n")
	got := places(analyze(t, config(dir)).Findings, dir)
	for _, w := range want {
		found, known := slices.Contains(got, w), knownMisses[w] != ""
		switch {
		case !found && !known:
			t.Errorf("missed: %s", w)
		case found && known:
			t.Errorf("%s is found now: take it off the known misses", w)
		}
	}
	for _, g := range got {
		if !slices.Contains(want, g) {
			t.Errorf("unexpected: %s", g)
		}
	}
}

// TestDemoFixed: nothing is said about the repaired demo, not even with low
// confidence.
func TestDemoFixed(t *testing.T) {
	const dir = "../testdata/demo_fixed"
	cfg := config(dir)
	cfg.MinConfidence = finding.Low
	for _, f := range analyze(t, cfg).Findings {
		t.Errorf("%s: %s %s", f.Span, f.Rule, f.Message)
	}
}
