#include <Python.h>

static PyObject *
lookup_bad(PyObject *self, PyObject *args)
{
    PyObject *dict, *key, *value;

    if (!PyArg_ParseTuple(args, "OO", &dict, &key))
        return NULL;
    value = PyDict_GetItemWithError(dict, key); // note "borrow: PyDict_GetItemWithError"
    if (value == NULL && !PyErr_Occurred())
        PyErr_SetObject(PyExc_KeyError, key);
    return value; // want "RC301: 'value' .* is returned, but the caller expects a new reference"
}

static PyObject *
echo_bad(PyObject *self, PyObject *arg)
{
    return arg; // want "RC301: 'arg'"
}

static PyObject *
self_bad(PyObject *self, PyObject *noargs)
{
    return self; // want "RC301: 'self'"
}

static PyObject *
first_bad(PyObject *self, PyObject *list)
{
    return PyList_GetItem(list, 0); // want "RC301"
}

typedef struct {
    PyObject_HEAD
    PyObject *name;
} Thing;

static PyObject *
Thing_getname_bad(Thing *self, void *closure)
{
    return self->name; // want "RC301: 'self->name'"
}

static PyObject *
either_bad(PyObject *self, PyObject *arg)
{
    if (PyUnicode_Check(arg))
        return arg; // want "RC301: 'arg'"
    return PyObject_Str(arg);
}

static PyObject *
parsed_bad(PyObject *self, PyObject *args)
{
    PyObject *obj, *res = NULL;

    if (!PyArg_ParseTuple(args, "O", &obj))
        goto done;
    res = obj;
done:
    return res; // want "RC301: 'obj'"
}

static PyObject *counter;

static PyObject *
global_bad(PyObject *self, PyObject *noargs)
{
    if (counter == NULL) {
        counter = PyLong_FromLong(0);
        if (counter == NULL)
            return NULL;
    }
    return counter; // want "RC301"
}

static PyObject *
main_bad(PyObject *self, PyObject *noargs)
{
    return PyImport_AddModule("__main__"); // want "RC301"
}

static PyObject *
inner(PyObject *dict)
{
    return PyDict_GetItemString(dict, "x");
}

/* The helper may return a borrowed reference; this function may not. */
static PyObject *
via_helper_bad(PyObject *self, PyObject *dict)
{
    PyObject *x = inner(dict);

    if (x == NULL) {
        PyErr_SetString(PyExc_KeyError, "x");
        return NULL;
    }
    return x; // want "RC301: 'x'"
}

/* Harmless from 3.12 on. */
static PyObject *
none_bad(PyObject *self, PyObject *noargs)
{
    return Py_None; // want "RC301: Py_None"
}

static PyObject *
Thing_iter_bad(PyObject *self)
{
    return self; // want "RC301: 'self'"
}

static PyMethodDef methods[] = {
    {"lookup", lookup_bad, METH_VARARGS, NULL},
    {"echo", echo_bad, METH_O, NULL},
    {"self", self_bad, METH_NOARGS, NULL},
    {"first", first_bad, METH_O, NULL},
    {"either", either_bad, METH_O, NULL},
    {"parsed", parsed_bad, METH_VARARGS, NULL},
    {"global", global_bad, METH_NOARGS, NULL},
    {"main", main_bad, METH_NOARGS, NULL},
    {"via_helper", via_helper_bad, METH_O, NULL},
    {"none", none_bad, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL}
};

static PyGetSetDef Thing_getset[] = {
    {"name", (getter)Thing_getname_bad, NULL, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL}
};

static PyTypeObject Thing_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "things.Thing",
    .tp_basicsize = sizeof(Thing),
    .tp_iter = Thing_iter_bad,
    .tp_getset = Thing_getset,
    .tp_methods = methods,
};
