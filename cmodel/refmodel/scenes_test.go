package refmodel_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/refcheck/refcheck/cmodel/refmodel"
)

var update = flag.Bool("update", false, "write the golden traces and the pictures of docs/model")

// A scene is a small heap whose collection is worth looking at, step by step.
type scene struct {
	name, title string
	generation  int
	build       func(h *refmodel.Heap, frame *refmodel.Owner)
	want        int // what gc.collect() returns
	alive       string
	show        []refmodel.Phase // in the picture
}

var allSteps = []refmodel.Phase{refmodel.PhaseMerge, refmodel.PhaseUpdateRefs, refmodel.PhaseSubtractRefs,
	refmodel.PhaseStep, refmodel.PhaseSurvivors, refmodel.PhaseClear, refmodel.PhaseDone}

var scenes = []scene{
	{
		name: "pair", title: "a.append(b); b.append(a); del a, b; gc.collect()", generation: 2, want: 2,
		build: func(h *refmodel.Heap, f *refmodel.Owner) {
			a, b := named(h, refmodel.List, f, "a"), named(h, refmodel.List, f, "b")
			do(h.Append(a, b), h.Append(b, a), h.Decref(f, a), h.Decref(f, b))
		},
		show: allSteps,
	},
	{
		name: "links", title: "link1 → link2 → link3 → link1, held by a variable; link4 → link4", generation: 2,
		want: 1, alive: "link3 link2 link1",
		build: func(h *refmodel.Heap, f *refmodel.Owner) {
			var link [5]refmodel.ID
			for _, i := range []int{3, 2, 1, 4} {
				link[i] = named(h, refmodel.Instance, f, fmt.Sprintf("link%d", i))
			}
			for from, to := range map[int]int{1: 2, 2: 3, 3: 1, 4: 4} {
				do(h.SetField(link[from], "next", link[to]))
			}
			do(h.Decref(f, link[2]), h.Decref(f, link[3]), h.Decref(f, link[4]))
		},
		show: allSteps,
	},
	{
		name: "forgotten", title: "x.f = [x], and tp_traverse of x forgets f", generation: 2, want: 0, alive: "x list",
		build: func(h *refmodel.Heap, f *refmodel.Owner) {
			typ := h.Define(&refmodel.Type{Name: "T", HaveGC: true, Fields: []refmodel.Field{
				{Name: "f", Owned: true, Cleared: true, Released: true}}}, h.Interpreter())
			x, err := h.Instance(typ, f)
			do(err)
			h.Object(x).Name = "x"
			l := named(h, refmodel.List, f, "list")
			do(h.Append(l, x), h.SetField(x, "f", l), h.Decref(f, l), h.Decref(f, x))
		},
		show: allSteps,
	},
	{
		name: "finalizer", title: "a ⇄ b and c ⇄ d; the finalizer of a stores a in a global variable", generation: 2,
		want: 2, alive: "a b",
		build: func(h *refmodel.Heap, f *refmodel.Owner) {
			global := h.Owner("global")
			a, b := named(h, refmodel.Instance, f, "a"), named(h, refmodel.Instance, f, "b")
			c, d := named(h, refmodel.Instance, f, "c"), named(h, refmodel.Instance, f, "d")
			h.Object(a).Finalize = func(h *refmodel.Heap, x refmodel.ID) { do(h.Incref(global, x)) }
			for _, p := range [][2]refmodel.ID{{a, b}, {c, d}} {
				do(h.SetField(p[0], "other", p[1]), h.SetField(p[1], "other", p[0]), h.Decref(f, p[0]), h.Decref(f, p[1]))
			}
		},
		show: []refmodel.Phase{refmodel.PhaseSubtractRefs, refmodel.PhaseMoveUnreachable, refmodel.PhaseFinalize,
			refmodel.PhaseResurrected, refmodel.PhaseClear, refmodel.PhaseDone},
	},
	{
		name: "generations", title: "a cycle between generation 2 and generation 0, collect(0)", generation: 0, want: 0, alive: "old new",
		build: acrossGenerations,
		show:  allSteps,
	},
	{
		name: "generations2", title: "the same cycle, collect(2)", generation: 2, want: 2,
		build: acrossGenerations,
		show:  allSteps,
	},
}

// acrossGenerations makes a cycle of an object that has survived two collections
// and a new one.
func acrossGenerations(h *refmodel.Heap, f *refmodel.Owner) {
	a := named(h, refmodel.List, f, "old")
	for gen := range 2 {
		_, err := h.Collect(gen)
		do(err)
	}
	b := named(h, refmodel.List, f, "new")
	do(h.Append(a, b), h.Append(b, a), h.Decref(f, a), h.Decref(f, b))
}

func named(h *refmodel.Heap, kind refmodel.Kind, f *refmodel.Owner, name string) refmodel.ID {
	x := h.New(kind, f)
	h.Object(x).Name = name
	return x
}

func do(errs ...error) {
	for _, err := range errs {
		if err != nil {
			panic(err)
		}
	}
}

// A frame is a snapshot with the references between the objects in it.
type frame struct {
	refmodel.Snapshot
	name string // of the object that the phase is about
	refs [][2]refmodel.ID
}

// play builds a scene, collects and returns what could be seen on the way.
func (s scene) play(t *testing.T) (frames []frame, result int, alive []string) {
	h := refmodel.New(12)
	s.build(h, h.Owner("frame"))
	h.Observe = func(snap refmodel.Snapshot) {
		f := frame{Snapshot: snap}
		if o := h.Object(snap.Object); o != nil {
			f.name = o.Name
		}
		for o := range h.Objects {
			h.References(o.ID, func(y refmodel.ID) { f.refs = append(f.refs, [2]refmodel.ID{o.ID, y}) })
		}
		frames = append(frames, f)
	}
	result, err := h.Collect(s.generation)
	if err != nil {
		t.Errorf("%s: %v", s.name, err)
	}
	for o := range h.Objects {
		if h.Tracked(o.ID) {
			alive = append(alive, o.Name)
		}
	}
	return frames, result, alive
}

// TestTraces: what each scene gives, and the state of every list after each
// phase, is as in testdata/traces. -update writes them.
func TestTraces(t *testing.T) {
	for _, s := range scenes {
		frames, result, alive := s.play(t)
		if got := strings.Join(alive, " "); result != s.want || got != s.alive {
			t.Errorf("%s: gc.collect() returns %d and leaves %q, want %d and %q", s.name, result, got, s.want, s.alive)
		}
		var b strings.Builder
		fmt.Fprintf(&b, "# %s\n", s.title)
		for _, f := range frames {
			b.WriteString(f.text())
		}
		fmt.Fprintf(&b, "result %d\n", result)
		golden(t, filepath.Join("testdata", "traces", s.name+".txt"), b.String())
	}
}

func (f frame) text() string {
	var b strings.Builder
	b.WriteString(strings.TrimSpace(f.Phase.String()+" "+f.name) + "\n")
	for _, l := range f.Lists {
		fmt.Fprintf(&b, "    %s:", l.List)
		for _, o := range l.Objects {
			fmt.Fprintf(&b, " %s(count %d", o.Name, o.Count)
			if o.Collecting {
				fmt.Fprintf(&b, ", gc_refs %d", o.Refs)
			}
			b.WriteString(")")
		}
		b.WriteString("\n")
	}
	return b.String()
}

func golden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil || string(want) != got {
		t.Errorf("%s is not what the model does (%v); go test ./cmodel/refmodel -run 'Traces|Pictures' -update writes it", file, err)
	}
}
