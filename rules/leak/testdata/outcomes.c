#include <Python.h>

/* What a helper hands out goes with its result, or with a flag whose address it is given. */

/* 0 and NULL if o is no number; otherwise 1, and a new reference or NULL with an exception */
static int
negative(PyObject *o, PyObject **out)
{
    *out = PyLong_Check(o) ? PyNumber_Negative(o) : NULL;
    return *out != NULL || PyErr_Occurred() != NULL;
}

static PyObject *
negative_ok(PyObject *self, PyObject *arg)
{
    PyObject *x;

    if (negative(arg, &x))
        return x;
    Py_RETURN_NONE;
}

static PyObject *
negative_bad(PyObject *self, PyObject *arg)
{
    PyObject *x;

    if (negative(arg, &x)) {
        if (x == NULL)
            return NULL;
        Py_RETURN_TRUE; // want "RC101: 'x'"
    }
    Py_RETURN_NONE;
}

/* NULL and *unfit, without an exception, if o is no number */
static PyObject *
negative_if_fit(PyObject *o, int *unfit)
{
    if (!PyLong_Check(o)) {
        *unfit = 1;
        return NULL;
    }
    return PyNumber_Negative(o);
}

static PyObject *
fit_ok(PyObject *self, PyObject *arg)
{
    int unfit = 0;
    PyObject *x = negative_if_fit(arg, &unfit);

    if (!unfit)
        return x;
    Py_RETURN_NONE;
}

/* tells the kind of o whatever the outcome */
static PyObject *
negative_and_kind(PyObject *o, int *number)
{
    *number = PyLong_Check(o);
    return PyNumber_Negative(o);
}

static PyObject *
kind_bad(PyObject *self, PyObject *arg)
{
    int number = 0;
    PyObject *x = negative_and_kind(arg, &number);

    if (!number)
        return x;
    Py_RETURN_NONE; // want "RC101: 'x'"
}

static PyMethodDef methods[] = {
    {"negative_ok", negative_ok, METH_O},
    {"negative_bad", negative_bad, METH_O},
    {"fit_ok", fit_ok, METH_O},
    {"kind_bad", kind_bad, METH_O},
    {NULL, NULL},
};
