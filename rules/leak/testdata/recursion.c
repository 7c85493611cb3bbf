#include <Python.h>

/* Functions that call themselves and each other: what they do to their
   arguments follows from the paths that end without a call. */

typedef struct node {
    PyObject *symbol;
    struct node *child[2];
} node;

/* Makes a tuple for each child, and forgets it when the child is done. */
static int
fill_bad(node *nd, PyObject *dict, PyObject *prefix)
{
    PyObject *t;

    if (nd == NULL)
        return 0;
    if (nd->symbol)
        return PyDict_SetItem(dict, nd->symbol, prefix);
    for (int k = 0; k < 2; k++) {
        t = Py_BuildValue("(Oi)", prefix, k);
        if (t == NULL)
            return -1;
        if (fill_bad(nd->child[k], dict, t) < 0)
            return -1;
    }
    return 0; // want "RC101: 't'"
}

static int
fill_ok(node *nd, PyObject *dict, PyObject *prefix)
{
    PyObject *t;
    int r;

    if (nd == NULL)
        return 0;
    if (nd->symbol)
        return PyDict_SetItem(dict, nd->symbol, prefix);
    for (int k = 0; k < 2; k++) {
        t = Py_BuildValue("(Oi)", prefix, k);
        if (t == NULL)
            return -1;
        r = fill_ok(nd->child[k], dict, t);
        Py_DECREF(t);
        if (r < 0)
            return -1;
    }
    return 0;
}

static PyObject *even(const char **p);

static PyObject *
odd(const char **p)
{
    PyObject *list, *x;

    if (**p == 0)
        return PyLong_FromLong(1);
    (*p)++;
    list = PyList_New(0);
    if (list == NULL)
        return NULL;
    x = even(p);
    if (x == NULL || PyList_Append(list, x) < 0) {
        Py_XDECREF(x);
        Py_DECREF(list);
        return NULL;
    }
    Py_DECREF(x);
    return list;
}

static PyObject *
even(const char **p)
{
    if (**p == 0)
        return PyLong_FromLong(0);
    (*p)++;
    return odd(p);
}

static PyObject *
parse_bad(PyObject *self, PyObject *arg)
{
    const char *s = PyUnicode_AsUTF8(arg);
    PyObject *x;

    if (s == NULL)
        return NULL;
    x = even(&s);
    if (x == NULL)
        return NULL;
    return PySequence_List(x); // want "RC101: 'x' \\(new reference from even, line 93\\)"
}

static PyObject *
parse_ok(PyObject *self, PyObject *arg)
{
    const char *s = PyUnicode_AsUTF8(arg);

    if (s == NULL)
        return NULL;
    return even(&s);
}

/* Takes over its argument, also through itself. */
static int
drop_all(PyObject *list, Py_ssize_t n)
{
    PyObject *rest;

    if (n == 0) {
        Py_DECREF(list);
        return 0;
    }
    rest = PyList_GetSlice(list, 1, n);
    Py_DECREF(list);
    if (rest == NULL)
        return -1;
    return drop_all(rest, n - 1);
}

static PyObject *
consume_ok(PyObject *self, PyObject *arg)
{
    PyObject *list = PySequence_List(arg);

    if (list == NULL)
        return NULL;
    if (drop_all(list, PyList_GET_SIZE(list)) < 0)
        return NULL;
    Py_RETURN_NONE;
}

/* A slot reached by an offset: its setter releases what was there, so it takes
   over what it is given. */
static void
set_at(PyObject *obj, Py_ssize_t offset, PyObject *value)
{
    char *addr = (char *)obj + offset;
    PyObject *old = *(PyObject **)addr;

    Py_XDECREF(old);
    *(PyObject **)addr = value;
}

static PyObject *
init_slot_bad(PyObject *self, PyObject *arg)
{
    PyObject *v = PyObject_Str(arg);

    if (v == NULL)
        return NULL;
    Py_INCREF(v);
    set_at(self, 16, v);
    Py_RETURN_NONE; // want "RC101: 'v'"
}

static PyObject *
init_slot_ok(PyObject *self, PyObject *arg)
{
    PyObject *v = PyObject_Str(arg);

    if (v == NULL)
        return NULL;
    set_at(self, 16, v);
    Py_RETURN_NONE;
}
