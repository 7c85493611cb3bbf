#include <Python.h>

static struct PyModuleDef def = {PyModuleDef_HEAD_INIT, "spam", NULL, -1, NULL};

/* All such calls of a function are one finding. */
PyMODINIT_FUNC
PyInit_unchecked_bad(void)
{
    PyObject *m, *version, *author;

    m = PyModule_Create(&def);
    if (m == NULL)
        return NULL;
    version = PyUnicode_FromString("1.0");
    author = PyUnicode_FromString("me");
    if (version == NULL || author == NULL) {
        Py_XDECREF(version);
        Py_XDECREF(author);
        Py_DECREF(m);
        return NULL;
    }
    PyModule_AddObject(m, "version", version); // want "RC402: the result of PyModule_AddObject is ignored"
    PyModule_AddObject(m, "author", author);
    return m;
}

static int
add_error_bad(PyObject *m)
{
    PyObject *err = PyErr_NewException("spam.error", NULL, NULL);

    if (err == NULL)
        return -1;
    if (PyModule_AddObject(m, "error", err) < 0)
        return -1; // want "RC402: 'err' .* is not released when PyModule_AddObject fails"
    return 0;
}

static int
return_status_bad(PyObject *m)
{
    PyObject *dict = PyDict_New();

    if (dict == NULL)
        return -1;
    return PyModule_AddObject(m, "registry", dict); // want "RC402: 'dict'"
}

static int
inline_bad(PyObject *m)
{
    if (PyModule_AddObject(m, "limit", PyLong_FromLong(10)) < 0) // want "RC402"
        return -1;
    return 0;
}

static PyTypeObject Spam_Type;

static int
add_type_bad(PyObject *m)
{
    if (PyType_Ready(&Spam_Type) < 0)
        return -1;
    Py_INCREF(&Spam_Type);
    PyModule_AddObject(m, "Spam", (PyObject *)&Spam_Type); // want "RC402: the result of PyModule_AddObject is ignored"
    return 0;
}

static int
void_cast_bad(PyObject *m)
{
    PyObject *set = PySet_New(NULL);

    if (set == NULL)
        return -1;
    (void)PyModule_AddObject(m, "seen", set); // want "RC402: the result of PyModule_AddObject is ignored"
    return 0;
}

/* The label releases the module and forgets the value. */
static int
exec_bad(PyObject *m)
{
    PyObject *names = PyList_New(0);

    if (names == NULL)
        goto error;
    if (PyModule_AddObject(m, "names", names) != 0)
        goto error;
    return 0;
error:
    return -1; // want "RC402: 'names'"
}

static int
switch_bad(PyObject *m)
{
    PyObject *codec = PyImport_ImportModule("codecs");

    if (!codec)
        return -1;
    switch (PyModule_AddObject(m, "codecs", codec)) {
    case 0:
        return 0;
    default:
        return -1; // want "RC402: 'codec'"
    }
}

static PyObject *spam_error;

static int
static_and_module_bad(PyObject *m)
{
    spam_error = PyErr_NewException("spam.error", NULL, NULL);
    if (spam_error == NULL)
        return -1;
    Py_INCREF(spam_error);
    PyModule_AddObject(m, "error", spam_error); // want "RC402"
    return 0;
}

/* The label releases the variable's reference, not the one for the module. */
static int
static_cleared_bad(PyObject *m)
{
    spam_error = PyErr_NewException("spam.error", NULL, NULL);
    if (spam_error == NULL)
        goto error;
    Py_INCREF(spam_error);
    if (PyModule_AddObject(m, "error", spam_error) < 0)
        goto error;
    return 0;
error:
    Py_CLEAR(spam_error);
    return -1; // want "RC402: 'spam_error' .* is not released when PyModule_AddObject fails"
}
