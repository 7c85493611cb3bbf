#include <Python.h>

static PyObject *Missing;

/* Only NULL is a miss. */
static int
is_miss(PyObject *x)
{
    if (x == NULL && PyErr_ExceptionMatches(Missing)) {
        PyErr_Clear();
        return 1;
    }
    return 0;
}

static PyObject *
get_ok(PyObject *self, PyObject *arg)
{
    PyObject *x = PyObject_GetItem(self, arg);

    if (is_miss(x))
        Py_RETURN_NONE;
    return x;
}

/* Empty strings are misses too. */
static int
is_empty(PyObject *x)
{
    if (x == NULL)
        return 1;
    return PyUnicode_Check(x) && PyUnicode_GetLength(x) == 0;
}

static PyObject *
get_bad(PyObject *self, PyObject *arg)
{
    PyObject *x = PyObject_Str(arg);

    if (is_empty(x))
        Py_RETURN_NONE; // want "RC101: 'x'"
    return x;
}

static int
accept(PyObject *x)
{
    if (x == NULL)
        return 0;
    return PyUnicode_Check(x);
}

/* What was not accepted may be there. */
static PyObject *
accept_bad(PyObject *self, PyObject *arg)
{
    PyObject *x = PyObject_Str(arg);

    if (!accept(x))
        Py_RETURN_NONE; // want "RC101: 'x'"
    return x;
}

/* What was accepted is. */
static PyObject *
accept_ok(PyObject *self, PyObject *arg)
{
    PyObject *x = PyObject_Str(arg), *y = NULL;

    if (accept(x))
        y = PyObject_Repr(x);
    if (x != NULL)
        Py_DECREF(x);
    return y;
}

/* Whether the pool takes the object over is not known. */
extern int pool_add(PyObject *obj);

static PyObject *
pooled(const char *text)
{
    PyObject *x = PyUnicode_FromString(text);

    if (x == NULL)
        return NULL;
    if (pool_add(x) < 0) {
        Py_DECREF(x);
        return NULL;
    }
    return x;
}

static PyObject *
pooled_ok(PyObject *self, PyObject *arg)
{
    PyObject *x = pooled("name");

    if (x == NULL)
        return NULL;
    return PyLong_FromSsize_t(PyUnicode_GetLength(x));
}

static PyObject *
unpooled(const char *text)
{
    return PyUnicode_FromString(text);
}

static PyObject *
unpooled_bad(PyObject *self, PyObject *arg)
{
    PyObject *x = unpooled("name");

    if (x == NULL)
        return NULL;
    return PyLong_FromSsize_t(PyUnicode_GetLength(x)); // want "RC101: 'x'"
}

static int
pooled_out(const char *text, PyObject **out)
{
    *out = NULL;
    PyObject *x = PyUnicode_FromString(text);
    if (x == NULL)
        return -1;
    if (pool_add(x) < 0) {
        Py_DECREF(x);
        return -1;
    }
    *out = x;
    return 0;
}

static PyObject *
pooled_out_ok(PyObject *self, PyObject *arg)
{
    PyObject *x;

    if (pooled_out("name", &x) < 0)
        return NULL;
    return PyLong_FromSsize_t(PyUnicode_GetLength(x));
}
