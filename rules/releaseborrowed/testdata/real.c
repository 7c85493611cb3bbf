#include <Python.h>

typedef struct item {
    PyObject_HEAD
    struct cache *cache;
    struct item *next;
} Item;

typedef struct cache {
    PyObject_HEAD
    PyObject *data;
    Item *first;
} Cache;

static void
Item_dealloc(Item *self)
{
    Py_XDECREF(self->cache);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

/* The reference of item->cache, which is self. */
static int
Cache_clear_ok(Cache *self)
{
    Item *item;

    for (item = self->first; item != NULL; item = item->next) {
        item->cache = NULL;
        Py_DECREF(self);
    }
    Py_CLEAR(self->data);
    return 0;
}

/* The dictionary holds its values weakly, the collector does not see it. */
static PyObject *
FP_Cache_add_ok(Cache *self, PyObject *args)
{
    PyObject *key, *value;

    if (!PyArg_ParseTuple(args, "OO:add", &key, &value))
        return NULL;
    if (PyDict_SetItem(self->data, key, value) < 0)
        return NULL;
    PyObject_GC_UnTrack(self->data);
    Py_DECREF(value); // want "RC201: 'value'"
    Py_RETURN_NONE;
}

/* The type releases what could not be initialized. */
static int
Cache_init_bad(Cache *self, PyObject *args, PyObject *kwds)
{
    self->data = PyDict_New();
    if (self->data == NULL) {
        Py_DECREF(self); // must be found: RC201 // want "RC201: 'self'"
        return -1;
    }
    self->first = NULL;
    return 0;
}

static PyMethodDef methods[] = {
    {"add", (PyCFunction)FP_Cache_add_ok, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyTypeObject Item_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "m.Item",
    .tp_dealloc = (destructor)Item_dealloc,
};

static PyTypeObject Cache_Type = { // want "RC608"
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "m.Cache",
    .tp_init = (initproc)Cache_init_bad,
    .tp_clear = (inquiry)Cache_clear_ok,
    .tp_methods = methods,
};
