#include <Python.h>

typedef struct {
    PyObject_HEAD
    PyObject *value;
} Item;

static int
Item_set(Item *self, PyObject *value, void *closure)
{
    Py_XINCREF(value);
    Py_XSETREF(self->value, value);
    return 0;
}

static PyGetSetDef Item_getset[] = {
    {"value", NULL, (setter)Item_set, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL}
};

static void
Item_dealloc(Item *self)
{
    Py_XDECREF(self->value);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static void
Item_dealloc_tracked(Item *self)
{
    PyObject_GC_UnTrack(self);
    Py_XDECREF(self->value);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

/* Refused from 3.11 on, a crash before. */
static PyTypeObject untraversed_bad = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "m.untraversed_bad",
    .tp_basicsize = sizeof(Item),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC, // want "RC601: 'untraversed_bad' has Py_TPFLAGS_HAVE_GC but no tp_traverse"
    .tp_dealloc = (destructor)Item_dealloc_tracked,
};

/* The dict is part of the memory before the object, which only GC types have. */
static PyTypeObject managed_bad = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "m.managed_bad",
    .tp_basicsize = sizeof(PyObject),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_MANAGED_DICT, // want "RC601: Py_TPFLAGS_MANAGED_DICT needs Py_TPFLAGS_HAVE_GC"
};

/* Any object of the program. */
static PyTypeObject setter_bad = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "m.setter_bad",
    .tp_basicsize = sizeof(Item),
    .tp_flags = Py_TPFLAGS_DEFAULT, // want "RC601: owns 'value' but is no GC type"
    .tp_dealloc = (destructor)Item_dealloc,
    .tp_getset = Item_getset,
};

/* Slots that module initialization fills in count as well. */
static PyTypeObject late_bad = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "m.late",
    .tp_basicsize = sizeof(Item),
    .tp_flags = Py_TPFLAGS_DEFAULT, // want "RC601: 'late' owns 'value'"
};

int
Item_ready(void)
{
    late_bad.tp_dealloc = (destructor)Item_dealloc;
    late_bad.tp_getset = Item_getset;
    return PyType_Ready(&late_bad);
}

/* Of a type that can be part of a cycle. */
static int
Item_traverse(Item *self, visitproc visit, void *arg)
{
    Py_VISIT(self->value);
    return 0;
}

static int
Item_clear(Item *self)
{
    Py_CLEAR(self->value);
    return 0;
}

static PyTypeObject Item_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "m.Item_Type",
    .tp_basicsize = sizeof(Item),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_dealloc = (destructor)Item_dealloc_tracked,
    .tp_traverse = (traverseproc)Item_traverse,
    .tp_clear = (inquiry)Item_clear,
    .tp_getset = Item_getset,
};

typedef struct {
    PyObject_HEAD
    Item *item;
} Ref2;

static void
Ref2_dealloc(Ref2 *self)
{
    Py_XDECREF(self->item);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyTypeObject typed_bad;

static PyObject *
make_ref(PyObject *module, PyObject *value)
{
    Ref2 *self = PyObject_New(Ref2, &typed_bad);

    if (self == NULL)
        return NULL;
    self->item = (Item *)Py_NewRef(value);
    return (PyObject *)self;
}

static PyTypeObject typed_bad = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "m.typed_bad",
    .tp_basicsize = sizeof(Ref2),
    .tp_flags = Py_TPFLAGS_DEFAULT, // want "RC601: owns 'item' but is no GC type"
    .tp_dealloc = (destructor)Ref2_dealloc,
};
