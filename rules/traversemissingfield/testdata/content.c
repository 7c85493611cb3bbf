#include <Python.h>

/* What a field can hold decides whether it must be visited. */
static int
is_flag(PyObject *value)
{
    if (value == Py_True || value == Py_False)
        return 1;
    PyErr_SetString(PyExc_TypeError, "not a bool");
    return 0;
}

typedef struct {
    PyObject_HEAD
    PyObject *func;
    PyObject *flag;   /* a bool */
    PyObject *tag;    /* a str, checked when it is there */
    PyObject *items;  /* of a tuple of strings */
    PyObject *args;   /* of the user's tuple */
} Field;

static int
Field_tag(Field *self)
{
    self->tag = PyObject_CallNoArgs(self->func);
    if (self->tag == NULL)
        return -1;
    if (!PyUnicode_CheckExact(self->tag)) {
        PyErr_SetString(PyExc_TypeError, "the tag is a string");
        return -1;
    }
    return 0;
}

static PyObject *
Field_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    PyObject *func, *flag, *rest;
    Field *self;

    if (!PyArg_ParseTuple(args, "OOO", &func, &flag, &rest) || !is_flag(flag))
        return NULL;
    self = (Field *)type->tp_alloc(type, 0);
    if (self == NULL)
        return NULL;
    self->func = Py_NewRef(func);
    self->flag = Py_NewRef(flag);
    self->args = PyTuple_GetSlice(rest, 1, PyTuple_GET_SIZE(rest));
    if (self->args == NULL || Field_tag(self) < 0) {
        Py_DECREF(self);
        return NULL;
    }
    self->items = PyTuple_GetSlice(self->items, 0, 1);
    return (PyObject *)self;
}

static int
Field_clear(Field *self)
{
    Py_CLEAR(self->func);
    Py_CLEAR(self->flag);
    Py_CLEAR(self->tag);
    Py_CLEAR(self->items);
    Py_CLEAR(self->args);
    return 0;
}

static void
Field_dealloc(Field *self)
{
    PyObject_GC_UnTrack(self);
    Field_clear(self);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static int
needed_ok(Field *self, visitproc visit, void *arg)
{
    Py_VISIT(self->func);
    Py_VISIT(self->args);
    return 0;
}

static int
slice_bad(Field *self, visitproc visit, void *arg) // want "RC602: tp_traverse does not visit 'args'"
{
    Py_VISIT(self->func);
    return 0;
}

#define FIELD(name, function)                                       \
    static PyTypeObject name = {                                    \
        PyVarObject_HEAD_INIT(NULL, 0)                              \
        .tp_name = "m." #name,                                      \
        .tp_basicsize = sizeof(Field),                              \
        .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,        \
        .tp_new = Field_new,                                        \
        .tp_dealloc = (destructor)Field_dealloc,                    \
        .tp_traverse = (traverseproc)function,                      \
        .tp_clear = (inquiry)Field_clear,                           \
    }
FIELD(Needed_Type, needed_ok);
FIELD(Slice_Type, slice_bad);

/* The dict is taken out of the collector's lists, because its values are visited
 * one by one. */
typedef struct {
    PyObject_HEAD
    PyObject *data;
    PyObject *jar;
} Cache;

static int
Cache_init(Cache *self, PyObject *args, PyObject *kwds)
{
    PyObject *jar, *data;

    if (!PyArg_ParseTuple(args, "O", &jar))
        return -1;
    Py_INCREF(jar);
    Py_XSETREF(self->jar, jar);
    data = PyDict_New();
    if (data == NULL)
        return -1;
    Py_XSETREF(self->data, data);
    PyObject_GC_UnTrack(self->data);
    return 0;
}

static int
hidden_ok(Cache *self, visitproc visit, void *arg)
{
    Py_VISIT(self->jar);
    return 0;
}

static int
Cache_clear(Cache *self)
{
    Py_CLEAR(self->jar);
    Py_CLEAR(self->data);
    return 0;
}

static void
Cache_dealloc(Cache *self)
{
    PyObject_GC_UnTrack(self);
    Cache_clear(self);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyTypeObject Cache_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "m.Cache",
    .tp_basicsize = sizeof(Cache),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_init = (initproc)Cache_init,
    .tp_dealloc = (destructor)Cache_dealloc,
    .tp_traverse = (traverseproc)hidden_ok,
    .tp_clear = (inquiry)Cache_clear,
};
