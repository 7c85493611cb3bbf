package analyzer_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/refcheck/refcheck/analyzer"
	"github.com/refcheck/refcheck/analyzer/finding"
)

// versioned has a leak that only old versions of Python 3 compile, one that only
// Python 2 does, and a comment that silences one of an old version.
const versioned = `#include <Python.h>
#include "compat.h"

static PyObject *
f(PyObject *self, PyObject *arg)
{
    PyObject *x = PyList_New(0);
    if (x == NULL)
        return NULL;
#if PY_VERSION_HEX >= 0x030C0000
    return x;
#elif PY_MAJOR_VERSION >= 3
    return PyLong_FromLong(1);
#else
    return PyInt_FromLong(1);
#endif
}

#if PY_VERSION_HEX < 0x030C0000
static PyObject *
g(PyObject *self, PyObject *arg)
{
    PyObject *x = PyList_New(0);
    return PyLong_FromLong(1); /* refcheck: ignore[RC1] it is meant to leak */
}
#endif

#if PY_MAJOR_VERSION < 3
static PyObject *
two(PyObject *self, PyObject *arg)
{
    PyObject *x = PyString_FromString("two");
    if (x == NULL)
        return NULL;
    return PyInt_FromLong(2);
}
#endif
`

const compatHeader = `#ifndef COMPAT_H
#define COMPAT_H
#if PY_VERSION_HEX < 0x030A0000
static inline PyObject *
compat_none(void)
{
    PyObject *x = PyList_New(0);
    if (x == NULL)
        return NULL;
    return PyLong_FromLong(0);
}
#endif
#endif
`

func TestOtherTargets(t *testing.T) {
	dir := write(t, map[string]string{"a.c": versioned, "b.c": "#include <Python.h>\n#include \"compat.h\"\n", "compat.h": compatHeader})
	list := func(asked finding.Confidence, only bool) (string, *analyzer.Result) {
		cfg := config(dir)
		cfg.MinConfidence, cfg.Also = asked, analyzer.OtherTargets(asked)
		if only {
			cfg.Also = nil
		}
		res := analyze(t, cfg)
		var out []string
		for _, f := range res.Findings {
			_, when, _ := strings.Cut(strings.TrimSuffix(f.Message, ")"), " (when built for ")
			out = append(out, fmt.Sprintf("%s:%d %s %s %s", filepath.Base(f.Span.File), f.Span.Line, f.Rule, f.Confidence, when))
		}
		return strings.Join(out, "\n"), res
	}
	for _, c := range []struct {
		asked           finding.Confidence
		only            bool
		want            string
		functions, kept int
	}{
		{finding.Medium, false, "a.c:13 RC101 high Python 3.8\ncompat.h:10 RC101 high Python 3.8", 3, 1},
		{finding.Low, false, "a.c:13 RC101 high Python 3.8\na.c:35 RC101 low Python 2.7\ncompat.h:10 RC101 high Python 3.8", 4, 1},
		{finding.Medium, true, "", 1, 0},
	} {
		got, res := list(c.asked, c.only)
		if got != c.want {
			t.Errorf("%v, only the target: %v: got\n%s\nwant\n%s", c.asked, c.only, got, c.want)
		}
		if n := res.Coverage.Functions; n != c.functions || res.Coverage.Analysed != n {
			t.Errorf("%v, only the target: %v: %d of %d functions analysed, want %d", c.asked, c.only, res.Coverage.Analysed, n, c.functions)
		}
		if len(res.Suppressed) != c.kept {
			t.Errorf("%v, only the target: %v: %d findings silenced, want %d", c.asked, c.only, len(res.Suppressed), c.kept)
		}
	}
}
