package analyzer_test

import (
	"slices"
	"testing"

	"github.com/refcheck/refcheck/analyzer/finding"
)

// one analyses the body of a function of METH_VARARGS kind and returns the only
// finding.
func one(t *testing.T, body string) *finding.Finding {
	t.Helper()
	text := "#include <Python.h>\n\nstatic PyObject *\nf(PyObject *self, PyObject *args)\n{\n" + body +
		"}\n\nstatic PyMethodDef methods[] = {{\"f\", f, METH_VARARGS, \"\"}, {0}};\n"
	found := analyze(t, config(write(t, map[string]string{"a.c": text}))).Findings
	if len(found) != 1 {
		for _, f := range found {
			t.Logf("%s: %s %s", f.Span, f.Rule, f.Message)
		}
		t.Fatalf("%d findings, want 1", len(found))
	}
	return found[0]
}

func wantMessage(t *testing.T, f *finding.Finding, want string) {
	t.Helper()
	if f.Message != want {
		t.Errorf("message:\n got %s\nwant %s", f.Message, want)
	}
}

func TestObjectsLostTogether(t *testing.T) {
	f := one(t, `    PyObject *a = PyList_New(0), *b = PyList_New(0), *c = PyList_New(0), *d = PyDict_New();
    PyObject *e = PyDict_New();
    PyObject *r = PyLong_FromLong(1);
    if (r == NULL)
        return NULL;
    return r;
`)
	wantMessage(t, f, "'a' (new reference from PyList_New, line 6) is not released before the function returns (nor are 'b', 'c' and 2 others)")
	if len(f.Related) != 4 || f.Related[3].Object != "e" || f.Related[3].Span.Line != 7 ||
		f.Related[3].Message != "PyDict_New returns a new reference" {
		t.Errorf("related: %+v", f.Related)
	}
	if len(f.AlsoAt) != 1 || f.AlsoAt[0].Line != 10 {
		t.Errorf("also at %v, want line 10", f.AlsoAt)
	}
}

func TestTwoObjectsLostTogether(t *testing.T) {
	f := one(t, "    PyObject *a = PyList_New(0), *b = PyList_New(0);\n    Py_RETURN_NONE;\n")
	wantMessage(t, f, "'a' (new reference from PyList_New, line 6) is not released before the function returns (nor is 'b')")
}

func TestTemporariesLostTogether(t *testing.T) {
	f := one(t, "    PyDict_SetItem(args, PyLong_FromLong(1), PyUnicode_FromString(\"x\"));\n    Py_RETURN_NONE;\n")
	wantMessage(t, f, "the new reference from PyLong_FromLong, line 6 is lost: PyDict_SetItem does not take it over"+
		" (the same goes for the result of PyUnicode_FromString)")
}

// TestOneVariableOfTwoOrigins: where a lost value came from makes no second
// defect.
func TestOneVariableOfTwoOrigins(t *testing.T) {
	f := one(t, `    PyObject *x;
    if (self == args)
        x = PyList_New(0);
    else
        x = PyDict_New();
    if (x == NULL)
        return NULL;
    Py_RETURN_NONE;
`)
	wantMessage(t, f, "'x' (new reference from PyList_New, line 8) is not released before the function returns")
	if len(f.Related) != 1 || f.Related[0].Span.Line != 10 || len(f.AlsoAt) != 0 {
		t.Errorf("related %+v, also at %v", f.Related, f.AlsoAt)
	}
}

func TestBranchesInWords(t *testing.T) {
	f := one(t, `    PyObject *x = PyList_New(0);
    if (!x)
        return NULL;
    if (PyList_Append(x, self) < 0)
        return NULL;
    return x;
`)
	var all, shown []string
	for _, s := range f.Steps {
		if s.Kind == finding.Branch {
			all = append(all, s.Message)
		}
		if s.Main {
			shown = append(shown, s.Message)
		}
	}
	if want := "'x' is not NULL"; !slices.Contains(all, want) {
		t.Errorf("branches %q, want one to be %q", all, want)
	}
	// The failing call tells enough.
	want := []string{"PyList_New returns a new reference: this function owns 1", "PyList_Append fails",
		"'x' still has 1 reference and nobody owns it"}
	if !slices.Equal(shown, want) {
		t.Errorf("shown: %q, want %q", shown, want)
	}
}
