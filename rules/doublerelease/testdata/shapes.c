#include <Python.h>

/* The marker is dropped before the deletion, and once more if that fails. */
static int
encode_bad(PyObject *markers, PyObject *obj)
{
    PyObject *ident = PyLong_FromVoidPtr(obj);

    if (ident == NULL)
        return -1;
    if (PyDict_SetItem(markers, ident, obj) < 0) {
        Py_DECREF(ident);
        return -1;
    }
    if (PyDict_DelItem(markers, ident) < 0) {
        Py_XDECREF(ident);
        goto bail;
    }
    Py_DECREF(ident);
    return 0;
bail:
    Py_XDECREF(ident); // want "RC202: 'ident'"
    return -1;
}

static PyObject *
interface_bad(PyObject *obj)
{
    PyObject *attr, *shape = NULL;

    attr = PyObject_GetAttrString(obj, "interface");
    if (attr == NULL)
        return NULL;
    shape = PyObject_GetAttrString(attr, "shape");
    if (shape == NULL)
        goto fail;
    if (PyTuple_Check(shape)) {
        Py_DECREF(attr);
        if (PyTuple_GET_SIZE(shape) > 4)
            goto fail;
        return shape;
    }
fail:
    Py_XDECREF(shape);
    Py_DECREF(attr); // want "RC202: 'attr'"
    return NULL;
}
