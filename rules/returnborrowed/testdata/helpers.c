#include <Python.h>

/* Helpers whose result is sometimes new and sometimes borrowed: callers cannot
   know what to do. */

typedef struct {
    PyObject *s_null, *s_true, *s_false, *cache;
} state;

static PyObject *
encoded_const_bad(state *st, PyObject *obj)
{
    if (obj == Py_None) {
        Py_INCREF(st->s_null);
        return st->s_null;
    }
    if (obj == Py_True)
        return st->s_true; // want "RC301: 'st->s_true' is returned without a reference of its own"
    if (obj == Py_False) {
        Py_INCREF(st->s_false);
        return st->s_false;
    }
    PyErr_SetString(PyExc_ValueError, "not a const");
    return NULL;
}

static PyObject *
encoded_const_ok(state *st, PyObject *obj)
{
    if (obj == Py_None)
        return Py_NewRef(st->s_null);
    if (obj == Py_True)
        return Py_NewRef(st->s_true);
    PyErr_SetString(PyExc_ValueError, "not a const");
    return NULL;
}

static PyObject *
lookup_bad(PyObject *dict, PyObject *key)
{
    PyObject *v = PyDict_GetItemWithError(dict, key);

    if (v != NULL)
        return v; // want "RC301: 'v'"
    if (PyErr_Occurred())
        return NULL;
    return PyLong_FromLong(0);
}

/* The constant says that there is nothing to release. */
static PyObject *
key_or_none_ok(PyObject *key)
{
    PyObject *s = PyObject_Str(key);

    if (s == NULL)
        return NULL;
    if (PyUnicode_GET_LENGTH(s) == 0) {
        Py_DECREF(s);
        return Py_None;
    }
    return s;
}

/* Made on the first call and kept: borrowed each time. */
static PyObject *
cached_ok(state *st)
{
    if (st->cache == NULL)
        st->cache = PyDict_New();
    return st->cache;
}

/* Another out parameter tells which it is. */
static PyObject *
find_ok(PyObject *dict, PyObject *key, int *owned)
{
    PyObject *v = PyDict_GetItem(dict, key);

    if (v != NULL) {
        *owned = 0;
        return v;
    }
    *owned = 1;
    return PyLong_FromLong(0);
}

static PyObject *
use_all(PyObject *self, PyObject *arg)
{
    state *st = PyModule_GetState(self);
    PyObject *k, *r;
    int owned;

    k = key_or_none_ok(arg);
    if (k == NULL)
        return NULL;
    if (k == Py_None)
        return encoded_const_ok(st, arg);
    r = PyObject_GetItem(cached_ok(st), k);
    Py_DECREF(k);
    if (r == NULL)
        return encoded_const_bad(st, arg);
    k = find_ok(arg, r, &owned);
    if (k == NULL) {
        Py_DECREF(r);
        return NULL;
    }
    if (owned)
        Py_DECREF(k);
    Py_DECREF(r);
    return lookup_bad(arg, self);
}
