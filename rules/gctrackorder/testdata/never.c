#include <Python.h>

/* What PyObject_GC_New makes is not tracked: somebody must do it. */
typedef struct {
    PyObject_HEAD
    PyObject *callback;
} Handle;

static PyTypeObject Handle_Type;

static PyObject *
Handle_run(Handle *self, PyObject *unused)
{
    return PyObject_CallNoArgs(self->callback);
}

static PyMethodDef Handle_methods[] = {
    {"run", (PyCFunction)Handle_run, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL}
};

static PyObject *
never_bad(PyObject *module, PyObject *callback) // want "RC609: returned without PyObject_GC_Track: a cycle through 'callback'"
{
    Handle *self = PyObject_GC_New(Handle, &Handle_Type);

    if (self == NULL)
        return NULL;
    self->callback = Py_NewRef(callback);
    return (PyObject *)self;
}

/* The caller tracks it when all is set. */
static Handle *
bare_ok(PyObject *callback)
{
    Handle *self = PyObject_GC_New(Handle, &Handle_Type);

    if (self == NULL)
        return NULL;
    self->callback = Py_NewRef(callback);
    return self;
}

static PyObject *
later_ok(PyObject *module, PyObject *callback)
{
    Handle *self = bare_ok(callback);

    if (self == NULL)
        return NULL;
    PyObject_GC_Track(self);
    return (PyObject *)self;
}

static PyMethodDef functions[] = {
    {"never", never_bad, METH_O, NULL},
    {"later", later_ok, METH_O, NULL},
    {NULL, NULL, 0, NULL}
};

static int
Handle_traverse(Handle *self, visitproc visit, void *arg)
{
    Py_VISIT(self->callback);
    return 0;
}

static int
Handle_clear(Handle *self)
{
    Py_CLEAR(self->callback);
    return 0;
}

static void
Handle_dealloc(Handle *self)
{
    PyObject_GC_UnTrack(self);
    Handle_clear(self);
    PyObject_GC_Del(self);
}

static PyTypeObject Handle_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "m.Handle",
    .tp_basicsize = sizeof(Handle),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_methods = Handle_methods,
    .tp_dealloc = (destructor)Handle_dealloc,
    .tp_traverse = (traverseproc)Handle_traverse,
    .tp_clear = (inquiry)Handle_clear,
};

/* Strings are in no cycle. */
typedef struct {
    PyObject_HEAD
    PyObject *text;
} Text;

static PyTypeObject Text_Type;

static PyObject *
atoms_ok(PyObject *module, PyObject *args)
{
    PyObject *text;
    Text *self;

    if (!PyArg_ParseTuple(args, "U", &text))
        return NULL;
    self = PyObject_GC_New(Text, &Text_Type);
    if (self != NULL)
        self->text = Py_NewRef(text);
    return (PyObject *)self;
}

static int
Text_traverse(Text *self, visitproc visit, void *arg)
{
    Py_VISIT(self->text);
    return 0;
}

static void
Text_dealloc(Text *self)
{
    PyObject_GC_UnTrack(self);
    Py_XDECREF(self->text);
    PyObject_GC_Del(self);
}

static PyTypeObject Text_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "m.Text",
    .tp_basicsize = sizeof(Text),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_dealloc = (destructor)Text_dealloc,
    .tp_traverse = (traverseproc)Text_traverse,
};
