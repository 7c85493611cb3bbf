#include <Python.h>

static int
list_bad(PyObject *list, Py_ssize_t i)
{
    PyObject *item = PyLong_FromSsize_t(i);

    if (item == NULL)
        return -1;
    if (PyList_SetItem(list, i, item) < 0) { // note "steal: PyList_SetItem"
        Py_DECREF(item); // want "RC401: 'item' .* is released although PyList_SetItem took it over at line 10; it does so also when it fails"
        return -1;
    }
    return 0;
}

static PyObject *
tuple_bad(PyObject *arg)
{
    PyObject *t = PyTuple_New(1), *text;

    if (t == NULL)
        return NULL;
    text = PyObject_Str(arg);
    if (text == NULL) {
        Py_DECREF(t);
        return NULL;
    }
    PyTuple_SET_ITEM(t, 0, text);
    Py_DECREF(text); // want "RC401: 'text' .* PyTuple_SET_ITEM took it over"
    return t;
}

static PyObject *
build_bad(PyObject *arg)
{
    PyObject *text = PyObject_Str(arg), *res;

    if (text == NULL)
        return NULL;
    res = Py_BuildValue("(Ni)", text, 1);
    Py_DECREF(text); // want "RC401: 'text' .* Py_BuildValue took it over"
    return res;
}

/* The label releases what the tuple has already. */
static PyObject *
label_bad(PyObject *arg)
{
    PyObject *t = NULL, *a = NULL, *b = NULL;

    t = PyTuple_New(2);
    if (t == NULL)
        goto error;
    a = PyObject_Str(arg);
    if (a == NULL)
        goto error;
    PyTuple_SET_ITEM(t, 0, a);
    b = PyObject_Repr(arg);
    if (b == NULL)
        goto error;
    PyTuple_SET_ITEM(t, 1, b);
    return t;
error:
    Py_XDECREF(a); // want "RC401: 'a'"
    Py_XDECREF(t);
    return NULL;
}

static int
added_bad(PyObject *mod)
{
    PyObject *dict = PyDict_New();

    if (dict == NULL)
        return -1;
    if (PyModule_AddObject(mod, "registry", dict) < 0) {
        Py_DECREF(dict);
        return -1;
    }
    Py_DECREF(dict); // want "RC401: 'dict' .* PyModule_AddObject took it over"
    return 0;
}

static PyObject *
restore_bad(PyObject *callable)
{
    PyObject *t, *v, *tb;

    PyErr_Fetch(&t, &v, &tb);
    PyErr_Restore(t, v, tb);
    Py_XDECREF(v); // want "RC401: 'v' .* PyErr_Restore took it over"
    return NULL;
}

static int
take(PyObject *list, PyObject *item)
{
    return PyList_SetItem(list, 0, item);
}

static int
helper_bad(PyObject *list, PyObject *arg)
{
    PyObject *text = PyObject_Str(arg);
    int rc;

    if (text == NULL)
        return -1;
    rc = take(list, text);
    Py_DECREF(text); // want "RC401: 'text' .* take took it over"
    return rc;
}

static int
cause_bad(PyObject *exc, PyObject *arg)
{
    PyObject *cause = PyObject_Str(arg);

    if (cause == NULL)
        return -1;
    PyException_SetCause(exc, cause);
    Py_DECREF(cause); // want "RC401: 'cause'"
    return 0;
}

static PyObject *
call_bad(PyObject *callable, PyObject *arg)
{
    PyObject *text = PyObject_Str(arg), *res;

    if (text == NULL)
        return NULL;
    res = PyObject_CallFunction(callable, "N", text);
    if (res == NULL) {
        Py_DECREF(text); // want "RC401: 'text'"
        return NULL;
    }
    return res;
}

static void
drop(PyObject *obj)
{
    Py_DECREF(obj);
}

/* The helper has released it. */
static int
drop_bad(PyObject *arg)
{
    PyObject *num = PyNumber_Long(arg);

    if (num == NULL)
        return -1;
    drop(num);
    Py_DECREF(num); // want "RC401: 'num' .* drop took it over"
    return 0;
}

/* NumPy's own name for PyArray_NewFromDescr with a base. */
static PyObject *
array_bad(int n, npy_intp *dims, PyObject *base)
{
    PyArray_Descr *descr = PyArray_DescrFromType(NPY_DOUBLE);
    PyObject *array;

    if (descr == NULL)
        return NULL;
    array = PyArray_NewFromDescrAndBase(&PyArray_Type, descr, n, dims, NULL, NULL, 0, NULL, base);
    if (array == NULL) {
        Py_DECREF(descr); // want "RC401: 'descr' .* took it over at line 170; it does so also when it fails"
        return NULL;
    }
    return array;
}
