#include <Python.h>

/* An object whose count is zero already is shown to Python code. Whoever takes a
   reference to it then has one to freed memory. */

typedef struct {
    PyObject_HEAD
    PyObject *on_close;
} Job;

static int
Job_init(Job *self, PyObject *args, PyObject *kwds)
{
    PyObject *on_close;

    if (!PyArg_ParseTuple(args, "O:Job", &on_close))
        return -1;
    Py_INCREF(on_close);
    Py_XSETREF(self->on_close, on_close);
    return 0;
}

static int
Job_traverse(Job *self, visitproc visit, void *arg)
{
    Py_VISIT(self->on_close);
    return 0;
}

static int
Job_clear(Job *self)
{
    Py_CLEAR(self->on_close);
    return 0;
}

static void
FN_Job_dealloc_bad(Job *self)
{
    PyObject *done, *type, *value, *traceback;

    PyObject_GC_UnTrack(self);
    if (self->on_close != NULL) {
        PyErr_Fetch(&type, &value, &traceback);
        done = PyObject_CallFunctionObjArgs(self->on_close, (PyObject *)self, NULL);
        if (done == NULL)
            PyErr_WriteUnraisable(self->on_close);
        Py_XDECREF(done);
        PyErr_Restore(type, value, traceback);
    }
    Job_clear(self);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

/* The finalizer is called with a count of one, and may bring the object back. */
static void
Job_finalize_ok(PyObject *op)
{
    Job *self = (Job *)op;
    PyObject *type, *value, *traceback, *on_close = self->on_close, *done;

    if (on_close == NULL)
        return;
    PyErr_Fetch(&type, &value, &traceback);
    Py_INCREF(on_close);
    done = PyObject_CallFunctionObjArgs(on_close, op, NULL);
    if (done == NULL)
        PyErr_WriteUnraisable(on_close);
    Py_XDECREF(done);
    Py_DECREF(on_close);
    PyErr_Restore(type, value, traceback);
}

static void
Job_dealloc_ok(Job *self)
{
    if (PyObject_CallFinalizerFromDealloc((PyObject *)self) < 0)
        return;
    PyObject_GC_UnTrack(self);
    Job_clear(self);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyTypeObject Job_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "dying.dealloc_bad",
    .tp_basicsize = sizeof(Job),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_dealloc = (destructor)FN_Job_dealloc_bad,
    .tp_traverse = (traverseproc)Job_traverse,
    .tp_clear = (inquiry)Job_clear,
    .tp_init = (initproc)Job_init,
    .tp_new = PyType_GenericNew,
};

static PyTypeObject SafeJob_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "dying.dealloc_ok",
    .tp_basicsize = sizeof(Job),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_HAVE_FINALIZE,
    .tp_dealloc = (destructor)Job_dealloc_ok,
    .tp_traverse = (traverseproc)Job_traverse,
    .tp_clear = (inquiry)Job_clear,
    .tp_init = (initproc)Job_init,
    .tp_new = PyType_GenericNew,
    .tp_finalize = Job_finalize_ok,
};

static struct PyModuleDef dying_module = {
    PyModuleDef_HEAD_INIT, .m_name = "dying", .m_size = -1,
};

PyMODINIT_FUNC
PyInit_dying(void)
{
    PyObject *m;

    if (PyType_Ready(&Job_Type) < 0 || PyType_Ready(&SafeJob_Type) < 0)
        return NULL;
    m = PyModule_Create(&dying_module);
    if (m == NULL)
        return NULL;
    Py_INCREF(&Job_Type);
    if (PyModule_AddObject(m, "dealloc_bad", (PyObject *)&Job_Type) < 0) {
        Py_DECREF(&Job_Type);
        Py_DECREF(m);
        return NULL;
    }
    Py_INCREF(&SafeJob_Type);
    if (PyModule_AddObject(m, "dealloc_ok", (PyObject *)&SafeJob_Type) < 0) {
        Py_DECREF(&SafeJob_Type);
        Py_DECREF(m);
        return NULL;
    }
    return m;
}
