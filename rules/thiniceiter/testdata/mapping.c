#include <Python.h>

/* items() and values() of an object that is no dict may be a list that others have. */

static PyObject *
flatten_bad(PyObject *self, PyObject *mapping)
{
    PyObject *items = PyMapping_Items(mapping), *out, *text;
    Py_ssize_t i;

    if (items == NULL)
        return NULL;
    out = PyList_New(0);
    if (out == NULL) {
        Py_DECREF(items);
        return NULL;
    }
    for (i = 0; i < PyList_GET_SIZE(items); i++) {
        PyObject *pair = PyList_GET_ITEM(items, i);

        if (!PyTuple_Check(pair) || PyTuple_GET_SIZE(pair) != 2)
            continue;
        text = PyObject_Str(PyTuple_GET_ITEM(pair, 0));
        if (text == NULL || PyList_Append(out, text) < 0 ||
            PyList_Append(out, PyTuple_GET_ITEM(pair, 1)) < 0) { // want "RC305"
            Py_XDECREF(text);
            Py_DECREF(out);
            Py_DECREF(items);
            return NULL;
        }
        Py_DECREF(text);
    }
    Py_DECREF(items);
    return out;
}

static PyObject *
flatten_ok(PyObject *self, PyObject *mapping)
{
    PyObject *items = PyMapping_Items(mapping), *out, *text;
    Py_ssize_t i;
    int failed = 0;

    if (items == NULL)
        return NULL;
    out = PyList_New(0);
    for (i = 0; out != NULL && i < PyList_GET_SIZE(items); i++) {
        PyObject *pair = PyList_GET_ITEM(items, i);

        if (!PyTuple_Check(pair) || PyTuple_GET_SIZE(pair) != 2)
            continue;
        Py_INCREF(pair);
        text = PyObject_Str(PyTuple_GET_ITEM(pair, 0));
        failed = text == NULL || PyList_Append(out, text) < 0 ||
                 PyList_Append(out, PyTuple_GET_ITEM(pair, 1)) < 0;
        Py_XDECREF(text);
        Py_DECREF(pair);
        if (failed)
            Py_CLEAR(out);
    }
    Py_DECREF(items);
    return out;
}

static PyObject *
add_values_bad(PyObject *self, PyObject *mapping)
{
    PyObject *values = PyMapping_Values(mapping), *total;
    Py_ssize_t i, n;

    if (values == NULL)
        return NULL;
    total = PyLong_FromLong(0);
    n = PyList_GET_SIZE(values);
    for (i = 0; total != NULL && i < n; i++)
        Py_SETREF(total, PyNumber_Add(total, PyList_GET_ITEM(values, i))); // want "RC305"
    Py_DECREF(values);
    return total;
}

static PyObject *
add_values_ok(PyObject *self, PyObject *mapping)
{
    PyObject *values = PyMapping_Values(mapping), *total;
    Py_ssize_t i;

    if (values == NULL)
        return NULL;
    total = PyLong_FromLong(0);
    for (i = 0; total != NULL && i < PyList_GET_SIZE(values); i++) {
        PyObject *value = PyList_GET_ITEM(values, i);

        Py_INCREF(value);
        Py_SETREF(total, PyNumber_Add(total, value));
        Py_DECREF(value);
    }
    Py_DECREF(values);
    return total;
}

/* PyDict_Items makes a list that nobody else has, and that holds everything. */
static PyObject *
copied_ok(PyObject *self, PyObject *dict)
{
    PyObject *items = PyDict_Items(dict), *out, *text;
    Py_ssize_t i, n;
    int failed = 0;

    if (items == NULL)
        return NULL;
    out = PyList_New(0);
    n = PyList_GET_SIZE(items);
    for (i = 0; out != NULL && i < n; i++) {
        PyObject *pair = PyList_GET_ITEM(items, i);

        text = PyObject_Str(PyTuple_GET_ITEM(pair, 0));
        failed = text == NULL || PyList_Append(out, text) < 0 ||
                 PyList_Append(out, PyTuple_GET_ITEM(pair, 1)) < 0;
        Py_XDECREF(text);
        if (failed)
            Py_CLEAR(out);
    }
    Py_DECREF(items);
    return out;
}

/* A list of this function's own, as long as nobody else has got it. */
static PyObject *
squares_ok(PyObject *self, PyObject *arg)
{
    PyObject *list = PySequence_List(arg), *square;
    Py_ssize_t i, n;

    if (list == NULL)
        return NULL;
    n = PyList_GET_SIZE(list);
    for (i = 0; i < n; i++) {
        PyObject *item = PyList_GET_ITEM(list, i);

        square = PyNumber_Multiply(item, item);
        if (square == NULL || PyList_SetItem(list, i, square) < 0) {
            Py_DECREF(list);
            return NULL;
        }
    }
    return list;
}

/* The bounds were right before the new items were collected from an iterator. */
static PyObject *
fill_bad(PyObject *self, PyObject *args)
{
    PyObject *list, *values, *fast;
    Py_ssize_t i, n;

    if (!PyArg_ParseTuple(args, "O!O:fill", &PyList_Type, &list, &values))
        return NULL;
    n = PyList_GET_SIZE(list);
    fast = PySequence_Fast(values, "values must be iterable");
    if (fast == NULL)
        return NULL;
    for (i = 0; i < n && i < PySequence_Fast_GET_SIZE(fast); i++) {
        PyObject *old = PyList_GET_ITEM(list, i), *item = PySequence_Fast_GET_ITEM(fast, i); // want "RC305"

        Py_INCREF(item);
        PyList_SET_ITEM(list, i, item);
        Py_DECREF(old);
    }
    Py_DECREF(fast);
    Py_RETURN_NONE;
}

static PyObject *
fill_ok(PyObject *self, PyObject *args)
{
    PyObject *list, *values, *tuple, *item;
    Py_ssize_t i;

    if (!PyArg_ParseTuple(args, "O!O:fill", &PyList_Type, &list, &values))
        return NULL;
    tuple = PySequence_Tuple(values);
    if (tuple == NULL)
        return NULL;
    for (i = 0; i < PyList_GET_SIZE(list) && i < PyTuple_GET_SIZE(tuple); i++) {
        item = PyTuple_GET_ITEM(tuple, i);
        Py_INCREF(item);
        if (PyList_SetItem(list, i, item) < 0) {
            Py_DECREF(tuple);
            return NULL;
        }
    }
    Py_DECREF(tuple);
    Py_RETURN_NONE;
}

/* A list in the dict of the module, run through with the number of items at first. */
static PyObject *
run_callbacks_bad(PyObject *self, PyObject *arg)
{
    PyObject *callbacks = PyDict_GetItemString(PyModule_GetDict(self), "callbacks"), *done;
    Py_ssize_t i, n;

    if (callbacks == NULL || !PyList_Check(callbacks))
        Py_RETURN_NONE;
    n = PyList_GET_SIZE(callbacks);
    for (i = 0; i < n; i++) {
        done = PyObject_CallFunctionObjArgs(PyList_GET_ITEM(callbacks, i), arg, NULL); // want "RC305"
        if (done == NULL)
            return NULL;
        Py_DECREF(done);
    }
    Py_RETURN_NONE;
}

static PyObject *
run_callbacks_ok(PyObject *self, PyObject *arg)
{
    PyObject *callbacks = PyDict_GetItemString(PyModule_GetDict(self), "callbacks"), *done;
    Py_ssize_t i;

    if (callbacks == NULL || !PyList_Check(callbacks))
        Py_RETURN_NONE;
    callbacks = PyList_GetSlice(callbacks, 0, PyList_GET_SIZE(callbacks));
    if (callbacks == NULL)
        return NULL;
    for (i = 0; i < PyList_GET_SIZE(callbacks); i++) {
        done = PyObject_CallFunctionObjArgs(PyList_GET_ITEM(callbacks, i), arg, NULL);
        if (done == NULL) {
            Py_DECREF(callbacks);
            return NULL;
        }
        Py_DECREF(done);
    }
    Py_DECREF(callbacks);
    Py_RETURN_NONE;
}

/* An int, of a subclass as well, is converted without a call of __index__. */
static PyObject *
sum_of_ints_ok(PyObject *self, PyObject *list)
{
    PyObject *item;
    Py_ssize_t i, n;
    double sum = 0;

    if (!PyList_Check(list))
        Py_RETURN_NONE;
    n = PyList_GET_SIZE(list);
    for (i = 0; i < n; i++) {
        item = PyList_GET_ITEM(list, i);
        if (PyLong_Check(item))
            sum += (double)PyLong_AsLong(item);
        else if (PyFloat_Check(item))
            sum += PyFloat_AsDouble(item);
    }
    return PyFloat_FromDouble(sum);
}

/* What a function of the module's own has returned is new, most likely, and so is what is
   in it. */
static PyObject *
collected_ok(PyObject *self, PyObject *collect)
{
    PyObject *pair = PyObject_CallFunction(collect, NULL), *dict, *key, *value, *out = PyList_New(0);
    Py_ssize_t pos = 0;

    if (pair == NULL || out == NULL || !PyTuple_Check(pair) || PyTuple_GET_SIZE(pair) != 2) {
        Py_XDECREF(pair);
        Py_XDECREF(out);
        return NULL;
    }
    dict = PyTuple_GET_ITEM(pair, 0);
    Py_INCREF(dict);
    Py_DECREF(pair);
    while (PyDict_Next(dict, &pos, &key, &value)) {
        PyObject *text = PyObject_Str(value);

        if (text == NULL || PyList_Append(out, text) < 0 || PyList_Append(out, key) < 0) {
            Py_XDECREF(text);
            Py_CLEAR(out);
            break;
        }
        Py_DECREF(text);
    }
    Py_DECREF(dict);
    return out;
}

static PyMethodDef mapping_methods[] = {
    {"collected_ok", collected_ok, METH_O, NULL},
    {"sum_of_ints_ok", sum_of_ints_ok, METH_O, NULL},
    {"flatten_bad", flatten_bad, METH_O, NULL},
    {"flatten_ok", flatten_ok, METH_O, NULL},
    {"add_values_bad", add_values_bad, METH_O, NULL},
    {"add_values_ok", add_values_ok, METH_O, NULL},
    {"copied_ok", copied_ok, METH_O, NULL},
    {"squares_ok", squares_ok, METH_O, NULL},
    {"fill_bad", fill_bad, METH_VARARGS, NULL},
    {"fill_ok", fill_ok, METH_VARARGS, NULL},
    {"run_callbacks_bad", run_callbacks_bad, METH_O, NULL},
    {"run_callbacks_ok", run_callbacks_ok, METH_O, NULL},
    {NULL, NULL, 0, NULL}
};

static struct PyModuleDef mapping_module = {
    PyModuleDef_HEAD_INIT, .m_name = "mapping", .m_size = -1, .m_methods = mapping_methods,
};

PyMODINIT_FUNC
PyInit_mapping(void)
{
    return PyModule_Create(&mapping_module);
}
