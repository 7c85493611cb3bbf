#include <Python.h>

/* Nodes are C memory of the object: no reference holds them. A comparison that comes
   back to the object frees them. */

typedef struct node {
    struct node *next;
    PyObject *key;
    PyObject *value;
} Node;

typedef struct {
    PyObject_HEAD
    Node *first;
    unsigned long state;    /* grows with each change */
} Chain;

static int
Chain_traverse(Chain *self, visitproc visit, void *arg)
{
    Node *node;

    for (node = self->first; node != NULL; node = node->next) {
        Py_VISIT(node->key);
        Py_VISIT(node->value);
    }
    return 0;
}

static int
Chain_clear(Chain *self)
{
    Node *node = self->first, *next;

    self->first = NULL;
    self->state++;
    while (node != NULL) {
        next = node->next;
        Py_DECREF(node->key);
        Py_DECREF(node->value);
        PyMem_Free(node);
        node = next;
    }
    return 0;
}

static void
Chain_dealloc(Chain *self)
{
    PyObject_GC_UnTrack(self);
    Chain_clear(self);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyObject *
Chain_empty(Chain *self, PyObject *noargs)
{
    Chain_clear(self);
    Py_RETURN_NONE;
}

static PyObject *
Chain_add(Chain *self, PyObject *args)
{
    PyObject *key, *value;
    Node *node;

    if (!PyArg_ParseTuple(args, "OO:add", &key, &value))
        return NULL;
    node = PyMem_Malloc(sizeof(Node));
    if (node == NULL)
        return PyErr_NoMemory();
    Py_INCREF(key);
    node->key = key;
    Py_INCREF(value);
    node->value = value;
    node->next = self->first;
    self->first = node;
    self->state++;
    Py_RETURN_NONE;
}

/* The key is held, the node is not. */
static PyObject *
Chain_find_bad(Chain *self, PyObject *key)
{
    Node *node;

    for (node = self->first; node != NULL; node = node->next) { // want "RC204: 'node'"
        PyObject *own = node->key;
        int cmp;

        Py_INCREF(own);
        cmp = PyObject_RichCompareBool(own, key, Py_EQ);
        Py_DECREF(own);
        if (cmp < 0)
            return NULL;
        if (cmp > 0)
            Py_RETURN_TRUE;
    }
    Py_RETURN_FALSE;
}

static PyObject *
Chain_find_ok(Chain *self, PyObject *key)
{
    unsigned long state = self->state;
    Node *node;

    for (node = self->first; node != NULL; node = node->next) {
        PyObject *own = node->key;
        int cmp;

        Py_INCREF(own);
        cmp = PyObject_RichCompareBool(own, key, Py_EQ);
        Py_DECREF(own);
        if (cmp < 0)
            return NULL;
        if (cmp > 0)
            Py_RETURN_TRUE;
        if (self->state != state) {
            PyErr_SetString(PyExc_RuntimeError, "changed during the search");
            return NULL;
        }
    }
    Py_RETURN_FALSE;
}

/* The entry that was found is read after the comparison that found it. */
static PyObject *
Chain_get_bad(Chain *self, PyObject *key)
{
    Node *node = self->first;
    PyObject *own;
    int cmp;

    if (node == NULL)
        Py_RETURN_NONE;
    own = node->key;
    Py_INCREF(own);
    cmp = PyObject_RichCompareBool(own, key, Py_EQ);
    Py_DECREF(own);
    if (cmp < 0)
        return NULL;
    if (cmp == 0)
        Py_RETURN_NONE;
    Py_INCREF(node->value); // want "RC204: 'node'"
    return node->value;
}

static PyObject *
Chain_get_ok(Chain *self, PyObject *key)
{
    Node *node = self->first;
    PyObject *own, *value;
    int cmp;

    if (node == NULL)
        Py_RETURN_NONE;
    own = node->key;
    value = node->value;
    Py_INCREF(own);
    Py_INCREF(value);
    cmp = PyObject_RichCompareBool(own, key, Py_EQ);
    Py_DECREF(own);
    if (cmp > 0)
        return value;
    Py_DECREF(value);
    if (cmp < 0)
        return NULL;
    Py_RETURN_NONE;
}

/* Copying into a dict runs __hash__ and __eq__ of the keys: of low confidence, as most
   keys are strings (low.c). */
static PyObject *
FN_Chain_as_dict_bad(Chain *self, PyObject *noargs)
{
    PyObject *dict = PyDict_New();
    Node *node;

    if (dict == NULL)
        return NULL;
    for (node = self->first; node != NULL; node = node->next) {
        PyObject *key = node->key, *value = node->value;
        int failed;

        Py_INCREF(key);
        Py_INCREF(value);
        failed = PyDict_SetItem(dict, key, value) < 0;
        Py_DECREF(key);
        Py_DECREF(value);
        if (failed) {
            Py_DECREF(dict);
            return NULL;
        }
    }
    return dict;
}

static PyObject *
Chain_as_dict_ok(Chain *self, PyObject *noargs)
{
    PyObject *dict = PyDict_New();
    unsigned long state = self->state;
    Node *node;

    if (dict == NULL)
        return NULL;
    for (node = self->first; node != NULL; node = node->next) {
        PyObject *key = node->key, *value = node->value;
        int failed;

        Py_INCREF(key);
        Py_INCREF(value);
        failed = PyDict_SetItem(dict, key, value) < 0;
        Py_DECREF(key);
        Py_DECREF(value);
        if (!failed && self->state != state) {
            PyErr_SetString(PyExc_RuntimeError, "changed during the copy");
            failed = 1;
        }
        if (failed) {
            Py_DECREF(dict);
            return NULL;
        }
    }
    return dict;
}

static PyMethodDef Chain_methods[] = {
    {"add", (PyCFunction)Chain_add, METH_VARARGS, NULL},
    {"empty", (PyCFunction)Chain_empty, METH_NOARGS, NULL},
    {"find_bad", (PyCFunction)Chain_find_bad, METH_O, NULL},
    {"find_ok", (PyCFunction)Chain_find_ok, METH_O, NULL},
    {"get_bad", (PyCFunction)Chain_get_bad, METH_O, NULL},
    {"get_ok", (PyCFunction)Chain_get_ok, METH_O, NULL},
    {"as_dict_bad", (PyCFunction)FN_Chain_as_dict_bad, METH_NOARGS, NULL},
    {"as_dict_ok", (PyCFunction)Chain_as_dict_ok, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL}
};

static PyTypeObject Chain_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "node.Chain",
    .tp_basicsize = sizeof(Chain),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_dealloc = (destructor)Chain_dealloc,
    .tp_traverse = (traverseproc)Chain_traverse,
    .tp_clear = (inquiry)Chain_clear,
    .tp_methods = Chain_methods,
    .tp_new = PyType_GenericNew,
};

static struct PyModuleDef node_module = {
    PyModuleDef_HEAD_INIT, .m_name = "node", .m_size = -1,
};

PyMODINIT_FUNC
PyInit_node(void)
{
    PyObject *m;

    if (PyType_Ready(&Chain_Type) < 0)
        return NULL;
    m = PyModule_Create(&node_module);
    if (m == NULL)
        return NULL;
    Py_INCREF(&Chain_Type);
    if (PyModule_AddObject(m, "Chain", (PyObject *)&Chain_Type) < 0) {
        Py_DECREF(&Chain_Type);
        Py_DECREF(m);
        return NULL;
    }
    return m;
}
