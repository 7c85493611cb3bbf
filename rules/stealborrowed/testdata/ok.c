#include <Python.h>

static PyObject *
pair_ok(PyObject *self, PyObject *arg)
{
    PyObject *t = PyTuple_New(1);

    if (t == NULL)
        return NULL;
    Py_INCREF(arg);
    PyTuple_SET_ITEM(t, 0, arg);
    return t;
}

/* The reference follows the theft. */
static PyObject *
late_ok(PyObject *self, PyObject *arg)
{
    PyObject *t = PyTuple_New(1);

    if (t == NULL)
        return NULL;
    PyTuple_SET_ITEM(t, 0, arg);
    Py_INCREF(arg);
    return t;
}

static PyObject *
copy_ok(PyObject *self, PyObject *src)
{
    Py_ssize_t i, n = PyList_GET_SIZE(src);
    PyObject *dst = PyList_New(n);

    if (dst == NULL)
        return NULL;
    for (i = 0; i < n; i++) {
        PyObject *item = PyList_GET_ITEM(src, i);
        Py_INCREF(item);
        PyList_SET_ITEM(dst, i, item);
    }
    return dst;
}

static PyObject *
newref_ok(PyObject *self, PyObject *arg)
{
    PyObject *t = PyTuple_New(2);

    if (t == NULL)
        return NULL;
    PyTuple_SET_ITEM(t, 0, Py_NewRef(arg));
    PyTuple_SET_ITEM(t, 1, Py_NewRef(Py_None));
    return t;
}

/* Append adds a reference of its own. */
static int
append_ok(PyObject *list, PyObject *tuple)
{
    return PyList_Append(list, PyTuple_GET_ITEM(tuple, 0));
}

static int
null_ok(PyObject *list)
{
    return PyList_SetItem(list, 0, NULL);
}

/* Taking over its argument is what a helper may do. */
static int
put_ok(PyObject *list, PyObject *item)
{
    return PyList_SetItem(list, 0, item);
}

static int
put_new_ok(PyObject *list)
{
    return put_ok(list, PyLong_FromLong(1));
}

static int
put_borrowed_ok(PyObject *list, PyObject *tuple)
{
    PyObject *item = PyTuple_GET_ITEM(tuple, 0);

    Py_INCREF(item);
    return put_ok(list, item);
}

static PyObject *
moved_ok(PyObject *self, PyObject *arg)
{
    PyObject *list = PyList_New(1), *item = PyObject_Str(arg);

    if (list == NULL || item == NULL) {
        Py_XDECREF(list);
        Py_XDECREF(item);
        return NULL;
    }
    PyList_SET_ITEM(list, 0, item);
    return list;
}

static PyTypeObject Spam_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "spam.Spam",
};

static int
add_type_ok(PyObject *m)
{
    Py_INCREF(&Spam_Type);
    if (PyModule_AddObject(m, "Spam", (PyObject *)&Spam_Type) < 0) {
        Py_DECREF(&Spam_Type);
        return -1;
    }
    return 0;
}

static PyObject *
two_refs_ok(PyObject *arg)
{
    PyObject *t = PyTuple_New(2), *sep;

    if (t == NULL)
        return NULL;
    sep = PyObject_Str(arg);
    if (sep == NULL) {
        Py_DECREF(t);
        return NULL;
    }
    PyTuple_SET_ITEM(t, 0, sep);
    Py_INCREF(sep);
    PyTuple_SET_ITEM(t, 1, sep);
    return t;
}

static void
fetch_restore_ok(void)
{
    PyObject *t, *v, *tb;

    PyErr_Fetch(&t, &v, &tb);
    PyErr_NormalizeException(&t, &v, &tb);
    PyErr_Restore(t, v, tb);
}

static int
cause_ok(PyObject *exc, PyObject *dict)
{
    PyObject *cause = PyDict_GetItemString(dict, "cause");

    Py_XINCREF(cause);
    PyException_SetCause(exc, cause);
    return 0;
}

static PyMethodDef methods[] = {
    {"pair", pair_ok, METH_O, NULL},
    {"late", late_ok, METH_O, NULL},
    {"copy", copy_ok, METH_O, NULL},
    {"newref", newref_ok, METH_O, NULL},
    {"moved", moved_ok, METH_O, NULL},
    {NULL, NULL, 0, NULL}
};
