#include <Python.h>

static PyObject *
no_reason_bad(PyObject *self, PyObject *arg)
{
    PyObject *x = PyList_New(0);
    if (x == NULL)
        return NULL;
    return PyLong_FromLong(1); /* refcheck: ignore[RC101] */ // want "RC101" "RC002: the comment gives no reason for ignoring RC101"
}

static PyObject *
no_rule_bad(PyObject *self, PyObject *arg)
{
    Py_RETURN_NONE; /* refcheck: ignore because */ // want "RC002: names no rule"
}

static PyObject *
unknown_rule_bad(PyObject *self, PyObject *arg)
{
    Py_RETURN_NONE; /* refcheck: ignore[RC999] because */ // want "RC002: the comment ignores 'RC999', which is the code of no rule"
}

static PyObject *
name_of_rule_bad(PyObject *self, PyObject *arg)
{
    Py_RETURN_NONE; /* refcheck: ignore[leak] because */ // want "RC002: 'leak'"
}

static PyObject *
unknown_verb_bad(PyObject *self, PyObject *arg)
{
    Py_RETURN_NONE; /* refcheck: disable[RC101] because */ // want "RC002: the comment says 'disable because', which"
}
