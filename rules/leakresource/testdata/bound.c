#include <Python.h>

/* Memory in a field of a new object goes with the object: its elements are released before. */

typedef struct { PyObject_HEAD PyObject **types; int n; PyObject *method; } Bound;

extern PyTypeObject *bound_type;

static void
Bound_dealloc(Bound *self)
{
    int i;

    for (i = 0; i < self->n; i++)
        Py_XDECREF(self->types[i]);
    PyMem_Free(self->types);
    Py_XDECREF(self->method);
    PyObject_Free(self);
}

static PyTypeObject Bound_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "m.Bound",
    .tp_basicsize = sizeof(Bound),
    .tp_dealloc = (destructor)Bound_dealloc,
};

static PyObject *
bind_ok(PyObject *module, PyObject *method)
{
    Bound *res = PyObject_New(Bound, bound_type);

    if (res == NULL)
        return NULL;
    res->method = NULL;
    res->n = 0;
    res->types = PyMem_Malloc(4 * sizeof(PyObject *));
    if (res->types == NULL) {
        Py_DECREF(res);
        return PyErr_NoMemory();
    }
    res->method = PyObject_GetAttrString(method, "method");
    if (res->method == NULL) {
        Py_DECREF(res);
        return NULL;
    }
    return (PyObject *)res;
}

static PyMethodDef methods[] = {{"bind", bind_ok, METH_O, NULL}, {NULL}};
