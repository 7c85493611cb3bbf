#include <Python.h>
#include <otherlib.h>

/* The header is not there. What the first version of the library did is history. */
static PyObject *
old_library_ok(PyObject *arg)
{
    PyObject *text = PyObject_Str(arg);
    int done = 1;

    if (text == NULL)
        return NULL;
#if OTHERLIB_VERSION_NUMBER < 2001000
    done = 0;
#endif
    if (done)
        return text;
    Py_RETURN_NONE;
}

static PyObject *
new_library_bad(PyObject *arg)
{
    PyObject *text = PyObject_Str(arg);
    int done = 1;

    if (text == NULL)
        return NULL;
#if OTHERLIB_VERSION_NUMBER >= 2001000
    done = 0;
#endif
    if (done)
        return text;
    Py_RETURN_NONE; // want "RC101: 'text'"
}
