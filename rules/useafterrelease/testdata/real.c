#include <Python.h>
#include <windows.h>

/* What was interned belongs to others too. */
static PyObject *
interned_ok(PyObject *self, PyObject *state)
{
    PyObject *copy, *key, *value;
    Py_ssize_t pos = 0;

    copy = PyDict_New();
    if (copy == NULL)
        return NULL;
    while (PyDict_Next(state, &pos, &key, &value)) {
        if (PyUnicode_CheckExact(key)) {
            Py_INCREF(key);
            PyUnicode_InternInPlace(&key);
            Py_DECREF(key);
        }
        if (PyDict_SetItem(copy, key, value) < 0) {
            Py_DECREF(copy);
            return NULL;
        }
    }
    return copy;
}

/* The list this function made still has the pair. */
static PyObject *
pairs_ok(PyObject *self, PyObject *mapping)
{
    PyObject *items, *item, *key, *copy;
    Py_ssize_t i, n;

    copy = PySet_New(NULL);
    if (copy == NULL)
        return NULL;
    items = PyMapping_Items(mapping);
    if (items == NULL) {
        Py_DECREF(copy);
        return NULL;
    }
    n = PyList_GET_SIZE(items);
    for (i = 0; i < n; i++) {
        item = PySequence_GetItem(items, i);
        if (item == NULL)
            goto error;
        key = PyTuple_GetItem(item, 0);
        Py_DECREF(item);
        if (key == NULL || PySet_Add(copy, key) < 0)
            goto error;
    }
    Py_DECREF(items);
    return copy;
error:
    Py_DECREF(items);
    Py_DECREF(copy);
    return NULL;
}

typedef struct {
    PyObject *current;
    PyObject *last;
} steps;

static void
steps_free(steps *s)
{
    Py_XDECREF(s->current);
    Py_XDECREF(s->last);
    PyMem_Free(s);
}

/* s->last owns the same object. */
static Py_ssize_t
steps_end_ok(steps *s)
{
    PyObject *current = s->current;

    if (current == NULL || current != s->last)
        return 0;
    Py_DECREF(s->current);
    s->current = NULL;
    return PyObject_Size(current);
}

static PyObject *
flag_ok(PyObject *self, PyObject *item)
{
    PyObject *list = PyList_New(0);
    BOOLEAN failed = FALSE;

    if (list == NULL)
        return NULL;
    if (PyList_Append(list, item) < 0) {
        Py_DECREF(list);
        failed = TRUE;
    }
    if (failed == TRUE)
        return NULL;
    return list;
}

static PyMethodDef methods[] = {
    {"interned", interned_ok, METH_O, NULL},
    {"pairs", pairs_ok, METH_O, NULL},
    {"flag", flag_ok, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

/* The empty bytes object is a singleton that never goes away. */
static Py_ssize_t
FP_empty_bytes_ok(void)
{
    PyObject *empty = PyBytes_FromStringAndSize(NULL, 0);

    if (empty == NULL)
        return -1;
    Py_DECREF(empty);
    return PyObject_Length(empty); // want "RC203: 'empty'"
}
