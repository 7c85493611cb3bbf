#include <Python.h>

/* The value is borrowed from a pair that is gone. */
static int
option_bad(PyObject *options, Py_ssize_t i)
{
    PyObject *pair = PySequence_GetItem(options, i), *value;

    if (pair == NULL)
        return -1;
    if (!PyTuple_Check(pair)) {
        Py_DECREF(pair);
        return 0;
    }
    value = PyTuple_GetItem(pair, 1);
    Py_DECREF(pair);
    if (value == NULL)
        return -1;
    return PyObject_IsTrue(value); // want "RC203: 'value'"
}

static PyObject *
contains_bad(PyObject *self, PyObject *other)
{
    PyObject *res = PyObject_RichCompare(self, other, Py_EQ);
    int truth;

    if (res == NULL)
        return NULL;
    Py_DECREF(res);
    truth = PyObject_IsTrue(res); // want "RC203: 'res' .* is passed to PyObject_IsTrue"
    if (truth < 0)
        return NULL;
    return PyBool_FromLong(truth);
}

typedef struct {
    PyObject_HEAD
    Py_ssize_t dims[3];
    int ndim;
} Array;

static PyTypeObject Array_Type;

static Py_ssize_t
index_bad(PyObject *obj)
{
    Array *arr = (Array *)PyObject_CallOneArg((PyObject *)&Array_Type, obj);

    if (arr == NULL)
        return -1;
    Py_DECREF(arr);
    return arr->dims[0]; // want "RC203: 'arr' .* is read after"
}

static Py_ssize_t
index_ok(PyObject *obj)
{
    Array *arr = (Array *)PyObject_CallOneArg((PyObject *)&Array_Type, obj);
    Py_ssize_t dim;

    if (arr == NULL)
        return -1;
    dim = arr->dims[0];
    Py_DECREF(arr);
    return dim;
}
