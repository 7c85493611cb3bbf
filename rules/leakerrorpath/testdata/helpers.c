#include <Python.h>

/* Helpers that take over an argument, but not on every way out. */

typedef struct {
    PyObject_HEAD
    PyObject *limit;
    PyObject *kind;
    int strict;
} Checker;

static PyObject *
quote_bad(Checker *self, PyObject *text, PyObject *value)
{
    PyObject *quoted;
    int big;

    big = PyObject_RichCompareBool(value, self->limit, Py_GE);
    if (big < 0)
        return NULL; // want "RC102: 'text' is not released when PyObject_RichCompareBool fails, although it is taken over at line 24"
    if (!big)
        return text;
    quoted = PyUnicode_FromFormat("\"%U\"", text);
    Py_DECREF(text);
    return quoted;
}

static PyObject *
quote_ok(Checker *self, PyObject *text, PyObject *value)
{
    PyObject *quoted;
    int big;

    big = PyObject_RichCompareBool(value, self->limit, Py_GE);
    if (big < 0) {
        Py_DECREF(text);
        return NULL;
    }
    if (!big)
        return text;
    quoted = PyUnicode_FromFormat("\"%U\"", text);
    Py_DECREF(text);
    return quoted;
}

static PyObject *
encode(PyObject *self, PyObject *value)
{
    PyObject *text = PyObject_Str(value);

    if (text == NULL)
        return NULL;
    text = quote_bad((Checker *)self, text, value);
    if (text == NULL)
        return NULL;
    return quote_ok((Checker *)self, text, value);
}

/* A constructor that steals, but forgets to when the arguments are wrong. */
static PyObject *
new_pair_bad(PyObject *first, PyObject *second, Py_ssize_t n)
{
    PyObject *t;

    if (n < 2) {
        PyErr_SetString(PyExc_ValueError, "too short");
        return NULL; // want "RC102: 'first'"
    }
    t = PyTuple_New(n);
    if (t == NULL) {
        Py_DECREF(first);
        return NULL;
    }
    PyTuple_SET_ITEM(t, 0, first);
    PyTuple_SET_ITEM(t, 1, Py_NewRef(second));
    return t;
}

/* Taken over on success only: callers release it when the call fails. */
static PyObject *
wrap_ok(PyObject *item)
{
    PyObject *t = PyTuple_New(1);

    if (t == NULL)
        return NULL;
    PyTuple_SET_ITEM(t, 0, item);
    return t;
}

/* A flag says whose the reference is. */
static int
push_ok(PyObject *list, PyObject *item, int steal)
{
    int r = PyList_Append(list, item);

    if (steal)
        Py_DECREF(item);
    return r;
}

/* A field that nobody changes meanwhile says so. */
static int
store_ok(Checker *self, PyObject *list, PyObject *item)
{
    int r = PyList_Append(list, item);

    if (self->strict)
        Py_DECREF(item);
    return r;
}

/* The result says it. */
static int
take_ok(PyObject *dict, PyObject *item)
{
    int known = PyDict_Contains(dict, item);

    if (known < 0)
        return -1;
    if (known)
        return 0;
    Py_DECREF(item);
    return 1;
}

/* Released unless it is a constant that needs no release. */
static int
drop_ok(PyObject *item)
{
    if (item == Py_None)
        return 0;
    Py_DECREF(item);
    return 0;
}

/* The pointer that is returned says whether there is something to release. */
static const char *
borrow_text(PyObject *value, PyObject **owner)
{
    *owner = PyUnicode_AsUTF8String(value);
    if (*owner == NULL)
        return NULL;
    return PyBytes_AS_STRING(*owner);
}

static PyObject *
text_size_ok(PyObject *self, PyObject *value)
{
    PyObject *owner, *n;
    const char *s = borrow_text(value, &owner);

    if (s == NULL)
        return NULL;
    n = PyLong_FromSize_t(strlen(s));
    Py_DECREF(owner);
    return n;
}

static PyObject *
text_size_bad(PyObject *self, PyObject *value)
{
    PyObject *owner, *n;
    const char *s = borrow_text(value, &owner);

    if (s == NULL)
        return NULL;
    n = PyLong_FromSize_t(strlen(s));
    if (n == NULL)
        return NULL; // want "RC102: 'owner'"
    Py_DECREF(owner);
    return n;
}
