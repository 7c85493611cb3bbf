#include <Python.h>

/* Instances that are kept to be used again. */
typedef struct {
    PyObject_HEAD
    PyObject *value;
} Cell;

static PyTypeObject Cell_Type;

#define MOST 80
static Cell *subclassed[MOST];
static int subclassed_count;

static PyObject *
subclassed_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    Cell *self;

    if (subclassed_count > 0) {
        self = subclassed[--subclassed_count];
        _Py_NewReference((PyObject *)self);
    }
    else {
        self = (Cell *)type->tp_alloc(type, 0);
        if (self == NULL)
            return NULL;
    }
    self->value = Py_NewRef(Py_None);
    return (PyObject *)self;
}

static void
subclassed_bad(Cell *self)
{
    Py_CLEAR(self->value);
    if (subclassed_count < MOST) {
        subclassed[subclassed_count++] = self; // want "RC608: tp_dealloc keeps instances in 'subclassed' without asking for their exact type"
        return;
    }
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyTypeObject Subclassed_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "m.Subclassed",
    .tp_basicsize = sizeof(Cell),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .tp_new = subclassed_new,
    .tp_dealloc = (destructor)subclassed_bad,
};

/* Only instances of the type itself. */
static Cell *exact[MOST];
static int exact_count;

static PyObject *
exact_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    Cell *self;

    if (type == &Cell_Type && exact_count > 0) {
        self = exact[--exact_count];
        PyObject_Init((PyObject *)self, type);
    }
    else {
        self = (Cell *)type->tp_alloc(type, 0);
        if (self == NULL)
            return NULL;
    }
    self->value = Py_NewRef(Py_None);
    return (PyObject *)self;
}

static void
exact_ok(Cell *self)
{
    Py_CLEAR(self->value);
    if (Py_TYPE(self) == &Cell_Type && exact_count < MOST)
        exact[exact_count++] = self;
    else
        Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyTypeObject Cell_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "m.Cell",
    .tp_basicsize = sizeof(Cell),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .tp_new = exact_new,
    .tp_dealloc = (destructor)exact_ok,
};

/* Nothing gives the instance a reference count again. */
static Cell *dead;

static Cell *
dead_bad(PyTypeObject *type)
{
    Cell *self = dead; // want "RC608: dead_bad returns an instance from 'dead' with the reference count 0 it died with"

    if (self != NULL) {
        dead = NULL;
        self->value = NULL;
        return self;
    }
    return PyObject_New(Cell, type);
}

static void
dead_dealloc(Cell *self)
{
    Py_CLEAR(self->value);
    if (dead == NULL)
        dead = self;
    else
        PyObject_Free(self);
}

static PyTypeObject Dead_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "m.Dead",
    .tp_basicsize = sizeof(Cell),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_dealloc = (destructor)dead_dealloc,
};

/* It is counted when it is put into the list; it is the same instance for everybody. */
static Cell *alive;

static Cell *
alive_ok(PyTypeObject *type)
{
    Cell *self = alive;

    if (self != NULL) {
        alive = NULL;
        return self;
    }
    return PyObject_New(Cell, type);
}

static void
alive_dealloc_ok(Cell *self)
{
    Py_CLEAR(self->value);
    if (alive == NULL) {
        _Py_NewReference((PyObject *)self);
        alive = self;
    }
    else
        PyObject_Free(self);
}

static PyTypeObject Alive_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "m.Alive",
    .tp_basicsize = sizeof(Cell),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_dealloc = (destructor)alive_dealloc_ok,
};

/* A registry of the instances that died is no free list: nothing returns them. */
static Cell *last;

static void
last_ok(Cell *self)
{
    Py_CLEAR(self->value);
    last = self;
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyTypeObject Last_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "m.Last",
    .tp_basicsize = sizeof(Cell),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .tp_new = exact_new,
    .tp_dealloc = (destructor)last_ok,
};
