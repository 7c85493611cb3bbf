#include <Python.h>

static struct PyModuleDef def = {PyModuleDef_HEAD_INIT, "spam", NULL, -1, NULL};
static PyTypeObject Spam_Type;

PyMODINIT_FUNC
PyInit_constant_bad(void)
{
    PyObject *m = PyModule_Create(&def); // note "acquire: PyModule_Create"

    if (m == NULL)
        return NULL;
    if (PyModule_AddIntConstant(m, "LIMIT", 10) < 0)
        return NULL; // want "RC701: 'm' \\(new reference from PyModule_Create, line 9\\) is not released when PyModule_AddIntConstant fails"
    return m;
}

PyMODINIT_FUNC
PyInit_type_bad(void)
{
    PyObject *m = PyModule_Create(&def);

    if (m == NULL)
        return NULL;
    if (PyType_Ready(&Spam_Type) < 0)
        return NULL; // want "RC701: 'm' .* when PyType_Ready fails"
    return m;
}

PyMODINIT_FUNC
PyInit_value_bad(void)
{
    PyObject *m, *version;

    m = PyModule_Create(&def);
    if (m == NULL)
        return NULL;
    version = PyUnicode_FromString("1.0");
    if (version == NULL)
        return NULL; // want "RC701: 'm'"
    if (PyModule_AddObject(m, "version", version) < 0) {
        Py_DECREF(version);
        Py_DECREF(m);
        return NULL;
    }
    return m;
}

/* The value is released, the module is not. */
PyMODINIT_FUNC
PyInit_add_bad(void)
{
    PyObject *m, *version;

    version = PyUnicode_FromString("1.0");
    if (version == NULL)
        return NULL;
    m = PyModule_Create(&def);
    if (m == NULL) {
        Py_DECREF(version);
        return NULL;
    }
    if (PyModule_AddObject(m, "version", version) < 0) {
        Py_DECREF(version);
        return NULL; // want "RC701: 'm' .* when PyModule_AddObject fails"
    }
    return m;
}

PyMODINIT_FUNC
PyInit_before_bad(void)
{
    PyObject *registry, *m;

    registry = PyDict_New();
    if (registry == NULL)
        return NULL;
    m = PyModule_Create(&def);
    if (m == NULL)
        return NULL; // want "RC701: 'registry' .* when PyModule_Create fails"
    if (PyModule_AddObjectRef(m, "registry", registry) < 0)
        Py_CLEAR(m);
    Py_DECREF(registry);
    return m;
}

static int
exec_import_bad(PyObject *m)
{
    PyObject *abc = PyImport_ImportModule("abc");

    if (abc == NULL)
        return -1;
    if (PyModule_AddIntConstant(m, "A", 1) < 0)
        return -1; // want "RC701: 'abc'"
    Py_DECREF(abc);
    return 0;
}

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, exec_import_bad},
    {0, NULL}
};

static struct PyModuleDef multi = {
    PyModuleDef_HEAD_INIT,
    .m_name = "multi",
    .m_slots = slots,
};

PyMODINIT_FUNC
PyInit_label_bad(void)
{
    PyObject *m = NULL, *d = NULL;

    m = PyModule_Create(&def);
    if (m == NULL)
        goto error;
    d = PyDict_New();
    if (d == NULL)
        goto error;
    if (PyModule_AddObjectRef(m, "d", d) < 0)
        goto error;
    Py_DECREF(d);
    return m;
error:
    Py_XDECREF(d);
    return NULL; // want "RC701: 'm'"
}

PyMODINIT_FUNC
PyInit_import_bad(void)
{
    PyObject *m, *dep;

    dep = PyImport_ImportModule("datetime");
    if (dep == NULL)
        return NULL;
    Py_DECREF(dep);
    m = PyModule_Create(&def);
    if (m == NULL)
        return NULL;
    if (PyModule_AddStringConstant(m, "__version__", "1.0") != 0)
        return NULL; // want "RC701: 'm'"
    return m;
}

static PyTypeObject Spam_Type = {PyVarObject_HEAD_INIT(NULL, 0).tp_name = "m.Spam", .tp_basicsize = sizeof(PyObject)};

int
unready_bad(PyObject *module)
{
    PyType_Ready(&Spam_Type); // want "RC701: the result of PyType_Ready.&Spam_Type. is ignored"
    return PyModule_AddObjectRef(module, "Spam", (PyObject *)&Spam_Type);
}
