#include <Python.h>

static PyObject *
bounds_ok(PyObject *self, PyObject *noargs)
{
    return Py_BuildValue("(iN)", 1, PyLong_FromLong(10));
}

static PyObject *
borrowed_ok(PyObject *self, PyObject *arg)
{
    return Py_BuildValue("(Oi)", arg, 1);
}

static PyObject *
named_ok(PyObject *self, PyObject *noargs)
{
    PyObject *list = PyList_New(0), *res;

    if (list == NULL)
        return NULL;
    res = Py_BuildValue("{s:O}", "items", list);
    Py_DECREF(list);
    return res;
}

static PyObject *
increfed_ok(PyObject *self, PyObject *arg)
{
    Py_INCREF(arg);
    return Py_BuildValue("(Ni)", arg, 1);
}

static PyObject *
newref_ok(PyObject *self, PyObject *list)
{
    return Py_BuildValue("NN", PyLong_FromLong(1), Py_NewRef(list));
}

static PyObject *
call_ok(PyObject *self, PyObject *callable)
{
    return PyObject_CallFunction(callable, "N", PyUnicode_FromString("x"));
}

static PyObject *
call_self_ok(PyObject *self, PyObject *callable)
{
    return PyObject_CallFunction(callable, "Os#", self, "abc", (Py_ssize_t)3);
}

static PyObject *
numbers_ok(PyObject *self, PyObject *noargs)
{
    return Py_BuildValue("{s:i,s:d,s:s}", "a", 1, "b", 2.5, "c", "see");
}

static PyObject *
none_ok(PyObject *self, PyObject *noargs)
{
    return Py_BuildValue("(OO)", Py_None, Py_True);
}

/* A failed argument makes the call fail. */
static PyObject *
null_ok(PyObject *self, PyObject *arg)
{
    PyObject *text = PyObject_Str(arg);

    return Py_BuildValue("(NO)", text, arg);
}

static PyObject *
item(PyObject *tuple)
{
    return PyTuple_GET_ITEM(tuple, 0);
}

static PyObject *
helper_ok(PyObject *self, PyObject *args)
{
    return Py_BuildValue("(O)", item(args));
}

static PyObject *
several_ok(PyObject *self, PyObject *arg)
{
    PyObject *a, *b;

    a = PyObject_Str(arg);
    if (a == NULL)
        return NULL;
    b = PyObject_Repr(arg);
    if (b == NULL) {
        Py_DECREF(a);
        return NULL;
    }
    return Py_BuildValue("NNi", a, b, 3);
}

static PyObject *
to_text(void *p)
{
    return PyUnicode_FromString((const char *)p);
}

static PyObject *
converter_ok(PyObject *self, PyObject *noargs)
{
    return Py_BuildValue("(O&i)", to_text, "abc", 1);
}

static PyMethodDef methods[] = {
    {"bounds", bounds_ok, METH_NOARGS, NULL},
    {"borrowed", borrowed_ok, METH_O, NULL},
    {"named", named_ok, METH_NOARGS, NULL},
    {"increfed", increfed_ok, METH_O, NULL},
    {"newref", newref_ok, METH_O, NULL},
    {"call", call_ok, METH_O, NULL},
    {"call_self", call_self_ok, METH_O, NULL},
    {"numbers", numbers_ok, METH_NOARGS, NULL},
    {"none", none_ok, METH_NOARGS, NULL},
    {"null", null_ok, METH_O, NULL},
    {"helper", helper_ok, METH_VARARGS, NULL},
    {"several", several_ok, METH_O, NULL},
    {"converter", converter_ok, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL}
};
