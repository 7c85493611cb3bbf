#include <Python.h>

/* Two new objects in one expression, both lost. */
static long long
seconds_bad(PyObject *delta, PyObject *unit)
{
    return PyLong_AsLongLong(PyNumber_FloorDivide(delta, unit)); // want "RC103: PyNumber_FloorDivide"
}

static PyObject *
registered_bad(PyObject *table, PyObject *proto, PyObject *type)
{
    if (PyDict_SetItem(table, PyTuple_Pack(2, type, proto), Py_None) < 0) // want "RC103: PyTuple_Pack"
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *
frozen_copy_bad(PyObject *self, PyObject *arg)
{
    return PyList_AsTuple(PySequence_List(arg)); // want "RC103: PySequence_List"
}

static int
export_bad(PyObject *m, void *f)
{
    return PyObject_SetAttrString(m, "address", PyLong_FromVoidPtr(f)); // want "RC103: PyLong_FromVoidPtr"
}
