#include <Python.h>

PyObject *unknown(PyObject *x);

static PyObject *
line_ok(PyObject *self, PyObject *arg)
{
    PyObject *x = PyList_New(0);
    if (x == NULL)
        return NULL;
    return PyLong_FromLong(1); /* refcheck: ignore[RC101] kept by the other side */
}

static PyObject *
line_above_ok(PyObject *self, PyObject *arg)
{
    PyObject *x = PyList_New(0);
    if (x == NULL)
        return NULL;
    // refcheck: ignore[RC1] the reason is too long for the
    // line that it is about
    return PyLong_FromLong(1);
}

static PyObject *
last_line_of_statement_ok(PyObject *self, PyObject *arg)
{
    PyObject *x = PyList_New(0);
    if (x == NULL)
        return NULL;
    return PyLong_FromLong(
        1); /* refcheck: ignore[RC101] kept by the other side */
}

/*
 * refcheck: ignore[RC101] whatever
 * this function does
 */
static PyObject *
function_ok(PyObject *self, PyObject *arg)
{
    PyObject *x = PyList_New(0);
    if (x == NULL)
        return NULL;
    return PyLong_FromLong(1);
}

static PyObject * /* refcheck: ignore[RC101] in the signature */
signature_ok(PyObject *self, PyObject *arg)
{
    PyObject *x = PyList_New(0);
    if (x == NULL)
        return NULL;
    return PyLong_FromLong(1);
}

/* A finding that is too uncertain to be shown is there all the same. */
static PyObject *
uncertain_ok(PyObject *self, PyObject *arg)
{
    PyObject *x = PyList_New(0);
    if (x == NULL)
        return NULL;
    unknown(x);
    return PyLong_FromLong(1); /* refcheck: ignore[RC101] unknown() takes it */
}

#ifdef _WIN32
static PyObject *
other_platform_ok(PyObject *self, PyObject *arg)
{
    return PyLong_FromLong(1); /* refcheck: ignore[RC101] cannot be judged */
}
#endif
