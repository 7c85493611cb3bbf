#include <Python.h>

static PyObject *
goto_error_ok(PyObject *self, PyObject *arg)
{
    PyObject *a = NULL, *b = NULL, *c = NULL;

    if ((a = PyNumber_Long(arg)) == NULL)
        goto error;
    if ((b = PyNumber_Float(arg)) == NULL)
        goto error;
    if ((c = PyTuple_Pack(2, a, b)) == NULL)
        goto error;
    Py_DECREF(a);
    Py_DECREF(b);
    return c;
error:
    Py_XDECREF(a);
    Py_XDECREF(b);
    return NULL;
}

/* Labels in the order of acquisition. */
static int
ladder_ok(PyObject *obj)
{
    PyObject *one, *two;
    int rc = -1;

    one = PyObject_GetAttrString(obj, "one");
    if (!one)
        return -1;
    two = PyObject_GetAttrString(obj, "two");
    if (!two)
        goto drop_one;
    rc = PyObject_RichCompareBool(one, two, Py_EQ);
    Py_DECREF(two);
drop_one:
    Py_DECREF(one);
    return rc;
}

static PyObject *
or_ok(PyObject *self, PyObject *noargs)
{
    PyObject *x = NULL, *y = NULL, *pair = NULL;

    if (!(x = PyLong_FromLong(1)) || !(y = PyLong_FromLong(2)))
        goto done;
    pair = PyTuple_Pack(2, x, y);
done:
    Py_XDECREF(x);
    Py_XDECREF(y);
    return pair;
}

static int
status_ok(PyObject *dict, PyObject *key)
{
    int rc;
    PyObject *value = PyLong_FromLong(1);

    if (value == NULL)
        return -1;
    rc = PyDict_SetItem(dict, key, value);
    Py_DECREF(value);
    return rc;
}

static PyObject *
as_long_ok(PyObject *self, PyObject *arg)
{
    PyObject *index = PyNumber_Index(arg);
    long n;

    if (index == NULL)
        return NULL;
    n = PyLong_AsLong(index);
    Py_DECREF(index);
    if (n == -1 && PyErr_Occurred())
        return NULL;
    return PyLong_FromLong(n + 1);
}

/* The objects of the list go with the list. */
static PyObject *
digits_ok(void)
{
    PyObject *list = PyList_New(10);
    int i;

    if (!list)
        return NULL;
    for (i = 0; i < 10; ++i) {
        PyObject *d = PyLong_FromLong(i);
        if (!d)
            goto fail;
        PyList_SET_ITEM(list, i, d);
    }
    return list;
fail:
    Py_DECREF(list);
    return NULL;
}

/* The failed resize has released the object already. */
static PyObject *
grow_ok(PyObject *bytes)
{
    PyObject *copy = PyBytes_FromStringAndSize(NULL, 10);

    if (copy == NULL)
        return NULL;
    if (_PyBytes_Resize(&copy, 20) < 0)
        return NULL;
    return copy;
}

static PyObject *
grow_tuple_ok(void)
{
    PyObject *t = PyTuple_New(2);

    if (!t)
        return NULL;
    if (_PyTuple_Resize(&t, 4) == -1)
        return NULL;
    return t;
}

/* SetItem takes the item also when it fails. */
static PyObject *
set_item_ok(PyObject *list)
{
    PyObject *item = PyLong_FromLong(3);

    if (item == NULL)
        return NULL;
    if (PyList_SetItem(list, 0, item) < 0)
        return NULL;
    Py_RETURN_NONE;
}

typedef struct {
    PyObject_HEAD
    PyObject *a;
    PyObject *b;
} Pair;

/* What the half-built object holds is released by its tp_dealloc. */
static PyObject *
Pair_new_ok(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    Pair *self = (Pair *)type->tp_alloc(type, 0);

    if (self == NULL)
        return NULL;
    self->a = PyList_New(0);
    if (self->a == NULL) {
        Py_DECREF(self);
        return NULL;
    }
    self->b = PyDict_New();
    if (self->b == NULL) {
        Py_DECREF(self);
        return NULL;
    }
    return (PyObject *)self;
}

/* A helper that releases for its caller. */
static PyObject *
give_up(PyObject *a, PyObject *b)
{
    Py_XDECREF(a);
    Py_XDECREF(b);
    return NULL;
}

static PyObject *
helper_ok(PyObject *self, PyObject *arg)
{
    PyObject *a = PyObject_Str(arg), *b;

    if (a == NULL)
        return NULL;
    b = PyObject_Repr(arg);
    if (b == NULL)
        return give_up(a, NULL);
    if (PyUnicode_GetLength(a) == PyUnicode_GetLength(b))
        return give_up(a, b);
    Py_DECREF(b);
    return a;
}

/* Success and failure leave by the same door. */
static PyObject *
single_exit_ok(PyObject *self, PyObject *args)
{
    PyObject *res = NULL, *tmp = NULL;
    int failed = 1;

    tmp = PyList_New(0);
    if (!tmp)
        goto exit;
    res = PyList_AsTuple(tmp);
    if (!res)
        goto exit;
    failed = 0;
exit:
    Py_XDECREF(tmp);
    if (failed)
        Py_CLEAR(res);
    return res;
}

#define CHECK_OR(expr, label) do { if (!(expr)) goto label; } while (0)

static PyObject *
check_macro_ok(PyObject *self, PyObject *arg)
{
    PyObject *a = NULL, *b = NULL, *r = NULL;

    CHECK_OR(a = PyNumber_Long(arg), end);
    CHECK_OR(b = PyNumber_Float(arg), end);
    r = PyNumber_Multiply(a, b);
end:
    Py_XDECREF(a);
    Py_XDECREF(b);
    return r;
}

static PyObject *
view_ok(PyObject *self, PyObject *obj)
{
    Py_buffer view;
    PyObject *copy;

    if (PyObject_GetBuffer(obj, &view, PyBUF_SIMPLE) < 0)
        return NULL;
    copy = PyBytes_FromStringAndSize(view.buf, view.len);
    PyBuffer_Release(&view);
    return copy;
}

static PyObject *
missing_ok(PyObject *self, PyObject *name)
{
    PyObject *value = PyObject_GetAttr(self, name);

    if (value == NULL) {
        if (!PyErr_ExceptionMatches(PyExc_AttributeError))
            return NULL;
        PyErr_Clear();
        value = Py_None;
        Py_INCREF(value);
    }
    return value;
}

typedef struct {
    PyObject_HEAD
    PyObject *hook;
} Scanner;

static PyObject *scan_one(Scanner *s, Py_ssize_t i);

/* The flag and the field say the same, and nothing in between sets the field. */
static PyObject *
scan_pairs_ok(Scanner *s, Py_ssize_t n)
{
    PyObject *pairs = NULL, *val = NULL;
    int has_hook = (s->hook != Py_None);
    Py_ssize_t i;

    if (has_hook) {
        pairs = PyList_New(0);
        if (pairs == NULL)
            return NULL;
    }
    for (i = 0; i < n; i++) {
        val = scan_one(s, i);
        if (val == NULL)
            goto bail;
        if (has_hook && PyList_Append(pairs, val) < 0)
            goto bail;
        Py_CLEAR(val);
    }
    if (s->hook != Py_None) {
        val = PyObject_CallOneArg(s->hook, pairs);
        if (val == NULL)
            goto bail;
        Py_DECREF(pairs);
        return val;
    }
    Py_RETURN_NONE;
bail:
    Py_XDECREF(val);
    Py_XDECREF(pairs);
    return NULL;
}

static PyObject *
scan_one(Scanner *s, Py_ssize_t i)
{
    return i < 0 ? Py_NewRef(s->hook) : PyLong_FromSsize_t(i);
}

/* With a length to fill in, this fails only for what is no bytes object. */
static PyObject *
FP_bytes_for_sure_ok(PyObject *obj)
{
    PyObject *data = PyObject_Bytes(obj);
    char *text;
    Py_ssize_t size;

    if (data == NULL)
        return NULL;
    if (PyBytes_AsStringAndSize(data, &text, &size) < 0)
        return NULL; // want "RC102: 'data'"
    Py_DECREF(data);
    return PyLong_FromSsize_t(size);
}

/* PyUnicode_Resize leaves the string alone when it fails; _PyBytes_Resize does not. */
static PyObject *
shrink_ok(Py_ssize_t n)
{
    PyObject *text = PyUnicode_New(80, 127);

    if (text == NULL)
        return NULL;
    if (PyUnicode_Resize(&text, n) < 0) {
        Py_DECREF(text);
        return NULL;
    }
    return text;
}

static PyObject *
shrink_bytes_ok(Py_ssize_t n)
{
    PyObject *bytes = PyBytes_FromStringAndSize(NULL, 80);

    if (bytes == NULL)
        return NULL;
    if (_PyBytes_Resize(&bytes, n) < 0)
        return NULL;
    return bytes;
}

static int shared_context;

/* A capsule just made is valid, which is all this asks for. */
static PyObject *
FP_new_capsule_ok(void *p)
{
    PyObject *capsule = PyCapsule_New(p, NULL, NULL);

    if (capsule == NULL)
        return NULL;
    if (PyCapsule_SetContext(capsule, &shared_context) < 0)
        return NULL; // want "RC102: 'capsule'"
    return capsule;
}
