#include <Python.h>

typedef struct {
    PyObject_HEAD
    PyObject *value;
    PyObject *name;
} Node;

static int
Node_set(Node *self, PyObject *value, void *closure)
{
    Py_XINCREF(value);
    Py_XSETREF(self->value, value);
    return 0;
}

static PyGetSetDef Node_getset[] = {
    {"value", NULL, (setter)Node_set, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL}
};

static int
Node_traverse(Node *self, visitproc visit, void *arg)
{
    Py_VISIT(self->value);
    Py_VISIT(self->name);
    return 0;
}

static int
Node_clear(Node *self)
{
    Py_CLEAR(self->value);
    Py_CLEAR(self->name);
    return 0;
}

static void
clears_bad(Node *self)
{
    PyObject_GC_UnTrack(self);
    if (self->value != NULL && PyObject_Size(self->value) < 0)
        PyErr_Clear(); // want "RC610: tp_dealloc calls PyErr_Clear"
    Node_clear(self);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyTypeObject clears_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "m.clears_Type",
    .tp_basicsize = sizeof(Node),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_dealloc = (destructor)clears_bad,
    .tp_traverse = (traverseproc)Node_traverse,
    .tp_clear = (inquiry)Node_clear,
    .tp_getset = Node_getset,
};

static void
Node_dealloc(Node *self)
{
    PyObject_GC_UnTrack(self);
    Node_clear(self);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static void
warns_bad(PyObject *self)
{
    if (PyErr_WarnEx(PyExc_ResourceWarning, "not closed", 1) < 0) // want "RC610: tp_finalize calls PyErr_WarnEx"
        PyErr_WriteUnraisable(self);
}

static PyTypeObject warns_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "m.warns_Type",
    .tp_basicsize = sizeof(Node),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_dealloc = (destructor)Node_dealloc,
    .tp_traverse = (traverseproc)Node_traverse,
    .tp_clear = (inquiry)Node_clear,
    .tp_getset = Node_getset,
    .tp_finalize = warns_bad,
};

static void
Node_del(PyObject *self)
{
    Py_CLEAR(((Node *)self)->name);
}

static PyTypeObject deleted_bad = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "m.deleted",
    .tp_basicsize = sizeof(Node),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_dealloc = (destructor)Node_dealloc,
    .tp_traverse = (traverseproc)Node_traverse,
    .tp_clear = (inquiry)Node_clear,
    .tp_getset = Node_getset,
    .tp_del = Node_del, // want "RC610: 'deleted' has tp_del"
};
