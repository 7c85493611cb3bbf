#include <Python.h>

/* None stands for nothing; what was made is not None, whoever else has it. */
static PyObject *
table_ok(PyObject *self, PyObject *names)
{
    PyObject *table = PyDict_New();
    Py_ssize_t i;

    if (table == NULL)
        return NULL;
    for (i = 0; i < PyList_GET_SIZE(names); i++) {
        PyObject *value = Py_None;

        if (i > 3)
            value = PyLong_FromSsize_t(i);
        if (value == NULL)
            break;
        PyDict_SetItem(table, PyList_GET_ITEM(names, i), value);
        if (value != Py_None)
            Py_DECREF(value);
    }
    return table;
}

static PyMethodDef methods[] = {
    {"table", table_ok, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};
