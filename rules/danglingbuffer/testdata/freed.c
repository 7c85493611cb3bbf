#include <Python.h>

/* C structures of an object that Python code makes the object free. */

typedef struct watcher {
    struct watcher *next;
    PyObject *callable;
    int calls;
} Watcher;

typedef struct {
    int depth;
} Options;

typedef struct {
    PyObject_HEAD
    Watcher *watchers;
    Options *options;       /* set when the object is made, freed with it */
    int walking;
} Bus;

static PyObject *
Bus_forget(Bus *self, PyObject *noargs)
{
    while (self->watchers != NULL) {
        Watcher *watcher = self->watchers;

        self->watchers = watcher->next;
        Py_CLEAR(watcher->callable);
        PyMem_Free(watcher);
    }
    Py_RETURN_NONE;
}

/* What is called may forget all of them. */
static PyObject *
Bus_notify_bad(Bus *self, PyObject *arg)
{
    Watcher *watcher;

    for (watcher = self->watchers; watcher != NULL; watcher = watcher->next) {
        PyObject *callable = watcher->callable, *result;

        Py_INCREF(callable);
        result = PyObject_CallFunctionObjArgs(callable, arg, NULL);
        Py_DECREF(callable);
        if (result == NULL)
            return NULL;
        Py_DECREF(result);
        watcher->calls++; // want "RC204"
    }
    Py_RETURN_NONE;
}

/* Counted before the call, and the next one is found by its number. */
static PyObject *
Bus_notify_ok(Bus *self, PyObject *arg)
{
    int i, n = 0;

    for (;;) {
        Watcher *watcher = self->watchers;
        PyObject *callable, *result;

        for (i = 0; i < n && watcher != NULL; i++)
            watcher = watcher->next;
        if (watcher == NULL)
            break;
        n++;
        watcher->calls++;
        callable = watcher->callable;
        Py_INCREF(callable);
        result = PyObject_CallFunctionObjArgs(callable, arg, NULL);
        Py_DECREF(callable);
        if (result == NULL)
            return NULL;
        Py_DECREF(result);
    }
    Py_RETURN_NONE;
}

/* A node that was taken out is nobody else's. */
static PyObject *
Bus_pop_ok(Bus *self, PyObject *arg)
{
    Watcher *watcher = self->watchers;
    PyObject *result;
    int calls;

    if (watcher == NULL)
        Py_RETURN_NONE;
    self->watchers = watcher->next;
    result = PyObject_CallFunctionObjArgs(watcher->callable, arg, NULL);
    calls = watcher->calls;
    Py_DECREF(watcher->callable);
    PyMem_Free(watcher);
    if (result == NULL)
        return NULL;
    Py_DECREF(result);
    return PyLong_FromLong(calls);
}

/* This structure lives as long as the object. */
static PyObject *
Bus_depth_ok(Bus *self, PyObject *arg)
{
    Options *options = self->options;
    Py_ssize_t n = PyNumber_AsSsize_t(arg, PyExc_OverflowError);

    if (n == -1 && PyErr_Occurred())
        return NULL;
    return PyLong_FromSsize_t(n + options->depth);
}

/* The hash of a str runs no code, whatever made it. */
static Py_hash_t
hash_of(PyObject *name)
{
    return PyUnicode_Type.tp_hash(name);
}

static PyObject *
Bus_hash_ok(Bus *self, PyObject *arg)
{
    Watcher *watcher = self->watchers;
    Py_hash_t hash;

    if (watcher == NULL || !PyUnicode_CheckExact(arg))
        Py_RETURN_NONE;
    hash = hash_of(arg);
    return PyLong_FromSsize_t(hash + watcher->calls);
}

static PyObject *
Bus_tune(Bus *self, PyObject *noargs)
{
    Options *copy = PyMem_Malloc(sizeof(Options));

    if (copy == NULL)
        return PyErr_NoMemory();
    *copy = *self->options;
    copy->depth++;
    PyMem_Free(copy);
    Py_RETURN_NONE;
}

static PyObject *
Bus_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    Bus *self = (Bus *)type->tp_alloc(type, 0);

    if (self == NULL)
        return NULL;
    self->options = PyMem_Calloc(1, sizeof(Options));
    if (self->options == NULL) {
        Py_DECREF(self);
        return PyErr_NoMemory();
    }
    return (PyObject *)self;
}

static PyObject *
Bus_watch(Bus *self, PyObject *callable)
{
    Watcher *watcher = PyMem_Malloc(sizeof(Watcher));

    if (watcher == NULL)
        return PyErr_NoMemory();
    watcher->next = self->watchers;
    Py_INCREF(callable);
    watcher->callable = callable;
    watcher->calls = 0;
    self->watchers = watcher;
    Py_RETURN_NONE;
}

static void
Bus_dealloc(Bus *self)
{
    while (self->watchers != NULL) {
        Watcher *watcher = self->watchers;

        self->watchers = watcher->next;
        Py_CLEAR(watcher->callable);
        PyMem_Free(watcher);
    }
    PyMem_Free(self->options);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyMethodDef Bus_methods[] = {
    {"watch", (PyCFunction)Bus_watch, METH_O, NULL},
    {"forget", (PyCFunction)Bus_forget, METH_NOARGS, NULL},
    {"notify_bad", (PyCFunction)Bus_notify_bad, METH_O, NULL},
    {"notify_ok", (PyCFunction)Bus_notify_ok, METH_O, NULL},
    {"pop_ok", (PyCFunction)Bus_pop_ok, METH_O, NULL},
    {"depth_ok", (PyCFunction)Bus_depth_ok, METH_O, NULL},
    {"hash_ok", (PyCFunction)Bus_hash_ok, METH_O, NULL},
    {"tune", (PyCFunction)Bus_tune, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL}
};

static PyTypeObject Bus_Type = { // want "RC601: 'Bus' owns 'watchers.callable'"
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "freed.Bus",
    .tp_basicsize = sizeof(Bus),
    .tp_dealloc = (destructor)Bus_dealloc,
    .tp_methods = Bus_methods,
    .tp_new = Bus_new,
};

static struct PyModuleDef freed_module = {
    PyModuleDef_HEAD_INIT, .m_name = "freed", .m_size = -1, 
};

PyMODINIT_FUNC
PyInit_freed(void)
{
    PyObject *m;

    if (PyType_Ready(&Bus_Type) < 0)
        return NULL;
    m = PyModule_Create(&freed_module);
    if (m == NULL)
        return NULL;
    Py_INCREF(&Bus_Type);
    if (PyModule_AddObject(m, "Bus", (PyObject *)&Bus_Type) < 0) {
        Py_DECREF(&Bus_Type);
        Py_DECREF(m);
        return NULL;
    }
    return m;
}
