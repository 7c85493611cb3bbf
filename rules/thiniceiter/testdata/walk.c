#include <Python.h>

/* PyDict_Next lends key and value. Code that the body runs can change the dict: then
   both may be gone, for this turn and for the next. */

static PyObject *
each_pair_bad(PyObject *self, PyObject *args)
{
    PyObject *dict, *function, *key, *value, *done;
    Py_ssize_t pos = 0;

    if (!PyArg_ParseTuple(args, "O!O:each_pair", &PyDict_Type, &dict, &function))
        return NULL;
    while (PyDict_Next(dict, &pos, &key, &value)) {
        done = PyObject_CallFunctionObjArgs(function, key, NULL); // want "RC305"
        if (done == NULL)
            return NULL;
        Py_DECREF(done);
        done = PyObject_CallFunctionObjArgs(function, value, NULL);
        if (done == NULL)
            return NULL;
        Py_DECREF(done);
    }
    Py_RETURN_NONE;
}

static PyObject *
each_pair_ok(PyObject *self, PyObject *args)
{
    PyObject *dict, *function, *key, *value, *done;
    Py_ssize_t pos = 0;

    if (!PyArg_ParseTuple(args, "O!O:each_pair", &PyDict_Type, &dict, &function))
        return NULL;
    while (PyDict_Next(dict, &pos, &key, &value)) {
        Py_INCREF(key);
        Py_INCREF(value);
        done = PyObject_CallFunctionObjArgs(function, key, NULL);
        if (done != NULL) {
            Py_DECREF(done);
            done = PyObject_CallFunctionObjArgs(function, value, NULL);
        }
        Py_DECREF(key);
        Py_DECREF(value);
        if (done == NULL)
            return NULL;
        Py_DECREF(done);
    }
    Py_RETURN_NONE;
}

/* The key's text runs its __str__, and the value is added after. */
static PyObject *
by_name_bad(PyObject *self, PyObject *dict)
{
    PyObject *named = PyDict_New(), *key, *value, *name;
    Py_ssize_t pos = 0;

    if (named == NULL)
        return NULL;
    while (PyDict_Next(dict, &pos, &key, &value)) {
        name = PyObject_Str(key);
        if (name == NULL || PyDict_SetItem(named, name, value) < 0) { // want "RC305"
            Py_XDECREF(name);
            Py_DECREF(named);
            return NULL;
        }
        Py_DECREF(name);
    }
    return named;
}

/* Walking over a copy that nobody else knows. */
static PyObject *
by_name_ok(PyObject *self, PyObject *dict)
{
    PyObject *copy = PyDict_Copy(dict), *named, *key, *value, *name;
    Py_ssize_t pos = 0;

    if (copy == NULL)
        return NULL;
    named = PyDict_New();
    while (named != NULL && PyDict_Next(copy, &pos, &key, &value)) {
        name = PyObject_Str(key);
        if (name == NULL || PyDict_SetItem(named, name, value) < 0)
            Py_CLEAR(named);
        Py_XDECREF(name);
    }
    Py_DECREF(copy);
    return named;
}

/* The key is only used again when something failed. */
static PyObject *
total_bad(PyObject *self, PyObject *dict)
{
    PyObject *key, *value;
    Py_ssize_t pos = 0, total = 0;

    while (PyDict_Next(dict, &pos, &key, &value)) {
        Py_ssize_t n;

        Py_INCREF(value);
        n = PyNumber_AsSsize_t(value, PyExc_OverflowError);
        Py_DECREF(value);
        if (n == -1 && PyErr_Occurred()) {
            PyErr_Clear();
            return PyErr_Format(PyExc_ValueError, "no number at %R", key); // want "RC305"
        }
        total += n;
    }
    return PyLong_FromSsize_t(total);
}

static PyObject *
total_ok(PyObject *self, PyObject *dict)
{
    PyObject *key, *value;
    Py_ssize_t pos = 0, total = 0;

    while (PyDict_Next(dict, &pos, &key, &value)) {
        Py_ssize_t n;

        Py_INCREF(key);
        Py_INCREF(value);
        n = PyNumber_AsSsize_t(value, PyExc_OverflowError);
        Py_DECREF(value);
        if (n == -1 && PyErr_Occurred()) {
            PyErr_Clear();
            PyErr_Format(PyExc_ValueError, "no number at %R", key);
            Py_DECREF(key);
            return NULL;
        }
        Py_DECREF(key);
        total += n;
    }
    return PyLong_FromSsize_t(total);
}

/* The other dict calls __eq__ of the key. */
static PyObject *
FN_missing_bad(PyObject *self, PyObject *args)
{
    PyObject *dict, *other, *result, *key, *value;
    Py_ssize_t pos = 0;
    int found;

    if (!PyArg_ParseTuple(args, "O!O!:missing", &PyDict_Type, &dict, &PyDict_Type, &other))
        return NULL;
    result = PyList_New(0);
    if (result == NULL)
        return NULL;
    while (PyDict_Next(dict, &pos, &key, &value)) {
        found = PyDict_Contains(other, key);
        if (found < 0 || (!found && PyList_Append(result, key) < 0)) {
            Py_DECREF(result);
            return NULL;
        }
    }
    return result;
}

static PyObject *
missing_ok(PyObject *self, PyObject *args)
{
    PyObject *dict, *other, *result, *key, *value;
    Py_ssize_t pos = 0;
    int found;

    if (!PyArg_ParseTuple(args, "O!O!:missing", &PyDict_Type, &dict, &PyDict_Type, &other))
        return NULL;
    result = PyList_New(0);
    if (result == NULL)
        return NULL;
    while (PyDict_Next(dict, &pos, &key, &value)) {
        Py_INCREF(key);
        found = PyDict_Contains(other, key);
        if (found < 0 || (!found && PyList_Append(result, key) < 0)) {
            Py_DECREF(key);
            Py_DECREF(result);
            return NULL;
        }
        Py_DECREF(key);
    }
    return result;
}

/* Two dicts are compared value by value. */
static PyObject *
equal_bad(PyObject *self, PyObject *args)
{
    PyObject *a, *b, *key, *x, *y;
    Py_ssize_t pos = 0;
    int same = 1;

    if (!PyArg_ParseTuple(args, "O!O!:equal", &PyDict_Type, &a, &PyDict_Type, &b))
        return NULL;
    while (same == 1 && PyDict_Next(a, &pos, &key, &x)) {
        Py_INCREF(key);
        y = PyDict_GetItemWithError(b, key);
        Py_DECREF(key);
        if (y == NULL) {
            if (PyErr_Occurred())
                return NULL;
            Py_RETURN_FALSE;
        }
        Py_INCREF(y);
        same = PyObject_RichCompareBool(x, y, Py_EQ); // want "RC305"
        Py_DECREF(y);
    }
    if (same < 0)
        return NULL;
    return PyBool_FromLong(same);
}

static PyObject *
equal_ok(PyObject *self, PyObject *args)
{
    PyObject *a, *b, *key, *x, *y;
    Py_ssize_t pos = 0;
    int same = 1;

    if (!PyArg_ParseTuple(args, "O!O!:equal", &PyDict_Type, &a, &PyDict_Type, &b))
        return NULL;
    while (same == 1 && PyDict_Next(a, &pos, &key, &x)) {
        Py_INCREF(key);
        Py_INCREF(x);
        y = PyDict_GetItemWithError(b, key);
        Py_DECREF(key);
        if (y == NULL) {
            Py_DECREF(x);
            if (PyErr_Occurred())
                return NULL;
            Py_RETURN_FALSE;
        }
        Py_INCREF(y);
        same = PyObject_RichCompareBool(x, y, Py_EQ);
        Py_DECREF(y);
        Py_DECREF(x);
    }
    if (same < 0)
        return NULL;
    return PyBool_FromLong(same);
}

/* The walked dict itself is changed in the body. */
static PyObject *
FN_prune_bad(PyObject *self, PyObject *dict)
{
    PyObject *key, *value;
    Py_ssize_t pos = 0;

    while (PyDict_Next(dict, &pos, &key, &value)) {
        if (value == Py_None && PyDict_DelItem(dict, key) < 0)
            return NULL;
    }
    Py_RETURN_NONE;
}

static PyObject *
prune_ok(PyObject *self, PyObject *dict)
{
    PyObject *keys = PyList_New(0), *key, *value;
    Py_ssize_t pos = 0, i;

    if (keys == NULL)
        return NULL;
    while (PyDict_Next(dict, &pos, &key, &value)) {
        if (value == Py_None && PyList_Append(keys, key) < 0) {
            Py_DECREF(keys);
            return NULL;
        }
    }
    for (i = 0; i < PyList_GET_SIZE(keys); i++) {
        if (PyDict_DelItem(dict, PyList_GET_ITEM(keys, i)) < 0) {
            Py_DECREF(keys);
            return NULL;
        }
    }
    Py_DECREF(keys);
    Py_RETURN_NONE;
}

/* New values for keys that are there do not move the table, says the manual. */
static PyObject *
increment_ok(PyObject *self, PyObject *dict)
{
    PyObject *key, *value, *number;
    Py_ssize_t pos = 0;

    while (PyDict_Next(dict, &pos, &key, &value)) {
        long n;

        if (!PyUnicode_CheckExact(key) || !PyLong_CheckExact(value))
            continue;
        n = PyLong_AsLong(value);
        if (n == -1 && PyErr_Occurred())
            return NULL;
        number = PyLong_FromLong(n + 1);
        if (number == NULL || PyDict_SetItem(dict, key, number) < 0) {
            Py_XDECREF(number);
            return NULL;
        }
        Py_DECREF(number);
    }
    Py_RETURN_NONE;
}

/* An attribute is set for each pair; __setattr__ sees key and value as operands. */
static PyObject *
apply_bad(PyObject *self, PyObject *args)
{
    PyObject *target, *dict, *key, *value;
    Py_ssize_t pos = 0;

    if (!PyArg_ParseTuple(args, "OO!:apply", &target, &PyDict_Type, &dict))
        return NULL;
    while (PyDict_Next(dict, &pos, &key, &value)) {
        if (PyObject_SetItem(target, key, value) < 0)
            return NULL;
        if (value == Py_None)
            continue;
        if (PyObject_SetAttrString(target, "last", key) < 0) // want "RC305"
            return NULL;
    }
    Py_RETURN_NONE;
}

static PyObject *
apply_ok(PyObject *self, PyObject *args)
{
    PyObject *target, *dict, *key, *value;
    Py_ssize_t pos = 0;
    int failed = 0;

    if (!PyArg_ParseTuple(args, "OO!:apply", &target, &PyDict_Type, &dict))
        return NULL;
    while (!failed && PyDict_Next(dict, &pos, &key, &value)) {
        Py_INCREF(key);
        Py_INCREF(value);
        failed = PyObject_SetItem(target, key, value) < 0;
        if (!failed && value != Py_None)
            failed = PyObject_SetAttrString(target, "last", key) < 0;
        Py_DECREF(value);
        Py_DECREF(key);
    }
    if (failed)
        return NULL;
    Py_RETURN_NONE;
}

/* Only exact str and int are touched: nothing runs. */
static PyObject *
longest_ok(PyObject *self, PyObject *dict)
{
    PyObject *key, *value;
    Py_ssize_t pos = 0, longest = 0;

    while (PyDict_Next(dict, &pos, &key, &value)) {
        if (!PyUnicode_CheckExact(key) || !PyLong_CheckExact(value))
            continue;
        if (PyUnicode_GET_LENGTH(key) > longest && PyLong_AsLong(value) != -1)
            longest = PyUnicode_GET_LENGTH(key);
        PyErr_Clear();
    }
    return PyLong_FromSsize_t(longest);
}

static PyMethodDef walk_methods[] = {
    {"each_pair_bad", each_pair_bad, METH_VARARGS, NULL},
    {"each_pair_ok", each_pair_ok, METH_VARARGS, NULL},
    {"by_name_bad", by_name_bad, METH_O, NULL},
    {"by_name_ok", by_name_ok, METH_O, NULL},
    {"total_bad", total_bad, METH_O, NULL},
    {"total_ok", total_ok, METH_O, NULL},
    {"missing_bad", FN_missing_bad, METH_VARARGS, NULL},
    {"missing_ok", missing_ok, METH_VARARGS, NULL},
    {"equal_bad", equal_bad, METH_VARARGS, NULL},
    {"equal_ok", equal_ok, METH_VARARGS, NULL},
    {"prune_bad", FN_prune_bad, METH_O, NULL},
    {"prune_ok", prune_ok, METH_O, NULL},
    {"increment_ok", increment_ok, METH_O, NULL},
    {"apply_bad", apply_bad, METH_VARARGS, NULL},
    {"apply_ok", apply_ok, METH_VARARGS, NULL},
    {"longest_ok", longest_ok, METH_O, NULL},
    {NULL, NULL, 0, NULL}
};

static struct PyModuleDef walk_module = {
    PyModuleDef_HEAD_INIT, .m_name = "walk", .m_size = 0, .m_methods = walk_methods,
};

PyMODINIT_FUNC
PyInit_walk(void)
{
    return PyModuleDef_Init(&walk_module);
}
