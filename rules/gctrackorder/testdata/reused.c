#include <Python.h>

/* tp_dealloc untracks an instance before it keeps it: who gives it out again tracks it. */
typedef struct {
    PyObject_HEAD
    PyObject *callback;
} Call;

static PyObject *
Call_run(Call *self, PyObject *unused)
{
    return PyObject_CallNoArgs(self->callback);
}

static PyMethodDef Call_methods[] = {
    {"run", (PyCFunction)Call_run, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL}
};

static int
Call_traverse(Call *self, visitproc visit, void *arg)
{
    Py_VISIT(self->callback);
    return 0;
}

static int
Call_clear(Call *self)
{
    Py_CLEAR(self->callback);
    return 0;
}

#define KEEPING(name)                                               \
    static Call *name##_kept;                                       \
    static void                                                     \
    name##_dealloc(Call *self)                                      \
    {                                                               \
        PyObject_GC_UnTrack(self);                                  \
        Call_clear(self);                                           \
        if (name##_kept == NULL)                                    \
            name##_kept = self;                                     \
        else                                                        \
            PyObject_GC_Del(self);                                  \
    }                                                               \
    static PyTypeObject name##_Type = {                             \
        PyVarObject_HEAD_INIT(NULL, 0)                              \
        .tp_name = "m." #name,                                      \
        .tp_basicsize = sizeof(Call),                               \
        .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,        \
        .tp_methods = Call_methods,                                 \
        .tp_dealloc = (destructor)name##_dealloc,                   \
        .tp_traverse = (traverseproc)Call_traverse,                 \
        .tp_clear = (inquiry)Call_clear,                            \
    }
KEEPING(Lost);
KEEPING(Found);
KEEPING(Bare);

static PyObject *
lost_bad(PyObject *module, PyObject *callback)
{
    Call *self = Lost_kept; // want "RC609: lost_bad returns an instance from 'Lost_kept' without PyObject_GC_Track: a cycle through 'callback'"

    if (self != NULL) {
        Lost_kept = NULL;
        PyObject_Init((PyObject *)self, &Lost_Type);
        self->callback = Py_NewRef(callback);
        return (PyObject *)self;
    }
    return NULL;
}

static PyObject *
found_ok(PyObject *module, PyObject *callback)
{
    Call *self = Found_kept;

    if (self == NULL)
        self = PyObject_GC_New(Call, &Found_Type);
    else {
        Found_kept = NULL;
        PyObject_Init((PyObject *)self, &Found_Type);
    }
    if (self == NULL)
        return NULL;
    self->callback = Py_NewRef(callback);
    PyObject_GC_Track(self);
    return (PyObject *)self;
}

/* Who calls it tracks. */
static Call *
bare_ok(void)
{
    Call *self = Bare_kept;

    if (self == NULL)
        return PyObject_GC_New(Call, &Bare_Type);
    Bare_kept = NULL;
    PyObject_Init((PyObject *)self, &Bare_Type);
    return self;
}

static PyObject *
filled_ok(PyObject *module, PyObject *callback)
{
    Call *self = bare_ok();

    if (self == NULL)
        return NULL;
    self->callback = Py_NewRef(callback);
    PyObject_GC_Track(self);
    return (PyObject *)self;
}

static PyMethodDef functions[] = {
    {"lost", lost_bad, METH_O, NULL},
    {"found", found_ok, METH_O, NULL},
    {"filled", filled_ok, METH_O, NULL},
    {NULL, NULL, 0, NULL}
};
