package refmodel_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/refcheck/refcheck/cmodel/refmodel"
	"pgregory.net/rapid"
)

// TestInvariants: along any correct program counts agree with holders, what an
// owner can reach is never freed, and nothing is freed that is still held.
func TestInvariants(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		minor := rapid.IntRange(7, 15).Draw(rt, "minor")
		pick := func(n int) int { return rapid.IntRange(0, n-1).Draw(rt, "pick") }
		p, shapes := newProgram(pick)
		m := newMachine(minor, p)
		m.define(shapes...)
		for range rapid.IntRange(1, 50).Draw(rt, "length") {
			o := m.next(pick, shapes)
			p.ops = append(p.ops, o)
			if _, err := m.run(o); err != nil {
				rt.Fatalf("%s%v", p, err)
			}
			if m.leaky() {
				continue
			}
			if err := m.heap.Check(); err != nil {
				rt.Fatalf("%s%v", p, err)
			}
			m.checkDeaths(rt)
		}
	})
}

// checkDeaths: an object that has just died has no holder, and each object that
// lives has one.
func (m *machine) checkDeaths(t *rapid.T) {
	for _, i := range m.died {
		if a := m.heap.Account(m.objs[i].id); a.Held != 0 {
			t.Fatalf("object %d died held: %v", i, a.Claims)
		}
	}
	for o := range m.heap.Objects {
		if a := m.heap.Account(o.ID); a.Held == 0 && !o.Immortal {
			t.Fatalf("%v lives but nobody holds it", o)
		}
	}
}

// TestDeepCascade: a chain a hundred thousand long is torn down without recursion.
func TestDeepCascade(t *testing.T) {
	h := refmodel.New(13)
	f := h.Owner("frame")
	x := h.New(refmodel.Instance, f)
	for range 100_000 {
		y := h.New(refmodel.Instance, f)
		if _, err := h.Put(y, "next", x, f); err != nil {
			t.Fatal(err)
		}
		x = y
	}
	if err := h.Decref(f, x); err != nil {
		t.Fatal(err)
	}
	for o := range h.Objects {
		t.Fatalf("%v is left", o)
	}
}

func TestFaults(t *testing.T) {
	h := refmodel.New(11)
	f := h.Owner("frame")
	x := h.New(refmodel.List, f)
	list := h.New(refmodel.List, f)
	must(t, h.Append(list, x))
	must(t, h.Decref(f, x))
	must(t, h.Decref(f, x)) // the list's reference
	if a := h.Account(x); a.Missing() != 1 || a.Object.State != refmodel.Freed {
		t.Errorf("after a release too many: missing %d, state %d", a.Missing(), a.Object.State)
	}
	wantFault(t, h.Use(x), x)
	wantFault(t, h.Incref(f, x), x)
	wantFault(t, h.Append(list, x), x)
	err := h.Decref(f, list)
	wantFault(t, err, x)
	var fault *refmodel.Fault
	if errors.As(err, &fault); fault.By != list {
		t.Errorf("fault by %d, want the list's cascade", fault.By)
	}
	if err := h.Use(refmodel.NULL); err == nil || err.Error() != "use of NULL" {
		t.Errorf("use of NULL: %v", err)
	}
}

func TestImmortal(t *testing.T) {
	for minor := 7; minor <= 14; minor++ {
		h := refmodel.New(minor)
		none := h.Singleton("None")
		must(t, h.Incref(h.Owner("frame"), none))
		want := 2
		if minor >= refmodel.ImmortalSince {
			want = 1
		}
		if got := h.Object(none).Count; got != want {
			t.Errorf("3.%d: count of None %d, want %d", minor, got, want)
		}
	}
}

// TestWeakref: references are cleared before any callback runs, callbacks run
// before the contents go, the newest first; a reference without callback is
// shared.
func TestWeakref(t *testing.T) {
	for minor := 7; minor <= 15; minor++ {
		h := refmodel.New(minor)
		f := h.Owner("frame")
		set, item, callback := h.New(refmodel.Set, f), h.New(refmodel.Instance, f), h.New(refmodel.Instance, f)
		must(t, h.Add(set, item))
		must(t, h.Decref(f, item))
		var refs, log []refmodel.ID
		h.Object(callback).Call = func(h *refmodel.Heap, self, ref refmodel.ID) {
			for _, w := range refs {
				if h.Referent(w) != refmodel.NULL {
					t.Error("callback sees a weak reference that is not cleared")
				}
			}
			if !h.IsAlive(item) {
				t.Error("the contents are gone before the callback")
			}
			log = append(log, ref)
		}
		for _, cb := range []refmodel.ID{callback, refmodel.NULL, callback, refmodel.NULL} {
			w, err := h.NewWeakref(set, cb, f)
			must(t, err)
			refs = append(refs, w)
		}
		if refs[1] != refs[3] {
			t.Error("a weak reference without callback is not shared")
		}
		must(t, h.Decref(f, set))
		if want := []refmodel.ID{refs[2], refs[0]}; !slices.Equal(log, want) {
			t.Errorf("callbacks of %v, want %v", log, want)
		}
		if h.IsAlive(item) {
			t.Error("the item survived")
		}
		must(t, h.Check())
	}
}

// TestFinalize: a finalizer runs once and may save the object (PEP 442).
func TestFinalize(t *testing.T) {
	h := refmodel.New(12)
	f, global := h.Owner("frame"), h.Owner("global")
	x := h.New(refmodel.Instance, f)
	calls := 0
	h.Object(x).Finalize = func(h *refmodel.Heap, x refmodel.ID) {
		calls++
		must(t, h.Incref(global, x))
	}
	must(t, h.Decref(f, x))
	if !h.IsAlive(x) || h.Object(x).Count != 1 {
		t.Fatalf("not resurrected: count %d", h.Object(x).Count)
	}
	must(t, h.Decref(global, x))
	if h.IsAlive(x) || calls != 1 {
		t.Errorf("alive %v after %d finalizer calls", h.IsAlive(x), calls)
	}
}

// TestHeapType: an instance of a heap type holds its type from 3.8 on.
func TestHeapType(t *testing.T) {
	for minor, want := range map[int]int{7: 0, 8: 1, 13: 1} {
		h := refmodel.New(minor)
		f := h.Owner("frame")
		typ := h.Define(&refmodel.Type{Name: "T", Heap: true, ReleasesType: true}, f)
		before := h.Object(typ).Count
		x, err := h.Instance(typ, f)
		must(t, err)
		if got := h.Object(typ).Count - before; got != want {
			t.Errorf("3.%d: an instance adds %d references to its type, want %d", minor, got, want)
		}
		must(t, h.Decref(f, x))
		if got := h.Object(typ).Count; got != before {
			t.Errorf("3.%d: count of the type %d after the instance, want %d", minor, got, before)
		}
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func wantFault(t *testing.T, err error, x refmodel.ID) {
	t.Helper()
	var f *refmodel.Fault
	if !errors.As(err, &f) || f.Object != x {
		t.Errorf("got %v, want a fault on object %d", err, x)
	}
}
