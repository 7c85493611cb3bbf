#include <Python.h>

typedef enum {
    GIVE,
    KEEP,
} Mode;

/* Every constant has a case: none is left out. */
static PyObject *
all_cases_ok(PyObject *list, Mode mode)
{
    PyObject *x = PyLong_FromLong(3000);

    if (x == NULL)
        return NULL;
    switch (mode) {
    case GIVE:
        return x;
    case KEEP:
        PyList_Append(list, x);
        Py_DECREF(x);
        break;
    }
    Py_RETURN_NONE;
}

static PyObject *
one_case_bad(PyObject *list, Mode mode)
{
    PyObject *x = PyLong_FromLong(3000);

    if (x == NULL)
        return NULL;
    switch (mode) {
    case GIVE:
        return x;
    }
    Py_RETURN_NONE; // want "RC101: 'x'"
}

/* A number that is compared with the constants can be another. */
static PyObject *
number_bad(PyObject *list, int mode)
{
    PyObject *x = PyLong_FromLong(3000);

    if (x == NULL)
        return NULL;
    switch (mode) {
    case GIVE:
        return x;
    case KEEP:
        Py_DECREF(x);
        break;
    }
    Py_RETURN_NONE; // want "RC101: 'x'"
}
