#include <Python.h>
#include <stddef.h>

/* Objects that are found again by a pointer into them, or that hide in a number. */

typedef struct {
    PyObject_VAR_HEAD
    long items[1];
} Buffer;

typedef struct {
    Py_ssize_t len;
    long *items;
} Array;

typedef struct {
    PyObject_HEAD
    Array array;
} Boxed;

static PyTypeObject Buffer_Type = { PyVarObject_HEAD_INIT(NULL, 0) .tp_name = "x.Buffer" };
static PyTypeObject Boxed_Type = { PyVarObject_HEAD_INIT(NULL, 0) .tp_name = "x.Boxed" };

#define BUFFER_OF(a) ((Buffer *)((char *)(a).items - offsetof(Buffer, items)))

Array
unbox_ok(PyObject *obj)
{
    Array result = ((Boxed *)obj)->array;

    if (result.items != NULL)
        Py_INCREF(BUFFER_OF(result));
    return result;
}

Array
allocate_ok(Py_ssize_t n)
{
    Buffer *buffer = PyObject_NewVar(Buffer, &Buffer_Type, n);

    if (buffer == NULL)
        return (Array){ .len = -1 };
    return (Array){ .len = n, .items = buffer->items };
}

PyObject *
box_ok(Array array)
{
    Boxed *boxed;

    if (array.items == NULL) {
        Buffer *buffer = PyObject_NewVar(Buffer, &Buffer_Type, 0);
        if (buffer == NULL)
            return NULL;
        array.items = buffer->items;
    }
    boxed = PyObject_New(Boxed, &Boxed_Type);
    if (boxed == NULL) {
        Py_DECREF(BUFFER_OF(array));
        return NULL;
    }
    boxed->array = array;
    return (PyObject *)boxed;
}

/* Nothing but this function knows the buffer. */
long
sum_bad(Py_ssize_t n)
{
    Buffer *buffer = PyObject_NewVar(Buffer, &Buffer_Type, n);
    long *p;

    if (buffer == NULL)
        return -1;
    p = buffer->items;
    return *p; // want "RC101: 'buffer'"
}

static PyObject *
untag(size_t tagged)
{
    return (PyObject *)(tagged & ~(size_t)1);
}

void
tagged_share_ok(size_t tagged)
{
    if (tagged & 1)
        Py_INCREF(untag(tagged));
}

static PyObject *
as_object(size_t tagged)
{
    if (tagged & 1) {
        PyObject *obj = untag(tagged);
        Py_INCREF(obj);
        return obj;
    }
    return PyLong_FromSize_t(tagged >> 1);
}

Py_ssize_t
size_bad(size_t tagged)
{
    PyObject *obj = as_object(tagged);

    if (obj == NULL)
        return -1;
    return PyLong_AsSsize_t(obj); // want "RC101: 'obj'"
}

int set_bit(unsigned long *bits, size_t bit);

static size_t
bit_of(PyObject *obj)
{
    return (size_t)obj >> 4;
}

/* The set holds the objects of which it has the bits. */
int
add_ok(unsigned long *bits, PyObject *obj)
{
    int r = set_bit(bits, bit_of(obj));

    if (r == 0)
        Py_INCREF(obj);
    return r;
}

/* The type is owned by the instance. */
static PyObject *
Boxed_new_ok(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    PyObject *obj = PyType_GenericNew(type, args, kwds);

    if (obj != NULL)
        Py_INCREF(type);
    return obj;
}

static PyTypeObject *meta;

static PyObject *
install_ok(PyObject *self, PyObject *type)
{
    meta = (PyTypeObject *)Py_NewRef(type);
    Py_SET_TYPE(&Boxed_Type, (PyTypeObject *)Py_NewRef(type));
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {
    {"install", install_ok, METH_O, NULL},
    {NULL, NULL, 0, NULL}
};

int
set_up(PyTypeObject *type)
{
    type->tp_new = Boxed_new_ok;
    return PyType_Ready(type);
}

typedef struct {
    PyObject *func;
    PyObject *context;
} Callback;

/* A struct is kept as it is. */
static PyObject *
add_callback_ok(PyObject *self, PyObject *func)
{
    Callback callback = { NULL };

    callback.func = Py_NewRef(func);
    callback.context = Py_NewRef(self);
    array_append_value(callbacks, callback);
    Py_RETURN_NONE;
}

/* What is kept with somebody else's data may have references there. */
static PyObject *
wrapper_ok(PyObject *self, PyObject *arg)
{
    PyObject *wrapper = (PyObject *)library_get_data(PyLong_AsLong(arg));

    Py_INCREF(wrapper);
    library_set_count(2);
    Py_RETURN_NONE;
}

static PyMethodDef callback_methods[] = {
    {"add_callback", add_callback_ok, METH_O, NULL},
    {"wrapper", wrapper_ok, METH_O, NULL},
    {NULL, NULL, 0, NULL}
};
