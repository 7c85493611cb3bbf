#include <Python.h>

/* PySequence_Fast of a list is the list: code that a conversion runs can shorten it.
   Then the number of items from before the loop is too large, the array has moved, and
   the item at hand is gone. */

static PyObject *
mean_bad(PyObject *self, PyObject *arg)
{
    PyObject *fast = PySequence_Fast(arg, "numbers wanted");
    Py_ssize_t i, n;
    double sum = 0;

    if (fast == NULL)
        return NULL;
    n = PySequence_Fast_GET_SIZE(fast);
    for (i = 0; i < n; i++) {
        double x = PyFloat_AsDouble(PySequence_Fast_GET_ITEM(fast, i)); // want "RC305"

        if (x == -1.0 && PyErr_Occurred()) {
            Py_DECREF(fast);
            return NULL;
        }
        sum += x;
    }
    Py_DECREF(fast);
    return PyFloat_FromDouble(n ? sum / (double)n : 0.0);
}

/* A tuple of its own. */
static PyObject *
mean_ok(PyObject *self, PyObject *arg)
{
    PyObject *tuple = PySequence_Tuple(arg);
    Py_ssize_t i, n;
    double sum = 0;

    if (tuple == NULL)
        return NULL;
    n = PyTuple_GET_SIZE(tuple);
    for (i = 0; i < n; i++) {
        double x = PyFloat_AsDouble(PyTuple_GET_ITEM(tuple, i));

        if (x == -1.0 && PyErr_Occurred()) {
            Py_DECREF(tuple);
            return NULL;
        }
        sum += x;
    }
    Py_DECREF(tuple);
    return PyFloat_FromDouble(n ? sum / (double)n : 0.0);
}

/* The array of items moves with the list. */
static PyObject *
FN_shortest_bad(PyObject *self, PyObject *arg)
{
    PyObject *fast = PySequence_Fast(arg, "sequences wanted"), **items;
    Py_ssize_t i, n, shortest = PY_SSIZE_T_MAX;

    if (fast == NULL)
        return NULL;
    n = PySequence_Fast_GET_SIZE(fast);
    items = PySequence_Fast_ITEMS(fast);
    for (i = 0; i < n; i++) {
        Py_ssize_t length = PyObject_Length(items[i]); // want "RC204"

        if (length < 0) {
            Py_DECREF(fast);
            return NULL;
        }
        if (length < shortest)
            shortest = length;
    }
    Py_DECREF(fast);
    return PyLong_FromSsize_t(shortest);
}

static PyObject *
shortest_ok(PyObject *self, PyObject *arg)
{
    PyObject *fast = PySequence_Fast(arg, "sequences wanted");
    Py_ssize_t i, shortest = PY_SSIZE_T_MAX;

    if (fast == NULL)
        return NULL;
    for (i = 0; i < PySequence_Fast_GET_SIZE(fast); i++) {
        PyObject *item = PySequence_Fast_GET_ITEM(fast, i);
        Py_ssize_t length;

        Py_INCREF(item);
        length = PyObject_Length(item);
        Py_DECREF(item);
        if (length < 0) {
            Py_DECREF(fast);
            return NULL;
        }
        if (length < shortest)
            shortest = length;
    }
    Py_DECREF(fast);
    return PyLong_FromSsize_t(shortest);
}

/* Holding the item does not keep the list as long as it was. */
static PyObject *
names_bad(PyObject *self, PyObject *list)
{
    PyObject *names, *name;
    Py_ssize_t i, n;

    if (!PyList_Check(list))
        Py_RETURN_NONE;
    n = PyList_GET_SIZE(list);
    names = PyList_New(0);
    if (names == NULL)
        return NULL;
    for (i = 0; i < n; i++) {
        PyObject *item = PyList_GET_ITEM(list, i); // want "RC305"

        Py_INCREF(item);
        name = PyObject_Str(item);
        Py_DECREF(item);
        if (name == NULL || PyList_Append(names, name) < 0) {
            Py_XDECREF(name);
            Py_DECREF(names);
            return NULL;
        }
        Py_DECREF(name);
    }
    return names;
}

static PyObject *
names_ok(PyObject *self, PyObject *list)
{
    PyObject *names, *name;
    Py_ssize_t i;

    if (!PyList_Check(list))
        Py_RETURN_NONE;
    names = PyList_New(0);
    if (names == NULL)
        return NULL;
    for (i = 0; i < PyList_GET_SIZE(list); i++) {
        PyObject *item = PyList_GET_ITEM(list, i);

        Py_INCREF(item);
        name = PyObject_Str(item);
        Py_DECREF(item);
        if (name == NULL || PyList_Append(names, name) < 0) {
            Py_XDECREF(name);
            Py_DECREF(names);
            return NULL;
        }
        Py_DECREF(name);
    }
    return names;
}

/* Numbers of a message's header, by PyArg_Parse. */
static PyObject *
header_bad(PyObject *self, PyObject *arg)
{
    PyObject *fast = PySequence_Fast(arg, "a sequence of integers is wanted");
    Py_ssize_t i, n;
    int number, sum = 0;

    if (fast == NULL)
        return NULL;
    n = PySequence_Fast_GET_SIZE(fast);
    for (i = 0; i < n; i++) {
        if (!PyArg_Parse(PySequence_Fast_GET_ITEM(fast, i), "i:header", &number)) { // want "RC305"
            Py_DECREF(fast);
            return NULL;
        }
        sum += number;
    }
    Py_DECREF(fast);
    return PyLong_FromLong(sum);
}

static PyObject *
header_ok(PyObject *self, PyObject *arg)
{
    PyObject *tuple = PySequence_Tuple(arg);
    Py_ssize_t i, n;
    int number, sum = 0;

    if (tuple == NULL)
        return NULL;
    n = PyTuple_GET_SIZE(tuple);
    for (i = 0; i < n; i++) {
        if (!PyArg_Parse(PyTuple_GET_ITEM(tuple, i), "i:header", &number)) {
            Py_DECREF(tuple);
            return NULL;
        }
        sum += number;
    }
    Py_DECREF(tuple);
    return PyLong_FromLong(sum);
}

/* An encoder that calls itself for lists in lists, and a user's function for the rest. */
static int
encode_bad(PyObject *out, PyObject *obj, PyObject *convert)
{
    PyObject *text;
    Py_ssize_t i, n;
    int failed;

    if (PyList_Check(obj)) {
        if (Py_EnterRecursiveCall(" while encoding"))
            return -1;
        failed = 0;
        n = PyList_GET_SIZE(obj);
        for (i = 0; !failed && i < n; i++)
            failed = encode_bad(out, PyList_GET_ITEM(obj, i), convert); // want "RC305"
        Py_LeaveRecursiveCall();
        return failed;
    }
    text = PyObject_CallFunctionObjArgs(convert, obj, NULL);
    if (text == NULL)
        return -1;
    failed = PyList_Append(out, text);
    Py_DECREF(text);
    return failed;
}

static PyObject *
encode_all(PyObject *self, PyObject *args)
{
    PyObject *obj, *convert, *out;

    if (!PyArg_ParseTuple(args, "OO:encode_all", &obj, &convert))
        return NULL;
    out = PyList_New(0);
    if (out != NULL && encode_bad(out, obj, convert) < 0)
        Py_CLEAR(out);
    return out;
}

static int
encode_ok(PyObject *out, PyObject *obj, PyObject *convert)
{
    PyObject *text, *item;
    Py_ssize_t i;
    int failed;

    if (PyList_Check(obj)) {
        if (Py_EnterRecursiveCall(" while encoding"))
            return -1;
        failed = 0;
        for (i = 0; !failed && i < PyList_GET_SIZE(obj); i++) {
            item = PyList_GET_ITEM(obj, i);
            Py_INCREF(item);
            failed = encode_ok(out, item, convert);
            Py_DECREF(item);
        }
        Py_LeaveRecursiveCall();
        return failed;
    }
    text = PyObject_CallFunctionObjArgs(convert, obj, NULL);
    if (text == NULL)
        return -1;
    failed = PyList_Append(out, text);
    Py_DECREF(text);
    return failed;
}

static PyObject *
encode_held(PyObject *self, PyObject *args)
{
    PyObject *obj, *convert, *out;

    if (!PyArg_ParseTuple(args, "OO:encode_held", &obj, &convert))
        return NULL;
    out = PyList_New(0);
    if (out != NULL && encode_ok(out, obj, convert) < 0)
        Py_CLEAR(out);
    return out;
}

/* Until Python 3.11 the allocation of the copy may start a collection. */
static PyObject *
FN_tail_bad(PyObject *self, PyObject *list)
{
    PyObject *copy;
    Py_ssize_t i, n;

    if (!PyList_Check(list))
        Py_RETURN_NONE;
    n = PyList_GET_SIZE(list);
    copy = PyList_New(n);
    if (copy == NULL)
        return NULL;
    for (i = 0; i < n; i++) {
        PyObject *item = PyList_GET_ITEM(list, i);

        Py_INCREF(item);
        PyList_SET_ITEM(copy, i, item);
    }
    return copy;
}

static PyObject *
tail_ok(PyObject *self, PyObject *list)
{
    PyObject *copy;
    Py_ssize_t i;

    if (!PyList_Check(list))
        Py_RETURN_NONE;
    copy = PyList_New(0);
    for (i = 0; copy != NULL && i < PyList_GET_SIZE(list); i++) {
        PyObject *item = PyList_GET_ITEM(list, i);
        int failed;

        Py_INCREF(item);
        failed = PyList_Append(copy, item) < 0;
        Py_DECREF(item);
        if (failed)
            Py_CLEAR(copy);
    }
    return copy;
}

static PyMethodDef sequence_methods[] = {
    {"mean_bad", mean_bad, METH_O, NULL},
    {"mean_ok", mean_ok, METH_O, NULL},
    {"shortest_bad", FN_shortest_bad, METH_O, NULL},
    {"shortest_ok", shortest_ok, METH_O, NULL},
    {"names_bad", names_bad, METH_O, NULL},
    {"names_ok", names_ok, METH_O, NULL},
    {"header_bad", header_bad, METH_O, NULL},
    {"header_ok", header_ok, METH_O, NULL},
    {"tail_bad", FN_tail_bad, METH_O, NULL},
    {"tail_ok", tail_ok, METH_O, NULL},
    {"encode_bad", encode_all, METH_VARARGS, NULL},
    {"encode_ok", encode_held, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL}
};

static struct PyModuleDef sequence_module = {
    PyModuleDef_HEAD_INIT, .m_name = "sequence", .m_size = 0, .m_methods = sequence_methods,
};

PyMODINIT_FUNC
PyInit_sequence(void)
{
    return PyModuleDef_Init(&sequence_module);
}
