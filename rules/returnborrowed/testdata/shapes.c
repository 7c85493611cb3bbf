#include <Python.h>

typedef struct {
    PyObject_HEAD
    int readonly;
    PyObject *rows;
} Conn;

/* Harmless from 3.12 on. */
static PyObject *
Conn_readonly_bad(Conn *self, void *closure)
{
    PyObject *res = self->readonly ? Py_True : Py_False;

    return res; // want "RC301: Py_"
}

/* Cached once, and handed out without a reference. */
static PyObject *
name_of_bad(PyObject *self, PyObject *noargs)
{
    static PyObject *name = NULL;

    if (name == NULL)
        name = PyUnicode_InternFromString("NaN");
    return name; // want "RC301"
}

static PyObject *
Conn_rows_bad(Conn *self, PyObject *args)
{
    Py_ssize_t i;

    if (!PyArg_ParseTuple(args, "n", &i))
        return NULL;
    if (self->rows == NULL) {
        PyErr_SetString(PyExc_IndexError, "no rows");
        return NULL;
    }
    return PyList_GetItem(self->rows, i); // want "RC301"
}

static PyObject *
Conn_callproc_bad(Conn *self, PyObject *args)
{
    PyObject *parameters = NULL, *res = NULL;

    if (!PyArg_ParseTuple(args, "|O", &parameters))
        return NULL;
    if (parameters != NULL)
        res = parameters;
    else
        res = PyTuple_New(0);
    return res; // want "RC301: 'parameters'"
}

static void
Conn_dealloc(Conn *self)
{
    Py_XDECREF(self->rows);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyMethodDef Conn_methods[] = {
    {"name", name_of_bad, METH_NOARGS, NULL},
    {"rows", (PyCFunction)Conn_rows_bad, METH_VARARGS, NULL},
    {"callproc", (PyCFunction)Conn_callproc_bad, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL}
};

static PyGetSetDef Conn_getset[] = {
    {"readonly", (getter)Conn_readonly_bad, NULL, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL}
};

static PyTypeObject Conn_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "shapes.Conn",
    .tp_basicsize = sizeof(Conn),
    .tp_dealloc = (destructor)Conn_dealloc,
    .tp_methods = Conn_methods,
    .tp_getset = Conn_getset,
};
