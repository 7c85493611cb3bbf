#include <Python.h>

typedef struct {
    PyObject_HEAD
    PyObject *name;
    PyObject *items;
    Py_ssize_t used;
} Person;

static PyTypeObject Person_Type;

static int
Person_setname_ok(Person *self, PyObject *value, void *closure)
{
    PyObject *old = self->name;

    Py_XINCREF(value);
    self->name = value;
    Py_XDECREF(old);
    return 0;
}

static int
Person_xsetref_ok(Person *self, PyObject *value)
{
    Py_XSETREF(self->name, Py_NewRef(value));
    return 0;
}

static int
Person_clear_ok(Person *self)
{
    Py_CLEAR(self->name);
    Py_CLEAR(self->items);
    return 0;
}

/* Nobody else can see a dying object. */
static void
Person_dealloc_ok(Person *self)
{
    Py_XDECREF(self->name);
    self->name = NULL;
    Py_XDECREF(self->items);
    self->items = NULL;
    Py_TYPE(self)->tp_free((PyObject *)self);
}

/* Nor one that has just been made. */
static PyObject *
Person_new_ok(PyObject *name)
{
    Person *p = PyObject_New(Person, &Person_Type);

    if (p == NULL)
        return NULL;
    p->name = PyUnicode_FromString("nobody");
    p->items = NULL;
    Py_XDECREF(p->name);
    p->name = Py_NewRef(name);
    return (PyObject *)p;
}

/* A local variable is nobody else's. */
static PyObject *
local_ok(PyObject *arg)
{
    PyObject *x = PyObject_Str(arg);

    if (x == NULL)
        return NULL;
    Py_DECREF(x);
    x = PyObject_Repr(arg);
    return x;
}

static void
Person_two_steps_ok(Person *self)
{
    PyObject *items = self->items;

    if (items != NULL) {
        self->items = NULL;
        self->used = 0;
        Py_DECREF(items);
    }
}

static int
Person_temp_ok(Person *self, PyObject *value)
{
    PyObject *fresh = PySequence_List(value), *old;

    if (fresh == NULL)
        return -1;
    old = self->items;
    self->items = fresh;
    Py_XDECREF(old);
    self->used = PyList_GET_SIZE(fresh);
    return 0;
}

static int
stack_array_ok(PyObject *seq)
{
    PyObject *pair[2];
    int i;

    for (i = 0; i < 2; i++) {
        pair[i] = PySequence_GetItem(seq, i);
        if (pair[i] == NULL) {
            if (i == 1)
                Py_DECREF(pair[0]);
            return -1;
        }
    }
    for (i = 0; i < 2; i++) {
        Py_DECREF(pair[i]);
        pair[i] = NULL;
    }
    return 0;
}

/* The field keeps its own reference; the local one goes. */
static int
Person_share_ok(Person *self, PyObject *arg)
{
    PyObject *text = PyObject_Str(arg);

    if (text == NULL)
        return -1;
    Py_XSETREF(self->name, Py_NewRef(text));
    Py_DECREF(text);
    return 0;
}

static int
Person_other_field_ok(Person *self, PyObject *value)
{
    PyObject *old = self->name;

    self->name = self->items;
    self->items = Py_NewRef(value);
    Py_XDECREF(old);
    return 0;
}

/* The object is in items as well, so this is never its last reference. */
static int
held_twice_ok(Person *self, PyObject *arg)
{
    Py_XSETREF(self->items, Py_XNewRef(self->name));
    Py_XDECREF(self->name);
    self->name = Py_NewRef(arg);
    return 0;
}

/* None outlives its release. */
static int
none_ok(Person *self, PyObject *arg)
{
    if (self->name == Py_None) {
        Py_DECREF(self->name);
        self->name = Py_NewRef(arg);
    }
    return 0;
}

static PyTypeObject Person_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "people.Person",
    .tp_basicsize = sizeof(Person),
    .tp_dealloc = (destructor)Person_dealloc_ok,
    .tp_clear = (inquiry)Person_clear_ok,
};
