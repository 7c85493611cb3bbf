package probe

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/refcheck/refcheck/cmodel/contract"
	"github.com/refcheck/refcheck/internal/cpython"
)

// The number of functions that must be exercised on the newest interpreter, and
// with it on those that have about as many functions.
const (
	wantSuccess = 1000
	wantFailure = 500
)

// maxDenied is how many allocations of one call are made to fail, one at a time.
const maxDenied = 25

// TestProbe calls the functions of the table with real objects, in every interpreter
// found, and compares what happens to the references with the contracts.
func TestProbe(t *testing.T) {
	recipes := load(t)
	cpython.Each(t, func(t *testing.T, py *cpython.Python) {
		if py.FreeThreaded {
			t.Skip("counts are in two places")
		}
		calls := callsFor(t, recipes, py, contract.Load(contract.Target{Minor: py.Minor}).Lookup)
		r := summarize(calls, runCalls(t, py, calls))
		for _, p := range r.problems {
			t.Error(p)
		}
		t.Logf("Python %s: %d calls of %d functions; on success %d, on failure %d (%d of them only for want of memory)",
			py.Version, len(calls), len(r.called), len(r.success), len(r.failure), len(r.failure)-len(r.provoked))
		if py.Minor >= 12 && (len(r.success) < wantSuccess || len(r.failure) < wantFailure) {
			t.Errorf("want %d functions on success and %d on failure", wantSuccess, wantFailure)
		}
	})
}

func load(t *testing.T) *Recipes {
	t.Helper()
	recipes, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return recipes
}

// callsFor returns the calls that Python py can make.
func callsFor(t *testing.T, recipes *Recipes, py *cpython.Python, lookup func(string) *contract.Func) []*call {
	t.Helper()
	words := headerWords(t, py)
	exported := exports(t, py, recipes)
	var calls []*call
	for _, r := range recipes.Calls {
		f := lookup(r.Func)
		if f == nil {
			t.Errorf("%s: no contract for %s", r.place, r.Func)
			continue
		}
		if !r.In(py.Minor) || !f.In(py.Minor) {
			continue
		}
		if !words[f.Name] && (!f.Private || !exported[f.Name] || f.Macro) {
			if !f.Private {
				t.Errorf("%s: the headers of %s do not have %s", r.place, py.Version, f.Name)
			}
			continue
		}
		c, err := newCall(r, f, recipes.lets)
		if err != nil {
			t.Error(err)
			continue
		}
		c.declare = !words[f.Name]
		calls = append(calls, c)
	}
	return calls
}

// headerWords returns the identifiers of the preprocessed headers, with the
// names of the macros.
func headerWords(t *testing.T, py *cpython.Python) map[string]bool {
	t.Helper()
	header, err := filepath.Abs(filepath.Join("testdata", "probe.h"))
	if err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("gcc", "-E", "-dD", "-isystem", py.Include, header).Output()
	if err != nil {
		t.Fatal(err)
	}
	words := map[string]bool{}
	for _, w := range bytes.FieldsFunc(out, func(r rune) bool {
		return r != '_' && (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z')
	}) {
		words[string(w)] = true
	}
	return words
}

// exports says which private functions the interpreter exports, though its headers
// may not declare them.
func exports(t *testing.T, py *cpython.Python, recipes *Recipes) map[string]bool {
	t.Helper()
	var names []string
	for _, r := range recipes.Calls {
		if strings.HasPrefix(r.Func, "_") {
			names = append(names, r.Func)
		}
	}
	const script = `
import ctypes, sys
for name in sys.argv[1:]:
    if hasattr(ctypes.pythonapi, name):
        print(name)
`
	exported := map[string]bool{}
	if len(names) > 0 {
		for _, n := range strings.Fields(py.Run(t, t.TempDir(), script, names...)) {
			exported[n] = true
		}
	}
	return exported
}

// An outcome is what the driver prints about one case.
type outcome struct {
	Case     int
	Failed   int
	Immortal int
	Ran      int
	Denied   int // how often the call failed because an allocation did
	Problems []string
}

func runCalls(t *testing.T, py *cpython.Python, calls []*call) []outcome {
	t.Helper()
	dir := t.TempDir()
	source := filepath.Join(dir, "calls.c")
	if err := os.WriteFile(source, []byte(extension(calls)), 0o666); err != nil {
		t.Fatal(err)
	}
	testdata, err := filepath.Abs("testdata")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 4*time.Minute)
	defer cancel()
	build := exec.CommandContext(ctx, "gcc", "-O0", "-w", "-Werror=implicit-function-declaration", "-Werror=incompatible-pointer-types",
		"-fPIC", "-shared", "-Wl,-z,lazy", "-I", testdata, "-isystem", py.Include, "-o", filepath.Join(dir, "probe"+py.Suffix), source)
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("gcc: %v\n%s", err, out)
	}
	var cases [][]any
	for _, c := range calls {
		denied := maxDenied
		if c.recipe.NoMem {
			denied = 0
		}
		cases = append(cases, []any{c.fn.Name, c.recipe.Alone, denied})
	}
	input, err := json.Marshal(cases)
	if err != nil {
		t.Fatal(err)
	}
	run := exec.CommandContext(ctx, py.Exe, filepath.Join(testdata, "driver.py"))
	run.Stdin = bytes.NewReader(input)
	run.Env = append(os.Environ(), "PYTHONPATH="+dir, "PYTHONMALLOC=debug", "PYTHONDONTWRITEBYTECODE=1")
	var stderr bytes.Buffer
	run.Stderr = &stderr
	out, err := run.Output()
	if err != nil {
		t.Fatalf("%v\n%s%s", err, out, stderr.String())
	}
	if bytes.Contains(out, []byte("crashes: ")) {
		t.Logf("stderr: %.3000s", stderr.String()[max(0, stderr.Len()-3000):])
	}
	var outcomes []outcome
	for in := bufio.NewScanner(bytes.NewReader(out)); in.Scan(); {
		var o outcome
		if err := json.Unmarshal(in.Bytes(), &o); err == nil && strings.HasPrefix(in.Text(), "{") {
			outcomes = append(outcomes, o)
		}
	}
	if len(outcomes) != len(calls) {
		t.Errorf("%d calls, but %d results", len(calls), len(outcomes))
	}
	return outcomes
}

// A summary says which functions were exercised.
type summary struct {
	called, success, failure map[string]bool
	provoked                 map[string]bool // on failure by the recipe itself
	problems                 []string
}

func summarize(calls []*call, outcomes []outcome) *summary {
	s := &summary{called: map[string]bool{}, success: map[string]bool{}, failure: map[string]bool{}, provoked: map[string]bool{}}
	for _, o := range outcomes {
		c := calls[o.Case]
		name, ref := c.fn.Name, c.fn.Result.Ref
		s.called[name] = true
		for _, p := range o.Problems {
			s.problems = append(s.problems, c.recipe.place+": "+name+": "+p)
		}
		if len(o.Problems) > 0 {
			continue
		}
		// The count of an immortal result says nothing.
		if measured := o.Immortal == 0 || ref != contract.New && ref != contract.Borrowed; o.Failed == 0 && measured {
			s.success[name] = true
		}
		if o.Failed != 0 {
			s.failure[name], s.provoked[name] = true, true
		}
		if o.Denied > 0 {
			s.failure[name] = true
		}
		s.problems = append(s.problems, ranWithout(c, o)...)
	}
	return s
}

// ranWithout reports Python code that ran although the contract says there is none.
func ranWithout(c *call, o outcome) []string {
	if python := o.Ran & 0xffff; python > 0 && c.fn.Runs != contract.RunsPython {
		return []string{c.recipe.place + ": " + c.fn.Name + ": ran Python code"}
	}
	if o.Ran>>16 > 0 && c.fn.Runs == contract.RunsNothing {
		return []string{c.recipe.place + ": " + c.fn.Name + ": released the last reference to an object"}
	}
	return nil
}
