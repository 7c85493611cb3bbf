#include <Python.h>

/* What looks like thin ice in real extensions, and holds. */

/* A field that is set when the object is made, and let go of when it dies. */
typedef struct {
    PyObject_HEAD
    PyObject *graph;
    Py_ssize_t index;
} Edge;

static PyObject *
Edge_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    PyObject *graph;
    Edge *self;

    if (!PyArg_ParseTuple(args, "O:Edge", &graph))
        return NULL;
    self = (Edge *)type->tp_alloc(type, 0);
    if (self == NULL)
        return NULL;
    Py_INCREF(graph);
    self->graph = graph;
    return (PyObject *)self;
}

static int
Edge_traverse(Edge *self, visitproc visit, void *arg)
{
    Py_VISIT(self->graph);
    return 0;
}

static int
Edge_clear(Edge *self)
{
    Py_CLEAR(self->graph);
    return 0;
}

static void
Edge_dealloc(Edge *self)
{
    PyObject_GC_UnTrack(self);
    Edge_clear(self);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyObject *
Edge_describe_ok(Edge *self, PyObject *arg)
{
    PyObject *text = PyObject_Str(arg), *result;

    if (text == NULL)
        return NULL;
    result = PyUnicode_FromFormat("%s %U", Py_TYPE(self->graph)->tp_name, text);
    Py_DECREF(text);
    return result;
}

static PyObject *
Edge_same_ok(Edge *self, PyObject *other)
{
    return PyObject_RichCompare(self->graph, other, Py_EQ);
}

/* The keys are a list of this function's own, and the values are asked for by key. */
static PyObject *
texts_ok(PyObject *self, PyObject *dict)
{
    PyObject *keys, *out, *text;
    Py_ssize_t i;
    int failed = 0;

    if (!PyDict_Check(dict))
        Py_RETURN_NONE;
    keys = PyDict_Keys(dict);
    if (keys == NULL)
        return NULL;
    out = PyList_New(0);
    for (i = 0; out != NULL && i < PyList_GET_SIZE(keys); i++) {
        PyObject *value = PyDict_GetItemWithError(dict, PyList_GET_ITEM(keys, i));

        if (value == NULL) {
            failed = PyErr_Occurred() != NULL;
        }
        else {
            Py_INCREF(value);
            text = PyObject_Str(value);
            Py_DECREF(value);
            failed = text == NULL || PyList_Append(out, text) < 0;
            Py_XDECREF(text);
        }
        if (failed)
            Py_CLEAR(out);
    }
    Py_DECREF(keys);
    return out;
}

/* A list that is known to this module's functions only, through a struct on the stack. */
typedef struct {
    PyObject *names;
    Py_ssize_t most;
} Collected;

static int
collect_name(Collected *all, PyObject *arg)
{
    PyObject *name = PyObject_Str(arg);
    int failed;

    if (name == NULL)
        return -1;
    failed = PyList_Append(all->names, name);
    Py_DECREF(name);
    return failed;
}

static int
longest_name_ok(Collected *all, PyObject *function)
{
    Py_ssize_t i;

    for (i = 0; i < PyList_GET_SIZE(all->names); i++) {
        PyObject *name = PyList_GET_ITEM(all->names, i);
        PyObject *done = PyObject_CallFunctionObjArgs(function, name, NULL);

        if (done == NULL)
            return -1;
        Py_DECREF(done);
        if (PyUnicode_GET_LENGTH(name) > all->most)
            all->most = PyUnicode_GET_LENGTH(name);
    }
    return 0;
}

static PyObject *
longest_name(PyObject *self, PyObject *args)
{
    Collected all = {NULL, 0};
    PyObject *arg, *function;
    int failed;

    if (!PyArg_ParseTuple(args, "OO:longest_name", &arg, &function))
        return NULL;
    all.names = PyList_New(0);
    if (all.names == NULL)
        return NULL;
    failed = collect_name(&all, arg) < 0 || longest_name_ok(&all, function) < 0;
    Py_DECREF(all.names);
    if (failed)
        return NULL;
    return PyLong_FromSsize_t(all.most);
}

static PyMethodDef Edge_methods[] = {
    {"describe_ok", (PyCFunction)Edge_describe_ok, METH_O, NULL},
    {"same_ok", (PyCFunction)Edge_same_ok, METH_O, NULL},
    {NULL, NULL, 0, NULL}
};

static PyTypeObject Edge_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "quiet.Edge",
    .tp_basicsize = sizeof(Edge),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_dealloc = (destructor)Edge_dealloc,
    .tp_traverse = (traverseproc)Edge_traverse,
    .tp_clear = (inquiry)Edge_clear,
    .tp_methods = Edge_methods,
    .tp_new = Edge_new,
};

static PyMethodDef quiet_methods[] = {
    {"texts_ok", texts_ok, METH_O, NULL},
    {"longest_name", longest_name, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL}
};

static struct PyModuleDef quiet_module = {
    PyModuleDef_HEAD_INIT, .m_name = "quiet", .m_size = -1, .m_methods = quiet_methods,
};

PyMODINIT_FUNC
PyInit_quiet(void)
{
    if (PyType_Ready(&Edge_Type) < 0)
        return NULL;
    return PyModule_Create(&quiet_module);
}
