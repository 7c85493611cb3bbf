#include <Python.h>

/* The example of the manual's section "Thin Ice", and the other calls that drop an
   item that they replace or remove. */

static PyObject *
replace_second_bad(PyObject *self, PyObject *list)
{
    PyObject *item = PyList_GetItem(list, 0), *zero;

    if (item == NULL)
        return NULL;
    zero = PyLong_FromLong(0);
    if (zero == NULL)
        return NULL;
    if (PyList_SetItem(list, 1, zero) < 0)
        return NULL;
    return PyObject_Str(item); // want "RC303"
}

static PyObject *
replace_second_ok(PyObject *self, PyObject *list)
{
    PyObject *item = PyList_GetItem(list, 0), *zero, *text;

    if (item == NULL)
        return NULL;
    zero = PyLong_FromLong(0);
    if (zero == NULL)
        return NULL;
    Py_INCREF(item);
    if (PyList_SetItem(list, 1, zero) < 0) {
        Py_DECREF(item);
        return NULL;
    }
    text = PyObject_Str(item);
    Py_DECREF(item);
    return text;
}

/* The item that is replaced is the borrowed one: no __del__ is needed. */
static PyObject *
replace_same_bad(PyObject *self, PyObject *list)
{
    PyObject *item = PyList_GetItem(list, 0);

    if (item == NULL)
        return NULL;
    Py_INCREF(Py_None);
    if (PyList_SetItem(list, 0, Py_None) < 0)
        return NULL;
    return PyObject_Str(item); // want "RC303"
}

static PyObject *
replace_same_ok(PyObject *self, PyObject *list)
{
    PyObject *item = PyList_GetItem(list, 0), *text;

    if (item == NULL)
        return NULL;
    Py_INCREF(item);
    Py_INCREF(Py_None);
    if (PyList_SetItem(list, 0, Py_None) < 0) {
        Py_DECREF(item);
        return NULL;
    }
    text = PyObject_Str(item);
    Py_DECREF(item);
    return text;
}

static PyObject *
delete_slice_bad(PyObject *self, PyObject *list)
{
    PyObject *first = PyList_GetItem(list, 0);

    if (first == NULL)
        return NULL;
    if (PyList_SetSlice(list, 1, PyList_GET_SIZE(list), NULL) < 0)
        return NULL;
    return PyObject_Repr(first); // want "RC303"
}

static PyObject *
delete_slice_ok(PyObject *self, PyObject *list)
{
    PyObject *first = PyList_GetItem(list, 0), *text;

    if (first == NULL)
        return NULL;
    Py_INCREF(first);
    if (PyList_SetSlice(list, 1, PyList_GET_SIZE(list), NULL) < 0) {
        Py_DECREF(first);
        return NULL;
    }
    text = PyObject_Repr(first);
    Py_DECREF(first);
    return text;
}

static PyObject *
replace_value_bad(PyObject *self, PyObject *dict)
{
    PyObject *old = PyDict_GetItemString(dict, "limit");

    if (old == NULL)
        Py_RETURN_NONE;
    if (PyDict_SetItemString(dict, "limit", Py_None) < 0)
        return NULL;
    return PyNumber_Long(old); // want "RC303"
}

static PyObject *
replace_value_ok(PyObject *self, PyObject *dict)
{
    PyObject *old = PyDict_GetItemString(dict, "limit"), *number;

    if (old == NULL)
        Py_RETURN_NONE;
    Py_INCREF(old);
    if (PyDict_SetItemString(dict, "limit", Py_None) < 0) {
        Py_DECREF(old);
        return NULL;
    }
    number = PyNumber_Long(old);
    Py_DECREF(old);
    return number;
}

static PyObject *
delete_other_bad(PyObject *self, PyObject *dict)
{
    PyObject *name = PyDict_GetItemString(dict, "name");

    if (name == NULL)
        Py_RETURN_NONE;
    if (PyDict_DelItemString(dict, "cache") < 0)
        return NULL;
    Py_INCREF(name); // want "RC303"
    return name;
}

static PyObject *
delete_other_ok(PyObject *self, PyObject *dict)
{
    PyObject *name = PyDict_GetItemString(dict, "name");

    if (name == NULL)
        Py_RETURN_NONE;
    Py_INCREF(name);
    if (PyDict_DelItemString(dict, "cache") < 0) {
        Py_DECREF(name);
        return NULL;
    }
    return name;
}

static PyObject *
clear_all_bad(PyObject *self, PyObject *dict)
{
    PyObject *last = PyDict_GetItemString(dict, "last");

    if (last == NULL)
        Py_RETURN_NONE;
    PyDict_Clear(dict);
    Py_INCREF(last); // want "RC303"
    return last;
}

static PyObject *
clear_all_ok(PyObject *self, PyObject *dict)
{
    PyObject *last = PyDict_GetItemString(dict, "last");

    if (last == NULL)
        Py_RETURN_NONE;
    Py_INCREF(last);
    PyDict_Clear(dict);
    return last;
}

/* Nobody else has seen the list, and its items are not released here. */
static PyObject *
own_list_ok(PyObject *self, PyObject *arg)
{
    PyObject *list = PyList_New(2), *item, *text, *zero;

    if (list == NULL)
        return NULL;
    Py_INCREF(arg);
    PyList_SET_ITEM(list, 0, arg);
    Py_INCREF(Py_None);
    PyList_SET_ITEM(list, 1, Py_None);
    item = PyList_GET_ITEM(list, 0);
    zero = PyLong_FromLong(0);
    if (zero == NULL || PyList_SetItem(list, 1, zero) < 0) {
        Py_DECREF(list);
        return NULL;
    }
    text = PyObject_Str(item);
    Py_DECREF(list);
    return text;
}

/* The item is looked up again. */
static PyObject *
again_ok(PyObject *self, PyObject *list)
{
    PyObject *item = PyList_GetItem(list, 0);

    if (item == NULL)
        return NULL;
    if (item == Py_None)
        Py_RETURN_NONE;
    Py_INCREF(Py_None);
    if (PyList_SetItem(list, 1, Py_None) < 0)
        return NULL;
    item = PyList_GetItem(list, 0);
    if (item == NULL)
        return NULL;
    Py_INCREF(item);
    return item;
}

/* The caller holds a tuple and everything in it. */
static PyObject *
tuple_item_ok(PyObject *self, PyObject *args)
{
    PyObject *item, *list;

    if (PyTuple_GET_SIZE(args) != 2)
        Py_RETURN_NONE;
    item = PyTuple_GET_ITEM(args, 0);
    list = PyTuple_GET_ITEM(args, 1);
    Py_INCREF(Py_None);
    if (PyList_SetItem(list, 1, Py_None) < 0)
        return NULL;
    return PyObject_Str(item);
}

static PyMethodDef manual_methods[] = {
    {"replace_second_bad", replace_second_bad, METH_O, NULL},
    {"replace_second_ok", replace_second_ok, METH_O, NULL},
    {"replace_same_bad", replace_same_bad, METH_O, NULL},
    {"replace_same_ok", replace_same_ok, METH_O, NULL},
    {"delete_slice_bad", delete_slice_bad, METH_O, NULL},
    {"delete_slice_ok", delete_slice_ok, METH_O, NULL},
    {"replace_value_bad", replace_value_bad, METH_O, NULL},
    {"replace_value_ok", replace_value_ok, METH_O, NULL},
    {"delete_other_bad", delete_other_bad, METH_O, NULL},
    {"delete_other_ok", delete_other_ok, METH_O, NULL},
    {"clear_all_bad", clear_all_bad, METH_O, NULL},
    {"clear_all_ok", clear_all_ok, METH_O, NULL},
    {"own_list_ok", own_list_ok, METH_O, NULL},
    {"again_ok", again_ok, METH_O, NULL},
    {"tuple_item_ok", tuple_item_ok, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL}
};

static struct PyModuleDef manual_module = {
    PyModuleDef_HEAD_INIT, .m_name = "manual", .m_size = 0, .m_methods = manual_methods,
};

PyMODINIT_FUNC
PyInit_manual(void)
{
    return PyModuleDef_Init(&manual_module);
}
