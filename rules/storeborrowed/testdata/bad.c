#include <Python.h>

typedef struct {
    PyObject_HEAD
    PyObject *callback;
    PyObject *args;
    PyObject *owner;
    PyObject *names[2];
    PyObject *last;
} Timer;

static int
Timer_init_bad(Timer *self, PyObject *args, PyObject *kwds)
{
    PyObject *callback;

    if (!PyArg_ParseTuple(args, "O", &callback)) // note "borrow:"
        return -1;
    self->callback = callback; // want "RC302: 'callback' .* is stored in 'self->callback' without a reference of its own"
    return 0;
}

static int
Timer_direct_bad(Timer *self, PyObject *args)
{
    if (!PyArg_ParseTuple(args, "O", &self->args)) // want "RC302"
        return -1;
    return 0;
}

static int
Timer_setowner_bad(Timer *self, PyObject *value, void *closure)
{
    PyObject *old = self->owner;

    self->owner = value; // want "RC302: 'value'"
    Py_XDECREF(old);
    return 0;
}

static int
Timer_config_bad(Timer *self, PyObject *dict)
{
    PyObject *name = PyDict_GetItemString(dict, "name");

    if (name == NULL)
        return -1;
    Py_XSETREF(self->names[0], name); // want "RC302: 'name'"
    return 0;
}

static PyObject *
Timer_default_bad(Timer *self, PyObject *list)
{
    PyObject *old = self->last;

    self->last = PyList_GetItem(list, 0); // want "RC302"
    Py_XDECREF(old);
    Py_RETURN_NONE;
}

static PyObject *
Timer_new_bad(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    PyObject *callback;
    Timer *t;

    if (!PyArg_ParseTuple(args, "O", &callback))
        return NULL;
    t = (Timer *)type->tp_alloc(type, 0);
    if (t == NULL)
        return NULL;
    t->callback = callback; // want "RC302: 'callback'"
    return (PyObject *)t;
}

static PyObject *
FN_Timer_copy_bad(Timer *self, PyObject *noargs)
{
    Timer *t = (Timer *)Py_TYPE(self)->tp_alloc(Py_TYPE(self), 0);

    if (t == NULL)
        return NULL;
    t->args = self->args;
    return (PyObject *)t;
}

static PyObject *error_handler;

static PyObject *
set_handler_bad(PyObject *self, PyObject *handler)
{
    PyObject *old = error_handler;

    error_handler = handler; // want "RC302: 'handler'"
    Py_XDECREF(old);
    Py_RETURN_NONE;
}

static void
Timer_dealloc(Timer *self)
{
    Py_XDECREF(self->callback);
    Py_XDECREF(self->args);
    Py_XDECREF(self->owner);
    Py_XDECREF(self->names[0]);
    Py_XDECREF(self->names[1]);
    Py_XDECREF(self->last);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyMethodDef methods[] = {
    {"default", (PyCFunction)Timer_default_bad, METH_O, NULL},
    {"copy", (PyCFunction)FN_Timer_copy_bad, METH_NOARGS, NULL},
    {"set_handler", set_handler_bad, METH_O, NULL},
    {NULL, NULL, 0, NULL}
};

static PyGetSetDef Timer_getset[] = {
    {"owner", NULL, (setter)Timer_setowner_bad, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL}
};

static PyTypeObject Timer_Type = { // want "RC601"
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "timer.Timer",
    .tp_basicsize = sizeof(Timer),
    .tp_dealloc = (destructor)Timer_dealloc,
    .tp_init = (initproc)Timer_init_bad,
    .tp_new = Timer_new_bad,
    .tp_methods = methods,
    .tp_getset = Timer_getset,
};

/* The format is a variable that never changes. */
static int
Timer_config_const_bad(Timer *self, PyObject *args, PyObject *kwds)
{
    static const char *const format = "O:Timer";
    PyObject *callback;

    if (!PyArg_ParseTuple(args, format, &callback))
        return -1;
    self->callback = callback; // want "RC302"
    return 0;
}
