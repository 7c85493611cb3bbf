package contract

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"testing"
)

var update = flag.Bool("update", false, "rewrite testdata/explain.txt")

func TestExplain(t *testing.T) {
	var got bytes.Buffer
	for i, name := range []string{
		"PyList_New", "PyList_GetItem", "PyList_SetItem", "PyModule_AddObject", "PyDict_GetItemRef", "PyDict_GetItemWithError",
		"PyLong_AsLong", "Py_BuildValue", "PyTuple_Pack", "_PyTuple_Resize", "Py_DECREF", "PyErr_Fetch", "PyErr_NoMemory",
		"PyMem_Malloc", "PyGILState_Ensure", "Py_FatalError", "PyEval_CallObject", "PyInt_FromLong", "PyArray_Return",
	} {
		if i > 0 {
			got.WriteByte('\n')
		}
		Load(DefaultTarget).Lookup(name).Explain(&got)
	}
	const golden = "testdata/explain.txt"
	if *update {
		if err := os.WriteFile(golden, got.Bytes(), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got.Bytes(), want) {
		t.Errorf("differs from %s (go test ./cmodel/contract -run Explain -update rewrites it):\n%s", golden, got.Bytes())
	}
}

// TestJSON pins the shape other programs read.
func TestJSON(t *testing.T) {
	for name, want := range map[string]string{
		"PyList_GetItem": `{"name":"PyList_GetItem","params":[` +
			`{"name":"list","type":"PyObject *","ref":"borrowed","nullOk":false,"null":"crash"},` +
			`{"name":"index","type":"Py_ssize_t","ref":"none","nullOk":false}],` +
			`"returns":{"type":"PyObject *","ref":"borrowed","from":"list","nullable":true,"mutable":true},` +
			`"errors":"null","mayRunPython":"no","since":null,"until":null,"deprecated":null,` +
			`"source":"c-api/list.html#c.PyList_GetItem","replacement":"PyList_GetItemRef",` +
			`"note":"borrowed, unlike PySequence_GetItem: gone as soon as the list lets go of it; negative indices fail","strong":"PyList_GetItemRef"}`,
		"PyWeakref_GetObject": `{"name":"PyWeakref_GetObject","params":[` +
			`{"name":"ref","type":"PyObject *","ref":"borrowed","nullOk":false,"null":"fails"}],` +
			`"returns":{"type":"PyObject *","ref":"borrowed","from":null,"nullable":false,"mutable":true},` +
			`"errors":"none","mayRunPython":"no","since":null,"until":"3.15","deprecated":"3.13",` +
			`"source":"c-api/weakref.html#c.PyWeakref_GetObject","replacement":"PyWeakref_GetRef",` +
			`"note":"borrowed, from nobody who keeps it; None if the object is dead, NULL only if ref is no weak reference","strong":"PyWeakref_GetRef"}`,
		"PyList_SetItem": `{"name":"PyList_SetItem","params":[` +
			`{"name":"list","type":"PyObject *","ref":"borrowed","nullOk":false,"null":"crash","changes":"replaces"},` +
			`{"name":"index","type":"Py_ssize_t","ref":"none","nullOk":false},` +
			`{"name":"item","type":"PyObject *","ref":"stolen","nullOk":true,"null":"ok"}],` +
			`"returns":{"type":"int","ref":"none","from":null,"nullable":false},` +
			`"errors":"-1","mayRunPython":"decref","since":null,"until":null,"deprecated":null,` +
			`"source":"c-api/list.html#c.PyList_SetItem",` +
			`"note":"takes the reference to item even if it fails; releases the item that was there","success":"0"}`,
		"PyMem_Realloc": `{"name":"PyMem_Realloc","params":[` +
			`{"name":"p","type":"void *","ref":"none","nullOk":true,"null":"ok"},` +
			`{"name":"n","type":"size_t","ref":"none","nullOk":false}],` +
			`"returns":{"type":"void *","ref":"none","from":null,"nullable":true},` +
			`"errors":"silent","mayRunPython":"no","since":null,"until":null,"deprecated":null,` +
			`"source":"c-api/memory.html#c.PyMem_Realloc","note":"NULL without an exception: p is still allocated",` +
			`"acquires":{"kind":"mem","handle":"return"},"releases":{"kind":"mem","handle":"p","onSuccess":true}}`,
		"PyDict_New": `{"name":"PyDict_New","params":[],` +
			`"returns":{"type":"PyObject *","ref":"new","from":null,"nullable":true,"makes":"dict"},` +
			`"errors":"null","mayRunPython":"no","since":null,"until":null,"deprecated":null,` +
			`"source":"c-api/dict.html#c.PyDict_New"}`,
	} {
		got, err := json.Marshal(Load(DefaultTarget).Lookup(name).JSON())
		if err != nil || string(got) != want {
			t.Errorf("%s: %v\ngot  %s\nwant %s", name, err, got, want)
		}
	}
}
