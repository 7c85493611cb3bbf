#include <Python.h>

/* What instances of heap types own, and who gives it back. */

typedef struct {
    PyObject_HEAD
    PyObject *value;
} Node;

static PyTypeObject *node_type;

static int
Node_traverse(Node *self, visitproc visit, void *arg)
{
#if PY_VERSION_HEX >= 0x03090000
    Py_VISIT(Py_TYPE(self));
#endif
    Py_VISIT(self->value);
    return 0;
}

static int
Node_clear(Node *self)
{
    Py_CLEAR(self->value);
    return 0;
}

/* Before 3.8 the instance owns its type only if PyType_GenericAlloc made it. */
static void
guarded_ok(Node *self)
{
#if PY_VERSION_HEX >= 0x03080000
    PyTypeObject *type = Py_TYPE(self);
#endif

    PyObject_GC_UnTrack(self);
    Node_clear(self);
    PyObject_GC_Del(self);
#if PY_VERSION_HEX >= 0x03080000
    Py_DECREF(type);
#endif
}

static PyType_Slot guarded_slots[] = {
    {Py_tp_dealloc, guarded_ok},
    {Py_tp_traverse, Node_traverse},
    {Py_tp_clear, Node_clear},
    {0, NULL},
};

static PyType_Spec guarded_spec = {"m.Guarded", sizeof(Node), 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC, guarded_slots};

/* The instance may be one of a derived class. */
static void
cached_bad(Node *self)
{
    PyObject_GC_UnTrack(self);
    Node_clear(self);
    Py_TYPE(self)->tp_free((PyObject *)self); // want "RC607: does not release the type"
    Py_DECREF(node_type);
}

static PyType_Slot cached_slots[] = {
    {Py_tp_dealloc, cached_bad},
    {Py_tp_traverse, Node_traverse},
    {Py_tp_clear, Node_clear},
    {0, NULL},
};

static PyType_Spec cached_spec = {"m.Cached", sizeof(Node), 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE, cached_slots};

/* From 3.8 on every allocator takes the reference to the type. Code for 3.7 does it, too: not reported. */
static PyObject *
FN_counted_bad(PyObject *module, PyObject *value)
{
    Node *self = PyObject_GC_New(Node, node_type);

    if (self == NULL)
        return NULL;
    Py_INCREF(node_type);
    self->value = Py_NewRef(value);
    PyObject_GC_Track(self);
    return (PyObject *)self;
}

static PyObject *
counted_ok(PyObject *module, PyObject *value)
{
    Node *self = PyObject_GC_New(Node, node_type);

    if (self == NULL)
        return NULL;
#if PY_VERSION_HEX < 0x03080000
    Py_INCREF(node_type);
#endif
    self->value = Py_NewRef(value);
    PyObject_GC_Track(self);
    return (PyObject *)self;
}

/* Releasing the instance releases its type. That the first argument is not released for somebody else is
   not certain enough. */
static PyObject *
FN_failed_bad(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    Node *self = (Node *)type->tp_alloc(type, 0);

    if (self == NULL)
        return NULL;
    self->value = PyDict_New();
    if (self->value == NULL) {
        Py_DECREF(self);
        Py_DECREF(type);
        return NULL;
    }
    return (PyObject *)self;
}

static PyObject *
failed_ok(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    Node *self = (Node *)type->tp_alloc(type, 0);

    if (self == NULL)
        return NULL;
    self->value = PyDict_New();
    if (self->value == NULL) {
        Py_DECREF(self);
        return NULL;
    }
    return (PyObject *)self;
}
static PyType_Slot failed_slots[] = {
    {Py_tp_new, FN_failed_bad},
    {Py_tp_dealloc, guarded_ok},
    {Py_tp_traverse, Node_traverse},
    {Py_tp_clear, Node_clear},
    {0, NULL},
};
static PyType_Spec failed_spec = {"m.Failed", sizeof(Node), 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE, failed_slots};
static PyType_Slot fine_slots[] = {
    {Py_tp_new, failed_ok},
    {Py_tp_dealloc, guarded_ok},
    {Py_tp_traverse, Node_traverse},
    {Py_tp_clear, Node_clear},
    {0, NULL},
};
static PyType_Spec fine_spec = {"m.Fine", sizeof(Node), 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE, fine_slots};

static PyMethodDef methods[] = {
    {"counted", FN_counted_bad, METH_O, ""},
    {"counted_before", counted_ok, METH_O, ""},
    {NULL, NULL, 0, NULL},
};

/* the types are made here */
static int
m_exec(PyObject *module)
{
    PyType_Spec *specs[] = {&cached_spec, &failed_spec, &fine_spec};

    node_type = (PyTypeObject *)PyType_FromSpec(&guarded_spec);
    if (node_type == NULL)
        return -1;
    for (int i = 0; i < 3; i++) {
        PyObject *type = PyType_FromSpec(specs[i]);

        if (type == NULL)
            return -1;
        if (PyModule_AddType(module, (PyTypeObject *)type) < 0) {
            Py_DECREF(type);
            return -1;
        }
        Py_DECREF(type);
    }
    return PyModule_AddFunctions(module, methods);
}

static PyModuleDef_Slot m_slots[] = {{Py_mod_exec, m_exec}, {0, NULL}};
