#include <Python.h>
#include <string.h>

/* Only 1, 0 and -1 are possible. */
static PyObject *
found_is_one_ok(PyObject *dict, PyObject *key)
{
    PyObject *v;
    int found = PyDict_GetItemRef(dict, key, &v);

    if (found == -1)
        return NULL;
    if (found == 1)
        return v;
    return PyLong_FromLong(0);
}

/* The bytes of a pointer are copied, the reference goes with them. */
static int
bytes_ok(char *dst, char *src)
{
    PyObject *new, *old;

    memcpy(&new, src, sizeof(new));
    memcpy(&old, dst, sizeof(old));
    memcpy(dst, &new, sizeof(new));
    Py_XINCREF(new);
    Py_XDECREF(old);
    return 0;
}

typedef struct {
    int size;
    PyObject *array;
} Data;

static Data *
clone_ok(Data *data)
{
    Data *copy = PyMem_Malloc(sizeof(*copy));

    if (copy == NULL)
        return NULL;
    memcpy(copy, data, sizeof(*copy));
    Py_INCREF(copy->array);
    return copy;
}

typedef struct {
    int flags;
    Data data;
} Outer;

static Outer *
clone_member_ok(Outer *outer)
{
    Outer *copy = PyMem_Malloc(sizeof(*copy));

    if (copy == NULL)
        return NULL;
    copy->data = outer->data;
    Py_INCREF(copy->data.array);
    return copy;
}

static int
split(PyObject *x, PyObject **a, PyObject **b)
{
    *a = NULL;
    *b = NULL;
    if (PyLong_Check(x)) {
        *a = PyObject_Str(x);
        if (*a == NULL)
            return -1;
    }
    else {
        *b = PyObject_Repr(x);
        if (*b == NULL)
            return -1;
    }
    return 0;
}

/* There is either one or the other. */
static PyObject *
one_of_two_ok(PyObject *self, PyObject *x)
{
    PyObject *a, *b;

    if (split(x, &a, &b) < 0)
        return NULL;
    if (b != NULL)
        return b;
    return a;
}

/* Either text is the one that was encoded, or that one is released. */
static PyObject *
newest_ok(PyObject *arg, Py_ssize_t n)
{
    PyObject *text = NULL, *encoded = PyUnicode_AsUTF8String(arg);

    if (encoded == NULL)
        return NULL;
    text = encoded;
    if (PyBytes_GET_SIZE(text) > n) {
        text = PyBytes_FromStringAndSize(PyBytes_AS_STRING(text), n);
    }
    if (text != encoded)
        Py_DECREF(encoded);
    return text;
}
