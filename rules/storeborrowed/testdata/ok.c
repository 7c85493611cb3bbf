#include <Python.h>

typedef struct {
    PyObject_HEAD
    PyObject *callback;
    PyObject *args;
    PyObject *names[2];
    PyObject *parent;   /* borrowed: the parent owns us */
} Timer;

static PyTypeObject Timer_Type;

static int
Timer_init_ok(Timer *self, PyObject *args, PyObject *kwds)
{
    PyObject *callback, *tmp;

    if (!PyArg_ParseTuple(args, "O", &callback))
        return -1;
    tmp = self->callback;
    Py_INCREF(callback);
    self->callback = callback;
    Py_XDECREF(tmp);
    return 0;
}

/* The reference comes after the assignment. */
static int
Timer_late_ok(Timer *self, PyObject *args)
{
    PyObject *old = self->args, *value;

    if (!PyArg_ParseTuple(args, "O", &value))
        return -1;
    self->args = value;
    Py_INCREF(self->args);
    Py_XDECREF(old);
    return 0;
}

static int
Timer_direct_ok(Timer *self, PyObject *args)
{
    if (!PyArg_ParseTuple(args, "OO", &self->callback, &self->args)) {
        self->callback = NULL;
        self->args = NULL;
        return -1;
    }
    Py_INCREF(self->callback);
    Py_INCREF(self->args);
    return 0;
}

static int
Timer_newref_ok(Timer *self, PyObject *value)
{
    Py_XSETREF(self->callback, Py_NewRef(value));
    return 0;
}

static int
Timer_null_ok(Timer *self)
{
    PyObject *old = self->callback;

    self->callback = NULL;
    Py_XDECREF(old);
    return 0;
}

/* Nothing ever releases this field. */
static void
Timer_setparent_ok(Timer *self, PyObject *parent)
{
    self->parent = parent;
}

static PyObject *
Timer_make_ok(PyObject *callback)
{
    Timer *t = PyObject_New(Timer, &Timer_Type);

    if (t == NULL)
        return NULL;
    Py_INCREF(callback);
    t->callback = callback;
    t->args = PyTuple_New(0);
    t->names[0] = t->names[1] = NULL;
    t->parent = NULL;
    if (t->args == NULL) {
        Py_DECREF(t);
        return NULL;
    }
    return (PyObject *)t;
}

static int
Timer_names_ok(Timer *self, PyObject *seq)
{
    int i;

    for (i = 0; i < 2; i++) {
        PyObject *name = PySequence_GetItem(seq, i), *old;
        if (name == NULL)
            return -1;
        old = self->names[i];
        self->names[i] = name;
        Py_XDECREF(old);
    }
    return 0;
}

/* The structure lives on the stack, and not longer than its objects. */
struct context {
    PyObject *obj;
    int depth;
};

static Py_ssize_t
walk(struct context *ctx)
{
    return PyObject_Size(ctx->obj);
}

static Py_ssize_t
stack_ok(PyObject *obj)
{
    struct context ctx;

    ctx.obj = obj;
    ctx.depth = 0;
    return walk(&ctx);
}

static void
swap_ok(Timer *self)
{
    PyObject *first = self->names[0];

    self->names[0] = self->names[1];
    self->names[1] = first;
}

static PyObject *last_error;

static PyObject *
remember_ok(PyObject *self, PyObject *err)
{
    PyObject *old = last_error;

    Py_INCREF(err);
    last_error = err;
    Py_XDECREF(old);
    Py_RETURN_NONE;
}

/* The helper makes the caller's reference before it stores it. */
static void
set_slot(PyObject **slot, PyObject *value)
{
    PyObject *old = *slot;

    Py_XINCREF(value);
    *slot = value;
    Py_XDECREF(old);
}

static void
Timer_slot_ok(Timer *self, PyObject *value)
{
    set_slot(&self->args, value);
}

static void
Timer_dealloc(Timer *self)
{
    Py_XDECREF(self->callback);
    Py_XDECREF(self->args);
    Py_XDECREF(self->names[0]);
    Py_XDECREF(self->names[1]);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyTypeObject Timer_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "timer.Timer",
    .tp_basicsize = sizeof(Timer),
    .tp_dealloc = (destructor)Timer_dealloc,
    .tp_init = (initproc)Timer_init_ok,
};

static int
Timer_config_const_ok(Timer *self, PyObject *args, PyObject *kwds)
{
    static const char *const format = "O:Timer";
    PyObject *callback;

    if (!PyArg_ParseTuple(args, format, &callback))
        return -1;
    Py_INCREF(callback);
    self->callback = callback;
    return 0;
}
