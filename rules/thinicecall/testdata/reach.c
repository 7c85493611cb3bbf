#include <Python.h>

/* Whether anybody can make the owner let go decides: who has the container, and which
   methods write the field. */

typedef struct {
    PyObject *slots[8];
    int used;
} Table;

typedef struct {
    PyObject *pattern;
    int depth;
} Scan;

typedef struct {
    PyObject_HEAD
    Table *table;
    Scan scan;
    PyObject *unit;     /* nothing but __setstate__ and tp_init replaces it */
    PyObject *pairs;    /* a dict of tuples that the module makes */
} Registry;

/* The caller's list is the user's. */
static int
position_bad(PyObject *list, PyObject *wanted)
{
    Py_ssize_t i;
    int same = 0;

    for (i = 0; same == 0 && i < PyList_GET_SIZE(list); i++)
        same = PyObject_RichCompareBool(PyList_GET_ITEM(list, i), wanted, Py_EQ); // want "RC303"
    return same;
}

static PyObject *
has(PyObject *self, PyObject *args)
{
    PyObject *list, *wanted;
    int same;

    if (!PyArg_ParseTuple(args, "O!O:has", &PyList_Type, &list, &wanted))
        return NULL;
    same = position_bad(list, wanted);
    if (same < 0)
        return NULL;
    return PyBool_FromLong(same);
}

/* This one has seen nobody but the module. */
static int
position_ok(PyObject *list, PyObject *wanted)
{
    Py_ssize_t i;
    int same = 0;

    for (i = 0; same == 0 && i < PyList_GET_SIZE(list); i++)
        same = PyObject_RichCompareBool(PyList_GET_ITEM(list, i), wanted, Py_EQ);
    return same;
}

static PyObject *
has_ok(PyObject *self, PyObject *args)
{
    PyObject *unused, *wanted, *list = PyList_New(0);
    int same;

    if (list == NULL)
        return NULL;
    if (!PyArg_ParseTuple(args, "OO:has", &unused, &wanted) || PyList_Append(list, args) < 0) {
        Py_DECREF(list);
        return NULL;
    }
    same = position_ok(list, wanted);
    Py_DECREF(list);
    if (same < 0)
        return NULL;
    return PyBool_FromLong(same);
}

/* Ints convert without Python code, in a helper too. */
static int
to_long(PyObject *number, long *out)
{
    PyObject *index = PyNumber_Index(number);

    if (index == NULL) {
        PyErr_Format(PyExc_TypeError, "not %s", Py_TYPE(number)->tp_name);
        return -1;
    }
    *out = PyLong_AsLong(index);
    Py_DECREF(index);
    return *out == -1 && PyErr_Occurred() ? -1 : 0;
}

static PyObject *
first_bad(PyObject *self, PyObject *args)
{
    PyObject *list;
    long n;

    if (!PyArg_ParseTuple(args, "O!:first", &PyList_Type, &list))
        return NULL;
    if (PyList_GET_SIZE(list) == 0)
        Py_RETURN_NONE;
    if (to_long(PyList_GET_ITEM(list, 0), &n) < 0) // want "RC303"
        return NULL;
    return PyLong_FromLong(n);
}

static PyObject *
first_ok(PyObject *self, PyObject *args)
{
    PyObject *list, *item;
    long n;
    int failed;

    if (!PyArg_ParseTuple(args, "O!:first", &PyList_Type, &list))
        return NULL;
    if (PyList_GET_SIZE(list) == 0)
        Py_RETURN_NONE;
    item = PyList_GET_ITEM(list, 0);
    Py_INCREF(item);
    failed = to_long(item, &n) < 0;
    Py_DECREF(item);
    if (failed)
        return NULL;
    return PyLong_FromLong(n);
}

static PyObject *
first_int_ok(PyObject *self, PyObject *args)
{
    PyObject *list, *item;
    long n;

    if (!PyArg_ParseTuple(args, "O!:first", &PyList_Type, &list))
        return NULL;
    if (PyList_GET_SIZE(list) == 0)
        Py_RETURN_NONE;
    item = PyList_GET_ITEM(list, 0);
    if (!PyLong_Check(item)) {
        PyErr_SetString(PyExc_TypeError, "the first one is no int");
        return NULL;
    }
    if (to_long(item, &n) < 0)
        return NULL;
    return PyLong_FromLong(n);
}

/* A structure that belongs to an object, and a method that replaces what is in it. */
static PyObject *
Registry_set(Registry *self, PyObject *value)
{
    Table *table = self->table;

    Py_INCREF(value);
    Py_XSETREF(table->slots[0], value);
    Py_RETURN_NONE;
}

static PyObject *
Registry_find_bad(Registry *self, PyObject *value)
{
    Table *table = self->table;
    int i, same = 0;

    for (i = 0; same == 0 && i < table->used; i++)
        same = PyObject_RichCompareBool(table->slots[i], value, Py_EQ); // want "RC303"
    if (same < 0)
        return NULL;
    return PyBool_FromLong(same);
}

static PyObject *
Registry_find_ok(Registry *self, PyObject *value)
{
    Table *table = self->table;
    int i, same = 0;

    for (i = 0; same == 0 && i < table->used; i++) {
        PyObject *slot = table->slots[i];

        Py_INCREF(slot);
        same = PyObject_RichCompareBool(slot, value, Py_EQ);
        Py_DECREF(slot);
    }
    if (same < 0)
        return NULL;
    return PyBool_FromLong(same);
}

/* Every method has a Scan of its own; the one in the object is closed with it. */
static void
Scan_close(Scan *scan)
{
    Py_DECREF(scan->pattern);
}

static int
Scan_step(Scan *scan, PyObject *value)
{
    return PyObject_RichCompareBool(scan->pattern, value, Py_EQ);
}

static PyObject *
Registry_scan_ok(Registry *self, PyObject *args)
{
    Scan scan;
    PyObject *value;
    int same;

    if (!PyArg_ParseTuple(args, "OO:scan", &scan.pattern, &value))
        return NULL;
    Py_INCREF(scan.pattern);
    scan.depth = 0;
    same = Scan_step(&scan, value);
    Scan_close(&scan);
    if (same < 0)
        return NULL;
    return PyBool_FromLong(same);
}

/* Objects that are in use are not unpickled, nor initialized. */
static PyObject *
Registry_setstate(Registry *self, PyObject *state)
{
    Py_INCREF(state);
    Py_XSETREF(self->unit, state);
    Py_RETURN_NONE;
}

static PyObject *
Registry_same_unit_ok(Registry *self, PyObject *other)
{
    return PyObject_RichCompare(self->unit, other, Py_EQ);
}

/* The numbers in the tuples are the module's. */
static PyObject *
Registry_put(Registry *self, PyObject *key)
{
    PyObject *pair = Py_BuildValue("iO", 1, key);

    if (pair == NULL || PyDict_SetItem(self->pairs, key, pair) < 0) {
        Py_XDECREF(pair);
        return NULL;
    }
    Py_DECREF(pair);
    Py_RETURN_NONE;
}

static PyObject *
Registry_reset(Registry *self, PyObject *noargs)
{
    PyObject *pairs = PyDict_New();

    if (pairs == NULL)
        return NULL;
    Py_XSETREF(self->pairs, pairs);
    Py_RETURN_NONE;
}

static PyObject *
Registry_sum_ok(Registry *self, PyObject *noargs)
{
    PyObject *pairs = self->pairs, *key, *pair;
    Py_ssize_t pos = 0;
    long sum = 0;

    while (PyDict_Next(pairs, &pos, &key, &pair)) {
        int n;
        PyObject *what;

        if (!PyArg_ParseTuple(pair, "iO", &n, &what))
            return NULL;
        sum += n + (what == key);
    }
    return PyLong_FromLong(sum);
}

static void
Registry_dealloc(Registry *self)
{
    int i;

    if (self->table != NULL) {
        for (i = 0; i < self->table->used; i++)
            Py_XDECREF(self->table->slots[i]);
        PyMem_Free(self->table);
        Scan_close(&self->scan);
    }
    Py_XDECREF(self->unit);
    Py_XDECREF(self->pairs);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyObject *
Registry_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    PyObject *value;
    Registry *self;

    if (!PyArg_ParseTuple(args, "O:Registry", &value))
        return NULL;
    self = (Registry *)type->tp_alloc(type, 0);
    if (self == NULL)
        return NULL;
    self->table = PyMem_Calloc(1, sizeof(Table));
    if (self->table == NULL) {
        Py_DECREF(self);
        return PyErr_NoMemory();
    }
    Py_INCREF(value);
    self->table->slots[0] = value;
    self->table->used = 1;
    Py_INCREF(Py_None);
    self->scan.pattern = Py_None;
    Py_INCREF(Py_None);
    self->unit = Py_None;
    self->pairs = PyDict_New();
    if (self->pairs == NULL) {
        Py_DECREF(self);
        return NULL;
    }
    return (PyObject *)self;
}

static PyMethodDef Registry_methods[] = {
    {"set", (PyCFunction)Registry_set, METH_O, NULL},
    {"find_bad", (PyCFunction)Registry_find_bad, METH_O, NULL},
    {"find_ok", (PyCFunction)Registry_find_ok, METH_O, NULL},
    {"scan_ok", (PyCFunction)Registry_scan_ok, METH_VARARGS, NULL},
    {"same_unit_ok", (PyCFunction)Registry_same_unit_ok, METH_O, NULL},
    {"put", (PyCFunction)Registry_put, METH_O, NULL},
    {"reset", (PyCFunction)Registry_reset, METH_NOARGS, NULL},
    {"sum_ok", (PyCFunction)Registry_sum_ok, METH_NOARGS, NULL},
    {"__setstate__", (PyCFunction)Registry_setstate, METH_O, NULL},
    {NULL, NULL, 0, NULL}
};

static PyTypeObject Registry_Type = { // want "RC601: 'Registry' owns 'table.slots'"
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "reach.Registry",
    .tp_basicsize = sizeof(Registry),
    .tp_dealloc = (destructor)Registry_dealloc,
    .tp_methods = Registry_methods,
    .tp_new = Registry_new,
};

/* The slots of this type are in a variable: tp_init and tp_dealloc there are what they
   are anywhere. */
typedef struct {
    PyObject_HEAD
    PyObject *graph;
} Link;

static int
Link_init(Link *self, PyObject *args, PyObject *kwds)
{
    PyObject *graph;

    if (!PyArg_ParseTuple(args, "O:Link", &graph))
        return -1;
    Py_INCREF(graph);
    Py_XSETREF(self->graph, graph);
    return 0;
}

static void
Link_dealloc(Link *self)
{
    PyTypeObject *type = Py_TYPE(self);

    Py_CLEAR(self->graph);
    PyObject_Free(self);
    Py_DECREF(type);
}

static PyObject *
Link_same_ok(PyObject *self, PyObject *other)
{
    return PyObject_RichCompare(((Link *)self)->graph, other, Py_EQ);
}

static PyMethodDef Link_methods[] = {
    {"same_ok", Link_same_ok, METH_O, NULL},
    {NULL, NULL, 0, NULL}
};

PyObject *
make_edge_type(void)
{
    PyType_Slot slots[] = {
        {Py_tp_init, Link_init},
        {Py_tp_dealloc, Link_dealloc},
        {Py_tp_methods, Link_methods},
        {0, NULL}
    };
    PyType_Spec spec = {"reach.Link", sizeof(Link), 0, Py_TPFLAGS_DEFAULT, slots};

    return PyType_FromSpec(&spec);
}

/* The error text of the conversion names the type of the item. */
static PyObject *
path_bad(PyObject *self, PyObject *args)
{
    PyObject *list, *path;

    if (!PyArg_ParseTuple(args, "O!:path", &PyList_Type, &list))
        return NULL;
    if (PyList_GET_SIZE(list) == 0)
        Py_RETURN_NONE;
    if (!PyUnicode_FSConverter(PyList_GET_ITEM(list, 0), &path)) // want "RC303"
        return NULL;
    return path;
}

static PyObject *
path_ok(PyObject *self, PyObject *args)
{
    PyObject *list, *item, *path;
    int failed;

    if (!PyArg_ParseTuple(args, "O!:path", &PyList_Type, &list))
        return NULL;
    if (PyList_GET_SIZE(list) == 0)
        Py_RETURN_NONE;
    item = PyList_GET_ITEM(list, 0);
    Py_INCREF(item);
    failed = !PyUnicode_FSConverter(item, &path);
    Py_DECREF(item);
    return failed ? NULL : path;
}

static PyMethodDef reach_methods[] = {
    {"position_bad", has, METH_VARARGS, NULL},
    {"position_ok", has_ok, METH_VARARGS, NULL},
    {"first_bad", first_bad, METH_VARARGS, NULL},
    {"first_ok", first_ok, METH_VARARGS, NULL},
    {"first_int_ok", first_int_ok, METH_VARARGS, NULL},
    {"path_bad", path_bad, METH_VARARGS, NULL},
    {"path_ok", path_ok, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL}
};

static struct PyModuleDef reach_module = {
    PyModuleDef_HEAD_INIT, .m_name = "reach", .m_size = -1, .m_methods = reach_methods,
};

PyMODINIT_FUNC
PyInit_reach(void)
{
    PyObject *m;

    if (PyType_Ready(&Registry_Type) < 0)
        return NULL;
    m = PyModule_Create(&reach_module);
    if (m == NULL)
        return NULL;
    Py_INCREF(&Registry_Type);
    if (PyModule_AddObject(m, "Registry", (PyObject *)&Registry_Type) < 0) {
        Py_DECREF(&Registry_Type);
        Py_DECREF(m);
        return NULL;
    }
    return m;
}
