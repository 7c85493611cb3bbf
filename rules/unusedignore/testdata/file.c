/* refcheck: ignore-file[RC101] all objects of this file live for ever */
/* refcheck: ignore-file[RC205] none of these */ // want "RC001: .* RC205,"
#include <Python.h>

static PyObject *
file_ok(PyObject *self, PyObject *arg)
{
    PyObject *x = PyList_New(0);
    if (x == NULL)
        return NULL;
    return PyLong_FromLong(1);
}
