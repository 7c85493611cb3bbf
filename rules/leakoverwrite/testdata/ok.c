#include <Python.h>

static int
loop_ok(PyObject *seq, Py_ssize_t n)
{
    PyObject *item;
    Py_ssize_t i;

    for (i = 0; i < n; i++) {
        item = PySequence_GetItem(seq, i);
        if (item == NULL)
            return -1;
        if (!PyLong_Check(item)) {
            Py_DECREF(item);
            continue;
        }
        Py_DECREF(item);
    }
    return 0;
}

static PyObject *
swap_ok(PyObject *arg)
{
    PyObject *text, *bytes;

    text = PyObject_Str(arg);
    if (text == NULL)
        return NULL;
    bytes = PyUnicode_AsUTF8String(text);
    Py_DECREF(text);
    text = bytes;
    return text;
}

/* The new value is computed from the old one first. */
static PyObject *
factorial_ok(long n)
{
    PyObject *acc = PyLong_FromLong(1), *f, *next;

    while (acc != NULL && n > 1) {
        f = PyLong_FromLong(n--);
        if (f == NULL) {
            Py_DECREF(acc);
            return NULL;
        }
        next = PyNumber_Multiply(acc, f);
        Py_DECREF(f);
        Py_DECREF(acc);
        acc = next;
    }
    return acc;
}

static PyObject *
setref_ok(PyObject *obj)
{
    PyObject *x = PyObject_Str(obj);

    if (x == NULL)
        return NULL;
    Py_SETREF(x, PyUnicode_AsUTF8String(x));
    return x;
}

static PyObject *
last_ok(PyObject *it)
{
    PyObject *last = NULL, *item;

    while ((item = PyIter_Next(it)) != NULL) {
        Py_XDECREF(last);
        last = item;
    }
    if (PyErr_Occurred())
        Py_CLEAR(last);
    return last;
}

/* Borrowed references may be overwritten at will. */
static Py_ssize_t
borrowed_ok(PyObject *dict)
{
    PyObject *key, *value;
    Py_ssize_t pos = 0, n = 0;

    while (PyDict_Next(dict, &pos, &key, &value)) {
        if (PyUnicode_Check(key))
            n++;
    }
    return n;
}

static PyObject *
failed_ok(PyObject *mod)
{
    PyObject *f = PyObject_GetAttrString(mod, "fast");

    if (f == NULL) {
        PyErr_Clear();
        f = PyObject_GetAttrString(mod, "slow");
    }
    return f;
}

typedef struct {
    PyObject_HEAD
    PyObject *cache;
    PyObject *pair[2];
} Counter;

static int
swap_field_ok(Counter *self, PyObject *value)
{
    PyObject *tmp = self->cache;

    Py_INCREF(value);
    self->cache = value;
    Py_XDECREF(tmp);
    return 0;
}

/* Moving a reference leaves nothing behind. */
static void
rotate_ok(Counter *self)
{
    PyObject *first = self->pair[0];

    self->pair[0] = self->pair[1];
    self->pair[1] = first;
}

static PyObject *
steal_then_reuse_ok(void)
{
    PyObject *t = PyTuple_New(2), *v;

    if (t == NULL)
        return NULL;
    v = PyLong_FromLong(1);
    if (v == NULL)
        goto fail;
    PyTuple_SET_ITEM(t, 0, v);
    v = PyLong_FromLong(2);
    if (v == NULL)
        goto fail;
    PyTuple_SET_ITEM(t, 1, v);
    return t;
fail:
    Py_DECREF(t);
    return NULL;
}

static PyObject *
alias_ok(PyObject *obj)
{
    PyObject *a = PyObject_Str(obj);
    PyObject *b = a;

    a = NULL;
    return b;
}

static void
cleared_ok(PyObject *obj)
{
    PyObject *a = PyObject_Str(obj);

    Py_CLEAR(a);
    a = PyObject_Repr(obj);
    Py_XDECREF(a);
    PyErr_Clear();
}
