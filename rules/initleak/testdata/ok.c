#include <Python.h>

static struct PyModuleDef def = {PyModuleDef_HEAD_INIT, "spam", NULL, -1, NULL};
static PyTypeObject Spam_Type;

PyMODINIT_FUNC
PyInit_plain_ok(void)
{
    return PyModule_Create(&def);
}

PyMODINIT_FUNC
PyInit_constant_ok(void)
{
    PyObject *m = PyModule_Create(&def);

    if (m == NULL)
        return NULL;
    if (PyModule_AddIntConstant(m, "LIMIT", 10) < 0) {
        Py_DECREF(m);
        return NULL;
    }
    return m;
}

/* The type first, the module after it. */
PyMODINIT_FUNC
PyInit_type_first_ok(void)
{
    PyObject *m;

    if (PyType_Ready(&Spam_Type) < 0)
        return NULL;
    m = PyModule_Create(&def);
    if (m == NULL)
        return NULL;
    if (PyModule_AddType(m, &Spam_Type) < 0)
        goto error;
    return m;
error:
    Py_DECREF(m);
    return NULL;
}

static PyObject *error_class;

/* A static variable keeps its object whatever happens. */
PyMODINIT_FUNC
PyInit_static_ok(void)
{
    PyObject *m;

    error_class = PyErr_NewException("spam.error", NULL, NULL);
    if (error_class == NULL)
        return NULL;
    m = PyModule_Create(&def);
    if (m == NULL)
        return NULL;
    if (PyModule_AddObjectRef(m, "error", error_class) < 0) {
        Py_DECREF(m);
        return NULL;
    }
    return m;
}

static int
exec_ok(PyObject *m)
{
    PyObject *abc = PyImport_ImportModule("abc");
    int rc;

    if (abc == NULL)
        return -1;
    rc = PyModule_AddObjectRef(m, "abc", abc);
    Py_DECREF(abc);
    return rc;
}

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, exec_ok},
    {0, NULL}
};

static struct PyModuleDef multi = {
    PyModuleDef_HEAD_INIT,
    .m_name = "multi",
    .m_slots = slots,
};

/* In multi-phase initialization the module belongs to the import machinery. */
static int
exec_borrowed_ok(PyObject *m)
{
    if (PyModule_AddIntConstant(m, "A", 1) < 0)
        return -1;
    return PyModule_AddIntConstant(m, "B", 2);
}

typedef struct {
    PyObject *cache;
} state;

static int
exec_state_ok(PyObject *m)
{
    state *st = PyModule_GetState(m);

    st->cache = PyDict_New();
    if (st->cache == NULL)
        return -1;
    if (PyModule_AddIntConstant(m, "A", 1) < 0)
        return -1;
    return 0;
}

PyMODINIT_FUNC
PyInit_label_ok(void)
{
    PyObject *m = NULL, *d = NULL;

    m = PyModule_Create(&def);
    if (m == NULL)
        goto error;
    d = PyDict_New();
    if (d == NULL)
        goto error;
    if (PyModule_AddObject(m, "d", d) < 0)
        goto error;
    return m;
error:
    Py_XDECREF(d);
    Py_XDECREF(m);
    return NULL;
}

PyMODINIT_FUNC
PyInit_fatal_ok(void)
{
    PyObject *m = PyModule_Create(&def);

    if (m == NULL)
        return NULL;
    if (PyModule_AddIntConstant(m, "A", 1) < 0)
        Py_FatalError("cannot initialize spam");
    return m;
}

static int
add_all(PyObject *m)
{
    return PyModule_AddIntConstant(m, "A", 1) < 0 || PyModule_AddIntConstant(m, "B", 2) < 0 ? -1 : 0;
}

PyMODINIT_FUNC
PyInit_helper_ok(void)
{
    PyObject *m = PyModule_Create(&def);

    if (m != NULL && add_all(m) < 0) {
        Py_DECREF(m);
        m = NULL;
    }
    return m;
}

/* The dictionary of the module is borrowed from it. */
PyMODINIT_FUNC
PyInit_dict_ok(void)
{
    PyObject *m = PyModule_Create(&def), *d, *v;

    if (m == NULL)
        return NULL;
    d = PyModule_GetDict(m);
    v = PyUnicode_FromString("1");
    if (v == NULL || PyDict_SetItemString(d, "v", v) < 0) {
        Py_XDECREF(v);
        Py_DECREF(m);
        return NULL;
    }
    Py_DECREF(v);
    return m;
}

static PyTypeObject Spam_Type = {PyVarObject_HEAD_INIT(NULL, 0).tp_name = "m.Spam", .tp_basicsize = sizeof(PyObject)};

int
ready_ok(PyObject *module)
{
    if (PyType_Ready(&Spam_Type) < 0)
        return -1;
    return PyModule_AddObjectRef(module, "Spam", (PyObject *)&Spam_Type);
}
