#include <Python.h>

/* The number is read from the object, and the object forgotten. */
static long
default_size_bad(PyObject *factory)
{
    PyObject *size;

    size = PyObject_CallNoArgs(factory); // note "acquire: PyObject_CallNoArgs"
    if (size == NULL)
        return -1;
    return PyLong_AsLong(size); // want "RC101: 'size' \\(new reference from PyObject_CallNoArgs, line 9\\) is not released"
}

/* A second reference for a caller who expects one. */
static PyObject *
make_row_bad(Py_ssize_t n)
{
    PyObject *row = PyList_New(n);

    if (row == NULL)
        return NULL;
    Py_INCREF(row);
    return row; // want "RC101"
}

static PyObject *
import_sep_bad(PyObject *self, PyObject *noargs)
{
    PyObject *os, *sep;

    os = PyImport_ImportModule("os");
    if (os == NULL)
        return NULL;
    sep = PyObject_GetAttrString(os, "sep");
    return sep; // want "RC101: 'os'"
}

static PyObject *
swallow_error_bad(PyObject *self, PyObject *callable)
{
    PyObject *type, *value, *tb, *res;

    res = PyObject_CallNoArgs(callable);
    if (res != NULL)
        return res;
    PyErr_Fetch(&type, &value, &tb);
    Py_XDECREF(type);
    Py_XDECREF(tb);
    Py_RETURN_NONE; // want "RC101: 'value'"
}

/* The result is None most of the time, and a new reference all the time. */
static int
flush_bad(PyObject *file)
{
    PyObject_CallMethod(file, "flush", NULL); // want "RC101: the new reference returned by PyObject_CallMethod is dropped"
    if (PyErr_Occurred())
        return -1;
    return 0;
}

static PyObject *
frozen_bad(PyObject *self, PyObject *noargs)
{
    PyObject *temp, *one;

    temp = PyList_New(0);
    if (temp == NULL)
        return NULL;
    one = PyLong_FromLong(1);
    if (one == NULL || PyList_Append(temp, one) < 0) {
        Py_XDECREF(one);
        Py_DECREF(temp);
        return NULL;
    }
    Py_DECREF(one);
    return PyList_AsTuple(temp); // want "RC101: 'temp'"
}

/* "O" adds a reference of its own. */
static PyObject *
reduce_bad(PyObject *self, PyObject *noargs)
{
    PyObject *state;

    state = PyBytes_FromStringAndSize("abc", 3);
    if (state == NULL)
        return NULL;
    return Py_BuildValue("O(O)", (PyObject *)Py_TYPE(self), state); // want "RC101: 'state'"
}

typedef struct {
    PyObject_HEAD
    PyObject *data;
} Box;

static PyTypeObject Box_Type;

static PyObject *
Box_wrap(PyObject *data)
{
    Box *box = PyObject_New(Box, &Box_Type);

    if (box == NULL)
        return NULL;
    Py_INCREF(data);
    box->data = data;
    return (PyObject *)box;
}

/* The helper takes a reference of its own. */
static PyObject *
copy_into_box_bad(PyObject *self, PyObject *text)
{
    PyObject *data = PyUnicode_AsUTF8String(text);

    if (data == NULL)
        return NULL;
    return Box_wrap(data); // want "RC101: 'data'"
}

static PyObject *
count_items_bad(PyObject *self, PyObject *arg)
{
    PyObject *it, *item;
    Py_ssize_t n = 0;

    it = PyObject_GetIter(arg);
    if (it == NULL)
        return NULL;
    while ((item = PyIter_Next(it)) != NULL) {
        n++;
        Py_DECREF(item);
    }
    if (PyErr_Occurred()) {
        Py_DECREF(it);
        return NULL;
    }
    return PyLong_FromSsize_t(n); // want "RC101: 'it'"
}

static int
get_name(PyObject *obj, PyObject **out)
{
    *out = PyObject_GetAttrString(obj, "name");
    return *out == NULL ? -1 : 0;
}

static Py_ssize_t
name_length_bad(PyObject *obj)
{
    PyObject *name;

    if (get_name(obj, &name) < 0)
        return -1;
    return PyUnicode_GetLength(name); // want "RC101: 'name'"
}

static PyObject *
FN_open_path_bad(PyObject *self, PyObject *args)
{
    PyObject *path;
    int fd;

    if (!PyArg_ParseTuple(args, "O&i", PyUnicode_FSConverter, &path, &fd))
        return NULL;
    return PyLong_FromLong(fd + PyBytes_AS_STRING(path)[0]);
}

static int
kind_of_bad(PyObject *obj, int mode)
{
    PyObject *probe = PyObject_Repr(obj);
    int kind;

    if (probe == NULL)
        return -1;
    switch (mode) {
    case 0:
        kind = PyUnicode_Check(probe);
        Py_DECREF(probe);
        break;
    case 1:
        kind = 7;
        break;
    default:
        Py_DECREF(probe);
        kind = 9;
    }
    return kind; // want "RC101: 'probe'"
}

/* The message names the call that made this function an owner, not the borrow. */
static PyObject *
taken_twice_bad(PyObject *self, PyObject *list)
{
    PyObject *item = PyList_GetItem(list, 0); // note "borrow:"

    if (item == NULL)
        return NULL;
    Py_INCREF(item); // note "incref:"
    Py_INCREF(item);
    Py_DECREF(item);
    return PyLong_FromLong(1); // want "RC101: 'item' .reference taken by Py_INCREF, line 202. is not released"
}
