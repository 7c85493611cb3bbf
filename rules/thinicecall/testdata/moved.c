#include <Python.h>

/* Owners that let go without a Py_DECREF: a field whose object the method returns, a
   tuple that a method changes in place, and references that come from two places. */

typedef struct {
    PyObject_HEAD
    PyObject *value;
    PyObject *step;
    PyObject *parts;    /* a tuple of iterators; those at their end are taken out */
    PyObject *names;    /* a tuple for good */
} Counter;

/* A second call from __add__ returns the same object, and its caller releases it. */
static PyObject *
Counter_next_bad(Counter *self)
{
    PyObject *value = self->value, *next;

    next = PyNumber_Add(value, self->step); // want "RC303: 'self->value'"
    if (next == NULL)
        return NULL;
    self->value = next;
    return value;
}

static PyObject *
Counter_next_ok(Counter *self)
{
    PyObject *value = self->value, *next;

    Py_INCREF(value);
    next = PyNumber_Add(value, self->step);
    if (next == NULL) {
        Py_DECREF(value);
        return NULL;
    }
    Py_XSETREF(self->value, next);
    return value;
}

/* What is returned is in the field still. */
static PyObject *
Counter_names_ok(Counter *self, PyObject *other)
{
    PyObject *names = self->names;

    if (names == NULL) {
        names = PyTuple_New(0);
        if (names == NULL)
            return NULL;
        self->names = names;
    }
    if (PyObject_RichCompareBool(names, other, Py_EQ) < 0)
        return NULL;
    Py_INCREF(names);
    return names;
}

/* One more call from __next__ finds the same iterator at its end. */
static PyObject *
Counter_part_bad(Counter *self, PyObject *noargs)
{
    Py_ssize_t i;

    for (i = 0; i < PyTuple_GET_SIZE(self->parts); i++) {
        PyObject *part = PyTuple_GET_ITEM(self->parts, i), *item;

        if (part == NULL)
            continue;
        item = PyIter_Next(part); // want "RC303"
        if (item != NULL || PyErr_Occurred())
            return item;
        PyTuple_SET_ITEM(self->parts, i, NULL);
        Py_DECREF(part);
    }
    return NULL;
}

static PyObject *
Counter_part_ok(Counter *self, PyObject *noargs)
{
    Py_ssize_t i;

    for (i = 0; i < PyTuple_GET_SIZE(self->parts); i++) {
        PyObject *part = PyTuple_GET_ITEM(self->parts, i), *item;

        if (part == NULL)
            continue;
        Py_INCREF(part);
        item = PyIter_Next(part);
        Py_DECREF(part);
        if (item != NULL || PyErr_Occurred())
            return item;
    }
    return NULL;
}

/* Nobody changes this tuple. */
static PyObject *
Counter_has_ok(Counter *self, PyObject *name)
{
    Py_ssize_t i;
    int same = 0;

    for (i = 0; same == 0 && i < PyTuple_GET_SIZE(self->names); i++)
        same = PyObject_RichCompareBool(PyTuple_GET_ITEM(self->names, i), name, Py_EQ);
    if (same < 0)
        return NULL;
    return PyBool_FromLong(same);
}

/* The caller's file, or one that sys.stdout may be the only owner of. */
static PyObject *
show_bad(PyObject *self, PyObject *args)
{
    PyObject *items, *file = NULL;
    Py_ssize_t i;

    if (!PyArg_ParseTuple(args, "O!|O:show", &PyTuple_Type, &items, &file))
        return NULL;
    if (file == NULL) {
        file = PySys_GetObject("stdout");
        if (file == NULL)
            Py_RETURN_NONE;
    }
    for (i = 0; i < PyTuple_GET_SIZE(items); i++)
        if (PyFile_WriteObject(PyTuple_GET_ITEM(items, i), file, Py_PRINT_RAW) < 0) // want "RC303: 'file'"
            return NULL;
    Py_RETURN_NONE;
}

static PyObject *
show_ok(PyObject *self, PyObject *args)
{
    PyObject *items, *file = NULL;
    Py_ssize_t i;

    if (!PyArg_ParseTuple(args, "O!|O:show", &PyTuple_Type, &items, &file))
        return NULL;
    if (file == NULL) {
        file = PySys_GetObject("stdout");
        if (file == NULL)
            Py_RETURN_NONE;
    }
    Py_INCREF(file);
    for (i = 0; i < PyTuple_GET_SIZE(items); i++)
        if (PyFile_WriteObject(PyTuple_GET_ITEM(items, i), file, Py_PRINT_RAW) < 0) {
            Py_DECREF(file);
            return NULL;
        }
    Py_DECREF(file);
    Py_RETURN_NONE;
}

/* Counter(value, step, *parts) */
static PyObject *
Counter_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    Py_ssize_t n = PyTuple_GET_SIZE(args);
    Counter *self;

    if (n < 2) {
        PyErr_SetString(PyExc_TypeError, "a value and a step");
        return NULL;
    }
    self = (Counter *)type->tp_alloc(type, 0);
    if (self == NULL)
        return NULL;
    Py_INCREF(PyTuple_GET_ITEM(args, 0));
    self->value = PyTuple_GET_ITEM(args, 0);
    Py_INCREF(PyTuple_GET_ITEM(args, 1));
    self->step = PyTuple_GET_ITEM(args, 1);
    self->parts = PyTuple_GetSlice(args, 2, n);
    self->names = PyTuple_New(0);
    if (self->parts == NULL || self->names == NULL) {
        Py_DECREF(self);
        return NULL;
    }
    return (PyObject *)self;
}

static PyMethodDef Counter_methods[] = {
    {"names_ok", (PyCFunction)Counter_names_ok, METH_O, NULL},
    {"part_bad", (PyCFunction)Counter_part_bad, METH_NOARGS, NULL},
    {"part_ok", (PyCFunction)Counter_part_ok, METH_NOARGS, NULL},
    {"has_ok", (PyCFunction)Counter_has_ok, METH_O, NULL},
    {"next_bad", (PyCFunction)Counter_next_bad, METH_NOARGS, NULL},
    {"next_ok", (PyCFunction)Counter_next_ok, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL}
};

static void
Counter_dealloc(Counter *self)
{
    Py_XDECREF(self->value);
    Py_XDECREF(self->step);
    Py_XDECREF(self->parts);
    Py_XDECREF(self->names);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyTypeObject Counter_Type = { // want "RC601: 'Counter' owns 'value'"
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_dealloc = (destructor)Counter_dealloc,
    .tp_name = "moved.Counter",
    .tp_basicsize = sizeof(Counter),
    .tp_iternext = (iternextfunc)Counter_next_bad,
    .tp_methods = Counter_methods,
    .tp_new = Counter_new,
};

static PyMethodDef moved_methods[] = {
    {"show_bad", show_bad, METH_VARARGS, NULL},
    {"show_ok", show_ok, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL}
};

static struct PyModuleDef moved_module = {
    PyModuleDef_HEAD_INIT, .m_name = "moved", .m_size = -1, .m_methods = moved_methods,
};

PyMODINIT_FUNC
PyInit_moved(void)
{
    PyObject *m;

    if (PyType_Ready(&Counter_Type) < 0)
        return NULL;
    m = PyModule_Create(&moved_module);
    if (m == NULL)
        return NULL;
    Py_INCREF(&Counter_Type);
    if (PyModule_AddObject(m, "Counter", (PyObject *)&Counter_Type) < 0) {
        Py_DECREF(&Counter_Type);
        Py_DECREF(m);
        return NULL;
    }
    return m;
}
