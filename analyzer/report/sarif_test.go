package report

import (
	"bytes"
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	gosarif "github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/refcheck/refcheck/analyzer/finding"
)

// schemaPackage carries the SARIF schema as published by OASIS, as a constant.
const schemaPackage = "github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"

// publishedSchema reads the schema from the module's source.
func publishedSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	dir, err := exec.Command("go", "list", "-f", "{{.Dir}}", schemaPackage).Output()
	if err != nil {
		t.Fatalf("go list %s: %v", schemaPackage, err)
	}
	file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(strings.TrimSpace(string(dir)), "schema.go"), nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	text := ""
	ast.Inspect(file, func(n ast.Node) bool {
		if lit, ok := n.(*ast.BasicLit); ok && len(lit.Value) > len(text) {
			text, err = strconv.Unquote(lit.Value)
		}
		return true
	})
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	const url = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource(url, doc); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile(url)
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

func TestSARIFSchema(t *testing.T) {
	schema := publishedSchema(t)
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
		if want := strings.HasPrefix(r.ID, "RC2"); scored != want {
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
	in.Findings = append(in.Findings, err)
	s := &sarifWriter{in: in}
	kept, notes := s.cap(in.Findings)
	if len(kept) != sarifMaxResults || kept[0] != err || len(notes) != 1 {
		t.Errorf("kept %d, %d notices; want %d with the error first, and one notice", len(kept), len(notes), sarifMaxResults)
	}
	var steps []finding.Step
	for range 2 * sarifMaxSteps {
		steps = append(steps, leak().Steps...)
	}
	s.t = newTexts(in)
	if n := len(s.codeFlows(steps)[0].ThreadFlows[0].Locations); n != sarifMaxSteps {
		t.Errorf("got %d steps, want %d", n, sarifMaxSteps)
	}
}
