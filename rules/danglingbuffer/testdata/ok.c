#include <Python.h>

static PyObject *
release_last_ok(PyObject *self, PyObject *obj)
{
    PyObject *text = PyObject_Str(obj), *result = NULL;
    const char *s;

    if (text == NULL)
        return NULL;
    s = PyUnicode_AsUTF8(text);
    if (s != NULL)
        result = PyBytes_FromString(s);
    Py_DECREF(text);
    return result;
}

/* Whether the pointer is NULL may be asked at any time. */
static int
valid_ok(PyObject *obj)
{
    PyObject *text = PyObject_Str(obj);
    const char *s;

    if (text == NULL)
        return -1;
    s = PyUnicode_AsUTF8(text);
    Py_DECREF(text);
    return s == NULL ? -1 : 0;
}

/* The argument is the caller's, and stays. */
static PyObject *
argument_ok(PyObject *self, PyObject *obj)
{
    const char *s;

    Py_INCREF(obj);
    s = PyUnicode_AsUTF8(obj);
    Py_DECREF(obj);
    if (s == NULL)
        return NULL;
    return PyBytes_FromString(s);
}

/* The list has it as well. */
static PyObject *
kept_elsewhere_ok(PyObject *self, PyObject *list)
{
    PyObject *text = PyObject_Str(self);
    const char *s;

    if (text == NULL)
        return NULL;
    s = PyUnicode_AsUTF8(text);
    if (s == NULL || PyList_Append(list, text) < 0) {
        Py_DECREF(text);
        return NULL;
    }
    Py_DECREF(text);
    return PyBytes_FromString(s);
}

/* Either the caller's object or a new one, which is kept. */
typedef struct {
    const char *narrow;
    PyObject *cleanup;
} path_t;

static int
same_object_ok(PyObject *o, path_t *path)
{
    PyObject *bytes = PyObject_Bytes(o);

    if (bytes == NULL)
        return -1;
    path->narrow = PyBytes_AS_STRING(bytes);
    if (bytes == o)
        Py_DECREF(bytes);
    else
        path->cleanup = bytes;
    return 0;
}

static PyObject *
taken_again_ok(PyObject *self, PyObject *arg)
{
    PyObject *b = PyBytes_FromStringAndSize(NULL, 100);
    char *p;

    if (b == NULL)
        return NULL;
    p = PyBytes_AS_STRING(b);
    p[0] = 'a';
    if (_PyBytes_Resize(&b, 200) < 0)
        return NULL;
    p = PyBytes_AS_STRING(b);
    p[199] = 'x';
    return b;
}

static PyObject *
converted_first_ok(PyObject *self, PyObject *args)
{
    PyObject *array, *value;
    char *p;
    long n;

    if (!PyArg_ParseTuple(args, "YO", &array, &value))
        return NULL;
    n = PyLong_AsLong(value);
    if (n == -1 && PyErr_Occurred())
        return NULL;
    p = PyByteArray_AS_STRING(array);
    p[0] = (char)n;
    Py_RETURN_NONE;
}

/* Text of a str does not move. */
static PyObject *
text_stays_ok(PyObject *self, PyObject *args)
{
    PyObject *text, *value;
    const char *s;
    long n;

    if (!PyArg_ParseTuple(args, "UO", &text, &value))
        return NULL;
    s = PyUnicode_AsUTF8(text);
    if (s == NULL)
        return NULL;
    n = PyLong_AsLong(value);
    if (n == -1 && PyErr_Occurred())
        return NULL;
    return PyBytes_FromString(s);
}

/* Nobody else has seen the bytearray. */
static PyObject *
own_ok(PyObject *self, PyObject *value)
{
    PyObject *array = PyByteArray_FromStringAndSize(NULL, 8);
    char *p;
    long n;

    if (array == NULL)
        return NULL;
    p = PyByteArray_AS_STRING(array);
    n = PyLong_AsLong(value);
    if (n == -1 && PyErr_Occurred()) {
        Py_DECREF(array);
        return NULL;
    }
    p[0] = (char)n;
    return array;
}

/* The items of a tuple stay where they are. */
static double
tuple_ok(PyObject *obj)
{
    PyObject *t = PySequence_Tuple(obj), **items;
    Py_ssize_t i;
    double total = 0;

    if (t == NULL)
        return -1;
    items = PySequence_Fast_ITEMS(t);
    for (i = 0; i < PyTuple_GET_SIZE(t); i++)
        total += PyFloat_AsDouble(items[i]);
    Py_DECREF(t);
    return total;
}

static double
tuple_argument_ok(PyObject *t)
{
    PyObject **items;
    Py_ssize_t i, n = PyTuple_GET_SIZE(t);
    double total = 0;

    items = PySequence_Fast_ITEMS(t);
    for (i = 0; i < n; i++)
        total += PyFloat_AsDouble(items[i]);
    return total;
}

/* Code that nobody has seen may run Python code, or not. */
extern int transform(char *p);
static PyObject *
unknown_ok(PyObject *self, PyObject *array)
{
    char *p = PyByteArray_AS_STRING(array);

    transform(p);
    transform(p);
    Py_RETURN_NONE;
}

typedef struct {
    PyObject_HEAD
    PyObject *owner;
    const char *label;
    char *data;
    char *fixed;
    Py_ssize_t size;
    int exports;
} Store;

/* The object goes with its text. */
static int
Store_init_ok(Store *self, PyObject *args, PyObject *kwds)
{
    PyObject *label, *old;

    if (!PyArg_ParseTuple(args, "U", &label))
        return -1;
    self->label = PyUnicode_AsUTF8(label);
    if (self->label == NULL)
        return -1;
    old = self->owner;
    self->owner = Py_NewRef(label);
    Py_XDECREF(old);
    return 0;
}

static void
Store_dealloc(Store *self)
{
    Py_XDECREF(self->owner);
    PyMem_Free(self->fixed);
    PyMem_Free(self->data);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyObject *
Store_resize(Store *self, PyObject *arg)
{
    Py_ssize_t n = PyNumber_AsSsize_t(arg, PyExc_OverflowError);
    char *p;

    if (n == -1 && PyErr_Occurred())
        return NULL;
    if (self->exports > 0) {
        PyErr_SetString(PyExc_BufferError, "in use");
        return NULL;
    }
    p = PyMem_Realloc(self->data, n);
    if (p == NULL)
        return PyErr_NoMemory();
    self->data = p;
    self->size = n;
    Py_RETURN_NONE;
}

/* resize() is refused meanwhile. */
static PyObject *
Store_fill_ok(Store *self, PyObject *arg)
{
    char *p = self->data;
    Py_ssize_t i;
    long c;

    self->exports++;
    c = PyLong_AsLong(arg);
    self->exports--;
    if (c == -1 && PyErr_Occurred())
        return NULL;
    for (i = 0; i < self->size; i++)
        p[i] = (char)c;
    Py_RETURN_NONE;
}

static PyObject *
Store_read_again_ok(Store *self, PyObject *arg)
{
    Py_ssize_t i;
    long c = PyLong_AsLong(arg);

    if (c == -1 && PyErr_Occurred())
        return NULL;
    for (i = 0; i < self->size; i++)
        self->data[i] = (char)c;
    Py_RETURN_NONE;
}

/* Only the deallocator frees this memory. */
static PyObject *
Store_fixed_ok(Store *self, PyObject *arg)
{
    char *p = self->fixed;
    long c = PyLong_AsLong(arg);

    if (c == -1 && PyErr_Occurred())
        return NULL;
    p[0] = (char)c;
    Py_RETURN_NONE;
}

static PyMethodDef Store_methods[] = {
    {"resize", (PyCFunction)Store_resize, METH_O, NULL},
    {"fill", (PyCFunction)Store_fill_ok, METH_O, NULL},
    {"read_again", (PyCFunction)Store_read_again_ok, METH_O, NULL},
    {"fixed", (PyCFunction)Store_fixed_ok, METH_O, NULL},
    {NULL, NULL, 0, NULL}
};

static PyTypeObject Store_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "store.Store",
    .tp_basicsize = sizeof(Store),
    .tp_init = (initproc)Store_init_ok,
    .tp_dealloc = (destructor)Store_dealloc,
    .tp_methods = Store_methods,
};

/* The type check rules Python code out, but two functions away from it. */
static int
byte_of(PyObject *v)
{
    return (int)PyLong_AsLong(v);
}

static int
FP_exact_ok(PyObject *list, char *out)
{
    PyObject **items = PySequence_Fast_ITEMS(list);
    Py_ssize_t i;

    for (i = 0; i < PyList_GET_SIZE(list); i++) {
        if (!PyLong_CheckExact(items[i]))       // want "RC204"
            return -1;
        out[i] = (char)byte_of(items[i]);
    }
    return 0;
}

/* The arguments have what is in a slice of them. */
static PyObject *
sliced_ok(PyObject *self, PyObject *args)
{
    PyObject *first = PySequence_GetSlice(args, 0, 2), *callable;
    const char *name;

    if (first == NULL)
        return NULL;
    if (!PyArg_ParseTuple(first, "sO:connect", &name, &callable)) {
        Py_DECREF(first);
        return NULL;
    }
    Py_DECREF(first);
    return PyObject_CallFunction(callable, "s", name);
}

/* The distance of two pointers is no pointer. */
char *scan(const char *from, const char *to);

static PyObject *
distance_ok(PyObject *self, PyObject *arg)
{
    PyObject *line = PyObject_Str(arg);
    const char *p, *end;
    Py_ssize_t n, rest;

    if (line == NULL)
        return NULL;
    p = PyUnicode_AsUTF8AndSize(line, &n);
    if (p == NULL) {
        Py_DECREF(line);
        return NULL;
    }
    end = p + n;
    rest = end - scan(p, end);
    Py_DECREF(line);
    return PyLong_FromSsize_t(rest);
}

static PyMethodDef methods[] = {
    {"release_last", release_last_ok, METH_O, NULL},
    {"argument", argument_ok, METH_O, NULL},
    {"kept_elsewhere", kept_elsewhere_ok, METH_O, NULL},
    {"taken_again", taken_again_ok, METH_O, NULL},
    {"converted_first", converted_first_ok, METH_VARARGS, NULL},
    {"text_stays", text_stays_ok, METH_VARARGS, NULL},
    {"own", own_ok, METH_O, NULL},
    {"unknown", unknown_ok, METH_O, NULL},
    {NULL, NULL, 0, NULL}
};
