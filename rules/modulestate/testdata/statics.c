#include <Python.h>

/* Multi-phase modules are made anew for each interpreter, static variables are not. */
static PyObject *empty;
static PyObject *borrowed;

static PyObject *
make_bad(PyObject *module, PyObject *value)
{
    if (empty == NULL)
        empty = PyTuple_New(0); // want "RC702: multi-phase module 'shared_module' keeps objects in static variables"
    borrowed = value == Py_None ? Py_None : NULL;
    return Py_XNewRef(empty);
}

static PyMethodDef methods[] = {
    {"make", make_bad, METH_O, NULL},
    {NULL, NULL, 0, NULL}
};

static PyModuleDef_Slot slots[] = {
    {0, NULL}
};

static PyModuleDef shared_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "shared",
    .m_size = 0,
    .m_methods = methods,
    .m_slots = slots,
};
