#include <Python.h>

static PyObject *
first_ok(PyObject *self, PyObject *list)
{
    PyObject *item, *text;

    item = PyList_GetItem(list, 0);
    if (item == NULL)
        return NULL;
    Py_INCREF(item);
    text = PyObject_Str(item);
    Py_DECREF(item);
    return text;
}

/* New here, borrowed there, and an Py_INCREF to make it even. */
static PyObject *
cached_ok(PyObject *self, PyObject *args)
{
    PyObject *cache, *key, *value, *text;

    if (!PyArg_ParseTuple(args, "OO", &cache, &key))
        return NULL;
    value = PyDict_GetItemWithError(cache, key);
    if (value != NULL) {
        Py_INCREF(value);
    }
    else {
        if (PyErr_Occurred())
            return NULL;
        value = PyObject_Str(key);
        if (value == NULL)
            return NULL;
    }
    text = PyObject_Repr(value);
    Py_DECREF(value);
    return text;
}

static PyObject *
optional_ok(PyObject *self, PyObject *args)
{
    PyObject *obj = NULL, *res;
    int own = 0;

    if (!PyArg_ParseTuple(args, "|O", &obj))
        return NULL;
    if (obj == NULL) {
        obj = PyDict_New();
        if (obj == NULL)
            return NULL;
        own = 1;
    }
    res = PyObject_Repr(obj);
    if (own) {
        Py_DECREF(obj);
    }
    return res;
}

/* The parameter's name now stands for another object. */
static PyObject *
renamed_ok(PyObject *self, PyObject *arg)
{
    PyObject *res;

    arg = PySequence_List(arg);
    if (arg == NULL)
        return NULL;
    res = PyList_AsTuple(arg);
    Py_DECREF(arg);
    return res;
}

static PyObject *
always_owned_ok(PyObject *self, PyObject *arg)
{
    PyObject *str, *res;

    if (PyUnicode_Check(arg)) {
        str = arg;
        Py_INCREF(str);
    }
    else if ((str = PyObject_Str(arg)) == NULL) {
        return NULL;
    }
    res = PyUnicode_AsUTF8String(str);
    Py_DECREF(str);
    return res;
}

typedef struct {
    PyObject_HEAD
    PyObject *target;
} Proxy;

static void
Proxy_dealloc_ok(Proxy *self)
{
    Py_XDECREF(self->target);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static int
Proxy_clear_ok(Proxy *self)
{
    Py_CLEAR(self->target);
    return 0;
}

/* Taking over its argument is what this helper is for. */
static void
finish(PyObject *done)
{
    Py_DECREF(done);
}

static int
finish_ok(PyObject *obj)
{
    PyObject *text = PyObject_Str(obj);

    if (text == NULL)
        return -1;
    finish(text);
    return 0;
}

static PyObject *
strong_item_ok(PyObject *self, PyObject *seq)
{
    PyObject *item = PySequence_GetItem(seq, 0), *res;

    if (item == NULL)
        return NULL;
    res = PyObject_Str(item);
    Py_DECREF(item);
    return res;
}

static int
dict_next_ok(PyObject *dict)
{
    PyObject *key, *value;
    Py_ssize_t pos = 0;
    int rc = 0;

    while (rc == 0 && PyDict_Next(dict, &pos, &key, &value)) {
        Py_INCREF(key);
        Py_INCREF(value);
        rc = PyObject_RichCompareBool(key, value, Py_EQ);
        Py_DECREF(value);
        Py_DECREF(key);
    }
    return rc;
}

/* The reference that was in the slot goes when the slot is taken. */
static void
Proxy_reset_ok(Proxy *self)
{
    PyObject *old = self->target;

    self->target = NULL;
    Py_XDECREF(old);
}

static PyObject *
none_default_ok(PyObject *self, PyObject *args)
{
    PyObject *tz = Py_None, *pair;

    if (!PyArg_ParseTuple(args, "|O", &tz))
        return NULL;
    Py_INCREF(tz);
    pair = PyTuple_Pack(2, self, tz);
    Py_DECREF(tz);
    return pair;
}

static void
capsule_free_ok(PyObject *capsule)
{
    PyObject *obj = PyCapsule_GetPointer(capsule, "bag.item");

    Py_XDECREF(obj);
}

static PyObject *
weak_ok(PyObject *ref)
{
    PyObject *obj = PyWeakref_GetObject(ref), *res;

    if (obj == NULL || obj == Py_None)
        return NULL;
    Py_INCREF(obj);
    res = PyObject_Repr(obj);
    Py_DECREF(obj);
    return res;
}

static PyMethodDef methods[] = {
    {"first", first_ok, METH_O, NULL},
    {"cached", cached_ok, METH_VARARGS, NULL},
    {"optional", optional_ok, METH_VARARGS, NULL},
    {"renamed", renamed_ok, METH_O, NULL},
    {"always", always_owned_ok, METH_O, NULL},
    {"strong", strong_item_ok, METH_O, NULL},
    {"none_default", none_default_ok, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL}
};

static PyTypeObject Proxy_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "bag.Proxy",
    .tp_basicsize = sizeof(Proxy),
    .tp_dealloc = (destructor)Proxy_dealloc_ok,
    .tp_clear = (inquiry)Proxy_clear_ok,
};
