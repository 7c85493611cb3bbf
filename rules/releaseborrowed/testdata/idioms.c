#include <Python.h>

/* What was compared with the constant is what is released. */
static PyObject *
by_constant_ok(PyObject *self, PyObject *obj)
{
    PyObject *impl = PyObject_GetAttrString(obj, "impl");

    if (impl == NULL)
        return NULL;
    if (impl == Py_None) {
        Py_DECREF(Py_None);
        PyErr_SetString(PyExc_TypeError, "no implementation");
        return NULL;
    }
    return impl;
}

extern PyObject *find_impl(PyObject *type);

/* The same, but who owns it is not known. */
static int
unknown_by_constant_ok(PyObject *obj, PyObject **result)
{
    PyObject *impl = find_impl((PyObject *)Py_TYPE(obj));

    if (impl == NULL)
        return -1;
    if (impl == Py_None) {
        Py_DECREF(Py_None);
        return -1;
    }
    *result = impl;
    return 0;
}

typedef struct {
    PyObject_HEAD
    PyObject *fields;
} Record;

static inline PyObject *
fields_of(Record *r)
{
    return r->fields;
}

/* The reference is that of the field, which gets another object. */
static int
field_by_accessor_ok(Record *self, PyObject *fields)
{
    Py_DECREF(fields_of(self));
    Py_INCREF(fields);
    self->fields = fields;
    return 0;
}

/* An argument that the caller has given away. */
static PyObject *
wrap_given_ok(PyObject *type)
{
    PyObject *t = PyTuple_New(1);

    if (t == NULL) {
        Py_DECREF(type);
        return NULL;
    }
    Py_INCREF(type);
    PyTuple_SET_ITEM(t, 0, type);
    Py_DECREF(type);
    return t;
}

/* The import machinery keeps the module. */
static int
exec_bad(PyObject *m)
{
    if (PyModule_AddIntConstant(m, "answer", 42) < 0) {
        Py_DECREF(m); // must be found: RC201 // want "RC201: 'm'"
        return -1;
    }
    return 0;
}

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, exec_bad},
    {0, NULL},
};

typedef struct entry {
    struct entry *next;
    PyObject *ref;
} Entry;

typedef struct {
    PyObject_HEAD
    Entry *table[16];
} Registry;

/* The reference of the entry, which has the same object. */
static PyObject *
Registry_remove_ok(Registry *self, PyObject *ref)
{
    Entry *e, **p;
    int i;

    for (i = 0; i < 16; i++) {
        for (p = &self->table[i]; (e = *p) != NULL; p = &e->next) {
            if (e->ref == ref) {
                *p = e->next;
                PyMem_Free(e);
                Py_DECREF(ref);
                Py_RETURN_NONE;
            }
        }
    }
    Py_RETURN_FALSE;
}

static PyObject *
Registry_forget_bad(Registry *self, PyObject *ref)
{
    Py_DECREF(ref); // want "RC201: 'ref'"
    self->table[0] = NULL;
    Py_RETURN_NONE;
}

static PyMethodDef Registry_methods[] = {
    {"remove", (PyCFunction)Registry_remove_ok, METH_O, NULL},
    {"forget", (PyCFunction)Registry_forget_bad, METH_O, NULL},
    {NULL, NULL, 0, NULL}
};

static PyTypeObject Items_Type = { PyVarObject_HEAD_INIT(NULL, 0) .tp_name = "x.Items", .tp_base = &PyTuple_Type };

static void
Items_dealloc_ok(PyObject *self)
{
    Py_ssize_t i;

    PyObject_GC_UnTrack(self);
    for (i = 0; i < Py_SIZE(self); i++)
        Py_XDECREF(PyTuple_GET_ITEM(self, i));
    Py_TYPE(self)->tp_free(self);
}

int
set_up_items(void)
{
    Items_Type.tp_dealloc = Items_dealloc_ok;
    return PyType_Ready(&Items_Type);
}
