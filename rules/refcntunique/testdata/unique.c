// refcheck --target-python 3.14t
#include <Python.h>
#include <assert.h>

typedef struct {
    PyObject_HEAD
    PyObject *cache;
} Box;

static void change(PyObject *obj);

static PyObject *
equal_bad(PyObject *self, PyObject *obj)
{
    if (Py_REFCNT(obj) == 1)    // want "RC804: a reference count of 1 does not prove that nobody else has 'obj'"
        change(obj);
    return Py_NewRef(obj);
}

static PyObject *
less_bad(PyObject *self, PyObject *obj)
{
    if (Py_REFCNT(obj) < 2)     // want "RC804"
        change(obj);
    return Py_NewRef(obj);
}

static PyObject *
greater_bad(PyObject *self, PyObject *obj)
{
    if (Py_REFCNT(obj) > 1)     // want "RC804"
        Py_RETURN_NONE;
    change(obj);
    return Py_NewRef(obj);
}

static PyObject *
field_bad(Box *self, PyObject *unused)
{
    if (self->cache->ob_refcnt != 1)    // want "RC804: .* 'self->cache'"
        Py_RETURN_NONE;
    change(self->cache);
    return Py_NewRef(self->cache);
}

static PyObject *
both_bad(PyObject *self, PyObject *obj)
{
    if (PyTuple_CheckExact(obj) && Py_REFCNT(obj) == 1)         // want "RC804"
        change(obj);
    return Py_NewRef(obj);
}

static PyObject *
asked_ok(PyObject *self, PyObject *obj)
{
    if (PyUnstable_Object_IsUniquelyReferenced(obj))
        change(obj);
    return Py_NewRef(obj);
}

/* Nobody else has seen it. */
static PyObject *
fresh_ok(PyObject *self, PyObject *arg)
{
    PyObject *list = PyList_New(0);

    if (list == NULL)
        return NULL;
    if (Py_REFCNT(list) == 1)
        PyList_Append(list, arg);
    return list;
}

static PyObject *
assertion_ok(PyObject *self, PyObject *obj)
{
    assert(Py_REFCNT(obj) == 1);
    return Py_NewRef(obj);
}

static PyObject *
assertion_of_others_ok(PyObject *self, PyObject *obj)
{
    assert(Py_REFCNT(obj) >= 2);
    return Py_NewRef(obj);
}

static PyObject *
message_ok(PyObject *self, PyObject *obj)
{
    if (Py_REFCNT(obj) > 1)
        fprintf(stderr, "%p is shared\n", (void *)obj);
    return PyLong_FromSsize_t(Py_REFCNT(obj));
}

/* Not about being alone. */
static PyObject *
other_ok(PyObject *self, PyObject *obj)
{
    if (Py_REFCNT(obj) > 1000)
        Py_RETURN_NONE;
    return Py_NewRef(obj);
}

/* Nobody can reach it any more. */
static void
dealloc_ok(Box *self)
{
    if (Py_REFCNT(self->cache) == 1)
        change(self->cache);
    Py_XDECREF(self->cache);
    Py_TYPE(self)->tp_free(self);
}

static PyMethodDef box_methods[] = {
    {"field", (PyCFunction)field_bad, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL}
};

static PyTypeObject Box_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "m.Box", .tp_basicsize = sizeof(Box), .tp_dealloc = (destructor)dealloc_ok, .tp_methods = box_methods
};

static PyMethodDef methods[] = {
    {"equal", equal_bad, METH_O, NULL}, {"less", less_bad, METH_O, NULL}, {"greater", greater_bad, METH_O, NULL},
    {"both", both_bad, METH_O, NULL}, {"asked", asked_ok, METH_O, NULL}, {"fresh", fresh_ok, METH_O, NULL},
    {"assertion", assertion_ok, METH_O, NULL}, {"others", assertion_of_others_ok, METH_O, NULL},
    {"message", message_ok, METH_O, NULL}, {"other", other_ok, METH_O, NULL},
    {NULL, NULL, 0, NULL}
};
