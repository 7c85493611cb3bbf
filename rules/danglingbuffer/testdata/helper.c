#include <Python.h>

/* A pointer into memory that can move, given to a function that runs Python code before
   it looks at what is there. */

static PyObject *
byte_at(const char *data, Py_ssize_t size, PyObject *where)
{
    Py_ssize_t i = PyNumber_AsSsize_t(where, PyExc_IndexError);

    if (i == -1 && PyErr_Occurred())
        return NULL;
    if (i < 0 || i >= size) {
        PyErr_SetString(PyExc_IndexError, "no such byte");
        return NULL;
    }
    return PyLong_FromLong(data[i]);
}

static PyObject *
byte_bad(PyObject *self, PyObject *args)
{
    PyObject *array, *where;

    if (!PyArg_ParseTuple(args, "O!O:byte", &PyByteArray_Type, &array, &where))
        return NULL;
    return byte_at(PyByteArray_AS_STRING(array), PyByteArray_GET_SIZE(array), where); // want "RC204"
}

/* The helper walks along with a pointer of its own. */
static PyObject *
numbered(const char *format, Py_ssize_t size, PyObject *number)
{
    const char *at = format;
    PyObject *text = PyUnicode_FromString("");

    while (text != NULL && size-- > 0) {
        PyObject *more = *at == '#' ? PyUnicode_FromFormat("%U%S", text, number) : PyUnicode_FromFormat("%U%c", text, *at);

        Py_DECREF(text);
        text = more;
        at++;
    }
    return text;
}

static PyObject *
numbered_bad(PyObject *self, PyObject *args)
{
    PyObject *array, *number;

    if (!PyArg_ParseTuple(args, "O!O:numbered", &PyByteArray_Type, &array, &number))
        return NULL;
    return numbered(PyByteArray_AS_STRING(array), PyByteArray_GET_SIZE(array), number); // want "RC204"
}

static PyObject *
numbered_ok(PyObject *self, PyObject *args)
{
    Py_buffer view;
    PyObject *number, *text;

    if (!PyArg_ParseTuple(args, "y*O:numbered", &view, &number))
        return NULL;
    text = numbered(view.buf, view.len, number);
    PyBuffer_Release(&view);
    return text;
}

/* A pointer that is set to something else is not the argument any more. */
static PyObject *
padded(const char *data, PyObject *number)
{
    const char *at = data;
    PyObject *text;
    char first = *at;

    at = "-";
    text = PyObject_Str(number);
    if (text == NULL)
        return NULL;
    Py_DECREF(text);
    return PyUnicode_FromFormat("%c%c", first, *at);
}

static PyObject *
padded_ok(PyObject *self, PyObject *args)
{
    PyObject *array, *number;

    if (!PyArg_ParseTuple(args, "O!O:padded", &PyByteArray_Type, &array, &number))
        return NULL;
    return padded(PyByteArray_AS_STRING(array), number);
}

/* bytes stay where they are. */
static PyObject *
byte_of_bytes_ok(PyObject *self, PyObject *args)
{
    PyObject *bytes, *where;

    if (!PyArg_ParseTuple(args, "O!O:byte", &PyBytes_Type, &bytes, &where))
        return NULL;
    return byte_at(PyBytes_AS_STRING(bytes), PyBytes_GET_SIZE(bytes), where);
}

/* A buffer forbids resizing. */
static PyObject *
byte_ok(PyObject *self, PyObject *args)
{
    Py_buffer view;
    PyObject *where, *byte;

    if (!PyArg_ParseTuple(args, "y*O:byte", &view, &where))
        return NULL;
    byte = byte_at(view.buf, view.len, where);
    PyBuffer_Release(&view);
    return byte;
}

/* The helper looks first, and converts then. */
static PyObject *
initial_of(const char *data, PyObject *otherwise)
{
    if (data[0] != 0)
        return PyLong_FromLong(data[0]);
    return PyNumber_Long(otherwise);
}

static PyObject *
initial_ok(PyObject *self, PyObject *args)
{
    PyObject *array, *otherwise;

    if (!PyArg_ParseTuple(args, "O!O:first", &PyByteArray_Type, &array, &otherwise))
        return NULL;
    return initial_of(PyByteArray_AS_STRING(array), otherwise);
}

static PyMethodDef helper_methods[] = {
    {"byte_bad", byte_bad, METH_VARARGS, NULL},
    {"byte_of_bytes_ok", byte_of_bytes_ok, METH_VARARGS, NULL},
    {"numbered_bad", numbered_bad, METH_VARARGS, NULL},
    {"numbered_ok", numbered_ok, METH_VARARGS, NULL},
    {"padded_ok", padded_ok, METH_VARARGS, NULL},
    {"byte_ok", byte_ok, METH_VARARGS, NULL},
    {"initial_ok", initial_ok, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL}
};

static struct PyModuleDef helper_module = {
    PyModuleDef_HEAD_INIT, .m_name = "helper", .m_size = -1, .m_methods = helper_methods,
};

PyMODINIT_FUNC
PyInit_helper(void)
{
    return PyModule_Create(&helper_module);
}
