#include <Python.h>

/* A status that is 0 or -1. */
static PyObject *
status_ok(PyObject *var)
{
    PyObject *v;

    if (PyContextVar_Get(var, NULL, &v))
        return NULL;
    if (v == NULL)
        Py_RETURN_NONE;
    return v;
}
