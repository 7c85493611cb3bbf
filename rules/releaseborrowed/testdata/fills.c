#include <Python.h>

/* A helper that puts an object where there is none: what it left alone keeps its count. */

static void
none_if_null(PyObject **p)
{
    if (*p == NULL) {
        Py_INCREF(Py_None);
        *p = Py_None;
    }
}

static void
handled(PyObject **type, PyObject **value, PyObject **tb)
{
    PyErr_GetExcInfo(type, value, tb);
    none_if_null(type);
    none_if_null(value);
    none_if_null(tb);
}

static PyObject *
throw_ok(PyObject *self, PyObject *method)
{
    PyObject *type, *value, *tb, *res;

    handled(&type, &value, &tb);
    res = PyObject_CallFunctionObjArgs(method, type, value, tb, NULL);
    Py_DECREF(type);
    Py_DECREF(value);
    Py_DECREF(tb);
    return res;
}

static PyObject *
throw_leaks(PyObject *self, PyObject *method)
{
    PyObject *type, *value, *tb, *res;

    handled(&type, &value, &tb);
    res = PyObject_CallFunctionObjArgs(method, type, value, tb, NULL);
    Py_DECREF(type);
    Py_DECREF(value);
    return res;                           // want "RC101: 'tb'"
}

static int
list_if_null(PyObject **p)
{
    if (*p == NULL) {
        *p = PyList_New(0);
        if (*p == NULL)
            return -1;
    }
    return 0;
}

static PyObject *
collect_ok(PyObject *self, PyObject *arg)
{
    PyObject *found = NULL;

    if (PyObject_IsTrue(arg) && list_if_null(&found) < 0)
        return NULL;
    if (list_if_null(&found) < 0)
        return NULL;
    return found;
}

static PyObject *
collect_leaks(PyObject *self, PyObject *arg)
{
    PyObject *found = NULL;

    if (list_if_null(&found) < 0)
        return NULL;
    return PyObject_Str(arg);             // want "RC101: 'found'"
}

/* What was there before the call is the caller's as it was. */
static PyObject *
optional_ok(PyObject *self, PyObject *arg)
{
    PyObject *found = NULL;

    if (PyObject_IsTrue(arg)) {
        found = arg;
        Py_INCREF(found);
    }
    if (list_if_null(&found) < 0)
        return NULL;
    Py_DECREF(found);
    Py_RETURN_NONE;
}

static PyObject *
borrowed_bad(PyObject *self, PyObject *arg)
{
    PyObject *found = arg;

    if (list_if_null(&found) < 0)
        return NULL;
    Py_DECREF(found);                     // want "RC201"
    Py_RETURN_NONE;
}

static PyObject *cache;

static PyObject *
cached_ok(PyObject *self, PyObject *noargs)
{
    if (list_if_null(&cache) < 0)
        return NULL;
    Py_INCREF(cache);
    return cache;
}

static PyMethodDef methods[] = {
    {"optional", optional_ok, METH_O, NULL},
    {"borrowed", borrowed_bad, METH_O, NULL},
    {"throw", throw_ok, METH_O, NULL},
    {"throw_leaks", throw_leaks, METH_O, NULL},
    {NULL, NULL, 0, NULL}
};
