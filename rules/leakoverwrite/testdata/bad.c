#include <Python.h>

static int
loop_bad(PyObject *seq, Py_ssize_t n)
{
    PyObject *item = NULL;
    Py_ssize_t i;

    for (i = 0; i < n; i++) {
        item = PySequence_GetItem(seq, i); // want "RC104: 'item' \\(new reference from PySequence_GetItem, line 10\\) is overwritten"
        if (item == NULL)
            return -1;
    }
    Py_XDECREF(item);
    return 0;
}

/* Nothing holds the first object any more once the second is there. */
static PyObject *
twice_bad(PyObject *arg)
{
    PyObject *text;

    text = PyObject_Str(arg); // note "acquire: PyObject_Str"
    if (text == NULL)
        return NULL;
    text = PyUnicode_AsUTF8String(text); // want "RC104: 'text'"
    return text;
}

/* None is never freed since 3.12, so nothing is lost there. */
static PyObject *
default_ok(PyObject *obj)
{
    PyObject *value = PyObject_GetAttrString(obj, "value");

    if (value == NULL)
        return NULL;
    if (value == Py_None)
        value = PyLong_FromLong(0);
    return value;
}

static int
reset_bad(PyObject *obj)
{
    PyObject *name = PyObject_Repr(obj);

    if (name == NULL)
        return -1;
    name = NULL; // want "RC104: 'name'"
    Py_XDECREF(name);
    return 0;
}

/* The number is replaced by the shifted one. */
static PyObject *
shift_bad(PyObject *n, PyObject *by)
{
    PyObject *acc = PyNumber_Long(n);

    if (acc == NULL)
        return NULL;
    acc = PyNumber_Lshift(acc, by); // want "RC104: 'acc'"
    return acc;
}

static PyObject *
chain_bad(PyObject *mod)
{
    PyObject *cur = PyObject_GetAttrString(mod, "a");

    if (cur == NULL)
        return NULL;
    cur = PyObject_GetAttrString(cur, "b"); // want "RC104: 'cur'"
    if (cur == NULL)
        return NULL;
    return cur;
}

/* The exception's type is fetched and forgotten. */
static void
fetched_bad(void)
{
    PyObject *t, *v, *tb;

    PyErr_Fetch(&t, &v, &tb);
    Py_XDECREF(v);
    Py_XDECREF(tb);
    t = PyObject_Str(Py_None); // want "RC104: 't'"
    Py_XDECREF(t);
    PyErr_Clear();
}

static PyObject *
while_bad(PyObject *it)
{
    PyObject *last = NULL, *item;

    while ((item = PyIter_Next(it)) != NULL)
        last = item; // want "RC104: 'last'"
    if (PyErr_Occurred()) {
        Py_XDECREF(last);
        return NULL;
    }
    return last;
}

typedef struct {
    PyObject_HEAD
    PyObject *cache;
} Counter;

static int
Counter_refill_bad(Counter *self)
{
    self->cache = PyList_New(0);
    if (self->cache == NULL)
        return -1;
    self->cache = PyDict_New(); // want "RC104: 'self->cache'"
    if (self->cache == NULL)
        return -1;
    return 0;
}
