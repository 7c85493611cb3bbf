#include <Python.h>

/* tp_clear is inherited together with the flag and tp_traverse, or not at all. */

typedef struct { PyObject_HEAD PyObject *first; } Base;
typedef struct { Base base; PyObject *second; } Child;

static int
Base_traverse(Base *self, visitproc visit, void *arg)
{
    Py_VISIT(self->first);
    return 0;
}

static int
Base_clear(Base *self)
{
    Py_CLEAR(self->first);
    return 0;
}

static void
Base_dealloc(Base *self)
{
    PyObject_GC_UnTrack(self);
    Base_clear(self);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static int
Base_set(Base *self, PyObject *value, void *closure)
{
    Py_XINCREF(value);
    Py_XSETREF(self->first, value);
    return 0;
}

static PyGetSetDef Base_getset[] = {{"first", NULL, (setter)Base_set, NULL, NULL}, {NULL}};

static PyTypeObject Base_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "m.Base",
    .tp_basicsize = sizeof(Base),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
    .tp_dealloc = (destructor)Base_dealloc,
    .tp_traverse = (traverseproc)Base_traverse,
    .tp_clear = (inquiry)Base_clear,
    .tp_getset = Base_getset,
};

static int
Child_set(Child *self, PyObject *value, void *closure)
{
    Py_XINCREF(value);
    Py_XSETREF(self->second, value);
    return 0;
}

static PyGetSetDef Child_getset[] = {{"second", NULL, (setter)Child_set, NULL, NULL}, {NULL}};

static void
Child_dealloc(Child *self)
{
    PyObject_GC_UnTrack(self);
    Py_CLEAR(self->second);
    Base_Type.tp_dealloc((PyObject *)self);
}

static int
not_inherited_bad(Child *self, visitproc visit, void *arg) // want "RC605: has no tp_clear"
{
    Py_VISIT(self->second);
    return Base_traverse(&self->base, visit, arg);
}

static int
own_clear_ok(Child *self, visitproc visit, void *arg)
{
    Py_VISIT(self->second);
    return Base_traverse(&self->base, visit, arg);
}

static int
Child_clear(Child *self)
{
    Py_CLEAR(self->second);
    return Base_clear(&self->base);
}

static PyTypeObject Child_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "m.Child",
    .tp_basicsize = sizeof(Child),
    .tp_base = &Base_Type,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_dealloc = (destructor)Child_dealloc,
    .tp_traverse = (traverseproc)not_inherited_bad,
    .tp_getset = Child_getset,
};

static PyTypeObject Cleared_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "m.Cleared",
    .tp_basicsize = sizeof(Child),
    .tp_base = &Base_Type,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_dealloc = (destructor)Child_dealloc,
    .tp_traverse = (traverseproc)own_clear_ok,
    .tp_clear = (inquiry)Child_clear,
    .tp_getset = Child_getset,
};
