package contract

import (
	"slices"
	"strings"
	"sync"
	"testing"
)

// TestBuiltin checks the embedded files as a whole; builtin panics on errors
// and duplicates.
func TestBuiltin(t *testing.T) {
	if _, err := parseFS(); err != nil {
		t.Fatal(err)
	}
	all := All()
	names := map[string]bool{}
	for _, f := range all {
		names[f.Name] = true
		if f.Source == "" {
			t.Errorf("%s:%d: %s has no @source", f.file, f.line, f.Name)
		}
		if strings.HasSuffix(f.Note, ".") {
			t.Errorf("%s:%d: a note ends without a full stop", f.file, f.line)
		}
		if f.NoReturn && f.Fail != FailNone {
			t.Errorf("%s:%d: %s does not return and cannot fail", f.file, f.line, f.Name)
		}
		if f.Replacement != "" {
			for _, r := range strings.Split(f.Replacement, ", ") {
				if !slices.ContainsFunc(all, func(g *Func) bool { return g.Name == r }) {
					t.Errorf("%s:%d: %s is to be replaced by %s, which is unknown", f.file, f.line, f.Name, r)
				}
			}
		}
	}
	if len(names) < 2000 {
		t.Errorf("only %d functions", len(names))
	}
}

// infallible are the functions that make an object and cannot fail.
var infallible = []string{
	"PyBool_FromLong", "PyErr_GetHandledException", "PyErr_GetRaisedException", "PyErr_ProgramText", "PyErr_ProgramTextObject",
	"PyException_GetArgs", "PyException_GetCause", "PyException_GetContext", "PyException_GetTraceback",
	"PyFrame_GetBack", "PyFrame_GetBuiltins", "PyFrame_GetCode", "PyFrame_GetGenerator", "PyFrame_GetGlobals",
	"PyGen_GetCode", "PyImport_GetLazyImportsFilter", "PyThreadState_GetFrame", "PyType_GetDict", "PyUnstable_InterpreterFrame_GetCode",
	"NPY_DT_NewRef", "PyObject_SelfIter", "Py_GetConstant", "Py_NewRef", "Py_XNewRef",
}

// TestNewCanFail finds a forgotten fails=: what makes an object can usually fail.
func TestNewCanFail(t *testing.T) {
	for _, f := range All() {
		if f.Result.Ref == New && f.Fail == FailNone && !f.Private && !slices.Contains(infallible, f.Name) {
			t.Errorf("%s:%d: %s returns a new reference and never fails?", f.file, f.line, f.Name)
		}
	}
}

func TestLookup(t *testing.T) {
	for _, tt := range []struct {
		minor  int
		name   string
		params int // -1: no such function
		in     bool
	}{
		{12, "PyList_New", 1, true},
		{12, "PyList_Old", -1, false},
		{10, "PyCode_New", 15, true},
		{11, "PyCode_New", 17, true},
		{9, "PyList_GetItemRef", 2, false},  // newer: the nearest contract
		{14, "PyEval_CallObject", 2, false}, // removed: the nearest contract
		{14, "PyInt_FromLong", 1, false},
	} {
		f := Load(Target{Minor: tt.minor}).Lookup(tt.name)
		if f == nil {
			if tt.params >= 0 {
				t.Errorf("3.%d has no %s", tt.minor, tt.name)
			}
			continue
		}
		if len(f.Params) != tt.params || f.In(tt.minor) != tt.in {
			t.Errorf("3.%d %s: %d parameters, In %v; want %d, %v", tt.minor, tt.name, len(f.Params), f.In(tt.minor), tt.params, tt.in)
		}
	}
}

func TestOverlay(t *testing.T) {
	base := Load(DefaultTarget)
	over, err := base.Overlay(strings.NewReader("new MyObject *my_new(stolen MyObject *parent)  fails=null\nint PyList_New(int x)"), "my.txt")
	if err != nil {
		t.Fatal(err)
	}
	if f := over.Lookup("my_new"); f == nil || f.Params[0].Ref != Stolen || f.Result.Ref != New {
		t.Errorf("my_new: %+v", f)
	}
	if over.Lookup("PyList_New").Result.Type != "int" || over.Lookup("PyTuple_New") == nil {
		t.Error("the overlay must replace PyList_New and keep the rest")
	}
	if base.Lookup("my_new") != nil || base.Lookup("PyList_New").Result.Ref != New {
		t.Error("the overlay changed the table below it")
	}
	_, err = base.Overlay(strings.NewReader("int f(void)\nint f(void)"), "my.txt")
	if err == nil || !strings.HasPrefix(err.Error(), "my.txt:2: f is already at my.txt:1") {
		t.Errorf("duplicate: %v", err)
	}
}

func TestParseTarget(t *testing.T) {
	for _, tt := range []struct {
		s    string
		want Target
		ok   bool
	}{
		{"3.12", Target{Minor: 12}, true},
		{"3.7", Target{Minor: 7}, true},
		{"3.13t", Target{Minor: 13, FreeThreaded: true}, true},
		{"3.12t", Target{}, false},
		{"3.6", Target{}, false},
		{"3.99", Target{}, false},
		{"2.7", Target{}, false},
		{"3", Target{}, false},
		{"", Target{}, false},
	} {
		got, err := ParseTarget(tt.s)
		if got != tt.want || (err == nil) != tt.ok {
			t.Errorf("ParseTarget(%q) = %v, %v", tt.s, got, err)
		}
		if tt.ok && got.String() != tt.s {
			t.Errorf("%q becomes %q", tt.s, got)
		}
	}
}

func TestSuggest(t *testing.T) {
	for _, tt := range []struct{ name, first string }{
		{"PyList_Apend", "PyList_Append"},
		{"pylist_append", "PyList_Append"},
		{"Py_BuildValues", "Py_BuildValue"},
		{"PyDict_GetItemStrin", "PyDict_GetItemString"},
		{"NormalizeException", "PyErr_NormalizeException"},
	} {
		got := Suggest(tt.name)
		if len(got) == 0 || got[0] != tt.first {
			t.Errorf("Suggest(%q) = %q, want %q first", tt.name, got, tt.first)
		}
	}
	if got := Suggest("qqqqqqqqqqqq"); len(got) != 0 {
		t.Errorf("Suggest of nonsense = %q", got)
	}
}

func TestRunsWith(t *testing.T) {
	for _, tt := range []struct {
		fn, format string
		want       Runs
	}{
		{"PyErr_Format", "bad %s, %zd of %.200s", RunsNothing},
		{"PyErr_Format", "bad %R", RunsPython},
		{"PyErr_Format", "100%", RunsNothing},
		{"PyUnicode_FromFormat", "%U.%S", RunsPython},
		{"PyErr_WarnFormat", "%s", RunsPython},
		{"PyObject_CallFunction", "O", RunsPython},
		{"Py_BuildValue", "(Osi)", RunsNothing},
		{"Py_BuildValue", "{s:O}", RunsPython},
		{"Py_BuildValue", "O&", RunsPython},
		{"PyArg_ParseTuple", "O!|OS:name", RunsNothing},
		{"PyArg_ParseTuple", "s|z:is", RunsNothing},
		{"PyArg_ParseTuple", "s*", RunsPython},
		{"PyArg_ParseTuple", "On", RunsPython},
		{"PyList_New", "", RunsNothing},
	} {
		if got := Load(DefaultTarget).Lookup(tt.fn).RunsWith(tt.format); got != tt.want {
			t.Errorf("%s(%q) runs %v, want %v", tt.fn, tt.format, got, tt.want)
		}
	}
}

func TestConcurrentLoad(t *testing.T) {
	var wg sync.WaitGroup
	for i := range 16 {
		wg.Go(func() {
			if Load(Target{Minor: OldestMinor + i%8}).Lookup("PyList_New") == nil {
				t.Error("no PyList_New")
			}
		})
	}
	wg.Wait()
}

func BenchmarkParse(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := parseFS(); err != nil {
			b.Fatal(err)
		}
	}
}

// TestStrong: the strong replacement of a function exists and gives what it promises.
func TestStrong(t *testing.T) {
	lookup := Load(DefaultTarget).Lookup
	strong := func(f *Func) bool {
		return f.Result.Ref == New || slices.ContainsFunc(f.Params, func(p Param) bool { return p.Ref == OutNew })
	}
	n := 0
	for _, f := range All() {
		if f.Strong == "" {
			continue
		}
		n++
		if f.Result.Ref != Borrowed {
			t.Errorf("%s:%d: %s returns nothing borrowed, and has a strong replacement", f.file, f.line, f.Name)
		}
		if s := lookup(f.Strong); s == nil || !strong(s) {
			t.Errorf("%s:%d: %s: %s gives no new reference", f.file, f.line, f.Name, f.Strong)
		}
	}
	if n < 25 {
		t.Errorf("only %d strong replacements", n)
	}
}

// TestResources: what a function acquires another one releases.
func TestResources(t *testing.T) {
	acquired, released := map[string]bool{}, map[string]bool{}
	for _, f := range All() {
		acquired[f.Acquire.Kind], released[f.Release.Kind] = true, true
	}
	for kind := range Resources {
		if !acquired[kind] || !released[kind] {
			t.Errorf("%s: acquired %v, released %v", kind, acquired[kind], released[kind])
		}
	}
}

// TestReplacements: what is to be used instead is known.
func TestReplacements(t *testing.T) {
	lookup := Load(DefaultTarget).Lookup
	for _, f := range All() {
		for _, name := range strings.Split(f.Replacement, ", ") {
			if name != "" && lookup(name) == nil {
				t.Errorf("%s:%d: %s: there is no %s", f.file, f.line, f.Name, name)
			}
		}
	}
}
