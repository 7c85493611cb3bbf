package refmodel_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/refcheck/refcheck/internal/cpython"
)

const (
	programs    = 600
	programSize = 60
)

// driver runs one program per line. Garbage is collected between programs only;
// afterwards no instance may be left.
const driver = `
import gc, sys, refprobe
gc.collect(); gc.freeze(); gc.disable()
for line in open(sys.argv[1]):
    out = refprobe.run([int(w) for w in line.split()])
    gc.collect()
    print("\n".join(out) + "\nleft %d" % refprobe.live())
`

// TestInterpreter runs random programs on the model and on every CPython found,
// and compares all counts and deaths after each operation.
func TestInterpreter(t *testing.T) {
	cpython.Each(t, func(t *testing.T, py *cpython.Python) {
		dir := py.Build(t, "refprobe", filepath.Join("testdata", "probe.c"))
		code, want := generate(t, py.Minor)
		file := filepath.Join(dir, "programs")
		if err := os.WriteFile(file, []byte(code), 0o666); err != nil {
			t.Fatal(err)
		}
		got := strings.Split(strings.TrimSpace(py.Run(t, dir, driver, file)), "\n")
		compare(t, got, want)
		t.Logf("%d programs, %d operations agree", programs, len(want)-programs)
	})
}

// A line is what the probe is expected to print, and the program so far.
type line struct {
	text     string
	program  int
	ops      []op
	anyOrder bool // of deaths
}

// generate makes the programs' code and the expected output.
func generate(t *testing.T, minor int) (string, []line) {
	rng := rand.New(rand.NewPCG(1, uint64(minor)))
	var code strings.Builder
	var want []line
	for p := range programs {
		m := newMachine(minor)
		m.noSets = p%3 > 0
		var ops []op
		for range programSize {
			o := m.next(rng.IntN, p%2 == 0)
			text, err := m.run(o)
			if err != nil {
				t.Fatalf("program %d: %v: %v", p, ops, err)
			}
			if err := m.heap.Check(); err != nil {
				t.Fatalf("program %d: %v: %v", p, ops, err)
			}
			ops = append(ops, *o)
			want = append(want, line{text, p, slices.Clip(ops), m.hasSet})
			fmt.Fprintf(&code, "%d %d %d %d %d ", o.code, o.a, o.b, o.c, len(o.unseen))
			for _, i := range o.unseen {
				fmt.Fprintf(&code, "%d ", i)
			}
		}
		code.WriteString("\n")
		want = append(want, line{text: "left 0", program: p})
	}
	return code.String(), want
}

func compare(t *testing.T, got []string, want []line) {
	t.Helper()
	for i, w := range want {
		if i >= len(got) {
			t.Fatalf("program %d: no output", w.program)
		}
		g, e := got[i], w.text
		if w.anyOrder {
			g, e = sortDeaths(g), sortDeaths(e)
		}
		if g != e {
			t.Fatalf("program %d, after %v:\nmodel       %s\ninterpreter %s", w.program, w.ops, e, g)
		}
	}
}

func sortDeaths(s string) string {
	head, dead, _ := strings.Cut(s, " dead")
	ids := strings.Fields(dead)
	slices.Sort(ids)
	return head + " dead " + strings.Join(ids, " ")
}
