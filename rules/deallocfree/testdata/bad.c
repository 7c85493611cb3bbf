#include <Python.h>

typedef struct {
    PyObject_HEAD
    PyObject *value;
} Node;

static PyObject *
Node_set(Node *self, PyObject *value)
{
    Py_INCREF(value);
    Py_XSETREF(self->value, value);
    Py_RETURN_NONE;
}

static PyMethodDef Node_methods[] = {
    {"set", (PyCFunction)Node_set, METH_O, NULL},
    {NULL, NULL, 0, NULL}
};

/* object_dealloc knows nothing of the field. */
static PyTypeObject nodealloc_bad = { // want "RC608: 'nodealloc' has no tp_dealloc"
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "m.nodealloc",
    .tp_basicsize = sizeof(Node),
    .tp_flags = Py_TPFLAGS_DEFAULT, // want "RC601"
    .tp_methods = Node_methods,
};

static void
gcdel_bad(Node *self)
{
    Py_XDECREF(self->value);
    PyObject_GC_Del(self); // want "RC608: PyObject_GC_Del frees the instance of a type that is no GC type"
}

static PyTypeObject gcdel_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "m.gcdel_Type",
    .tp_basicsize = sizeof(Node),
    .tp_flags = Py_TPFLAGS_DEFAULT, // want "RC601"
    .tp_dealloc = (destructor)gcdel_bad,
    .tp_methods = Node_methods,
};
