#include <Python.h>

/* A pointer to C functions that was looked at before Python code ran. */

struct store { int (*put)(long n); };

typedef struct {
    PyObject_HEAD
    struct store *store;    /* NULL once closed */
} Writer;

static PyObject *
Writer_close(Writer *self, PyObject *noargs)
{
    self->store = NULL;
    Py_RETURN_NONE;
}

/* The function is read where nothing may be any more. */
static PyObject *
Writer_put_bad(Writer *self, PyObject *arg)
{
    long n;

    if (self->store == NULL)
        Py_RETURN_NONE;
    n = PyLong_AsLong(arg);
    if (n == -1 && PyErr_Occurred())
        return NULL;
    if (self->store->put(n) < 0) // want "RC204: 'self->store' is read although it may be NULL by now"
        return PyErr_NoMemory();
    Py_RETURN_NONE;
}

static PyObject *
Writer_put_ok(Writer *self, PyObject *arg)
{
    long n = PyLong_AsLong(arg);

    if (n == -1 && PyErr_Occurred())
        return NULL;
    if (self->store != NULL && self->store->put(n) < 0)
        return PyErr_NoMemory();
    Py_RETURN_NONE;
}

static PyMethodDef Writer_methods[] = {
    {"close", (PyCFunction)Writer_close, METH_NOARGS, NULL},
    {"put_bad", (PyCFunction)Writer_put_bad, METH_O, NULL},
    {"put_ok", (PyCFunction)Writer_put_ok, METH_O, NULL},
    {NULL, NULL, 0, NULL}
};

PyTypeObject Writer_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "called.Writer",
    .tp_basicsize = sizeof(Writer),
    .tp_methods = Writer_methods,
};
