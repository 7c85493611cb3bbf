package refmodel_test

import (
	"testing"

	"github.com/refcheck/refcheck/cmodel/refmodel"
)

// TestThinIce is section 1.10.3 of the extending manual: item 0 of a list is
// borrowed, PyList_SetItem replaces item 1, and the finalizer of what was there
// takes item 0 out of the list.
func TestThinIce(t *testing.T) {
	for _, keep := range []bool{false, true} {
		h := refmodel.New(12)
		caller, f := h.Owner("caller"), h.Owner("function")
		list, item, angry := h.New(refmodel.List, caller), h.New(refmodel.Instance, f), h.New(refmodel.Instance, f)
		h.Object(angry).Finalize = func(h *refmodel.Heap, _ refmodel.ID) {
			if n, err := h.Evict(item); n != 1 || err != nil {
				t.Errorf("evicted %d, %v", n, err)
			}
		}
		must(t, h.Append(list, item))
		must(t, h.Append(list, angry))
		must(t, h.Decref(f, item))
		must(t, h.Decref(f, angry))
		borrowed, err := h.Item(list, 0)
		must(t, err)
		if keep {
			must(t, h.Incref(f, borrowed))
		}
		must(t, h.ListSet(list, 1, h.Int(1000, f), f))
		if err := h.Use(borrowed); (err == nil) != keep {
			t.Errorf("with a reference of its own: %v; use of the item: %v", keep, err)
		}
	}
}

// TestMutations: an adversary reaches what owners reach, but no tuple.
func TestMutations(t *testing.T) {
	h := refmodel.New(12)
	f := h.Owner("frame")
	x, list, tuple, dict := h.New(refmodel.Instance, f), h.New(refmodel.List, f), h.NewTuple(1, f), h.New(refmodel.Dict, f)
	must(t, h.Append(list, x))
	must(t, h.DictSet(dict, x, x))
	must(t, h.Incref(f, x))
	must(t, h.TupleSet(tuple, 0, x, f))
	must(t, h.SetField(x, "me", x))
	if got := len(h.Mutations()); got != 3 {
		t.Errorf("%d mutations, want those of the list, the dict and the instance", got)
	}
	if n, err := h.Evict(x); n != 3 || err != nil || h.Object(x).Count != 2 {
		t.Errorf("%d references gone, %v, count %d; want 3, and those of frame and tuple left", n, err, h.Object(x).Count)
	}
	must(t, h.Check())
}

// TestErrorIndicator: it holds a reference, which can be taken out and put back.
func TestErrorIndicator(t *testing.T) {
	for minor := 7; minor <= 15; minor++ {
		h := refmodel.New(minor)
		f := h.Owner("frame")
		list := h.New(refmodel.List, f)
		if _, err := h.Item(list, 3); err == nil || h.Occurred() == refmodel.NULL {
			t.Fatal("no IndexError")
		}
		exc, err := h.FetchError(f)
		must(t, err)
		if h.Occurred() != refmodel.NULL || f.Held(exc) != 1 || h.Object(exc).Name != "IndexError" {
			t.Errorf("3.%d: fetched %v", minor, h.Object(exc))
		}
		must(t, h.SetError(exc, f))
		must(t, h.Check())
		must(t, h.ClearError())
		if h.IsAlive(exc) {
			t.Errorf("3.%d: the exception survives", minor)
		}
	}
}

// TestQuarter: a full collection waits until the objects that have survived a
// middle one exceed a quarter of those that survived the last full one.
func TestQuarter(t *testing.T) {
	h := refmodel.New(11)
	f := h.Owner("frame")
	h.SetThreshold(10, 0, 0)
	full := []int{0} // how many survived each full collection
	for range 3000 {
		h.New(refmodel.List, f)
		if _, total := h.LongLived(); total != full[len(full)-1] {
			full = append(full, total)
		}
	}
	if len(full) < 5 || len(full) > 40 {
		t.Fatalf("%d full collections of up to 3000 objects: %v", len(full), full)
	}
	for i := 1; i < len(full); i++ {
		if full[i-1] > 100 && 4*(full[i]-full[i-1]) < full[i-1]-4 {
			t.Errorf("full collections after %d and %d objects", full[i-1], full[i])
		}
	}
}
