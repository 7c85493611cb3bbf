#include <Python.h>

static PyObject *
held_ok(PyObject *self, PyObject *list)
{
    PyObject *item = PyList_GetItem(list, 0), *text;

    if (item == NULL)
        return NULL;
    Py_INCREF(item);
    Py_BEGIN_ALLOW_THREADS
    sleep(1);
    Py_END_ALLOW_THREADS
    text = PyObject_Str(item);
    Py_DECREF(item);
    return text;
}

/* The interpreter holds the arguments, and a tuple its items. */
static PyObject *
arguments_ok(PyObject *self, PyObject *args)
{
    PyObject *item = PyTuple_GetItem(args, 0);

    if (item == NULL)
        return NULL;
    Py_BEGIN_ALLOW_THREADS
    sleep(1);
    Py_END_ALLOW_THREADS
    return PyObject_Str(item);
}

/* Looked up again. */
static PyObject *
again_ok(PyObject *self, PyObject *list)
{
    PyObject *item = PyList_GetItem(list, 0);

    if (item == NULL || item == Py_None)
        return NULL;
    Py_BEGIN_ALLOW_THREADS
    sleep(1);
    Py_END_ALLOW_THREADS
    item = PyList_GetItem(list, 0);
    if (item == NULL)
        return NULL;
    Py_INCREF(item);
    return item;
}

static PyMethodDef methods[] = {
    {"held_ok", held_ok, METH_O, NULL},
    {"arguments_ok", arguments_ok, METH_VARARGS, NULL},
    {"again_ok", again_ok, METH_O, NULL},
    {NULL, NULL, 0, NULL}
};
