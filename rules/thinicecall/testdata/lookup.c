#include <Python.h>

/* A name is looked up, code runs that binds the name anew, and the object of the
   lookup is used. */

static PyObject *
write_all_bad(PyObject *self, PyObject *args)
{
    PyObject *out = PySys_GetObject("stdout"), *text;
    Py_ssize_t i;

    if (out == NULL || out == Py_None)
        Py_RETURN_NONE;
    for (i = 0; i < PyTuple_GET_SIZE(args); i++) {
        text = PyObject_Str(PyTuple_GET_ITEM(args, i));
        if (text == NULL)
            return NULL;
        if (PyFile_WriteObject(text, out, Py_PRINT_RAW) < 0) { // want "RC303"
            Py_DECREF(text);
            return NULL;
        }
        Py_DECREF(text);
    }
    Py_RETURN_NONE;
}

static PyObject *
write_all_ok(PyObject *self, PyObject *args)
{
    PyObject *out = PySys_GetObject("stdout"), *text;
    Py_ssize_t i;
    int failed = 0;

    if (out == NULL || out == Py_None)
        Py_RETURN_NONE;
    Py_INCREF(out);
    for (i = 0; !failed && i < PyTuple_GET_SIZE(args); i++) {
        text = PyObject_Str(PyTuple_GET_ITEM(args, i));
        failed = text == NULL || PyFile_WriteObject(text, out, Py_PRINT_RAW) < 0;
        Py_XDECREF(text);
    }
    Py_DECREF(out);
    if (failed)
        return NULL;
    Py_RETURN_NONE;
}

/* The first method call of the file can replace the file. */
static PyObject *
flush_number_bad(PyObject *self, PyObject *noargs)
{
    PyObject *err = PySys_GetObject("stderr"), *number, *done;

    if (err == NULL || err == Py_None)
        Py_RETURN_NONE;
    number = PyObject_CallMethod(err, "fileno", NULL);
    if (number == NULL)
        return NULL;
    done = PyObject_CallMethod(err, "flush", NULL); // want "RC303"
    if (done == NULL) {
        Py_DECREF(number);
        return NULL;
    }
    Py_DECREF(done);
    return number;
}

static PyObject *
flush_number_ok(PyObject *self, PyObject *noargs)
{
    PyObject *err = PySys_GetObject("stderr"), *number, *done;

    if (err == NULL || err == Py_None)
        Py_RETURN_NONE;
    Py_INCREF(err);
    number = PyObject_CallMethod(err, "fileno", NULL);
    if (number == NULL) {
        Py_DECREF(err);
        return NULL;
    }
    done = PyObject_CallMethod(err, "flush", NULL);
    Py_DECREF(err);
    if (done == NULL) {
        Py_DECREF(number);
        return NULL;
    }
    Py_DECREF(done);
    return number;
}

/* A hook in the dict of a module. */
static PyObject *
run_hook_bad(PyObject *self, PyObject *arg)
{
    PyObject *dict = PyModule_GetDict(self), *hook, *prepared, *result;

    hook = PyDict_GetItemString(dict, "hook");
    if (hook == NULL)
        Py_RETURN_NONE;
    prepared = PyObject_Repr(arg);
    if (prepared == NULL)
        return NULL;
    result = PyObject_CallFunctionObjArgs(hook, prepared, NULL); // want "RC303"
    Py_DECREF(prepared);
    return result;
}

static PyObject *
run_hook_ok(PyObject *self, PyObject *arg)
{
    PyObject *dict = PyModule_GetDict(self), *hook, *prepared, *result;

    hook = PyDict_GetItemString(dict, "hook");
    if (hook == NULL)
        Py_RETURN_NONE;
    Py_INCREF(hook);
    prepared = PyObject_Repr(arg);
    if (prepared == NULL) {
        Py_DECREF(hook);
        return NULL;
    }
    result = PyObject_CallFunctionObjArgs(hook, prepared, NULL);
    Py_DECREF(prepared);
    Py_DECREF(hook);
    return result;
}

/* The reference is given back at once, "because the class holds it". A setter or
   __getattr__ makes that wrong, without any code in between. */
static PyObject *
FN_cached_bad(PyObject *self, PyObject *args)
{
    PyObject *type, *key, *cache;

    if (!PyArg_ParseTuple(args, "OO:cached", &type, &key))
        return NULL;
    cache = PyObject_GetAttrString(type, "_cache");
    if (cache == NULL)
        return NULL;
    Py_DECREF(cache);
    return PyObject_GetItem(cache, key);
}

static PyObject *
cached_ok(PyObject *self, PyObject *args)
{
    PyObject *type, *key, *cache, *value;

    if (!PyArg_ParseTuple(args, "OO:cached", &type, &key))
        return NULL;
    cache = PyObject_GetAttrString(type, "_cache");
    if (cache == NULL)
        return NULL;
    value = PyObject_GetItem(cache, key);
    Py_DECREF(cache);
    return value;
}

/* A value of a caller's dict; the key's __hash__ or __eq__ runs in the second lookup. */
static PyObject *
FN_two_values_bad(PyObject *self, PyObject *args)
{
    PyObject *dict, *a, *b, *x, *y;

    if (!PyArg_ParseTuple(args, "O!OO:two_values", &PyDict_Type, &dict, &a, &b))
        return NULL;
    x = PyDict_GetItemWithError(dict, a);
    if (x == NULL) {
        if (PyErr_Occurred())
            return NULL;
        Py_RETURN_NONE;
    }
    y = PyDict_GetItemWithError(dict, b);
    if (y == NULL) {
        if (PyErr_Occurred())
            return NULL;
        Py_RETURN_NONE;
    }
    return PyTuple_Pack(2, x, y);
}

static PyObject *
two_values_ok(PyObject *self, PyObject *args)
{
    PyObject *dict, *a, *b, *x, *y, *pair = NULL;

    if (!PyArg_ParseTuple(args, "O!OO:two_values", &PyDict_Type, &dict, &a, &b))
        return NULL;
    x = PyDict_GetItemWithError(dict, a);
    if (x == NULL) {
        if (PyErr_Occurred())
            return NULL;
        Py_RETURN_NONE;
    }
    Py_INCREF(x);
    y = PyDict_GetItemWithError(dict, b);
    if (y != NULL)
        pair = PyTuple_Pack(2, x, y);
    Py_DECREF(x);
    if (pair == NULL && !PyErr_Occurred())
        Py_RETURN_NONE;
    return pair;
}

#if PY_VERSION_HEX < 0x030F0000
/* The referent of a weak reference lives as long as others want it to. */
static PyObject *
call_referent_bad(PyObject *self, PyObject *args)
{
    PyObject *ref, *arg, *target, *text, *result;

    if (!PyArg_ParseTuple(args, "OO:call_referent", &ref, &arg))
        return NULL;
    target = PyWeakref_GetObject(ref);
    if (target == NULL)
        return NULL;
    text = PyObject_Str(arg);
    if (text == NULL)
        return NULL;
    result = PyObject_CallFunctionObjArgs(target, text, NULL); // want "RC303"
    Py_DECREF(text);
    return result;
}

static PyObject *
call_referent_ok(PyObject *self, PyObject *args)
{
    PyObject *ref, *arg, *target, *text, *result = NULL;

    if (!PyArg_ParseTuple(args, "OO:call_referent", &ref, &arg))
        return NULL;
    target = PyWeakref_GetObject(ref);
    if (target == NULL)
        return NULL;
    Py_INCREF(target);
    text = PyObject_Str(arg);
    if (text != NULL)
        result = PyObject_CallFunctionObjArgs(target, text, NULL);
    Py_XDECREF(text);
    Py_DECREF(target);
    return result;
}
#endif

/* The contents of a cell change with the variable. */
static PyObject *
cell_bad(PyObject *self, PyObject *args)
{
    PyObject *cell, *arg, *value, *text, *pair;

    if (!PyArg_ParseTuple(args, "O!O:cell", &PyCell_Type, &cell, &arg))
        return NULL;
    value = PyCell_GET(cell);
    if (value == NULL)
        Py_RETURN_NONE;
    text = PyObject_Str(arg);
    if (text == NULL)
        return NULL;
    pair = PyTuple_Pack(2, value, text); // want "RC303"
    Py_DECREF(text);
    return pair;
}

static PyObject *
cell_ok(PyObject *self, PyObject *args)
{
    PyObject *cell, *arg, *value, *text, *pair;

    if (!PyArg_ParseTuple(args, "O!O:cell", &PyCell_Type, &cell, &arg))
        return NULL;
    value = PyCell_Get(cell);
    if (value == NULL)
        Py_RETURN_NONE;
    text = PyObject_Str(arg);
    if (text == NULL) {
        Py_DECREF(value);
        return NULL;
    }
    pair = PyTuple_Pack(2, value, text);
    Py_DECREF(text);
    Py_DECREF(value);
    return pair;
}

/* Exceptions and other objects of the interpreter stay. */
static PyObject *
immortal_ok(PyObject *self, PyObject *arg)
{
    PyObject *error = PyExc_ValueError, *text = PyObject_Str(arg);

    if (text == NULL)
        return NULL;
    PyErr_SetObject(error, text);
    Py_DECREF(text);
    return NULL;
}

/* A key of exact type in a dict that this function made runs nothing. */
static PyObject *
own_dict_ok(PyObject *self, PyObject *arg)
{
    PyObject *dict = PyDict_New(), *first, *second, *pair = NULL;

    if (dict == NULL)
        return NULL;
    if (PyDict_SetItemString(dict, "a", arg) < 0 || PyDict_SetItemString(dict, "b", arg) < 0) {
        Py_DECREF(dict);
        return NULL;
    }
    first = PyDict_GetItemString(dict, "a");
    second = PyDict_GetItemString(dict, "b");
    if (first != NULL && second != NULL)
        pair = PyTuple_Pack(2, first, second);
    Py_DECREF(dict);
    return pair;
}

static PyMethodDef lookup_methods[] = {
    {"write_all_bad", write_all_bad, METH_VARARGS, NULL},
    {"write_all_ok", write_all_ok, METH_VARARGS, NULL},
    {"flush_number_bad", flush_number_bad, METH_NOARGS, NULL},
    {"flush_number_ok", flush_number_ok, METH_NOARGS, NULL},
    {"run_hook_bad", run_hook_bad, METH_O, NULL},
    {"run_hook_ok", run_hook_ok, METH_O, NULL},
    {"cached_bad", FN_cached_bad, METH_VARARGS, NULL},
    {"cached_ok", cached_ok, METH_VARARGS, NULL},
    {"two_values_bad", FN_two_values_bad, METH_VARARGS, NULL},
    {"two_values_ok", two_values_ok, METH_VARARGS, NULL},
#if PY_VERSION_HEX < 0x030F0000
    {"call_referent_bad", call_referent_bad, METH_VARARGS, NULL},
    {"call_referent_ok", call_referent_ok, METH_VARARGS, NULL},
#endif
    {"cell_bad", cell_bad, METH_VARARGS, NULL},
    {"cell_ok", cell_ok, METH_VARARGS, NULL},
    {"immortal_ok", immortal_ok, METH_O, NULL},
    {"own_dict_ok", own_dict_ok, METH_O, NULL},
    {NULL, NULL, 0, NULL}
};

static struct PyModuleDef lookup_module = {
    PyModuleDef_HEAD_INIT, .m_name = "lookup", .m_size = -1, .m_methods = lookup_methods,
};

PyMODINIT_FUNC
PyInit_lookup(void)
{
    return PyModule_Create(&lookup_module);
}
