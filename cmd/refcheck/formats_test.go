package main

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// demoFindings runs the program on the demo and returns the report in a format,
// and where the findings are according to json.
func demoFindings(t *testing.T, format string) (text string, places []string) {
	t.Helper()
	run := func(format string) string {
		out, code := command(t, "../../testdata/demo", nil, "refcheck", "--isolated", "-q", "--output-format", format, ".")
		if code != exitFindings {
			t.Fatalf("exit code %d: %s", code, out)
		}
		return out
	}
	var report struct {
		Findings []struct {
			File, Rule string
			Line       int
		}
	}
	if err := json.Unmarshal([]byte(run("json")), &report); err != nil {
		t.Fatal(err)
	}
	for _, f := range report.Findings {
		places = append(places, fmt.Sprintf("%s:%d %s", f.File, f.Line, f.Rule))
	}
	slices.Sort(places)
	if len(places) < 10 {
		t.Fatalf("only %d findings in the demo", len(places))
	}
	return run(format), places
}

// TestGitLab: the report is what GitLab documents for its code quality widget: a
// list, each entry with these fields, and a fingerprint of its own.
func TestGitLab(t *testing.T) {
	text, want := demoFindings(t, "gitlab")
	var list []struct {
		Description, Fingerprint, Severity string
		CheckName                          string `json:"check_name"`
		Location                           struct {
			Path  string
			Lines struct{ Begin int }
		}
	}
	if err := json.Unmarshal([]byte(text), &list); err != nil {
		t.Fatal(err)
	}
	var got []string
	seen := map[string]bool{}
	for _, e := range list {
		got = append(got, fmt.Sprintf("%s:%d %s", e.Location.Path[len("testdata/demo/"):], e.Location.Lines.Begin, e.CheckName))
		if e.Description == "" || e.Fingerprint == "" || seen[e.Fingerprint] ||
			!slices.Contains([]string{"info", "minor", "major", "critical", "blocker"}, e.Severity) {
			t.Errorf("bad entry: %+v", e)
		}
		seen[e.Fingerprint] = true
	}
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

// TestJUnit: a failed test for each finding, counted in the suites.
func TestJUnit(t *testing.T) {
	text, want := demoFindings(t, "junit")
	type counts struct {
		Tests    int `xml:"tests,attr"`
		Failures int `xml:"failures,attr"`
	}
	var report struct {
		counts
		Suites []struct {
			counts
			Cases []struct {
				Name    string `xml:"name,attr"`
				File    string `xml:"file,attr"`
				Line    int    `xml:"line,attr"`
				Failure *struct {
					Text string `xml:",chardata"`
				} `xml:"failure"`
			} `xml:"testcase"`
		} `xml:"testsuite"`
	}
	if err := xml.Unmarshal([]byte(text), &report); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, s := range report.Suites {
		failures := 0
		for _, c := range s.Cases {
			if c.Failure == nil {
				continue
			}
			failures++
			rule, _, _ := strings.Cut(c.Name, " ")
			got = append(got, fmt.Sprintf("%s:%d %s", c.File, c.Line, rule))
			if c.Failure.Text == "" {
				t.Errorf("%s:%d: a failure without a text", c.File, c.Line)
			}
		}
		if s.Failures != failures || s.Tests != len(s.Cases) {
			t.Errorf("a suite counts %+v, and has %d cases, %d of them failed", s.counts, len(s.Cases), failures)
		}
	}
	slices.Sort(got)
	if !slices.Equal(got, want) || report.Failures != len(want) {
		t.Errorf("%d failures: got  %q\nwant %q", report.Failures, got, want)
	}
}
