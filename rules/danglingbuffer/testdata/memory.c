#include <Python.h>

/* Memory of an object's own, as of an array or a file in memory: methods of the same
   object free it. */

typedef struct {
    PyObject_HEAD
    unsigned char *data;    /* NULL once closed */
    Py_ssize_t size;
} Store;

static PyObject *
Store_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    Store *self = (Store *)type->tp_alloc(type, 0);

    if (self == NULL)
        return NULL;
    self->data = PyMem_Malloc(64);
    if (self->data == NULL) {
        Py_DECREF(self);
        return PyErr_NoMemory();
    }
    memset(self->data, 0, 64);
    self->size = 64;
    return (PyObject *)self;
}

static PyObject *
Store_close(Store *self, PyObject *noargs)
{
    PyMem_Free(self->data);
    self->data = NULL;
    self->size = 0;
    Py_RETURN_NONE;
}

static void
Store_dealloc(Store *self)
{
    PyMem_Free(self->data);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static int
is_closed(Store *self)
{
    if (self->data == NULL) {
        PyErr_SetString(PyExc_ValueError, "closed");
        return 1;
    }
    return 0;
}

/* The test comes before the conversion. */
static PyObject *
Store_item_bad(Store *self, PyObject *index)
{
    unsigned char *data = self->data;
    Py_ssize_t i;

    if (is_closed(self))
        return NULL;
    i = PyNumber_AsSsize_t(index, PyExc_IndexError);
    if (i == -1 && PyErr_Occurred())
        return NULL;
    if (i < 0 || i >= 64)
        Py_RETURN_NONE;
    return PyLong_FromLong(data[i]); // want "RC204"
}

static PyObject *
Store_item_ok(Store *self, PyObject *index)
{
    Py_ssize_t i = PyNumber_AsSsize_t(index, PyExc_IndexError);

    if (i == -1 && PyErr_Occurred())
        return NULL;
    if (is_closed(self))
        return NULL;
    if (i < 0 || i >= self->size)
        Py_RETURN_NONE;
    return PyLong_FromLong(self->data[i]);
}

/* The same with the field: it is NULL by then. */
static PyObject *
Store_put_bad(Store *self, PyObject *args)
{
    Py_ssize_t i;
    PyObject *arg;
    int truth;

    if (!PyArg_ParseTuple(args, "nO:put", &i, &arg))
        return NULL;
    if (is_closed(self))
        return NULL;
    if (i < 0 || i >= self->size)
        Py_RETURN_NONE;
    truth = PyObject_IsTrue(arg);
    if (truth < 0)
        return NULL;
    self->data[i] = (unsigned char)truth; // want "RC204: 'self->data' is read although it may be NULL by now"
    Py_RETURN_NONE;
}

static PyObject *
Store_put_ok(Store *self, PyObject *args)
{
    Py_ssize_t i;
    PyObject *arg;
    int truth;

    if (!PyArg_ParseTuple(args, "nO:put", &i, &arg))
        return NULL;
    truth = PyObject_IsTrue(arg);
    if (truth < 0)
        return NULL;
    if (is_closed(self))
        return NULL;
    if (i < 0 || i >= self->size)
        Py_RETURN_NONE;
    self->data[i] = (unsigned char)truth;
    Py_RETURN_NONE;
}

/* Each write can close what is being written. */
static PyObject *
Store_dump_bad(Store *self, PyObject *file)
{
    unsigned char *next = self->data, *end;
    PyObject *done;

    if (is_closed(self))
        return NULL;
    end = next + self->size;
    while (next < end) {
        done = PyObject_CallMethod(file, "write", "y#", next, (Py_ssize_t)16); // want "RC204"
        if (done == NULL)
            return NULL;
        Py_DECREF(done);
        next += 16;
    }
    Py_RETURN_NONE;
}

static PyObject *
Store_dump_ok(Store *self, PyObject *file)
{
    Py_ssize_t at;
    PyObject *done;

    for (at = 0; at < self->size; at += 16) {
        done = PyObject_CallMethod(file, "write", "y#", self->data + at, (Py_ssize_t)16);
        if (done == NULL)
            return NULL;
        Py_DECREF(done);
    }
    Py_RETURN_NONE;
}

/* The source of the copy closes its destination. */
static PyObject *
Store_load_bad(Store *self, PyObject *arg)
{
    unsigned char *data = self->data;
    PyObject *bytes;

    if (is_closed(self))
        return NULL;
    bytes = PyObject_Bytes(arg);
    if (bytes == NULL)
        return NULL;
    if (PyBytes_GET_SIZE(bytes) <= 64)
        memcpy(data, PyBytes_AS_STRING(bytes), (size_t)PyBytes_GET_SIZE(bytes)); // want "RC204"
    Py_DECREF(bytes);
    Py_RETURN_NONE;
}

static PyObject *
Store_load_ok(Store *self, PyObject *arg)
{
    PyObject *bytes = PyObject_Bytes(arg);

    if (bytes == NULL)
        return NULL;
    if (is_closed(self)) {
        Py_DECREF(bytes);
        return NULL;
    }
    if (PyBytes_GET_SIZE(bytes) <= self->size)
        memcpy(self->data, PyBytes_AS_STRING(bytes), (size_t)PyBytes_GET_SIZE(bytes));
    Py_DECREF(bytes);
    Py_RETURN_NONE;
}

/* One code for each argument; converting an argument can close what holds the codes. */
static PyObject *
Store_pack_bad(Store *self, PyObject *args)
{
    const unsigned char *code = self->data;
    Py_ssize_t i, n = PyTuple_GET_SIZE(args), sum = 0;

    if (code == NULL || n > self->size)
        Py_RETURN_NONE;
    for (i = 0; i < n; i++, code++) {
        PyObject *arg = PyTuple_GET_ITEM(args, i);
        Py_ssize_t number;

        if (*code == 0) // want "RC204"
            number = PyObject_IsTrue(arg);
        else
            number = PyNumber_AsSsize_t(arg, NULL);
        if (number == -1 && PyErr_Occurred())
            return NULL;
        sum += number;
    }
    return PyLong_FromSsize_t(sum);
}

static PyObject *
Store_pack_ok(Store *self, PyObject *args)
{
    Py_ssize_t i, n = PyTuple_GET_SIZE(args), sum = 0;

    for (i = 0; i < n && i < self->size; i++) {
        PyObject *arg = PyTuple_GET_ITEM(args, i);
        Py_ssize_t number;

        if (self->data[i] == 0)
            number = PyObject_IsTrue(arg);
        else
            number = PyNumber_AsSsize_t(arg, NULL);
        if (number == -1 && PyErr_Occurred())
            return NULL;
        sum += number;
    }
    return PyLong_FromSsize_t(sum);
}

/* Nothing runs between the two. */
static PyObject *
Store_first_ok(Store *self, PyObject *noargs)
{
    unsigned char *data = self->data;

    if (is_closed(self))
        return NULL;
    return PyLong_FromLong(data[0]);
}

static PyMethodDef Store_methods[] = {
    {"close", (PyCFunction)Store_close, METH_NOARGS, NULL},
    {"item_bad", (PyCFunction)Store_item_bad, METH_O, NULL},
    {"item_ok", (PyCFunction)Store_item_ok, METH_O, NULL},
    {"put_bad", (PyCFunction)Store_put_bad, METH_VARARGS, NULL},
    {"put_ok", (PyCFunction)Store_put_ok, METH_VARARGS, NULL},
    {"dump_bad", (PyCFunction)Store_dump_bad, METH_O, NULL},
    {"dump_ok", (PyCFunction)Store_dump_ok, METH_O, NULL},
    {"load_bad", (PyCFunction)Store_load_bad, METH_O, NULL},
    {"load_ok", (PyCFunction)Store_load_ok, METH_O, NULL},
    {"pack_bad", (PyCFunction)Store_pack_bad, METH_VARARGS, NULL},
    {"pack_ok", (PyCFunction)Store_pack_ok, METH_VARARGS, NULL},
    {"first_ok", (PyCFunction)Store_first_ok, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL}
};

static PyTypeObject Store_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "memory.Store",
    .tp_basicsize = sizeof(Store),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_dealloc = (destructor)Store_dealloc,
    .tp_methods = Store_methods,
    .tp_new = Store_new,
};

static struct PyModuleDef memory_module = {
    PyModuleDef_HEAD_INIT, .m_name = "memory", .m_size = -1,
};

PyMODINIT_FUNC
PyInit_memory(void)
{
    PyObject *m;

    if (PyType_Ready(&Store_Type) < 0)
        return NULL;
    m = PyModule_Create(&memory_module);
    if (m == NULL)
        return NULL;
    Py_INCREF(&Store_Type);
    if (PyModule_AddObject(m, "Store", (PyObject *)&Store_Type) < 0) {
        Py_DECREF(&Store_Type);
        Py_DECREF(m);
        return NULL;
    }
    return m;
}
