#include <Python.h>

/* Calls through tables of the project's own functions: what all of them do is
   known. */

typedef struct {
    const char *name;
    PyObject *(*load)(const char *text);
    int (*eat)(PyObject *obj);
} codec;

static PyObject *
load_int(const char *text)
{
    return PyLong_FromString(text, NULL, 10);
}

static PyObject *
load_str(const char *text)
{
    return PyUnicode_FromString(text);
}

static int
eat_print(PyObject *obj)
{
    int r = PyObject_Print(obj, stdout, 0);

    Py_DECREF(obj);
    return r;
}

static int
eat_len(PyObject *obj)
{
    Py_ssize_t n = PyObject_Size(obj);

    Py_DECREF(obj);
    return n < 0 ? -1 : 0;
}

static const codec codecs[] = {
    {"int", load_int, eat_print},
    {"str", load_str, eat_len},
};

static PyObject *
size_bad(PyObject *self, PyObject *arg)
{
    const codec *c = &codecs[PyObject_IsTrue(arg) > 0];
    PyObject *x = c->load("1");

    if (x == NULL)
        return NULL;
    return PyObject_Repr(x); // want "RC101: 'x' \\(new reference from load, line 51\\)"
}

static PyObject *
size_ok(PyObject *self, PyObject *arg)
{
    const codec *c = &codecs[PyObject_IsTrue(arg) > 0];
    PyObject *x = c->load("1");

    if (x == NULL)
        return NULL;
    if (c->eat(x) < 0)
        return NULL;
    Py_RETURN_NONE;
}

/* One of them keeps what it is given: nothing is known of the call. */
typedef struct {
    int (*put)(PyObject *obj);
} sink;

static int
put_borrow(PyObject *obj)
{
    return PyObject_IsTrue(obj);
}

static const sink sinks[] = {{put_borrow}, {eat_len}};

static PyObject *
FN_put_bad(PyObject *self, PyObject *arg)
{
    PyObject *x = PyObject_Str(arg);

    if (x == NULL)
        return NULL;
    if (sinks[PyObject_IsTrue(arg) > 0].put(x) < 0)
        return NULL;
    Py_RETURN_NONE;
}

/* A field that is given functions of the API, in code. */
typedef struct {
    PyObject_HEAD
    PyObject *(*decode)(const char *text, Py_ssize_t size, const char *errors);
} reader;

static void
reader_choose(reader *self, int utf8)
{
    self->decode = NULL;
    if (utf8 > 0)
        self->decode = PyUnicode_DecodeUTF8;
    else
        self->decode = PyUnicode_DecodeLatin1;
}

static PyObject *
reader_text(reader *self, const char *text, Py_ssize_t size)
{
    if (self->decode)
        return self->decode(text, size, NULL);
    return PyUnicode_FromStringAndSize(text, size);
}

static PyObject *
reader_size_bad(reader *self, PyObject *arg)
{
    PyObject *x;

    reader_choose(self, PyObject_IsTrue(arg));
    x = reader_text(self, "abc", 3);
    if (x == NULL)
        return NULL;
    return PyObject_Repr(x); // want "RC101: 'x' \\(new reference from reader_text"
}

static PyObject *
reader_size_ok(reader *self, PyObject *arg)
{
    PyObject *x, *r;

    reader_choose(self, PyObject_IsTrue(arg));
    x = reader_text(self, "abc", 3);
    if (x == NULL)
        return NULL;
    r = PyObject_Repr(x);
    Py_DECREF(x);
    return r;
}
