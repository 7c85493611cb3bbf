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

/* The old content is cleared as a whole. */
static int
cleared_ok(Node *self, PyObject *args, PyObject *kwds)
{
    if (self->other != NULL)
        Node_clear(self);
    self->value = PyList_New(0);
    self->other = PyDict_New();
    return self->value != NULL && self->other != NULL ? 0 : -1;
}

static int
once_ok(Node *self, PyObject *args, PyObject *kwds)
{
    if (self->value == NULL) {
        self->value = PyList_New(0);
        if (self->value == NULL)
            return -1;
    }
    return 0;
}

static int
kept_ok(Node *self, PyObject *args, PyObject *kwds)
{
    PyObject *old = self->value;

    self->value = PyList_New(0);
    Py_XDECREF(old);
    return self->value == NULL ? -1 : 0;
}

static PyTypeObject cleared_ok_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "m.cleared_ok_Type",
    .tp_basicsize = sizeof(Node),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_dealloc = (destructor)Node_dealloc,
    .tp_traverse = (traverseproc)Node_traverse,
    .tp_clear = (inquiry)Node_clear,
    .tp_init = (initproc)cleared_ok,
};

static PyTypeObject once_ok_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "m.once_ok_Type",
    .tp_basicsize = sizeof(Node),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_dealloc = (destructor)Node_dealloc,
    .tp_traverse = (traverseproc)Node_traverse,
    .tp_clear = (inquiry)Node_clear,
    .tp_init = (initproc)once_ok,
};

static PyTypeObject kept_ok_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "m.kept_ok_Type",
    .tp_basicsize = sizeof(Node),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_dealloc = (destructor)Node_dealloc,
    .tp_traverse = (traverseproc)Node_traverse,
    .tp_clear = (inquiry)Node_clear,
    .tp_init = (initproc)kept_ok,
};
