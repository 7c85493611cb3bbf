#include <Python.h>

static int
append_ok(PyObject *list, long n)
{
    PyObject *item = PyLong_FromLong(n);
    int rc;

    if (item == NULL)
        return -1;
    rc = PyList_Append(list, item);
    Py_DECREF(item);
    return rc;
}

/* These take it over. */
static int
set_item_ok(PyObject *list)
{
    return PyList_SetItem(list, 0, PyLong_FromLong(1));
}

static PyObject *
tuple_ok(void)
{
    PyObject *t = PyTuple_New(2);

    if (t == NULL)
        return NULL;
    PyTuple_SET_ITEM(t, 0, PyLong_FromLong(1));
    PyTuple_SET_ITEM(t, 1, PyLong_FromLong(2));
    return t;
}

static PyObject *
build_ok(void)
{
    return Py_BuildValue("{sN}", "k", PyList_New(0));
}

/* Borrowed temporaries are nobody's here. */
static int
borrowed_ok(PyObject *list, PyObject *tuple)
{
    return PyList_Append(list, PyTuple_GET_ITEM(tuple, 0));
}

static int
dict_item_ok(PyObject *dict)
{
    return PyObject_IsTrue(PyDict_GetItemString(dict, "flag"));
}

static PyObject *
first_arg(PyObject *args)
{
    return PyTuple_GET_ITEM(args, 0);
}

static int
helper_ok(PyObject *list, PyObject *args)
{
    return PyList_Append(list, first_arg(args));
}

/* The helper releases what it is given. */
static int
append_and_drop(PyObject *list, PyObject *item)
{
    int rc;

    if (item == NULL)
        return -1;
    rc = PyList_Append(list, item);
    Py_DECREF(item);
    return rc;
}

static int
consume_ok(PyObject *list)
{
    return append_and_drop(list, PyLong_FromLong(3));
}

static void
drop_ok(PyObject *callable)
{
    Py_XDECREF(PyObject_CallNoArgs(callable));
}

extern int unknown_sink(PyObject *);

static int
unknown_ok(void)
{
    return unknown_sink(PyLong_FromLong(1));
}

static int
none_ok(PyObject *dict)
{
    return PyDict_SetItemString(dict, "n", Py_None);
}

static int
type_ok(PyObject *dict, PyObject *obj)
{
    return PyDict_SetItemString(dict, "type", (PyObject *)Py_TYPE(obj));
}

/* Assigned within the argument list. */
static int
inline_assign_ok(PyObject *dict)
{
    PyObject *v;
    int rc = PyDict_SetItemString(dict, "v", v = PyList_New(0));

    Py_XDECREF(v);
    return rc;
}

static void
restore_ok(PyObject *type, const char *msg)
{
    PyErr_Restore(Py_NewRef(type), PyUnicode_FromString(msg), NULL);
}
