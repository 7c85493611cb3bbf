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

/* Releasing objects needs no care. */
static void
plain_ok(Node *self)
{
    PyObject_GC_UnTrack(self);
    Node_clear(self);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyTypeObject plain_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "m.plain_Type",
    .tp_basicsize = sizeof(Node),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_dealloc = (destructor)plain_ok,
    .tp_traverse = (traverseproc)Node_traverse,
    .tp_clear = (inquiry)Node_clear,
    .tp_getset = Node_getset,
};

static void
call_close(PyObject *self)
{
    PyObject *result = PyObject_CallMethod(self, "close", NULL);

    if (result == NULL)
        PyErr_WriteUnraisable(self);
    Py_XDECREF(result);
}

/* Put aside in the function that calls the helper. */
static void
saved_ok(PyObject *self)
{
    PyObject *type, *value, *traceback;

    PyErr_Fetch(&type, &value, &traceback);
    call_close(self);
    PyErr_Restore(type, value, traceback);
}

static PyTypeObject saved_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "m.saved_Type",
    .tp_basicsize = sizeof(Node),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_dealloc = (destructor)plain_ok,
    .tp_traverse = (traverseproc)Node_traverse,
    .tp_clear = (inquiry)Node_clear,
    .tp_getset = Node_getset,
    .tp_finalize = saved_ok,
};

/* The argument says that nothing is called. */
static int
detach(Node *self, int close)
{
    if (close) {
        PyObject *result = PyObject_CallMethod(self->value, "close", NULL);

        if (result == NULL)
            return -1;
        Py_DECREF(result);
    }
    Py_CLEAR(self->value);
    return 0;
}

static PyObject *
Node_close(Node *self, PyObject *unused)
{
    if (detach(self, 1) < 0)
        return NULL;
    Py_RETURN_NONE;
}

static PyMethodDef Node_methods[] = {
    {"close", (PyCFunction)Node_close, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL}
};

static void
told_ok(Node *self)
{
    PyObject_GC_UnTrack(self);
    (void)detach(self, 0);
    Node_clear(self);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyTypeObject told_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "m.told_Type",
    .tp_basicsize = sizeof(Node),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_dealloc = (destructor)told_ok,
    .tp_traverse = (traverseproc)Node_traverse,
    .tp_clear = (inquiry)Node_clear,
    .tp_getset = Node_getset,
    .tp_methods = Node_methods,
};
