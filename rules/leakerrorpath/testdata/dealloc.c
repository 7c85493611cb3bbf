#include <Python.h>

/* Functions that free an object, called by name. */
typedef struct { PyObject_HEAD PyObject *context; } Box;

extern PyTypeObject Box_Type;

static void
Box_dealloc(PyObject *self)
{
    Py_XDECREF(((Box *)self)->context);
    Py_TYPE(self)->tp_free(self);
}

static Box *
box_ok(PyObject *arg)
{
    Box *box = PyObject_New(Box, &Box_Type);

    if (box == NULL)
        return NULL;
    box->context = PyObject_Str(arg);
    if (box->context == NULL) {
        Box_dealloc((PyObject *)box);
        return NULL;
    }
    return box;
}

static Box *
box_bad(PyObject *arg)
{
    Box *box = PyObject_New(Box, &Box_Type);

    if (box == NULL)
        return NULL;
    box->context = PyObject_Str(arg);
    if (box->context == NULL)
        return NULL;                      // want "RC102: 'box'"
    return box;
}

/* A base is freed by the function of what derives from it. */
typedef struct { Box base; PyObject *more; } Crate;

static void
Crate_dealloc_ok(PyObject *self)
{
    Py_XDECREF(((Crate *)self)->more);
    Box_dealloc(self);
}

static void
box_free(PyObject *o)
{
    Py_TYPE(o)->tp_free(o);
}

typedef struct { PyObject_HEAD PyObject *content; } Bag;

extern PyTypeObject Bag_Type;

static void
Bag_dealloc_ok(PyObject *self)
{
    Py_XDECREF(((Bag *)self)->content);
    box_free(self);
}

static Bag *
bag_ok(PyObject *arg)
{
    Bag *bag = PyObject_New(Bag, &Bag_Type);

    if (bag == NULL)
        return NULL;
    bag->content = PyObject_Str(arg);
    if (bag->content == NULL) {
        Bag_dealloc_ok((PyObject *)bag);
        return NULL;
    }
    return bag;
}

PyTypeObject Bag_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "boxes.Bag",
    .tp_basicsize = sizeof(Bag),
    .tp_dealloc = Bag_dealloc_ok,
};

PyTypeObject Box_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "boxes.Box",
    .tp_basicsize = sizeof(Box),
    .tp_dealloc = Box_dealloc,
};

PyTypeObject Crate_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "boxes.Crate",
    .tp_basicsize = sizeof(Crate),
    .tp_base = &Box_Type,
    .tp_dealloc = Crate_dealloc_ok,
};
