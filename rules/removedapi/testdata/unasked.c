#include <Python.h>

/* No version was asked for. */
static PyObject *
size_ok(PyObject *self, PyObject *text)
{
    Py_ssize_t n = PyUnicode_GetSize(text);

    return n < 0 ? NULL : PyLong_FromSsize_t(n);
}
