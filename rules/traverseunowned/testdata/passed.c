#include <Python.h>

/* tp_traverse of the base, and helpers that visit, called as C functions: what they return ends the traversal. */

typedef struct { PyObject_HEAD PyObject *first; } Base;
typedef struct { Base base; PyObject *second; PyObject *items[4]; } Child;

static int
Base_traverse(Base *self, visitproc visit, void *arg)
{
    Py_VISIT(self->first);
    return 0;
}

static int
visit_items(Child *self, visitproc visit, void *arg)
{
    int i;

    for (i = 0; i < 4; i++)
        Py_VISIT(self->items[i]);
    return 0;
}

static int
base_bad(Child *self, visitproc visit, void *arg)
{
    Base_traverse(&self->base, visit, arg); // want "RC603: the result of Base_traverse is ignored"
    Py_VISIT(self->second);
    return visit_items(self, visit, arg);
}

static int
helper_bad(Child *self, visitproc visit, void *arg)
{
    Py_VISIT(self->second);
    visit_items(self, visit, arg); // want "RC603: the result of visit_items is ignored"
    return Base_traverse(&self->base, visit, arg);
}

static int
returned_ok(Child *self, visitproc visit, void *arg)
{
    int err = visit_items(self, visit, arg);

    if (err)
        return err;
    Py_VISIT(self->second);
    return Base_traverse(&self->base, visit, arg);
}

static int
Child_clear(Child *self)
{
    int i;

    Py_CLEAR(self->base.first);
    Py_CLEAR(self->second);
    for (i = 0; i < 4; i++)
        Py_CLEAR(self->items[i]);
    return 0;
}

static void
Child_dealloc(Child *self)
{
    PyObject_GC_UnTrack(self);
    Child_clear(self);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

#define CHILD(name, traverse) \
    static PyTypeObject name##_Type = { \
        PyVarObject_HEAD_INIT(NULL, 0) \
        .tp_name = "m." #name, \
        .tp_basicsize = sizeof(Child), \
        .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC, \
        .tp_dealloc = (destructor)Child_dealloc, \
        .tp_traverse = (traverseproc)traverse, \
        .tp_clear = (inquiry)Child_clear, \
    }

CHILD(Base_, base_bad);
CHILD(Helper, helper_bad);
CHILD(Returned, returned_ok);
