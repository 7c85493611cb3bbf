#include <Python.h>

/* Functions that call that of the base. */
typedef struct {
    PyListObject list;
    PyObject *owner;
} Sub;

static int
Sub_traverse(Sub *self, visitproc visit, void *arg)
{
    Py_VISIT(self->owner);
    return PyList_Type.tp_traverse((PyObject *)self, visit, arg);
}

static int
Sub_clear(Sub *self)
{
    Py_CLEAR(self->owner);
    return PyList_Type.tp_clear((PyObject *)self);
}

static void
base_ok(Sub *self)
{
    PyObject_GC_UnTrack(self);
    Py_CLEAR(self->owner);
    PyObject_GC_Track(self);
    PyList_Type.tp_dealloc((PyObject *)self);
}

static void
both_bad(Sub *self)
{
    PyObject_GC_UnTrack(self);
    Py_CLEAR(self->owner);
    PyObject_GC_Track(self);
    PyList_Type.tp_dealloc((PyObject *)self);
    PyObject_GC_Del(self); // want "RC608: tp_dealloc frees the instance twice"
}

static void
either_ok(Sub *self)
{
    PyObject_GC_UnTrack(self);
    Py_CLEAR(self->owner);
    if (PyList_CheckExact(self)) {
        Py_TYPE(self)->tp_free((PyObject *)self);
        return;
    }
    PyObject_GC_Track(self);
    PyList_Type.tp_dealloc((PyObject *)self);
}

#define SUB(name, dealloc)                                          \
    static PyTypeObject name = {                                    \
        PyVarObject_HEAD_INIT(NULL, 0)                              \
        .tp_name = "m." #name,                                      \
        .tp_basicsize = sizeof(Sub),                                \
        .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,        \
        .tp_base = &PyList_Type,                                    \
        .tp_dealloc = (destructor)dealloc,                          \
        .tp_traverse = (traverseproc)Sub_traverse,                  \
        .tp_clear = (inquiry)Sub_clear,                             \
    }
SUB(Base_Type, base_ok);
SUB(Both_Type, both_bad);
SUB(Either_Type, either_ok);

/* A spec without tp_dealloc has subtype_dealloc, which looks for the nearest
 * tp_dealloc that is another one: that of the derived type. */
typedef struct {
    PyObject_HEAD
    PyObject *name;
} Shape;

static int
Shape_traverse(Shape *self, visitproc visit, void *arg)
{
    Py_VISIT(Py_TYPE(self));
    Py_VISIT(self->name);
    return 0;
}

static int
Shape_clear(Shape *self)
{
    Py_CLEAR(self->name);
    return 0;
}

static void
Shape_finalize(Shape *self)
{
    Py_CLEAR(self->name);
}

static PyType_Slot shape_slots[] = {
    {Py_tp_traverse, Shape_traverse},
    {Py_tp_clear, Shape_clear},
    {Py_tp_finalize, Shape_finalize},
    {0, NULL}
};

static PyType_Spec shape_spec = {
    .name = "m.Shape",
    .basicsize = sizeof(Shape),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
    .slots = shape_slots,
};

static PyTypeObject *shape_type;

static void
again_bad(Shape *self)
{
    PyObject_GC_UnTrack(self);
    Shape_clear(self);
    shape_type->tp_dealloc((PyObject *)self); // want "RC608: subtype_dealloc, which calls this function again"
}

static void
itself_ok(Shape *self)
{
    PyTypeObject *type = Py_TYPE(self);

    PyObject_GC_UnTrack(self);
    Shape_clear(self);
    type->tp_free((PyObject *)self);
    Py_DECREF(type);
}

#define DERIVED(name, dealloc)                                      \
    static PyType_Slot name##_slots[] = {                           \
        {Py_tp_dealloc, dealloc},                                   \
        {Py_tp_traverse, Shape_traverse},                           \
        {Py_tp_clear, Shape_clear},                                 \
        {0, NULL}                                                   \
    };                                                              \
    static PyType_Spec name##_spec = {                              \
        .name = "m." #name,                                         \
        .basicsize = sizeof(Shape),                                 \
        .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,           \
        .slots = name##_slots,                                      \
    }
DERIVED(again, again_bad);
DERIVED(itself, itself_ok);

int
shapes(PyObject *module)
{
    PyObject *circle, *square;

    shape_type = (PyTypeObject *)PyType_FromModuleAndSpec(module, &shape_spec, NULL);
    if (shape_type == NULL)
        return -1;
    circle = PyType_FromModuleAndSpec(module, &again_spec, (PyObject *)shape_type);
    if (circle == NULL)
        return -1;
    square = PyType_FromModuleAndSpec(module, &itself_spec, (PyObject *)shape_type);
    if (square == NULL) {
        Py_DECREF(circle);
        return -1;
    }
    if (PyModule_AddObjectRef(module, "Circle", circle) < 0 || PyModule_AddObjectRef(module, "Square", square) < 0) {
        Py_DECREF(circle);
        Py_DECREF(square);
        return -1;
    }
    Py_DECREF(circle);
    Py_DECREF(square);
    return 0;
}

/* The attributes are kept by the interpreter, in front of the object. */
typedef struct {
    PyObject_HEAD
} Bag;

static int
Bag_traverse(PyObject *self, visitproc visit, void *arg)
{
    return PyObject_VisitManagedDict(self, visit, arg);
}

static int
Bag_clear(PyObject *self)
{
    PyObject_ClearManagedDict(self);
    return 0;
}

static void
cleared_ok(PyObject *self)
{
    PyObject_GC_UnTrack(self);
    PyObject_ClearManagedDict(self);
    Py_TYPE(self)->tp_free(self);
}

static void
attributes_bad(PyObject *self) // want "RC608: tp_dealloc does not clear the managed dict"
{
    PyObject_GC_UnTrack(self);
    Py_TYPE(self)->tp_free(self);
}

#define BAG(name, dealloc)                                                                  \
    static PyTypeObject name = {                                                            \
        PyVarObject_HEAD_INIT(NULL, 0)                                                      \
        .tp_name = "m." #name,                                                              \
        .tp_basicsize = sizeof(Bag),                                                        \
        .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_MANAGED_DICT,      \
        .tp_dealloc = dealloc,                                                              \
        .tp_traverse = Bag_traverse,                                                        \
        .tp_clear = Bag_clear,                                                              \
    }
BAG(Cleared_Type, cleared_ok);
BAG(Attributes_Type, attributes_bad);
