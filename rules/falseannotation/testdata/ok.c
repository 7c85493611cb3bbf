#include <Python.h>

/* refcheck: steals(item) */
static int
steals_ok(PyObject *list, PyObject *item)
{
    int rc = PyList_Append(list, item);
    Py_DECREF(item);
    return rc;
}

/* refcheck: steals-on-success(item); returns new */
static PyObject *
steals_on_success_ok(PyObject *item)
{
    PyObject *t = PyTuple_New(1);
    if (t == NULL)
        return NULL;
    PyTuple_SET_ITEM(t, 0, item);
    return t;
}

/* It never fails, so that the two words mean the same. */
/* refcheck: steals-on-success(item) */
static int
never_fails_ok(PyObject *item)
{
    Py_DECREF(item);
    return 0;
}

/* NULL is nobody's. */
/* refcheck: steals(item) */
static int
null_ok(PyObject *item)
{
    if (item == NULL)
        return -1;
    Py_DECREF(item);
    return 0;
}

/* Some paths take it: perhaps the others cannot be. */
/* refcheck: steals(item) */
static int
sometimes_ok(PyObject *item, int flag)
{
    if (flag)
        Py_DECREF(item);
    return 0;
}

extern void library_keep(PyObject *);

/* What the library does is not known. */
/* refcheck: steals(item) */
static void
unknown_ok(PyObject *item)
{
    library_keep(item);
}

/* The argument itself comes back, with the reference that came with it. */
/* refcheck: steals(item); returns new */
static PyObject *
through_ok(PyObject *item)
{
    return item;
}

/* refcheck: returns borrowed */
static PyObject *
borrowed_ok(PyObject *list)
{
    return PyList_GetItem(list, 0);
}

/* refcheck: returns new */
static PyObject *
immortal_ok(void)
{
    return Py_None;
}

/* refcheck: out-new(out); negative-on-error */
static int
out_ok(PyObject *o, PyObject **out)
{
    *out = PyObject_Str(o);
    return *out == NULL ? -1 : 0;
}

/* refcheck: noreturn */
static void
noreturn_ok(const char *text)
{
    Py_FatalError(text);
}

/* refcheck: sets-exception */
static void
sets_ok(const char *text)
{
    PyErr_SetString(PyExc_ValueError, text);
}

static PyObject *attribute_ok(PyObject *list, PyObject *item)
    CPYCHECKER_RETURNS_BORROWED_REF CPYCHECKER_STEALS_REFERENCE_TO_ARG(2);

static PyObject *
attribute_ok(PyObject *list, PyObject *item)
{
    Py_DECREF(item);
    return PyList_GetItem(list, 0);
}
