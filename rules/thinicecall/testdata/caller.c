#include <Python.h>

/* A function may use its arguments to its end: whoever calls it holds them. The caller
   that passes a bare item of a list is the one at fault. */

/* Names the argument's type after asking the argument: all right by itself. */
static Py_ssize_t
size_ok(PyObject *obj)
{
    PyObject *number = PyObject_CallMethod(obj, "size", NULL);
    Py_ssize_t n;

    if (number == NULL)
        return -1;
    if (!PyLong_Check(number)) {
        Py_DECREF(number);
        PyErr_Format(PyExc_TypeError, "size() of %s is no int", Py_TYPE(obj)->tp_name);
        return -1;
    }
    n = PyLong_AsSsize_t(number);
    Py_DECREF(number);
    return n;
}

static PyObject *
first_size_bad(PyObject *self, PyObject *list)
{
    PyObject *first;
    Py_ssize_t n;

    if (!PyList_Check(list) || PyList_GET_SIZE(list) == 0)
        Py_RETURN_NONE;
    first = PyList_GET_ITEM(list, 0);
    n = size_ok(first); // want "RC303"
    if (n < 0)
        return NULL;
    return PyLong_FromSsize_t(n);
}

static PyObject *
first_size_ok(PyObject *self, PyObject *list)
{
    PyObject *first;
    Py_ssize_t n;

    if (!PyList_Check(list) || PyList_GET_SIZE(list) == 0)
        Py_RETURN_NONE;
    first = PyList_GET_ITEM(list, 0);
    Py_INCREF(first);
    n = size_ok(first);
    Py_DECREF(first);
    if (n < 0)
        return NULL;
    return PyLong_FromSsize_t(n);
}

/* An argument of the function itself is held by its caller. */
static PyObject *
size_of_ok(PyObject *self, PyObject *obj)
{
    Py_ssize_t n = size_ok(obj);

    if (n < 0)
        return NULL;
    return PyLong_FromSsize_t(n);
}

/* The API does the same: PyNumber_Float names the type if __float__ gives no float. */
static PyObject *
value_float_bad(PyObject *self, PyObject *dict)
{
    PyObject *value = PyDict_GetItemString(dict, "value");

    if (value == NULL)
        Py_RETURN_NONE;
    return PyNumber_Float(value); // want "RC303"
}

static PyObject *
value_float_ok(PyObject *self, PyObject *dict)
{
    PyObject *value = PyDict_GetItemString(dict, "value"), *number;

    if (value == NULL)
        Py_RETURN_NONE;
    Py_INCREF(value);
    number = PyNumber_Float(value);
    Py_DECREF(value);
    return number;
}

/* Two functions down. */
static PyObject *
label_of(PyObject *obj)
{
    PyObject *text = PyObject_Str(obj), *label;

    if (text == NULL)
        return NULL;
    label = PyUnicode_FromFormat("%s %U", Py_TYPE(obj)->tp_name, text);
    Py_DECREF(text);
    return label;
}

static PyObject *
decorated(PyObject *obj, const char *mark)
{
    PyObject *label = label_of(obj), *text;

    if (label == NULL)
        return NULL;
    text = PyUnicode_FromFormat("%s%U", mark, label);
    Py_DECREF(label);
    return text;
}

static PyObject *
last_label_bad(PyObject *self, PyObject *list)
{
    if (!PyList_Check(list) || PyList_GET_SIZE(list) == 0)
        Py_RETURN_NONE;
    return decorated(PyList_GET_ITEM(list, PyList_GET_SIZE(list) - 1), "*"); // want "RC303"
}

static PyObject *
last_label_ok(PyObject *self, PyObject *list)
{
    PyObject *last, *text;

    if (!PyList_Check(list) || PyList_GET_SIZE(list) == 0)
        Py_RETURN_NONE;
    last = PyList_GET_ITEM(list, PyList_GET_SIZE(list) - 1);
    Py_INCREF(last);
    text = decorated(last, "*");
    Py_DECREF(last);
    return text;
}

/* The tuple of arguments that is made for a call holds them. */
static PyObject *
called_ok(PyObject *self, PyObject *args)
{
    PyObject *function, *list, *tuple, *result;

    if (!PyArg_ParseTuple(args, "OO!:called", &function, &PyList_Type, &list))
        return NULL;
    if (PyList_GET_SIZE(list) == 0)
        Py_RETURN_NONE;
    tuple = PyTuple_Pack(1, PyList_GET_ITEM(list, 0));
    if (tuple == NULL)
        return NULL;
    result = PyObject_CallObject(function, tuple);
    Py_DECREF(tuple);
    return result;
}

static PyMethodDef caller_methods[] = {
    {"first_size_bad", first_size_bad, METH_O, NULL},
    {"first_size_ok", first_size_ok, METH_O, NULL},
    {"size_of_ok", size_of_ok, METH_O, NULL},
    {"value_float_bad", value_float_bad, METH_O, NULL},
    {"value_float_ok", value_float_ok, METH_O, NULL},
    {"last_label_bad", last_label_bad, METH_O, NULL},
    {"last_label_ok", last_label_ok, METH_O, NULL},
    {"called_ok", called_ok, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL}
};

static struct PyModuleDef caller_module = {
    PyModuleDef_HEAD_INIT, .m_name = "caller", .m_size = 0, .m_methods = caller_methods,
};

PyMODINIT_FUNC
PyInit_caller(void)
{
    return PyModuleDef_Init(&caller_module);
}
