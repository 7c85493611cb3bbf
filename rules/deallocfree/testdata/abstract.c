#include <Python.h>

/* A type that others derive from and that has no instances of its own needs no tp_dealloc. */

typedef struct { PyObject_HEAD PyObject *tag; } Set;

static int
Set_init(Set *self, PyObject *args, PyObject *kwds)
{
    PyObject *tag;

    if (!PyArg_ParseTuple(args, "O", &tag))
        return -1;
    Py_INCREF(tag);
    Py_XSETREF(self->tag, tag);
    return 0;
}

static PyTypeObject abstract_ok = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "m.Set",
    .tp_basicsize = sizeof(Set),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
};

static void
MutableSet_dealloc(Set *self)
{
    Py_XDECREF(self->tag);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyTypeObject MutableSet_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "m.MutableSet",
    .tp_basicsize = sizeof(Set),
    .tp_base = &abstract_ok,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = PyType_GenericNew,
    .tp_init = (initproc)Set_init,
    .tp_dealloc = (destructor)MutableSet_dealloc,
};

/* Python code can call this one. */
static PyTypeObject concrete_bad = { // want "RC608: 'Plain' has no tp_dealloc"
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "m.Plain",
    .tp_basicsize = sizeof(Set),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .tp_new = PyType_GenericNew,
    .tp_init = (initproc)Set_init,
};

static PyTypeObject Derived_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "m.Derived",
    .tp_basicsize = sizeof(Set),
    .tp_base = &concrete_bad,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_dealloc = (destructor)MutableSet_dealloc,
};
