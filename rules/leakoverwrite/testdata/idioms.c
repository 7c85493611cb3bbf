#include <Python.h>

/* i is 0 in the first turn only. */
static PyObject *
sum_ok(PyObject *seq, Py_ssize_t n)
{
    PyObject *sum = NULL;

    for (Py_ssize_t i = 0; i < n; i++) {
        PyObject *p = PySequence_GetItem(seq, i);

        if (p == NULL) {
            Py_XDECREF(sum);
            return NULL;
        }
        if (i == 0) {
            sum = p;
        }
        else {
            Py_SETREF(sum, PyNumber_Add(sum, p));
            Py_DECREF(p);
            if (sum == NULL)
                return NULL;
        }
    }
    return sum;
}

static PyObject *
last_ok(PyObject *seq, Py_ssize_t n)
{
    PyObject *last = NULL;

    for (Py_ssize_t i = 0; i < n; ++i) {
        if (i == 0) {
            last = PySequence_GetItem(seq, i);
        }
        else {
            Py_DECREF(last);
            last = PySequence_GetItem(seq, i);
        }
        if (last == NULL)
            return NULL;
    }
    return last;
}
