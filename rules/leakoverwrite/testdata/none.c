#include <Python.h>

/* Python 3.12 and later never free None: a version check may spare the Py_DECREF of what functions
   return that return nothing else. */

static PyObject *
run(PyObject *arg)
{
    if (PyObject_IsTrue(arg) < 0)
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *
run_twice(PyObject *arg, int depth)
{
    if (depth > 0)
        return run_twice(arg, depth - 1);
    return run(arg);
}

static PyObject *
run_or_show(PyObject *arg, int show)
{
    if (show)
        return PyObject_Repr(arg);
    Py_RETURN_NONE;
}

static PyObject *
none_ok(PyObject *arg)
{
    PyObject *v = run(arg);

    if (v == NULL)
        return NULL;
#if PY_VERSION_HEX < 0x030C0000
    Py_DECREF(v);
#endif
    v = run_twice(arg, 2);
    if (v == NULL)
        return NULL;
#if PY_VERSION_HEX < 0x030C0000
    Py_DECREF(v);
#endif
    v = PyObject_Str(arg);
    return v;
}

static PyObject *
other_bad(PyObject *arg, int show)
{
    PyObject *v = run_or_show(arg, show);

    if (v == NULL)
        return NULL;
#if PY_VERSION_HEX < 0x030C0000
    Py_DECREF(v);
#endif
    v = PyObject_Str(arg); // want "RC104: 'v'"
    return v;
}

/* Nothing says that this code is for new versions only. */
static PyObject *
forgotten_bad(PyObject *arg)
{
    PyObject *v = run(arg);

    if (v == NULL)
        return NULL;
    v = PyObject_Str(arg); // want "RC104: 'v'"
    return v;
}

static PyObject *
forgotten_for_old_bad(PyObject *arg)
{
    PyObject *v = run(arg);

    if (v == NULL)
        return NULL;
#if PY_VERSION_HEX >= 0x030C0000
    Py_DECREF(v);
#endif
    v = PyObject_Str(arg); // want "RC104: 'v'"
    return v;
}
