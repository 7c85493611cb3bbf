#include <Python.h>

static PyObject *
clear_ok(PyObject *self, PyObject *obj)
{
    PyObject *attr, *result = NULL;

    attr = PyObject_GetAttrString(obj, "data");
    if (attr == NULL)
        return NULL;
    if (!PyTuple_Check(attr)) {
        Py_CLEAR(attr);
        PyErr_SetString(PyExc_TypeError, "data must be a tuple");
        goto done;
    }
    result = PyObject_Repr(attr);
done:
    Py_XDECREF(attr);
    return result;
}

static PyObject *
null_ok(PyObject *self, PyObject *obj)
{
    PyObject *a = PyObject_Str(obj), *b = NULL;

    if (a == NULL)
        goto error;
    b = PyUnicode_AsUTF8String(a);
    Py_DECREF(a);
    a = NULL;
    if (b == NULL)
        goto error;
    return b;
error:
    Py_XDECREF(a);
    Py_XDECREF(b);
    return NULL;
}

/* Two references, two releases. */
static int
twice_ok(PyObject *obj)
{
    PyObject *a = PyObject_Str(obj);

    if (a == NULL)
        return -1;
    Py_INCREF(a);
    Py_DECREF(a);
    Py_DECREF(a);
    return 0;
}

static int
both_ways_ok(PyObject *obj, int flag)
{
    PyObject *a = PyObject_Str(obj);

    if (a == NULL)
        return -1;
    if (flag) {
        Py_DECREF(a);
    }
    if (!flag) {
        Py_DECREF(a);
    }
    return 0;
}

static int
loop_ok(PyObject *it)
{
    PyObject *item;

    while ((item = PyIter_Next(it)) != NULL) {
        if (!PyLong_Check(item)) {
            Py_DECREF(item);
            return -1;
        }
        Py_DECREF(item);
    }
    return PyErr_Occurred() ? -1 : 0;
}

/* The name is used for another object. */
static PyObject *
reused_ok(PyObject *obj)
{
    PyObject *tmp;

    tmp = PyObject_Str(obj);
    if (tmp == NULL)
        return NULL;
    Py_DECREF(tmp);
    tmp = PyObject_Repr(obj);
    if (tmp == NULL)
        return NULL;
    Py_DECREF(tmp);
    Py_RETURN_NONE;
}

static int
array_ok(PyObject *seq)
{
    PyObject *v[3] = {NULL, NULL, NULL};
    int i, rc = -1;

    for (i = 0; i < 3; i++) {
        v[i] = PySequence_GetItem(seq, i);
        if (v[i] == NULL)
            goto done;
    }
    rc = 0;
done:
    for (i = 0; i < 3; i++)
        Py_XDECREF(v[i]);
    return rc;
}

/* The same object may come back with another reference. */
static PyObject *
identity_ok(PyObject *obj)
{
    PyObject *a = PyObject_Str(obj), *b;

    if (a == NULL)
        return NULL;
    b = PyObject_Str(a);
    Py_DECREF(a);
    if (b == NULL)
        return NULL;
    Py_DECREF(b);
    Py_RETURN_NONE;
}

static int
resized_ok(Py_ssize_t n)
{
    PyObject *t = PyTuple_New(1);

    if (t == NULL)
        return -1;
    if (_PyTuple_Resize(&t, n) < 0) {
        Py_XDECREF(t);
        return -1;
    }
    Py_DECREF(t);
    return 0;
}

static int
correlated_ok(PyObject *obj, int n)
{
    PyObject *a = NULL;
    int have = 0, rc = -1;

    if (n > 3) {
        a = PyObject_Str(obj);
        if (a == NULL)
            return -1;
        have = 1;
    }
    if (n > 100) {
        Py_DECREF(a);
        have = 0;
        goto out;
    }
    rc = 0;
out:
    if (have)
        Py_DECREF(a);
    return rc;
}

static PyObject *
newref_ok(PyObject *obj)
{
    PyObject *a = PyObject_Str(obj), *b;

    if (a == NULL)
        return NULL;
    b = Py_NewRef(a);
    Py_DECREF(a);
    Py_DECREF(b);
    Py_RETURN_NONE;
}

static void
concat_ok(PyObject *right)
{
    PyObject *left = PyBytes_FromString("x");

    PyBytes_Concat(&left, right);
    Py_XDECREF(left);
    if (left == NULL)
        PyErr_Clear();
}

#include <graphlib.h>

/* GRAPH_ERROR comes from a header that is not there; by its name, it returns. */
static int
fill_or_fail_ok(PyObject *dict, PyObject *items)
{
    PyObject *copy = PyDict_New();
    Py_ssize_t i;

    if (copy == NULL)
        return -1;
    for (i = 0; i < PyList_GET_SIZE(items); i++) {
        if (PyDict_SetItem(copy, PyList_GET_ITEM(items, i), Py_None) < 0) {
            Py_DECREF(copy);
            GRAPH_ERROR("cannot copy", GRAPH_FAILURE);
        }
    }
    if (PyDict_Update(dict, copy) < 0) {
        Py_DECREF(copy);
        return -1;
    }
    Py_DECREF(copy);
    return 0;
}
