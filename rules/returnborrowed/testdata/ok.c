#include <Python.h>

static PyObject *
lookup_ok(PyObject *self, PyObject *args)
{
    PyObject *dict, *key, *value;

    if (!PyArg_ParseTuple(args, "OO", &dict, &key))
        return NULL;
    value = PyDict_GetItemWithError(dict, key);
    if (value == NULL) {
        if (!PyErr_Occurred())
            PyErr_SetObject(PyExc_KeyError, key);
        return NULL;
    }
    Py_INCREF(value);
    return value;
}

static PyObject *
echo_ok(PyObject *self, PyObject *arg)
{
    return Py_NewRef(arg);
}

static PyObject *
self_ok(PyObject *self, PyObject *noargs)
{
    Py_INCREF(self);
    return self;
}

/* Only C code calls this one, and it knows. */
static PyObject *
find_ok(PyObject *dict, const char *name)
{
    return PyDict_GetItemString(dict, name);
}

static PyObject *
use_find_ok(PyObject *self, PyObject *dict)
{
    PyObject *x = find_ok(dict, "x");

    if (x == NULL)
        Py_RETURN_NONE;
    return PyObject_Str(x);
}

typedef struct {
    PyObject_HEAD
    PyObject *name;
} Thing;

static PyObject *
Thing_getname_ok(Thing *self, void *closure)
{
    if (self->name == NULL)
        Py_RETURN_NONE;
    Py_INCREF(self->name);
    return self->name;
}

static PyObject *
xnewref_ok(PyObject *self, PyObject *dict)
{
    return Py_XNewRef(PyDict_GetItemString(dict, "x"));
}

static PyObject *
bool_ok(PyObject *self, PyObject *arg)
{
    if (PyObject_IsTrue(arg))
        Py_RETURN_TRUE;
    Py_RETURN_FALSE;
}

static PyObject *
compare_ok(PyObject *a, PyObject *b, int op)
{
    if (op != Py_EQ)
        Py_RETURN_NOTIMPLEMENTED;
    return PyBool_FromLong(a == b);
}

static PyObject *
errors_ok(PyObject *self, PyObject *arg)
{
    if (!PyLong_Check(arg)) {
        PyErr_SetString(PyExc_TypeError, "int expected");
        return NULL;
    }
    if (PyLong_AsLong(arg) < 0)
        return PyErr_Format(PyExc_ValueError, "%R is negative", arg);
    return PyNumber_Negative(arg);
}

static PyObject *singleton;

static PyObject *
singleton_ok(PyObject *self, PyObject *noargs)
{
    if (singleton == NULL) {
        singleton = PyDict_New();
        if (singleton == NULL)
            return NULL;
    }
    Py_INCREF(singleton);
    return singleton;
}

/* Taken out of the field, so the reference is ours to give. */
static PyObject *
Thing_take_ok(Thing *self, PyObject *noargs)
{
    PyObject *name = self->name;

    if (name == NULL)
        Py_RETURN_NONE;
    self->name = NULL;
    return name;
}

static PyObject *
ternary_ok(PyObject *self, PyObject *arg)
{
    PyObject *res = PyObject_IsTrue(arg) ? Py_True : Py_False;

    Py_INCREF(res);
    return res;
}

static PyObject *
newer(PyObject *obj)
{
    Py_INCREF(obj);
    return obj;
}

static PyObject *
via_helper_ok(PyObject *self, PyObject *arg)
{
    return newer(arg);
}

static struct PyModuleDef multi = {PyModuleDef_HEAD_INIT, .m_name = "multi"};

/* The definition is returned as it is. */
PyMODINIT_FUNC
PyInit_multi_ok(void)
{
    return PyModuleDef_Init(&multi);
}

static PyMethodDef methods[] = {
    {"lookup", lookup_ok, METH_VARARGS, NULL},
    {"echo", echo_ok, METH_O, NULL},
    {"self", self_ok, METH_NOARGS, NULL},
    {"use_find", use_find_ok, METH_O, NULL},
    {"xnewref", xnewref_ok, METH_O, NULL},
    {"bool", bool_ok, METH_O, NULL},
    {"errors", errors_ok, METH_O, NULL},
    {"singleton", singleton_ok, METH_NOARGS, NULL},
    {"take", (PyCFunction)Thing_take_ok, METH_NOARGS, NULL},
    {"ternary", ternary_ok, METH_O, NULL},
    {"via_helper", via_helper_ok, METH_O, NULL},
    {NULL, NULL, 0, NULL}
};

static PyGetSetDef Thing_getset[] = {
    {"name", (getter)Thing_getname_ok, NULL, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL}
};

static PyTypeObject Thing_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "things.Thing",
    .tp_basicsize = sizeof(Thing),
    .tp_richcompare = compare_ok,
    .tp_getset = Thing_getset,
    .tp_methods = methods,
};
