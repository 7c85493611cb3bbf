#include <Python.h>

typedef struct {
    PyObject_HEAD
    PyObject *value;
    PyObject *other;
} Node;

static int
Node_traverse(Node *self, visitproc visit, void *arg)
{
    Py_VISIT(self->value);
    Py_VISIT(self->other);
    return 0;
}

static int
Node_clear(Node *self)
{
    Py_CLEAR(self->value);
    Py_CLEAR(self->other);
    return 0;
}

static void
Node_dealloc(Node *self)
{
    PyObject_GC_UnTrack(self);
    Node_clear(self);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyTypeObject Node_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "m.Node_Type",
    .tp_basicsize = sizeof(Node),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_dealloc = (destructor)Node_dealloc,
    .tp_traverse = (traverseproc)Node_traverse,
    .tp_clear = (inquiry)Node_clear,
};

static PyObject *
late_ok(PyObject *module, PyObject *value)
{
    Node *self = PyObject_GC_New(Node, &Node_Type);

    if (self == NULL)
        return NULL;
    self->value = Py_NewRef(value);
    self->other = NULL;
    PyObject_GC_Track(self);
    self->other = PyList_New(0);
    if (self->other == NULL) {
        Py_DECREF(self);
        return NULL;
    }
    return (PyObject *)self;
}

/* Already tracked, and all fields are NULL. */
static PyObject *
generic_ok(PyObject *module, PyObject *value)
{
    Node *self = (Node *)PyType_GenericAlloc(&Node_Type, 0);

    if (self == NULL)
        return NULL;
    self->value = Py_NewRef(value);
    return (PyObject *)self;
}

/* Not seen by the collector while it is filled. */
static PyObject *
window_ok(PyObject *module, PyObject *value)
{
    Node *self = (Node *)PyType_GenericAlloc(&Node_Type, 0);

    if (self == NULL)
        return NULL;
    PyObject_GC_UnTrack(self);
    self->value = Py_NewRef(value);
    PyObject_GC_Track(self);
    return (PyObject *)self;
}
