#include <Python.h>

typedef struct {
    PyThread_type_lock lock;
} State;

/* The owner stays until release_state. */
static void
acquire_state_ok(PyObject *owner, State *state)
{
    if (state->lock) {
        Py_INCREF(owner);
        PyThread_acquire_lock(state->lock, 1);
    }
}

static void
release_state_ok(PyObject *owner, State *state)
{
    if (state->lock) {
        PyThread_release_lock(state->lock);
        Py_DECREF(owner);
    }
}

static PyObject *
with_state_ok(PyObject *owner, State *state)
{
    acquire_state_ok(owner, state);
    PyObject *res = PyObject_Repr(owner);
    release_state_ok(owner, state);
    return res;
}

/* This one was meant to be released. */
static void
print_twice_bad(PyObject *obj, int twice)
{
    Py_INCREF(obj);
    PyObject_Print(obj, stdout, 0);
    if (twice)
        PyObject_Print(obj, stdout, 0);
    else
        return; // want "RC101: 'obj'"
    Py_DECREF(obj);
}
