#include <Python.h>

static PyObject *
error_bad(PyObject *self, PyObject *args)
{
    Py_buffer data;
    PyObject *result;

    if (!PyArg_ParseTuple(args, "y*", &data))  // note "acquire: "
        return NULL;
    result = PyList_New(data.len);
    if (result == NULL)
        return NULL;                      // want "RC105: the buffer 'data' .* is not released when PyList_New fails"
    PyBuffer_Release(&data);
    return result;
}

static PyObject *
view_bad(PyObject *self, PyObject *obj)
{
    Py_buffer view;

    if (PyObject_GetBuffer(obj, &view, PyBUF_SIMPLE) < 0)
        return NULL;
    if (view.len == 0)
        Py_RETURN_NONE;                   // want "RC105: the buffer 'view'"
    PyBuffer_Release(&view);
    Py_RETURN_TRUE;
}

static PyObject *
memory_bad(PyObject *self, PyObject *arg)
{
    Py_ssize_t n = PyObject_Size(arg);
    char *p;

    if (n < 0)
        return NULL;
    p = PyMem_Malloc(n + 1);
    if (p == NULL)
        return PyErr_NoMemory();
    memset(p, 'x', n);
    if (PyErr_CheckSignals() < 0)
        return NULL;                      // want "RC105: the memory 'p' \\(from PyMem_Malloc, line 39\\) is not freed when PyErr_CheckSignals fails"
    p[n] = 0;
    PyMem_Free(p);
    Py_RETURN_NONE;
}

static PyObject *
encoded_bad(PyObject *self, PyObject *args)
{
    char *name = NULL;

    if (!PyArg_ParseTuple(args, "es", "utf-8", &name))
        return NULL;
    return PyUnicode_FromString(name);    // want "RC105: the memory 'name'"
}

static PyObject *
wide_bad(PyObject *self, PyObject *arg)
{
    Py_ssize_t n;
    wchar_t *w = PyUnicode_AsWideCharString(arg, &n);

    if (w == NULL)
        return NULL;
    if (n > 255) {
        PyErr_SetString(PyExc_ValueError, "too long");
        return NULL;                      // want "RC105: the memory 'w'"
    }
    PyMem_Free(w);
    Py_RETURN_NONE;
}

/* The old memory is still there when realloc fails. */
static PyObject *
grown_bad(PyObject *self, PyObject *arg)
{
    char *p = PyMem_Malloc(10), *q;

    if (p == NULL)
        return PyErr_NoMemory();
    q = PyMem_Realloc(p, 20);
    if (q == NULL)
        return PyErr_NoMemory();          // want "RC105: the memory 'p'"
    PyMem_Free(q);
    Py_RETURN_NONE;
}

static size_t
length_of(const char *s)
{
    return strlen(s);
}

/* The helper only reads it. */
static PyObject *
helper_bad(PyObject *self, PyObject *arg)
{
    char *p = malloc(10);
    size_t n;

    if (p == NULL)
        return PyErr_NoMemory();
    p[0] = 0;
    n = length_of(p);
    return PyLong_FromSize_t(n);          // want "RC105: the memory 'p'"
}
