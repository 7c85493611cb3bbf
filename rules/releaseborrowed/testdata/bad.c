#include <Python.h>

static PyObject *
first_bad(PyObject *self, PyObject *list)
{
    PyObject *item, *text;

    item = PyList_GetItem(list, 0); // note "borrow: PyList_GetItem"
    if (item == NULL)
        return NULL;
    text = PyObject_Str(item);
    Py_DECREF(item); // want "RC201: 'item' .* is released, but this function does not own it"
    return text;
}

/* PyArg_ParseTuple lends what it stores. */
static PyObject *
parsed_bad(PyObject *self, PyObject *args)
{
    PyObject *obj, *text;

    if (!PyArg_ParseTuple(args, "O", &obj))
        return NULL;
    text = PyObject_Repr(obj);
    Py_DECREF(obj); // want "RC201: 'obj'"
    return text;
}

/* On one way the object is new, on the other it belongs to the dictionary. */
static PyObject *
cached_bad(PyObject *self, PyObject *args)
{
    PyObject *cache, *key, *value, *text;

    if (!PyArg_ParseTuple(args, "OO", &cache, &key))
        return NULL;
    value = PyDict_GetItemWithError(cache, key);
    if (value == NULL) {
        if (PyErr_Occurred())
            return NULL;
        value = PyObject_Str(key);
        if (value == NULL)
            return NULL;
    }
    text = PyObject_Repr(value);
    Py_DECREF(value); // want "RC201: 'value'"
    return text;
}

static int
attr_bad(PyObject *obj)
{
    PyObject *dict = PyModule_GetDict(obj);
    int n = (int)PyDict_Size(dict);

    Py_DECREF(dict); // want "RC201: 'dict'"
    return n;
}

static PyObject *
main_bad(PyObject *self, PyObject *noargs)
{
    PyObject *mod, *name;

    mod = PyImport_AddModule("__main__");
    if (mod == NULL)
        return NULL;
    name = PyObject_GetAttrString(mod, "__name__");
    Py_DECREF(mod); // want "RC201: 'mod'"
    return name;
}

/* The cleanup label does not know which objects are borrowed. */
static PyObject *
label_bad(PyObject *self, PyObject *args)
{
    PyObject *seq = NULL, *list = NULL, *res = NULL;

    if (!PyArg_ParseTuple(args, "O", &seq))
        return NULL;
    list = PySequence_List(seq);
    if (list == NULL)
        goto done;
    res = PyList_AsTuple(list);
done:
    Py_XDECREF(list);
    Py_XDECREF(seq); // want "RC201: 'seq'"
    return res;
}

static Py_ssize_t
dict_next_bad(PyObject *dict)
{
    PyObject *key, *value;
    Py_ssize_t pos = 0, n = 0;

    while (PyDict_Next(dict, &pos, &key, &value)) {
        n += PyObject_Size(value);
        Py_DECREF(key); // want "RC201: 'key'"
    }
    return n;
}

static int
FN_clear_error_bad(void)
{
    PyObject *type = PyErr_Occurred();

    if (type != NULL) {
        PyErr_Clear();
        Py_DECREF(type);
        return 1;
    }
    return 0;
}

static PyObject *
pick(PyObject *tuple)
{
    return PyTuple_GET_ITEM(tuple, 1);
}

static PyObject *
helper_bad(PyObject *self, PyObject *args)
{
    PyObject *second = pick(args), *text;

    text = PyObject_Str(second);
    Py_DECREF(second); // want "RC201: 'second'"
    return text;
}

static PyObject *
fast_bad(PyObject *self, PyObject *arg)
{
    PyObject *fast, *item, *sum = NULL;
    Py_ssize_t i;

    fast = PySequence_Fast(arg, "sequence expected");
    if (fast == NULL)
        return NULL;
    for (i = 0; i < PySequence_Fast_GET_SIZE(fast); i++) {
        item = PySequence_Fast_GET_ITEM(fast, i);
        if (!PyLong_Check(item)) {
            Py_DECREF(item); // want "RC201: 'item'"
            Py_DECREF(fast);
            PyErr_SetString(PyExc_TypeError, "int expected");
            return NULL;
        }
    }
    Py_DECREF(fast);
    sum = PyLong_FromSsize_t(i);
    return sum;
}

static PyMethodDef methods[] = {
    {"first", first_bad, METH_O, NULL},
    {"parsed", parsed_bad, METH_VARARGS, NULL},
    {"cached", cached_bad, METH_VARARGS, NULL},
    {"main", main_bad, METH_NOARGS, NULL},
    {"label", label_bad, METH_VARARGS, NULL},
    {"helper", helper_bad, METH_VARARGS, NULL},
    {"fast", fast_bad, METH_O, NULL},
    {NULL, NULL, 0, NULL}
};
