#include <Python.h>

typedef struct {
    PyObject_HEAD
    PyObject *value;
    PyObject *name;
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

/* A string may be visited. */
static int
Node_traverse_ok(Node *self, visitproc visit, void *arg)
{
    int result = visit(self->name, arg);

    if (result != 0)
        return result;
    Py_VISIT(self->value);
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
Node_dealloc(Node *self)
{
    PyObject_GC_UnTrack(self);
    PyObject_ClearWeakRefs((PyObject *)self);
    Node_clear(self);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyTypeObject Node_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "m.Node_Type",
    .tp_basicsize = sizeof(Node),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_dealloc = (destructor)Node_dealloc,
    .tp_traverse = (traverseproc)Node_traverse_ok,
    .tp_clear = (inquiry)Node_clear,
    .tp_getset = Node_getset,
    .tp_weaklistoffset = offsetof(Node, weakrefs),
};
