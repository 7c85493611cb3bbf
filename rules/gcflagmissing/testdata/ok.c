#include <Python.h>

typedef struct {
    PyObject_HEAD
    PyObject *text;
    PyObject *size;
} Name;

static int
Name_init(Name *self, PyObject *args, PyObject *kwds)
{
    PyObject *text;
    Py_ssize_t n;

    if (!PyArg_ParseTuple(args, "Un", &text, &n))
        return -1;
    Py_INCREF(text);
    Py_XSETREF(self->text, text);
    Py_XSETREF(self->size, PyLong_FromSsize_t(n));
    return 0;
}

static void
Name_dealloc(Name *self)
{
    Py_XDECREF(self->text);
    Py_XDECREF(self->size);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

/* Strings and numbers refer to nothing. */
static PyTypeObject atoms_ok = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "m.atoms_ok",
    .tp_basicsize = sizeof(Name),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_dealloc = (destructor)Name_dealloc,
    .tp_init = (initproc)Name_init,
};

static int
is_text(PyObject *value)
{
    if (PyUnicode_CheckExact(value))
        return 1;
    PyErr_SetString(PyExc_TypeError, "not a string");
    return 0;
}

typedef struct {
    PyObject_HEAD
    PyObject *text;
} Label;

static int
Label_set(Label *self, PyObject *value, void *closure)
{
    if (value == NULL || !is_text(value))
        return -1;
    Py_INCREF(value);
    Py_XSETREF(self->text, value);
    return 0;
}

static PyGetSetDef Label_getset[] = {
    {"text", NULL, (setter)Label_set, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL}
};

static void
Label_dealloc(Label *self)
{
    Py_XDECREF(self->text);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

/* A helper makes sure that it is a string. */
static PyTypeObject checked_ok = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "m.checked_ok",
    .tp_basicsize = sizeof(Label),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_dealloc = (destructor)Label_dealloc,
    .tp_getset = Label_getset,
};

typedef struct {
    PyObject_HEAD
    int line;
} Mark;

static void
Mark_dealloc(Mark *self)
{
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyTypeObject Mark_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "m.Mark_Type",
    .tp_basicsize = sizeof(Mark),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_dealloc = (destructor)Mark_dealloc,
};

typedef struct {
    PyObject_HEAD
    Mark *mark;
} Holder;

static PyObject *
Holder_put(Holder *self, PyObject *value)
{
    if (!PyObject_TypeCheck(value, &Mark_Type)) {
        PyErr_SetString(PyExc_TypeError, "not a mark");
        return NULL;
    }
    Py_INCREF(value);
    Py_XSETREF(self->mark, (Mark *)value);
    Py_RETURN_NONE;
}

static PyMethodDef Holder_methods[] = {
    {"put", (PyCFunction)Holder_put, METH_O, NULL},
    {NULL, NULL, 0, NULL}
};

static void
Holder_dealloc(Holder *self)
{
    Py_XDECREF(self->mark);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

/* What it holds is of a type that refers to nothing. */
static PyTypeObject plain_ok = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "m.plain_ok",
    .tp_basicsize = sizeof(Holder),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_dealloc = (destructor)Holder_dealloc,
    .tp_methods = Holder_methods,
};

/* The flag, tp_traverse and tp_clear are inherited together. */
typedef struct {
    PyListObject list;
    int n;
} Sub;

static PyTypeObject inherits_ok = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "m.inherits_ok",
    .tp_basicsize = sizeof(Sub),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_base = &PyList_Type,
};

typedef struct {
    PyObject_HEAD
    PyObject *weakrefs;
} Ref;

static void
Ref_dealloc(Ref *self)
{
    PyObject_ClearWeakRefs((PyObject *)self);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

/* The weak reference list is not owned. */
static PyTypeObject weak_ok = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "m.weak_ok",
    .tp_basicsize = sizeof(Ref),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_dealloc = (destructor)Ref_dealloc,
    .tp_weaklistoffset = offsetof(Ref, weakrefs),
};
