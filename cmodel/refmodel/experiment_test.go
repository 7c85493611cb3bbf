package refmodel_test

import (
	"fmt"
	"testing"

	"github.com/refcheck/refcheck/cmodel/refmodel"
)

// correct is a type without defects, static or heap.
func correct(heap bool) *refmodel.Type {
	return &refmodel.Type{
		Name: "T", HaveGC: true, Heap: heap, VisitsType: heap, ReleasesType: heap,
		Fields: []refmodel.Field{refmodel.OwnedField("f"), refmodel.OwnedField("g")},
	}
}

// TestExperimentCorrect: of a correct type nothing is ever left.
func TestExperimentCorrect(t *testing.T) {
	for minor := 7; minor <= 15; minor++ {
		for route := refmodel.Direct; route <= refmodel.Reinit; route++ {
			for _, heap := range []bool{false, true} {
				if !heap && route == refmodel.ThroughType {
					continue // a static type lives for ever, and so do its attributes
				}
				typ := correct(heap)
				typ.VisitsType = heap && minor >= 9
				if route == refmodel.ThroughType && minor == 8 {
					continue // in 3.8 nothing visited the type: such cycles were leaks (bpo-40217)
				}
				e := refmodel.Experiment{Minor: minor, Type: typ, Field: "f", Route: route, Rounds: 3, DropType: heap}
				if v := e.Run(); !v.OK() {
					t.Errorf("3.%d, route %d, heap %v: %v", minor, route, heap, v)
				}
			}
		}
	}
}

// TestExperimentDefects: what each defect of a type costs.
func TestExperimentDefects(t *testing.T) {
	const (
		direct = refmodel.Direct
		peer   = refmodel.ThroughPeer
		list   = refmodel.ThroughList
		tuple  = refmodel.ThroughTuple
		none   = refmodel.NoCycle
		typ    = refmodel.ThroughType
		kept   = refmodel.InGarbage
		reinit = refmodel.Reinit
	)
	for _, c := range []struct {
		name     string
		break_   func(*refmodel.Type)
		route    refmodel.Route
		dropType bool
		want     string
	}{
		{"not visited", func(t *refmodel.Type) { t.Fields[0].Visited = false }, direct, false,
			"after 10 times x.f = x; del x; gc.collect(): 10 of 10 objects stay alive for ever; gc.collect() returns 0"},
		{"not visited", func(t *refmodel.Type) { t.Fields[0].Visited = false }, list, false,
			"after 10 times x.f = [x]; del x; gc.collect(): 20 of 20 objects stay alive for ever; gc.collect() returns 0"},
		{"not visited", func(t *refmodel.Type) { t.Fields[0].Visited = false }, none, false,
			"after 10 times x.f = y; del x, y; gc.collect(): all 20 objects are freed"},
		{"another field not visited", func(t *refmodel.Type) { t.Fields[1].Visited = false }, direct, false,
			"after 10 times x.f = x; del x; gc.collect(): all 10 objects are freed"},
		{"no HAVE_GC", func(t *refmodel.Type) { t.HaveGC = false }, peer, false,
			"after 10 times x.f = y; y.f = x; del x, y; gc.collect(): 20 of 20 objects stay alive for ever; gc.collect() returns 0"},
		{"never tracked", func(t *refmodel.Type) { t.NeverTracked = true }, direct, false,
			"after 10 times x.f = x; del x; gc.collect(): 10 of 10 objects stay alive for ever; gc.collect() returns 0"},
		{"not cleared", func(t *refmodel.Type) { t.Fields[0].Cleared = false }, direct, false,
			"after 10 times x.f = x; del x; gc.collect(): 10 of 10 objects stay alive for ever; gc.collect() returns 10"},
		{"no tp_clear", func(t *refmodel.Type) { t.NoClear = true }, tuple, false,
			"after 10 times x.f = (x,); del x; gc.collect(): 20 of 20 objects stay alive for ever; gc.collect() returns 20"},
		{"no tp_clear", func(t *refmodel.Type) { t.NoClear = true }, list, false,
			"after 10 times x.f = [x]; del x; gc.collect(): all 20 objects are freed"},
		{"not released", func(t *refmodel.Type) { t.Fields[0].Released = false }, none, false,
			"after 10 times x.f = y; del x, y; gc.collect(): 10 of 20 objects stay alive for ever; gc.collect() returns 0"},
		{"visited but not owned", func(t *refmodel.Type) { t.Fields[0] = refmodel.Field{Name: "f", Visited: true} }, kept, false,
			"after 10 times x.f = y; l = [x]; l.append(l); del x, l; gc.collect(): clear of list #4, which is in use"},
		{"borrowed", func(t *refmodel.Type) { t.Fields[0] = refmodel.BorrowedField("f") }, kept, false,
			"after 10 times x.f = y; l = [x]; l.append(l); del x, l; gc.collect(): all 20 objects are freed"},
		{"released but not owned", func(t *refmodel.Type) { t.Fields[0] = refmodel.Field{Name: "f", Released: true} }, none, false,
			"after 10 times x.f = y; del x, y; gc.collect(): release of instance #4, which is freed"},
		{"type not released", func(t *refmodel.Type) { t.ReleasesType = false }, direct, false,
			"after 10 times x.f = x; del x; gc.collect(): all 10 objects are freed, but the type has 10 references that nobody holds"},
		{"type not visited", func(t *refmodel.Type) { t.VisitsType = false }, typ, true,
			"after 10 times type(x).attribute = x; del x; del type; gc.collect(): 10 of 10 objects stay alive for ever; gc.collect() returns 0"},
		{"overwritten", func(t *refmodel.Type) { t.Fields[0].Overwritten = true }, reinit, false,
			"after 10 times x.__init__(), which sets x.f, runs a second time; del x; gc.collect(): 10 of 30 objects stay alive for ever; gc.collect() returns 0"},
		{"no tp_traverse", func(t *refmodel.Type) { t.NoTraverse = true }, direct, false,
			"PyType_Ready fails: type T has the Py_TPFLAGS_HAVE_GC flag but has no traverse function"},
	} {
		typ := correct(true)
		c.break_(typ)
		e := refmodel.Experiment{Minor: 12, Type: typ, Field: "f", Route: c.route, Rounds: 10, DropType: c.dropType}
		if got := e.Run().String(); got != c.want {
			t.Errorf("%s: got\n\t%s\nwant\n\t%s", c.name, got, c.want)
		}
	}
}

// ExampleExperiment: a field that tp_traverse forgets.
func ExampleExperiment() {
	t := &refmodel.Type{Name: "spool.Spool", HaveGC: true, Fields: []refmodel.Field{
		refmodel.OwnedField("name"),
		{Name: "owner", Owned: true, Visited: false, Cleared: true, Released: true},
	}}
	for _, field := range []string{"name", "owner"} {
		fmt.Println(refmodel.Experiment{Minor: 12, Type: t, Field: field, Rounds: 100}.Run())
	}
	// Output:
	// after 100 times x.name = x; del x; gc.collect(): all 100 objects are freed
	// after 100 times x.owner = x; del x; gc.collect(): 100 of 100 objects stay alive for ever; gc.collect() returns 0
}
