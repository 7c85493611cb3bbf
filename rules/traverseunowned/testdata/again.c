#include <Python.h>

/* The collector takes one reference away for each visit. */

typedef struct {
    PyObject_HEAD
    PyObject *value;
} Node;

typedef struct {
    Node base;
    PyObject *extra;
} Sub;

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
Node_dealloc(Node *self)
{
    PyTypeObject *type = Py_TYPE(self);

    PyObject_GC_UnTrack(self);
    type->tp_clear((PyObject *)self);
    type->tp_free((PyObject *)self);
    Py_DECREF(type);
}

/* The heap type it derives from has visited the type. */
static int
heap_base_ok(Sub *self, visitproc visit, void *arg)
{
    Py_VISIT(self->extra);
    return Node_traverse((Node *)self, visit, arg);
}

static int
twice_bad(Sub *self, visitproc visit, void *arg)
{
    Py_VISIT(Py_TYPE(self));
    Py_VISIT(self->extra);
    return Node_traverse((Node *)self, visit, arg); // want "RC603: visits the type a second time"
}

static int
field_twice_bad(Node *self, visitproc visit, void *arg)
{
    Py_VISIT(Py_TYPE(self));
    Py_VISIT(self->value);
    Py_VISIT(self->value); // want "RC603: visits 'value' a second time"
    return 0;
}

static int
Sub_clear(Sub *self)
{
    Py_CLEAR(self->extra);
    return Node_clear((Node *)self);
}

static PyObject *
set(Sub *self, PyObject *v)
{
    Py_XSETREF(self->extra, Py_NewRef(v));
    Py_XSETREF(self->base.value, Py_NewRef(v));
    Py_RETURN_NONE;
}
static PyMethodDef ms[] = {{"set", (PyCFunction)set, METH_O, 0}, {0}};
static PyType_Slot Heap_slots[] = {
    {Py_tp_methods, ms},
    {Py_tp_dealloc, Node_dealloc},
    {Py_tp_traverse, heap_base_ok},
    {Py_tp_clear, Sub_clear},
    {0, NULL},
};

static PyType_Spec Heap_spec = {"m.Heap", sizeof(Sub), 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE, Heap_slots};

static PyType_Slot Twice_slots[] = {
    {Py_tp_methods, ms},
    {Py_tp_dealloc, Node_dealloc},
    {Py_tp_traverse, twice_bad},
    {Py_tp_clear, Sub_clear},
    {0, NULL},
};

static PyType_Spec Twice_spec = {"m.Twice", sizeof(Sub), 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE, Twice_slots};

static PyType_Slot FieldTwice_slots[] = {
    {Py_tp_methods, ms},
    {Py_tp_dealloc, Node_dealloc},
    {Py_tp_traverse, field_twice_bad},
    {Py_tp_clear, Node_clear},
    {0, NULL},
};

static PyType_Spec FieldTwice_spec = {"m.FieldTwice", sizeof(Node), 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE, FieldTwice_slots};

static PyType_Spec *specs[] = {&Heap_spec, &Twice_spec, &FieldTwice_spec};

static int
m_exec(PyObject *module)
{
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
    return 0;
}

static PyModuleDef_Slot m_slots[] = {{Py_mod_exec, m_exec}, {0, NULL}};
