package rules

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/refcheck/refcheck/internal/cpython"
)

// thinIce is the folder with the attacks and with what runs them.
const thinIce = "testdata/thinice"

// minShown is how many defects have to be shown on each interpreter.
const minShown = 85

// TestThinIce shows on real interpreters that the fixtures about borrowed references
// and dangling buffers are what they claim to be. An attack is Python code whose
// __eq__, __del__ and the like take away what a fixture function has borrowed: then
// something_bad has to touch freed memory, and its twin something_ok has to live through
// the same. docs/thin-ice.md describes the method.
func TestThinIce(t *testing.T) {
	cpython.Ends(t, func(t *testing.T, py *cpython.Python) {
		library := filepath.Join(buildThinIce(t, py), "fixtures"+py.Suffix)
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

// buildThinIce compiles all fixtures that are extensions, and the allocator that
// finds uses of freed memory, as one source file: reading Python.h costs most.
// A fixture x.c is an extension if it defines PyInit_x.
func buildThinIce(t *testing.T, py *cpython.Python) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("*", "testdata", "*.c"))
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	all.WriteString("#pragma GCC diagnostic ignored \"-Wdeprecated-declarations\"\n") // a fixture may well use what will go
	for _, file := range append(files, filepath.Join(thinIce, "fence.c")) {
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
