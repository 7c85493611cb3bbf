#include <Python.h>

/* The size is asked for again each time, but that does not keep the item at hand. */

/* A type is named after a conversion. */
static PyObject *
checked_bad(PyObject *self, PyObject *list)
{
    Py_ssize_t i, n;

    if (!PyList_Check(list))
        Py_RETURN_NONE;
    for (i = 0; i < PyList_GET_SIZE(list); i++) {
        PyObject *item = PyList_GET_ITEM(list, i);

        n = PyNumber_AsSsize_t(item, NULL);
        if (n == -1 && PyErr_Occurred())
            return NULL;
        if (n > 255) {
            PyErr_Format(PyExc_ValueError, "%s is no byte", Py_TYPE(item)->tp_name); // want "RC303"
            return NULL;
        }
    }
    Py_RETURN_NONE;
}

static PyObject *
checked_ok(PyObject *self, PyObject *list)
{
    Py_ssize_t i, n;

    if (!PyList_Check(list))
        Py_RETURN_NONE;
    for (i = 0; i < PyList_GET_SIZE(list); i++) {
        PyObject *item = PyList_GET_ITEM(list, i);

        Py_INCREF(item);
        n = PyNumber_AsSsize_t(item, NULL);
        if (n == -1 && PyErr_Occurred()) {
            Py_DECREF(item);
            return NULL;
        }
        if (n > 255) {
            PyErr_Format(PyExc_ValueError, "%s is no byte", Py_TYPE(item)->tp_name);
            Py_DECREF(item);
            return NULL;
        }
        Py_DECREF(item);
    }
    Py_RETURN_NONE;
}

/* A path and its value, from two lists that anybody may have. */
static PyObject *
environment_bad(PyObject *self, PyObject *args)
{
    PyObject *keys, *values, *result, *path;
    Py_ssize_t i;

    if (!PyArg_ParseTuple(args, "O!O!:environment", &PyList_Type, &keys, &PyList_Type, &values))
        return NULL;
    result = PyDict_New();
    if (result == NULL)
        return NULL;
    for (i = 0; i < PyList_GET_SIZE(keys) && i < PyList_GET_SIZE(values); i++) {
        PyObject *value = PyList_GetItem(values, i);

        if (value == NULL || !PyUnicode_FSConverter(PyList_GET_ITEM(keys, i), &path)) { // want "RC303"
            Py_DECREF(result);
            return NULL;
        }
        if (PyDict_SetItem(result, path, value) < 0) { // want "RC303"
            Py_DECREF(path);
            Py_DECREF(result);
            return NULL;
        }
        Py_DECREF(path);
    }
    return result;
}

static PyObject *
environment_ok(PyObject *self, PyObject *args)
{
    PyObject *keys, *values, *result, *key, *value, *path = NULL;
    Py_ssize_t i;
    int ok = 1;

    if (!PyArg_ParseTuple(args, "O!O!:environment", &PyList_Type, &keys, &PyList_Type, &values))
        return NULL;
    result = PyDict_New();
    if (result == NULL)
        return NULL;
    for (i = 0; ok && i < PyList_GET_SIZE(keys) && i < PyList_GET_SIZE(values); i++) {
        key = PyList_GET_ITEM(keys, i);
        value = PyList_GET_ITEM(values, i);
        Py_INCREF(key);
        Py_INCREF(value);
        ok = PyUnicode_FSConverter(key, &path);
        if (ok) {
            ok = PyDict_SetItem(result, path, value) == 0;
            Py_DECREF(path);
        }
        Py_DECREF(key);
        Py_DECREF(value);
    }
    if (!ok)
        Py_CLEAR(result);
    return result;
}

static PyMethodDef items_methods[] = {
    {"checked_bad", checked_bad, METH_O, NULL},
    {"checked_ok", checked_ok, METH_O, NULL},
    {"environment_bad", environment_bad, METH_VARARGS, NULL},
    {"environment_ok", environment_ok, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL}
};

static struct PyModuleDef items_module = {
    PyModuleDef_HEAD_INIT, .m_name = "items", .m_size = 0, .m_methods = items_methods,
};

PyMODINIT_FUNC
PyInit_items(void)
{
    return PyModuleDef_Init(&items_module);
}
