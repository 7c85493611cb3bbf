#include <Python.h>

/* A field was looked at before Python code ran, which may have set it to NULL. */

typedef struct {
    PyObject_HEAD
    PyObject *input;
    PyObject *fields;   /* a list; NULL between two records */
    PyObject *cache;    /* tp_dealloc alone lets go of it */
    int active;
    int locked;
} Reader;

static int
Reader_reset(Reader *self)
{
    Py_XSETREF(self->fields, PyList_New(0));
    return self->fields == NULL ? -1 : 0;
}

static int
Reader_save(Reader *self, PyObject *item)
{
    return PyList_Append(self->fields, item);
}

/* This helper looks itself, through another one. */
static int
Reader_closed(Reader *self)
{
    if (self->fields != NULL)
        return 0;
    PyErr_SetString(PyExc_ValueError, "closed");
    return 1;
}

static int
Reader_save_open(Reader *self, PyObject *item)
{
    if (Reader_closed(self))
        return -1;
    return PyList_Append(self->fields, item);
}

/* A second call from the iterator takes the list away. */
static PyObject *
Reader_next_bad(Reader *self)
{
    PyObject *item, *fields;

    if (Reader_reset(self) < 0)
        return NULL;
    while ((item = PyIter_Next(self->input)) != NULL) {
        int failed = Reader_save(self, item) < 0; // want "RC303: 'self->fields' is used by Reader_save although it may be NULL by now"

        Py_DECREF(item);
        if (failed)
            return NULL;
    }
    fields = self->fields;
    self->fields = NULL;
    self->active = 0;
    return fields;
}

static PyObject *
Reader_next_ok(Reader *self, PyObject *noargs)
{
    PyObject *item;

    if (Reader_reset(self) < 0)
        return NULL;
    while ((item = PyIter_Next(self->input)) != NULL) {
        int failed = Reader_save_open(self, item) < 0;

        Py_DECREF(item);
        if (failed)
            return NULL;
    }
    if (PyErr_Occurred())
        return NULL;
    Py_RETURN_NONE;
}

/* Looked at by a helper, then converted, then used. */
static PyObject *
Reader_put_bad(Reader *self, PyObject *arg)
{
    PyObject *number;

    if (Reader_closed(self))
        return NULL;
    number = PyNumber_Long(arg);
    if (number == NULL)
        return NULL;
    if (PyList_Append(self->fields, number) < 0) { // want "RC303: 'self->fields' is passed to PyList_Append"
        Py_DECREF(number);
        return NULL;
    }
    return number;
}

/* Looked at afterwards. */
static PyObject *
Reader_put_ok(Reader *self, PyObject *arg)
{
    PyObject *number = PyNumber_Long(arg);

    if (number == NULL)
        return NULL;
    if (Reader_closed(self) || PyList_Append(self->fields, number) < 0) {
        Py_DECREF(number);
        return NULL;
    }
    return number;
}

/* Whoever takes the list says that nothing is active. */
static PyObject *
Reader_add_ok(Reader *self, PyObject *arg)
{
    PyObject *number;

    if (Reader_closed(self))
        return NULL;
    number = PyNumber_Long(arg);
    if (number == NULL)
        return NULL;
    if (self->active && PyList_Append(self->fields, number) < 0) {
        Py_DECREF(number);
        return NULL;
    }
    return number;
}

/* Nobody takes the list while the object is locked. */
static PyObject *
Reader_locked_ok(Reader *self, PyObject *arg)
{
    PyObject *number;

    if (Reader_closed(self))
        return NULL;
    self->locked = 1;
    number = PyNumber_Long(arg);
    if (number != NULL && PyList_Append(self->fields, number) < 0)
        Py_CLEAR(number);
    self->locked = 0;
    return number;
}

/* What runs between the look and the use is no Python code. */
static PyObject *
Reader_count_ok(Reader *self, PyObject *noargs)
{
    PyObject *number;

    if (Reader_closed(self))
        return NULL;
    number = PyLong_FromLong(self->active);
    if (number != NULL && PyList_Append(self->fields, number) < 0)
        Py_CLEAR(number);
    return number;
}

/* Once set, it stays. */
static PyObject *
Reader_cached_ok(Reader *self, PyObject *arg)
{
    PyObject *number;

    if (self->cache == NULL)
        Py_RETURN_NONE;
    number = PyNumber_Long(arg);
    if (number != NULL && PyList_Append(self->cache, number) < 0)
        Py_CLEAR(number);
    return number;
}

static void
Reader_dealloc(Reader *self)
{
    Py_CLEAR(self->input);
    Py_CLEAR(self->fields);
    Py_CLEAR(self->cache);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyObject *
Reader_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    PyObject *input;
    Reader *self;

    if (!PyArg_ParseTuple(args, "O:Reader", &input))
        return NULL;
    self = (Reader *)type->tp_alloc(type, 0);
    if (self == NULL)
        return NULL;
    self->fields = PyList_New(0);
    self->input = PyObject_GetIter(input);
    if (self->fields == NULL || self->input == NULL) {
        Py_DECREF(self);
        return NULL;
    }
    return (PyObject *)self;
}

static PyMethodDef Reader_methods[] = {
    {"next_bad", (PyCFunction)Reader_next_bad, METH_NOARGS, NULL},
    {"next_ok", (PyCFunction)Reader_next_ok, METH_NOARGS, NULL},
    {"put_bad", (PyCFunction)Reader_put_bad, METH_O, NULL},
    {"put_ok", (PyCFunction)Reader_put_ok, METH_O, NULL},
    {"add_ok", (PyCFunction)Reader_add_ok, METH_O, NULL},
    {"locked_ok", (PyCFunction)Reader_locked_ok, METH_O, NULL},
    {"count_ok", (PyCFunction)Reader_count_ok, METH_NOARGS, NULL},
    {"cached_ok", (PyCFunction)Reader_cached_ok, METH_O, NULL},
    {NULL, NULL, 0, NULL}
};

static PyTypeObject Reader_Type = { // want "RC601: 'Reader' owns 'input'"
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "stale.Reader",
    .tp_basicsize = sizeof(Reader),
    .tp_dealloc = (destructor)Reader_dealloc,
    .tp_iternext = (iternextfunc)Reader_next_bad,
    .tp_methods = Reader_methods,
    .tp_new = Reader_new,
};

static struct PyModuleDef stale_module = {
    PyModuleDef_HEAD_INIT, .m_name = "stale", .m_size = -1, 
};

PyMODINIT_FUNC
PyInit_stale(void)
{
    PyObject *m;

    if (PyType_Ready(&Reader_Type) < 0)
        return NULL;
    m = PyModule_Create(&stale_module);
    if (m == NULL)
        return NULL;
    Py_INCREF(&Reader_Type);
    if (PyModule_AddObject(m, "Reader", (PyObject *)&Reader_Type) < 0) {
        Py_DECREF(&Reader_Type);
        Py_DECREF(m);
        return NULL;
    }
    return m;
}
