#include <Python.h>

static PyObject *
line_bad(PyObject *self, PyObject *arg)
{
    Py_INCREF(arg);
    return arg; /* refcheck: ignore[RC101] not so */ // want "RC001: the comment ignores RC101, which is not found here"
}

static PyObject *
one_of_two_bad(PyObject *self, PyObject *arg)
{
    PyObject *x = PyList_New(0);
    if (x == NULL)
        return NULL;
    return PyLong_FromLong(1); /* refcheck: ignore[RC101, RC2] kept by the other side */ // want "RC001: .* RC2,"
}

static PyObject *
wrong_rule_bad(PyObject *self, PyObject *arg)
{
    PyObject *x = PyList_New(0);
    if (x == NULL)
        return NULL;
    return PyLong_FromLong(1); /* refcheck: ignore[RC201] no */ // want "RC101" "RC001: .* RC201,"
}

static PyObject *
wrong_line_bad(PyObject *self, PyObject *arg)
{
    PyObject *x = PyList_New(0); // refcheck: ignore[RC101] no // want "RC001: .* RC101,"
    if (x == NULL)
        return NULL;
    return PyLong_FromLong(1); // want "RC101"
}

/* refcheck: ignore[ALL] no */ // want "RC001: .* ALL,"
static PyObject *
nothing_in_function(PyObject *self, PyObject *arg)
{
    Py_RETURN_NONE;
}
