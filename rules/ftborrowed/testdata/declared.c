#include <Python.h>

/* Each build has code of its own. */
static PyObject *
twin_ok(PyObject *self, PyObject *list)
{
#ifdef Py_GIL_DISABLED
    return PyList_GetItemRef(list, 0);
#else
    PyObject *item = PyList_GetItem(list, 0);

    return Py_XNewRef(item);
#endif
}

static PyObject *
twin_bad(PyObject *self, PyObject *list)
{
#ifdef Py_GIL_DISABLED
    PyObject *item = PyList_GET_ITEM(list, 0);  // want "RC803: .* \\(when built for Python 3.14t\\)"

    return Py_XNewRef(item);
#else
    return PySequence_GetItem(list, 0);
#endif
}

static PyObject *
list_bad(PyObject *self, PyObject *list)
{
    PyObject *item = PyList_GetItem(list, 0);   // want "RC803"

    return Py_XNewRef(item);
}

static PyMethodDef methods[] = {
    {"list", list_bad, METH_O, NULL},
    {"twin_ok", twin_ok, METH_O, NULL},
    {"twin_bad", twin_bad, METH_O, NULL},
    {NULL, NULL, 0, NULL}
};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT, .m_name = "m", .m_size = -1, .m_methods = methods
};

PyMODINIT_FUNC
PyInit_m(void)
{
    PyObject *m = PyModule_Create(&module);

    if (m == NULL)
        return NULL;
#ifdef Py_GIL_DISABLED
    PyUnstable_Module_SetGIL(m, Py_MOD_GIL_NOT_USED);
#endif
    return m;
}
