#include <Python.h>

typedef struct {
    PyObject_HEAD
    PyObject *first;
    PyObject *items;
} Pair;

static void
setup(Pair *self, PyObject *first, PyObject *items)
{
    self->first = first;
    self->items = items ? items : PyList_New(0);
}

/* The list stays where it was. */
static PyObject *
Pair_restart_ok(Pair *self, PyObject *first)
{
    Py_DECREF(self->first);
    setup(self, Py_NewRef(first), self->items);
    Py_RETURN_NONE;
}

static PyObject *
Pair_share_bad(Pair *self, Pair *other)
{
    Py_DECREF(self->first);
    setup(self, Py_NewRef(other->first), other->items); // want "RC403: setup takes over 'other->items'"
    Py_RETURN_NONE;
}

static PyObject *
Pair_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    Pair *self = (Pair *)type->tp_alloc(type, 0);

    if (self != NULL)
        setup(self, Py_NewRef(Py_None), NULL);
    return (PyObject *)self;
}

static void
Pair_dealloc(Pair *self)
{
    Py_XDECREF(self->first);
    Py_XDECREF(self->items);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyMethodDef Pair_methods[] = {
    {"restart", (PyCFunction)Pair_restart_ok, METH_O, NULL},
    {"share", (PyCFunction)Pair_share_bad, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyTypeObject Pair_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "back.Pair",
    .tp_basicsize = sizeof(Pair),
    .tp_new = Pair_new,
    .tp_dealloc = (destructor)Pair_dealloc,
    .tp_methods = Pair_methods,
};

/* Another item for the time of a call. */
static PyObject *
call_with_ok(PyObject *args, PyObject *func)
{
    PyObject *result, *old;

    old = PyTuple_GET_ITEM(args, 1);
    PyTuple_SET_ITEM(args, 1, func);
    result = PyObject_CallObject(func, args);
    PyTuple_SET_ITEM(args, 1, old);
    return result;
}

static PyObject *
call_and_leave_bad(PyObject *args, PyObject *func)
{
    PyTuple_SET_ITEM(args, 1, func); // want "RC403"
    return PyObject_CallObject(func, args);
}

static PyMethodDef with_methods[] = {
    {"call_with", call_with_ok, METH_O, NULL},
    {"call_and_leave", call_and_leave_bad, METH_O, NULL},
    {NULL, NULL, 0, NULL}
};
