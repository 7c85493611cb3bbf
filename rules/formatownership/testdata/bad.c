#include <Python.h>

static PyObject *
bounds_bad(PyObject *self, PyObject *noargs)
{
    return Py_BuildValue("(iO)", 1, PyLong_FromLong(10)); // want "RC412: format unit 'O' makes Py_BuildValue add a reference, so the new reference from PyLong_FromLong, line 6 is lost"
}

static PyObject *
dict_bad(PyObject *self, PyObject *noargs)
{
    return Py_BuildValue("{s:O}", "items", PyList_New(0)); // want "RC412: 'O'"
}

static PyObject *
call_bad(PyObject *self, PyObject *callable)
{
    return PyObject_CallFunction(callable, "O", PyUnicode_FromString("x")); // want "RC412: PyObject_CallFunction"
}

static PyObject *
method_bad(PyObject *self, PyObject *obj)
{
    return PyObject_CallMethod(obj, "put", "(Oi)", PyFloat_FromDouble(0.5), 1); // want "RC412"
}

static PyObject *
make_name(int n)
{
    return PyUnicode_FromFormat("n%d", n);
}

static PyObject *
helper_bad(PyObject *self, PyObject *noargs)
{
    return Py_BuildValue("OO", Py_None, make_name(3)); // want "RC412: make_name"
}

static PyObject *
nested_bad(PyObject *self, PyObject *noargs)
{
    return Py_BuildValue("(i(Os))", 1, PyDict_New(), "x"); // want "RC412"
}

/* The other way round: the argument is borrowed. */
static PyObject *
borrowed_bad(PyObject *self, PyObject *arg)
{
    return Py_BuildValue("(Ni)", arg, 1); // want "RC412: format unit 'N' makes Py_BuildValue take over 'arg', which this function does not own"
}

static PyObject *
item_bad(PyObject *self, PyObject *list)
{
    PyObject *first = PyList_GetItem(list, 0); // note "borrow: PyList_GetItem"

    if (first == NULL)
        return NULL;
    return Py_BuildValue("NN", PyLong_FromLong(1), first); // want "RC412: 'first'"
}

typedef struct {
    PyObject_HEAD
    PyObject *name;
} Thing;

static PyObject *
Thing_reduce_bad(Thing *self, PyObject *noargs)
{
    return Py_BuildValue("(O(N))", (PyObject *)Py_TYPE(self), self->name); // want "RC412: 'self->name'"
}

static PyObject *
call_borrowed_bad(PyObject *self, PyObject *args)
{
    PyObject *f, *x;

    if (!PyArg_ParseTuple(args, "OO", &f, &x))
        return NULL;
    return PyObject_CallFunction(f, "N", x); // want "RC412: PyObject_CallFunction take over 'x'"
}

static void
Thing_dealloc(Thing *self)
{
    Py_XDECREF(self->name);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyMethodDef methods[] = {
    {"bounds", bounds_bad, METH_NOARGS, NULL},
    {"dict", dict_bad, METH_NOARGS, NULL},
    {"call", call_bad, METH_O, NULL},
    {"method", method_bad, METH_O, NULL},
    {"helper", helper_bad, METH_NOARGS, NULL},
    {"nested", nested_bad, METH_NOARGS, NULL},
    {"borrowed", borrowed_bad, METH_O, NULL},
    {"item", item_bad, METH_O, NULL},
    {"reduce", (PyCFunction)Thing_reduce_bad, METH_NOARGS, NULL},
    {"call_borrowed", call_borrowed_bad, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL}
};

static PyTypeObject Thing_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "things.Thing",
    .tp_basicsize = sizeof(Thing),
    .tp_dealloc = (destructor)Thing_dealloc,
    .tp_methods = methods,
};
