#include <Python.h>

/* New with a zone, borrowed without. Harmless from 3.12 on. */
static PyObject *
make_time_bad(PyObject *self, PyObject *arg)
{
    PyObject *zone, *res;

    if (PyUnicode_Check(arg)) {
        zone = PyObject_Str(arg);
        if (zone == NULL)
            return NULL;
    }
    else {
        zone = Py_None;
    }
    res = PyTuple_Pack(2, arg, zone);
    Py_DECREF(zone); // want "RC201: Py_None"
    return res;
}

/* The exit label is reached before the arguments have references of their own. */
static PyObject *
hash_bad(PyObject *self, PyObject *args)
{
    PyObject *user, *password, *res = NULL;
    int algorithm;

    if (!PyArg_ParseTuple(args, "OOi", &user, &password, &algorithm))
        return NULL;
    if (algorithm > 2) {
        PyErr_SetString(PyExc_ValueError, "unknown algorithm");
        goto exit;
    }
    Py_INCREF(user);
    Py_INCREF(password);
    res = PyUnicode_Concat(user, password);
exit:
    Py_XDECREF(user); // want "RC201: 'user'"
    Py_XDECREF(password); // want "RC201: 'password'"
    return res;
}

static PyObject *
axes_bad(PyObject *self, PyObject *list)
{
    Py_ssize_t i;

    for (i = 0; i < PyList_GET_SIZE(list); i++) {
        PyObject *axis = PyList_GetItem(list, i);
        if (axis == NULL || PyObject_Size(axis) < 0) {
            Py_XDECREF(axis); // want "RC201: 'axis'"
            return NULL;
        }
    }
    Py_RETURN_NONE;
}

static int
is_pair_bad(PyObject *self, PyObject *obj)
{
    PyObject *fields = PyObject_GetAttrString(obj, "fields");
    int rc;

    if (fields == NULL)
        return -1;
    rc = PyTuple_Check(fields);
    Py_DECREF(fields);
    Py_DECREF(obj); // want "RC201: 'obj'"
    return rc;
}

static PyObject *
call_is_pair(PyObject *self, PyObject *obj)
{
    PyObject *copy = PySequence_List(obj), *type;
    int rc;

    if (copy == NULL)
        return NULL;
    rc = PyList_Check(copy);
    type = (PyObject *)Py_TYPE(copy);
    Py_DECREF(copy);
    return PyBool_FromLong(rc && type != NULL);
}

static PyTypeObject Int_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "shapes.Int",
};

static int
promote_bad(PyObject *other)
{
    int rc = PyObject_IsInstance(other, (PyObject *)&Int_Type);

    Py_DECREF(&Int_Type); // want "RC201"
    return rc;
}

static PyMethodDef methods[] = {
    {"make_time", make_time_bad, METH_O, NULL},
    {"hash", hash_bad, METH_VARARGS, NULL},
    {"axes", axes_bad, METH_O, NULL},
    {"is_pair", call_is_pair, METH_O, NULL},
    {NULL, NULL, 0, NULL}
};

static PySequenceMethods as_sequence = {
    .sq_contains = is_pair_bad,
};
