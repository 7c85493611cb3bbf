#include <Python.h>

/* What a method borrows from a field of self is gone when the code that the method
   calls comes back to the same object and changes the field. */

typedef struct {
    PyObject_HEAD
    PyObject *source;   /* an iterator; NULL once closed */
    PyObject *key;
    PyObject *handler;
    PyObject *args;
    PyObject *lines;
} Stream;

static int
Stream_traverse(Stream *self, visitproc visit, void *arg)
{
    Py_VISIT(self->source);
    Py_VISIT(self->key);
    Py_VISIT(self->handler);
    Py_VISIT(self->args);
    Py_VISIT(self->lines);
    return 0;
}

static int
Stream_clear(Stream *self)
{
    Py_CLEAR(self->source);
    Py_CLEAR(self->key);
    Py_CLEAR(self->handler);
    Py_CLEAR(self->args);
    Py_CLEAR(self->lines);
    return 0;
}

static void
Stream_dealloc(Stream *self)
{
    PyObject_GC_UnTrack(self);
    Stream_clear(self);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

/* Anybody can call this again. */
static int
Stream_init(Stream *self, PyObject *args, PyObject *kwds)
{
    PyObject *source = Py_None, *key = Py_None, *handler = Py_None, *rest, *lines;

    if (!PyArg_ParseTuple(args, "|OOO:Stream", &source, &key, &handler))
        return -1;
    rest = PyTuple_GetSlice(args, 0, 3);
    if (rest == NULL)
        return -1;
    lines = PyList_New(0);
    if (lines == NULL) {
        Py_DECREF(rest);
        return -1;
    }
    Py_INCREF(source);
    Py_XSETREF(self->source, source);
    Py_INCREF(key);
    Py_XSETREF(self->key, key);
    Py_INCREF(handler);
    Py_XSETREF(self->handler, handler);
    Py_XSETREF(self->args, rest);
    Py_XSETREF(self->lines, lines);
    return 0;
}

/* So does this. */
static PyObject *
Stream_reopen(Stream *self, PyObject *args)
{
    if (Stream_init(self, args, NULL) < 0)
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *
Stream_close(Stream *self, PyObject *noargs)
{
    Py_CLEAR(self->source);
    Py_CLEAR(self->lines);
    Py_RETURN_NONE;
}

/* The field itself is the argument; the comparison runs __eq__. */
static PyObject *
Stream_same_key_bad(Stream *self, PyObject *other)
{
    return PyObject_RichCompare(self->key, other, Py_EQ); // want "RC303"
}

static PyObject *
Stream_same_key_ok(Stream *self, PyObject *other)
{
    PyObject *key = self->key, *result;

    Py_INCREF(key);
    result = PyObject_RichCompare(key, other, Py_EQ);
    Py_DECREF(key);
    return result;
}

/* The iterator calls close() of the stream while it is being asked. */
static PyObject *
Stream_read_bad(Stream *self, PyObject *noargs)
{
    PyObject *source = self->source, *item;

    if (source == NULL)
        Py_RETURN_NONE;
    item = PyIter_Next(source); // want "RC303"
    if (item == NULL && !PyErr_Occurred())
        return PyUnicode_FromFormat("%s is at its end", Py_TYPE(source)->tp_name);
    return item;
}

static PyObject *
Stream_read_ok(Stream *self, PyObject *noargs)
{
    PyObject *source = self->source, *item;

    if (source == NULL)
        Py_RETURN_NONE;
    Py_INCREF(source);
    item = PyIter_Next(source);
    if (item == NULL && !PyErr_Occurred())
        item = PyUnicode_FromFormat("%s is at its end", Py_TYPE(source)->tp_name);
    Py_DECREF(source);
    return item;
}

/* The field is moved out of the object for the time of the call. */
static PyObject *
Stream_drain_ok(Stream *self, PyObject *noargs)
{
    PyObject *source = self->source, *items;

    if (source == NULL)
        Py_RETURN_NONE;
    self->source = NULL;
    items = PySequence_List(source);
    Py_DECREF(source);
    return items;
}

/* The second argument of the call was read before the first one melted it. */
static PyObject *
Stream_fire_bad(Stream *self, PyObject *loop)
{
    PyObject *handler = self->handler, *post, *result;

    post = PyObject_GetAttrString(loop, "post");
    if (post == NULL)
        return NULL;
    result = PyObject_CallFunctionObjArgs(post, handler, NULL); // want "RC303"
    Py_DECREF(post);
    return result;
}

static PyObject *
Stream_fire_ok(Stream *self, PyObject *loop)
{
    PyObject *handler = self->handler, *post, *result = NULL;

    Py_INCREF(handler);
    post = PyObject_GetAttrString(loop, "post");
    if (post != NULL)
        result = PyObject_CallFunctionObjArgs(post, handler, NULL);
    Py_XDECREF(post);
    Py_DECREF(handler);
    return result;
}

/* Items of a tuple live as long as the tuple, and that is in a field. */
static PyObject *
Stream_describe_bad(Stream *self, PyObject *noargs)
{
    PyObject *args = self->args, *text = PyUnicode_FromString(""), *more;
    Py_ssize_t i, n = PyTuple_GET_SIZE(args);

    for (i = 0; text != NULL && i < n; i++) {
        more = PyUnicode_FromFormat("%U, %R", text, PyTuple_GET_ITEM(args, i)); // want "RC303"
        Py_DECREF(text);
        text = more;
    }
    return text;
}

static PyObject *
Stream_describe_ok(Stream *self, PyObject *noargs)
{
    PyObject *args = self->args, *text = PyUnicode_FromString(""), *more;
    Py_ssize_t i, n;

    Py_INCREF(args);
    n = PyTuple_GET_SIZE(args);
    for (i = 0; text != NULL && i < n; i++) {
        more = PyUnicode_FromFormat("%U, %R", text, PyTuple_GET_ITEM(args, i));
        Py_DECREF(text);
        text = more;
    }
    Py_DECREF(args);
    return text;
}

/* The list was there before the call. Now the field is NULL. */
static PyObject *
Stream_next_line_bad(Stream *self, PyObject *noargs)
{
    PyObject *source = self->source, *line;

    if (source == NULL || self->lines == NULL)
        Py_RETURN_NONE;
    Py_INCREF(source);
    line = PyIter_Next(source);
    Py_DECREF(source);
    if (line == NULL)
        return NULL;
    if (PyList_GET_SIZE(self->lines) > 9 || PyList_Append(self->lines, line) < 0) { // want "RC303: 'self->lines' .* may be NULL"
        Py_DECREF(line);
        return NULL;
    }
    return line;
}

static PyObject *
Stream_next_line_ok(Stream *self, PyObject *noargs)
{
    PyObject *source = self->source, *line;

    if (source == NULL || self->lines == NULL)
        Py_RETURN_NONE;
    Py_INCREF(source);
    line = PyIter_Next(source);
    Py_DECREF(source);
    if (line == NULL)
        return NULL;
    if (self->lines == NULL) {
        PyErr_SetString(PyExc_ValueError, "the stream was closed");
        Py_DECREF(line);
        return NULL;
    }
    if (PyList_Append(self->lines, line) < 0) {
        Py_DECREF(line);
        return NULL;
    }
    return line;
}

/* A text that depends on a field, which a conversion replaces. */
static PyObject *
Stream_tagged_bad(Stream *self, PyObject *arg)
{
    PyObject *key = self->key, *text = PyObject_Str(arg), *result;

    if (text == NULL)
        return NULL;
    result = PyTuple_Pack(2, key, text); // want "RC303"
    Py_DECREF(text);
    return result;
}

static PyObject *
Stream_tagged_ok(Stream *self, PyObject *arg)
{
    PyObject *text = PyObject_Str(arg), *result;

    if (text == NULL)
        return NULL;
    result = PyTuple_Pack(2, self->key, text);
    Py_DECREF(text);
    return result;
}

/* The helper keeps what it gets only as long as its caller does. */
static int
matches(PyObject *key, PyObject *pattern)
{
    return PyObject_RichCompareBool(key, pattern, Py_EQ);
}

static PyObject *
Stream_either_bad(Stream *self, PyObject *args)
{
    PyObject *a, *b, *key = self->key;
    int found;

    if (!PyArg_ParseTuple(args, "OO:either", &a, &b))
        return NULL;
    found = matches(key, a); // want "RC303"
    if (found == 0)
        found = matches(key, b);
    if (found < 0)
        return NULL;
    return PyBool_FromLong(found);
}

static PyObject *
Stream_either_ok(Stream *self, PyObject *args)
{
    PyObject *a, *b, *key = self->key;
    int found;

    if (!PyArg_ParseTuple(args, "OO:either", &a, &b))
        return NULL;
    Py_INCREF(key);
    found = matches(key, a);
    if (found == 0)
        found = matches(key, b);
    Py_DECREF(key);
    if (found < 0)
        return NULL;
    return PyBool_FromLong(found);
}

/* Looked at before anything runs, and compared as a pointer after. */
static PyObject *
Stream_changed_ok(Stream *self, PyObject *arg)
{
    PyObject *key = self->key, *text;
    int known = key != Py_None;

    text = PyObject_Str(arg);
    if (text == NULL)
        return NULL;
    Py_DECREF(text);
    return PyBool_FromLong(known && self->key != key);
}

static PyMethodDef Stream_methods[] = {
    {"reopen", (PyCFunction)Stream_reopen, METH_VARARGS, NULL},
    {"close", (PyCFunction)Stream_close, METH_NOARGS, NULL},
    {"same_key_bad", (PyCFunction)Stream_same_key_bad, METH_O, NULL},
    {"same_key_ok", (PyCFunction)Stream_same_key_ok, METH_O, NULL},
    {"read_bad", (PyCFunction)Stream_read_bad, METH_NOARGS, NULL},
    {"read_ok", (PyCFunction)Stream_read_ok, METH_NOARGS, NULL},
    {"drain_ok", (PyCFunction)Stream_drain_ok, METH_NOARGS, NULL},
    {"fire_bad", (PyCFunction)Stream_fire_bad, METH_O, NULL},
    {"fire_ok", (PyCFunction)Stream_fire_ok, METH_O, NULL},
    {"describe_bad", (PyCFunction)Stream_describe_bad, METH_NOARGS, NULL},
    {"describe_ok", (PyCFunction)Stream_describe_ok, METH_NOARGS, NULL},
    {"next_line_bad", (PyCFunction)Stream_next_line_bad, METH_NOARGS, NULL},
    {"next_line_ok", (PyCFunction)Stream_next_line_ok, METH_NOARGS, NULL},
    {"tagged_bad", (PyCFunction)Stream_tagged_bad, METH_O, NULL},
    {"tagged_ok", (PyCFunction)Stream_tagged_ok, METH_O, NULL},
    {"either_bad", (PyCFunction)Stream_either_bad, METH_VARARGS, NULL},
    {"either_ok", (PyCFunction)Stream_either_ok, METH_VARARGS, NULL},
    {"changed_ok", (PyCFunction)Stream_changed_ok, METH_O, NULL},
    {NULL, NULL, 0, NULL}
};

static PyTypeObject Stream_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "field.Stream",
    .tp_basicsize = sizeof(Stream),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_dealloc = (destructor)Stream_dealloc,
    .tp_traverse = (traverseproc)Stream_traverse,
    .tp_clear = (inquiry)Stream_clear,
    .tp_methods = Stream_methods,
    .tp_init = (initproc)Stream_init,
    .tp_new = PyType_GenericNew,
};

static struct PyModuleDef field_module = {
    PyModuleDef_HEAD_INIT, .m_name = "field", .m_size = -1,
};

PyMODINIT_FUNC
PyInit_field(void)
{
    PyObject *m;

    if (PyType_Ready(&Stream_Type) < 0)
        return NULL;
    m = PyModule_Create(&field_module);
    if (m == NULL)
        return NULL;
    Py_INCREF(&Stream_Type);
    if (PyModule_AddObject(m, "Stream", (PyObject *)&Stream_Type) < 0) {
        Py_DECREF(&Stream_Type);
        Py_DECREF(m);
        return NULL;
    }
    return m;
}
