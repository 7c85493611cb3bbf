package report

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"testing"

	gosarif "github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/rule"
	"github.com/refcheck/refcheck/internal/sarifschema"
)

func TestSARIFSchema(t *testing.T) {
	schema, err := sarifschema.Published()
	if err != nil {
		t.Fatal(err)
	}
	for name, in := range map[string]*Input{
		"sample": sample(t),
		"long":   longPath(t),
		"empty":  {Version: "0.1.0", TargetPython: "3.14"},
	} {
		t.Run(name, func(t *testing.T) {
			out := render(t, "sarif", in, Style{})
			doc, err := jsonschema.UnmarshalJSON(strings.NewReader(out))
			if err != nil {
				t.Fatal(err)
			}
			if err := schema.Validate(doc); err != nil {
				t.Errorf("%#v", err)
			}
			if _, err := gosarif.FromBytes([]byte(out)); err != nil {
				t.Errorf("another reader: %v", err)
			}
		})
	}
	if err := schema.Validate(map[string]any{"version": "2.1.0"}); err == nil {
		t.Error("the schema accepts a log without runs: the test proves nothing")
	}
}

// readSARIF decodes what the sarif format wrote.
func readSARIF(t *testing.T, in *Input) sarifRun {
	t.Helper()
	var log sarifLog
	dec := json.NewDecoder(bytes.NewBufferString(render(t, "sarif", in, Style{})))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&log); err != nil {
		t.Fatal(err)
	}
	return log.Runs[0]
}

func TestSARIFForGitHub(t *testing.T) {
	run := readSARIF(t, sample(t))
	for _, r := range run.Results {
		if rule := run.Tool.Driver.Rules[r.RuleIndex]; rule.ID != r.RuleID {
			t.Errorf("%s points to rule %s", r.RuleID, rule.ID)
		}
		if r.Fingerprints["primaryLocationLineHash"] == "" {
			t.Errorf("%s has no fingerprint", r.RuleID)
		}
		if loc := r.Locations[0].Physical; loc.Artifact.BaseID != srcRoot || loc.Region.EndLine != 0 {
			t.Errorf("%s: location is %+v", r.RuleID, loc)
		}
	}
	for _, r := range run.Tool.Driver.Rules {
		_, scored := r.Properties["security-severity"]
		if want := r.ID == "RC203"; scored != want {
			t.Errorf("%s: security-severity present is %v, want %v", r.ID, scored, want)
		}
		if r.Help.Text == "" || len(r.Short.Text) > maxDescription {
			t.Errorf("%s: help or description is not what GitHub takes", r.ID)
		}
	}
	if n := len(run.Invocations[0].Notifications); n != 2 {
		t.Errorf("got %d notifications, want one for the function and one for the file not analysed", n)
	}
	if !strings.Contains(run.Results[2].Message.Text, `tables\[i](x)`) {
		t.Errorf("brackets are not escaped: %s", run.Results[2].Message.Text)
	}
}

func TestSARIFCaps(t *testing.T) {
	in := sample(t)
	warning, err := leak(), note()
	err.Severity = finding.Error
	in.Findings = nil
	for range sarifMaxResults {
		in.Findings = append(in.Findings, warning)
	}
	for _, n := range []int{sarifKept, sarifMaxResults} {
		kept, notes := rank(slices.Concat(in.Findings[:n], []*finding.Finding{err}))
		if len(kept) != min(n+1, sarifMaxResults) || kept[0] != err || len(notes) != 1 {
			t.Errorf("kept %d of %d, %d notices; want the error first, and one notice", len(kept), n+1, len(notes))
		}
	}
	if kept, notes := rank(in.Findings[:sarifKept]); len(kept) != sarifKept || len(notes) != 0 {
		t.Errorf("kept %d of %d, %d notices; want all, and no notice", len(kept), sarifKept, len(notes))
	}
	s := &sarifWriter{in: in}
	var steps []finding.Step
	for range 2 * sarifMaxSteps {
		steps = append(steps, leak().Steps...)
	}
	s.t = newTexts(in)
	if n := len(s.codeFlows(steps)[0].ThreadFlows[0].Locations); n != sarifMaxSteps {
		t.Errorf("got %d steps, want %d", n, sarifMaxSteps)
	}
}

// TestSARIFSize: a report that code scanning would refuse loses steps first, then
// the least severe findings, and says so.
func TestSARIFSize(t *testing.T) {
	defer func(n int) { sarifMaxBytes = n }(sarifMaxBytes)
	in := sample(t)
	in.Suppressed = nil
	for i := range 40 {
		f := leak()
		f.Message += strings.Repeat(strconv.Itoa(i*i*i), 20)
		in.Findings = append(in.Findings, f)
	}
	full := readSARIF(t, in)
	text, err := renderSARIF(in, in.Findings, nil, true)
	if err != nil {
		t.Fatal(err)
	}
	sarifMaxBytes = 1 // so that compressed compresses
	brief := compressed(text)
	for _, test := range []struct{ max, results, steps, notices int }{
		{1 << 20, len(full.Results), 4, 0},
		{brief + 200, len(full.Results), 3, 1},
		{brief - 200, len(full.Results) / 2, 3, 2},
	} {
		sarifMaxBytes = test.max
		run := readSARIF(t, in)
		notices := 0
		for _, n := range run.Invocations[0].Notifications {
			if n.Descriptor.ID == "too-many-results" {
				notices++
			}
		}
		steps := len(run.Results[0].CodeFlows[0].ThreadFlows[0].Locations)
		if len(run.Results) != test.results || steps != test.steps || notices != test.notices {
			t.Errorf("at most %d bytes: %d results of %d steps and %d notices, want %d of %d and %d",
				test.max, len(run.Results), steps, notices, test.results, test.steps, test.notices)
		}
	}
}

// TestSecuritySeverity: what is about freed memory has a score, whatever its kind.
func TestSecuritySeverity(t *testing.T) {
	for _, c := range []struct {
		r    rule.Rule
		want string
	}{
		{rule.Rule{Kind: "gc", CWE: 416, Severity: finding.Error}, "7.5"},
		{rule.Rule{Kind: "thin-ice", CWE: 416, Severity: finding.Warning}, "5.0"},
		{rule.Rule{Kind: "overdecref", Severity: finding.Error}, "7.5"},
		{rule.Rule{Kind: "gc", CWE: 416, Severity: finding.Note}, ""},
		{rule.Rule{Kind: "gc", CWE: 401, Severity: finding.Error}, ""},
		{rule.Rule{Kind: "leak", CWE: 911, Severity: finding.Warning}, ""},
	} {
		if got := securitySeverity(&c.r); got != c.want {
			t.Errorf("%s, CWE %d, %s: %q, want %q", c.r.Kind, c.r.CWE, c.r.Severity, got, c.want)
		}
	}
}
