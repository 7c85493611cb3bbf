#include <Python.h>

typedef struct {
    PyObject_HEAD
    PyObject *source;
} Reader;

static PyTypeObject Reader_Type;

static int
Reader_setup(Reader *r, PyObject *source)
{
    if (!PyCallable_Check(source)) {
        PyErr_SetString(PyExc_TypeError, "source must be callable");
        return -1;
    }
    r->source = Py_NewRef(source);
    return 0;
}

/* The object is made, and its second half fails. */
static PyObject *
Reader_open_bad(PyObject *self, PyObject *source)
{
    Reader *r = PyObject_New(Reader, &Reader_Type);

    if (r == NULL)
        return NULL;
    r->source = NULL;
    if (Reader_setup(r, source) < 0)
        return NULL; // want "RC102: 'r' .* when Reader_setup fails"
    return (PyObject *)r;
}

#define FAIL_IF(cond, msg) \
    if (cond) { \
        PyErr_SetString(PyExc_ValueError, msg); \
        return NULL; \
    }

static PyObject *
put_bad(PyObject *self, PyObject *arg)
{
    PyObject *seq = PySequence_Fast(arg, "a sequence is needed");

    if (seq == NULL)
        return NULL;
    FAIL_IF(PySequence_Fast_GET_SIZE(seq) > 100, "too long"); // want "RC102: 'seq'"
    Py_DECREF(seq);
    Py_RETURN_NONE;
}

/* Everything is converted; one conversion is not checked in time. */
static PyObject *
parse_number_bad(const char *start, Py_ssize_t n, int as_float)
{
    PyObject *text, *num;

    text = PyUnicode_FromStringAndSize(start, n);
    if (text == NULL)
        return NULL;
    if (as_float) {
        num = PyFloat_FromString(text);
        if (num == NULL)
            return NULL; // want "RC102: 'text' .* when PyFloat_FromString fails"
    }
    else {
        num = PyLong_FromUnicodeObject(text, 10);
    }
    Py_DECREF(text);
    return num;
}

static PyObject *
copy_items_bad(PyObject *self, PyObject *dict)
{
    PyObject *list, *key, *value;
    Py_ssize_t pos = 0;

    list = PyList_New(0);
    if (list == NULL)
        return NULL;
    while (PyDict_Next(dict, &pos, &key, &value)) {
        PyObject *pair = PyTuple_Pack(2, key, value);
        if (pair == NULL || PyList_Append(list, pair) < 0) {
            Py_DECREF(list);
            return NULL; // want "RC102: 'pair' .* when PyList_Append fails"
        }
        Py_DECREF(pair);
    }
    return list;
}

/* The caller's variable was filled in before things went wrong. */
static int
render(PyObject *obj, PyObject **text)
{
    *text = PyObject_Str(obj);
    return *text == NULL ? -1 : 0;
}

static PyObject *
draw_bad(PyObject *self, PyObject *obj)
{
    PyObject *text, *size;

    if (render(obj, &text) < 0)
        return NULL;
    size = PyObject_GetAttrString(obj, "size");
    if (size == NULL)
        return NULL; // want "RC102: 'text'"
    Py_DECREF(size);
    return text;
}
