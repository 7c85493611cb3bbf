#include <Python.h>

/* The function's own code lets go of the owner of what it goes on to use. No Python
   code has to run. */

/* The only owner of the base is the tuple. */
static PyObject *
first_base_bad(PyObject *self, PyObject *cls)
{
    PyObject *bases = PyObject_GetAttrString(cls, "__bases__"), *base;

    if (bases == NULL)
        return NULL;
    if (!PyTuple_Check(bases) || PyTuple_GET_SIZE(bases) != 1) {
        Py_DECREF(bases);
        Py_RETURN_NONE;
    }
    base = PyTuple_GET_ITEM(bases, 0);
    Py_DECREF(bases);
    return PyObject_GetAttrString(base, "__name__"); // want "RC203"
}

static PyObject *
first_base_ok(PyObject *self, PyObject *cls)
{
    PyObject *bases = PyObject_GetAttrString(cls, "__bases__"), *base, *name;

    if (bases == NULL)
        return NULL;
    if (!PyTuple_Check(bases) || PyTuple_GET_SIZE(bases) != 1) {
        Py_DECREF(bases);
        Py_RETURN_NONE;
    }
    base = PyTuple_GET_ITEM(bases, 0);
    name = PyObject_GetAttrString(base, "__name__");
    Py_DECREF(bases);
    return name;
}

/* Released before it is named in the error. */
static PyObject *
all_numbers_bad(PyObject *self, PyObject *arg)
{
    PyObject *iterator = PyObject_GetIter(arg), *item;

    if (iterator == NULL)
        return NULL;
    while ((item = PyIter_Next(iterator)) != NULL) {
        if (!PyLong_Check(item)) {
            Py_DECREF(item);
            PyErr_Format(PyExc_TypeError, "%s is no number", Py_TYPE(item)->tp_name); // want "RC203"
            Py_DECREF(iterator);
            return NULL;
        }
        Py_DECREF(item);
    }
    Py_DECREF(iterator);
    if (PyErr_Occurred())
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *
all_numbers_ok(PyObject *self, PyObject *arg)
{
    PyObject *iterator = PyObject_GetIter(arg), *item;

    if (iterator == NULL)
        return NULL;
    while ((item = PyIter_Next(iterator)) != NULL) {
        if (!PyLong_Check(item)) {
            PyErr_Format(PyExc_TypeError, "%s is no number", Py_TYPE(item)->tp_name);
            Py_DECREF(item);
            Py_DECREF(iterator);
            return NULL;
        }
        Py_DECREF(item);
    }
    Py_DECREF(iterator);
    if (PyErr_Occurred())
        return NULL;
    Py_RETURN_NONE;
}

/* The value of a dict that is released. */
static PyObject *
setting_bad(PyObject *self, PyObject *obj)
{
    PyObject *settings = PyObject_CallMethod(obj, "settings", NULL), *value;

    if (settings == NULL)
        return NULL;
    if (!PyDict_Check(settings)) {
        Py_DECREF(settings);
        Py_RETURN_NONE;
    }
    value = PyDict_GetItemString(settings, "value");
    Py_DECREF(settings);
    if (value == NULL)
        Py_RETURN_NONE;
    Py_INCREF(value); // want "RC203"
    return value;
}

static PyObject *
setting_ok(PyObject *self, PyObject *obj)
{
    PyObject *settings = PyObject_CallMethod(obj, "settings", NULL), *value;

    if (settings == NULL)
        return NULL;
    if (!PyDict_Check(settings)) {
        Py_DECREF(settings);
        Py_RETURN_NONE;
    }
    value = PyDict_GetItemString(settings, "value");
    if (value == NULL)
        value = Py_None;
    Py_INCREF(value);
    Py_DECREF(settings);
    return value;
}

/* Given away to a list, and the list goes. */
static PyObject *
FN_joined_bad(PyObject *self, PyObject *arg)
{
    PyObject *text = PyObject_Repr(arg), *list = PyList_New(1);
    Py_ssize_t size;

    if (text == NULL || list == NULL) {
        Py_XDECREF(text);
        Py_XDECREF(list);
        return NULL;
    }
    PyList_SET_ITEM(list, 0, text);
    size = PyList_GET_SIZE(list);
    Py_DECREF(list);
    return Py_BuildValue("nO", size, text);
}

static PyObject *
joined_ok(PyObject *self, PyObject *arg)
{
    PyObject *text = PyObject_Repr(arg), *list = PyList_New(1), *pair;
    Py_ssize_t size;

    if (text == NULL || list == NULL) {
        Py_XDECREF(text);
        Py_XDECREF(list);
        return NULL;
    }
    PyList_SET_ITEM(list, 0, text);
    size = PyList_GET_SIZE(list);
    pair = Py_BuildValue("nO", size, text);
    Py_DECREF(list);
    return pair;
}

/* A release of the object may free the structure that it owns, which is read after. */
typedef struct {
    PyObject_HEAD
    PyObject *name;
} Tag;

static void
Tag_dealloc(Tag *self)
{
    Py_XDECREF(self->name);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyTypeObject Tag_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "owner.Tag",
    .tp_basicsize = sizeof(Tag),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_dealloc = (destructor)Tag_dealloc,
};

static PyObject *
tagged_bad(PyObject *self, PyObject *arg)
{
    Tag *tag = PyObject_New(Tag, &Tag_Type);

    if (tag == NULL)
        return NULL;
    tag->name = PyObject_Str(arg);
    if (tag->name == NULL) {
        Py_DECREF(tag);
        return NULL;
    }
    Py_DECREF(tag);
    return PyUnicode_FromFormat("<%U>", tag->name); // want "RC203"
}

static PyObject *
tagged_ok(PyObject *self, PyObject *arg)
{
    Tag *tag = PyObject_New(Tag, &Tag_Type);
    PyObject *text;

    if (tag == NULL)
        return NULL;
    tag->name = PyObject_Str(arg);
    if (tag->name == NULL) {
        Py_DECREF(tag);
        return NULL;
    }
    text = PyUnicode_FromFormat("<%U>", tag->name);
    Py_DECREF(tag);
    return text;
}

static PyMethodDef owner_methods[] = {
    {"first_base_bad", first_base_bad, METH_O, NULL},
    {"first_base_ok", first_base_ok, METH_O, NULL},
    {"all_numbers_bad", all_numbers_bad, METH_O, NULL},
    {"all_numbers_ok", all_numbers_ok, METH_O, NULL},
    {"setting_bad", setting_bad, METH_O, NULL},
    {"setting_ok", setting_ok, METH_O, NULL},
    {"joined_bad", FN_joined_bad, METH_O, NULL},
    {"joined_ok", joined_ok, METH_O, NULL},
    {"tagged_bad", tagged_bad, METH_O, NULL},
    {"tagged_ok", tagged_ok, METH_O, NULL},
    {NULL, NULL, 0, NULL}
};

static struct PyModuleDef owner_module = {
    PyModuleDef_HEAD_INIT, .m_name = "owner", .m_size = -1, .m_methods = owner_methods,
};

PyMODINIT_FUNC
PyInit_owner(void)
{
    if (PyType_Ready(&Tag_Type) < 0)
        return NULL;
    return PyModule_Create(&owner_module);
}
