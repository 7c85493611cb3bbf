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
Node_clear(Node *self)
{
    Py_CLEAR(self->value);
    return 0;
}

static void
Node_dealloc(Node *self)
{
    PyTypeObject *tp = Py_TYPE(self);

    PyObject_GC_UnTrack(self);
    Py_XDECREF(self->value);
    tp->tp_free((PyObject *)self);
    Py_DECREF(tp);
}

/* Targets before 3.9 do not see the visit. */
static int
guarded_ok(Node *self, visitproc visit, void *arg)
{
#if PY_VERSION_HEX >= 0x03090000
    Py_VISIT(Py_TYPE(self));
#endif
    Py_VISIT(self->value);
    return 0;
}

static PyType_Slot guarded_slots[] = {
    {Py_tp_dealloc, Node_dealloc},
    {Py_tp_traverse, guarded_ok},
    {Py_tp_clear, Node_clear},
    {Py_tp_getset, Node_getset},
    {0, NULL}
};

static PyType_Spec guarded_spec = {
    .name = "m.guarded",
    .basicsize = sizeof(Node),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .slots = guarded_slots,
};

/* Static types are not owned by their instances. */
static int
static_ok(Node *self, visitproc visit, void *arg)
{
    Py_VISIT(self->value);
    return 0;
}

static void
static_dealloc(Node *self)
{
    PyObject_GC_UnTrack(self);
    Py_XDECREF(self->value);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyTypeObject static_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "m.static_Type",
    .tp_basicsize = sizeof(Node),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_dealloc = (destructor)static_dealloc,
    .tp_traverse = (traverseproc)static_ok,
    .tp_clear = (inquiry)Node_clear,
    .tp_getset = Node_getset,
};
