#include <Python.h>

/* A status that is 0 or -1. */
static PyObject *
FP_status_ok(PyObject *var)
{
    PyObject *v;

    if (PyContextVar_Get(var, NULL, &v))
        return NULL; // want "RC102: 'v'"
    if (v == NULL)
        Py_RETURN_NONE;
    return v;
}
