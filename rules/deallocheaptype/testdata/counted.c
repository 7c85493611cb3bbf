#include <Python.h>

typedef struct {
    PyObject_HEAD
    int n;
} Node;

/* Each instance of this static type is given a reference to it. */
static PyObject *
Node_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    PyObject *self = PyType_GenericNew(type, args, kwds);

    if (self != NULL)
        Py_INCREF(type);
    return self;
}

static void
counted_ok(Node *self)
{
    PyTypeObject *type = Py_TYPE(self);

    type->tp_free((PyObject *)self);
    Py_DECREF(type);
}

static PyTypeObject Counted_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "m.Counted",
    .tp_basicsize = sizeof(Node),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = Node_new,
    .tp_dealloc = (destructor)counted_ok,
};

/* It gets the function that counts below. */
static void
given_ok(Node *self)
{
    PyTypeObject *type = Py_TYPE(self);

    type->tp_free((PyObject *)self);
    Py_DECREF(type);
}

static PyTypeObject Given_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "m.Given",
    .tp_basicsize = sizeof(Node),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_dealloc = (destructor)given_ok,
};

int
export_type(PyTypeObject *type)
{
    if (type->tp_dealloc != NULL)
        type->tp_new = Node_new;
    return PyType_Ready(type);
}

int
export_all(void)
{
    return export_type(&Given_Type);
}

/* Nothing counts these. */
static void
uncounted_bad(Node *self)
{
    PyTypeObject *type = Py_TYPE(self);

    type->tp_free((PyObject *)self);
    Py_DECREF(type); // want "RC607: but 'Uncounted' is static"
}

static PyTypeObject Uncounted_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "m.Uncounted",
    .tp_basicsize = sizeof(Node),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = PyType_GenericNew,
    .tp_dealloc = (destructor)uncounted_bad,
};
