package fix_test

import (
	"bytes"
	"context"
	"maps"
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

// config is what users get by default, for the files below a folder.
func config(dir string) analyzer.Config {
	return analyzer.Config{
		Front:  cfront.Options{Roots: []string{dir}},
		Target: contract.DefaultTarget, Also: analyzer.OtherTargets(finding.Medium),
		Rules: rules.All, MinConfidence: finding.Medium, Jobs: 1,
	}
}

func run(t *testing.T, dir string) *analyzer.Result {
	t.Helper()
	res, err := analyzer.Analyze(context.Background(), config(dir))
	if err != nil {
		t.Fatal(err)
	}
	return res
}

// mend applies all fixes below a folder and writes them.
func mend(t *testing.T, dir string, res *analyzer.Result) *analyzer.Mended {
	t.Helper()
	m, err := analyzer.Mend(context.Background(), config(dir), res, true, func(*finding.Finding) bool { return true })
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

// least are the shares of findings in the fixtures of a rule that have a fix, in percent. They are
// what has been reached: a rule may get better, not worse.
var least = map[string]int{
	"RC001": 100, "RC101": 84, "RC102": 85, "RC103": 93, "RC104": 92, "RC201": 77, "RC202": 90, "RC205": 87,
	"RC301": 78, "RC302": 45, "RC401": 100, "RC402": 60, "RC403": 60, "RC412": 90, "RC602": 50, "RC604": 100,
	"RC605": 50, "RC606": 100, "RC607": 66, "RC608": 11, "RC701": 100, "RC703": 100,
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
	for _, code := range slices.Sorted(maps.Keys(found)) {
		share := 100 * fixed[code] / found[code]
		t.Logf("%s: %d of %d findings fixed", code, fixed[code], found[code])
		if share < least[code] {
			t.Errorf("%s: only %d %% of the findings are fixed, want %d", code, share, least[code])
		}
	}
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
