#include <Python.h>

/* Where a cycle is broken by somebody else. */
typedef struct {
    PyObject_HEAD
    PyObject *func;
    PyObject *members;
    PyObject *pair;
} Group;

static PyObject *
Group_add(Group *self, PyObject *value)
{
    if (self->members == NULL) {
        self->members = PySet_New(NULL);
        if (self->members == NULL)
            return NULL;
    }
    if (PySet_Add(self->members, value) < 0)
        return NULL;
    Py_XSETREF(self->pair, PyTuple_Pack(2, value, value));
    Py_INCREF(value);
    Py_XSETREF(self->func, value);
    Py_RETURN_NONE;
}

static PyMethodDef Group_methods[] = {
    {"add", (PyCFunction)Group_add, METH_O, NULL},
    {NULL, NULL, 0, NULL}
};

static int
Group_traverse(Group *self, visitproc visit, void *arg)
{
    Py_VISIT(self->func);
    Py_VISIT(self->members);
    Py_VISIT(self->pair);
    return 0;
}

/* The collector empties the set. */
static int
set_ok(Group *self)
{
    Py_CLEAR(self->func);
    Py_CLEAR(self->pair);
    return 0;
}

/* A tuple cannot be emptied. */
static int
tuple_bad(Group *self) // want "RC605: tp_clear does not clear 'pair'"
{
    Py_CLEAR(self->func);
    Py_CLEAR(self->members);
    return 0;
}

static void
Group_dealloc(Group *self)
{
    PyObject_GC_UnTrack(self);
    Py_XDECREF(self->func);
    Py_XDECREF(self->members);
    Py_XDECREF(self->pair);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

#define GROUP(name, function)                                       \
    static PyTypeObject name = {                                    \
        PyVarObject_HEAD_INIT(NULL, 0)                              \
        .tp_name = "m." #name,                                      \
        .tp_basicsize = sizeof(Group),                              \
        .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,        \
        .tp_methods = Group_methods,                                \
        .tp_dealloc = (destructor)Group_dealloc,                    \
        .tp_traverse = (traverseproc)Group_traverse,                \
        .tp_clear = (inquiry)function,                              \
    }
GROUP(Set_Type, set_ok);
GROUP(Tuple_Type, tuple_bad);

/* pickle and copy call __setstate__ for an instance that is new: nothing else
 * changes it. */
typedef struct {
    PyObject_HEAD
    PyObject *source;
} Iter;

static PyObject *
Iter_setstate(Iter *self, PyObject *state)
{
    Py_INCREF(state);
    Py_XSETREF(self->source, state);
    Py_RETURN_NONE;
}

static PyMethodDef Iter_methods[] = {
    {"__setstate__", (PyCFunction)Iter_setstate, METH_O, NULL},
    {NULL, NULL, 0, NULL}
};

static PyMethodDef Iter_methods2[] = {
    {"rewind", (PyCFunction)Iter_setstate, METH_O, NULL},
    {NULL, NULL, 0, NULL}
};

static int
unpickled_ok(Iter *self, visitproc visit, void *arg)
{
    Py_VISIT(self->source);
    return 0;
}

static int
rewound_bad(Iter *self, visitproc visit, void *arg) // want "RC605: 'Rewound_Type' has no tp_clear"
{
    Py_VISIT(self->source);
    return 0;
}

static void
Iter_dealloc(Iter *self)
{
    PyObject_GC_UnTrack(self);
    Py_XDECREF(self->source);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

#define ITER(name, function, methods)                               \
    static PyTypeObject name = {                                    \
        PyVarObject_HEAD_INIT(NULL, 0)                              \
        .tp_name = "m." #name,                                      \
        .tp_basicsize = sizeof(Iter),                               \
        .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,        \
        .tp_methods = methods,                                      \
        .tp_dealloc = (destructor)Iter_dealloc,                     \
        .tp_traverse = (traverseproc)function,                      \
    }
ITER(Unpickled_Type, unpickled_ok, Iter_methods);
ITER(Rewound_Type, rewound_bad, Iter_methods2);
