#include <Python.h>

/* What methods free may be memory of their own: the structures of other objects stay. */

typedef struct { int w, h; } Bits;
typedef struct { PyObject_HEAD Bits *bits; } Mask;

static Bits *
bits_new(int w)
{
    Bits *b = malloc(sizeof(Bits));

    if (b != NULL)
        b->w = b->h = w;
    return b;
}

static void
bits_free(Bits *b)
{
    if (b != NULL)
        free(b);
}

static int
Mask_init(Mask *self, PyObject *args, PyObject *kwds)
{
    int w;

    if (!PyArg_ParseTuple(args, "i", &w))
        return -1;
    self->bits = bits_new(w);
    return self->bits == NULL ? -1 : 0;
}

static void
Mask_dealloc(Mask *self)
{
    bits_free(self->bits);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static int
parts_of(Bits *b, Bits ***parts)
{
    *parts = malloc(sizeof(Bits *));
    if (*parts == NULL || ((*parts)[0] = bits_new(b->w)) == NULL)
        return -1;
    return 1;
}

static PyObject *
Mask_count(Mask *self, PyObject *noargs)
{
    Bits *copy = bits_new(self->bits->w), **parts = NULL;

    bits_free(copy);
    if (parts_of(self->bits, &parts) == 1)
        bits_free(parts[0]);
    free(parts);
    Py_RETURN_NONE;
}

static PyObject *
Mask_get_ok(Mask *self, PyObject *arg)
{
    Bits *b = self->bits;
    Py_ssize_t i = PyNumber_AsSsize_t(arg, NULL);

    return PyLong_FromLong(i < b->w);
}

typedef struct { PyObject_HEAD double *values; Py_ssize_t n; } Row;
typedef struct node { int w; } Node;
typedef struct { PyObject_HEAD Node *node; } Chain;

static void
node_free(Node *n)
{
    free(n);
}

static PyObject *
Chain_clear(Chain *self, PyObject *noargs)
{
    node_free(self->node);
    self->node = NULL;
    Py_RETURN_NONE;
}

static PyObject *
Chain_get_bad(Chain *self, PyObject *arg)
{
    Node *n = self->node;
    Py_ssize_t i;

    if (n == NULL)
        Py_RETURN_NONE;
    i = PyNumber_AsSsize_t(arg, NULL);
    return PyLong_FromLong(i < n->w);           // want "RC204: 'n'"
}

/* A copy is freed, or nothing. */
static PyObject *
Row_sum(Row *self, PyObject *other)
{
    double *values, sum = 0;
    Py_ssize_t i;

    if (Py_TYPE(other) == Py_TYPE(self))
        values = ((Row *)other)->values;
    else {
        values = malloc(self->n * sizeof(double));
        if (values == NULL)
            return PyErr_NoMemory();
        memset(values, 0, self->n * sizeof(double));
    }
    for (i = 0; i < self->n; i++)
        sum += self->values[i] + values[i];
    if (Py_TYPE(other) != Py_TYPE(self))
        free(values);
    return PyFloat_FromDouble(sum);
}

static PyObject *
Row_get_ok(Row *self, PyObject *arg)
{
    double *values = self->values;
    Py_ssize_t i = PyNumber_AsSsize_t(arg, NULL);

    return PyFloat_FromDouble(i == 0 ? values[0] : 0);
}

static PyMethodDef Mask_methods[] = {
    {"count", (PyCFunction)Mask_count, METH_NOARGS, NULL},
    {"get", (PyCFunction)Mask_get_ok, METH_O, NULL},
    {NULL, NULL, 0, NULL}
};
static PyMethodDef Chain_methods[] = {
    {"clear", (PyCFunction)Chain_clear, METH_NOARGS, NULL},
    {"get", (PyCFunction)Chain_get_bad, METH_O, NULL},
    {NULL, NULL, 0, NULL}
};
static PyMethodDef Row_methods[] = {
    {"sum", (PyCFunction)Row_sum, METH_O, NULL},
    {"get", (PyCFunction)Row_get_ok, METH_O, NULL},
    {NULL, NULL, 0, NULL}
};

PyTypeObject Mask_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "given.Mask",
    .tp_basicsize = sizeof(Mask),
    .tp_init = (initproc)Mask_init,
    .tp_dealloc = (destructor)Mask_dealloc,
    .tp_methods = Mask_methods,
};
PyTypeObject Chain_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "given.Chain",
    .tp_basicsize = sizeof(Chain),
    .tp_methods = Chain_methods,
};
PyTypeObject Row_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "given.Row",
    .tp_basicsize = sizeof(Row),
    .tp_methods = Row_methods,
};
