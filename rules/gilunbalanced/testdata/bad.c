#include <Python.h>

static PyObject *
return_bad(PyObject *self, PyObject *arg)
{
    Py_BEGIN_ALLOW_THREADS                // note "call: Py_BEGIN_ALLOW_THREADS releases the GIL"
    if (sleep(1) > 0)
        return NULL;                      // want "RC802: the function returns without the GIL, which Py_BEGIN_ALLOW_THREADS released at line 6"
    Py_END_ALLOW_THREADS
    Py_RETURN_NONE;
}

static PyObject *
goto_bad(PyObject *self, PyObject *arg)
{
    PyObject *result = NULL;

    Py_BEGIN_ALLOW_THREADS
    if (sleep(1) > 0)
        goto done;
    Py_END_ALLOW_THREADS
    result = Py_NewRef(arg);
done:
    return result;                        // want "RC802"
}

static PyObject *
saved_bad(PyObject *self, PyObject *arg)
{
    PyThreadState *save = PyEval_SaveThread();

    if (sleep(1) > 0)
        return NULL;                      // want "RC802: .* which PyEval_SaveThread released"
    PyEval_RestoreThread(save);
    Py_RETURN_NONE;
}

static void
callback_bad(void *data)
{
    PyGILState_STATE state = PyGILState_Ensure();
    PyObject *result = PyObject_CallNoArgs((PyObject *)data);

    if (result == NULL) {
        PyErr_Print();
        return;                           // want "RC802: the function returns without a PyGILState_Release for the PyGILState_Ensure at line 41"
    }
    Py_DECREF(result);
    PyGILState_Release(state);
}

static int
loop_bad(int *values, int n)
{
    int i;

    for (i = 0; i < n; i++) {
        Py_BEGIN_ALLOW_THREADS
        if (values[i] == 0)
            break;
        sleep(1);
        Py_END_ALLOW_THREADS
    }
    return i;                             // want "RC802"
}
