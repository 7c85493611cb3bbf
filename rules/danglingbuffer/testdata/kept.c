#include <Python.h>

/* An address of another object's memory, kept in an object that may live longer. */

typedef struct {
    PyObject_HEAD
    unsigned char *start;   /* memory of owner */
    PyObject *owner;        /* NULL: nobody */
    Py_ssize_t at;
} Cursor;

static int
Cursor_traverse(Cursor *self, visitproc visit, void *arg)
{
    Py_VISIT(self->owner);
    return 0;
}

static int
Cursor_clear(Cursor *self)
{
    Py_CLEAR(self->owner);
    return 0;
}

static void
Cursor_dealloc(Cursor *self)
{
    PyObject_GC_UnTrack(self);
    Cursor_clear(self);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyObject *
Cursor_next(Cursor *self)
{
    if (self->start == NULL || self->start[self->at] == 0)
        return NULL;
    return PyLong_FromLong(self->start[self->at++]);
}

static PyTypeObject Cursor_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "kept.Cursor",
    .tp_basicsize = sizeof(Cursor),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_dealloc = (destructor)Cursor_dealloc,
    .tp_traverse = (traverseproc)Cursor_traverse,
    .tp_clear = (inquiry)Cursor_clear,
    .tp_iter = PyObject_SelfIter,
    .tp_iternext = (iternextfunc)Cursor_next,
};

static Cursor *
make_cursor(void)
{
    Cursor *cursor = PyObject_GC_New(Cursor, &Cursor_Type);

    if (cursor == NULL)
        return NULL;
    cursor->start = NULL;
    cursor->owner = NULL;
    cursor->at = 0;
    PyObject_GC_Track((PyObject *)cursor);
    return cursor;
}

static PyObject *
walk_bad(PyObject *self, PyObject *arg)
{
    Cursor *cursor;

    if (!PyBytes_Check(arg)) {
        PyErr_SetString(PyExc_TypeError, "bytes wanted");
        return NULL;
    }
    cursor = make_cursor();
    if (cursor == NULL)
        return NULL;
    cursor->start = (unsigned char *)PyBytes_AS_STRING(arg); // want "RC204"
    return (PyObject *)cursor;
}

static PyObject *
walk_ok(PyObject *self, PyObject *arg)
{
    Cursor *cursor;

    if (!PyBytes_Check(arg)) {
        PyErr_SetString(PyExc_TypeError, "bytes wanted");
        return NULL;
    }
    cursor = make_cursor();
    if (cursor == NULL)
        return NULL;
    Py_INCREF(arg);
    cursor->owner = arg;
    cursor->start = (unsigned char *)PyBytes_AS_STRING(arg);
    return (PyObject *)cursor;
}

static PyMethodDef kept_methods[] = {
    {"walk_bad", walk_bad, METH_O, NULL},
    {"walk_ok", walk_ok, METH_O, NULL},
    {NULL, NULL, 0, NULL}
};

static struct PyModuleDef kept_module = {
    PyModuleDef_HEAD_INIT, .m_name = "kept", .m_size = -1, .m_methods = kept_methods,
};

PyMODINIT_FUNC
PyInit_kept(void)
{
    if (PyType_Ready(&Cursor_Type) < 0)
        return NULL;
    return PyModule_Create(&kept_module);
}
