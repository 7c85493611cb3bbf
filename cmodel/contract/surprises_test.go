package contract

import (
	"testing"
)

// describe sums up what matters for ownership in one function: the result, then
// each parameter that is not simply borrowed or no object, then failure.
func describe(f *Func) string {
	if f == nil {
		return "no contract"
	}
	s := f.Result.Ref.String()
	if f.Result.Ref == Borrowed && f.Result.From != "" {
		s += "(" + f.Result.From + ")"
	}
	for _, p := range f.Params {
		if p.Ref == None || p.Ref == Borrowed && !p.Keeps {
			continue
		}
		s += " " + p.Name + ":" + p.Ref.String()
		if p.Keeps && p.Ref == Borrowed {
			s += "+keeps"
		}
		if p.Nullable {
			s += "?"
		}
	}
	s += " fails=" + f.Fail.String()
	if f.Result.Shared {
		s += " shared"
	}
	return s
}

// TestSurprises states the contracts that people get wrong most, one by one.
func TestSurprises(t *testing.T) {
	for _, tt := range []struct{ about, fn, want string }{
		{"steals also on failure", "PyList_SetItem", "none item:stolen fails=-1"},
		{"steals also on failure", "PyTuple_SetItem", "none o:stolen fails=-1"},
		{"macros steal", "PyList_SET_ITEM", "none o:stolen fails=none"},
		{"macros steal", "PyTuple_SET_ITEM", "none o:stolen fails=none"},
		{"steals, no error result", "PyStructSequence_SetItem", "none o:stolen fails=none"},
		{"steals, no error result", "PyStructSequence_SET_ITEM", "none o:stolen fails=none"},
		{"steals only on success", "PyModule_AddObject", "none value:stolen-on-success fails=-1"},
		{"never steals", "PyModule_AddObjectRef", "none value:borrowed+keeps fails=-1"},
		{"always steals", "PyModule_Add", "none value:stolen fails=-1"},
		{"does not steal", "PyModule_AddType", "none type:borrowed+keeps fails=-1"},
		{"does not steal", "PyDict_SetItem", "none key:borrowed+keeps val:borrowed+keeps fails=-1"},
		{"does not steal", "PyDict_SetItemString", "none val:borrowed+keeps fails=-1"},
		{"does not steal", "PyList_Append", "none item:borrowed+keeps fails=-1"},
		{"does not steal", "PyObject_SetAttr", "none v:borrowed+keeps fails=-1"},
		{"does not steal", "PyObject_SetItem", "none key:borrowed+keeps v:borrowed+keeps fails=-1"},
		{"borrowed, default not stolen", "PyDict_SetDefault", "borrowed(p) key:borrowed+keeps defaultobj:borrowed+keeps fails=null"},
		{"strong out-parameter", "PyDict_SetDefaultRef", "none key:borrowed+keeps default_value:borrowed+keeps result:out-new fails=-1"},
		{"errors swallowed", "PyDict_GetItem", "borrowed(p) fails=silent"},
		{"errors swallowed", "PyDict_GetItemString", "borrowed(p) fails=silent"},
		{"NULL may be no error", "PyDict_GetItemWithError", "borrowed(p) fails=maybe"},
		{"strong out-parameter", "PyDict_GetItemRef", "none result:out-new? fails=-1"},
		{"result may be NULL", "PyDict_Pop", "none result:out-new? fails=-1"},
		{"borrowed key and value", "PyDict_Next", "none pkey:out-borrowed pvalue:out-borrowed fails=none"},
		{"borrowed", "PyList_GetItem", "borrowed(list) fails=null"},
		{"strong", "PyList_GetItemRef", "new fails=null shared"},
		{"strong, own list", "PyList_GetSlice", "new fails=null"},
		{"strong", "PySequence_GetItem", "new fails=null shared"},
		{"same list", "PySequence_Fast", "new o:borrowed+keeps fails=null shared"},
		{"borrowed", "PySequence_Fast_GET_ITEM", "borrowed(o) fails=none"},
		{"raw array", "PySequence_Fast_ITEMS", "none fails=none"},
		{"strong", "PySequence_ITEM", "new fails=null shared"},
		{"increments", "PyTuple_Pack", "new ...:borrowed+keeps fails=null"},
		{"format decides", "Py_BuildValue", "new fails=null"},
		{"format decides", "PyObject_CallFunction", "new fails=null shared"},
		{"format decides", "PyArg_ParseTuple", "none fails=0"},
		{"format decides", "PyArg_ParseTupleAndKeywords", "none fails=0"},
		{"new on success", "PyUnicode_FSConverter", "none obj:borrowed+keeps result:out-new fails=0"},
		{"new on success", "PyUnicode_FSDecoder", "none obj:borrowed+keeps result:out-new fails=0"},
		{"the view owns the exporter", "PyObject_GetBuffer", "none exporter:borrowed+keeps fails=-1"},
		{"strong", "PyCell_Get", "new fails=maybe shared"},
		{"borrowed", "PyCell_GET", "borrowed(cell) fails=none"},
		{"increments", "PyCell_Set", "none value:borrowed+keeps fails=-1"},
		{"steals", "PyCell_SET", "none value:stolen fails=none"},
		{"may replace", "PyUnicode_InternInPlace", "none p_unicode:in-out fails=none"},
		{"replaced, right not stolen", "PyUnicode_Append", "none p_left:in-out? fails=ambiguous"},
		{"right stolen", "PyUnicode_AppendAndDel", "none p_left:in-out? right:stolen fails=ambiguous"},
		{"replaced, right not stolen", "PyBytes_Concat", "none bytes:in-out? fails=ambiguous"},
		{"right stolen", "PyBytes_ConcatAndDel", "none bytes:in-out? newpart:stolen fails=ambiguous"},
		{"freed on failure", "_PyTuple_Resize", "none p:in-out fails=-1"},
		{"freed on failure", "_PyBytes_Resize", "none bytes:in-out fails=-1"},
		{"three owned references", "PyErr_Fetch", "none ptype:out-new? pvalue:out-new? ptraceback:out-new? fails=none"},
		{"steals three", "PyErr_Restore", "none type:stolen value:stolen traceback:stolen fails=none"},
		{"strong", "PyErr_GetRaisedException", "new fails=none shared"},
		{"steals", "PyErr_SetRaisedException", "none exc:stolen fails=none"},
		{"may replace", "PyErr_NormalizeException", "none exc:in-out val:in-out tb:in-out? fails=none"},
		{"does not steal", "PyErr_SetObject", "none type:borrowed+keeps value:borrowed+keeps fails=none"},
		{"steals", "PyException_SetCause", "none cause:stolen fails=none"},
		{"steals", "PyException_SetContext", "none ctx:stolen fails=none"},
		{"does not steal", "PyException_SetTraceback", "none tb:borrowed+keeps fails=-1"},
		{"does not steal", "PyErr_SetHandledException", "none exc:borrowed+keeps fails=none"},
		{"steals three", "PyErr_SetExcInfo", "none type:stolen value:stolen traceback:stolen fails=none"},
		{"one new class", "PyErr_NewException", "new base:borrowed+keeps fails=null"},
		{"borrowed", "PyErr_Occurred", "borrowed fails=none"},
		{"borrowed", "PySys_GetObject", "borrowed fails=silent"},
		{"borrowed", "PyThreadState_GetDict", "borrowed fails=silent"},
		{"borrowed", "PyEval_GetBuiltins", "borrowed fails=none"},
		{"borrowed", "PyEval_GetLocals", "borrowed fails=maybe"},
		{"strong", "PyEval_GetFrameBuiltins", "new fails=maybe shared"},
		{"strong", "PyEval_GetFrameLocals", "new fails=maybe shared"},
		{"strong", "PySys_GetAttr", "new fails=null shared"},
		{"borrowed though created", "PyImport_AddModule", "borrowed fails=null"},
		{"strong", "PyImport_AddModuleRef", "new fails=null shared"},
		{"strong", "PyImport_GetModule", "new fails=maybe shared"},
		{"borrowed", "PyImport_GetModuleDict", "borrowed fails=none"},
		{"borrowed", "PyModule_GetDict", "borrowed(module) fails=none"},
		{"borrowed", "PyState_FindModule", "borrowed fails=silent"},
		{"borrowed", "PyType_GetModule", "borrowed(type) fails=null"},
		{"borrowed", "PyType_GetModuleByDef", "borrowed(type) fails=null"},
		{"borrowed, None if dead", "PyWeakref_GetObject", "borrowed fails=none"},
		{"strong or NULL", "PyWeakref_GetRef", "none pobj:out-new? fails=-1"},
		{"strong even for the default", "PyContextVar_Get", "none value:out-new? fails=-1"},
		{"strong, NULL on error", "PyIter_Send", "none arg:borrowed+keeps presult:out-new fails=-1"},
		{"strong, NULL if missing", "PyObject_GetOptionalAttr", "none o:borrowed+keeps result:out-new? fails=-1"},
		{"raw pointer", "PyType_GetSlot", "none fails=none"},
		{"the same object", "PyObject_Init", "borrowed(op) fails=none"},
		{"takes the type", "PyObject_New", "new fails=null"},
		{"members increment", "PyMember_SetOne", "none o:borrowed+keeps fails=-1"},
		{"members increment", "PyMember_GetOne", "new fails=null shared"},
		{"stores, then releases", "Py_SETREF", "none dst:in-out src:stolen fails=none"},
		{"stores, then releases", "Py_CLEAR", "none o:in-out? fails=none"},
	} {
		if got := describe(Load(DefaultTarget).Lookup(tt.fn)); got != tt.want {
			t.Errorf("%s (%s):\ngot  %s\nwant %s", tt.fn, tt.about, got, tt.want)
		}
	}
}

// TestSurprisesElse states what describe does not show: versions, formats, Python code.
func TestSurprisesElse(t *testing.T) {
	lookup := Load(DefaultTarget).Lookup
	since := map[string]Version{
		"PyModule_AddObjectRef": 10, "PyModule_Add": 13, "PyModule_AddType": 9, "PyDict_SetDefaultRef": 13,
		"PyDict_GetItemRef": 13, "PyDict_Pop": 13, "PyList_GetItemRef": 13, "PyErr_GetRaisedException": 12,
		"PyErr_SetRaisedException": 12, "PyErr_SetHandledException": 11, "PyEval_GetFrameLocals": 13,
		"PySys_GetAttr": 15, "PyImport_AddModuleRef": 13, "PyType_GetModule": 9, "PyType_GetModuleByDef": 11,
		"PyWeakref_GetRef": 13, "PyIter_Send": 10, "PyObject_GetOptionalAttr": 13,
	}
	for name, v := range since {
		if f := lookup(name); f.Since != v {
			t.Errorf("%s: since %v, want %v", name, f.Since, v)
		}
	}
	deprecated := map[string]Version{"PyModule_AddObject": 13, "PyErr_Fetch": 12, "PyErr_Restore": 12,
		"PyErr_NormalizeException": 12, "PyWeakref_GetObject": 13}
	for name, v := range deprecated {
		if f := lookup(name); max(f.Deprecated, f.SoftDeprecated) != v {
			t.Errorf("%s: deprecated %v, want %v", name, f.Deprecated, v)
		}
	}
	runs := map[string]Runs{"PyList_SetItem": RunsDecref, "PyTuple_SetItem": RunsDecref, "PyList_SET_ITEM": RunsNothing,
		"PyDict_SetItem": RunsPython, "PyDict_SetItemString": RunsDecref, "PyList_New": RunsNothing,
		"PyDict_GetItem": RunsPython, "PyObject_GetBuffer": RunsPython, "PyLong_AsLong": RunsPython, "Py_DECREF": RunsDecref}
	for name, r := range runs {
		if f := lookup(name); f.Runs != r {
			t.Errorf("%s: runs %v, want %v", name, f.Runs, r)
		}
	}
	formats := map[string]string{"Py_BuildValue": "build", "PyObject_CallFunction": "build", "PyObject_CallMethod": "build",
		"PySys_Audit": "build", "PyArg_ParseTuple": "parse", "PyArg_Parse": "parse", "PyErr_Format": "printf"}
	for name, kind := range formats {
		f := lookup(name)
		if f.FormatKind != kind || f.Format < 1 || f.Params[f.Format-1].Type != "const char *" {
			t.Errorf("%s: format %d %q, want %q", name, f.Format, f.FormatKind, kind)
		}
	}
	for _, name := range []string{"PyDict_GetItemRef", "PyDict_Pop", "PyDict_Next", "PyWeakref_GetRef", "PyObject_GetOptionalAttr"} {
		if !lookup(name).Found {
			t.Errorf("%s returns 1 or 0: found", name)
		}
	}
	if f := lookup("PyErr_Fetch"); f.Special != "errclear" {
		t.Errorf("PyErr_Fetch: special %q", f.Special)
	}
	if lookup("PyModule_GetDict").Result.Nullable || !lookup("PyErr_GetRaisedException").Result.Nullable {
		t.Error("PyModule_GetDict must not be nullable, PyErr_GetRaisedException must")
	}
}
