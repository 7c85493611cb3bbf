#include <Python.h>

typedef struct {
    PyObject_HEAD
    PyObject *value;
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
weakrefs_bad(Node *self)
{
    if (self->weakrefs != NULL)
        PyObject_ClearWeakRefs((PyObject *)self); // want "RC606: calls PyObject_ClearWeakRefs before PyObject_GC_UnTrack"
    PyObject_GC_UnTrack(self);
    Node_clear(self);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static void
never_bad(Node *self)
{
    PyTypeObject *tp = Py_TYPE(self);

    Py_XDECREF(self->value); // want "RC606: releases 'value' without PyObject_GC_UnTrack"
    if (self->weakrefs != NULL)
        PyObject_ClearWeakRefs((PyObject *)self);
    tp->tp_free((PyObject *)self);
}

static void
close_file(Node *self)
{
    Py_BEGIN_ALLOW_THREADS
    fflush(NULL);
    Py_END_ALLOW_THREADS
}

static void
gil_bad(Node *self)
{
    close_file(self); // want "RC606: gives up the GIL before PyObject_GC_UnTrack"
    PyObject_GC_UnTrack(self);
    PyObject_ClearWeakRefs((PyObject *)self);
    Node_clear(self);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyTypeObject weakrefs_bad_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "m.weakrefs_bad_Type",
    .tp_basicsize = sizeof(Node),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_dealloc = (destructor)weakrefs_bad,
    .tp_traverse = (traverseproc)Node_traverse,
    .tp_clear = (inquiry)Node_clear,
    .tp_getset = Node_getset,
    .tp_weaklistoffset = offsetof(Node, weakrefs),
};

static PyTypeObject never_bad_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "m.never_bad_Type",
    .tp_basicsize = sizeof(Node),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_dealloc = (destructor)never_bad,
    .tp_traverse = (traverseproc)Node_traverse,
    .tp_clear = (inquiry)Node_clear,
    .tp_getset = Node_getset,
    .tp_weaklistoffset = offsetof(Node, weakrefs),
};

static PyTypeObject gil_bad_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "m.gil_bad_Type",
    .tp_basicsize = sizeof(Node),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_dealloc = (destructor)gil_bad,
    .tp_traverse = (traverseproc)Node_traverse,
    .tp_clear = (inquiry)Node_clear,
    .tp_getset = Node_getset,
    .tp_weaklistoffset = offsetof(Node, weakrefs),
};

/* What is put off stays in the collector's lists. */
typedef struct {
    PyObject_HEAD
    PyObject *next;
} Deep;

static int
Deep_traverse(Deep *self, visitproc visit, void *arg)
{
    Py_VISIT(self->next);
    return 0;
}

static void
trashcan_bad(Deep *self)
{
    Py_TRASHCAN_BEGIN(self, trashcan_bad) // want "RC606: tp_dealloc calls Py_TRASHCAN_BEGIN before PyObject_GC_UnTrack"
    PyObject_GC_UnTrack(self);
    Py_XDECREF(self->next);
    Py_TYPE(self)->tp_free((PyObject *)self);
    Py_TRASHCAN_END
}

static PyTypeObject Deep_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "m.Deep",
    .tp_basicsize = sizeof(Deep),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_dealloc = (destructor)trashcan_bad,
    .tp_traverse = (traverseproc)Deep_traverse,
};
