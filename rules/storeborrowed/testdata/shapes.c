#include <Python.h>

typedef struct {
    PyObject_HEAD
    PyObject *name;
    PyObject *type_code;
    PyObject *file;
} Column;

/* The format string writes into the structure itself. */
static int
Column_init_bad(Column *self, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"name", "type_code", NULL};

    if (!PyArg_ParseTupleAndKeywords(args, kwds, "OO", names, &self->name, &self->type_code)) // want "RC302: self->name" "RC302: .self->type_code"
        return -1;
    return 0;
}

/* Kept for the length of a callback that may outlive the caller's reference. */
static PyObject *
Column_read_bad(Column *self, PyObject *args)
{
    PyObject *file;

    if (!PyArg_ParseTuple(args, "O", &file))
        return NULL;
    Py_CLEAR(self->file);
    self->file = file; // want "RC302: 'file'"
    Py_RETURN_NONE;
}

static PyObject *default_column;

static PyObject *
FN_set_default_bad(PyObject *self, PyObject *column)
{
    Py_CLEAR(default_column);
    default_column = column;
    Py_RETURN_NONE;
}

static void
Column_dealloc(Column *self)
{
    Py_CLEAR(self->name);
    Py_CLEAR(self->type_code);
    Py_CLEAR(self->file);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyMethodDef Column_methods[] = {
    {"read", (PyCFunction)Column_read_bad, METH_VARARGS, NULL},
    {"set_default", FN_set_default_bad, METH_O, NULL},
    {NULL, NULL, 0, NULL}
};

static PyTypeObject Column_Type = { // want "RC601"
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "shapes.Column",
    .tp_basicsize = sizeof(Column),
    .tp_dealloc = (destructor)Column_dealloc,
    .tp_init = (initproc)Column_init_bad,
    .tp_methods = Column_methods,
};
