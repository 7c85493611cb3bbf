#include <Python.h>

static PyObject *
text_bad(PyObject *self, PyObject *obj)
{
    PyObject *text = PyObject_Str(obj);
    const char *s;

    if (text == NULL)
        return NULL;
    s = PyUnicode_AsUTF8(text);           // note "borrow: 's' points into the memory of 'text'"
    Py_DECREF(text);                      // note "release: "
    if (s == NULL)
        return NULL;
    return PyBytes_FromString(s);         // want "RC204: 's'.* is passed to PyBytes_FromString after 'text' was released at line 12"
}

static const char *
helper_bad(PyObject *obj)
{
    PyObject *text = PyObject_Repr(obj);
    const char *s;

    if (text == NULL)
        return NULL;
    s = PyUnicode_AsUTF8(text);
    Py_DECREF(text);
    return s;                             // want "RC204: 's'.* is returned"
}

static Py_ssize_t
arithmetic_bad(PyObject *obj)
{
    PyObject *b = PyObject_Bytes(obj);
    char *p, *end;
    Py_ssize_t n = 0;

    if (b == NULL)
        return -1;
    p = PyBytes_AS_STRING(b);
    end = strchr(p, ':');
    Py_DECREF(b);
    if (end != NULL && end[1] == ':')     // want "RC204: 'end'"
        n = end - p;
    return n;
}

static PyObject *
two_steps_bad(PyObject *self, PyObject *obj)
{
    PyObject *text = PyObject_Str(obj), *bytes;
    char *buffer;
    Py_ssize_t length;

    if (text == NULL)
        return NULL;
    bytes = PyUnicode_AsEncodedString(text, "latin-1", "replace");
    Py_DECREF(text);
    if (bytes == NULL)
        return NULL;
    if (PyBytes_AsStringAndSize(bytes, &buffer, &length) < 0) {
        Py_DECREF(bytes);
        return NULL;
    }
    Py_DECREF(bytes);
    return PyUnicode_FromStringAndSize(buffer, length);  // want "RC204: 'buffer'"
}

/* A property may make the object anew each time. */
static PyObject *
attribute_bad(PyObject *self, PyObject *obj)
{
    PyObject *name = PyObject_GetAttrString(obj, "name");
    const char *s;

    if (name == NULL)
        return NULL;
    s = PyUnicode_AsUTF8(name);
    Py_DECREF(name);
    if (s == NULL)
        return NULL;
    return PyUnicode_FromString(s);       // want "RC204: 's'"
}

static const char *
text_of(PyObject *obj)
{
    return PyUnicode_AsUTF8(obj);
}

static PyObject *
through_helper_bad(PyObject *self, PyObject *obj)
{
    PyObject *text = PyObject_Str(obj);
    const char *s;

    if (text == NULL)
        return NULL;
    s = text_of(text);
    Py_DECREF(text);
    if (s == NULL)
        return NULL;
    return PyBytes_FromString(s);         // want "RC204: 's'"
}

static PyObject *
resized_bad(PyObject *self, PyObject *arg)
{
    PyObject *b = PyBytes_FromStringAndSize(NULL, 100);
    char *p;

    if (b == NULL)
        return NULL;
    p = PyBytes_AS_STRING(b);
    if (_PyBytes_Resize(&b, 200) < 0)     // note "release: _PyBytes_Resize may move the memory of 'b'"
        return NULL;
    p[199] = 'x';                         // want "RC204: 'p'.* after _PyBytes_Resize may have moved it"
    return b;
}

static PyObject *
appended_bad(PyObject *self, PyObject *list)
{
    PyObject **items;

    if (!PyList_Check(list))
        Py_RETURN_NONE;
    items = PySequence_Fast_ITEMS(list);
    if (PyList_Append(list, Py_None) < 0)
        return NULL;
    return Py_NewRef(items[0]);           // want "RC204: 'items'.* after PyList_Append may have moved it"
}

/* The conversion may run __index__, which may clear the bytearray. */
static PyObject *
converted_bad(PyObject *self, PyObject *args)
{
    PyObject *array, *value;
    char *p;
    long n;

    if (!PyArg_ParseTuple(args, "YO", &array, &value))
        return NULL;
    p = PyByteArray_AS_STRING(array);
    n = PyLong_AsLong(value);             // note "release: PyLong_AsLong can run Python code"
    if (n == -1 && PyErr_Occurred())
        return NULL;
    p[0] = (char)n;                       // want "RC204: 'p'.* after PyLong_AsLong has run Python code"
    Py_RETURN_NONE;
}

static PyObject *
sum_bad(PyObject *self, PyObject *arg)
{
    PyObject *fast = PySequence_Fast(arg, "not a sequence");
    PyObject **items;
    Py_ssize_t i, n;
    double total = 0;

    if (fast == NULL)
        return NULL;
    items = PySequence_Fast_ITEMS(fast);
    n = PySequence_Fast_GET_SIZE(fast);
    for (i = 0; i < n; i++) {
        double x = PyFloat_AsDouble(items[i]);  // want "RC204: 'items'"
        if (x == -1.0 && PyErr_Occurred()) {
            Py_DECREF(fast);
            return NULL;
        }
        total += x;
    }
    Py_DECREF(fast);
    return PyFloat_FromDouble(total);
}

static PyObject *
static_bad(PyObject *self, PyObject *args)
{
    static const char *name;

    if (!PyArg_ParseTuple(args, "s", &name))
        return NULL;
    Py_RETURN_NONE;                       // want "RC204: 'name'.* is kept although"
}

typedef struct {
    PyObject_HEAD
    const char *label;
    char *data;
    Py_ssize_t size;
    int exports;
} Store;

static int
Store_init_bad(Store *self, PyObject *args, PyObject *kwds)
{
    PyObject *label;

    if (!PyArg_ParseTuple(args, "U", &label))
        return -1;
    self->label = PyUnicode_AsUTF8(label);  // want "RC204: 'self->label'.* is kept although"
    return self->label == NULL ? -1 : 0;
}

static PyObject *
Store_resize(Store *self, PyObject *arg)
{
    Py_ssize_t n = PyNumber_AsSsize_t(arg, PyExc_OverflowError);
    char *p;

    if (n == -1 && PyErr_Occurred())
        return NULL;
    p = PyMem_Realloc(self->data, n);
    if (p == NULL)
        return PyErr_NoMemory();
    self->data = p;
    self->size = n;
    Py_RETURN_NONE;
}

/* The value's __index__ may call resize(). */
static PyObject *
Store_fill_bad(Store *self, PyObject *arg)
{
    char *p = self->data;
    Py_ssize_t i;
    long c = PyLong_AsLong(arg);

    if (c == -1 && PyErr_Occurred())
        return NULL;
    for (i = 0; i < self->size; i++)
        p[i] = (char)c;                   // want "RC204: 'self->data'"
    Py_RETURN_NONE;
}

static PyMethodDef Store_methods[] = {
    {"resize", (PyCFunction)Store_resize, METH_O, NULL},
    {"fill", (PyCFunction)Store_fill_bad, METH_O, NULL},
    {NULL, NULL, 0, NULL}
};

/* The slice has what the tuple has, and both are gone. */
PyObject *
sliced_bad(PyObject *text, PyObject *separator)
{
    PyObject *all = PyUnicode_Partition(text, separator), *first;
    const char *name;

    if (all == NULL)
        return NULL;
    first = PyTuple_GetSlice(all, 0, 1);
    if (first == NULL || !PyArg_ParseTuple(first, "s:name", &name)) {
        Py_XDECREF(first);
        Py_DECREF(all);
        return NULL;
    }
    Py_DECREF(first);
    Py_DECREF(all);
    return PyUnicode_FromString(name); // want "RC204: 'name'"
}

static PyTypeObject Store_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "store.Store",
    .tp_basicsize = sizeof(Store),
    .tp_init = (initproc)Store_init_bad,
    .tp_methods = Store_methods,
};

static PyMethodDef methods[] = {
    {"text", text_bad, METH_O, NULL},
    {"two_steps", two_steps_bad, METH_O, NULL},
    {"attribute", attribute_bad, METH_O, NULL},
    {"through_helper", through_helper_bad, METH_O, NULL},
    {"resized", resized_bad, METH_O, NULL},
    {"appended", appended_bad, METH_O, NULL},
    {"converted", converted_bad, METH_VARARGS, NULL},
    {"sum", sum_bad, METH_O, NULL},
    {"static", static_bad, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL}
};
