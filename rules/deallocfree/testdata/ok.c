#include <Python.h>

typedef struct {
    PyObject_HEAD
    PyObject *value;
    PyObject *cached;
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

/* The finalizer releases. */
static void
Node_finalize(PyObject *self)
{
    Py_CLEAR(((Node *)self)->value);
}

static void
finalizer_ok(Node *self)
{
    if (PyObject_CallFinalizerFromDealloc((PyObject *)self) < 0)
        return;
    PyObject_GC_UnTrack(self);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyTypeObject finalizer_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "m.finalizer_Type",
    .tp_basicsize = sizeof(Node),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_dealloc = (destructor)finalizer_ok,
    .tp_traverse = (traverseproc)Node_traverse,
    .tp_clear = (inquiry)Node_clear,
    .tp_methods = Node_methods,
    .tp_finalize = Node_finalize,
};

/* A free list keeps the memory. */
static Node *spare;

static void
freelist_ok(Node *self)
{
    PyObject_GC_UnTrack(self);
    Py_CLEAR(self->value);
    if (spare == NULL)
        spare = self;
    else
        PyObject_GC_Del(self);
}

static PyTypeObject freelist_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "m.freelist_Type",
    .tp_basicsize = sizeof(Node),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_dealloc = (destructor)freelist_ok,
    .tp_traverse = (traverseproc)Node_traverse,
    .tp_clear = (inquiry)Node_clear,
    .tp_methods = Node_methods,
};

/* Python code can write the member: what spec types get as tp_dealloc clears it. */
static PyMemberDef Node_members[] = {
    {"value", Py_T_OBJECT_EX, offsetof(Node, value), 0, NULL},
    {NULL, 0, 0, 0, NULL}
};

/* All fields are set before anything can fail. */
typedef struct {
    PyObject_HEAD
    PyObject *value;
    PyObject *other;
} Half;

static int
Half_traverse(Half *self, visitproc visit, void *arg)
{
    Py_VISIT(self->value);
    Py_VISIT(self->other);
    return 0;
}

static int
Half_clear(Half *self)
{
    Py_CLEAR(self->value);
    Py_CLEAR(self->other);
    return 0;
}

static void
Half_dealloc(Half *self)
{
    PyObject_GC_UnTrack(self);
    Half_clear(self);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyTypeObject Half_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "m.Half_Type",
    .tp_basicsize = sizeof(Half),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_dealloc = (destructor)Half_dealloc,
    .tp_traverse = (traverseproc)Half_traverse,
    .tp_clear = (inquiry)Half_clear,
};

static PyObject *
half_ok(PyObject *module, PyObject *value)
{
    Half *self = PyObject_GC_New(Half, &Half_Type);

    if (self == NULL)
        return NULL;
    self->value = NULL;
    self->other = NULL;
    self->value = PyList_New(0);
    if (self->value == NULL) {
        Py_DECREF(self);
        return NULL;
    }
    self->other = Py_NewRef(value);
    PyObject_GC_Track(self);
    return (PyObject *)self;
}

/* A constant is never freed. */
typedef struct {
    PyObject_HEAD
    int n;
} Constant;

static void
constant_ok(Constant *self)
{
    Py_FatalError("a constant dies");
}

static PyTypeObject Constant_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "m.Constant_Type",
    .tp_basicsize = sizeof(Constant),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_dealloc = (destructor)constant_ok,
};

/* What a spec without tp_dealloc gets calls tp_finalize first. */
typedef struct {
    PyObject_HEAD
    PyObject *attributes;
} Heaped;

static int
Heaped_setattro(Heaped *self, PyObject *name, PyObject *value)
{
    if (self->attributes == NULL) {
        self->attributes = PyDict_New();
        if (self->attributes == NULL)
            return -1;
    }
    return PyDict_SetItem(self->attributes, name, value);
}

static int
Heaped_traverse(Heaped *self, visitproc visit, void *arg)
{
    Py_VISIT(Py_TYPE(self));
    Py_VISIT(self->attributes);
    return 0;
}

static int
Heaped_clear(Heaped *self)
{
    Py_CLEAR(self->attributes);
    return 0;
}

static void
Heaped_finalize(Heaped *self)
{
    Py_CLEAR(self->attributes);
}

static PyType_Slot heaped_slots[] = {
    {Py_tp_traverse, Heaped_traverse},
    {Py_tp_clear, Heaped_clear},
    {Py_tp_finalize, Heaped_finalize},
    {Py_tp_setattro, Heaped_setattro},
    {0, NULL}
};

static PyType_Spec finalized_ok = {
    .name = "m.Heaped",
    .basicsize = sizeof(Heaped),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .slots = heaped_slots,
};

/* The variable holds an old instance where it is released. */
static PyObject *
reused_ok(PyObject *module, PyObject *args)
{
    PyObject *value, *old;
    Half *self;

    if (!PyArg_ParseTuple(args, "OO", &value, &old))
        return NULL;
    if (old == Py_None) {
        self = PyObject_GC_New(Half, &Half_Type);
        if (self == NULL)
            return NULL;
        self->value = Py_NewRef(value);
        self->other = NULL;
        PyObject_GC_Track(self);
        return (PyObject *)self;
    }
    self = (Half *)old;
    if (self->value == NULL) {
        Py_INCREF(self);
        Py_DECREF(self);
        Py_RETURN_NONE;
    }
    Py_INCREF(value);
    Py_XSETREF(self->value, value);
    self->other = NULL;
    Py_RETURN_NONE;
}

/* Without tp_new nobody can make an instance of a derived class. */
static void
closed_ok(Constant *self)
{
    PyObject_Del(self);
}

static PyTypeObject Closed_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "m.Closed_Type",
    .tp_basicsize = sizeof(Constant),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .tp_dealloc = (destructor)closed_ok,
};

/* Only instances of the type itself are freed directly. */
static void
exact_ok(Constant *self);

static PyTypeObject Exact_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "m.Exact_Type",
    .tp_basicsize = sizeof(Constant),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .tp_new = PyType_GenericNew,
    .tp_dealloc = (destructor)exact_ok,
};

static void
exact_ok(Constant *self)
{
    if (Py_IS_TYPE((PyObject *)self, &Exact_Type))
        PyObject_Del(self);
    else
        Py_TYPE(self)->tp_free((PyObject *)self);
}
