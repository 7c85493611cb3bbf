#include <Python.h>

static PyObject *
macro_bad(PyObject *self, PyObject *list)
{
    PyObject *item = PyList_GetItem(list, 0); // note "borrow: PyList_GetItem"

    if (item == NULL)
        return NULL;
    Py_BEGIN_ALLOW_THREADS // note "call: other threads"
    sleep(1);
    Py_END_ALLOW_THREADS
    return PyObject_Str(item); // want "RC304: 'item' .* other threads"
}

static PyObject *
function_bad(PyObject *self, PyObject *dict)
{
    PyObject *item = PyDict_GetItemString(dict, "x");
    PyThreadState *state;

    if (item == NULL)
        Py_RETURN_NONE;
    state = PyEval_SaveThread();
    sleep(1);
    PyEval_RestoreThread(state);
    Py_INCREF(item); // want "RC304"
    return item;
}

static PyMethodDef methods[] = {
    {"macro_bad", macro_bad, METH_O, NULL},
    {"function_bad", function_bad, METH_O, NULL},
    {NULL, NULL, 0, NULL}
};
