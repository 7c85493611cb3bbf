#include <Python.h>

/* A helper that returns None, borrowed, for "skip this one". */
static PyObject *
key_or_none(PyObject *key)
{
    PyObject *s = PyObject_Str(key);

    if (s == NULL)
        return NULL;
    if (PyUnicode_GET_LENGTH(s) == 0) {
        Py_DECREF(s);
        return Py_None;
    }
    return s;
}

static int
each_ok(PyObject *iter, PyObject *out)
{
    PyObject *item, *k = NULL;

    while ((item = PyIter_Next(iter)) != NULL) {
        k = key_or_none(item);
        Py_DECREF(item);
        if (k == NULL)
            return -1;
        if (k == Py_None) {
            k = NULL;
            continue;
        }
        if (PyList_Append(out, k) < 0) {
            Py_DECREF(k);
            return -1;
        }
        Py_CLEAR(k);
    }
    return 0;
}

static int
each_bad(PyObject *iter, PyObject *out)
{
    PyObject *item, *k = NULL;

    while ((item = PyIter_Next(iter)) != NULL) {
        k = key_or_none(item);
        Py_DECREF(item);
        if (k == NULL)
            return -1;
        if (k == Py_None) {
            k = NULL;
            continue;
        }
        if (PyList_Append(out, k) < 0) {
            Py_DECREF(k);
            return -1;
        }
    }
    return 0; // want "RC101: 'k'"
}
