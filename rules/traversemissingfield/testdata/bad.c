#include <Python.h>

typedef struct {
    PyObject_HEAD
    PyObject *key;
    struct { PyObject *item; } box;
    union { PyObject *any; long number; };
} Pair;

static int
Pair_setkey(Pair *self, PyObject *value, void *closure)
{
    Py_XINCREF(value);
    Py_XSETREF(self->key, value);
    return 0;
}

static int
Pair_setitem(Pair *self, PyObject *value, void *closure)
{
    Py_XINCREF(value);
    Py_XSETREF(self->box.item, value);
    return 0;
}

static int
Pair_setany(Pair *self, PyObject *value, void *closure)
{
    Py_XINCREF(value);
    Py_XSETREF(self->any, value);
    return 0;
}

static PyGetSetDef Pair_getset[] = {
    {"key", NULL, (setter)Pair_setkey, NULL, NULL},
    {"item", NULL, (setter)Pair_setitem, NULL, NULL},
    {"any", NULL, (setter)Pair_setany, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL}
};

static void
Pair_reset(Pair *self)
{
    PyObject *key = self->key;

    self->key = NULL;
    Py_XDECREF(key);
    Py_CLEAR(self->box.item);
    Py_CLEAR(self->any);
}

static int
Pair_clear(Pair *self)
{
    Pair_reset(self);
    return 0;
}

static void
Pair_dealloc(Pair *self)
{
    PyObject_GC_UnTrack(self);
    Pair_clear(self);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

/* Nothing but the key, though a helper releases more. */
static int
Pair_traverse_bad(Pair *self, visitproc visit, void *arg) // want "RC602: does not visit 'any'"
{
    Py_VISIT(self->key);
    return 0;
}

static PyTypeObject Pair_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "m.Pair_Type",
    .tp_basicsize = sizeof(Pair),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_dealloc = (destructor)Pair_dealloc,
    .tp_traverse = (traverseproc)Pair_traverse_bad,
    .tp_clear = (inquiry)Pair_clear,
    .tp_getset = Pair_getset,
};

struct link {
    PyObject *object;
    struct link *next;
};

typedef struct {
    PyObject_HEAD
    struct link *head;
    PyObject *owner;
} Chain;

static PyObject *
Chain_push(Chain *self, PyObject *object)
{
    struct link *link = PyMem_Malloc(sizeof(*link));

    if (link == NULL)
        return PyErr_NoMemory();
    Py_INCREF(object);
    link->object = object;
    link->next = self->head;
    self->head = link;
    Py_RETURN_NONE;
}

static PyMethodDef Chain_methods[] = {
    {"push", (PyCFunction)Chain_push, METH_O, NULL},
    {NULL, NULL, 0, NULL}
};

static void
Chain_dealloc(Chain *self)
{
    struct link *link, *next;

    PyObject_GC_UnTrack(self);
    for (link = self->head; link != NULL; link = next) {
        next = link->next;
        Py_DECREF(link->object);
        PyMem_Free(link);
    }
    Py_XDECREF(self->owner);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

/* The objects of a linked list. */
static int
Chain_traverse_bad(Chain *self, visitproc visit, void *arg) // want "RC602: does not visit 'head.object'" "RC602: does not visit 'head.next.object'"
{
    Py_VISIT(self->owner);
    return 0;
}

static PyTypeObject Chain_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "m.Chain_Type",
    .tp_basicsize = sizeof(Chain),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_dealloc = (destructor)Chain_dealloc,
    .tp_traverse = (traverseproc)Chain_traverse_bad,
    .tp_methods = Chain_methods,
};

typedef struct {
    PyObject_HEAD
} Bag;

static int
Bag_clear(Bag *self)
{
    PyObject_ClearManagedDict((PyObject *)self);
    return 0;
}

static void
Bag_dealloc(Bag *self)
{
    PyObject_GC_UnTrack(self);
    PyObject_ClearManagedDict((PyObject *)self);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static int
Bag_traverse_bad(Bag *self, visitproc visit, void *arg) // want "RC602: does not visit the managed dict"
{
    return 0;
}

static PyTypeObject Bag_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "m.Bag_Type",
    .tp_basicsize = sizeof(Bag),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_MANAGED_DICT,
    .tp_dealloc = (destructor)Bag_dealloc,
    .tp_traverse = (traverseproc)Bag_traverse_bad,
    .tp_clear = (inquiry)Bag_clear,
};
