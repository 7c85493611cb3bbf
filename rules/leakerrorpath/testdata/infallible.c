#include <Python.h>

/* The tuple is new and has room: the item cannot be refused. */
static PyObject *
pair_ok(PyObject *arg)
{
    PyObject *t = PyTuple_New(1);
    PyObject *text;

    if (t == NULL)
        return NULL;
    text = PyObject_Str(arg);
    if (text == NULL) {
        Py_DECREF(t);
        return NULL;
    }
    if (PyTuple_SetItem(t, 0, text) < 0)
        return NULL;
    return t;
}

static PyObject *
fill_ok(Py_ssize_t n)
{
    PyObject *list = PyList_New(n);

    if (list == NULL)
        return NULL;
    for (Py_ssize_t i = 0; i < n; i++) {
        PyObject *item = PyLong_FromSsize_t(i);
        if (item == NULL) {
            Py_DECREF(list);
            return NULL;
        }
        if (PyList_SetItem(list, i, item)) {
            Py_DECREF(item);
            return NULL;
        }
    }
    return list;
}

static PyObject *
index_bad(PyObject *arg)
{
    PyObject *t = PyTuple_New(1);

    if (t == NULL)
        return NULL;
    if (PyTuple_SetItem(t, 1, Py_NewRef(arg)) < 0)
        return NULL; // want "RC102: 't'"
    return t;
}

/* A tuple that others have seen refuses changes. */
static PyObject *
shared_bad(PyObject *list)
{
    PyObject *t = PyTuple_New(1);

    if (t == NULL)
        return NULL;
    if (PyList_Append(list, t) < 0) {
        Py_DECREF(t);
        return NULL;
    }
    if (PyTuple_SetItem(t, 0, PyLong_FromLong(3000)) < 0)
        return NULL; // want "RC102: 't'"
    return t;
}

/* Objects always have a type. */
static PyObject *
type_ok(PyObject *arg)
{
    PyObject *value = PyNumber_Negative(arg);
    PyObject *type;

    if (value == NULL)
        return NULL;
    type = PyObject_Type(value);
    if (type == NULL)
        return NULL;
    Py_DECREF(value);
    return type;
}

/* The bytes are there. */
static PyObject *
bytes_ok(Py_ssize_t n)
{
    PyObject *str = PyBytes_FromStringAndSize(NULL, n);
    char *s;

    if (str == NULL)
        return NULL;
    s = PyBytes_AS_STRING(str);
    if (s == NULL)
        return NULL;
    memset(s, 0, n);
    return str;
}
