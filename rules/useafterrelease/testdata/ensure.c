#include <Python.h>

/* A helper that takes a reference over and returns the same object, or another one in its place. */

static PyObject *
ensure_bytes(PyObject *obj)
{
    PyObject *out = NULL;

    if (obj == NULL)
        return NULL;
    if (PyUnicode_CheckExact(obj)) {
        out = PyUnicode_AsUTF8String(obj);
        Py_DECREF(obj);
    }
    else if (PyBytes_CheckExact(obj))
        out = obj;
    else {
        PyErr_SetString(PyExc_TypeError, "bytes or str expected");
        Py_DECREF(obj);
    }
    return out;
}

static PyObject *
named_bad(PyObject *module, PyObject *name)
{
    const char *text;

    Py_INCREF(name);
    name = ensure_bytes(name);
    if (name == NULL)
        return NULL;
    Py_DECREF(name);
    text = PyBytes_AsString(name); // want "RC203: 'name' \\(new reference from ensure_bytes, line 31\\)"
    if (text == NULL)
        return NULL;
    return PyLong_FromLong(text[0]);
}

static PyObject *
named_ok(PyObject *module, PyObject *name)
{
    const char *text;
    PyObject *out;

    Py_INCREF(name);
    name = ensure_bytes(name);
    if (name == NULL)
        return NULL;
    text = PyBytes_AsString(name);
    out = text == NULL ? NULL : PyLong_FromLong(text[0]);
    Py_DECREF(name);
    return out;
}

/* Whoever calls this keeps the object: the reference is given back at once. */
static PyObject *
compared_ok(PyObject *module, PyObject *name)
{
    PyObject *same;

    Py_INCREF(name);
    same = ensure_bytes(name);
    if (same == NULL)
        return NULL;
    if (same == name) {
        Py_DECREF(same);
        return PyObject_Repr(name);
    }
    return same;
}

static PyObject *
passed_on_ok(PyObject *module, PyObject *arg)
{
    PyObject *name = PyObject_GetAttrString(arg, "name");

    if (name == NULL)
        return NULL;
    return ensure_bytes(name);
}

/* A new reference that only the helper gets. */
static PyObject *
described_ok(PyObject *module, PyObject *arg)
{
    PyObject *out, *text = ensure_bytes(PyObject_CallMethod(arg, "describe", NULL));

    if (text == NULL)
        return NULL;
    out = PyLong_FromSsize_t(PyBytes_Size(text));
    Py_DECREF(text);
    return out;
}

static PyObject *
same(PyObject *obj)
{
    return obj;
}

static PyObject *
always_same_ok(PyObject *module, PyObject *arg)
{
    PyObject *out, *text = same(PyObject_Repr(arg));

    if (text == NULL)
        return NULL;
    out = PyLong_FromSsize_t(PyUnicode_GetLength(text));
    Py_DECREF(text);
    return out;
}

static PyMethodDef methods[] = {
    {"named", named_bad, METH_O, NULL},
    {"named2", named_ok, METH_O, NULL},
    {"compared", compared_ok, METH_O, NULL},
    {"passed_on", passed_on_ok, METH_O, NULL},
    {"described", described_ok, METH_O, NULL},
    {"always_same", always_same_ok, METH_O, NULL},
    {NULL},
};
