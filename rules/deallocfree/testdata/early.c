#include <Python.h>

/* Functions that return early. */
typedef struct {
    PyObject_HEAD
    PyObject *value;
    void *memory;
    int legacy;
} Descr;

static int
is_legacy(Descr *self)
{
    return self->legacy;
}

static void
legacy_bad(Descr *self)
{
    Py_XDECREF(self->value);
    if (!is_legacy(self))
        return; // want "RC608: tp_dealloc returns here without freeing the memory of the instance"
    PyMem_Free(self->memory);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static void
freed_ok(Descr *self)
{
    Py_XDECREF(self->value);
    if (!self->legacy) {
        Py_TYPE(self)->tp_free((PyObject *)self);
        return;
    }
    PyMem_Free(self->memory);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

/* Nothing is released yet: this one may live for ever. */
static void
immortal_ok(Descr *self)
{
    if (self->legacy)
        return;
    Py_XDECREF(self->value);
    PyMem_Free(self->memory);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

/* The callback may have brought it back. */
static void
resurrected_ok(Descr *self)
{
    Py_CLEAR(self->value);
    if (Py_REFCNT(self) > 0)
        return;
    Py_TYPE(self)->tp_free((PyObject *)self);
}

#define DESCR(name, dealloc) \
    static PyTypeObject name = { \
        PyVarObject_HEAD_INIT(NULL, 0) \
        .tp_name = "m." #name, \
        .tp_basicsize = sizeof(Descr), \
        .tp_flags = Py_TPFLAGS_DEFAULT, \
        .tp_dealloc = (destructor)dealloc, \
    }

DESCR(Legacy_Type, legacy_bad);
DESCR(Freed_Type, freed_ok);
DESCR(Immortal_Type, immortal_ok);
DESCR(Resurrected_Type, resurrected_ok);
