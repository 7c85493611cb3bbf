#include <Python.h>

static PyObject *
after_ok(PyObject *self, PyObject *arg)
{
    int failed;

    Py_BEGIN_ALLOW_THREADS
    failed = sleep(1) > 0;
    Py_END_ALLOW_THREADS
    if (failed) {
        PyErr_SetString(PyExc_RuntimeError, "woken");
        return NULL;
    }
    return Py_NewRef(arg);
}

/* What these do needs no GIL. */
static PyObject *
allowed_ok(PyObject *self, PyObject *arg)
{
    char *p;

    if (!PyBytes_Check(arg))
        Py_RETURN_NONE;
    Py_BEGIN_ALLOW_THREADS
    p = PyMem_RawMalloc(PyBytes_GET_SIZE(arg));
    if (p != NULL)
        memcpy(p, PyBytes_AS_STRING(arg), PyBytes_GET_SIZE(arg));
    PyMem_RawFree(p);
    Py_END_ALLOW_THREADS
    Py_RETURN_NONE;
}

static PyObject *
blocked_ok(PyObject *self, PyObject *arg)
{
    int i;

    Py_BEGIN_ALLOW_THREADS
    for (i = 0; i < 10; i++) {
        if (sleep(1) > 0) {
            Py_BLOCK_THREADS
            PyErr_SetString(PyExc_RuntimeError, "woken");
            return NULL;
        }
    }
    Py_END_ALLOW_THREADS
    Py_RETURN_NONE;
}

static PyObject *
ensured_ok(PyObject *self, PyObject *arg)
{
    PyThreadState *save = PyEval_SaveThread();
    PyGILState_STATE state;

    if (sleep(1) > 0) {
        state = PyGILState_Ensure();
        PyErr_WriteUnraisable(arg);
        PyGILState_Release(state);
    }
    PyEval_RestoreThread(save);
    Py_RETURN_NONE;
}

/* The helper takes the GIL itself. */
static void
complain(const char *what)
{
    PyGILState_STATE state = PyGILState_Ensure();

    PyErr_Format(PyExc_RuntimeError, "cannot %s", what);
    PyGILState_Release(state);
}

static PyObject *
helper_ok(PyObject *self, PyObject *arg)
{
    int rc;

    Py_BEGIN_ALLOW_THREADS
    rc = sleep(1);
    if (rc > 0)
        complain("sleep");
    Py_END_ALLOW_THREADS
    if (rc > 0)
        return NULL;
    Py_RETURN_NONE;
}

/* The window is opened for large work only. */
static PyObject *
threshold_ok(PyObject *self, PyObject *arg)
{
    PyThreadState *save = NULL;
    Py_ssize_t n = PyObject_Size(arg);

    if (n < 0)
        return NULL;
    if (n > 500)
        save = PyEval_SaveThread();
    sleep(1);
    if (save != NULL)
        PyEval_RestoreThread(save);
    return PyLong_FromSsize_t(n);
}

/* As macros for long loops do it: a window that need not be opened, and is closed if it is. */
int is_long(Py_ssize_t n);

static PyObject *
threshold_ok(PyObject *self, PyObject *args)
{
    PyThreadState *save = NULL;
    Py_ssize_t i, n;

    if (!PyArg_ParseTuple(args, "n", &n))
        return NULL;
    if (is_long(n))
        save = PyEval_SaveThread();
    for (i = 0; i < n; i++)
        usleep(1);
    if (is_long(n)) {
        if (save) {
            PyEval_RestoreThread(save);
            save = NULL;
        }
    }
    return PyLong_FromSsize_t(i);
}

/* The helper takes the GIL again where something is wrong. */
static int
checked(Py_ssize_t i, PyThreadState *save)
{
    if (i >= 0)
        return 0;
    if (save)
        PyEval_RestoreThread(save);
    PyErr_SetNone(PyExc_IndexError);
    return -1;
}

static PyObject *
checked_by_helper_ok(PyObject *self, PyObject *args)
{
    PyThreadState *save;
    Py_ssize_t i;

    if (!PyArg_ParseTuple(args, "n", &i))
        return NULL;
    save = PyEval_SaveThread();
    if (checked(i, save) < 0) {
        PyErr_SetNone(PyExc_ValueError);
        return NULL;
    }
    PyEval_RestoreThread(save);
    return PyLong_FromSsize_t(i);
}

/* A mutex can be taken with and without the GIL. */
static PyMutex mutex;

static PyObject *
mutex_ok(PyObject *self, PyObject *noargs)
{
    Py_BEGIN_ALLOW_THREADS
    PyMutex_Lock(&mutex);
    PyMutex_Unlock(&mutex);
    Py_END_ALLOW_THREADS
    Py_RETURN_NONE;
}
