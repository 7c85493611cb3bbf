#include <Python.h>

typedef struct {
    PyObject_HEAD
    PyObject *value;
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
    Py_VISIT(Py_TYPE(self));
    Py_VISIT(self->value);
    return 0;
}

static int
Node_clear(Node *self)
{
    Py_CLEAR(self->value);
    return 0;
}

static void
late_bad(Node *self)
{
    PyObject_GC_UnTrack(self);
    Node_clear(self);
    PyObject_GC_Del(self);
    Py_DECREF(Py_TYPE(self)); // want "RC607: reads the type of the instance after"
}

static PyType_Slot late_slots[] = {
    {Py_tp_dealloc, late_bad},
    {Py_tp_traverse, Node_traverse},
    {Py_tp_clear, Node_clear},
    {Py_tp_getset, Node_getset},
    {0, NULL}
};

static PyType_Spec late_spec = {
    .name = "m.late",
    .basicsize = sizeof(Node),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .slots = late_slots,
};
