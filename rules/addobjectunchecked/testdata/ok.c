#include <Python.h>

static struct PyModuleDef def = {PyModuleDef_HEAD_INIT, "spam", NULL, -1, NULL};
static PyTypeObject Spam_Type;

PyMODINIT_FUNC
PyInit_checked_ok(void)
{
    PyObject *m, *version;

    m = PyModule_Create(&def);
    if (m == NULL)
        return NULL;
    version = PyUnicode_FromString("1.0");
    if (version == NULL || PyModule_AddObject(m, "version", version) < 0) {
        Py_XDECREF(version);
        Py_DECREF(m);
        return NULL;
    }
    return m;
}

static int
add_ref_ok(PyObject *m)
{
    PyObject *d = PyDict_New();
    int rc;

    if (d == NULL)
        return -1;
    rc = PyModule_AddObjectRef(m, "registry", d);
    Py_DECREF(d);
    return rc;
}

static int
add_ok(PyObject *m)
{
    return PyModule_Add(m, "limit", PyLong_FromLong(10));
}

static int
add_type_ok(PyObject *m)
{
    Py_INCREF(&Spam_Type);
    if (PyModule_AddObject(m, "Spam", (PyObject *)&Spam_Type) < 0) {
        Py_DECREF(&Spam_Type);
        return -1;
    }
    return 0;
}

static int
add_type_3_9_ok(PyObject *m)
{
    return PyModule_AddType(m, &Spam_Type);
}

static int
constants_ok(PyObject *m)
{
    if (PyModule_AddIntConstant(m, "A", 1) < 0)
        return -1;
    if (PyModule_AddStringConstant(m, "B", "b") < 0)
        return -1;
    return 0;
}

static int
label_ok(PyObject *m)
{
    PyObject *names = PyList_New(0);

    if (names == NULL)
        goto error;
    if (PyModule_AddObject(m, "names", names) < 0)
        goto error;
    return 0;
error:
    Py_XDECREF(names);
    return -1;
}

static PyObject *spam_error;

static int
static_error_ok(PyObject *m)
{
    spam_error = PyErr_NewException("spam.error", NULL, NULL);
    if (spam_error == NULL)
        return -1;
    Py_INCREF(spam_error);
    if (PyModule_AddObject(m, "error", spam_error) < 0) {
        Py_DECREF(spam_error);
        Py_CLEAR(spam_error);
        return -1;
    }
    return 0;
}

/* A helper with simpler rules than the API. */
static int
add_or_release(PyObject *m, const char *name, PyObject *value)
{
    if (value == NULL)
        return -1;
    if (PyModule_AddObject(m, name, value) < 0) {
        Py_DECREF(value);
        return -1;
    }
    return 0;
}

static int
helper_ok(PyObject *m)
{
    if (add_or_release(m, "a", PyLong_FromLong(1)) < 0)
        return -1;
    return add_or_release(m, "b", PyList_New(0));
}

static int
other_result_ok(PyObject *m, PyObject *value)
{
    PyObject_SetAttrString(m, "x", value);
    return PyErr_Occurred() ? -1 : 0;
}

static int
status_ok(PyObject *m)
{
    PyObject *v = PyFloat_FromDouble(1.5);
    int rc;

    if (v == NULL)
        return -1;
    rc = PyModule_AddObject(m, "v", v);
    if (rc < 0)
        Py_DECREF(v);
    return rc;
}

static PyObject *spam_cache;

/* The variable still has the object when the call fails. */
static int
slot_ok(PyObject *m)
{
    PyModule_AddObject(m, "cache", spam_cache);
    return 0;
}

static int
nothing_ok(PyObject *m)
{
    PyModule_AddObject(m, "nothing", NULL);
    return PyErr_Occurred() ? -1 : 0;
}

/* The variable keeps the only reference when the call fails. */
static int
kept_ok(PyObject *m)
{
    spam_cache = PyDict_New();
    if (spam_cache == NULL)
        return -1;
    PyModule_AddObject(m, "cache", spam_cache);
    return 0;
}
