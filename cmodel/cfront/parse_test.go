package cfront

import (
	"testing"

	"modernc.org/cc/v4"
)

const spam = `#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include "missing.h"
static PyObject *
spam(PyObject *self, PyObject *args)
{
    PyObject *list = PyList_New(1);
    if (!list)
        return NULL;
    assert(list != NULL);
    Py_BEGIN_ALLOW_THREADS
    foo(self);
    Py_END_ALLOW_THREADS
    PyList_SET_ITEM(list, 0, Py_NewRef(args));
    Py_CLEAR(list);
    Py_RETURN_NONE;
done:
}
static PyMethodDef methods[] = {{"spam", spam, METH_VARARGS, "doc"}, {0}};
static PyTypeObject T = { PyVarObject_HEAD_INIT(NULL, 0) .tp_name = "x", .tp_flags = Py_TPFLAGS_DEFAULT };
`

func funcNames(p *parsed) []string {
	var out []string
	for tu := p.AST.TranslationUnit; tu != nil; tu = tu.TranslationUnit {
		if e := tu.ExternalDeclaration; e != nil && e.Case == cc.ExternalDeclarationFuncDef {
			out = append(out, e.FunctionDefinition.Declarator.Name())
		}
	}
	return out
}

func TestParseText(t *testing.T) {
	p, err := parseText("spam.c", spam, Options{PyMinor: 13})
	if err != nil {
		t.Fatal(err)
	}
	t.Log(funcNames(p), p.errors)
}

func BenchmarkTrivial(b *testing.B) {
	for b.Loop() {
		if _, err := parseText("spam.c", spam, Options{PyMinor: 13}); err != nil {
			b.Fatal(err)
		}
	}
}
