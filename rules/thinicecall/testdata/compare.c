#include <Python.h>

/* An item is handed to a comparison, to arithmetic or to a call, which uses it again
   (the reflected operation, the text of an error) after Python code had its turn.
   Nothing has to follow in the function itself. */

static PyObject *
contains_bad(PyObject *self, PyObject *args)
{
    PyObject *list, *value;
    Py_ssize_t i;
    int cmp = 0;

    if (!PyArg_ParseTuple(args, "O!O:contains", &PyList_Type, &list, &value))
        return NULL;
    for (i = 0; cmp == 0 && i < PyList_GET_SIZE(list); i++)
        cmp = PyObject_RichCompareBool(PyList_GET_ITEM(list, i), value, Py_EQ); // want "RC303"
    if (cmp < 0)
        return NULL;
    return PyBool_FromLong(cmp);
}

static PyObject *
contains_ok(PyObject *self, PyObject *args)
{
    PyObject *list, *value, *item;
    Py_ssize_t i;
    int cmp = 0;

    if (!PyArg_ParseTuple(args, "O!O:contains", &PyList_Type, &list, &value))
        return NULL;
    for (i = 0; cmp == 0 && i < PyList_GET_SIZE(list); i++) {
        item = PyList_GET_ITEM(list, i);
        Py_INCREF(item);
        cmp = PyObject_RichCompareBool(item, value, Py_EQ);
        Py_DECREF(item);
    }
    if (cmp < 0)
        return NULL;
    return PyBool_FromLong(cmp);
}

static PyObject *
count_bad(PyObject *self, PyObject *args)
{
    PyObject *list, *value;
    Py_ssize_t i, n = 0;

    if (!PyArg_ParseTuple(args, "O!O:count", &PyList_Type, &list, &value))
        return NULL;
    for (i = 0; i < PyList_GET_SIZE(list); i++) {
        PyObject *item = PyList_GET_ITEM(list, i);
        int cmp = PyObject_RichCompareBool(item, value, Py_EQ); // want "RC303"

        if (cmp < 0)
            return NULL;
        n += cmp;
    }
    return PyLong_FromSsize_t(n);
}

static PyObject *
count_ok(PyObject *self, PyObject *args)
{
    PyObject *list, *value;
    Py_ssize_t i, n = 0;

    if (!PyArg_ParseTuple(args, "O!O:count", &PyList_Type, &list, &value))
        return NULL;
    for (i = 0; i < PyList_GET_SIZE(list); i++) {
        PyObject *item = PyList_GET_ITEM(list, i);
        int cmp;

        Py_INCREF(item);
        cmp = PyObject_RichCompareBool(item, value, Py_EQ);
        Py_DECREF(item);
        if (cmp < 0)
            return NULL;
        n += cmp;
    }
    return PyLong_FromSsize_t(n);
}

/* Holding the items around the search of the first difference is not enough. */
static PyObject *
order_bad(PyObject *self, PyObject *args)
{
    PyObject *a, *b;
    Py_ssize_t i;

    if (!PyArg_ParseTuple(args, "O!O!:order", &PyList_Type, &a, &PyList_Type, &b))
        return NULL;
    for (i = 0; i < PyList_GET_SIZE(a) && i < PyList_GET_SIZE(b); i++) {
        PyObject *x = PyList_GET_ITEM(a, i), *y = PyList_GET_ITEM(b, i);

        if (x != y)
            return PyObject_RichCompare(x, y, Py_LT); // want "RC303" "RC303"
    }
    return PyBool_FromLong(PyList_GET_SIZE(a) < PyList_GET_SIZE(b));
}

static PyObject *
order_ok(PyObject *self, PyObject *args)
{
    PyObject *a, *b;
    Py_ssize_t i;

    if (!PyArg_ParseTuple(args, "O!O!:order", &PyList_Type, &a, &PyList_Type, &b))
        return NULL;
    for (i = 0; i < PyList_GET_SIZE(a) && i < PyList_GET_SIZE(b); i++) {
        PyObject *x = PyList_GET_ITEM(a, i), *y = PyList_GET_ITEM(b, i), *less;

        if (x == y)
            continue;
        Py_INCREF(x);
        Py_INCREF(y);
        less = PyObject_RichCompare(x, y, Py_LT);
        Py_DECREF(x);
        Py_DECREF(y);
        return less;
    }
    return PyBool_FromLong(PyList_GET_SIZE(a) < PyList_GET_SIZE(b));
}

/* The top of a heap is returned if it is the smaller one. */
static PyObject *
smaller_bad(PyObject *self, PyObject *args)
{
    PyObject *heap, *value, *top;
    int cmp;

    if (!PyArg_ParseTuple(args, "O!O:smaller", &PyList_Type, &heap, &value))
        return NULL;
    top = PyList_GetItem(heap, 0);
    if (top == NULL)
        return NULL;
    cmp = PyObject_RichCompareBool(top, value, Py_LT); // want "RC303"
    if (cmp < 0)
        return NULL;
    if (cmp == 0)
        top = value;
    Py_INCREF(top);
    return top;
}

static PyObject *
smaller_ok(PyObject *self, PyObject *args)
{
    PyObject *heap, *value, *top;
    int cmp;

    if (!PyArg_ParseTuple(args, "O!O:smaller", &PyList_Type, &heap, &value))
        return NULL;
    top = PyList_GetItem(heap, 0);
    if (top == NULL)
        return NULL;
    Py_INCREF(top);
    cmp = PyObject_RichCompareBool(top, value, Py_LT);
    if (cmp > 0)
        return top;
    Py_DECREF(top);
    if (cmp < 0)
        return NULL;
    Py_INCREF(value);
    return value;
}

/* The best so far comes from an earlier turn. */
static PyObject *
largest_bad(PyObject *self, PyObject *list)
{
    PyObject *best = Py_None, *item;
    Py_ssize_t i;
    int cmp;

    if (!PyList_Check(list))
        Py_RETURN_NONE;
    for (i = 0; i < PyList_GET_SIZE(list); i++) {
        item = PyList_GET_ITEM(list, i);
        if (best == Py_None) {
            best = item;
            continue;
        }
        Py_INCREF(item);
        cmp = PyObject_RichCompareBool(item, best, Py_GT); // want "RC303"
        Py_DECREF(item);
        if (cmp < 0)
            return NULL;
        if (cmp)
            best = item;
    }
    Py_INCREF(best);
    return best;
}

static PyObject *
largest_ok(PyObject *self, PyObject *list)
{
    PyObject *best = Py_None, *item;
    Py_ssize_t i;
    int cmp;

    if (!PyList_Check(list))
        Py_RETURN_NONE;
    Py_INCREF(best);
    for (i = 0; i < PyList_GET_SIZE(list); i++) {
        item = PyList_GET_ITEM(list, i);
        Py_INCREF(item);
        if (best == Py_None) {
            Py_SETREF(best, item);
            continue;
        }
        cmp = PyObject_RichCompareBool(item, best, Py_GT);
        if (cmp < 0) {
            Py_DECREF(item);
            Py_DECREF(best);
            return NULL;
        }
        if (cmp)
            Py_SETREF(best, item);
        else
            Py_DECREF(item);
    }
    return best;
}

static PyObject *
add_to_bad(PyObject *self, PyObject *args)
{
    PyObject *list, *value;

    if (!PyArg_ParseTuple(args, "O!O:add_to", &PyList_Type, &list, &value))
        return NULL;
    if (PyList_GET_SIZE(list) == 0)
        Py_RETURN_NONE;
    return PyNumber_Add(PyList_GET_ITEM(list, 0), value); // want "RC303"
}

static PyObject *
add_to_ok(PyObject *self, PyObject *args)
{
    PyObject *list, *value, *item, *sum;

    if (!PyArg_ParseTuple(args, "O!O:add_to", &PyList_Type, &list, &value))
        return NULL;
    if (PyList_GET_SIZE(list) == 0)
        Py_RETURN_NONE;
    item = PyList_GET_ITEM(list, 0);
    Py_INCREF(item);
    sum = PyNumber_Add(item, value);
    Py_DECREF(item);
    return sum;
}

/* The same through a dict: its value is compared. */
static PyObject *
same_value_bad(PyObject *self, PyObject *args)
{
    PyObject *dict, *value, *found;
    int cmp;

    if (!PyArg_ParseTuple(args, "O!O:same_value", &PyDict_Type, &dict, &value))
        return NULL;
    found = PyDict_GetItemString(dict, "value");
    if (found == NULL)
        Py_RETURN_FALSE;
    cmp = PyObject_RichCompareBool(found, value, Py_EQ); // want "RC303"
    if (cmp < 0)
        return NULL;
    return PyBool_FromLong(cmp);
}

static PyObject *
same_value_ok(PyObject *self, PyObject *args)
{
    PyObject *dict, *value, *found;
    int cmp;

    if (!PyArg_ParseTuple(args, "O!O:same_value", &PyDict_Type, &dict, &value))
        return NULL;
    found = PyDict_GetItemString(dict, "value");
    if (found == NULL)
        Py_RETURN_FALSE;
    Py_INCREF(found);
    cmp = PyObject_RichCompareBool(found, value, Py_EQ);
    Py_DECREF(found);
    if (cmp < 0)
        return NULL;
    return PyBool_FromLong(cmp);
}

/* One comparison melts what the next one uses. */
static PyObject *
between_bad(PyObject *self, PyObject *args)
{
    PyObject *limits, *value, *low, *high;
    int cmp;

    if (!PyArg_ParseTuple(args, "O!O:between", &PyList_Type, &limits, &value))
        return NULL;
    if (PyList_GET_SIZE(limits) != 2)
        Py_RETURN_NONE;
    low = PyList_GET_ITEM(limits, 0);
    high = PyList_GET_ITEM(limits, 1);
    Py_INCREF(low);
    cmp = PyObject_RichCompareBool(low, value, Py_LE);
    Py_DECREF(low);
    if (cmp <= 0)
        return cmp < 0 ? NULL : PyBool_FromLong(0);
    return PyObject_RichCompare(value, high, Py_LE); // want "RC303"
}

static PyObject *
between_ok(PyObject *self, PyObject *args)
{
    PyObject *limits, *value, *low, *high, *result;
    int cmp;

    if (!PyArg_ParseTuple(args, "O!O:between", &PyList_Type, &limits, &value))
        return NULL;
    if (PyList_GET_SIZE(limits) != 2)
        Py_RETURN_NONE;
    low = PyList_GET_ITEM(limits, 0);
    high = PyList_GET_ITEM(limits, 1);
    Py_INCREF(low);
    Py_INCREF(high);
    cmp = PyObject_RichCompareBool(low, value, Py_LE);
    Py_DECREF(low);
    if (cmp <= 0) {
        Py_DECREF(high);
        return cmp < 0 ? NULL : PyBool_FromLong(0);
    }
    result = PyObject_RichCompare(value, high, Py_LE);
    Py_DECREF(high);
    return result;
}

static PyMethodDef compare_methods[] = {
    {"contains_bad", contains_bad, METH_VARARGS, NULL},
    {"contains_ok", contains_ok, METH_VARARGS, NULL},
    {"count_bad", count_bad, METH_VARARGS, NULL},
    {"count_ok", count_ok, METH_VARARGS, NULL},
    {"order_bad", order_bad, METH_VARARGS, NULL},
    {"order_ok", order_ok, METH_VARARGS, NULL},
    {"smaller_bad", smaller_bad, METH_VARARGS, NULL},
    {"smaller_ok", smaller_ok, METH_VARARGS, NULL},
    {"largest_bad", largest_bad, METH_O, NULL},
    {"largest_ok", largest_ok, METH_O, NULL},
    {"add_to_bad", add_to_bad, METH_VARARGS, NULL},
    {"add_to_ok", add_to_ok, METH_VARARGS, NULL},
    {"same_value_bad", same_value_bad, METH_VARARGS, NULL},
    {"same_value_ok", same_value_ok, METH_VARARGS, NULL},
    {"between_bad", between_bad, METH_VARARGS, NULL},
    {"between_ok", between_ok, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL}
};

static struct PyModuleDef compare_module = {
    PyModuleDef_HEAD_INIT, .m_name = "compare", .m_size = 0, .m_methods = compare_methods,
};

PyMODINIT_FUNC
PyInit_compare(void)
{
    return PyModuleDef_Init(&compare_module);
}
