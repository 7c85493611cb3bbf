package main

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/refcheck/refcheck/internal/sarifschema"
)

// TestSARIF runs the program on the demo, a copy with comments and gaps in it, and
// checks what it writes against the published schema.
func TestSARIF(t *testing.T) {
	schema, err := sarifschema.Published()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("../../testdata/demo")); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(dir, ".git"), 0o777); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"größe file.c": leakyFile + "/* refcheck: ignore-file[RC101] an example */\n",
		"broken.c":     "}}} this is ((( not C at all @@@ $\n",
		"more.cpp":     "class X {};\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command("refcheck", "--isolated", "--output-format", "sarif", "--exit-zero", "--min-confidence", "low", ".")
	cmd.Dir = dir
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(out))
	if err != nil {
		t.Fatal(err)
	}
	if err := schema.Validate(doc); err != nil {
		t.Errorf("%#v", err)
	}
	checkForGitHub(t, out)
}

// checkForGitHub checks what code scanning asks for beyond the schema.
func checkForGitHub(t *testing.T, text []byte) {
	t.Helper()
	var log struct {
		Runs []struct {
			AutomationDetails struct{ ID string }
			Tool              struct {
				Driver struct {
					Rules []struct {
						ID         string
						Help       struct{ Text, Markdown string }
						Properties struct {
							Precision        string
							Severity         string   `json:"problem.severity"`
							SecuritySeverity string   `json:"security-severity"`
							Tags             []string `json:"tags"`
						}
					}
				}
			}
			Taxonomies []struct{ Taxa []struct{ ID string } }
			Results    []struct {
				RuleID    string
				Locations []location
				CodeFlows []struct {
					ThreadFlows []struct{ Locations []struct{ Location location } }
				}
				PartialFingerprints struct{ PrimaryLocationLineHash string }
				Suppressions        []struct{ Kind, Justification string }
			}
			Invocations []struct {
				ToolExecutionNotifications []struct{ Descriptor struct{ ID string } }
			}
		}
	}
	if err := json.Unmarshal(text, &log); err != nil || len(log.Runs) != 1 {
		t.Fatalf("%d runs, %v", len(log.Runs), err)
	}
	run := log.Runs[0]
	if run.AutomationDetails.ID != "refcheck/python3.14/" {
		t.Errorf("automationDetails.id is %q", run.AutomationDetails.ID)
	}
	for _, r := range run.Tool.Driver.Rules {
		p := r.Properties
		if r.Help.Text == "" || !strings.Contains(r.Help.Markdown, "## Why it is bad") || strings.Contains(r.Help.Markdown, "](RC") ||
			p.Precision == "" || p.Severity == "" || len(p.Tags) == 0 || len(p.Tags) > 10 {
			t.Errorf("rule %s lacks something: %+v", r.ID, p)
		}
		if leak := strings.HasPrefix(r.ID, "RC10"); leak && p.SecuritySeverity != "" {
			t.Errorf("rule %s is no security rule, but has %s", r.ID, p.SecuritySeverity)
		}
		if r.ID == "RC202" && p.SecuritySeverity != "7.5" {
			t.Errorf("rule RC202 has security-severity %q", p.SecuritySeverity)
		}
	}
	var taxa []string
	for _, x := range run.Taxonomies[0].Taxa {
		taxa = append(taxa, x.ID)
	}
	for _, want := range []string{"401", "415", "416", "911"} {
		if !slices.Contains(taxa, want) {
			t.Errorf("CWE %s is not among the taxa %v", want, taxa)
		}
	}
	seen := map[string]bool{}
	flows, suppressed := 0, 0
	for _, r := range run.Results {
		hash := r.PartialFingerprints.PrimaryLocationLineHash
		if len(r.Locations) != 1 || hash == "" || seen[hash] {
			t.Errorf("%s: %d locations, fingerprint %q", r.RuleID, len(r.Locations), hash)
		}
		seen[hash] = true
		r.Locations[0].check(t, r.RuleID)
		for _, f := range r.CodeFlows {
			flows++
			for _, l := range f.ThreadFlows[0].Locations {
				l.Location.check(t, r.RuleID)
			}
		}
		if r.Suppressions == nil {
			t.Errorf("%s: suppressions are for all results or none", r.RuleID)
		}
		for _, s := range r.Suppressions {
			if suppressed++; s.Kind != "inSource" || s.Justification != "an example" {
				t.Errorf("suppression is %+v", s)
			}
		}
	}
	if flows < 10 || suppressed != 1 {
		t.Errorf("%d results, %d paths, %d suppressed", len(run.Results), flows, suppressed)
	}
	notes := map[string]int{}
	for _, n := range run.Invocations[0].ToolExecutionNotifications {
		notes[n.Descriptor.ID]++
	}
	if notes["not-analysed"] == 0 || notes["skipped-file"] != 1 {
		t.Errorf("notifications are %v", notes)
	}
}

type location struct {
	PhysicalLocation struct {
		ArtifactLocation struct{ URI, URIBaseID string }
		Region           struct{ StartLine, EndLine int }
	}
}

// check wants a relative URI and one line.
func (l *location) check(t *testing.T, rule string) {
	t.Helper()
	at := l.PhysicalLocation.ArtifactLocation
	if at.URIBaseID != "%SRCROOT%" || at.URI == "" || strings.ContainsAny(at.URI, " \\") || strings.HasPrefix(at.URI, "/") ||
		l.PhysicalLocation.Region.StartLine == 0 || l.PhysicalLocation.Region.EndLine != 0 {
		t.Errorf("%s: location is %+v", rule, *l)
	}
}
