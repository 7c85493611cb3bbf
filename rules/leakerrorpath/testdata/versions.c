/* Code that is compiled for some versions of Python only. */
#include <Python.h>

#define OLD (PY_VERSION_HEX < 0x030A0000)

/* The defect is in the branch for old versions. */
static int
add_old_bad(PyObject *module, PyObject *dict)
{
    PyObject *value = PyList_New(0);
    if (value == NULL)
        return -1;
#if PY_VERSION_HEX >= 0x030D0000
    return PyModule_Add(module, "value", value);
#else
    if (PyDict_SetItemString(dict, "value", value) < 0)
        return -1; // want "RC102: 'value' .* .when built for Python 3.8.$"
    Py_DECREF(value);
    return 0;
#endif
}

static int
add_old_ok(PyObject *module, PyObject *dict)
{
    PyObject *value = PyList_New(0);
    if (value == NULL)
        return -1;
#if PY_VERSION_HEX >= 0x030D0000
    return PyModule_Add(module, "value", value);
#else
    int rc = PyDict_SetItemString(dict, "value", value);
    Py_DECREF(value);
    return rc;
#endif
}

/* The same for all versions: reported once, and without a version. */
static int
add_both_bad(PyObject *dict, PyObject *key)
{
    PyObject *value = PyList_New(0);
    if (value == NULL)
        return -1;
#if OLD
    if (PyObject_IsTrue(key) < 0) {
        Py_DECREF(value);
        return -1;
    }
#endif
    if (PyDict_SetItem(dict, key, value) < 0)
        return -1; // want "RC102: 'value' .* when PyDict_SetItem fails$"
    Py_DECREF(value);
    return 0;
}

/* What a helper does depends on the version, and its callers know. */
static int
#if OLD
keep(PyObject *list, PyObject *item)
{
    int rc = PyList_Append(list, item);
    Py_DECREF(item);
    return rc;
}
#else
keep(PyObject *list, PyObject *item)
{
    return PyList_Append(list, item);
}
#endif

static int
keep_new_ok(PyObject *list)
{
    PyObject *item = PyLong_FromLong(500);
    if (item == NULL)
        return -1;
#if OLD
    return keep(list, item);
#else
    int rc = keep(list, item);
    Py_DECREF(item);
    return rc;
#endif
}

static int
keep_new_bad(PyObject *list)
{
    PyObject *item = PyLong_FromLong(500);
    if (item == NULL)
        return -1;
#if OLD
    if (PyObject_IsTrue(list) < 0)
        return -1; // want "RC102: 'item' .* .when built for Python 3.8.$"
    return keep(list, item);
#else
    int rc = keep(list, item);
    Py_DECREF(item);
    return rc;
#endif
}

/* Two definitions of one function. */
#if PY_VERSION_HEX >= 0x030C0000
static PyObject *
pair_ok(PyObject *x)
{
    return PyTuple_Pack(2, x, x);
}
#else
static PyObject *
pair_bad(PyObject *x)
{
    PyObject *p = PyTuple_New(2);
    if (p == NULL)
        return NULL;
    if (x == Py_None)
        return NULL; // want "RC102: 'p' .* .when built for Python 3.8.$"
    Py_INCREF(x);
    PyTuple_SET_ITEM(p, 0, x);
    Py_INCREF(x);
    PyTuple_SET_ITEM(p, 1, x);
    return p;
}
#endif

/* None is not lost: before 3.12 it was counted, but it lives as long as the interpreter. */
static int
none_ok(PyObject *dict, PyObject *key)
{
    PyObject *value = PyObject_GetItem(dict, key);
    if (value == NULL)
        return -1;
#if OLD
    if (value == Py_None)
        return 0;
#endif
    Py_DECREF(value);
    return PyObject_IsTrue(dict);
}

#ifdef Py_GIL_DISABLED
static int
threaded_bad(PyObject *dict, PyObject *key)
{
    PyObject *value = PyList_New(0);
    if (value == NULL)
        return -1;
    if (PyDict_SetItem(dict, key, value) < 0)
        return -1; // want "RC102: 'value' .* .when built for Python 3.14t.$"
    Py_DECREF(value);
    return 0;
}
#endif

/* Python 2 is not looked at unless findings of low confidence are asked for. */
#if PY_MAJOR_VERSION < 3
static PyObject *
FN_two_bad(PyObject *x)
{
    PyObject *p = PyString_FromString("two");
    if (p == NULL || x == Py_None)
        return NULL;
    return p;
}
#endif
