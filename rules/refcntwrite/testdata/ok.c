#include <Python.h>

static void
share_ok(PyObject *obj, PyObject **out, Py_ssize_t n)
{
    Py_ssize_t i;

    for (i = 0; i < n; i++) {
        Py_INCREF(obj);
        out[i] = obj;
    }
}

static Py_ssize_t
read_ok(PyObject *obj)
{
    return Py_REFCNT(obj);
}

static Py_ssize_t
read_field_ok(PyObject *obj)
{
    return obj->ob_refcnt;
}

static int
shared_ok(PyObject *obj)
{
    return obj->ob_refcnt > 1;
}

struct counted {
    int refcnt;
    int ob_refcount;
};

/* The counts of other people's structures. */
static void
own_count_ok(struct counted *c)
{
    c->refcnt++;
    c->ob_refcount = 1;
}

static void
set_refcnt_ok(struct counted *c, int n)
{
    c->refcnt = n;
}

static void
type_ok(PyObject *obj, PyTypeObject *type)
{
    Py_SET_TYPE(obj, type);
}

static void
size_ok(PyVarObject *obj, Py_ssize_t n)
{
    Py_SET_SIZE(obj, n);
}

static PyObject *
incref_ok(PyObject *obj)
{
    Py_INCREF(obj);
    return obj;
}

static void
local_ok(PyObject *obj)
{
    Py_ssize_t ob_refcnt = Py_REFCNT(obj);

    ob_refcnt++;
    printf("%zd\n", ob_refcnt);
}

static PyObject *
init_ok(PyObject *mem, PyTypeObject *type)
{
    return PyObject_Init(mem, type);
}

/* An object on the stack is set up. */
static void
definition_ok(PyModuleDef *target, const char *name)
{
    PyModuleDef local = { PyModuleDef_HEAD_INIT, name, NULL, -1 };

    memcpy(target, &local, sizeof(local));
}
