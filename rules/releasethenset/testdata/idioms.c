#include <Python.h>

typedef struct {
    PyObject_HEAD
    PyObject *fields;
} Record;

extern PyTypeObject Record_Type;

static Record *
make(void)
{
    Record *r = (Record *)PyType_GenericAlloc(&Record_Type, 0);

    if (r == NULL)
        return NULL;
    r->fields = PyDict_New();
    if (r->fields == NULL) {
        Py_DECREF(r);
        return NULL;
    }
    return r;
}

/* Nobody else can see the new object. */
static PyObject *
new_object_ok(PyObject *self, PyObject *fields)
{
    Record *r = make();

    if (r == NULL)
        return NULL;
    Py_XDECREF(r->fields);
    Py_INCREF(fields);
    r->fields = fields;
    return (PyObject *)r;
}
