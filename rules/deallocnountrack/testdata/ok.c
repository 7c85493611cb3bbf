#include <Python.h>

typedef struct {
    PyObject_HEAD
    PyObject *value;
    PyObject *weakrefs;
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
    return 0;
}

static int
Node_clear(Node *self)
{
    Py_CLEAR(self->value);
    return 0;
}

/* The instance is alive while its finalizer runs. */
static void
Node_finalize(PyObject *self)
{
    PyObject *type, *value, *traceback;

    PyErr_Fetch(&type, &value, &traceback);
    Py_CLEAR(((Node *)self)->value);
    PyErr_Restore(type, value, traceback);
}

static void
finalizer_ok(Node *self)
{
    if (PyObject_CallFinalizerFromDealloc((PyObject *)self) < 0)
        return;
    PyObject_GC_UnTrack(self);
    PyObject_ClearWeakRefs((PyObject *)self);
    Node_clear(self);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

/* Somebody else has untracked it. */
static void
condition_ok(Node *self)
{
    if (PyObject_GC_IsTracked((PyObject *)self))
        PyObject_GC_UnTrack(self);
    PyObject_ClearWeakRefs((PyObject *)self);
    Node_clear(self);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

/* The private macro takes a file name in some versions. */
static void
private_ok(Node *self)
{
    _PyObject_GC_UNTRACK(self);
    PyObject_ClearWeakRefs((PyObject *)self);
    Node_clear(self);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyTypeObject finalizer_ok_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "m.finalizer_ok_Type",
    .tp_basicsize = sizeof(Node),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_dealloc = (destructor)finalizer_ok,
    .tp_traverse = (traverseproc)Node_traverse,
    .tp_clear = (inquiry)Node_clear,
    .tp_getset = Node_getset,
    .tp_weaklistoffset = offsetof(Node, weakrefs),
    .tp_finalize = Node_finalize,
};

static PyTypeObject condition_ok_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "m.condition_ok_Type",
    .tp_basicsize = sizeof(Node),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_dealloc = (destructor)condition_ok,
    .tp_traverse = (traverseproc)Node_traverse,
    .tp_clear = (inquiry)Node_clear,
    .tp_getset = Node_getset,
    .tp_weaklistoffset = offsetof(Node, weakrefs),
};

static PyTypeObject private_ok_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "m.private_ok_Type",
    .tp_basicsize = sizeof(Node),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_dealloc = (destructor)private_ok,
    .tp_traverse = (traverseproc)Node_traverse,
    .tp_clear = (inquiry)Node_clear,
    .tp_getset = Node_getset,
    .tp_weaklistoffset = offsetof(Node, weakrefs),
};
