#include <Python.h>

/* What instances are made from is seldom made from the instances. */
typedef struct {
    PyObject_HEAD
    PyObject *name;
    PyObject *payload;
} Note;

static PyObject *
Note_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    PyObject *name, *payload;
    Note *self;

    if (!PyArg_ParseTuple(args, "OO", &name, &payload))
        return NULL;
    self = (Note *)type->tp_alloc(type, 0);
    if (self == NULL)
        return NULL;
    self->name = Py_NewRef(name);
    self->payload = Py_NewRef(payload);
    return (PyObject *)self;
}

static void
Note_dealloc(Note *self)
{
    Py_XDECREF(self->name);
    Py_XDECREF(self->payload);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyTypeObject made_from_ok = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "m.Note",
    .tp_basicsize = sizeof(Note),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = Note_new,
    .tp_dealloc = (destructor)Note_dealloc,
};

/* A stream of the user's is a class of the user's, which may keep the reader. */
typedef struct {
    PyObject_HEAD
    PyObject *stream;
} Reader;

static PyObject *
Reader_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    PyObject *stream;
    Reader *self;

    if (!PyArg_ParseTuple(args, "O", &stream))
        return NULL;
    self = (Reader *)type->tp_alloc(type, 0);
    if (self != NULL)
        self->stream = Py_NewRef(stream);
    return (PyObject *)self;
}

static PyObject *
Reader_read(Reader *self, PyObject *unused)
{
    return PyObject_CallMethod(self->stream, "read", NULL);
}

static PyMethodDef Reader_methods[] = {
    {"read", (PyCFunction)Reader_read, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL}
};

static void
Reader_dealloc(Reader *self)
{
    Py_XDECREF(self->stream);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyTypeObject called_bad = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "m.Reader",
    .tp_basicsize = sizeof(Reader),
    .tp_flags = Py_TPFLAGS_DEFAULT, // want "RC601: 'Reader' owns 'stream'"
    .tp_new = Reader_new,
    .tp_methods = Reader_methods,
    .tp_dealloc = (destructor)Reader_dealloc,
};

/* The links of a list are looked after by the list, which visits what they hold. */
typedef struct link {
    PyObject_HEAD
    struct link *next;
    PyObject *key;
} Link;

static void
Link_dealloc(Link *self)
{
    Py_XDECREF(self->key);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyTypeObject link_ok = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "m.Link",
    .tp_basicsize = sizeof(Link),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_dealloc = (destructor)Link_dealloc,
};

typedef struct {
    PyObject_HEAD
    Link *first;
} Chain;

static PyObject *
Chain_add(Chain *self, PyObject *key)
{
    Link *link = PyObject_New(Link, &link_ok);

    if (link == NULL)
        return NULL;
    link->key = PyObject_CallNoArgs(key);
    link->next = self->first;
    self->first = link;
    if (link->key != NULL)
        return PyObject_CallNoArgs(link->key);
    Py_RETURN_NONE;
}

static PyMethodDef Chain_methods[] = {
    {"add", (PyCFunction)Chain_add, METH_O, NULL},
    {NULL, NULL, 0, NULL}
};

static int
Chain_traverse(Chain *self, visitproc visit, void *arg)
{
    Link *link;

    for (link = self->first; link != NULL; link = link->next)
        Py_VISIT(link->key);
    return 0;
}

static int
Chain_clear(Chain *self)
{
    Link *link = self->first;

    self->first = NULL;
    while (link != NULL) {
        Link *next = link->next;

        Py_DECREF(link);
        link = next;
    }
    return 0;
}

static void
Chain_dealloc(Chain *self)
{
    PyObject_GC_UnTrack(self);
    Chain_clear(self);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyTypeObject Chain_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "m.Chain",
    .tp_basicsize = sizeof(Chain),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_dealloc = (destructor)Chain_dealloc,
    .tp_traverse = (traverseproc)Chain_traverse,
    .tp_clear = (inquiry)Chain_clear,
    .tp_methods = Chain_methods,
};

/* Instances of Python subclasses are GC objects, and subtype_traverse calls the
 * function of the base. */
static int
Reader_traverse(Reader *self, visitproc visit, void *arg)
{
    Py_VISIT(self->stream);
    return 0;
}

static PyTypeObject for_subclasses_ok = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "m.Base",
    .tp_basicsize = sizeof(Reader),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .tp_traverse = (traverseproc)Reader_traverse,
    .tp_dealloc = (destructor)Reader_dealloc,
};

static PyTypeObject never_called_bad = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "m.Final",
    .tp_basicsize = sizeof(Reader),
    .tp_flags = Py_TPFLAGS_DEFAULT, // want "RC601: 'Final' has tp_traverse but not Py_TPFLAGS_HAVE_GC"
    .tp_traverse = (traverseproc)Reader_traverse,
    .tp_dealloc = (destructor)Reader_dealloc,
};
