package rules

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/refcheck/refcheck/analyzer"
	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/cmodel/cfront"
	"github.com/refcheck/refcheck/cmodel/contract"
	"github.com/refcheck/refcheck/internal/cpython"
)

// thinIce is the folder with the attacks and with what runs them.
const thinIce = "testdata/thinice"

// minShown is how many defects have to be shown on each interpreter.
const minShown = 95

// TestThinIce shows on real interpreters that the fixtures about borrowed references
// and dangling buffers are what they claim to be. An attack is Python code whose
// __eq__, __del__ and the like take away what a fixture function has borrowed: then
// something_bad has to touch freed memory, and its twin something_ok has to live through
// the same. docs/thin-ice.md describes the method.
func TestThinIce(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("*", "testdata", "*.c"))
	if err != nil {
		t.Fatal(err)
	}
	cpython.Ends(t, func(t *testing.T, py *cpython.Python) {
		library := filepath.Join(buildThinIce(t, py, files), "fixtures"+py.Suffix)
		shown := 0
		for _, suite := range []string{"calls", "iteration", "buffers", "others", ""} {
			out := py.Run(t, absolute(t, thinIce), "import run, sys; run.main(*sys.argv[1:])", library, suite)
			shown += judgeAttacks(t, out)
		}
		t.Logf("%d defects shown", shown)
		if shown < minShown {
			t.Errorf("%d defects shown, want %d", shown, minShown)
		}
	})
}

// minMended is how many defects, once mended, have to live through their attack.
const minMended = 30

// TestThinIceMended applies the fixes for borrowed references to the fixtures, and attacks the
// functions that have been mended as TestThinIce attacks them without: they have to live.
func TestThinIceMended(t *testing.T) {
	py := cpython.Newest(t)
	if py == nil {
		t.Skip("no interpreter to build for")
	}
	dir := t.TempDir()
	var files []string
	for _, folder := range []string{"thinicecall", "thinicegil", "thiniceiter"} {
		if err := os.CopyFS(filepath.Join(dir, folder), os.DirFS(filepath.Join(folder, "testdata"))); err != nil {
			t.Fatal(err)
		}
		more, err := filepath.Glob(filepath.Join(dir, folder, "*.c"))
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, more...)
	}
	mended := mendThinIce(t, dir)
	library := filepath.Join(buildThinIce(t, py, files), "fixtures"+py.Suffix)
	lived := 0
	for _, suite := range []string{"calls", "iteration", "others"} {
		out := py.Run(t, absolute(t, thinIce), "import run, sys; run.main(*sys.argv[1:])", append([]string{library, suite}, mended...)...)
		judgeAttacks(t, out)
		lived += strings.Count(out, "\n")
	}
	t.Logf("%d mended functions live through their attack", lived)
	if lived < minMended {
		t.Errorf("%d mended functions live, want %d", lived, minMended)
	}
}

// mendThinIce applies all fixes for borrowed references below a folder, and names the functions in which nothing
// of that kind is left: "manual.thin_ice_bad".
func mendThinIce(t *testing.T, dir string) []string {
	t.Helper()
	cfg := analyzer.Config{Front: cfront.Options{Roots: []string{dir}}, Target: contract.DefaultTarget, Rules: All, MinConfidence: finding.Low, Jobs: 1}
	res, err := analyzer.Analyze(context.Background(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	thin := func(f *finding.Finding) bool { return f.Kind == "thin-ice" }
	m, err := analyzer.Mend(context.Background(), cfg, res, true, thin)
	if err != nil {
		t.Fatal(err)
	}
	for file, text := range m.Texts {
		if err := os.WriteFile(filepath.FromSlash(file), text, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	name := func(f *finding.Finding) string {
		return strings.TrimSuffix(filepath.Base(f.Span.File), ".c") + "." + f.Function
	}
	left := map[string]bool{}
	for _, f := range m.Result.Findings {
		left[name(f)] = left[name(f)] || thin(f)
	}
	var mended []string
	for _, f := range m.Fixed {
		if !left[name(f)] && !slices.Contains(mended, name(f)) {
			mended = append(mended, name(f))
		}
	}
	return mended
}

// judgeAttacks reads what run.py says, and returns how many defects it has shown.
func judgeAttacks(t *testing.T, out string) int {
	t.Helper()
	shown := 0
	for line := range strings.Lines(out) {
		var r struct{ Module, Function, Want, Got string }
		if err := json.Unmarshal([]byte(line), &r); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		if r.Got != r.Want {
			t.Errorf("%s.%s: %s, want %s", r.Module, r.Function, r.Got, r.Want)
		} else if r.Want != "survived" {
			shown++
		}
	}
	return shown
}

// buildThinIce compiles those files that are extensions, and the allocator that
// finds uses of freed memory, as one source file: reading Python.h costs most.
// A fixture x.c is an extension if it defines PyInit_x.
func buildThinIce(t *testing.T, py *cpython.Python, files []string) string {
	t.Helper()
	var all strings.Builder
	all.WriteString("#pragma GCC diagnostic ignored \"-Wdeprecated-declarations\"\n") // a fixture may well use what will go
	for _, file := range append(slices.Clone(files), filepath.Join(thinIce, "fence.c")) {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		name := strings.TrimSuffix(filepath.Base(file), ".c")
		if strings.Contains(string(data), "\nPyInit_"+name+"(void)\n") {
			fmt.Fprintf(&all, "#include %q\n", absolute(t, file))
		}
	}
	source := filepath.Join(t.TempDir(), "fixtures.c")
	if err := os.WriteFile(source, []byte(all.String()), 0o666); err != nil {
		t.Fatal(err)
	}
	return py.Build(t, "fixtures", source)
}

func absolute(t *testing.T, path string) string {
	t.Helper()
	abs, err := filepath.Abs(path)
	if err != nil {
		t.Fatal(err)
	}
	return abs
}
