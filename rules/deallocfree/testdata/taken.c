#include <Python.h>

/* The field is given a reference of its own, next to the one that is released at
 * the end. */
typedef struct {
    PyObject_HEAD
    PyObject *fields;
    PyObject *names;
} Info;

struct parts {
    PyObject *fields;
    PyObject *names;
};

static PyObject *
Info_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    struct parts parts = {NULL, NULL};
    Info *self = NULL;

    parts.fields = PySequence_Tuple(args);
    if (parts.fields == NULL)
        goto done;
    parts.names = PyTuple_GetSlice(parts.fields, 0, 1);
    if (parts.names == NULL)
        goto done;
    self = (Info *)type->tp_alloc(type, 0);
    if (self == NULL)
        goto done;
    Py_INCREF(parts.fields);
    self->fields = parts.fields;
    Py_INCREF(parts.names);
    self->names = parts.names;
done:
    Py_XDECREF(parts.fields);
    Py_XDECREF(parts.names);
    return (PyObject *)self;
}

static int
Info_traverse(Info *self, visitproc visit, void *arg)
{
    Py_VISIT(self->fields);
    Py_VISIT(self->names);
    return 0;
}

static void
one_bad(Info *self) // want "RC608: tp_dealloc does not release 'names'"
{
    PyObject_GC_UnTrack(self);
    Py_XDECREF(self->fields);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyTypeObject Info_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "m.Info",
    .tp_basicsize = sizeof(Info),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_new = Info_new,
    .tp_dealloc = (destructor)one_bad,
    .tp_traverse = (traverseproc)Info_traverse,
};

/* The field borrows what the argument tuple keeps. */
typedef struct {
    PyObject_HEAD
    PyObject *first;
    PyObject *args;
} View;

static PyObject *
View_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    PyObject *first;
    View *self;

    if (!PyArg_ParseTuple(args, "O", &first))
        return NULL;
    Py_INCREF(first);
    self = (View *)type->tp_alloc(type, 0);
    if (self != NULL) {
        self->first = first;
        self->args = Py_NewRef(args);
    }
    Py_DECREF(first);
    return (PyObject *)self;
}

static int
View_traverse(View *self, visitproc visit, void *arg)
{
    Py_VISIT(self->args);
    return 0;
}

static void
borrows_ok(View *self)
{
    PyObject_GC_UnTrack(self);
    Py_XDECREF(self->args);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyTypeObject View_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "m.View",
    .tp_basicsize = sizeof(View),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_new = View_new,
    .tp_dealloc = (destructor)borrows_ok,
    .tp_traverse = (traverseproc)View_traverse,
};

/* The size is that of another struct: these instances have no such fields. */
typedef struct {
    PyObject_HEAD
    void *handle;
    long position;
} Cursor;

static void
size_ok(Cursor *self)
{
    PyMem_Free(self->handle);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyTypeObject Cursor_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "m.Cursor",
    .tp_basicsize = sizeof(Info),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_dealloc = (destructor)size_ok,
};
