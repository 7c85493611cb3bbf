#include <Python.h>

static PyObject *
check_bad(PyObject *self, PyObject *obj)
{
    PyObject *bytes = PyObject_CallMethod(obj, "read", NULL);

    if (bytes == NULL)
        return NULL;
    if (!PyBytes_Check(bytes)) {
        Py_DECREF(bytes); // note "release:"
        PyErr_Format(PyExc_TypeError, "read() gave %s",
                     Py_TYPE(bytes)->tp_name); // want "RC203: 'bytes' .* is .* after it was released at line 11"
        return NULL;
    }
    return bytes;
}

static PyObject *
symbol_bad(PyObject *self, PyObject *it)
{
    PyObject *symbol = PyIter_Next(it);

    if (symbol == NULL)
        return NULL;
    Py_DECREF(symbol);
    return PyErr_Format(PyExc_ValueError, "no code for %R", symbol); // want "RC203: 'symbol'"
}

static PyObject *
returned_bad(PyObject *self, PyObject *arg)
{
    PyObject *num = PyNumber_Long(arg);

    if (num == NULL)
        return NULL;
    Py_DECREF(num);
    return num; // want "RC203: 'num' .* is returned after"
}

static Py_ssize_t
size_bad(PyObject *arg)
{
    PyObject *list = PySequence_List(arg);

    if (list == NULL)
        return -1;
    Py_DECREF(list);
    return PyList_GET_SIZE(list); // want "RC203: 'list'"
}

static int
stored_bad(PyObject *dict, PyObject *arg)
{
    PyObject *text = PyObject_Str(arg);

    if (text == NULL)
        return -1;
    Py_DECREF(text);
    return PyDict_SetItemString(dict, "text", text); // want "RC203: 'text' .* is passed to PyDict_SetItemString"
}

/* The item is alive as long as the list, and the list is gone. */
static PyObject *
owner_bad(PyObject *self, PyObject *arg)
{
    PyObject *list, *item;

    list = PySequence_List(arg);
    if (list == NULL)
        return NULL;
    if (PyList_GET_SIZE(list) == 0) {
        Py_DECREF(list);
        Py_RETURN_NONE;
    }
    item = PyList_GET_ITEM(list, 0);
    Py_DECREF(list);
    return PyObject_Str(item); // want "RC203: 'item'"
}

typedef struct {
    PyObject_HEAD
    PyObject *name;
    int flags;
} Entry;

static PyTypeObject Entry_Type;

static int
field_bad(PyObject *name)
{
    Entry *e = PyObject_New(Entry, &Entry_Type);
    int flags;

    if (e == NULL)
        return -1;
    e->name = Py_NewRef(name);
    e->flags = 1;
    Py_DECREF(e);
    flags = e->flags; // want "RC203: 'e'"
    return flags;
}

static void
let_go(PyObject *obj)
{
    Py_XDECREF(obj);
}

static Py_ssize_t
FN_helper_bad(PyObject *arg)
{
    PyObject *text = PyObject_Str(arg);

    if (text == NULL)
        return -1;
    let_go(text);
    return PyUnicode_GetLength(text);
}

/* When the call fails, it has released the item. */
static int
FN_stolen_bad(PyObject *list, PyObject *arg)
{
    PyObject *item = PyObject_Str(arg);

    if (item == NULL)
        return -1;
    if (PyList_SetItem(list, 0, item) < 0) {
        PyErr_Format(PyExc_ValueError, "cannot store %R", item);
        return -1;
    }
    return 0;
}
