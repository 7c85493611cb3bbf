#include <Python.h>

/* refcheck: steals(item) */
static int
steals_nothing_bad(PyObject *list, PyObject *item)          // want "RC003: the comment says 'steals.item.', but no path takes 'item'"
{
    return PyList_Append(list, item);
}

/* refcheck: borrows(item) */
static PyObject *
takes_bad(PyObject *item)                                   // want "RC003: the comment says 'borrows.item.', but 'item' is taken by PyTuple_SET_ITEM .line 17."
{
    PyObject *t = PyTuple_New(1);
    if (t == NULL)
        return NULL;
    PyTuple_SET_ITEM(t, 0, item);
    return t;
}

/* refcheck: steals(item) */
static PyObject *
leaves_on_failure_bad(PyObject *item)                       // want "RC003: but 'item' is left to the caller on failure .line 27."
{
    PyObject *t = PyTuple_New(1);
    if (t == NULL)
        return NULL;
    PyTuple_SET_ITEM(t, 0, item);
    return t;
}

/* refcheck: steals-on-success(item) */
static PyObject *
takes_on_failure_too_bad(PyObject *item)                    // want "RC003: but 'item' is taken on failure by Py_DECREF .line 38."
{
    PyObject *t = PyTuple_New(1);
    if (t == NULL) {
        Py_DECREF(item);
        return NULL;
    }
    PyTuple_SET_ITEM(t, 0, item);
    return t;
}

/* refcheck: steals-on-failure(item) */
static int
takes_on_success_bad(PyObject *list, PyObject *item)        // want "RC003: 'item' is left to the caller on failure"
{
    if (PyList_Append(list, Py_None) < 0)
        return -1;
    Py_DECREF(item);
    return 0;
}

/* refcheck: returns borrowed */
static PyObject *
new_as_borrowed_bad(void)                                   // want "RC003: the comment says 'returns borrowed', but a new reference is returned .line 59."
{
    return PyList_New(0);
}

/* refcheck: returns new */
static PyObject *
borrowed_as_new_bad(PyObject *list)                         // want "RC003: the comment says 'returns new', but a borrowed reference is returned"
{
    return PyList_GetItem(list, 0);
}

/* refcheck: out-borrowed(out) */
static int
hands_out_new_bad(PyObject *o, PyObject **out)              // want "RC003: 'out' receives a new reference"
{
    *out = PyObject_Str(o);
    return *out == NULL ? -1 : 0;
}

/* refcheck: noreturn */
static void
comes_back_bad(const char *text)                            // want "RC003: the comment says 'noreturn', but it returns"
{
    PyErr_SetString(PyExc_ValueError, text);
}

/* refcheck: sets-exception */
static void
sets_none_bad(void)                                         // want "RC003: the comment says 'sets-exception', but no exception is set"
{
    PyErr_Clear();
}

/* refcheck: negative-on-error */
static int
silent_bad(PyObject *o)                                     // want "RC003: the comment says 'negative-on-error', but it reports failure without an exception"
{
    PyErr_Clear();
    if (o == Py_None)
        return -1;
    return 0;
}

/* refcheck: fails never */
static int
fails_bad(PyObject *o)                                      // want "RC003: the comment says 'fails never', but it returns with an exception set"
{
    if (o == Py_None) {
        PyErr_SetString(PyExc_ValueError, "none");
        return -1;
    }
    return 0;
}

static PyObject *attribute_bad(PyObject *o) __attribute__((cpychecker_returns_borrowed_ref));

static PyObject *
attribute_bad(PyObject *o)                                  // want "RC003: the attribute says cpychecker_returns_borrowed_ref .line 112., but a new reference is returned"
{
    return PyObject_Repr(o);
}

static int
number_bad(PyObject *o) CPYCHECKER_STEALS_REFERENCE_TO_ARG(2) // want "RC003: the attribute cpychecker_steals_reference_to_arg is about parameter 2, but there are 1"
{
    return o != NULL;
}
