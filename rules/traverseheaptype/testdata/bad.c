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

static int
static_base_bad(Node *self, visitproc visit, void *arg) // want "RC604: does not visit the type"
{
    Py_VISIT(self->value);
    return PyList_Type.tp_traverse((PyObject *)self, visit, arg);
}

static PyType_Slot derived_slots[] = {
    {Py_tp_base, &PyList_Type},
    {Py_tp_dealloc, Node_dealloc},
    {Py_tp_traverse, static_base_bad},
    {Py_tp_clear, Node_clear},
    {Py_tp_getset, Node_getset},
    {0, NULL}
};

static PyType_Spec derived_spec = {
    .name = "m.derived",
    .basicsize = sizeof(Node),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .slots = derived_slots,
};
