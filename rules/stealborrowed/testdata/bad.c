#include <Python.h>

static PyObject *
pair_bad(PyObject *self, PyObject *arg)
{
    PyObject *t = PyTuple_New(1);

    if (t == NULL)
        return NULL;
    PyTuple_SET_ITEM(t, 0, arg); // want "RC403: PyTuple_SET_ITEM takes over 'arg', which this function does not own"
    return t;
}

static PyObject *
copy_bad(PyObject *self, PyObject *src)
{
    Py_ssize_t i, n = PyList_GET_SIZE(src);
    PyObject *dst = PyList_New(n);

    if (dst == NULL)
        return NULL;
    for (i = 0; i < n; i++)
        PyList_SET_ITEM(dst, i, PyList_GET_ITEM(src, i)); // want "RC403"
    return dst;
}

static PyObject *
values_bad(PyObject *self, PyObject *dict)
{
    PyObject *key, *value, *t;
    Py_ssize_t pos = 0, i = 0;

    t = PyTuple_New(PyDict_Size(dict));
    if (t == NULL)
        return NULL;
    while (PyDict_Next(dict, &pos, &key, &value)) {
        PyTuple_SET_ITEM(t, i, value); // want "RC403: 'value'"
        i++;
    }
    return t;
}

static PyObject *
parsed_bad(PyObject *self, PyObject *args)
{
    PyObject *list, *obj;

    if (!PyArg_ParseTuple(args, "OO", &list, &obj))
        return NULL;
    if (PyList_SetItem(list, 0, obj) < 0) // want "RC403: PyList_SetItem takes over 'obj'"
        return NULL;
    Py_RETURN_NONE;
}

/* One reference, two slots. */
static PyObject *
twice_bad(PyObject *self, PyObject *arg)
{
    PyObject *t = PyTuple_New(2), *sep;

    if (t == NULL)
        return NULL;
    sep = PyUnicode_FromFormat("%R", arg);
    if (sep == NULL) {
        Py_DECREF(t);
        return NULL;
    }
    PyTuple_SET_ITEM(t, 0, sep);
    PyTuple_SET_ITEM(t, 1, sep); // want "RC403: PyTuple_SET_ITEM takes over 'sep'"
    return t;
}

static PyTypeObject Spam_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "spam.Spam",
};

static int
add_type_bad(PyObject *m)
{
    if (PyType_Ready(&Spam_Type) < 0)
        return -1;
    if (PyModule_AddObject(m, "Spam", (PyObject *)&Spam_Type) < 0) // want "RC403: PyModule_AddObject takes over"
        return -1;
    return 0;
}

static void
store_first(PyObject *list, PyObject *item)
{
    PyList_SetItem(list, 0, item);
}

static void
helper_bad(PyObject *list, PyObject *tuple)
{
    store_first(list, PyTuple_GET_ITEM(tuple, 0)); // want "RC403: store_first takes over"
}

static PyObject *
FN_raise_bad(PyObject *self, PyObject *exc)
{
    PyErr_Restore((PyObject *)Py_TYPE(exc), NULL, NULL);
    return NULL;
}

static int
cause_bad(PyObject *exc, PyObject *dict)
{
    PyObject *cause = PyDict_GetItemString(dict, "cause");

    if (cause == NULL)
        return 0;
    PyException_SetCause(exc, cause); // want "RC403: PyException_SetCause takes over 'cause'"
    return 0;
}

/* Harmless from 3.12 on. */
static PyObject *
none_bad(PyObject *self, PyObject *noargs)
{
    PyObject *t = PyTuple_New(1);

    if (t == NULL)
        return NULL;
    PyTuple_SET_ITEM(t, 0, Py_None); // want "RC403: PyTuple_SET_ITEM takes over Py_None"
    return t;
}

static PyMethodDef methods[] = {
    {"pair", pair_bad, METH_O, NULL},
    {"copy", copy_bad, METH_O, NULL},
    {"values", values_bad, METH_O, NULL},
    {"parsed", parsed_bad, METH_VARARGS, NULL},
    {"twice", twice_bad, METH_O, NULL},
    {"raise", FN_raise_bad, METH_O, NULL},
    {"none", none_bad, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL}
};
