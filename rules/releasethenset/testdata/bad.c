#include <Python.h>

typedef struct {
    PyObject_HEAD
    PyObject *name;
    PyObject *items;
    PyObject *callback;
    PyObject *args[2];
} Person;

static int
Person_setname_bad(Person *self, PyObject *value, void *closure)
{
    Py_XDECREF(self->name); // want "RC205: 'self->name' still points to the object"
    Py_XINCREF(value);
    self->name = value;
    return 0;
}

static int
Person_delname_bad(Person *self)
{
    Py_XDECREF(self->name); // want "RC205: 'self->name'"
    self->name = NULL;
    return 0;
}

static PyObject *
Person_reset_bad(Person *self, PyObject *noargs)
{
    PyObject *fresh = PyList_New(0);

    if (fresh == NULL)
        return NULL;
    Py_XDECREF(self->items); // want "RC205: 'self->items'"
    self->items = fresh;
    Py_RETURN_NONE;
}

static int
Person_init_bad(Person *self, PyObject *args, PyObject *kwds)
{
    PyObject *callback;

    if (!PyArg_ParseTuple(args, "O", &callback))
        return -1;
    Py_INCREF(callback);
    Py_XDECREF(self->callback); // want "RC205: 'self->callback'"
    self->callback = callback;
    return 0;
}

static int
Person_arg_bad(Person *self, PyObject *value)
{
    Py_XDECREF(self->args[0]); // want "RC205: 'self->args"
    self->args[0] = Py_NewRef(value);
    return 0;
}

static PyObject *current_hook = NULL;

static PyObject *
set_hook_bad(PyObject *self, PyObject *hook)
{
    Py_XDECREF(current_hook); // want "RC205: 'current_hook'"
    Py_INCREF(hook);
    current_hook = hook;
    Py_RETURN_NONE;
}

static PyObject *
Person_swap_bad(Person *self, PyObject *args)
{
    PyObject *value;

    if (!PyArg_ParseTuple(args, "O", &value))
        return NULL;
    if (self->items != NULL) {
        Py_DECREF(self->items); // want "RC205: 'self->items'"
    }
    Py_INCREF(value);
    self->items = value;
    Py_RETURN_NONE;
}

static void
Person_dealloc(Person *self)
{
    Py_XDECREF(self->name);
    Py_XDECREF(self->items);
    Py_XDECREF(self->callback);
    Py_XDECREF(self->args[0]);
    Py_XDECREF(self->args[1]);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyMethodDef Person_methods[] = {
    {"reset", (PyCFunction)Person_reset_bad, METH_NOARGS, NULL},
    {"swap", (PyCFunction)Person_swap_bad, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL}
};

static PyGetSetDef Person_getset[] = {
    {"name", NULL, (setter)Person_setname_bad, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL}
};

static PyTypeObject Person_Type = { // want "RC601"
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "people.Person",
    .tp_basicsize = sizeof(Person),
    .tp_dealloc = (destructor)Person_dealloc,
    .tp_init = (initproc)Person_init_bad,
    .tp_methods = Person_methods,
    .tp_getset = Person_getset,
};
