#include <Python.h>

typedef struct {
    PyObject_HEAD
    PyObject *value;
    void *memory;
} Node;

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

static void
whole_ok(Node *self)
{
    PyObject_GC_UnTrack(self);
    Py_TRASHCAN_BEGIN(self, whole_ok)
    Node_clear(self);
    if (self->memory != NULL)
        PyMem_Free(self->memory);
    Py_TYPE(self)->tp_free((PyObject *)self);
    Py_TRASHCAN_END
}

static void
returns_bad(Node *self)
{
    PyObject_GC_UnTrack(self);
    Py_TRASHCAN_BEGIN(self, returns_bad)
    Node_clear(self);
    if (self->memory == NULL) {
        Py_TYPE(self)->tp_free((PyObject *)self);
        return; // want "RC608: returns between Py_TRASHCAN_BEGIN and Py_TRASHCAN_END"
    }
    PyMem_Free(self->memory);
    Py_TYPE(self)->tp_free((PyObject *)self);
    Py_TRASHCAN_END
}

static void
late_bad(Node *self)
{
    PyObject_GC_UnTrack(self);
    Py_TRASHCAN_BEGIN(self, late_bad)
    Node_clear(self);
    PyMem_Free(self->memory);
    Py_TRASHCAN_END
    Py_TYPE(self)->tp_free((PyObject *)self); // want "RC608: goes on with the instance after Py_TRASHCAN_END"
}

static void
other_bad(Node *self)
{
    PyObject_GC_UnTrack(self);
    Py_TRASHCAN_BEGIN(self, whole_ok) // want "RC608: Py_TRASHCAN_BEGIN names whole_ok, not other_bad"
    Node_clear(self);
    Py_TYPE(self)->tp_free((PyObject *)self);
    Py_TRASHCAN_END
}

#define NODE(name, dealloc)                                         \
    static PyTypeObject name = {                                    \
        PyVarObject_HEAD_INIT(NULL, 0)                              \
        .tp_name = "m." #name,                                      \
        .tp_basicsize = sizeof(Node),                               \
        .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,        \
        .tp_dealloc = (destructor)dealloc,                          \
        .tp_traverse = (traverseproc)Node_traverse,                 \
        .tp_clear = (inquiry)Node_clear,                            \
    }
NODE(Whole_Type, whole_ok);
NODE(Returns_Type, returns_bad);
NODE(Late_Type, late_bad);
NODE(Other_Type, other_bad);

static void
plain_bad(Node *self)
{
    Py_TRASHCAN_BEGIN(self, plain_bad) // want "RC608: uses Py_TRASHCAN_BEGIN, but 'Plain' is no GC type"
    Py_XDECREF(self->value);
    Py_TYPE(self)->tp_free((PyObject *)self);
    Py_TRASHCAN_END
}

static PyTypeObject Plain_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "m.Plain",
    .tp_basicsize = sizeof(Node),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_dealloc = (destructor)plain_bad,
};

/* A heap type releases its type last, which is not part of the instance. */
static void
heap_ok(Node *self)
{
    PyTypeObject *type = Py_TYPE(self);

    PyObject_GC_UnTrack(self);
    Py_TRASHCAN_BEGIN(self, heap_ok)
    Node_clear(self);
    type->tp_free((PyObject *)self);
    Py_DECREF(type);
    Py_TRASHCAN_END
}

static int
heap_traverse(Node *self, visitproc visit, void *arg)
{
    Py_VISIT(Py_TYPE(self));
    Py_VISIT(self->value);
    return 0;
}

static PyType_Slot heap_slots[] = {
    {Py_tp_dealloc, heap_ok},
    {Py_tp_traverse, heap_traverse},
    {Py_tp_clear, Node_clear},
    {0, NULL}
};

static PyType_Spec heap_spec = {
    .name = "m.Heap",
    .basicsize = sizeof(Node),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .slots = heap_slots,
};
