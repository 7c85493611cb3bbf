#include <Python.h>

/* This is not for refcheck: ignore[RC999] */
static PyObject *
prose_ok(PyObject *self, PyObject *arg)
{
    const char *text = "/* refcheck: ignore */";
    return PyUnicode_FromString(text);
}

static PyObject *
reason_ok(PyObject *self, PyObject *arg)
{
    PyObject *x = PyList_New(0);
    if (x == NULL)
        return NULL;
    return PyLong_FromLong(1); /* refcheck: ignore[RC101]: kept by the other side */
}
