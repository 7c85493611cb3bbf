package confirm

import (
	"testing"

	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/cmodel/source"
)

// at makes a step about object 1.
func at(line int, kind finding.StepKind, owned int) finding.Step {
	return finding.Step{Kind: kind, Object: 1, Owned: owned,
		Span: source.Span{Pos: source.Pos{File: "spam.c", Line: line, Column: 5}}}
}

func by(callee string, s finding.Step) finding.Step { s.Callee = callee; return s }
func in(slot string, s finding.Step) finding.Step   { s.Slot = slot; return s }
func with(other int, s finding.Step) finding.Step   { s.Other = other; return s }
func about(n int, s finding.Step) finding.Step      { s.Object = n; return s }
func gone(s finding.Step) finding.Step              { s.Gone = true; return s }
func failing(s finding.Step) finding.Step           { s.Failed = true; return s }

type test struct {
	name, kind, object string
	minor              int
	steps              []finding.Step
	verdict, detail    string
}

func (c test) finding() *finding.Finding {
	return &finding.Finding{Kind: c.kind, Object: c.object, Span: c.steps[len(c.steps)-1].Span, Steps: c.steps}
}

func run(t *testing.T, tests []test) {
	t.Helper()
	for _, c := range tests {
		t.Run(c.name, func(t *testing.T) {
			if c.minor == 0 {
				c.minor = 13
			}
			got := Confirm(c.finding(), c.minor)
			if got.Verdict != c.verdict || got.Detail != c.detail {
				t.Errorf("got  %s: %s\nwant %s: %s", got.Verdict, got.Detail, c.verdict, c.detail)
			}
		})
	}
}

func TestLeak(t *testing.T) {
	acquire := by("PyList_New", at(27, finding.Acquire, 1))
	exit := func(owned int) finding.Step { return at(34, finding.Exit, owned) }
	run(t, []test{
		{name: "error path", kind: "leak", object: "list",
			steps:   []finding.Step{acquire, failing(by("PyLong_FromLong", about(0, at(32, finding.Call, 0)))), exit(1)},
			verdict: Confirmed, detail: "at return: object from line 27 has count 1, owned by nobody"},
		{name: "one of two", kind: "leak", object: "list",
			steps:   []finding.Step{acquire, at(28, finding.Incref, 2), by("PyList_SetItem", with(2, at(29, finding.Steal, 1))), exit(1)},
			verdict: Confirmed, detail: "at return: object from line 27 has count 2, but only the container holds 1: 1 owned by nobody"},
		{name: "returned with one too many", kind: "leak", object: "list",
			steps:   []finding.Step{acquire, at(28, finding.Incref, 2), exit(1)},
			verdict: Confirmed, detail: "at return: object from line 27 has count 2, but only the caller holds 1: 1 owned by nobody"},
		{name: "argument", kind: "leak", object: "arg",
			steps:   []finding.Step{at(28, finding.Incref, 1), exit(1)},
			verdict: Confirmed, detail: "at return: 'arg' has count 2, but only the caller holds 1: 1 owned by nobody"},
		{name: "temporary", kind: "leak",
			steps:   []finding.Step{acquire, by("PyDict_SetItem", at(34, finding.Call, 1))},
			verdict: Confirmed, detail: "after line 34: object from line 27 has count 1, owned by nobody"},
		{name: "overwritten", kind: "leak", object: "list",
			steps:   []finding.Step{acquire, in("list", at(34, finding.Store, 1))},
			verdict: Confirmed, detail: "after line 34: object from line 27 has count 1, owned by nobody"},
		{name: "overwritten field", kind: "leak", object: "self->x",
			steps:   []finding.Step{acquire, in("self->x", at(28, finding.Store, 1)), in("self->x", at(34, finding.Store, 1))},
			verdict: Confirmed, detail: "after line 34: object from line 27 has count 1, owned by nobody"},
		{name: "slot displaced by another object", kind: "leak",
			steps: []finding.Step{acquire, in("self->x", at(28, finding.Store, 0)),
				by("f", about(2, at(29, finding.Acquire, 1))), in("self->x", about(2, at(30, finding.Store, 0))), exit(0)},
			verdict: Confirmed, detail: "at return: object from line 27 has count 1, owned by nobody"},
		{name: "stored", kind: "leak", object: "list",
			steps:   []finding.Step{acquire, in("self->x", at(28, finding.Store, 1)), exit(0)},
			verdict: Refuted, detail: "at return: object from line 27 has count 1, and 'self->x' holds 1"},
		{name: "released", kind: "leak", object: "list",
			steps:   []finding.Step{acquire, at(30, finding.Decref, 0), at(30, finding.Release, 0), exit(0)},
			verdict: Refuted, detail: "object from line 27 is freed at line 30: nothing is left to leak"},
		{name: "given", kind: "leak", object: "list",
			steps:   []finding.Step{acquire, by("PyTuple_SetItem", with(2, at(30, finding.Steal, 0))), exit(0)},
			verdict: Refuted, detail: "at return: object from line 27 has count 1, and the container holds 1"},
		{name: "escaped", kind: "leak", object: "list",
			steps:   []finding.Step{acquire, at(30, finding.Escape, 1), exit(1)},
			verdict: Unsupported, detail: "unknown code reached at line 30 may own the reference"},
		{name: "result ignored", kind: "leak",
			steps:   []finding.Step{acquire, failing(by("PyModule_AddObject", at(30, finding.Call, 1)))},
			verdict: Confirmed, detail: "after line 30: object from line 27 has count 1, owned by nobody"},
		{name: "result ignored, but the call succeeds", kind: "leak",
			steps:   []finding.Step{acquire, by("PyModule_AddObject", with(2, at(30, finding.Steal, 0)))},
			verdict: Refuted, detail: "after line 30: object from line 27 has count 1, and the container holds 1"},
		{name: "result ignored, owner not known", kind: "leak",
			steps:   []finding.Step{failing(by("PyModule_AddObject", about(0, at(30, finding.Call, 0)))), at(31, finding.Exit, 0)},
			verdict: Unsupported, detail: "the path does not show how this function comes to own a reference"},
		{name: "slot cleared with one too many", kind: "leak",
			steps: []finding.Step{acquire, in("cache", at(28, finding.Store, 1)), at(29, finding.Incref, 2),
				in("cache", gone(at(33, finding.Store, 2))), at(33, finding.Decref, 1), exit(1)},
			verdict: Confirmed, detail: "at return: object from line 27 has count 1, owned by nobody"},
		{name: "slot keeps it", kind: "leak",
			steps: []finding.Step{acquire, in("cache", at(28, finding.Store, 1)), at(29, finding.Incref, 2),
				at(33, finding.Decref, 1), exit(1)},
			verdict: Refuted, detail: "at return: object from line 27 has count 1, and 'cache' holds 1"},
		{name: "N with a borrowed one", kind: "leak", object: "arg",
			steps:   []finding.Step{by("Py_BuildValue", at(30, finding.Steal, -1))},
			verdict: Confirmed, detail: "the call at line 30 takes the reference that the caller owns: 'arg' is count 1 while the caller holds 1 and what Py_BuildValue keeps holds 1"},
		{name: "gap", kind: "leak", object: "list",
			steps:   []finding.Step{acquire, at(30, finding.Incref, 3), exit(3)},
			verdict: Unsupported, detail: "the path does not show how the function comes to own 3 at line 30; the model counts 2"},
		{name: "no object", kind: "leak",
			steps:   []finding.Step{about(0, exit(0))},
			verdict: Unsupported, detail: "no step of the path concerns the object"},
		{name: "other kind", kind: "gil",
			steps:   []finding.Step{exit(0)},
			verdict: Unsupported, detail: "the model does not cover findings of kind gil"},
	})
}

func TestRelease(t *testing.T) {
	acquire := by("PyLong_FromLong", at(27, finding.Acquire, 1))
	item := by("PyList_GetItem", with(2, at(30, finding.Borrow, 0)))
	run(t, []test{
		{name: "borrowed item", kind: "overdecref", object: "item",
			steps:   []finding.Step{item, by("Py_DECREF", at(40, finding.Decref, 0))},
			verdict: Confirmed, detail: "the release at line 40 takes the reference that the container owns: 'item' is freed while the container holds 1"},
		{name: "argument", kind: "overdecref", object: "arg",
			steps:   []finding.Step{by("Py_DECREF", at(40, finding.Decref, -1))},
			verdict: Confirmed, detail: "the release at line 40 takes the reference that the caller owns: 'arg' is freed while the caller holds 1"},
		{name: "twice", kind: "overdecref", object: "x",
			steps:   []finding.Step{acquire, at(35, finding.Release, 0), at(40, finding.Decref, 0)},
			verdict: Confirmed, detail: "the release at line 40 touches object from line 27, which the release at line 35 freed"},
		{name: "stolen", kind: "overdecref", object: "x",
			steps:   []finding.Step{acquire, by("PyList_SetItem", with(2, at(35, finding.Steal, 0))), at(40, finding.Decref, 0)},
			verdict: Confirmed, detail: "the release at line 40 takes the reference that the container owns: object from line 27 is freed while the container holds 1"},
		{name: "stolen by a call that failed", kind: "overdecref", object: "x",
			steps:   []finding.Step{acquire, failing(by("PyList_SetItem", with(2, at(35, finding.Steal, 0)))), at(40, finding.Decref, 0)},
			verdict: Confirmed, detail: "the release at line 40 touches object from line 27, which the release at line 35 freed"},
		{name: "balanced", kind: "overdecref", object: "item",
			steps:   []finding.Step{item, at(31, finding.Incref, 1), at(40, finding.Decref, 0)},
			verdict: Refuted, detail: "each release is covered by a reference of the function; at the end 'item' has count 1, and the container holds 1"},
		{name: "after an escape", kind: "overdecref", object: "x",
			steps:   []finding.Step{acquire, at(30, finding.Escape, 1), at(35, finding.Decref, 0), at(40, finding.Decref, 0)},
			verdict: Unsupported, detail: "unknown code reached at line 30 may have given a reference"},
		{name: "None, mortal", kind: "overdecref", object: "Py_None", minor: 11,
			steps:   []finding.Step{at(40, finding.Decref, -1)},
			verdict: Confirmed, detail: "the release at line 40 takes the reference that the interpreter owns: 'Py_None' is freed while the interpreter holds 1"},
		{name: "None, immortal", kind: "overdecref", object: "Py_None", minor: 12,
			steps:   []finding.Step{at(40, finding.Decref, -1)},
			verdict: Unsupported, detail: "Py_None is immortal in 3.12, its count does not move; on 3.11: the release at line 40 takes the reference that the interpreter owns: 'Py_None' is freed while the interpreter holds 1"},
	})
}

func TestUse(t *testing.T) {
	acquire := by("PyList_New", at(27, finding.Acquire, 1))
	list := about(2, by("PyList_New", at(20, finding.Acquire, 1)))
	item := by("PyList_GetItem", with(2, at(30, finding.Borrow, 0)))
	run(t, []test{
		{name: "released", kind: "use-after-release", object: "list",
			steps:   []finding.Step{acquire, at(35, finding.Release, 0), at(40, finding.Use, 0)},
			verdict: Confirmed, detail: "the use at line 40 touches object from line 27, which the release at line 35 freed"},
		{name: "returned", kind: "use-after-release", object: "list",
			steps:   []finding.Step{acquire, at(35, finding.Release, 0), at(40, finding.Exit, 0)},
			verdict: Confirmed, detail: "the use at line 40 touches object from line 27, which the release at line 35 freed"},
		{name: "owner released", kind: "use-after-release", object: "item",
			steps:   []finding.Step{list, item, about(2, at(35, finding.Release, 0)), at(40, finding.Use, 0)},
			verdict: Confirmed, detail: "the use at line 40 touches 'item', which the release at line 35 freed"},
		{name: "container of a stolen one released", kind: "use-after-release", object: "x",
			steps: []finding.Step{list, acquire, by("PyList_SetItem", with(2, at(30, finding.Steal, 0))),
				about(2, at(35, finding.Release, 0)), at(40, finding.Use, 0)},
			verdict: Confirmed, detail: "the use at line 40 touches object from line 27, which the release at line 35 freed"},
		{name: "field released, then set", kind: "use-after-release", object: "self->x",
			steps:   []finding.Step{in("self->x", at(35, finding.Decref, -1))},
			verdict: Confirmed, detail: "after the release at line 35 the object is freed while 'self->x' holds 1"},
		{name: "owner unseen", kind: "use-after-release", object: "item",
			steps:   []finding.Step{item, at(40, finding.Use, 0)},
			verdict: Unsupported, detail: "the path does not show what happened to the owner the object is borrowed from"},
		{name: "given away", kind: "use-after-release", object: "list",
			steps:   []finding.Step{acquire, by("f", at(35, finding.Steal, 0)), at(40, finding.Use, 0)},
			verdict: Unsupported, detail: "the path does not show what the new owner did with the object"},
		{name: "protected", kind: "use-after-release", object: "item",
			steps: []finding.Step{list, item, at(31, finding.Incref, 1),
				about(2, at(35, finding.Release, 0)), at(40, finding.Use, 1)},
			verdict: Refuted, detail: "'item' is alive with count 1, and this function holds 1"},
		{name: "not released", kind: "use-after-release", object: "list",
			steps:   []finding.Step{acquire, at(40, finding.Use, 1)},
			verdict: Refuted, detail: "object from line 27 is alive with count 1, and this function holds 1"},
	})
}

func TestBorrowed(t *testing.T) {
	item := by("PyList_GetItem", with(2, at(30, finding.Borrow, 0)))
	run(t, []test{
		{name: "returned", kind: "borrowed-return", object: "item",
			steps:   []finding.Step{item, at(40, finding.Exit, 0)},
			verdict: Confirmed, detail: "at return: 'item' has count 1, but the container holds 1 and the caller holds 1; when the caller lets go, the others are left with 0"},
		{name: "returned with a reference", kind: "borrowed-return", object: "item",
			steps:   []finding.Step{item, at(31, finding.Incref, 1), at(40, finding.Exit, 0)},
			verdict: Refuted, detail: "at return: 'item' has count 2, and the container holds 1 and the caller holds 1"},
		{name: "stored", kind: "borrowed-store", object: "item",
			steps:   []finding.Step{item, in("self->x", at(40, finding.Store, 0))},
			verdict: Confirmed, detail: "after line 40: 'item' has count 1, but the container holds 1 and 'self->x' holds 1; when the new holder lets go, the others are left with 0"},
		{name: "parsed into a field", kind: "borrowed-store", object: "self->x",
			steps:   []finding.Step{by("PyArg_ParseTuple", at(40, finding.Borrow, 0)), in("self->x", at(40, finding.Store, 0))},
			verdict: Confirmed, detail: "after line 40: the object has count 1, but the caller holds 1 and 'self->x' holds 1; when the new holder lets go, the others are left with 0"},
		{name: "stored with a reference", kind: "borrowed-store", object: "item",
			steps:   []finding.Step{item, at(31, finding.Incref, 1), in("self->x", at(40, finding.Store, 1))},
			verdict: Refuted, detail: "after line 40: 'item' has count 2, and the container holds 1 and 'self->x' holds 1"},
		{name: "argument given away", kind: "borrowed-store", object: "arg",
			steps:   []finding.Step{by("PyTuple_SetItem", with(2, at(40, finding.Steal, -1)))},
			verdict: Confirmed, detail: "after line 40: 'arg' has count 1, but the container holds 1 and the caller holds 1; when the new holder lets go, the others are left with 0"},
		{name: "points back", kind: "borrowed-store", object: "arg",
			steps:   []finding.Step{by("PyTuple_SetItem", with(2, at(40, finding.Steal, -1))), at(41, finding.Incref, 0), by("PyTuple_SetItem", at(40, finding.Steal, -1))},
			verdict: Refuted, detail: "after line 40: 'arg' has count 2, and the container holds 1 and the caller holds 1"},
		{name: "stored by a call", kind: "borrowed-store", object: "arg",
			steps:   []finding.Step{by("PyDict_SetItem", in("d", at(40, finding.Store, 0)))},
			verdict: Refuted, detail: "after line 40: 'arg' has count 2, and the caller holds 1 and 'd' holds 1"},
	})
}

// TestReplay checks the table that the replay command prints.
func TestReplay(t *testing.T) {
	f := test{kind: "leak", object: "list", steps: []finding.Step{
		by("PyList_New", at(27, finding.Acquire, 1)), at(28, finding.Incref, 2),
		by("PyList_Append", in("d", at(29, finding.Store, 2))), at(30, finding.Exit, 2)}}.finding()
	tr := Replay(f, 13)
	want := []finding.Object{
		{Name: "'list'", Count: 1, Owned: 1, Holders: []string{"this function"}},
		{Count: 2, Owned: 2, Holders: []string{"this function", "this function"}},
		{Count: 3, Owned: 2, Holders: []string{"this function", "this function", "'d'"}},
		{Count: 3, Owned: 0, Holders: []string{"'d'"}},
	}
	for i, w := range want {
		got := tr.Rows[i].Objects[0]
		if got.Number != 1 || w.Name != "" && got.Name != w.Name || got.Count != w.Count || got.Owned != w.Owned || len(got.Holders) != len(w.Holders) || got.Holders[0] != w.Holders[0] {
			t.Errorf("step %d: %+v, want %+v", i, got, w)
		}
	}
	if tr.Model.Verdict != Confirmed {
		t.Errorf("%+v", tr.Model)
	}
}
