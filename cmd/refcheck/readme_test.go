package main

import (
	"bytes"
	"context"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/refcheck/refcheck/analyzer"
	"github.com/refcheck/refcheck/analyzer/report"
	"github.com/refcheck/refcheck/rules"
)

func readme(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// fences are the code blocks of a Markdown text.
func fences(text string) []string {
	var out []string
	for _, m := range regexp.MustCompile("(?ms)^```[a-z]*\n(.*?)^```$").FindAllStringSubmatch(text, -1) {
		out = append(out, m[1])
	}
	return out
}

// TestReadmeFinding: the finding on the first screen is what the program prints.
func TestReadmeFinding(t *testing.T) {
	t.Chdir("../..")
	var out, errs bytes.Buffer
	a := &app{stdin: strings.NewReader(""), stdout: &out, stderr: &errs, analyze: analyzer.Analyze, rules: rules.All}
	if code := a.run(context.Background(), []string{"--isolated", "./testdata/demo"}); code != exitFindings {
		t.Fatalf("exit code %d: %s", code, &errs)
	}
	for _, block := range fences(readme(t)) {
		if !strings.Contains(block, " │ ") {
			continue
		}
		if !strings.Contains(out.String(), block) {
			t.Errorf("README.md shows\n%sbut refcheck ./testdata/demo prints\n%s", block, &out)
		}
		return
	}
	t.Error("README.md shows no finding")
}

// TestDocsReplay: the replay in docs/output.md is what the program prints.
func TestDocsReplay(t *testing.T) {
	t.Chdir("../..")
	text, err := os.ReadFile("docs/output.md")
	if err != nil {
		t.Fatal(err)
	}
	command := regexp.MustCompile("`refcheck (replay [^`]+)` prints").FindStringSubmatch(string(text))
	if command == nil {
		t.Fatal("docs/output.md has no replay")
	}
	var out, errs bytes.Buffer
	a := &app{stdin: strings.NewReader(""), stdout: &out, stderr: &errs, analyze: analyzer.Analyze, rules: rules.All}
	if code := a.run(context.Background(), append(strings.Fields(command[1]), "--isolated")); code != exitClean {
		t.Fatalf("exit code %d: %s", code, &errs)
	}
	if !slices.Contains(fences(string(text)), out.String()) {
		t.Errorf("docs/output.md does not show what refcheck %s prints:\n%s", command[1], &out)
	}
}

// TestReadmeRules: each group of rules has a line, and each line has rules.
func TestReadmeRules(t *testing.T) {
	t.Chdir("../..")
	listed := map[string]bool{}
	for _, m := range regexp.MustCompile(`(?m)^\| (RC\d) \|`).FindAllStringSubmatch(readme(t), -1) {
		listed[m[1]] = false
	}
	for _, r := range rules.All {
		group := r.Code[:3]
		if _, ok := listed[group]; !ok {
			t.Errorf("README.md says nothing about rules such as %s %s", r.Code, r.Name)
		}
		listed[group] = true
	}
	for group, used := range listed {
		if !used {
			t.Errorf("README.md promises rules %s, which do not exist", group)
		}
	}
	for _, f := range report.Formats() {
		if !strings.Contains(readme(t), f) {
			t.Errorf("README.md does not mention the output format %s", f)
		}
	}
}
