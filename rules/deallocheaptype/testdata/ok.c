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

/* One function for static and heap types. */
static void
both_ok(Node *self)
{
    PyTypeObject *tp = Py_TYPE(self);

    PyObject_GC_UnTrack(self);
    Node_clear(self);
    tp->tp_free((PyObject *)self);
    if (PyType_HasFeature(tp, Py_TPFLAGS_HEAPTYPE))
        Py_DECREF(tp);
}

static PyTypeObject both_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "m.both_Type",
    .tp_basicsize = sizeof(Node),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_dealloc = (destructor)both_ok,
    .tp_traverse = (traverseproc)Node_traverse,
    .tp_clear = (inquiry)Node_clear,
    .tp_getset = Node_getset,
};

/* Fields are released by the tp_clear of the type. */
static void
own_clear_ok(Node *self)
{
    PyTypeObject *tp = Py_TYPE(self);

    PyObject_GC_UnTrack(self);
    tp->tp_clear((PyObject *)self);
    tp->tp_free((PyObject *)self);
    Py_DECREF(tp);
}

static PyType_Slot own_clear_slots[] = {
    {Py_tp_dealloc, own_clear_ok},
    {Py_tp_traverse, Node_traverse},
    {Py_tp_clear, Node_clear},
    {Py_tp_getset, Node_getset},
    {0, NULL}
};

static PyType_Spec own_clear_spec = {
    .name = "m.own_clear",
    .basicsize = sizeof(Node),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .slots = own_clear_slots,
};

/* tp_free looked up with PyType_GetSlot. */
static void
getslot_ok(Node *self)
{
    PyTypeObject *tp = Py_TYPE(self);
    freefunc release = (freefunc)PyType_GetSlot(tp, Py_tp_free);

    PyObject_GC_UnTrack(self);
    Node_clear(self);
    release(self);
    Py_DECREF(tp);
}

static PyType_Slot getslot_slots[] = {
    {Py_tp_dealloc, getslot_ok},
    {Py_tp_traverse, Node_traverse},
    {Py_tp_clear, Node_clear},
    {Py_tp_getset, Node_getset},
    {0, NULL}
};

static PyType_Spec getslot_spec = {
    .name = "m.getslot",
    .basicsize = sizeof(Node),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .slots = getslot_slots,
};
