#include <Python.h>

static int
append_bad(PyObject *list, long n)
{
    return PyList_Append(list, PyLong_FromLong(n)); // want "RC103: the new reference from PyLong_FromLong, line 6 is lost: PyList_Append does not take it over"
}

static int
version_bad(PyObject *dict)
{
    if (PyDict_SetItemString(dict, "version", PyUnicode_FromString("1")) < 0) // want "RC103: PyDict_SetItemString"
        return -1;
    return 0;
}

static int
key_bad(PyObject *dict, PyObject *value)
{
    return PyDict_SetItem(dict, PyLong_FromLong(7), value); // want "RC103"
}

static int
attr_bad(PyObject *obj, double x)
{
    return PyObject_SetAttrString(obj, "x", PyFloat_FromDouble(x)); // want "RC103"
}

/* Not even a function that keeps anything. */
static int
truth_bad(PyObject *obj)
{
    return PyObject_IsTrue(PyObject_GetAttrString(obj, "enabled")); // want "RC103"
}

static long
number_bad(PyObject *obj)
{
    return PyLong_AsLong(PyNumber_Long(obj)); // want "RC103"
}

static PyObject *
pack_bad(PyObject *self, PyObject *noargs)
{
    return PyTuple_Pack(1, PyLong_FromLong(1)); // want "RC103"
}

static int
set_add_bad(PyObject *set, const char *s)
{
    if (PySet_Add(set, PyUnicode_FromString(s)) == -1) // want "RC103"
        return -1;
    return 0;
}

static PyObject *
make_key(int n)
{
    return PyUnicode_FromFormat("key%d", n);
}

/* The temporary comes from a helper. */
static PyObject *
lookup_bad(PyObject *mapping, int n)
{
    return PyObject_GetItem(mapping, make_key(n)); // want "RC103: make_key"
}

static int
constants_bad(PyObject *type)
{
    PyObject *dict = ((PyTypeObject *)type)->tp_dict;

    PyDict_SetItemString(dict, "A", PyLong_FromLong(1)); // want "RC103"
    return 0;
}

#define ADD(list, value) if (PyList_Append(list, value) < 0) return -1

static int
macro_bad(PyObject *list)
{
    ADD(list, PyLong_FromLong(1)); // want "RC103"
    return 0;
}
