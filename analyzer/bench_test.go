package analyzer_test

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/refcheck/refcheck/analyzer/engine"
	"github.com/refcheck/refcheck/cmodel/cfront"
	"github.com/refcheck/refcheck/cmodel/contract"
	"github.com/refcheck/refcheck/cmodel/ir"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// benchDir copies the files of testdata/bench that match a pattern, and the
// headers, to where nothing else belongs to the project.
func benchDir(t testing.TB, pattern string) string {
	t.Helper()
	dir := t.TempDir()
	for _, pattern := range []string{pattern, "*.h"} {
		files, err := filepath.Glob("../testdata/bench/" + pattern)
		if err != nil || len(files) == 0 {
			t.Fatalf("no %s in testdata/bench: %v", pattern, err)
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(dir, filepath.Base(file)), text, 0o666); err != nil {
				t.Fatal(err)
			}
		}
	}
	return dir
}

// load parses all translation units below dir.
func load(t testing.TB, dir string) []*cfront.Unit {
	t.Helper()
	ctx := context.Background()
	p, err := cfront.Open(ctx, cfront.Options{Roots: []string{dir}, PyMinor: contract.DefaultTarget.Minor})
	if err != nil {
		t.Fatal(err)
	}
	var out []*cfront.Unit
	for _, path := range p.Units() {
		u, err := p.Load(ctx, path)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, u)
	}
	return out
}

func lower(units []*cfront.Unit, table *contract.Table) []*ir.Unit {
	var out []*ir.Unit
	for _, u := range units {
		out = append(out, u.Lower(func(name string) *ir.Type {
			if c := table.Lookup(name); c != nil {
				return cfront.ParseType(c.Result.Type)
			}
			return nil
		}))
	}
	return out
}

func BenchmarkLoad(b *testing.B) {
	dir := benchDir(b, "*.c")
	b.ReportAllocs()
	for b.Loop() {
		load(b, dir)
	}
}

func BenchmarkLower(b *testing.B) {
	units, table := load(b, benchDir(b, "*.c")), contract.Load(contract.DefaultTarget)
	b.ReportAllocs()
	for b.Loop() {
		lower(units, table)
	}
}

func BenchmarkEngine(b *testing.B) {
	table := contract.Load(contract.DefaultTarget)
	units := lower(load(b, benchDir(b, "*.c")), table)
	b.ReportAllocs()
	for b.Loop() {
		engine.New(table, units).Analyze(context.Background(), units, 1)
	}
}

// BenchmarkWhole runs everything from reading the files to the findings, on all
// of them and on each.
func BenchmarkWhole(b *testing.B) {
	for _, file := range []string{"*.c", "deep_nesting.c", "giant_function.c", "header_heavy.c", "recursive.c", "small_functions.c", "tables.c"} {
		b.Run(strings.TrimSuffix(strings.Replace(file, "*", "all", 1), ".c"), func(b *testing.B) {
			dir := benchDir(b, file)
			b.ReportAllocs()
			for b.Loop() {
				analyze(b, config(dir))
			}
		})
	}
}

// A count is what the analysis of one file costs and gives, independent of the
// machine. Recomputed counts the analyses of functions beyond the first, rounds
// is the most that one function needed.
type count struct{ functions, incomplete, visits, recomputed, rounds, contracts, findings int }

// counters analyses testdata/bench and returns a table with a line per file.
func counters(t *testing.T, dir string, jobs int) string {
	t.Helper()
	table := contract.Load(contract.DefaultTarget)
	units := lower(load(t, dir), table)
	counts := map[string]*count{}
	of := func(path string) *count {
		name := filepath.Base(path)
		if counts[name] == nil {
			counts[name] = &count{}
		}
		return counts[name]
	}
	for _, res := range engine.New(table, units).Analyze(context.Background(), units, jobs) {
		c := of(res.Func.Span.File)
		c.functions++
		c.visits += res.Visits
		c.recomputed += max(0, res.Rounds-1)
		c.rounds = max(c.rounds, res.Rounds)
		if res.Incomplete != "" {
			c.incomplete++
		}
		if res.Contract != nil {
			c.contracts++
		}
	}
	cfg := config(dir)
	cfg.Jobs = jobs
	for _, f := range analyze(t, cfg).Findings {
		of(f.Span.File).findings++
	}
	var lines []string
	for name, c := range counts {
		lines = append(lines, fmt.Sprintf("%-20s %9d %10d %12d %10d %6d %9d %8d\n", name, c.functions, c.incomplete, c.visits, c.recomputed, c.rounds, c.contracts, c.findings))
	}
	slices.SortFunc(lines, cmp.Compare)
	return fmt.Sprintf("%-20s %9s %10s %12s %10s %6s %9s %8s\n", "file", "functions", "incomplete", "block visits", "recomputed", "rounds", "contracts", "findings") +
		strings.Join(lines, "")
}

// TestCounters holds the cost of the analysis. A change of the numbers is no
// mistake by itself, but has to be meant: blocks visited twice as often are time.
func TestCounters(t *testing.T) {
	const golden = "testdata/counters.golden"
	dir := benchDir(t, "*.c")
	got := counters(t, dir, 1)
	if four := counters(t, dir, 4); four != got {
		t.Errorf("the counters depend on the number of jobs: with 1\n%swith 4\n%s", got, four)
	}
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s is out of date; if the change is meant run go test ./analyzer -run Counters -update\ngot\n%swant\n%s", golden, got, want)
	}
}
