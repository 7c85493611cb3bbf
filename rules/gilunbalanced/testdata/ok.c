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
