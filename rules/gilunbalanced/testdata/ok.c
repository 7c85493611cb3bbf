#include <Python.h>

static PyObject *
blocked_ok(PyObject *self, PyObject *arg)
{
    Py_BEGIN_ALLOW_THREADS
    if (sleep(1) > 0) {
        Py_BLOCK_THREADS
        return PyErr_SetFromErrno(PyExc_OSError);
    }
    Py_END_ALLOW_THREADS
    Py_RETURN_NONE;
}

static PyObject *
goto_ok(PyObject *self, PyObject *arg)
{
    PyThreadState *save = PyEval_SaveThread();
    PyObject *result = NULL;
    int failed = 0;

    if (sleep(1) > 0) {
        failed = 1;
        goto done;
    }
    sleep(2);
done:
    PyEval_RestoreThread(save);
    if (!failed)
        result = Py_NewRef(arg);
    return result;
}

static void
callback_ok(void *data)
{
    PyGILState_STATE state = PyGILState_Ensure();
    PyObject *result = PyObject_CallNoArgs((PyObject *)data);

    if (result == NULL)
        PyErr_Print();
    Py_XDECREF(result);
    PyGILState_Release(state);
}

/* Halves of pairs: whoever gets the handle closes what was opened. */
typedef struct {
    PyThreadState *save;
    PyGILState_STATE state;
} client_t;

static void
leave_python_ok(client_t *c)
{
    c->save = PyEval_SaveThread();
}

static void
enter_python_ok(client_t *c)
{
    PyEval_RestoreThread(c->save);
}

/* The caller has the thread state. */
static void
detach_ok(PyThreadState **save)
{
    if (PyThreadState_Get() != *save)
        Py_FatalError("another thread");
    (void)PyEval_SaveThread();
}

static PyGILState_STATE
take_ok(void)
{
    return PyGILState_Ensure();
}

static void
take_into_ok(client_t *c)
{
    c->state = PyGILState_Ensure();
}

static PyObject *
flag_ok(PyObject *self, PyObject *arg)
{
    PyThreadState *save = NULL;
    int release = PyObject_IsTrue(arg);

    if (release < 0)
        return NULL;
    if (release)
        save = PyEval_SaveThread();
    sleep(1);
    if (release)
        PyEval_RestoreThread(save);
    Py_RETURN_NONE;
}

/* In a loop, with other windows. */
static PyObject *
windows_ok(PyObject *self, PyObject *arg)
{
    int i, rc = 0;

    for (i = 0; i < 10 && rc == 0; i++) {
        Py_BEGIN_ALLOW_THREADS
        rc = sleep(1);
        Py_END_ALLOW_THREADS
        if (rc > 0 && PyErr_CheckSignals() < 0)
            return NULL;
    }
    return PyLong_FromLong(i);
}

/* As macros for long loops do it: a window that need not be opened, and is closed if it is. */
int is_long(Py_ssize_t n);

static PyObject *
threshold_closed_ok(PyObject *self, PyObject *args)
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
taken_by_helper_ok(PyObject *self, PyObject *args)
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
