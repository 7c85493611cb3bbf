// refcheck --min-confidence low
#include <Python.h>
#include <stdlib.h>

/* C structures of which it is likely, but not shown, that Python code can have them
   freed. */

typedef struct watcher {
    struct watcher *next;
    PyObject *key;
    PyObject *callable;
} Watcher;

typedef struct {
    PyObject_HEAD
    Watcher *watchers;
} Bus;

static PyObject *
Bus_forget(Bus *self, PyObject *noargs)
{
    Watcher *watcher = self->watchers, *next;

    self->watchers = NULL;
    while (watcher != NULL) {
        next = watcher->next;
        Py_DECREF(watcher->key);
        Py_DECREF(watcher->callable);
        free(watcher);
        watcher = next;
    }
    Py_RETURN_NONE;
}

/* Most keys are strings, whose __hash__ and __eq__ nobody has written. */
static PyObject *
Bus_as_dict_bad(Bus *self, PyObject *noargs)
{
    PyObject *dict = PyDict_New();
    Watcher *watcher;

    if (dict == NULL)
        return NULL;
    for (watcher = self->watchers; watcher != NULL; watcher = watcher->next) { // want "RC204: 'watcher'"
        PyObject *key = watcher->key, *value = watcher->callable;
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

/* A library calls this with the structure that it was given. What is called may
   register another function, which frees the structure. */
int
progress_bad(void *context)
{
    PyGILState_STATE state = PyGILState_Ensure();
    PyObject *callable = ((Watcher *)context)->callable, *result;

    Py_INCREF(callable);
    result = PyObject_CallNoArgs(callable);
    Py_DECREF(callable);
    if (result == NULL)
        PyErr_WriteUnraisable(((Watcher *)context)->callable); // want "RC204: 'context'"
    Py_XDECREF(result);
    PyGILState_Release(state);
    return 0;
}

int
progress_ok(void *context)
{
    PyGILState_STATE state = PyGILState_Ensure();
    PyObject *callable = ((Watcher *)context)->callable, *result;

    Py_INCREF(callable);
    result = PyObject_CallNoArgs(callable);
    if (result == NULL)
        PyErr_WriteUnraisable(callable);
    Py_DECREF(callable);
    Py_XDECREF(result);
    PyGILState_Release(state);
    return 0;
}

static PyMethodDef Bus_methods[] = {
    {"forget", (PyCFunction)Bus_forget, METH_NOARGS, NULL},
    {"as_dict_bad", (PyCFunction)Bus_as_dict_bad, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL}
};

PyTypeObject Bus_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "low.Bus",
    .tp_basicsize = sizeof(Bus),
    .tp_methods = Bus_methods,
};
