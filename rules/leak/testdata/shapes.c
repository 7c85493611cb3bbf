#include <Python.h>

/* Made here when the caller gave none, and then nobody's. */
static Py_ssize_t
converter_size_bad(PyObject *conv)
{
    Py_ssize_t n;

    if (conv == NULL) {
        conv = PyDict_New();
        if (conv == NULL)
            return -1;
    }
    n = PyDict_Size(conv);
    return n; // want "RC101: 'conv'"
}

static int
all_strings_bad(PyObject *arg)
{
    PyObject *fast = PySequence_Fast(arg, "a sequence is needed");
    Py_ssize_t i;

    if (fast == NULL)
        return -1;
    for (i = 0; i < PySequence_Fast_GET_SIZE(fast); i++) {
        if (!PyUnicode_Check(PySequence_Fast_GET_ITEM(fast, i)))
            break;
    }
    return 0; // want "RC101: 'fast'"
}

/* Only whether it worked is of interest. */
static int
write_bad(PyObject *write, PyObject *data)
{
    if (PyObject_CallFunctionObjArgs(write, data, NULL) == NULL) // want "RC101: PyObject_CallFunctionObjArgs"
        return -1;
    return 0;
}

/* Without an item there is no reference. */
static int
missing_ok(PyObject *dict, PyObject *key)
{
    PyObject *value;
    int rc;

    rc = PyDict_GetItemRef(dict, key, &value);
    if (rc <= 0)
        return rc;
    rc = PyObject_IsTrue(value);
    Py_DECREF(value);
    return rc;
}

static PyObject *
as_text_bad(PyObject *self, PyObject *args)
{
    PyObject *mode, *res;

    mode = PyUnicode_FromString("RGB");
    if (mode == NULL)
        return NULL;
    res = Py_BuildValue("Sii", mode, 3, 4);
    return res; // want "RC101: 'mode'"
}

static int
find_bad(PyObject *dict, PyObject *key)
{
    PyObject *value;
    int rc;

    rc = PyDict_GetItemRef(dict, key, &value);
    if (value == NULL)
        return rc;
    return PyObject_IsTrue(value); // want "RC101: 'value'"
}

/* The caller never sees the new object. */
static void
encode_bad(PyObject *text, PyObject *out)
{
    out = PyUnicode_AsUTF8String(text);
    if (out == NULL)
        PyErr_Clear();
    return; // want "RC101: 'out'"
}

static PyObject *
FN_scalar_bad(PyObject *self, PyObject *arg)
{
    PyObject *type = (PyObject *)Py_TYPE(arg);

    Py_INCREF(type);
    if (PyLong_Check(arg)) {
        Py_INCREF(type);
        return type;
    }
    return type;
}

/* The comparison's result is an object too. */
static int
remainder_bad(PyObject *num, PyObject *by)
{
    PyObject *rest = PyNumber_Remainder(num, by);

    if (rest == NULL)
        return -1;
    return PyLong_AsLong(rest) == 0; // want "RC101: 'rest'"
}

static PyObject *
slots_values_bad(PyObject *self, PyObject *noargs)
{
    PyObject *values = PyList_New(0), *res;

    if (values == NULL)
        return NULL;
    res = PyTuple_Pack(2, (PyObject *)Py_TYPE(self), values);
    return res; // want "RC101: 'values'"
}

static int
row_bad(PyObject *list, const char *name)
{
    PyObject *row = Py_BuildValue("(sO)", name, Py_None);

    if (row == NULL)
        return -1;
    if (PyList_Append(list, row) == 0)
        return 0; // want "RC101: 'row'"
    Py_DECREF(row);
    return -1;
}

/* Returns its argument, or something else instead of it. */
static PyObject *
quoted_bad(PyObject *text, PyObject *limit)
{
    int big = PyObject_RichCompareBool(text, limit, Py_GE);

    if (big < 0) {
        Py_DECREF(text);
        return NULL;
    }
    if (!big)
        return text;
    return PyUnicode_FromFormat("\"%U\"", text); // want "RC101: 'text' is not released before the function returns, although it is taken over at line"
}

/* An object's address is only a number. */
static PyObject *
mark_bad(PyObject *markers, PyObject *arg)
{
    PyObject *list = PySequence_List(arg), *ident;

    if (list == NULL)
        return NULL;
    ident = PyLong_FromVoidPtr(list);
    return ident; // want "RC101: 'list'"
}
