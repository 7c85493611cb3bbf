#include <Python.h>

static int
list_ok(PyObject *list, Py_ssize_t i)
{
    PyObject *item = PyLong_FromSsize_t(i);

    if (item == NULL)
        return -1;
    return PyList_SetItem(list, i, item);
}

/* One reference for the tuple, one for us. */
static PyObject *
both_ok(PyObject *arg)
{
    PyObject *t = PyTuple_New(1), *text;

    if (t == NULL)
        return NULL;
    text = PyObject_Str(arg);
    if (text == NULL) {
        Py_DECREF(t);
        return NULL;
    }
    Py_INCREF(text);
    PyTuple_SET_ITEM(t, 0, text);
    Py_DECREF(text);
    return t;
}

static PyObject *
build_ok(PyObject *arg)
{
    PyObject *text = PyObject_Str(arg), *res;

    if (text == NULL)
        return NULL;
    res = Py_BuildValue("(Oi)", text, 1);
    Py_DECREF(text);
    return res;
}

/* Set to NULL where it is given away. */
static PyObject *
label_ok(PyObject *arg)
{
    PyObject *t = NULL, *a = NULL, *b = NULL;

    t = PyTuple_New(2);
    if (t == NULL)
        goto error;
    a = PyObject_Str(arg);
    if (a == NULL)
        goto error;
    PyTuple_SET_ITEM(t, 0, a);
    a = NULL;
    b = PyObject_Repr(arg);
    if (b == NULL)
        goto error;
    PyTuple_SET_ITEM(t, 1, b);
    return t;
error:
    Py_XDECREF(a);
    Py_XDECREF(t);
    return NULL;
}

/* This one takes its argument only on success. */
static int
added_ok(PyObject *mod)
{
    PyObject *dict = PyDict_New();

    if (dict == NULL)
        return -1;
    if (PyModule_AddObject(mod, "registry", dict) < 0) {
        Py_DECREF(dict);
        return -1;
    }
    return 0;
}

static int
added_ref_ok(PyObject *mod)
{
    PyObject *dict = PyDict_New();
    int rc;

    if (dict == NULL)
        return -1;
    rc = PyModule_AddObjectRef(mod, "registry", dict);
    Py_DECREF(dict);
    return rc;
}

static int
append_ok(PyObject *list, PyObject *arg)
{
    PyObject *text = PyObject_Str(arg);
    int rc;

    if (text == NULL)
        return -1;
    rc = PyList_Append(list, text);
    Py_DECREF(text);
    return rc;
}

static PyObject *
pack_ok(PyObject *arg)
{
    PyObject *text = PyObject_Str(arg), *t;

    if (text == NULL)
        return NULL;
    t = PyTuple_Pack(2, text, text);
    Py_DECREF(text);
    return t;
}

static PyObject *
loop_ok(Py_ssize_t n)
{
    PyObject *list = PyList_New(n), *item;
    Py_ssize_t i;

    if (list == NULL)
        return NULL;
    for (i = 0; i < n; i++) {
        item = PyLong_FromSsize_t(i);
        if (item == NULL)
            goto fail;
        PyList_SET_ITEM(list, i, item);
    }
    return list;
fail:
    Py_XDECREF(item);
    Py_DECREF(list);
    return NULL;
}

static void
restore_ok(PyObject *callable)
{
    PyObject *t, *v, *tb;

    PyErr_Fetch(&t, &v, &tb);
    if (t == NULL) {
        Py_XDECREF(v);
        Py_XDECREF(tb);
        return;
    }
    PyErr_Restore(t, v, tb);
}

static int
context_ok(PyObject *exc, PyObject *tb)
{
    PyObject *copy = PyObject_Repr(tb);
    int rc;

    if (copy == NULL)
        return -1;
    rc = PyException_SetTraceback(exc, tb);
    Py_DECREF(copy);
    return rc;
}

static int
take_sometimes(PyObject *list, PyObject *item)
{
    if (PyList_Append(list, item) < 0)
        return -1;
    Py_DECREF(item);
    return 0;
}

static int
helper_ok(PyObject *list, PyObject *arg)
{
    PyObject *text = PyObject_Str(arg);

    if (text == NULL)
        return -1;
    if (take_sometimes(list, text) < 0) {
        Py_DECREF(text);
        return -1;
    }
    return 0;
}

/* 0 is success, and nothing else is. */
static int
nonzero_ok(PyObject *m)
{
    PyObject *names = PyList_New(0);

    if (names == NULL)
        goto error;
    if (PyModule_AddObject(m, "names", names) != 0)
        goto error;
    return 0;
error:
    Py_XDECREF(names);
    return -1;
}

/* A format of a single N hands its argument back and cannot fail. */
static PyObject *
FP_single_unit_ok(PyObject *num)
{
    PyObject *r = PyNumber_Long(num), *out;

    if (r == NULL)
        return NULL;
    out = Py_BuildValue("N", r);
    if (out == NULL) {
        Py_DECREF(r); // want "RC401: 'r'"
        return NULL;
    }
    return out;
}

static PyObject *
array_ok(int n, npy_intp *dims, PyObject *base)
{
    PyArray_Descr *descr = PyArray_DescrFromType(NPY_DOUBLE);
    PyObject *array;

    if (descr == NULL)
        return NULL;
    array = PyArray_NewFromDescrAndBase(&PyArray_Type, descr, n, dims, NULL, NULL, 0, NULL, base);
    if (array == NULL)
        return NULL;
    return array;
}
