#include <Python.h>

static void change(PyObject *obj);

/* There is a GIL. */
static PyObject *
equal_ok(PyObject *self, PyObject *obj)
{
    if (Py_REFCNT(obj) == 1)
        change(obj);
    return Py_NewRef(obj);
}

static PyMethodDef methods[] = {
    {"equal", equal_ok, METH_O, NULL},
    {NULL, NULL, 0, NULL}
};
