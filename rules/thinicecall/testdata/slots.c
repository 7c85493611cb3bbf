#include <Python.h>

/* A type with an array of objects, as of an array of objects or the block of a deque:
   what is read from a slot is borrowed from self. */

typedef struct {
    PyObject_HEAD
    PyObject *slots[8];
    Py_ssize_t used;
} Bag;

static int
Bag_traverse(Bag *self, visitproc visit, void *arg)
{
    Py_ssize_t i;

    for (i = 0; i < 8; i++)
        Py_VISIT(self->slots[i]);
    return 0;
}

static int
Bag_clear(Bag *self)
{
    Py_ssize_t i;

    self->used = 0;
    for (i = 0; i < 8; i++)
        Py_CLEAR(self->slots[i]);
    return 0;
}

static void
Bag_dealloc(Bag *self)
{
    PyObject_GC_UnTrack(self);
    Bag_clear(self);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyObject *
Bag_add(Bag *self, PyObject *item)
{
    if (self->used == 8) {
        PyErr_SetString(PyExc_ValueError, "full");
        return NULL;
    }
    Py_INCREF(item);
    self->slots[self->used++] = item;
    Py_RETURN_NONE;
}

static PyObject *
Bag_empty(Bag *self, PyObject *noargs)
{
    Bag_clear(self);
    Py_RETURN_NONE;
}

static PyObject *
Bag_has_bad(Bag *self, PyObject *value)
{
    Py_ssize_t i;
    int cmp = 0;

    for (i = 0; cmp == 0 && i < self->used; i++)
        cmp = PyObject_RichCompareBool(self->slots[i], value, Py_EQ); // want "RC303"
    if (cmp < 0)
        return NULL;
    return PyBool_FromLong(cmp);
}

static PyObject *
Bag_has_ok(Bag *self, PyObject *value)
{
    Py_ssize_t i;
    int cmp = 0;

    for (i = 0; cmp == 0 && i < self->used; i++) {
        PyObject *item = self->slots[i];

        Py_INCREF(item);
        cmp = PyObject_RichCompareBool(item, value, Py_EQ);
        Py_DECREF(item);
    }
    if (cmp < 0)
        return NULL;
    return PyBool_FromLong(cmp);
}

/* The operands go through a function pointer, as in a ufunc's inner loop. */
static PyObject *
FN_Bag_fold_bad(Bag *self, PyObject *start)
{
    binaryfunc op = PyNumber_Add;
    PyObject *total = start;
    Py_ssize_t i;

    Py_INCREF(total);
    for (i = 0; total != NULL && i < self->used; i++) {
        PyObject *in = self->slots[i];

        Py_SETREF(total, op(in, total));
    }
    return total;
}

static PyObject *
Bag_fold_ok(Bag *self, PyObject *start)
{
    binaryfunc op = PyNumber_Add;
    PyObject *total = start;
    Py_ssize_t i;

    Py_INCREF(total);
    for (i = 0; total != NULL && i < self->used; i++) {
        PyObject *in = self->slots[i];

        Py_INCREF(in);
        Py_SETREF(total, op(in, total));
        Py_DECREF(in);
    }
    return total;
}

/* On failure the operand's type is named. */
static PyObject *
Bag_measure_bad(Bag *self, PyObject *noargs)
{
    PyObject *first, *size;

    if (self->used == 0)
        Py_RETURN_NONE;
    first = self->slots[0];
    size = PyObject_CallMethod(first, "measure", NULL);
    if (size == NULL)
        return NULL;
    if (!PyLong_Check(size)) {
        Py_DECREF(size);
        PyErr_Format(PyExc_TypeError, "measure() of %s", Py_TYPE(first)->tp_name); // want "RC303"
        return NULL;
    }
    return size;
}

static PyObject *
Bag_measure_ok(Bag *self, PyObject *noargs)
{
    PyObject *first, *size;

    if (self->used == 0)
        Py_RETURN_NONE;
    first = self->slots[0];
    Py_INCREF(first);
    size = PyObject_CallMethod(first, "measure", NULL);
    if (size != NULL && !PyLong_Check(size)) {
        PyErr_Format(PyExc_TypeError, "measure() of %s", Py_TYPE(first)->tp_name);
        Py_CLEAR(size);
    }
    Py_DECREF(first);
    return size;
}

/* Nothing runs between reading and taking a reference. */
static PyObject *
Bag_items_ok(Bag *self, PyObject *noargs)
{
    PyObject *list = PyList_New(0);
    Py_ssize_t i;

    for (i = 0; list != NULL && i < self->used; i++) {
        PyObject *item = self->slots[i];
        int failed;

        Py_INCREF(item);
        failed = PyList_Append(list, item) < 0;
        Py_DECREF(item);
        if (failed)
            Py_CLEAR(list);
    }
    return list;
}

static PyMethodDef Bag_methods[] = {
    {"add", (PyCFunction)Bag_add, METH_O, NULL},
    {"empty", (PyCFunction)Bag_empty, METH_NOARGS, NULL},
    {"has_bad", (PyCFunction)Bag_has_bad, METH_O, NULL},
    {"has_ok", (PyCFunction)Bag_has_ok, METH_O, NULL},
    {"fold_bad", (PyCFunction)FN_Bag_fold_bad, METH_O, NULL},
    {"fold_ok", (PyCFunction)Bag_fold_ok, METH_O, NULL},
    {"measure_bad", (PyCFunction)Bag_measure_bad, METH_NOARGS, NULL},
    {"measure_ok", (PyCFunction)Bag_measure_ok, METH_NOARGS, NULL},
    {"items_ok", (PyCFunction)Bag_items_ok, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL}
};

static PyTypeObject Bag_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "slots.Bag",
    .tp_basicsize = sizeof(Bag),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_dealloc = (destructor)Bag_dealloc,
    .tp_traverse = (traverseproc)Bag_traverse,
    .tp_clear = (inquiry)Bag_clear,
    .tp_methods = Bag_methods,
    .tp_new = PyType_GenericNew,
};

static struct PyModuleDef slots_module = {
    PyModuleDef_HEAD_INIT, .m_name = "slots", .m_size = -1,
};

PyMODINIT_FUNC
PyInit_slots(void)
{
    PyObject *m;

    if (PyType_Ready(&Bag_Type) < 0)
        return NULL;
    m = PyModule_Create(&slots_module);
    if (m == NULL)
        return NULL;
    Py_INCREF(&Bag_Type);
    if (PyModule_AddObject(m, "Bag", (PyObject *)&Bag_Type) < 0) {
        Py_DECREF(&Bag_Type);
        Py_DECREF(m);
        return NULL;
    }
    return m;
}
