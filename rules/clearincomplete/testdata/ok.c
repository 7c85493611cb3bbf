#include <Python.h>

static PyTypeObject tuple_like_Type;

typedef struct {
    PyObject_HEAD
    PyObject *name;
    PyObject *code;
} Fn;

static PyObject *
Fn_new(PyObject *module, PyObject *args)
{
    PyObject *name, *code;
    Fn *self;

    if (!PyArg_ParseTuple(args, "OO", &name, &code))
        return NULL;
    self = PyObject_GC_New(Fn, &tuple_like_Type);
    if (self == NULL)
        return NULL;
    Py_INCREF(name);
    self->name = name;
    Py_INCREF(code);
    self->code = code;
    PyObject_GC_Track(self);
    return (PyObject *)self;
}

/* Nothing changes after construction: some other object of a cycle is mutable. */
static int
tuple_like_ok(Fn *self, visitproc visit, void *arg)
{
    Py_VISIT(self->name);
    Py_VISIT(self->code);
    return 0;
}

static void
Fn_dealloc(Fn *self)
{
    PyObject_GC_UnTrack(self);
    Py_XDECREF(self->name);
    Py_XDECREF(self->code);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyTypeObject tuple_like_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "m.tuple_like_Type",
    .tp_basicsize = sizeof(Fn),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_dealloc = (destructor)Fn_dealloc,
    .tp_traverse = (traverseproc)tuple_like_ok,
};

static PyMethodDef functions[] = {
    {"fn", Fn_new, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL}
};

static PyModuleDef module = {PyModuleDef_HEAD_INIT, "m", NULL, -1, functions, NULL, NULL, NULL, NULL};

PyMODINIT_FUNC
PyInit_m(void)
{
    return PyModule_Create(&module);
}

/* The whole block is taken off before it is freed. */
typedef struct {
    char *data;
    PyObject *owner;
} Block;

typedef struct {
    PyObject_HEAD
    Block *block;
    PyObject *value;
} Holder;

static int
Holder_set(Holder *self, PyObject *value, void *closure)
{
    Py_XINCREF(value);
    Py_XSETREF(self->value, value);
    return 0;
}

static PyGetSetDef Holder_getset[] = {
    {"value", NULL, (setter)Holder_set, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL}
};

static int
Holder_traverse(Holder *self, visitproc visit, void *arg)
{
    Py_VISIT(self->value);
    if (self->block != NULL)
        Py_VISIT(self->block->owner);
    return 0;
}

static int
Holder_clear_ok(Holder *self)
{
    Block *block = self->block;

    self->block = NULL;
    if (block != NULL) {
        Py_XDECREF(block->owner);
        PyMem_Free(block->data);
        PyMem_Free(block);
    }
    Py_CLEAR(self->value);
    return 0;
}

static void
Holder_dealloc(Holder *self)
{
    PyObject_GC_UnTrack(self);
    Holder_clear_ok(self);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyTypeObject Holder_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "m.Holder_Type",
    .tp_basicsize = sizeof(Holder),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_dealloc = (destructor)Holder_dealloc,
    .tp_traverse = (traverseproc)Holder_traverse,
    .tp_clear = (inquiry)Holder_clear_ok,
    .tp_getset = Holder_getset,
};
