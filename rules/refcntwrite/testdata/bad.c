#include <Python.h>

static void
share_bad(PyObject *obj, Py_ssize_t n)
{
    obj->ob_refcnt += n; // want "RC206: the reference count of 'obj' is written directly"
}

static void
drop_bad(PyObject *obj)
{
    obj->ob_refcnt--; // want "RC206"
}

static void
take_bad(PyObject *obj)
{
    ++obj->ob_refcnt; // want "RC206"
}

static void
one_bad(PyObject *obj)
{
    obj->ob_refcnt = 1; // want "RC206"
}

static void
setter_bad(PyObject *obj)
{
    Py_SET_REFCNT(obj, 1); // want "RC206: Py_SET_REFCNT sets the reference count of 'obj'"
}

static void
FN_macro_bad(PyObject *obj)
{
    Py_REFCNT(obj) = 1;
}

static void
more_bad(PyObject *obj, Py_ssize_t n)
{
    Py_SET_REFCNT(obj, Py_REFCNT(obj) + n); // want "RC206"
}

typedef struct {
    PyObject_HEAD
    int value;
} Cell;

static void
cast_bad(Cell *cell)
{
    ((PyObject *)cell)->ob_refcnt = 1; // want "RC206"
}

static void
base_bad(Cell *cell)
{
    cell->ob_base.ob_refcnt += 2; // want "RC206"
}
