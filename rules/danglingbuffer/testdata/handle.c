// refcheck --min-confidence low
#include <Python.h>

/* A library's handle, closed by a callback that the library's call runs; and an object
   that is passed on while it is being freed. The library is a few lines here. */

typedef struct {
    int rows;
    int changes;
} Database;

typedef struct {
    PyObject_HEAD
    Database *db;       /* NULL once closed */
    PyObject *on_row;
    PyObject *on_close;
    int busy;
} Connection;

static int
Connection_traverse(Connection *self, visitproc visit, void *arg)
{
    Py_VISIT(self->on_row);
    Py_VISIT(self->on_close);
    return 0;
}

static int
Connection_clear(Connection *self)
{
    Py_CLEAR(self->on_row);
    Py_CLEAR(self->on_close);
    return 0;
}

/* The library's step: it calls back for each row. */
static int
database_step(Database *db, PyObject *on_row)
{
    PyObject *done;

    db->rows++;
    done = PyObject_CallFunction(on_row, "i", db->rows);
    if (done == NULL)
        return -1;
    Py_DECREF(done);
    return 0;
}

static int
Connection_init(Connection *self, PyObject *args, PyObject *kwds)
{
    PyObject *on_row, *on_close = Py_None;

    if (!PyArg_ParseTuple(args, "O|O:Connection", &on_row, &on_close))
        return -1;
    if (self->db == NULL) {
        self->db = PyMem_Calloc(1, sizeof(Database));
        if (self->db == NULL) {
            PyErr_NoMemory();
            return -1;
        }
    }
    Py_INCREF(on_row);
    Py_XSETREF(self->on_row, on_row);
    Py_INCREF(on_close);
    Py_XSETREF(self->on_close, on_close);
    return 0;
}

static PyObject *
Connection_close(Connection *self, PyObject *noargs)
{
    Database *db = self->db;

    if (self->busy) {
        PyErr_SetString(PyExc_RuntimeError, "in use");
        return NULL;
    }
    self->db = NULL;
    PyMem_Free(db);
    Py_RETURN_NONE;
}

static void
Connection_dealloc(Connection *self)
{
    PyObject_GC_UnTrack(self);
    PyMem_Free(self->db);
    Connection_clear(self);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyObject *
Connection_execute_bad(Connection *self, PyObject *noargs)
{
    Database *db = self->db;
    PyObject *on_row = self->on_row;
    int failed;

    if (db == NULL || on_row == NULL)
        Py_RETURN_NONE;
    Py_INCREF(on_row);
    failed = database_step(db, on_row);
    Py_DECREF(on_row);
    if (failed)
        return NULL;
    return PyLong_FromLong(db->changes); // want "RC204"
}

/* A flag that refuses to close the handle meanwhile. */
static PyObject *
Connection_execute_ok(Connection *self, PyObject *noargs)
{
    Database *db = self->db;
    PyObject *on_row = self->on_row;
    int failed, changes;

    if (db == NULL || on_row == NULL || self->busy)
        Py_RETURN_NONE;
    self->busy = 1;
    Py_INCREF(on_row);
    failed = database_step(db, on_row);
    Py_DECREF(on_row);
    changes = db->changes;
    self->busy = 0;
    if (failed)
        return NULL;
    return PyLong_FromLong(changes);
}

/* Closed while the arguments are collected, and NULL then. */
static PyObject *
Connection_execute_many_bad(Connection *self, PyObject *arg)
{
    PyObject *rows;

    if (self->db == NULL)
        Py_RETURN_NONE;
    rows = PySequence_List(arg);
    if (rows == NULL)
        return NULL;
    self->db->rows += (int)PyList_GET_SIZE(rows); // want "RC204: 'self->db'"
    Py_DECREF(rows);
    Py_RETURN_NONE;
}

static PyObject *
Connection_execute_many_ok(Connection *self, PyObject *arg)
{
    PyObject *rows = PySequence_List(arg);

    if (rows == NULL)
        return NULL;
    if (self->db == NULL) {
        PyErr_SetString(PyExc_ValueError, "closed");
        Py_DECREF(rows);
        return NULL;
    }
    self->db->rows += (int)PyList_GET_SIZE(rows);
    Py_DECREF(rows);
    Py_RETURN_NONE;
}

static PyMethodDef Connection_methods[] = {
    {"close", (PyCFunction)Connection_close, METH_NOARGS, NULL},
    {"execute_bad", (PyCFunction)Connection_execute_bad, METH_NOARGS, NULL},
    {"execute_ok", (PyCFunction)Connection_execute_ok, METH_NOARGS, NULL},
    {"execute_many_bad", (PyCFunction)Connection_execute_many_bad, METH_O, NULL},
    {"execute_many_ok", (PyCFunction)Connection_execute_many_ok, METH_O, NULL},
    {NULL, NULL, 0, NULL}
};

static PyTypeObject Connection_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "handle.Connection",
    .tp_basicsize = sizeof(Connection),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_dealloc = (destructor)Connection_dealloc,
    .tp_traverse = (traverseproc)Connection_traverse,
    .tp_clear = (inquiry)Connection_clear,
    .tp_methods = Connection_methods,
    .tp_init = (initproc)Connection_init,
    .tp_new = PyType_GenericNew,
};

static struct PyModuleDef handle_module = {
    PyModuleDef_HEAD_INIT, .m_name = "handle", .m_size = -1,
};

PyMODINIT_FUNC
PyInit_handle(void)
{
    PyObject *m;

    if (PyType_Ready(&Connection_Type) < 0)
        return NULL;
    m = PyModule_Create(&handle_module);
    if (m == NULL)
        return NULL;
    Py_INCREF(&Connection_Type);
    if (PyModule_AddObject(m, "Connection", (PyObject *)&Connection_Type) < 0) {
        Py_DECREF(&Connection_Type);
        Py_DECREF(m);
        return NULL;
    }
    return m;
}
