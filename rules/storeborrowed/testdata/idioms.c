#include <Python.h>

typedef struct {
    PyObject *cls;
} Options;

static void
Options_clear(Options *o)
{
    Py_CLEAR(o->cls);
}

static long
marker(PyObject *cls, PyObject *name)
{
    long type = 0;

    if (PyObject_HasAttr(cls, name)) {
        PyObject *t = PyObject_GetAttr(cls, name);

        if (t == NULL)
            return -1;
        if (PyLong_CheckExact(t))
            type = PyLong_AsLong(t);
        Py_DECREF(t);
    }
    return type;
}

/* Returns 0 on failure; what options hold then does not matter. */
static int
parse_ok(PyObject *args, PyObject *name, Options *o)
{
    if (!PyArg_ParseTuple(args, "O", &o->cls))
        return 0;
    if (marker(o->cls, name) < 0)
        return 0;
    Py_INCREF(o->cls);
    return 1;
}

static PyObject *
parse_ok(PyObject *self, PyObject *args)
{
    Options o;

    if (!parse_ok(args, self, &o))
        return NULL;
    Options_clear(&o);
    Py_RETURN_NONE;
}

typedef struct {
    PyObject_HEAD
    PyObject *call;
    void *data;
} Wrapper;

struct closure {
    PyObject *call;
};

extern PyTypeObject Wrapper_Type;

static void
Wrapper_dealloc(Wrapper *self)
{
    Py_XDECREF(self->call);
    PyMem_Free(self->data);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

/* The closure lives no longer than the object. */
static PyObject *
wrap_ok(PyObject *self, PyObject *call)
{
    struct closure *c = PyMem_Malloc(sizeof(*c));
    Wrapper *w;

    if (c == NULL)
        return PyErr_NoMemory();
    c->call = call;
    w = PyObject_New(Wrapper, &Wrapper_Type);
    if (w == NULL) {
        PyMem_Free(c);
        return NULL;
    }
    Py_INCREF(call);
    w->call = call;
    w->data = c;
    return (PyObject *)w;
}

static PyMethodDef methods[] = {
    {"parse", parse_ok, METH_VARARGS, NULL},
    {"wrap", wrap_ok, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};
