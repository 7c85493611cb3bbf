// refcheck --target-python 3.13
#include <Python.h>

static PyObject *
size_bad(PyObject *self, PyObject *text)
{
    Py_ssize_t n = PyUnicode_GetSize(text);     // want "RC805: PyUnicode_GetSize was removed in Python 3.12"

    return n < 0 ? NULL : PyLong_FromSsize_t(n);
}

static PyObject *
macro_bad(PyObject *self, PyObject *text)
{
    const Py_UNICODE *u = PyUnicode_AS_UNICODE(text);   // want "RC805: PyUnicode_AS_UNICODE was removed in Python 3.12"

    return PyLong_FromLong(u[0]);
}

static PyObject *
call_bad(PyObject *self, PyObject *callable)
{
    PyObject *args = PyTuple_New(0);
    PyObject *result;

    if (args == NULL)
        return NULL;
    result = PyEval_CallObject(callable, args);     // want "RC805: PyEval_CallObject was removed in Python 3.13"
    Py_DECREF(args);
    return result;
}

/* One finding for all calls of one function. */
static PyObject *
twice_bad(PyObject *self, PyObject *args)
{
    Py_ssize_t n = PyUnicode_GetSize(self);     // want "RC805: PyUnicode_GetSize"

    if (n == 0)
        n = PyUnicode_GetSize(args);
    return n < 0 ? NULL : PyLong_FromSsize_t(n);
}

/* Still there in 3.13, but not much longer. */
static PyObject *
pending_bad(PyObject *self, PyObject *text)
{
    return PyUnicode_AsDecodedObject(text, "rot13", NULL);  // want "RC805: PyUnicode_AsDecodedObject is deprecated since Python 3.6 and gone in 3.15"
}

static PyObject *
private_bad(PyObject *self, PyObject *obj)
{
    PyObject *value;

    if (_PyObject_LookupAttr(obj, self, &value) < 0)    // want "RC805: _PyObject_LookupAttr was removed in Python 3.13"
        return NULL;
    if (value == NULL)
        Py_RETURN_NONE;
    return value;
}

static PyObject *
guarded_ok(PyObject *self, PyObject *text)
{
#if PY_VERSION_HEX < 0x030C0000
    Py_ssize_t n = PyUnicode_GetSize(text);
#else
    Py_ssize_t n = PyUnicode_GetLength(text);
#endif

    return n < 0 ? NULL : PyLong_FromSsize_t(n);
}

/* A contract that changed is no removal. */
static PyObject *
changed_ok(PyObject *self, PyObject *args)
{
    return (PyObject *)PyCode_NewEmpty("file", "name", 1);
}

#define PyUnicode_GET_SIZE(op) PyUnicode_GET_LENGTH(op)

static PyObject *
macro_of_its_own_ok(PyObject *self, PyObject *text)
{
    return PyLong_FromSsize_t(PyUnicode_GET_SIZE(text));
}

/* The project brings what it needs. */
static int
PyEval_ThreadsInitialized(void)
{
    return 1;
}

static PyObject *
own_function_ok(PyObject *self, PyObject *args)
{
    return PyLong_FromLong(PyEval_ThreadsInitialized());
}

/* Deprecated without a date: a note of low confidence. */
static PyObject *
deprecated_ok(PyObject *self, PyObject *args)
{
    PyObject *type, *value, *traceback;

    PyErr_Fetch(&type, &value, &traceback);
    PyErr_Restore(type, value, traceback);
    return PyErr_Occurred() ? NULL : Py_NewRef(Py_None);
}
