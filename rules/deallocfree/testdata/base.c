#include <Python.h>

/* The struct that an instance begins with has the address of the instance. */
typedef struct {
    PyObject_HEAD
    PyObject *value;
} Base;

typedef struct {
    Base base;
    PyObject *extra;
} Sub;

static void
Base_free(Base *self)
{
    Py_CLEAR(self->value);
    Py_TYPE(self)->tp_free(self);
}

static void
whole_ok(Sub *self)
{
    Py_CLEAR(self->extra);
    Base_free(&self->base);
}

static void
plainly_ok(Sub *self)
{
    Py_CLEAR(self->extra);
    Py_CLEAR(self->base.value);
    PyObject_Free(&self->base);
}

static void
Base_empty(Base *self)
{
    Py_CLEAR(self->value);
}

static void
emptied_bad(Sub *self) // want "RC608: never frees the memory of the instance"
{
    Py_CLEAR(self->extra);
    Base_empty(&self->base);
}

#define SUB(name, dealloc)                                          \
    static PyTypeObject name = {                                    \
        PyVarObject_HEAD_INIT(NULL, 0)                              \
        .tp_name = "m." #name,                                      \
        .tp_basicsize = sizeof(Sub),                                \
        .tp_flags = Py_TPFLAGS_DEFAULT,                             \
        .tp_dealloc = (destructor)dealloc,                          \
    }
SUB(Whole_Type, whole_ok);
SUB(Plainly_Type, plainly_ok);
SUB(Emptied_Type, emptied_bad);
