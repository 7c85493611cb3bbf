package fix_test

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/refcheck/refcheck/analyzer"
	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/ruletest"
	"github.com/refcheck/refcheck/cmodel/cfront"
	"github.com/refcheck/refcheck/cmodel/contract"
	"github.com/refcheck/refcheck/internal/cpython"
	"github.com/refcheck/refcheck/rules"
)

// config is what users get by default, or for the Python that a file asks for, for the files below
// a folder.
func config(t *testing.T, dir string) analyzer.Config {
	t.Helper()
	c := analyzer.Config{
		Front:  cfront.Options{Roots: []string{dir}},
		Target: contract.DefaultTarget, Also: analyzer.OtherTargets(finding.Medium),
		Rules: rules.All, MinConfidence: finding.Medium, Jobs: 1,
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.c"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		fx := ruletest.Fixture{Files: []ruletest.File{{Name: file, Text: string(text)}}}
		if python := fx.Python(); python != "" {
			if c.Target, err = contract.ParseTarget(python); err != nil {
				t.Fatal(err)
			}
			c.Asked, c.Also = true, nil
		}
	}
	return c
}

func run(t *testing.T, dir string) *analyzer.Result {
	t.Helper()
	res, err := analyzer.Analyze(context.Background(), config(t, dir))
	if err != nil {
		t.Fatal(err)
	}
	return res
}

// mend applies all fixes below a folder and writes them.
func mend(t *testing.T, dir string, res *analyzer.Result) *analyzer.Mended {
	t.Helper()
	m, err := analyzer.Mend(context.Background(), config(t, dir), res, true, func(*finding.Finding) bool { return true })
	if err != nil {
		t.Fatal(err)
	}
	for file, text := range m.Texts {
		if err := os.WriteFile(filepath.FromSlash(file), text, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return m
}

// write puts the files of a fixture into a folder.
func write(t *testing.T, fx *ruletest.Fixture) string {
	t.Helper()
	dir := t.TempDir()
	for _, f := range fx.Files {
		path := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(f.Text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// kinds counts findings by what they are and where, without lines.
func kinds(res *analyzer.Result) map[string]int {
	n := map[string]int{}
	for _, f := range slices.Concat(res.Findings, res.Suppressed, res.Uncertain, res.Refuted) {
		n[strings.Join([]string{f.Rule, f.Span.File, f.Function, f.Object}, " ")]++
	}
	return n
}

// least is the share of a rule's findings in the fixtures that must have a fix, in percent. The fixtures have the hard
// cases of finding a defect, not the usual ones of mending it.
func least(code string) int {
	if code == "RC608" { // most of its findings are about what is missing altogether
		return 5
	}
	return 33
}

// TestFixtures applies all fixes to all fixtures of the rules. What was fixed must be gone, nothing else may
// have come, a second run must find nothing to fix, and what compiled must still compile.
func TestFixtures(t *testing.T) {
	dirs, err := filepath.Glob("../../rules/*/testdata")
	if err != nil || len(dirs) < 25 {
		t.Fatalf("%d folders of fixtures: %v", len(dirs), err)
	}
	found, fixed := map[string]int{}, map[string]int{}
	for _, dir := range dirs {
		fixtures, err := ruletest.Load(dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, fx := range fixtures {
			t.Run(filepath.Base(filepath.Dir(dir))+"/"+fx.Name, func(t *testing.T) {
				mended(t, write(t, fx), found, fixed)
			})
		}
	}
	for _, r := range rules.All {
		if r.Fixes == "" {
			continue
		}
		t.Logf("%s: %d of %d findings fixed", r.Code, fixed[r.Code], found[r.Code])
		if share := least(r.Code); 100*fixed[r.Code] < share*found[r.Code] {
			t.Errorf("%s: only %d of %d findings are fixed", r.Code, fixed[r.Code], found[r.Code])
		}
	}
}

// sortOf is what a rule says about its fixes.
func sortOf(code string) string {
	for _, r := range rules.All {
		if r.Code == code {
			return r.Fixes
		}
	}
	return ""
}

// mended applies all fixes below a folder and checks what they do.
func mended(t *testing.T, dir string, found, fixed map[string]int) {
	res := run(t, dir)
	before, texts := kinds(res), map[string][]byte{}
	for _, file := range res.Files {
		texts[file] = res.Source(file)
	}
	m := mend(t, dir, res)
	for _, f := range res.Findings {
		found[f.Rule]++
	}
	for _, f := range m.Fixed {
		fixed[f.Rule]++
		if sort := sortOf(f.Rule); sort == "" || f.Fix.Safe && sort != "safe" {
			t.Errorf("a fix for %s, safe: %v, while the rule's fixes are %q", f, f.Fix.Safe, sort)
		}
	}
	after := run(t, dir)
	for k, n := range kinds(after) {
		if n > before[k] {
			t.Errorf("a fix brings a finding: %s", k)
		}
	}
	if got, want := len(after.Findings), len(res.Findings)-len(m.Fixed); got > want {
		t.Errorf("%d findings are left of %d after %d were fixed", got, len(res.Findings), len(m.Fixed))
	}
	for file, text := range m.Texts {
		if out := compile(t, file, text); out != "" && compile(t, file, texts[file]) == "" {
			t.Errorf("does not compile any more: %s\n%s", out, text)
		}
	}
	if again := mend(t, dir, after); len(again.Fixed) > 0 {
		t.Errorf("a second run fixes %s", again.Fixed[0])
	}
}

// compile returns what a compiler says against a text that stands for a file, "" without complaint or
// compiler.
func compile(t *testing.T, file string, text []byte) string {
	t.Helper()
	newest := cpython.Newest(t)
	if newest == nil || filepath.Ext(file) != ".c" {
		return ""
	}
	cmd := exec.Command("gcc", "-fsyntax-only", "-w", "-I", newest.Include, "-I", filepath.Dir(file), "-x", "c", "-")
	cmd.Stdin = bytes.NewReader(text)
	out, err := cmd.CombinedOutput()
	if err == nil {
		return ""
	}
	return string(out)
}
