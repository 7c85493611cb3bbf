#define PY_SSIZE_T_CLEAN
#include <Python.h>

/* A list of one number. */
static PyObject *
spam_list(PyObject *self, PyObject *args)
{
    PyObject *list, *item;

    list = PyList_New(1);
    if (!list)
        return NULL;
    (void)self;
    (void)args;
    item = PyLong_FromLong(42);
    if (!item)
        return NULL;
    PyList_SET_ITEM(list, 0, item);
    return list;
}

static PyObject *
spam_tabs(Spam *self)
{
	PyObject *größe = self->größe; /* 宽 */ Py_DECREF(größe); /* a comment that makes this line very long indeed, longer than a terminal is wide */
	return größe;
}
