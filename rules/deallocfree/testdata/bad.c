#include <Python.h>

typedef struct {
    PyObject_HEAD
    PyObject *value;
} Node;

static PyObject *
Node_set(Node *self, PyObject *value)
{
    Py_INCREF(value);
    Py_XSETREF(self->value, value);
    Py_RETURN_NONE;
}

static PyMethodDef Node_methods[] = {
    {"set", (PyCFunction)Node_set, METH_O, NULL},
    {NULL, NULL, 0, NULL}
};

/* object_dealloc knows nothing of the field. */
static PyTypeObject nodealloc_bad = { // want "RC608: 'nodealloc' has no tp_dealloc"
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "m.nodealloc",
    .tp_basicsize = sizeof(Node),
    .tp_flags = Py_TPFLAGS_DEFAULT, // want "RC601"
    .tp_methods = Node_methods,
};

static void
gcdel_bad(Node *self)
{
    Py_XDECREF(self->value);
    PyObject_GC_Del(self); // want "RC608: PyObject_GC_Del frees the instance of a type that is no GC type"
}

static PyTypeObject gcdel_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "m.gcdel_Type",
    .tp_basicsize = sizeof(Node),
    .tp_flags = Py_TPFLAGS_DEFAULT, // want "RC601"
    .tp_dealloc = (destructor)gcdel_bad,
    .tp_methods = Node_methods,
};

/* What tp_dealloc releases was never set. */
typedef struct {
    PyObject_HEAD
    PyObject *value;
    PyObject *other;
} Half;

static int
Half_traverse(Half *self, visitproc visit, void *arg)
{
    Py_VISIT(self->value);
    Py_VISIT(self->other);
    return 0;
}

static int
Half_clear(Half *self)
{
    Py_CLEAR(self->value);
    Py_CLEAR(self->other);
    return 0;
}

static void
Half_dealloc(Half *self)
{
    PyObject_GC_UnTrack(self);
    Half_clear(self);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyTypeObject Half_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "m.Half_Type",
    .tp_basicsize = sizeof(Half),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_dealloc = (destructor)Half_dealloc,
    .tp_traverse = (traverseproc)Half_traverse,
    .tp_clear = (inquiry)Half_clear,
};

static PyObject *
half_bad(PyObject *module, PyObject *value)
{
    Half *self = PyObject_GC_New(Half, &Half_Type);

    if (self == NULL)
        return NULL;
    self->value = PyList_New(0);
    if (self->value == NULL) {
        Py_DECREF(self); // want "RC608: released before 'other' is set"
        return NULL;
    }
    self->other = Py_NewRef(value);
    PyObject_GC_Track(self);
    return (PyObject *)self;
}

/* The C library is given its part, Python never gets the rest. */
struct codec;
void codec_destroy(struct codec *codec);

typedef struct {
    PyObject_HEAD
    struct codec *codec;
} Codec;

static void
unfreed_bad(Codec *self) // want "RC608: never frees the memory of the instance"
{
    if (self->codec != NULL)
        codec_destroy(self->codec);
}

static PyTypeObject Codec_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "m.Codec_Type",
    .tp_basicsize = sizeof(Codec),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_dealloc = (destructor)unfreed_bad,
};
