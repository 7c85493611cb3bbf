#include <Python.h>

static PyObject *
fetch_bad(PyObject *self, PyObject *obj)
{
    PyObject *attr, *result = NULL;

    attr = PyObject_GetAttrString(obj, "data");
    if (attr == NULL)
        return NULL;
    if (!PyTuple_Check(attr)) {
        Py_DECREF(attr); // note "release:"
        PyErr_SetString(PyExc_TypeError, "data must be a tuple");
        goto done;
    }
    result = PyObject_Repr(attr);
done:
    Py_DECREF(attr); // want "RC202: 'attr' .* is released again after its release at line 12"
    return result;
}

static PyObject *
straight_bad(PyObject *self, PyObject *arg)
{
    PyObject *text, *copy;

    text = PyObject_Str(arg);
    if (text == NULL)
        return NULL;
    copy = PyUnicode_AsUTF8String(text);
    Py_DECREF(text);
    if (copy == NULL) {
        Py_DECREF(text); // want "RC202: 'text'"
        return NULL;
    }
    return copy;
}

/* Released in the loop, and again behind it. */
static int
loop_bad(PyObject *it)
{
    PyObject *item = NULL;
    int n = 0;

    while ((item = PyIter_Next(it)) != NULL) {
        n++;
        Py_DECREF(item);
        if (n == 10)
            break;
    }
    Py_XDECREF(item); // want "RC202: 'item'"
    return n;
}

static PyObject *
names_bad(PyObject *self, PyObject *arg)
{
    PyObject *set = NULL, *list = NULL;

    set = PySet_New(arg);
    if (set == NULL)
        goto error;
    list = PySequence_List(set);
    Py_DECREF(set);
    if (list == NULL)
        goto error;
    if (PyList_Sort(list) < 0)
        goto error;
    return list;
error:
    Py_XDECREF(list);
    Py_XDECREF(set); // want "RC202: 'set'"
    return NULL;
}

static int
alias_bad(PyObject *arg)
{
    PyObject *num, *same;

    num = PyNumber_Long(arg);
    if (num == NULL)
        return -1;
    same = num;
    Py_DECREF(num);
    Py_DECREF(same); // want "RC202"
    return 0;
}

static PyObject *
switch_bad(PyObject *arg, int mode)
{
    PyObject *text = PyObject_Str(arg);

    if (text == NULL)
        return NULL;
    switch (mode) {
    case 1:
        Py_DECREF(text);
        /* fall through */
    case 2:
        Py_DECREF(text); // want "RC202: 'text'"
        return NULL;
    default:
        break;
    }
    return text;
}

/* An Py_INCREF more does not help if there are three releases. */
static void
three_bad(PyObject *arg)
{
    PyObject *text = PyObject_Str(arg);

    if (text == NULL)
        return;
    Py_INCREF(text);
    Py_DECREF(text);
    Py_DECREF(text);
    Py_DECREF(text); // want "RC202: 'text'"
}

static PyObject *
fetched_bad(PyObject *callable)
{
    PyObject *t, *v, *tb;

    PyErr_Fetch(&t, &v, &tb);
    Py_XDECREF(t);
    Py_XDECREF(v);
    Py_XDECREF(tb);
    Py_XDECREF(t); // want "RC202: 't'"
    return PyObject_CallNoArgs(callable);
}
