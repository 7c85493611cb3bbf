package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestFresh fails when rules.go or a page in docs/rules does not match the rule
// folders.
func TestFresh(t *testing.T) {
	root, err := moduleRoot()
	if err != nil {
		t.Fatal(err)
	}
	files, err := generate(root)
	if err != nil {
		t.Fatal(err)
	}
	stale, err := stalePages(root, files)
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range files {
		got, err := os.ReadFile(filepath.Join(root, name))
		if err != nil || !bytes.Equal(got, want) {
			stale = append(stale, name)
		}
	}
	for _, name := range stale {
		t.Errorf("%s is out of date", name)
	}
	if len(stale) > 0 {
		t.Log("run: go generate ./rules")
	}
}

// TestRun checks that a new folder is picked up and a removed one forgotten.
func TestRun(t *testing.T) {
	root := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		path := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	write("rules/two/rule.go", "package two\n\nvar Rule = &rule.Rule{Code: \"RC102\", Name: \"second\", Kind: \"leak\", Severity: finding.Error}\n")
	write("rules/two/doc.md", "# RC102 second\n\n## What it does\nFinds. More.\n")
	write("docs/rules/RC999.md", "gone")
	if err := run(root); err != nil {
		t.Fatal(err)
	}
	list, err := os.ReadFile(filepath.Join(root, "rules/rules.go"))
	if err != nil || !strings.Contains(string(list), "two.Rule, // RC102 second") {
		t.Errorf("rules.go = %s, %v", list, err)
	}
	index, err := os.ReadFile(filepath.Join(root, "docs/rules/README.md"))
	if err != nil || !strings.Contains(string(index), "| [RC102](RC102.md) | second | error | leak |  | Finds |") {
		t.Errorf("README.md = %s, %v", index, err)
	}
	if _, err := os.Stat(filepath.Join(root, "docs/rules/RC999.md")); err == nil {
		t.Error("the page of a rule that is gone was kept")
	}
	write("rules/wrong/rule.go", "package other\n")
	write("rules/wrong/doc.md", "")
	if err := run(root); err == nil {
		t.Error("no error for a package in a folder of another name")
	}
}
