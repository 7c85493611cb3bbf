#include <Python.h>

/* out points somewhere else in every turn. */
static int
by_bytes_ok(char *out, Py_ssize_t step, Py_ssize_t n, PyObject *x)
{
    for (Py_ssize_t i = 0; i < n; i++, out += step) {
        PyObject **slot = (PyObject **)out;
        PyObject *r = PyObject_Repr(x);

        if (r == NULL)
            return -1;
        Py_XDECREF(*slot);
        *slot = r;
    }
    return 0;
}

static int
by_items_ok(PyObject **dst, PyObject **src, Py_ssize_t n, Py_ssize_t step)
{
    for (Py_ssize_t i = 0; i < n; i++) {
        Py_XINCREF(*src);
        Py_XDECREF(*dst);
        *dst = *src;
        dst += step;
        src += step;
    }
    return 0;
}
