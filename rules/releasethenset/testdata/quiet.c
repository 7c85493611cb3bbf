#include <Python.h>

/* A lock has nothing that Python code could get hold of. */
typedef struct {
    PyObject_HEAD
    void *handle;
} Lock;

static void
Lock_dealloc(Lock *self)
{
    PyMem_Free(self->handle);
    PyObject_Free(self);
}

static PyTypeObject Lock_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "quiet.Lock",
    .tp_basicsize = sizeof(Lock),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_dealloc = (destructor)Lock_dealloc,
};

/* Python code can derive from this one. */
typedef struct {
    PyObject_HEAD
    void *handle;
} Open;

static void
Open_dealloc(Open *self)
{
    PyMem_Free(self->handle);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyTypeObject Open_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "quiet.Open",
    .tp_basicsize = sizeof(Open),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .tp_dealloc = (destructor)Open_dealloc,
};

typedef struct {
    PyObject_HEAD
    PyObject *count;
    PyObject *value;
    Lock *lock;
    Open *open;
} Counter;

/* Numbers run no code when they die. */
static PyObject *
Counter_add_ok(Counter *self, PyObject *noargs)
{
    Py_XDECREF(self->count);
    self->count = PyLong_FromLong(3000);
    Py_RETURN_NONE;
}

static PyObject *
Counter_value_bad(Counter *self, PyObject *value)
{
    Py_XDECREF(self->value); // want "RC205: 'self->value'"
    self->value = Py_NewRef(value);
    Py_RETURN_NONE;
}

static PyObject *
Counter_unlock_ok(Counter *self, PyObject *noargs)
{
    Py_XDECREF(self->lock);
    self->lock = NULL;
    Py_RETURN_NONE;
}

static PyObject *
Counter_close_bad(Counter *self, PyObject *noargs)
{
    Py_XDECREF(self->open); // want "RC205: 'self->open'"
    self->open = NULL;
    Py_RETURN_NONE;
}

/* Both when it is built for old and for new versions of Python. */
static PyObject *
Counter_move_bad(Counter *self, PyObject *value)
{
#if PY_VERSION_HEX < 0x030A0000
    Py_XDECREF(self->value); // want "RC205: 'self->value'"
    self->value = value;
    Py_INCREF(value);
#else
    Py_XSETREF(self->value, Py_NewRef(value));
#endif
    Py_RETURN_NONE;
}

/* The collector calls it for what nobody can reach. */
static int
Counter_clear_ok(Counter *self)
{
    Py_XDECREF(self->value);
    self->value = NULL;
    return 0;
}

static int
Counter_traverse(Counter *self, visitproc visit, void *arg)
{
    Py_VISIT(self->value);
    Py_VISIT(self->open);
    return 0;
}

static void
Counter_dealloc(Counter *self)
{
    PyObject_GC_UnTrack(self);
    Py_XDECREF(self->count);
    Py_XDECREF(self->value);
    Py_XDECREF(self->lock);
    Py_XDECREF(self->open);
    PyObject_GC_Del(self);
}

static PyMethodDef Counter_methods[] = {
    {"add", (PyCFunction)Counter_add_ok, METH_NOARGS, NULL},
    {"value", (PyCFunction)Counter_value_bad, METH_O, NULL},
    {"move", (PyCFunction)Counter_move_bad, METH_O, NULL},
    {"unlock", (PyCFunction)Counter_unlock_ok, METH_NOARGS, NULL},
    {"close", (PyCFunction)Counter_close_bad, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyTypeObject Counter_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "quiet.Counter",
    .tp_basicsize = sizeof(Counter),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = (traverseproc)Counter_traverse,
    .tp_clear = (inquiry)Counter_clear_ok,
    .tp_dealloc = (destructor)Counter_dealloc,
    .tp_methods = Counter_methods,
};
