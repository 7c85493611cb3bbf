#include <Python.h>

struct cursor {
    PyObject *name;
    PyObject *dict;
    Py_ssize_t pos;
};

/* Each turn of the caller's loop makes another name. */
static int
cursor_names_bad(struct cursor *c, PyObject *const *keys, Py_ssize_t n)
{
    Py_ssize_t i;

    c->name = NULL;
    for (i = 0; i < n; i++) {
        c->name = PyObject_Str(keys[i]); // want "RC104: 'c->name'"
        if (c->name == NULL)
            return -1;
    }
    return 0;
}

static PyObject *
call_twice_bad(PyObject *f, PyObject *data)
{
    PyObject *args, *res;

    args = PyTuple_Pack(1, data);
    if (args == NULL)
        return NULL;
    res = PyObject_CallObject(f, args);
    Py_XDECREF(res);
    args = PyTuple_Pack(2, data, data); // want "RC104: 'args'"
    if (args == NULL)
        return NULL;
    res = PyObject_CallObject(f, args);
    Py_DECREF(args);
    return res;
}

/* continue jumps over the release. */
static int
keys_bad(PyObject *it, PyObject *skip)
{
    PyObject *item;
    int n = 0;

    while ((item = PyIter_Next(it)) != NULL) { // want "RC104: 'item'"
        if (item == skip)
            continue;
        n++;
        Py_DECREF(item);
    }
    return n;
}

static int
cursor_names_ok(struct cursor *c, PyObject *const *keys, Py_ssize_t n)
{
    Py_ssize_t i;

    c->name = NULL;
    for (i = 0; i < n; i++) {
        Py_CLEAR(c->name);
        c->name = PyObject_Str(keys[i]);
        if (c->name == NULL)
            return -1;
    }
    return 0;
}
