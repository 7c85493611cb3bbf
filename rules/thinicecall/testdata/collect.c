// refcheck --target-python 3.11
// refcheck --min-confidence low
#include <Python.h>

/* Until Python 3.11 the allocation of an object that the collector tracks may start a
   collection, and that runs finalizers and callbacks of weak references. */

static PyObject *
pair_up_bad(PyObject *self, PyObject *list)
{
    PyObject *first, *box;

    if (!PyList_Check(list) || PyList_GET_SIZE(list) == 0)
        Py_RETURN_NONE;
    first = PyList_GET_ITEM(list, 0);
    box = PyDict_New();
    if (box == NULL)
        return NULL;
    if (PyDict_SetItemString(box, "first", first) < 0) { // want "RC303: PyDict_New may run a collection, and so __del__ at line 16"
        Py_DECREF(box);
        return NULL;
    }
    return box;
}

static PyObject *
pair_up_ok(PyObject *self, PyObject *list)
{
    PyObject *first, *box;
    int failed;

    if (!PyList_Check(list) || PyList_GET_SIZE(list) == 0)
        Py_RETURN_NONE;
    first = PyList_GET_ITEM(list, 0);
    Py_INCREF(first);
    box = PyDict_New();
    if (box == NULL) {
        Py_DECREF(first);
        return NULL;
    }
    failed = PyDict_SetItemString(box, "first", first) < 0;
    Py_DECREF(first);
    if (failed)
        Py_CLEAR(box);
    return box;
}

/* Allocating what the collector does not track starts nothing. */
static PyObject *
first_named_ok(PyObject *self, PyObject *list)
{
    PyObject *first, *number, *pair;

    if (!PyList_Check(list) || PyList_GET_SIZE(list) == 0)
        Py_RETURN_NONE;
    first = PyList_GET_ITEM(list, 0);
    number = PyLong_FromSsize_t(PyList_GET_SIZE(list));
    if (number == NULL)
        return NULL;
    Py_INCREF(first);
    pair = PyTuple_Pack(2, first, number);
    Py_DECREF(number);
    Py_DECREF(first);
    return pair;
}

static PyMethodDef collect_methods[] = {
    {"pair_up_bad", pair_up_bad, METH_O, NULL},
    {"pair_up_ok", pair_up_ok, METH_O, NULL},
    {"first_named_ok", first_named_ok, METH_O, NULL},
    {NULL, NULL, 0, NULL}
};

static struct PyModuleDef collect_module = {
    PyModuleDef_HEAD_INIT, .m_name = "collect", .m_size = 0, .m_methods = collect_methods,
};

PyMODINIT_FUNC
PyInit_collect(void)
{
    return PyModuleDef_Init(&collect_module);
}
