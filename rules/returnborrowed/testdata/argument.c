#include <Python.h>

/* A helper that returns its argument without a reference on one way out, and new references on others. */

static PyObject *
as_bytes_bad(PyObject *o)
{
    if (PyBytes_Check(o))
        return o; // want "RC301: 'o' is returned without a reference"
    return PyBytes_FromObject(o);
}

static PyObject *
as_bytes_ok(PyObject *o)
{
    if (PyBytes_Check(o))
        return Py_NewRef(o);
    return PyBytes_FromObject(o);
}

/* Its caller can tell: it compares. */
static PyObject *
as_bytes_or_same_ok(PyObject *o)
{
    if (PyBytes_Check(o))
        return o;
    return PyBytes_FromObject(o);
}

/* The argument's reference goes into the result in any case. */
static PyObject *
into_bytes_ok(PyObject *o)
{
    PyObject *made;

    if (PyBytes_Check(o))
        return o;
    made = PyBytes_FromObject(o);
    Py_DECREF(o);
    return made;
}

/* The same, where the argument goes through a local array on its way. */
static PyObject *
call_with_ok(PyObject *function, PyObject *o)
{
    PyObject *made;

    if (PyBytes_Check(o))
        return o;
    PyObject *args[1] = {o};
    made = PyObject_Vectorcall(function, args, 1, NULL);
    Py_DECREF(o);
    return made;
}

static PyObject *
size(PyObject *self, PyObject *arg)
{
    PyObject *a = as_bytes_bad(arg), *b = as_bytes_ok(arg), *c = as_bytes_or_same_ok(arg), *d = into_bytes_ok(Py_NewRef(arg));
    PyObject *e = call_with_ok(self, Py_NewRef(arg));
    long n = 0;

    if (c == Py_None)
        n = 1;
    if (c != arg)
        Py_XDECREF(c);
    Py_XDECREF(a);
    Py_XDECREF(b);
    Py_XDECREF(d);
    Py_XDECREF(e);
    return PyLong_FromLong(n);
}

static PyMethodDef methods[] = {
    {"size", size, METH_O},
    {NULL, NULL},
};
