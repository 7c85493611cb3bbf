#include <Python.h>

/* Fields that own what they hold and are given something else. */

typedef struct {
    PyObject_HEAD
    PyObject *data;
    PyObject *name;
    int open;
} Reader;

static PyObject *current;

static int
Reader_traverse(Reader *self, visitproc visit, void *arg)
{
    Py_VISIT(self->data);
    Py_VISIT(self->name);
    return 0;
}

static int
Reader_clear(Reader *self)
{
    Py_CLEAR(self->data);
    Py_CLEAR(self->name);
    return 0;
}

static void
Reader_dealloc(Reader *self)
{
    PyObject_GC_UnTrack(self);
    Py_XDECREF(self->data);
    Py_XDECREF(self->name);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

/* The second call loses what the first one stored. */
static PyObject *
Reader_load_bad(Reader *self, PyObject *arg)
{
    PyObject *data = PySequence_List(arg);

    if (data == NULL)
        return NULL;
    self->data = data; // want "RC104: 'self->data' .*overwritten"
    Py_RETURN_NONE;
}

static PyObject *
Reader_load_ok(Reader *self, PyObject *arg)
{
    PyObject *data = PySequence_List(arg);

    if (data == NULL)
        return NULL;
    Py_XSETREF(self->data, data);
    Py_RETURN_NONE;
}

static PyObject *
Reader_load_tmp_ok(Reader *self, PyObject *arg)
{
    PyObject *data = PySequence_List(arg), *old;

    if (data == NULL)
        return NULL;
    old = self->data;
    self->data = data;
    Py_XDECREF(old);
    Py_RETURN_NONE;
}

/* Made once. */
static PyObject *
Reader_lazy_ok(Reader *self, PyObject *noargs)
{
    if (self->data == NULL) {
        self->data = PyList_New(0);
        if (self->data == NULL)
            return NULL;
    }
    return Py_NewRef(self->data);
}

/* Another field says that there is nothing to lose. */
static PyObject *
Reader_open_ok(Reader *self, PyObject *arg)
{
    if (self->open) {
        PyErr_SetString(PyExc_ValueError, "open");
        return NULL;
    }
    self->data = PySequence_List(arg);
    if (self->data == NULL)
        return NULL;
    self->open = 1;
    Py_RETURN_NONE;
}

/* Known to be there: it is used first. */
static PyObject *
Reader_rename_bad(Reader *self, PyObject *arg)
{
    if (self->name != NULL) {
        PyObject *joined = PyUnicode_Concat(self->name, arg);

        if (joined == NULL)
            return NULL;
        self->name = joined; // want "RC104: 'self->name'"
    }
    Py_RETURN_NONE;
}

/* Moved out, not lost. */
static PyObject *
Reader_take_ok(Reader *self, PyObject *arg)
{
    PyObject *old = self->name;

    self->name = Py_NewRef(arg);
    if (old == NULL)
        Py_RETURN_NONE;
    return old;
}

/* The constructor finds nothing there. */
static PyObject *
Reader_new_ok(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    Reader *self = (Reader *)type->tp_alloc(type, 0);

    if (self == NULL)
        return NULL;
    self->data = PyList_New(0);
    if (self->data == NULL) {
        Py_DECREF(self);
        return NULL;
    }
    self->name = Py_NewRef(Py_None);
    return (PyObject *)self;
}

static PyObject *
set_current_bad(PyObject *mod, PyObject *arg)
{
    current = Py_NewRef(arg); // want "RC104: 'current'"
    Py_RETURN_NONE;
}

static PyObject *
clear_current_ok(PyObject *mod, PyObject *noargs)
{
    Py_CLEAR(current);
    Py_RETURN_NONE;
}

/* What is in the field is known to be self: releasing self releases what it held. */
static PyObject *
Reader_part_ok(Reader *self, PyObject *arg)
{
    Reader *other;

    if (!PyObject_TypeCheck(arg, Py_TYPE(self)))
        Py_RETURN_FALSE;
    other = (Reader *)arg;
    if (other && other->data == (PyObject *)self) {
        other->data = NULL;
        Py_DECREF(self);
    }
    else if (other->name == (PyObject *)self) {
        Py_DECREF(self);
        other->name = NULL;
    }
    Py_RETURN_TRUE;
}

static PyObject *
Reader_part_bad(Reader *self, PyObject *arg)
{
    Reader *other;

    if (!PyObject_TypeCheck(arg, Py_TYPE(self)))
        Py_RETURN_FALSE;
    other = (Reader *)arg;
    if (other->data != NULL && other->name == (PyObject *)self) {
        other->data = NULL; // want "RC104: '.*->data'"
        other->name = NULL;
        Py_DECREF(self);
    }
    Py_RETURN_TRUE;
}

static PyMethodDef methods[] = {
    {"part", (PyCFunction)Reader_part_ok, METH_O, ""},
    {"part2", (PyCFunction)Reader_part_bad, METH_O, ""},
    {"load", (PyCFunction)Reader_load_bad, METH_O, ""},
    {"load2", (PyCFunction)Reader_load_ok, METH_O, ""},
    {"load3", (PyCFunction)Reader_load_tmp_ok, METH_O, ""},
    {"lazy", (PyCFunction)Reader_lazy_ok, METH_NOARGS, ""},
    {"open", (PyCFunction)Reader_open_ok, METH_O, ""},
    {"rename", (PyCFunction)Reader_rename_bad, METH_O, ""},
    {"take", (PyCFunction)Reader_take_ok, METH_O, ""},
    {"set_current", set_current_bad, METH_O, ""},
    {"clear_current", clear_current_ok, METH_NOARGS, ""},
    {NULL, NULL, 0, NULL},
};

static PyTypeObject Reader_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "m.Reader",
    .tp_basicsize = sizeof(Reader),
    .tp_dealloc = (destructor)Reader_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = (traverseproc)Reader_traverse,
    .tp_clear = (inquiry)Reader_clear,
    .tp_new = Reader_new_ok,
    .tp_methods = methods,
};
