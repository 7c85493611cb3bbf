#include <Python.h>

/* tp_traverse functions that return before they have visited all fields. */
typedef struct {
    PyObject_HEAD
    PyObject *source;
    PyObject *owner;
    PyObject **items;
    Py_ssize_t length;
    int closed;
} Reader;

static PyObject *
Reader_set_owner(Reader *self, PyObject *owner)
{
    Py_INCREF(owner);
    Py_XSETREF(self->owner, owner);
    Py_RETURN_NONE;
}

static PyObject *
Reader_set_source(Reader *self, PyObject *source)
{
    Py_INCREF(source);
    Py_XSETREF(self->source, source);
    Py_RETURN_NONE;
}

static PyMethodDef Reader_methods[] = {
    {"set_owner", (PyCFunction)Reader_set_owner, METH_O, NULL},
    {"set_source", (PyCFunction)Reader_set_source, METH_O, NULL},
    {NULL, NULL, 0, NULL}
};

static int
Reader_clear(Reader *self)
{
    Py_CLEAR(self->source);
    Py_CLEAR(self->owner);
    return 0;
}

static void
Reader_dealloc(Reader *self)
{
    PyObject_GC_UnTrack(self);
    Reader_clear(self);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

/* The owner is set whether there is a source or not. */
static int
null_bad(Reader *self, visitproc visit, void *arg)
{
    if (self->source == NULL)
        return 0; // want "RC602: tp_traverse returns before it visits 'owner' when 'source' is NULL"
    Py_VISIT(self->source);
    Py_VISIT(self->owner);
    return 0;
}

static int
closed_bad(Reader *self, visitproc visit, void *arg)
{
    Py_VISIT(self->source);
    if (self->closed)
        return 0; // want "RC602: tp_traverse returns before it visits 'owner' depending on 'closed'"
    Py_VISIT(self->owner);
    return 0;
}

/* All are visited before; the visit function asks to stop; the array is not there. */
static int
last_ok(Reader *self, visitproc visit, void *arg)
{
    int err;

    if (self->source != NULL) {
        err = visit(self->source, arg);
        if (err)
            return err;
    }
    Py_VISIT(self->owner);
    if (self->items == NULL)
        return 0;
    for (Py_ssize_t i = 0; i < self->length; i++)
        Py_VISIT(self->items[i]);
    return 0;
}

/* Asks for the field itself. */
static int
itself_ok(Reader *self, visitproc visit, void *arg)
{
    Py_VISIT(self->source);
    if (self->owner == NULL)
        return 0;
    Py_VISIT(self->owner);
    return 0;
}

#define READER(name, traverse) \
    static PyTypeObject name = { \
        PyVarObject_HEAD_INIT(NULL, 0) \
        .tp_name = "m." #name, \
        .tp_basicsize = sizeof(Reader), \
        .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC, \
        .tp_dealloc = (destructor)Reader_dealloc, \
        .tp_traverse = (traverseproc)traverse, \
        .tp_clear = (inquiry)Reader_clear, \
        .tp_methods = Reader_methods, \
    }

READER(Null_Type, null_bad);
READER(Closed_Type, closed_bad);
READER(Last_Type, last_ok);
READER(Itself_Type, itself_ok);

/* One method sets both fields: without the first there is no second. */
typedef struct {
    PyObject_HEAD
    PyObject *call;
    PyObject *args;
} Job;

static PyObject *
Job_set(Job *self, PyObject *pair)
{
    PyObject *call, *args;

    if (!PyArg_ParseTuple(pair, "OO", &call, &args))
        return NULL;
    Py_INCREF(call);
    Py_XSETREF(self->call, call);
    Py_INCREF(args);
    Py_XSETREF(self->args, args);
    Py_RETURN_NONE;
}

static PyMethodDef Job_methods[] = {
    {"set", (PyCFunction)Job_set, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL}
};

static int
together_ok(Job *self, visitproc visit, void *arg)
{
    if (self->call == NULL)
        return 0;
    Py_VISIT(self->call);
    Py_VISIT(self->args);
    return 0;
}

static int
Job_clear(Job *self)
{
    Py_CLEAR(self->call);
    Py_CLEAR(self->args);
    return 0;
}

static void
Job_dealloc(Job *self)
{
    PyObject_GC_UnTrack(self);
    Job_clear(self);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyTypeObject Job_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "m.Job",
    .tp_basicsize = sizeof(Job),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_dealloc = (destructor)Job_dealloc,
    .tp_traverse = (traverseproc)together_ok,
    .tp_clear = (inquiry)Job_clear,
    .tp_methods = Job_methods,
};
