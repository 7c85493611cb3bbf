#include <Python.h>

/* The memory of an object that can be resized or closed: its address and size are read,
   an argument is converted, which may run Python code, and the old address is used. */

static PyObject *
find_byte_bad(PyObject *self, PyObject *args)
{
    PyObject *array, *arg;
    char *start;
    Py_ssize_t n, i, byte;

    if (!PyArg_ParseTuple(args, "O!O:find_byte", &PyByteArray_Type, &array, &arg))
        return NULL;
    start = PyByteArray_AS_STRING(array);
    n = PyByteArray_GET_SIZE(array);
    byte = PyNumber_AsSsize_t(arg, PyExc_OverflowError);
    if (byte == -1 && PyErr_Occurred())
        return NULL;
    for (i = 0; i < n; i++) {
        if ((unsigned char)start[i] == byte) // want "RC204"
            return PyLong_FromSsize_t(i);
    }
    return PyLong_FromLong(-1);
}

static PyObject *
find_byte_ok(PyObject *self, PyObject *args)
{
    PyObject *array, *arg;
    char *start;
    Py_ssize_t n, i, byte;

    if (!PyArg_ParseTuple(args, "O!O:find_byte", &PyByteArray_Type, &array, &arg))
        return NULL;
    byte = PyNumber_AsSsize_t(arg, PyExc_OverflowError);
    if (byte == -1 && PyErr_Occurred())
        return NULL;
    start = PyByteArray_AS_STRING(array);
    n = PyByteArray_GET_SIZE(array);
    for (i = 0; i < n; i++) {
        if ((unsigned char)start[i] == byte)
            return PyLong_FromSsize_t(i);
    }
    return PyLong_FromLong(-1);
}

/* The exported buffer locks the bytearray: resizing it raises BufferError. */
static PyObject *
find_locked_ok(PyObject *self, PyObject *args)
{
    PyObject *array, *arg;
    Py_buffer view;
    Py_ssize_t i, byte;

    if (!PyArg_ParseTuple(args, "OO:find_locked", &array, &arg))
        return NULL;
    if (PyObject_GetBuffer(array, &view, PyBUF_SIMPLE) < 0)
        return NULL;
    byte = PyNumber_AsSsize_t(arg, PyExc_OverflowError);
    if (byte == -1 && PyErr_Occurred()) {
        PyBuffer_Release(&view);
        return NULL;
    }
    for (i = 0; i < view.len; i++) {
        if (((unsigned char *)view.buf)[i] == byte)
            break;
    }
    i = i < view.len ? i : -1;
    PyBuffer_Release(&view);
    return PyLong_FromSsize_t(i);
}

/* The index was checked against the size that was. */
static PyObject *
set_byte_bad(PyObject *self, PyObject *args)
{
    PyObject *array, *arg;
    Py_ssize_t index, value;
    char *start;

    if (!PyArg_ParseTuple(args, "O!nO:set_byte", &PyByteArray_Type, &array, &index, &arg))
        return NULL;
    start = PyByteArray_AsString(array);
    if (index < 0 || index >= PyByteArray_Size(array)) {
        PyErr_SetString(PyExc_IndexError, "no such byte");
        return NULL;
    }
    value = PyLong_AsLong(arg);
    if (value == -1 && PyErr_Occurred())
        return NULL;
    start[index] = (char)value; // want "RC204"
    Py_RETURN_NONE;
}

static PyObject *
set_byte_ok(PyObject *self, PyObject *args)
{
    PyObject *array, *arg;
    Py_ssize_t index, value;

    if (!PyArg_ParseTuple(args, "O!nO:set_byte", &PyByteArray_Type, &array, &index, &arg))
        return NULL;
    value = PyLong_AsLong(arg);
    if (value == -1 && PyErr_Occurred())
        return NULL;
    if (index < 0 || index >= PyByteArray_Size(array)) {
        PyErr_SetString(PyExc_IndexError, "no such byte");
        return NULL;
    }
    PyByteArray_AsString(array)[index] = (char)value;
    Py_RETURN_NONE;
}

/* The format is a bytearray's, and %R of an argument comes before the rest of it. */
static PyObject *
prefix_bad(PyObject *self, PyObject *args)
{
    PyObject *array, *arg, *text, *result;
    char *prefix;

    if (!PyArg_ParseTuple(args, "O!O:prefix", &PyByteArray_Type, &array, &arg))
        return NULL;
    prefix = PyByteArray_AS_STRING(array);
    text = PyObject_Repr(arg);
    if (text == NULL)
        return NULL;
    result = PyUnicode_FromFormat("%s%U", prefix, text); // want "RC204"
    Py_DECREF(text);
    return result;
}

static PyObject *
prefix_ok(PyObject *self, PyObject *args)
{
    PyObject *array, *arg, *text, *result;

    if (!PyArg_ParseTuple(args, "O!O:prefix", &PyByteArray_Type, &array, &arg))
        return NULL;
    text = PyObject_Repr(arg);
    if (text == NULL)
        return NULL;
    result = PyUnicode_FromFormat("%s%U", PyByteArray_AS_STRING(array), text);
    Py_DECREF(text);
    return result;
}

/* The separator is copied between the parts, which come from an iterator. */
static PyObject *
join_bad(PyObject *self, PyObject *args)
{
    PyObject *array, *parts, *iterator, *part, *out, *piece;
    char *sep;
    Py_ssize_t length;

    if (!PyArg_ParseTuple(args, "O!O:join", &PyByteArray_Type, &array, &parts))
        return NULL;
    sep = PyByteArray_AS_STRING(array);
    length = PyByteArray_GET_SIZE(array);
    iterator = PyObject_GetIter(parts);
    if (iterator == NULL)
        return NULL;
    out = PyByteArray_FromStringAndSize(NULL, 0);
    while (out != NULL && (part = PyIter_Next(iterator)) != NULL) {
        Py_SETREF(out, PyByteArray_Concat(out, part));
        Py_DECREF(part);
        piece = PyBytes_FromStringAndSize(sep, length); // want "RC204"
        if (piece != NULL && out != NULL)
            Py_SETREF(out, PyByteArray_Concat(out, piece));
        Py_XDECREF(piece);
    }
    Py_DECREF(iterator);
    if (PyErr_Occurred())
        Py_CLEAR(out);
    return out;
}

static PyObject *
join_ok(PyObject *self, PyObject *args)
{
    PyObject *array, *parts, *iterator, *part, *out, *sep;

    if (!PyArg_ParseTuple(args, "O!O:join", &PyByteArray_Type, &array, &parts))
        return NULL;
    sep = PyBytes_FromStringAndSize(PyByteArray_AS_STRING(array), PyByteArray_GET_SIZE(array));
    if (sep == NULL)
        return NULL;
    iterator = PyObject_GetIter(parts);
    if (iterator == NULL) {
        Py_DECREF(sep);
        return NULL;
    }
    out = PyByteArray_FromStringAndSize(NULL, 0);
    while (out != NULL && (part = PyIter_Next(iterator)) != NULL) {
        Py_SETREF(out, PyByteArray_Concat(out, part));
        Py_DECREF(part);
        if (out != NULL)
            Py_SETREF(out, PyByteArray_Concat(out, sep));
    }
    Py_DECREF(iterator);
    Py_DECREF(sep);
    if (PyErr_Occurred())
        Py_CLEAR(out);
    return out;
}

/* The function itself resizes it. */
static PyObject *
append_copy_bad(PyObject *self, PyObject *array)
{
    char *start;
    Py_ssize_t n;

    if (!PyByteArray_Check(array))
        Py_RETURN_NONE;
    start = PyByteArray_AS_STRING(array);
    n = PyByteArray_GET_SIZE(array);
    if (PyByteArray_Resize(array, 2 * n) < 0)
        return NULL;
    memcpy(PyByteArray_AS_STRING(array) + n, start, (size_t)n); // want "RC204"
    Py_RETURN_NONE;
}

static PyObject *
append_copy_ok(PyObject *self, PyObject *array)
{
    char *start;
    Py_ssize_t n;

    if (!PyByteArray_Check(array))
        Py_RETURN_NONE;
    n = PyByteArray_GET_SIZE(array);
    if (PyByteArray_Resize(array, 2 * n) < 0)
        return NULL;
    start = PyByteArray_AS_STRING(array);
    memcpy(start + n, start, (size_t)n);
    Py_RETURN_NONE;
}

/* Bytes do not change. */
static PyObject *
find_in_bytes_ok(PyObject *self, PyObject *args)
{
    PyObject *bytes, *arg;
    char *start;
    Py_ssize_t n, i, byte;

    if (!PyArg_ParseTuple(args, "SO:find_in_bytes", &bytes, &arg))
        return NULL;
    start = PyBytes_AS_STRING(bytes);
    n = PyBytes_GET_SIZE(bytes);
    byte = PyNumber_AsSsize_t(arg, PyExc_OverflowError);
    if (byte == -1 && PyErr_Occurred())
        return NULL;
    for (i = 0; i < n; i++) {
        if ((unsigned char)start[i] == byte)
            return PyLong_FromSsize_t(i);
    }
    return PyLong_FromLong(-1);
}

static PyMethodDef resize_methods[] = {
    {"find_byte_bad", find_byte_bad, METH_VARARGS, NULL},
    {"find_byte_ok", find_byte_ok, METH_VARARGS, NULL},
    {"find_locked_ok", find_locked_ok, METH_VARARGS, NULL},
    {"set_byte_bad", set_byte_bad, METH_VARARGS, NULL},
    {"set_byte_ok", set_byte_ok, METH_VARARGS, NULL},
    {"prefix_bad", prefix_bad, METH_VARARGS, NULL},
    {"prefix_ok", prefix_ok, METH_VARARGS, NULL},
    {"join_bad", join_bad, METH_VARARGS, NULL},
    {"join_ok", join_ok, METH_VARARGS, NULL},
    {"append_copy_bad", append_copy_bad, METH_O, NULL},
    {"append_copy_ok", append_copy_ok, METH_O, NULL},
    {"find_in_bytes_ok", find_in_bytes_ok, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL}
};

static struct PyModuleDef resize_module = {
    PyModuleDef_HEAD_INIT, .m_name = "resize", .m_size = 0, .m_methods = resize_methods,
};

PyMODINIT_FUNC
PyInit_resize(void)
{
    return PyModuleDef_Init(&resize_module);
}
