#include <Python.h>

/* A helper that stores its argument in a field that is released elsewhere takes
   the reference over: whether that is right only its callers can tell. */

typedef struct {
    PyObject_HEAD
    PyObject *wrapped;
} Adapter;

static int
Adapter_traverse(Adapter *self, visitproc visit, void *arg)
{
    Py_VISIT(self->wrapped);
    return 0;
}

static int
Adapter_clear(Adapter *self)
{
    Py_CLEAR(self->wrapped);
    return 0;
}

static void
Adapter_dealloc(Adapter *self)
{
    PyObject_GC_UnTrack(self);
    Py_CLEAR(self->wrapped);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static int
setup_taking(Adapter *self, PyObject *obj)
{
    if (!PyList_Check(obj)) {
        PyErr_SetString(PyExc_TypeError, "a list");
        return -1;
    }
    Py_CLEAR(self->wrapped);
    self->wrapped = obj;
    return 0;
}

static int
setup_sharing(Adapter *self, PyObject *obj)
{
    Py_INCREF(obj);
    Py_XSETREF(self->wrapped, obj);
    return 0;
}

static PyObject *
wrap_bad(Adapter *self, PyObject *args)
{
    PyObject *l;

    if (!PyArg_ParseTuple(args, "O", &l))
        return NULL;
    if (setup_taking(self, l) < 0) // want "RC403: setup_taking takes over 'l'"
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *
wrap_ok(Adapter *self, PyObject *args)
{
    PyObject *l;

    if (!PyArg_ParseTuple(args, "O", &l))
        return NULL;
    if (setup_sharing(self, l) < 0)
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *
wrap_copy_ok(Adapter *self, PyObject *arg)
{
    PyObject *l = PySequence_List(arg);

    if (l == NULL)
        return NULL;
    if (setup_taking(self, l) < 0) {
        Py_DECREF(l);
        return NULL;
    }
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {
    {"wrap", (PyCFunction)wrap_bad, METH_VARARGS, ""},
    {"wrap2", (PyCFunction)wrap_ok, METH_VARARGS, ""},
    {"wrap3", (PyCFunction)wrap_copy_ok, METH_O, ""},
    {NULL, NULL, 0, NULL},
};

static PyTypeObject Adapter_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "m.Adapter",
    .tp_basicsize = sizeof(Adapter),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_dealloc = (destructor)Adapter_dealloc,
    .tp_traverse = (traverseproc)Adapter_traverse,
    .tp_clear = (inquiry)Adapter_clear,
    .tp_methods = methods,
};
