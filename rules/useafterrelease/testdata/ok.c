#include <Python.h>

static PyObject *
check_ok(PyObject *self, PyObject *obj)
{
    PyObject *bytes = PyObject_CallMethod(obj, "read", NULL);

    if (bytes == NULL)
        return NULL;
    if (!PyBytes_Check(bytes)) {
        PyErr_Format(PyExc_TypeError, "read() gave %s", Py_TYPE(bytes)->tp_name);
        Py_DECREF(bytes);
        return NULL;
    }
    return bytes;
}

/* Only the pointer is compared. */
static int
compare_ok(PyObject *obj)
{
    PyObject *attr = PyObject_GetAttrString(obj, "kind");

    if (attr == NULL)
        return -1;
    Py_DECREF(attr);
    return attr == Py_None;
}

/* The container holds it. */
static PyObject *
in_tuple_ok(PyObject *arg)
{
    PyObject *t = PyTuple_New(1), *text;

    if (t == NULL)
        return NULL;
    text = PyObject_Str(arg);
    if (text == NULL) {
        Py_DECREF(t);
        return NULL;
    }
    PyTuple_SET_ITEM(t, 0, text);
    if (PyUnicode_GetLength(text) > 10)
        PyErr_Clear();
    return t;
}

static Py_ssize_t
in_list_ok(PyObject *list, PyObject *arg)
{
    PyObject *text = PyObject_Str(arg);
    int rc;

    if (text == NULL)
        return -1;
    rc = PyList_Append(list, text);
    Py_DECREF(text);
    if (rc < 0)
        return -1;
    return PyUnicode_GetLength(text);
}

static PyObject *
incref_ok(PyObject *arg)
{
    PyObject *list = PySequence_List(arg), *item;

    if (list == NULL)
        return NULL;
    item = PyList_GetItem(list, 0);
    Py_XINCREF(item);
    Py_DECREF(list);
    return item;
}

/* The caller keeps its argument alive. */
static PyObject *
argument_ok(PyObject *self, PyObject *arg)
{
    Py_INCREF(arg);
    Py_DECREF(arg);
    return PyObject_Str(arg);
}

static int
reassigned_ok(PyObject *a, PyObject *b)
{
    PyObject *text = PyObject_Str(a);
    int n;

    if (text == NULL)
        return -1;
    Py_DECREF(text);
    text = PyObject_Str(b);
    if (text == NULL)
        return -1;
    n = (int)PyUnicode_GetLength(text);
    Py_DECREF(text);
    return n;
}

static int
cleared_ok(PyObject *a)
{
    PyObject *text = PyObject_Str(a);

    Py_CLEAR(text);
    if (text != NULL)
        return (int)PyUnicode_GetLength(text);
    PyErr_Clear();
    return 0;
}

static const char *
in_module_ok(PyObject *mod)
{
    PyObject *f = PyModule_GetFilenameObject(mod);

    if (f == NULL)
        return "?";
    Py_DECREF(f);
    return "file";
}

static int
loop_ok(PyObject *it)
{
    PyObject *item;
    int n = 0;

    while ((item = PyIter_Next(it)) != NULL) {
        n += PyObject_IsTrue(item);
        Py_DECREF(item);
    }
    return n;
}

static PyObject *
type_ok(PyObject *obj)
{
    PyObject *text = PyObject_Str(obj);
    PyTypeObject *type;

    if (text == NULL)
        return NULL;
    type = Py_TYPE(text);
    Py_DECREF(text);
    return PyUnicode_FromString(type->tp_name);
}

/* Released only when it could not be stored. */
static int
either_ok(PyObject *mod, PyObject *arg)
{
    PyObject *text = PyObject_Str(arg);

    if (text == NULL)
        return -1;
    if (PyModule_AddObject(mod, "text", text) < 0) {
        Py_DECREF(text);
        return -1;
    }
    return (int)PyUnicode_GetLength(text);
}

static PyObject *
assert_ok(PyObject *list, Py_ssize_t i)
{
    PyObject *old = PyList_GetItem(list, i), *item;

    if (old == NULL)
        return NULL;
    item = PyObject_Str(old);
    if (item == NULL || PyList_SetItem(list, i, item) < 0)
        return NULL;
    Py_INCREF(item);
    return item;
}

static int
address_ok(PyObject *arg, PyObject *other)
{
    PyObject *text = PyObject_Str(arg);

    if (text == NULL)
        return -1;
    Py_DECREF(text);
    return text != NULL && text != other;
}

/* Taken and dropped at once: a borrow, from the frame, which keeps its code. */
static PyCodeObject *
borrowed_code_ok(PyFrameObject *frame)
{
    PyCodeObject *code = PyFrame_GetCode(frame);

    assert(Py_REFCNT(code) >= 2);
    Py_DECREF(code);
    return code;
}

static int
first_line_ok(PyFrameObject *frame)
{
    return borrowed_code_ok(frame)->co_firstlineno;
}
