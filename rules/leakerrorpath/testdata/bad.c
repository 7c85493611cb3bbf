#include <Python.h>

static PyObject *
pair_bad(PyObject *self, PyObject *noargs)
{
    PyObject *list, *item;

    list = PyList_New(1); // note "acquire: PyList_New"
    if (list == NULL)
        return NULL;
    item = PyLong_FromLong(42); // note "call: PyLong_FromLong"
    if (item == NULL)
        return NULL; // want "RC102: 'list' \\(new reference from PyList_New, line 8\\) is not released when PyLong_FromLong fails"
    PyList_SET_ITEM(list, 0, item);
    return list;
}

/* Both in one condition: if the second fails, the first is lost. */
static PyObject *
two_at_once_bad(PyObject *self, PyObject *noargs)
{
    PyObject *key, *value, *dict;

    if (!(key = PyUnicode_FromString("k")) || !(value = PyLong_FromLong(1)))
        return NULL; // want "RC102: 'key'"
    dict = PyDict_New();
    if (dict != NULL && PyDict_SetItem(dict, key, value) < 0)
        Py_CLEAR(dict);
    Py_DECREF(key);
    Py_DECREF(value);
    return dict;
}

static PyObject *
compare_bad(PyObject *self, PyObject *arg)
{
    PyObject *zero;
    int negative;

    zero = PyLong_FromLong(0);
    if (zero == NULL)
        return NULL;
    negative = PyObject_RichCompareBool(arg, zero, Py_LT);
    if (negative < 0)
        return NULL; // want "RC102: 'zero' .* when PyObject_RichCompareBool fails"
    Py_DECREF(zero);
    return PyBool_FromLong(negative);
}

/* The item of the iteration is forgotten where its type is wrong. */
static PyObject *
total_bad(PyObject *self, PyObject *arg)
{
    PyObject *it, *item;
    long sum = 0;

    it = PyObject_GetIter(arg);
    if (it == NULL)
        return NULL;
    while ((item = PyIter_Next(it)) != NULL) {
        if (!PyLong_Check(item)) {
            PyErr_SetString(PyExc_TypeError, "integers expected");
            Py_DECREF(it);
            return NULL; // want "RC102: 'item'"
        }
        sum += PyLong_AsLong(item);
        Py_DECREF(item);
    }
    Py_DECREF(it);
    if (PyErr_Occurred())
        return NULL;
    return PyLong_FromLong(sum);
}

/* The cleanup label forgets one of the objects. */
static PyObject *
label_bad(PyObject *self, PyObject *arg)
{
    PyObject *it = NULL, *result = NULL;

    it = PyObject_GetIter(arg);
    if (it == NULL)
        goto error;
    result = PySequence_List(it);
    if (result == NULL)
        goto error;
    Py_DECREF(it);
    return result;
error:
    Py_XDECREF(result);
    return NULL; // want "RC102: 'it'"
}

static PyObject *
nomemory_bad(PyObject *self, PyObject *args)
{
    PyObject *dict = PyDict_New();
    char *buf;

    if (dict == NULL)
        return NULL;
    buf = malloc(100);
    if (buf == NULL)
        return PyErr_NoMemory(); // want "RC102: 'dict'"
    free(buf);
    return dict;
}

static int
buffer_bad(PyObject *obj, Py_ssize_t *size)
{
    PyObject *data;
    Py_buffer view;

    data = PyObject_GetAttrString(obj, "data");
    if (data == NULL)
        return -1;
    if (PyObject_GetBuffer(data, &view, PyBUF_SIMPLE) < 0)
        return -1; // want "RC102: 'data'"
    *size = view.len;
    PyBuffer_Release(&view);
    Py_DECREF(data);
    return 0;
}

/* The loop gives up in the middle and forgets what it has built so far. */
static PyObject *
squares_bad(Py_ssize_t n)
{
    PyObject *list = PyList_New(n);
    Py_ssize_t i;

    if (list == NULL)
        return NULL;
    for (i = 0; i < n; i++) {
        PyObject *item = PyLong_FromSsize_t(i * i);
        if (item == NULL)
            return NULL; // want "RC102: 'list'"
        PyList_SET_ITEM(list, i, item);
    }
    return list;
}

static PyObject *
append_bad(PyObject *self, PyObject *noargs)
{
    PyObject *list, *entry;

    list = PyList_New(0);
    if (list == NULL)
        return NULL;
    entry = Py_BuildValue("(si)", "a", 1);
    if (entry == NULL) {
        Py_DECREF(list);
        return NULL;
    }
    if (PyList_Append(list, entry) < 0) {
        Py_DECREF(list);
        return NULL; // want "RC102: 'entry' .* when PyList_Append fails"
    }
    Py_DECREF(entry);
    return list;
}

typedef struct {
    PyObject_HEAD
    PyObject *name;
    int fd;
} Handle;

static PyObject *
Handle_new_bad(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    Handle *self = (Handle *)type->tp_alloc(type, 0);

    if (self == NULL)
        return NULL;
    if (!PyArg_ParseTuple(args, "i", &self->fd))
        return NULL; // want "RC102: 'self' .* when PyArg_ParseTuple fails"
    return (PyObject *)self;
}

/* The helper takes over its argument, but only when it works. */
static int
keep(Handle *self, PyObject *name)
{
    if (!PyUnicode_Check(name)) {
        PyErr_SetString(PyExc_TypeError, "name must be str");
        return -1;
    }
    Py_XSETREF(self->name, name);
    return 0;
}

static int
rename_bad(Handle *self, PyObject *obj)
{
    PyObject *name = PyObject_GetAttrString(obj, "name");

    if (name == NULL)
        return -1;
    if (keep(self, name) < 0)
        return -1; // want "RC102: 'name'"
    return 0;
}

#define CHECK(expr) do { if (!(expr)) return NULL; } while (0)

static PyObject *
macro_bad(PyObject *self, PyObject *arg)
{
    PyObject *a, *b, *sum;

    a = PyNumber_Long(arg);
    CHECK(a);
    b = PyNumber_Float(arg);
    CHECK(b); // want "RC102: 'a'"
    sum = PyNumber_Add(a, b);
    Py_DECREF(a);
    Py_DECREF(b);
    return sum;
}

/* PyUnicode_Resize leaves the string alone when it fails. */
static PyObject *
shrink_bad(Py_ssize_t n)
{
    PyObject *text = PyUnicode_New(80, 127);

    if (text == NULL)
        return NULL;
    if (PyUnicode_Resize(&text, n) < 0)
        return NULL; // want "RC102: 'text'"
    return text;
}

/* What failed first has been dealt with: it is not what the function fails for. */
static PyObject *
fallback_bad(PyObject *options, int mode)
{
    PyObject *name = PyMapping_GetItemString(options, "name"), *result;

    if (name == NULL)
        PyErr_Clear();
    else {
        PyObject *length = PyObject_GetAttrString(name, "length");

        if (length == NULL)
            PyErr_Clear();
        Py_XDECREF(length);
    }
    if (mode < 0) {
        PyErr_SetString(PyExc_ValueError, "mode");
        return NULL; // want "RC102: 'name' \\(.*\\) is not released on this error path"
    }
    result = Py_BuildValue("(Oi)", name ? name : Py_None, mode);
    Py_XDECREF(name);
    return result;
}
