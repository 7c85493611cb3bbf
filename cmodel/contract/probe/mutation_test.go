package probe

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/refcheck/refcheck/cmodel/contract"
	"github.com/refcheck/refcheck/internal/cpython"
)

// mutations are wrong contracts. Each must be contradicted by the interpreter.
var mutations = []struct {
	fn     string
	change func(f *contract.Func)
}{
	{"PyList_GetItem", func(f *contract.Func) { f.Result.Ref = contract.New }},
	{"PyDict_GetItemWithError", func(f *contract.Func) { f.Result.Ref = contract.New }},
	{"PyTuple_GET_ITEM", func(f *contract.Func) { f.Result.Ref = contract.New }},
	{"PyModule_GetDict", func(f *contract.Func) { f.Result.Ref = contract.New }},
	{"PyImport_AddModule", func(f *contract.Func) { f.Result.Ref = contract.New }},
	{"PySequence_GetItem", func(f *contract.Func) { f.Result.Ref = contract.Borrowed }},
	{"PyObject_GetAttr", func(f *contract.Func) { f.Result.Ref = contract.Borrowed }},
	{"PyList_New", func(f *contract.Func) { f.Result.Ref = contract.Borrowed }},
	{"PyUnicode_FromString", func(f *contract.Func) { f.Result.Ref = contract.Borrowed }},
	{"PyImport_GetModule", func(f *contract.Func) { f.Result.Ref = contract.Borrowed }},
	{"PyList_SetItem", func(f *contract.Func) { f.Params[2].Ref = contract.Borrowed }},
	{"PyTuple_SetItem", func(f *contract.Func) { f.Params[2].Ref = contract.StolenOnSuccess }},
	{"PyModule_AddObject", func(f *contract.Func) { f.Params[2].Ref = contract.Stolen }},
	{"PyModule_AddObject", func(f *contract.Func) { f.Params[2].Ref = contract.Borrowed }},
	{"PyException_SetCause", func(f *contract.Func) { f.Params[1].Ref = contract.Borrowed }},
	{"PyList_Append", func(f *contract.Func) { f.Params[1].Ref = contract.Stolen }},
	{"PyDict_SetItem", func(f *contract.Func) { f.Params[2].Ref = contract.Stolen }},
	{"PyDict_SetItem", func(f *contract.Func) { f.Params[2].Keeps = false }},
	{"PyBytes_Concat", func(f *contract.Func) { f.Params[0].Ref = contract.OutNew }},
	{"PyBytes_ConcatAndDel", func(f *contract.Func) { f.Params[1].Ref = contract.Borrowed }},
	{"PyErr_Fetch", func(f *contract.Func) { f.Params[1].Ref = contract.OutBorrowed }},
	{"PyDict_Next", func(f *contract.Func) { f.Params[2].Ref = contract.OutNew }},
	{"PyErr_Restore", func(f *contract.Func) { f.Params[1].Ref = contract.Borrowed }},
	{"PyDict_GetItem", func(f *contract.Func) { f.Fail = contract.FailNull }},
	{"PyDict_GetItemWithError", func(f *contract.Func) { f.Fail = contract.FailSilent }},
	{"PyList_GetItem", func(f *contract.Func) { f.Fail = contract.FailNone }},
	{"PyObject_Hash", func(f *contract.Func) { f.Runs = contract.RunsNothing }},
	{"PyTuple_GetItem", func(f *contract.Func) { f.Result.From = "" }}, // not wrong: the test below knows
}

// TestProbeFindsWrongContracts changes contracts, one at a time, and wants the probe to
// contradict each.
func TestProbeFindsWrongContracts(t *testing.T) {
	recipes := load(t)
	var newest sync.Once
	cpython.Each(t, func(t *testing.T, py *cpython.Python) {
		if py.FreeThreaded {
			t.Skip("counts are in two places")
		}
		wanted := false
		newest.Do(func() { wanted = true }) // one interpreter is enough
		if !wanted {
			t.Skip("another interpreter does it")
		}
		table := contract.Load(contract.Target{Minor: py.Minor})
		var calls []*call
		from := make([]int, 0, len(mutations)) // first call of each mutation
		for _, m := range mutations {
			f := *table.Lookup(m.fn)
			f.Params = slices.Clone(f.Params)
			m.change(&f)
			only := &Recipes{lets: recipes.lets}
			for _, r := range recipes.Calls {
				if r.Func == m.fn {
					only.Calls = append(only.Calls, r)
				}
			}
			from = append(from, len(calls))
			calls = append(calls, callsFor(t, only, py, func(string) *contract.Func { return &f })...)
		}
		found := make([][]string, len(mutations))
		for _, o := range runCalls(t, py, calls) {
			i, exact := slices.BinarySearch(from, o.Case)
			if !exact {
				i--
			}
			found[i] = append(found[i], summarize(calls, []outcome{o}).problems...)
		}
		for i, m := range mutations {
			if right := i == len(mutations)-1; right != (len(found[i]) == 0) {
				t.Errorf("mutation %d of %s: %s", i, m.fn, strings.Join(found[i], "; "))
			}
		}
	})
}
