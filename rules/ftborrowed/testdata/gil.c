#include <Python.h>

/* There is a GIL, and no module says that it needs none. */
static PyObject *
list_ok(PyObject *self, PyObject *list)
{
    PyObject *item = PyList_GetItem(list, 0);

    return Py_XNewRef(item);
}

static PyModuleDef_Slot slots[] = {
    {Py_mod_gil, Py_MOD_GIL_USED},
    {0, NULL}
};

static PyMethodDef methods[] = {
    {"list", list_ok, METH_O, NULL},
    {NULL, NULL, 0, NULL}
};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT, .m_name = "m", .m_methods = methods, .m_slots = slots
};
