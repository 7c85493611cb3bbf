#include <Python.h>

static PyObject *
error_in_window_bad(PyObject *self, PyObject *arg)
{
    int failed;

    Py_BEGIN_ALLOW_THREADS                // note "call: Py_BEGIN_ALLOW_THREADS releases the GIL"
    failed = sleep(1) > 0;
    if (failed)
        PyErr_SetString(PyExc_RuntimeError, "woken");  // want "RC801: PyErr_SetString is called without the GIL"
    Py_END_ALLOW_THREADS
    return failed ? NULL : Py_NewRef(arg);
}

static PyObject *
decref_bad(PyObject *self, PyObject *arg)
{
    PyObject *text = PyObject_Str(arg);

    if (text == NULL)
        return NULL;
    Py_BEGIN_ALLOW_THREADS
    puts(PyUnicode_AsUTF8(text));         // want "RC801: PyUnicode_AsUTF8"
    Py_DECREF(text);                      // the same window: one finding
    Py_END_ALLOW_THREADS
    Py_RETURN_NONE;
}

static PyObject *
saved_bad(PyObject *self, PyObject *arg)
{
    PyThreadState *save = PyEval_SaveThread();
    char *p = PyMem_Malloc(100);          // want "RC801: PyMem_Malloc.* which PyEval_SaveThread released"

    if (p != NULL)
        memset(p, 0, 100);
    PyEval_RestoreThread(save);
    PyMem_Free(p);
    Py_RETURN_NONE;
}

static void
complain(const char *what)
{
    PyErr_Format(PyExc_RuntimeError, "cannot %s", what);
}

static PyObject *
helper_bad(PyObject *self, PyObject *arg)
{
    int rc;

    Py_BEGIN_ALLOW_THREADS
    rc = sleep(1);
    if (rc > 0)
        complain("sleep");                // want "RC801: complain calls PyErr_Format without the GIL"
    Py_END_ALLOW_THREADS
    if (rc > 0)
        return NULL;
    Py_RETURN_NONE;
}

/* The GIL is held between Py_BLOCK_THREADS and Py_UNBLOCK_THREADS, not afterwards. */
static PyObject *
unblocked_bad(PyObject *self, PyObject *arg)
{
    PyObject *list = PyList_New(0);

    if (list == NULL)
        return NULL;
    Py_BEGIN_ALLOW_THREADS
    sleep(1);
    Py_BLOCK_THREADS
    if (PyList_Append(list, arg) < 0)
        PyErr_Clear();
    Py_UNBLOCK_THREADS
    if (PyList_Append(list, arg) < 0)     // want "RC801: PyList_Append"
        sleep(1);
    Py_END_ALLOW_THREADS
    return list;
}
