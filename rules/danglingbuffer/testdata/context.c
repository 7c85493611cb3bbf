#include <Python.h>

/* An object that is good for one callback: what empties it is called for objects that were made for that, and Python code
   cannot empty another one. */

struct api { int (*count)(long n); };

typedef struct {
    PyObject_HEAD
    const struct api *api;
} Context;

typedef struct { Context *context; PyObject *callable; } Query;

extern PyTypeObject *context_type;
extern int each_row(struct api *api, Query *query);

static Context *
acquire(void)
{
    Context *self = PyObject_New(Context, context_type);

    if (self != NULL)
        self->api = NULL;
    return self;
}

static void
give_back(Context *self)
{
    self->api = NULL;
    Py_DECREF(self);
}

static PyObject *
Context_count_ok(Context *self, PyObject *arg)
{
    long n;

    if (self->api == NULL)
        Py_RETURN_NONE;
    n = PyLong_AsLong(arg);
    if (n == -1 && PyErr_Occurred())
        return NULL;
    return PyLong_FromLong(self->api->count(n));
}

static PyObject *
Context_query(Context *self, PyObject *arg)
{
    Context *made = acquire();
    int rc;

    if (made == NULL)
        return NULL;
    Query query = {.context = made, .callable = arg};
    rc = each_row((struct api *)self->api, &query);
    give_back(query.context);
    return PyLong_FromLong(rc);
}

static PyObject *
Context_nested(Context *self, PyObject *arg)
{
    Context *made = acquire();

    if (made == NULL)
        return NULL;
    made->api = self->api;
    give_back(made);
    Py_RETURN_NONE;
}

static PyMethodDef Context_methods[] = {
    {"count", (PyCFunction)Context_count_ok, METH_O, NULL},
    {"query", (PyCFunction)Context_query, METH_O, NULL},
    {"nested", (PyCFunction)Context_nested, METH_O, NULL},
    {NULL, NULL, 0, NULL}
};

PyTypeObject Context_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "context.Context",
    .tp_basicsize = sizeof(Context),
    .tp_methods = Context_methods,
};
