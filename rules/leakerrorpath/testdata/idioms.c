#include <Python.h>

/* A status that is 0 or -1. */
static PyObject *
status_ok(PyObject *var)
{
    PyObject *v;

    if (PyContextVar_Get(var, NULL, &v))
        return NULL;
    if (v == NULL)
        Py_RETURN_NONE;
    return v;
}

/* Where there is no exception, its type, value and traceback are all NULL. */
static void
raise_from_ok(PyObject *type, const char *text)
{
    PyObject *cause, *value, *tb, *new_type, *new_value, *new_tb, *msg;

    PyErr_Fetch(&cause, &value, &tb);
    PyErr_NormalizeException(&cause, &value, &tb);
    msg = PyUnicode_FromString(text);
    if (msg == NULL) {
        if (cause != NULL)
            PyErr_Restore(cause, value, tb);
        return;
    }
    PyErr_SetObject(type, msg);
    Py_DECREF(msg);
    if (value != NULL) {
        PyErr_Fetch(&new_type, &new_value, &new_tb);
        PyErr_NormalizeException(&new_type, &new_value, &new_tb);
        PyException_SetCause(new_value, Py_NewRef(value));
        PyException_SetContext(new_value, value);
        Py_XDECREF(cause);
        Py_XDECREF(tb);
        PyErr_Restore(new_type, new_value, new_tb);
    }
}

static void
raise_from_bad(PyObject *type, const char *text)
{
    PyObject *cause, *value, *tb, *msg;

    PyErr_Fetch(&cause, &value, &tb);
    PyErr_NormalizeException(&cause, &value, &tb);
    msg = PyUnicode_FromString(text);
    if (msg == NULL)
        return;                           // want "RC102: 'cause'"
    PyErr_SetObject(type, msg);
    Py_DECREF(msg);
    Py_XDECREF(cause);
    Py_XDECREF(value);
    Py_XDECREF(tb);
}
