#include <Python.h>

/* The old value's __del__ finds the field still pointing to it, and can set the field
   again: then the old value is released twice. */

typedef struct {
    PyObject_HEAD
    PyObject *text;
    PyObject *tail;
    PyObject *parts[4];
    Py_ssize_t used;
} Element;

static int
Element_traverse(Element *self, visitproc visit, void *arg)
{
    Py_ssize_t i;

    Py_VISIT(self->text);
    Py_VISIT(self->tail);
    for (i = 0; i < 4; i++)
        Py_VISIT(self->parts[i]);
    return 0;
}

static int
Element_clear_fields(Element *self)
{
    Py_ssize_t i;

    Py_CLEAR(self->text);
    Py_CLEAR(self->tail);
    for (i = 0; i < 4; i++)
        Py_CLEAR(self->parts[i]);
    return 0;
}

static void
Element_dealloc(Element *self)
{
    PyObject_GC_UnTrack(self);
    Element_clear_fields(self);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static int
Element_set_text_bad(Element *self, PyObject *value, void *closure)
{
    Py_XINCREF(value);
    Py_XDECREF(self->text); // want "RC205"
    self->text = value;
    return 0;
}

static int
Element_set_text_ok(Element *self, PyObject *value, void *closure)
{
    Py_XINCREF(value);
    Py_XSETREF(self->text, value);
    return 0;
}

static PyObject *
Element_replace_tail_bad(Element *self, PyObject *value)
{
    if (self->tail != NULL)
        Py_DECREF(self->tail); // want "RC205"
    Py_INCREF(value);
    self->tail = value;
    Py_RETURN_NONE;
}

static PyObject *
Element_replace_tail_ok(Element *self, PyObject *value)
{
    PyObject *old = self->tail;

    Py_INCREF(value);
    self->tail = value;
    Py_XDECREF(old);
    Py_RETURN_NONE;
}

static PyObject *
Element_reset_bad(Element *self, PyObject *noargs)
{
    Py_XDECREF(self->text); // want "RC205"
    self->text = NULL;
    Py_RETURN_NONE;
}

static PyObject *
Element_reset_ok(Element *self, PyObject *noargs)
{
    Py_CLEAR(self->text);
    Py_RETURN_NONE;
}

/* A slot of an array, as of a deque's block. */
static PyObject *
FN_Element_pop_bad(Element *self, PyObject *noargs)
{
    if (self->used == 0)
        Py_RETURN_NONE;
    Py_XDECREF(self->parts[self->used - 1]);
    self->parts[self->used - 1] = NULL;
    self->used--;
    Py_RETURN_NONE;
}

static PyObject *
Element_pop_ok(Element *self, PyObject *noargs)
{
    PyObject *last;

    if (self->used == 0)
        Py_RETURN_NONE;
    self->used--;
    last = self->parts[self->used];
    self->parts[self->used] = NULL;
    Py_XDECREF(last);
    Py_RETURN_NONE;
}

static PyObject *
Element_push(Element *self, PyObject *value)
{
    if (self->used == 4) {
        PyErr_SetString(PyExc_ValueError, "full");
        return NULL;
    }
    Py_INCREF(value);
    self->parts[self->used++] = value;
    Py_RETURN_NONE;
}

/* The hook of a module, as of a trace function. */
static PyObject *hook;

static PyObject *
set_hook_bad(PyObject *self, PyObject *value)
{
    Py_INCREF(value);
    Py_XDECREF(hook); // want "RC205"
    hook = value;
    Py_RETURN_NONE;
}

static PyObject *other_hook;

static PyObject *
set_hook_ok(PyObject *self, PyObject *value)
{
    Py_INCREF(value);
    Py_XSETREF(other_hook, value);
    Py_RETURN_NONE;
}

static PyMethodDef Element_methods[] = {
    {"replace_tail_bad", (PyCFunction)Element_replace_tail_bad, METH_O, NULL},
    {"replace_tail_ok", (PyCFunction)Element_replace_tail_ok, METH_O, NULL},
    {"reset_bad", (PyCFunction)Element_reset_bad, METH_NOARGS, NULL},
    {"reset_ok", (PyCFunction)Element_reset_ok, METH_NOARGS, NULL},
    {"pop_bad", (PyCFunction)FN_Element_pop_bad, METH_NOARGS, NULL},
    {"pop_ok", (PyCFunction)Element_pop_ok, METH_NOARGS, NULL},
    {"push", (PyCFunction)Element_push, METH_O, NULL},
    {NULL, NULL, 0, NULL}
};

static PyGetSetDef Element_getset[] = {
    {"text_bad", NULL, (setter)Element_set_text_bad, NULL, NULL},
    {"text_ok", NULL, (setter)Element_set_text_ok, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL}
};

static PyTypeObject Element_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "reenter.Element",
    .tp_basicsize = sizeof(Element),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_dealloc = (destructor)Element_dealloc,
    .tp_traverse = (traverseproc)Element_traverse,
    .tp_clear = (inquiry)Element_clear_fields,
    .tp_methods = Element_methods,
    .tp_getset = Element_getset,
    .tp_new = PyType_GenericNew,
};

static PyMethodDef reenter_methods[] = {
    {"set_hook_bad", set_hook_bad, METH_O, NULL},
    {"set_hook_ok", set_hook_ok, METH_O, NULL},
    {NULL, NULL, 0, NULL}
};

static struct PyModuleDef reenter_module = {
    PyModuleDef_HEAD_INIT, .m_name = "reenter", .m_size = -1, .m_methods = reenter_methods,
};

PyMODINIT_FUNC
PyInit_reenter(void)
{
    PyObject *m;

    if (PyType_Ready(&Element_Type) < 0)
        return NULL;
    m = PyModule_Create(&reenter_module);
    if (m == NULL)
        return NULL;
    Py_INCREF(&Element_Type);
    if (PyModule_AddObject(m, "Element", (PyObject *)&Element_Type) < 0) {
        Py_DECREF(&Element_Type);
        Py_DECREF(m);
        return NULL;
    }
    return m;
}
