package refmodel_test

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/refcheck/refcheck/internal/cpython"
)

const programSize = 60

var (
	seed     = flag.Uint64("refmodel.seed", 1, "seed of the random programs; 0: another one each time")
	programs = flag.Int("refmodel.programs", 600, "number of random programs per interpreter")
)

// driver runs one program per line.
const driver = `
import gc, sys, refprobe
gc.disable(); gc.collect()
for line in open(sys.argv[1]):
    sys.stdout.write(refprobe.run([int(w) for w in line.split()]))
    sys.stdout.flush()
`

// TestInterpreter runs random programs on the model and on every CPython found,
// and compares results, counts, tracking, deaths, calls and gc.garbage after each
// operation. Failing programs are shrunk and printed in the form of the files in
// testdata/programs.
func TestInterpreter(t *testing.T) {
	start := *seed
	if start == 0 {
		start = uint64(time.Now().UnixNano())
	}
	cpython.Each(t, func(t *testing.T, py *cpython.Python) {
		t.Logf("seed: -refmodel.seed=%d", start)
		it := newInterpreter(t, py)
		rng := rand.New(rand.NewPCG(start, uint64(py.Minor)))
		var ps []*program
		operations := 0
		for range *programs {
			p := generate(t, rng.IntN, py.Minor)
			operations += len(p.ops)
			ps = append(ps, p)
		}
		if i, why := it.firstWrong(ps); i >= 0 {
			if j, _ := it.firstWrong(ps[i : i+1]); j < 0 {
				t.Fatalf("program %d disagrees, though not if run alone:\n\n%s\n%s", i, ps[i], why)
			}
			p := it.shrink(ps[i])
			_, why := it.firstWrong([]*program{p})
			t.Fatalf("program %d disagrees. Shrunk:\n\n%s\n%s", i, p, why)
		}
		t.Logf("%d programs, %d operations agree", len(ps), operations)
	})
}

// TestFixtures runs the programs of testdata/programs: each showed a mistake of
// the model once, or shows a thing worth showing.
func TestFixtures(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("testdata", "programs", "*.txt"))
	if err != nil || len(files) == 0 {
		t.Fatal("no fixtures", err)
	}
	var ps []*program
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		p, err := parseProgram(string(text))
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		ps = append(ps, p)
	}
	cpython.Each(t, func(t *testing.T, py *cpython.Python) {
		it := newInterpreter(t, py)
		for i, p := range ps {
			if j, why := it.firstWrong([]*program{p}); j >= 0 {
				t.Errorf("%s:\n%s", files[i], why)
			}
		}
	})
}

// generate makes a program; the model says along the way what is possible.
func generate(t *testing.T, pick intn, minor int) *program {
	p, shapes := newProgram(pick)
	m := newMachine(minor, p)
	m.define(shapes...)
	for range programSize {
		o := m.next(pick, shapes)
		p.ops = append(p.ops, o)
		if _, err := m.run(o); err != nil {
			t.Fatalf("%s: %v", p, err)
		}
		if !m.leaky() {
			if err := m.heap.Check(); err != nil {
				t.Fatalf("%s: %v", p, err)
			}
		}
	}
	return p
}

// expect returns what the probe is expected to print for a program.
func expect(p *program, minor int) ([]string, error) {
	m := newMachine(minor, p)
	m.define(p.shapes()...)
	var lines []string
	for _, o := range p.ops {
		line, err := m.run(o)
		if err != nil {
			return nil, err
		}
		lines = append(lines, line)
	}
	return append(lines, m.end()...), nil
}

// An interpreter runs programs.
type interpreter struct {
	t   *testing.T
	py  *cpython.Python
	dir string
}

func newInterpreter(t *testing.T, py *cpython.Python) *interpreter {
	return &interpreter{t, py, py.Build(t, "refprobe", filepath.Join("testdata", "probe.c"))}
}

// firstWrong runs programs and returns the index of the first for which the
// interpreter does not do what the model says, and the difference; or -1.
func (it *interpreter) firstWrong(ps []*program) (int, string) {
	var code strings.Builder
	for _, p := range ps {
		code.WriteString(p.encode() + "\n")
	}
	file := filepath.Join(it.dir, "programs")
	if err := os.WriteFile(file, []byte(code.String()), 0o666); err != nil {
		it.t.Fatal(err)
	}
	out, crash := it.py.Try(it.t, it.dir, driver, file)
	got := strings.Split(out, "\n")
	got = got[:len(got)-1] // what follows the last newline is cut off by a crash
	for i, p := range ps {
		want, err := expect(p, it.py.Minor)
		if err != nil {
			return i, "the model says: " + err.Error()
		}
		for j, w := range want {
			g := "nothing: " + crash
			if len(got) > 0 {
				g, got = got[0], got[1:]
			}
			if p.many {
				g, w = sortEvents(g), sortEvents(w)
			}
			if g != w {
				return i, fmt.Sprintf("after operation %d (%s):\nmodel       %s\ninterpreter %s", j, p.opText(j), w, g)
			}
		}
	}
	return -1, ""
}

func sortEvents(s string) string {
	events, rest, ok := strings.Cut(s, "|")
	if !ok {
		return s
	}
	words := strings.Fields(events)
	slices.Sort(words)
	return strings.Join(words, " ") + " |" + rest
}

// encode writes a program as the numbers that the probe reads.
func (p *program) encode() string {
	words := append([]int{}, p.thresholds[:]...)
	many := 0
	if p.many {
		many = 1
	}
	words = append(words, many, len(p.actions))
	for _, ops := range append(p.actions[:len(p.actions):len(p.actions)], p.ops) {
		words = append(words, len(ops))
		for _, o := range ops {
			words = append(words, o.code, o.a, o.b, o.c)
		}
	}
	var b strings.Builder
	for _, w := range words {
		b.WriteString(strconv.Itoa(w) + " ")
	}
	return b.String()
}

// shrink looks for a smaller program that still goes wrong: it drops ever
// smaller parts of it, all of one size in one run of the interpreter.
func (it *interpreter) shrink(p *program) *program {
	for size := len(p.ops) / 2; size > 0; {
		var smaller []*program
		for at := 0; at+size <= len(p.ops); at += size {
			q := *p
			q.ops = slices.Delete(slices.Clone(p.ops), at, at+size)
			smaller = append(smaller, &q, q.renamed(p, at, size, it.py.Minor))
		}
		if size == 1 {
			smaller = append(smaller, p.simpler()...)
		}
		if i, _ := it.firstWrong(smaller); i >= 0 {
			p = smaller[i]
			size = min(size, max(1, len(p.ops)/2))
			continue
		}
		size /= 2
	}
	return p
}

// renamed shifts the names of objects in p, which is old without size operations
// from index at on, by the number of objects that those made.
func (p *program) renamed(old *program, at, size, minor int) *program {
	first, made := old.objectsMade(at, size, minor)
	q := *p
	q.ops = slices.Clone(p.ops)
	for i := range q.ops[at:] {
		o := &q.ops[at+i]
		for _, x := range o.operands() {
			if *x >= first+made {
				*x -= made
			}
		}
	}
	return &q
}

// objectsMade returns how many objects there are before an operation, and how
// many size operations from it on make.
func (p *program) objectsMade(at, size, minor int) (before, made int) {
	m := newMachine(minor, p)
	m.define(p.shapes()...)
	for i, o := range p.ops[:at+size] {
		if i == at {
			before = len(m.objs)
		}
		_, _ = m.run(o)
	}
	return before, len(m.objs) - before
}

// simpler returns programs with less in their actions.
func (p *program) simpler() []*program {
	var simpler []*program
	for i, ops := range p.actions {
		for j := range ops {
			q := *p
			q.actions = slices.Clone(p.actions)
			q.actions[i] = slices.Delete(slices.Clone(ops), j, j+1)
			simpler = append(simpler, &q)
		}
	}
	return simpler
}
