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
weakrefs_bad(Node *self, visitproc visit, void *arg)
{
    Py_VISIT(self->value);
    Py_VISIT(self->weakrefs); // want "RC603: visits the weak reference list 'weakrefs'"
    return 0;
}

static int
ignored_bad(Node *self, visitproc visit, void *arg)
{
    visit(self->value, arg); // want "RC603: the result of visit is ignored"
    return 0;
}

static int
creates_bad(Node *self, visitproc visit, void *arg)
{
    PyObject *name = PyObject_Str(self->value); // want "RC603: calls PyObject_Str"

    Py_XDECREF(name);
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
Node_dealloc(Node *self)
{
    PyObject_GC_UnTrack(self);
    PyObject_ClearWeakRefs((PyObject *)self);
    Node_clear(self);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyTypeObject weakrefs_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "m.weakrefs_Type",
    .tp_basicsize = sizeof(Node),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_dealloc = (destructor)Node_dealloc,
    .tp_traverse = (traverseproc)weakrefs_bad,
    .tp_clear = (inquiry)Node_clear,
    .tp_getset = Node_getset,
    .tp_weaklistoffset = offsetof(Node, weakrefs),
};

static PyTypeObject ignored_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "m.ignored_Type",
    .tp_basicsize = sizeof(Node),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_dealloc = (destructor)Node_dealloc,
    .tp_traverse = (traverseproc)ignored_bad,
    .tp_clear = (inquiry)Node_clear,
    .tp_getset = Node_getset,
    .tp_weaklistoffset = offsetof(Node, weakrefs),
};

static PyTypeObject creates_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "m.creates_Type",
    .tp_basicsize = sizeof(Node),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_dealloc = (destructor)Node_dealloc,
    .tp_traverse = (traverseproc)creates_bad,
    .tp_clear = (inquiry)Node_clear,
    .tp_getset = Node_getset,
    .tp_weaklistoffset = offsetof(Node, weakrefs),
};

/* m_traverse runs during a collection as well. */
static PyObject *recent[8];

static int
m_traverse_bad(PyObject *module, visitproc visit, void *arg)
{
    int i;

    for (i = 0; i < 8; i++)
        Py_CLEAR(recent[i]); // want "RC603: m_traverse calls Py_CLEAR"
    return 0;
}

static PyModuleDef recent_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "recent",
    .m_size = -1,
    .m_traverse = m_traverse_bad,
};
