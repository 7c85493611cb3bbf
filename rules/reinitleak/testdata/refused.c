#include <Python.h>

/* tp_init functions that refuse to run again, and some that only look as if they did. */

typedef struct {
    PyObject_HEAD
    PyObject *value;
    char made, strict;
} Node;

static void
Node_dealloc(Node *self)
{
    Py_CLEAR(self->value);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static int
refused_ok(PyObject *op, PyObject *args, PyObject *kwds)
{
    Node *self = (Node *)op;

    if (self->made) {
        PyErr_SetString(PyExc_ValueError, "cannot be initialized again");
        return -1;
    }
    self->made = 1;
    self->value = PyBytes_FromString("");
    return self->value == NULL ? -1 : 0;
}

static int
never_set_bad(PyObject *op, PyObject *args, PyObject *kwds)
{
    Node *self = (Node *)op;

    if (self->strict) {
        PyErr_SetString(PyExc_ValueError, "strict");
        return -1;
    }
    self->made = 1;
    self->value = PyBytes_FromString(""); // want "RC703: a second __init__ overwrites 'value'"
    return self->value == NULL ? -1 : 0;
}

static int
goes_on_bad(PyObject *op, PyObject *args, PyObject *kwds)
{
    Node *self = (Node *)op;

    if (self->made)
        PySys_WriteStderr("again\n");
    self->made = 1;
    self->value = PyBytes_FromString(""); // want "RC703: a second __init__ overwrites 'value'"
    return self->value == NULL ? -1 : 0;
}

#define NODE(name, init) \
    static PyTypeObject name##_Type = { \
        PyVarObject_HEAD_INIT(NULL, 0) \
        .tp_name = "m." #name, \
        .tp_basicsize = sizeof(Node), \
        .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE, \
        .tp_dealloc = (destructor)Node_dealloc, \
        .tp_new = PyType_GenericNew, \
        .tp_init = (initproc)init, \
    }

NODE(Refused, refused_ok);
NODE(Strict, never_set_bad);
NODE(Talks, goes_on_bad);
