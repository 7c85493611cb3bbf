/* Helpers of every kind, and right and wrong uses of each: see inlined_test.go.
 * The reference counts of the h_ functions are right, given what each is for. A use is right unless a comment says otherwise. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

typedef struct {
    PyObject_HEAD
    PyObject *item;
} Box;

static PyObject *cache;

static void
Box_dealloc(Box *self)
{
    Py_XDECREF(self->item);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

/* ---- what helpers do with an argument ---- */

static void
h_steal(PyObject *o)
{
    Py_DECREF(o);
}

static void
h_steal_maybe_null(PyObject *o)
{
    Py_XDECREF(o);
}

/* steals on success only */
static int
h_steal_on_success(PyObject *list, PyObject *o)
{
    if (PyList_Append(list, o) < 0) {
        return -1;
    }
    Py_DECREF(o);
    return 0;
}

/* steals on failure only */
static int
h_steal_on_failure(PyObject *list, PyObject *o)
{
    if (PyList_Append(list, o) < 0) {
        Py_DECREF(o);
        return -1;
    }
    return 0;
}

static int
h_append_steal(PyObject *list, PyObject *o)
{
    int rc = PyList_Append(list, o);
    Py_DECREF(o);
    return rc;
}

static int
h_append(PyObject *list, PyObject *o)
{
    return PyList_Append(list, o);
}

/* releases on one of its paths, and nobody can tell which it took */
static void
h_release_sometimes(PyObject *o, int flag)
{
    if (flag) {
        Py_DECREF(o);
    }
}

static void
h_keep(PyObject *o)
{
    Py_INCREF(o);
}

static void
h_set_counted(Box *box, PyObject *o)
{
    PyObject *old = box->item;
    Py_INCREF(o);
    box->item = o;
    Py_XDECREF(old);
}

static void
h_set_steal(Box *box, PyObject *o)
{
    PyObject *old = box->item;
    box->item = o;
    Py_XDECREF(old);
}

static void
h_cache_steal(PyObject *o)
{
    PyObject *old = cache;
    cache = o;
    Py_XDECREF(old);
}

static int
h_pack_steal(PyObject *tuple, PyObject *o)
{
    return PyTuple_SetItem(tuple, 0, o);
}

static void
h_steal_through(PyObject *o)
{
    h_steal(o);
}

/* ---- what helpers return ---- */

static PyObject *
h_new(long n)
{
    return PyLong_FromLong(n);
}

static PyObject *
h_new_through(long n)
{
    PyObject *o = h_new(n);
    if (o == NULL) {
        PyErr_SetString(PyExc_ValueError, "no");
        return NULL;
    }
    return o;
}

static PyObject *
h_new_of(PyObject *o)
{
    Py_INCREF(o);
    return o;
}

static PyObject *
h_same(PyObject *o)
{
    return o;
}

static PyObject *
h_borrowed(PyObject *dict)
{
    return PyDict_GetItemString(dict, "key");
}

static PyObject *
h_field(Box *box)
{
    return box->item;
}

/* takes over one object, returns another */
static PyObject *
h_convert(PyObject *o)
{
    PyObject *s = PyObject_Str(o);
    Py_DECREF(o);
    return s;
}

static PyObject *
h_none(void)
{
    Py_INCREF(Py_None);
    return Py_None;
}

/* Py_None without a reference says that there is nothing; else a new reference */
static PyObject *
h_none_sign(PyObject *o)
{
    if (o == Py_None) {
        return NULL;
    }
    return PyObject_Repr(o);
}

static PyObject *
h_fail(const char *message)
{
    PyErr_SetString(PyExc_TypeError, message);
    return NULL;
}

static PyObject *
h_checked(PyObject *o)
{
    if (!PyLong_Check(o)) {
        PyErr_SetString(PyExc_TypeError, "no integer");
        return NULL;
    }
    Py_INCREF(o);
    return o;
}

/* ---- out-parameters ---- */

static int
h_out_new(PyObject **out)
{
    *out = PyList_New(0);
    return *out == NULL ? -1 : 0;
}

static int
h_out_borrowed(PyObject *dict, PyObject **out)
{
    *out = PyDict_GetItemString(dict, "key");
    if (*out == NULL) {
        PyErr_SetString(PyExc_KeyError, "key");
        return -1;
    }
    return 0;
}

/* 1 and a new reference, 0 and NULL, or -1 with an exception */
static int
h_found(PyObject *dict, PyObject *key, PyObject **out)
{
    PyObject *o = PyDict_GetItemWithError(dict, key);
    if (o != NULL) {
        Py_INCREF(o);
        *out = o;
        return 1;
    }
    *out = NULL;
    return PyErr_Occurred() ? -1 : 0;
}

/* 0 and NULL if o is no number; otherwise 1, and a new reference or NULL with an exception */
static int
h_negative(PyObject *o, PyObject **out)
{
    *out = PyLong_Check(o) ? PyNumber_Negative(o) : NULL;
    return *out != NULL || PyErr_Occurred() != NULL;
}

/* 1 and a new reference, or 0 and nothing is stored; no exception either way */
static int
h_text_if(PyObject *o, PyObject **out)
{
    if (!PyUnicode_Check(o)) {
        return 0;
    }
    *out = Py_NewRef(o);
    return 1;
}

/* 1 and a new reference or NULL with an exception, or 0 and nothing is stored */
static int
h_text_of(PyObject *o, PyObject **out)
{
    if (PyLong_Check(o)) {
        *out = PyObject_Str(o);
        return 1;
    }
    return 0;
}

/* a new reference in any case; the result is about something else */
static int
h_list_and_kind(PyObject *o, PyObject **out)
{
    *out = PyList_New(0);
    return PyLong_Check(o);
}

/* NULL and *unfit, without an exception, if o is no number */
static PyObject *
h_negative_if_fit(PyObject *o, int *unfit)
{
    if (!PyLong_Check(o)) {
        *unfit = 1;
        return NULL;
    }
    return PyNumber_Negative(o);
}

/* tells the kind of o whatever the outcome */
static PyObject *
h_negative_and_kind(PyObject *o, int *number)
{
    *number = PyLong_Check(o);
    return PyNumber_Negative(o);
}

/* the same, where another pointer leads to *number */
static PyObject *
h_negative_and_kind_past(PyObject *o, int *number)
{
    int *p = number + 1;
    p[-1] = PyLong_Check(o);
    return PyNumber_Negative(o);
}

static void
h_clear(PyObject **slot)
{
    Py_CLEAR(*slot);
}

/* ---- uses ---- */

static PyObject *
use_steal_right(PyObject *self, PyObject *arg)
{
    PyObject *x = PyLong_FromLong(1);
    if (x == NULL) {
        return NULL;
    }
    h_steal(x);
    Py_RETURN_NONE;
}

static PyObject *
use_steal_released(PyObject *self, PyObject *arg)
{
    PyObject *x = PyLong_FromLong(1);
    if (x == NULL) {
        return NULL;
    }
    h_steal(x);
    Py_DECREF(x); /* want decref-after-steal, body double-release */
    Py_RETURN_NONE;
}

static PyObject *
use_steal_borrowed(PyObject *self, PyObject *arg)
{
    h_steal(arg); /* want steal-borrowed, body release-borrowed */
    Py_RETURN_NONE;
}

static PyObject *
use_steal_returned(PyObject *self, PyObject *arg)
{
    PyObject *x = PyList_New(0);
    if (x == NULL) {
        return NULL;
    }
    h_steal(x);
    return x; /* want return-borrowed, body use-after-release */
}

static PyObject *
use_maybe_null_right(PyObject *self, PyObject *arg)
{
    PyObject *x = PyList_New(0);
    h_steal_maybe_null(x);
    Py_RETURN_NONE;
}

static PyObject *
use_maybe_null_twice(PyObject *self, PyObject *arg)
{
    PyObject *x = PyList_New(0);
    h_steal_maybe_null(x);
    h_steal_maybe_null(x); /* want steal-borrowed, body double-release */
    Py_RETURN_NONE;
}

static PyObject *
use_steal_on_success_right(PyObject *self, PyObject *arg)
{
    PyObject *x = PyLong_FromLong(1);
    if (x == NULL) {
        return NULL;
    }
    if (h_steal_on_success(arg, x) < 0) {
        Py_DECREF(x);
        return NULL;
    }
    Py_RETURN_NONE;
}

static PyObject *
use_steal_on_success_leak(PyObject *self, PyObject *arg)
{
    PyObject *x = PyLong_FromLong(1);
    if (x == NULL) {
        return NULL;
    }
    if (h_steal_on_success(arg, x) < 0) {
        return NULL; /* want leak-error-path */
    }
    Py_RETURN_NONE;
}

static PyObject *
use_steal_on_success_released(PyObject *self, PyObject *arg)
{
    PyObject *x = PyLong_FromLong(1);
    if (x == NULL) {
        return NULL;
    }
    int rc = h_steal_on_success(arg, x);
    Py_DECREF(x); /* want decref-after-steal, body double-release */
    if (rc < 0) {
        return NULL;
    }
    Py_RETURN_NONE;
}

static PyObject *
use_steal_on_failure_right(PyObject *self, PyObject *arg)
{
    PyObject *x = PyLong_FromLong(1);
    if (x == NULL) {
        return NULL;
    }
    if (h_steal_on_failure(arg, x) < 0) {
        return NULL;
    }
    return x;
}

static PyObject *
use_steal_on_failure_leak(PyObject *self, PyObject *arg)
{
    PyObject *x = PyLong_FromLong(1);
    if (x == NULL) {
        return NULL;
    }
    if (h_steal_on_failure(arg, x) < 0) {
        return NULL;
    }
    Py_RETURN_NONE; /* want leak */
}

static PyObject *
use_steal_on_failure_released(PyObject *self, PyObject *arg)
{
    PyObject *x = PyLong_FromLong(1);
    if (x == NULL) {
        return NULL;
    }
    if (h_steal_on_failure(arg, x) < 0) {
        Py_DECREF(x); /* want decref-after-steal, body double-release */
        return NULL;
    }
    return x;
}

static PyObject *
use_append_steal_right(PyObject *self, PyObject *arg)
{
    PyObject *x = PyLong_FromLong(1);
    if (x == NULL || h_append_steal(arg, x) < 0) {
        return NULL;
    }
    Py_RETURN_NONE;
}

static PyObject *
use_append_steal_released(PyObject *self, PyObject *arg)
{
    PyObject *x = PyLong_FromLong(1);
    if (x == NULL) {
        return NULL;
    }
    if (h_append_steal(arg, x) < 0) {
        Py_DECREF(x); /* want decref-after-steal, body double-release */
        return NULL;
    }
    Py_RETURN_NONE;
}

static PyObject *
use_append_right(PyObject *self, PyObject *arg)
{
    PyObject *x = PyLong_FromLong(1);
    if (x == NULL) {
        return NULL;
    }
    int rc = h_append(arg, x);
    Py_DECREF(x);
    if (rc < 0) {
        return NULL;
    }
    Py_RETURN_NONE;
}

static PyObject *
use_append_leak(PyObject *self, PyObject *arg)
{
    PyObject *x = PyLong_FromLong(1);
    if (x == NULL) {
        return NULL;
    }
    if (h_append(arg, x) < 0) {
        return NULL; /* want leak-error-path */
    }
    Py_RETURN_NONE; /* want leak */
}

static PyObject *
use_append_temporary(PyObject *self, PyObject *arg)
{
    if (h_append(arg, PyUnicode_FromString("x")) < 0) { /* want leak-temporary, body leak-overwrite */
        return NULL;
    }
    Py_RETURN_NONE;
}

static PyObject *
use_release_sometimes_right(PyObject *self, PyObject *arg)
{
    PyObject *x = PyLong_FromLong(1);
    if (x == NULL) {
        return NULL;
    }
    h_release_sometimes(x, 1);
    Py_RETURN_NONE;
}

static PyObject *
use_release_sometimes_leak(PyObject *self, PyObject *arg)
{
    PyObject *x = PyLong_FromLong(1);
    if (x == NULL) {
        return NULL;
    }
    h_release_sometimes(x, self == arg);
    Py_RETURN_NONE; /* lost leak: a release that the result does not tell of makes the argument unknown */
}

static PyObject *
use_release_sometimes_released(PyObject *self, PyObject *arg)
{
    PyObject *x = PyLong_FromLong(1);
    if (x == NULL) {
        return NULL;
    }
    h_release_sometimes(x, self == arg);
    Py_DECREF(x); /* lost double-release: a release that the result does not tell of makes the argument unknown */
    Py_RETURN_NONE;
}

static PyObject *
use_keep_right(PyObject *self, PyObject *arg)
{
    h_keep(arg);
    return arg;
}

static PyObject *
use_keep_leak(PyObject *self, PyObject *arg)
{
    PyObject *x = PyLong_FromLong(1);
    if (x == NULL) {
        return NULL;
    }
    h_keep(x);
    return x; /* lost leak: a reference that is added to an argument makes the argument unknown */
}

static PyObject *
use_set_counted_right(PyObject *self, PyObject *arg)
{
    PyObject *x = PyLong_FromLong(1);
    if (x == NULL) {
        return NULL;
    }
    h_set_counted((Box *)self, x);
    Py_DECREF(x);
    Py_RETURN_NONE;
}

static PyObject *
use_set_counted_leak(PyObject *self, PyObject *arg)
{
    PyObject *x = PyLong_FromLong(1);
    if (x == NULL) {
        return NULL;
    }
    h_set_counted((Box *)self, x);
    Py_RETURN_NONE; /* want leak */
}

static PyObject *
use_set_counted_released(PyObject *self, PyObject *arg)
{
    h_set_counted((Box *)self, arg); /* lost store-borrowed: the summary shows it at the release */
    Py_DECREF(arg); /* more release-borrowed: the body shows it at the store */
    Py_RETURN_NONE;
}

static PyObject *
use_set_steal_right(PyObject *self, PyObject *arg)
{
    Py_INCREF(arg);
    h_set_steal((Box *)self, arg);
    Py_RETURN_NONE;
}

static PyObject *
use_set_steal_borrowed(PyObject *self, PyObject *arg)
{
    h_set_steal((Box *)self, arg); /* want steal-borrowed, body store-borrowed */
    Py_RETURN_NONE;
}

static PyObject *
use_set_steal_released(PyObject *self, PyObject *arg)
{
    PyObject *x = PyLong_FromLong(1);
    if (x == NULL) {
        return NULL;
    }
    h_set_steal((Box *)self, x);
    Py_DECREF(x); /* a defect that neither is sure of */
    Py_RETURN_NONE;
}

static PyObject *
use_cache_right(PyObject *self, PyObject *arg)
{
    PyObject *x = PyLong_FromLong(1);
    if (x == NULL) {
        return NULL;
    }
    h_cache_steal(x);
    Py_RETURN_NONE;
}

static PyObject *
use_cache_released(PyObject *self, PyObject *arg)
{
    PyObject *x = PyLong_FromLong(1);
    if (x == NULL) {
        return NULL;
    }
    h_cache_steal(x);
    Py_DECREF(x); /* a defect that neither is sure of */
    Py_RETURN_NONE;
}

static PyObject *
use_pack_right(PyObject *self, PyObject *arg)
{
    PyObject *t = PyTuple_New(1);
    if (t == NULL) {
        return NULL;
    }
    Py_INCREF(arg);
    if (h_pack_steal(t, arg) < 0) {
        Py_DECREF(t);
        return NULL;
    }
    return t;
}

static PyObject *
use_pack_borrowed(PyObject *self, PyObject *arg)
{
    PyObject *t = PyTuple_New(1);
    if (t == NULL) {
        return NULL;
    }
    if (h_pack_steal(t, arg) < 0) { /* want steal-borrowed */
        Py_DECREF(t);
        return NULL;
    }
    return t;
}

static PyObject *
use_pack_leak(PyObject *self, PyObject *arg)
{
    PyObject *t = PyTuple_New(0);
    if (t == NULL) {
        return NULL;
    }
    Py_INCREF(arg);
    if (h_pack_steal(t, arg) < 0) {
        return NULL; /* want leak-error-path */
    }
    return t;
}

static PyObject *
use_steal_through_right(PyObject *self, PyObject *arg)
{
    PyObject *x = PyList_New(0);
    if (x != NULL) {
        h_steal_through(x);
    }
    Py_RETURN_NONE;
}

static PyObject *
use_steal_through_used(PyObject *self, PyObject *arg)
{
    PyObject *x = PyList_New(0);
    if (x == NULL) {
        return NULL;
    }
    h_steal_through(x);
    return PyObject_Repr(x); /* lost use-after-release: what is taken over may live on elsewhere */
}

static PyObject *
use_new_right(PyObject *self, PyObject *arg)
{
    PyObject *x = h_new(1);
    if (x == NULL) {
        return NULL;
    }
    PyObject *s = PyObject_Str(x);
    Py_DECREF(x);
    return s;
}

static PyObject *
use_new_leak(PyObject *self, PyObject *arg)
{
    PyObject *x = h_new(1);
    if (x == NULL) {
        return NULL;
    }
    return PyObject_Str(x); /* want leak */ /* want leak-error-path */
}

static PyObject *
use_new_overwritten(PyObject *self, PyObject *arg)
{
    PyObject *x = h_new(1);
    if (x == NULL) {
        return NULL;
    }
    x = h_new(2); /* want leak-overwrite */
    return x;
}

static PyObject *
use_new_released(PyObject *self, PyObject *arg)
{
    PyObject *x = h_new(1);
    if (x == NULL) {
        return NULL;
    }
    Py_DECREF(x);
    Py_DECREF(x); /* want double-release */
    Py_RETURN_NONE;
}

static PyObject *
use_new_through_right(PyObject *self, PyObject *arg)
{
    return h_new_through(1);
}

static PyObject *
use_new_through_leak(PyObject *self, PyObject *arg)
{
    PyObject *x = h_new_through(1);
    if (x == NULL) {
        return NULL;
    }
    if (PyObject_IsTrue(x) < 0) {
        return NULL; /* want leak-error-path */
    }
    return x;
}

static PyObject *
use_new_of_right(PyObject *self, PyObject *arg)
{
    return h_new_of(arg);
}

static PyObject *
use_new_of_leak(PyObject *self, PyObject *arg)
{
    PyObject *x = PyLong_FromLong(1);
    if (x == NULL) {
        return NULL;
    }
    return h_new_of(x); /* want leak */
}

static PyObject *
use_new_of_released(PyObject *self, PyObject *arg)
{
    PyObject *x = h_new_of(arg);
    Py_DECREF(x);
    Py_DECREF(arg); /* want release-borrowed */
    Py_RETURN_NONE;
}

static PyObject *
use_same_right(PyObject *self, PyObject *arg)
{
    PyObject *x = h_same(arg);
    Py_INCREF(x);
    return x;
}

static PyObject *
use_same_returned(PyObject *self, PyObject *arg)
{
    return h_same(arg); /* want return-borrowed */
}

static PyObject *
use_same_released(PyObject *self, PyObject *arg)
{
    PyObject *x = PyLong_FromLong(1);
    if (x == NULL) {
        return NULL;
    }
    PyObject *y = h_same(x);
    Py_DECREF(x);
    Py_DECREF(y); /* want double-release */
    Py_RETURN_NONE;
}

static PyObject *
use_same_leak(PyObject *self, PyObject *arg)
{
    PyObject *x = PyLong_FromLong(1);
    if (x == NULL) {
        return NULL;
    }
    PyObject *y = h_same(x);
    if (PyObject_IsTrue(y) < 0) {
        return NULL; /* want leak-error-path */
    }
    return y;
}

static PyObject *
use_borrowed_right(PyObject *self, PyObject *arg)
{
    PyObject *x = h_borrowed(arg);
    Py_XINCREF(x);
    return x;
}

static PyObject *
use_borrowed_released(PyObject *self, PyObject *arg)
{
    PyObject *x = h_borrowed(arg);
    if (x == NULL) {
        Py_RETURN_NONE;
    }
    Py_DECREF(x); /* want release-borrowed */
    Py_RETURN_NONE;
}

static PyObject *
use_borrowed_returned(PyObject *self, PyObject *arg)
{
    return h_borrowed(arg); /* want return-borrowed */
}

static PyObject *
use_borrowed_outlived(PyObject *self, PyObject *arg)
{
    PyObject *d = PyDict_Copy(arg);
    if (d == NULL) {
        return NULL;
    }
    PyObject *x = h_borrowed(d);
    Py_DECREF(d);
    if (x == NULL) {
        Py_RETURN_NONE;
    }
    return PyObject_Str(x); /* want use-after-release */
}

static PyObject *
use_field_right(PyObject *self, PyObject *arg)
{
    return Py_XNewRef(h_field((Box *)self));
}

static PyObject *
use_field_returned(PyObject *self, PyObject *arg)
{
    return h_field((Box *)self); /* want return-borrowed */
}

static PyObject *
use_field_released(PyObject *self, PyObject *arg)
{
    PyObject *x = h_field((Box *)self);
    PyObject *s = PyObject_Str(x);
    Py_DECREF(x); /* more release-borrowed: in one piece of code the reference may be meant to move out of the field */
    return s;
}

/* the reference of the field moves out of it */
static PyObject *
use_field_moved(PyObject *self, PyObject *arg)
{
    PyObject *x = h_field((Box *)self);
    ((Box *)self)->item = NULL;
    if (x == NULL) {
        Py_RETURN_NONE;
    }
    return x;
}

static PyObject *
use_field_emptied(PyObject *self, PyObject *arg)
{
    PyObject *x = h_field((Box *)self);
    ((Box *)self)->item = NULL;
    Py_XDECREF(x);
    Py_RETURN_NONE;
}

static PyObject *
use_field_replaced(PyObject *self, PyObject *arg)
{
    PyObject *x = h_field((Box *)self);
    Py_INCREF(arg);
    ((Box *)self)->item = arg;
    Py_XDECREF(x);
    Py_RETURN_NONE;
}

/* The item lives on: the box has lost it to the caller. */
static PyObject *
use_field_kept(PyObject *self, PyObject *arg)
{
    PyObject *x = h_field((Box *)self);
    Py_XINCREF(x);
    h_set_counted((Box *)self, arg);
    return x;
}

static PyObject *
use_convert_right(PyObject *self, PyObject *arg)
{
    PyObject *x = PyLong_FromLong(1);
    if (x == NULL) {
        return NULL;
    }
    return h_convert(x);
}

static PyObject *
use_convert_released(PyObject *self, PyObject *arg)
{
    PyObject *x = PyLong_FromLong(1);
    if (x == NULL) {
        return NULL;
    }
    PyObject *s = h_convert(x);
    if (s == NULL) {
        Py_DECREF(x); /* want decref-after-steal, body double-release */
        return NULL;
    }
    return s;
}

static PyObject *
use_convert_leak(PyObject *self, PyObject *arg)
{
    PyObject *x = PyLong_FromLong(1);
    if (x == NULL) {
        return NULL;
    }
    PyObject *s = h_convert(x);
    if (s == NULL) {
        return NULL;
    }
    Py_RETURN_NONE; /* want leak */
}

static PyObject *
use_none_right(PyObject *self, PyObject *arg)
{
    return h_none();
}

static PyObject *
use_none_leak(PyObject *self, PyObject *arg)
{
    PyObject *x = h_none();
    if (PyObject_IsTrue(arg)) {
        return PyLong_FromLong(1); /* more leak: a reference to Py_None is lost, before Python 3.12 */ /* more leak-error-path: a reference to Py_None is lost, before Python 3.12 */
    }
    return x;
}

static PyObject *
use_none_never_fails(PyObject *self, PyObject *arg)
{
    PyObject *y = PyList_New(0);
    if (y == NULL) {
        return NULL;
    }
    PyObject *x = h_none();
    if (x == NULL) {
        return NULL; /* lost leak-error-path: no defect: the body alone does not tell that Py_None is not NULL */
    }
    Py_DECREF(x);
    return y;
}

static PyObject *
use_none_sign_right(PyObject *self, PyObject *arg)
{
    PyObject *x = h_none_sign(arg);
    if (x == NULL && !PyErr_Occurred()) {
        Py_RETURN_NONE;
    }
    return x;
}

static PyObject *
use_none_sign_leak(PyObject *self, PyObject *arg)
{
    PyObject *x = h_none_sign(arg);
    if (x == NULL) {
        return NULL;
    }
    Py_RETURN_TRUE; /* want leak */
}

static PyObject *
use_fail_right(PyObject *self, PyObject *arg)
{
    PyObject *x = PyList_New(0);
    if (x == NULL) {
        return NULL;
    }
    if (PyList_Append(x, arg) < 0) {
        Py_DECREF(x);
        return h_fail("no");
    }
    return x;
}

static PyObject *
use_fail_leak(PyObject *self, PyObject *arg)
{
    PyObject *x = PyList_New(0);
    if (x == NULL) {
        return NULL;
    }
    if (PyList_Append(x, arg) < 0) {
        return h_fail("no"); /* want leak-error-path */
    }
    return x;
}

static PyObject *
use_checked_right(PyObject *self, PyObject *arg)
{
    PyObject *x = h_checked(arg);
    if (x == NULL) {
        return NULL;
    }
    long n = PyLong_AsLong(x);
    Py_DECREF(x);
    return PyLong_FromLong(n);
}

static PyObject *
use_checked_leak(PyObject *self, PyObject *arg)
{
    PyObject *x = h_checked(arg);
    if (x == NULL) {
        return NULL;
    }
    return PyLong_FromLong(PyLong_AsLong(x)); /* want leak */ /* want leak-error-path */
}

static PyObject *
use_checked_own(PyObject *self, PyObject *arg)
{
    PyObject *x = PyNumber_Long(arg);
    if (x == NULL) {
        return NULL;
    }
    PyObject *y = h_checked(x);
    if (y == NULL) {
        return NULL; /* want leak-error-path */
    }
    Py_DECREF(x);
    return y;
}

static PyObject *
use_out_new_right(PyObject *self, PyObject *arg)
{
    PyObject *x;
    if (h_out_new(&x) < 0) {
        return NULL;
    }
    return x;
}

static PyObject *
use_out_new_leak(PyObject *self, PyObject *arg)
{
    PyObject *x;
    if (h_out_new(&x) < 0) {
        return NULL;
    }
    Py_RETURN_NONE; /* want leak */
}

static PyObject *
use_out_new_released(PyObject *self, PyObject *arg)
{
    PyObject *x;
    if (h_out_new(&x) < 0) {
        return NULL;
    }
    Py_DECREF(x);
    return x; /* want use-after-release */
}

static PyObject *
use_out_borrowed_right(PyObject *self, PyObject *arg)
{
    PyObject *x;
    if (h_out_borrowed(arg, &x) < 0) {
        return NULL;
    }
    return Py_NewRef(x);
}

static PyObject *
use_out_borrowed_returned(PyObject *self, PyObject *arg)
{
    PyObject *x;
    if (h_out_borrowed(arg, &x) < 0) {
        return NULL;
    }
    return x; /* want return-borrowed */
}

static PyObject *
use_out_borrowed_released(PyObject *self, PyObject *arg)
{
    PyObject *x;
    if (h_out_borrowed(arg, &x) < 0) {
        return NULL;
    }
    Py_DECREF(x); /* want release-borrowed */
    Py_RETURN_NONE;
}

static PyObject *
use_found_right(PyObject *self, PyObject *arg)
{
    PyObject *x;
    int rc = h_found(self, arg, &x);
    if (rc < 0) {
        return NULL;
    }
    if (rc == 0) {
        Py_RETURN_NONE;
    }
    return x;
}

static PyObject *
use_found_leak(PyObject *self, PyObject *arg)
{
    PyObject *x;
    int rc = h_found(self, arg, &x);
    if (rc < 0) {
        return NULL;
    }
    return PyBool_FromLong(rc); /* want leak */
}

static PyObject *
use_found_released(PyObject *self, PyObject *arg)
{
    PyObject *x;
    if (h_found(self, arg, &x) <= 0) {
        return NULL;
    }
    Py_DECREF(x);
    return x; /* want use-after-release, body return-borrowed */
}

static PyObject *
use_negative_right(PyObject *self, PyObject *arg)
{
    PyObject *x;
    if (h_negative(arg, &x)) {
        return x;
    }
    Py_RETURN_NONE;
}

static PyObject *
use_negative_leak(PyObject *self, PyObject *arg)
{
    PyObject *x;
    if (h_negative(arg, &x)) {
        if (x == NULL) {
            return NULL;
        }
        Py_RETURN_TRUE; /* want leak */
    }
    Py_RETURN_NONE;
}

static PyObject *
use_negative_released(PyObject *self, PyObject *arg)
{
    PyObject *x;
    if (!h_negative(arg, &x) || x == NULL) {
        return NULL;
    }
    Py_DECREF(x);
    return x; /* want use-after-release */
}

static PyObject *
use_text_if_right(PyObject *self, PyObject *arg)
{
    PyObject *x = NULL;
    if (!h_text_if(arg, &x)) {
        return PyList_New(0);
    }
    return x;
}

static PyObject *
use_text_if_kept(PyObject *self, PyObject *arg)
{
    PyObject *x = PyList_New(0);
    PyObject *old = x;
    if (h_text_if(arg, &x)) {
        Py_XDECREF(old);
    }
    return x;
}

static PyObject *
use_text_if_leak(PyObject *self, PyObject *arg)
{
    PyObject *x = NULL;
    if (h_text_if(arg, &x)) {
        Py_RETURN_TRUE; /* want leak */
    }
    Py_RETURN_NONE;
}

static PyObject *
use_text_of_right(PyObject *self, PyObject *arg)
{
    PyObject *x = NULL;
    if (h_text_of(arg, &x)) {
        return x;
    }
    Py_RETURN_NONE;
}

static PyObject *
use_text_of_leak(PyObject *self, PyObject *arg)
{
    PyObject *x = NULL;
    if (h_text_of(arg, &x) && x != NULL) {
        Py_RETURN_TRUE; /* want leak */
    }
    Py_RETURN_NONE;
}

static PyObject *
use_list_and_kind_right(PyObject *self, PyObject *arg)
{
    PyObject *x;
    if (h_list_and_kind(arg, &x)) {
        return x;
    }
    Py_XDECREF(x);
    Py_RETURN_NONE;
}

static PyObject *
use_fit_right(PyObject *self, PyObject *arg)
{
    int unfit = 0;
    PyObject *x = h_negative_if_fit(arg, &unfit);
    if (!unfit) {
        return x;
    }
    Py_RETURN_NONE;
}

static PyObject *
use_fit_leak(PyObject *self, PyObject *arg)
{
    int unfit = 0;
    PyObject *x = h_negative_if_fit(arg, &unfit);
    if (unfit) {
        Py_RETURN_NONE;
    }
    if (x == NULL) {
        return NULL;
    }
    Py_RETURN_TRUE; /* want leak */
}

static PyObject *
use_kind_leak(PyObject *self, PyObject *arg)
{
    int number = 0;
    PyObject *x = h_negative_and_kind(arg, &number);
    if (number) {
        Py_RETURN_NONE; /* want leak */
    }
    return x;
}

static PyObject *
use_kind_past_leak(PyObject *self, PyObject *arg)
{
    int number = 0;
    PyObject *x = h_negative_and_kind_past(arg, &number);
    if (number) {
        Py_RETURN_NONE; /* more leak: steps back from a pointer are not followed in the body */
    }
    return x;
}

static PyObject *
use_clear_right(PyObject *self, PyObject *arg)
{
    PyObject *x = PyList_New(0);
    h_clear(&x);
    Py_XDECREF(x);
    Py_RETURN_NONE;
}

static PyObject *
use_clear_alias(PyObject *self, PyObject *arg)
{
    PyObject *x = PyList_New(0);
    PyObject *y = x;
    if (x == NULL) {
        return NULL;
    }
    h_clear(&x);
    return y; /* lost use-after-release: an in-out parameter is unknown */
}

static PyMethodDef methods[] = {
    {"steal_right", use_steal_right, METH_O, NULL},
    {"steal_released", use_steal_released, METH_O, NULL},
    {"steal_borrowed", use_steal_borrowed, METH_O, NULL},
    {"steal_returned", use_steal_returned, METH_O, NULL},
    {"maybe_null_right", use_maybe_null_right, METH_O, NULL},
    {"maybe_null_twice", use_maybe_null_twice, METH_O, NULL},
    {"steal_on_success_right", use_steal_on_success_right, METH_O, NULL},
    {"steal_on_success_leak", use_steal_on_success_leak, METH_O, NULL},
    {"steal_on_success_released", use_steal_on_success_released, METH_O, NULL},
    {"steal_on_failure_right", use_steal_on_failure_right, METH_O, NULL},
    {"steal_on_failure_leak", use_steal_on_failure_leak, METH_O, NULL},
    {"steal_on_failure_released", use_steal_on_failure_released, METH_O, NULL},
    {"append_steal_right", use_append_steal_right, METH_O, NULL},
    {"append_steal_released", use_append_steal_released, METH_O, NULL},
    {"append_right", use_append_right, METH_O, NULL},
    {"append_leak", use_append_leak, METH_O, NULL},
    {"append_temporary", use_append_temporary, METH_O, NULL},
    {"release_sometimes_right", use_release_sometimes_right, METH_O, NULL},
    {"release_sometimes_leak", use_release_sometimes_leak, METH_O, NULL},
    {"release_sometimes_released", use_release_sometimes_released, METH_O, NULL},
    {"keep_right", use_keep_right, METH_O, NULL},
    {"keep_leak", use_keep_leak, METH_O, NULL},
    {"set_counted_right", use_set_counted_right, METH_O, NULL},
    {"set_counted_leak", use_set_counted_leak, METH_O, NULL},
    {"set_counted_released", use_set_counted_released, METH_O, NULL},
    {"set_steal_right", use_set_steal_right, METH_O, NULL},
    {"set_steal_borrowed", use_set_steal_borrowed, METH_O, NULL},
    {"set_steal_released", use_set_steal_released, METH_O, NULL},
    {"cache_right", use_cache_right, METH_O, NULL},
    {"cache_released", use_cache_released, METH_O, NULL},
    {"pack_right", use_pack_right, METH_O, NULL},
    {"pack_borrowed", use_pack_borrowed, METH_O, NULL},
    {"pack_leak", use_pack_leak, METH_O, NULL},
    {"steal_through_right", use_steal_through_right, METH_O, NULL},
    {"steal_through_used", use_steal_through_used, METH_O, NULL},
    {"new_right", use_new_right, METH_O, NULL},
    {"new_leak", use_new_leak, METH_O, NULL},
    {"new_overwritten", use_new_overwritten, METH_O, NULL},
    {"new_released", use_new_released, METH_O, NULL},
    {"new_through_right", use_new_through_right, METH_O, NULL},
    {"new_through_leak", use_new_through_leak, METH_O, NULL},
    {"new_of_right", use_new_of_right, METH_O, NULL},
    {"new_of_leak", use_new_of_leak, METH_O, NULL},
    {"new_of_released", use_new_of_released, METH_O, NULL},
    {"same_right", use_same_right, METH_O, NULL},
    {"same_returned", use_same_returned, METH_O, NULL},
    {"same_released", use_same_released, METH_O, NULL},
    {"same_leak", use_same_leak, METH_O, NULL},
    {"borrowed_right", use_borrowed_right, METH_O, NULL},
    {"borrowed_released", use_borrowed_released, METH_O, NULL},
    {"borrowed_returned", use_borrowed_returned, METH_O, NULL},
    {"borrowed_outlived", use_borrowed_outlived, METH_O, NULL},
    {"field_right", use_field_right, METH_O, NULL},
    {"field_returned", use_field_returned, METH_O, NULL},
    {"field_released", use_field_released, METH_O, NULL},
    {"field_moved", use_field_moved, METH_O, NULL},
    {"field_emptied", use_field_emptied, METH_O, NULL},
    {"field_replaced", use_field_replaced, METH_O, NULL},
    {"field_kept", use_field_kept, METH_O, NULL},
    {"convert_right", use_convert_right, METH_O, NULL},
    {"convert_released", use_convert_released, METH_O, NULL},
    {"convert_leak", use_convert_leak, METH_O, NULL},
    {"none_right", use_none_right, METH_O, NULL},
    {"none_leak", use_none_leak, METH_O, NULL},
    {"none_never_fails", use_none_never_fails, METH_O, NULL},
    {"none_sign_right", use_none_sign_right, METH_O, NULL},
    {"none_sign_leak", use_none_sign_leak, METH_O, NULL},
    {"fail_right", use_fail_right, METH_O, NULL},
    {"fail_leak", use_fail_leak, METH_O, NULL},
    {"checked_right", use_checked_right, METH_O, NULL},
    {"checked_leak", use_checked_leak, METH_O, NULL},
    {"checked_own", use_checked_own, METH_O, NULL},
    {"out_new_right", use_out_new_right, METH_O, NULL},
    {"out_new_leak", use_out_new_leak, METH_O, NULL},
    {"out_new_released", use_out_new_released, METH_O, NULL},
    {"out_borrowed_right", use_out_borrowed_right, METH_O, NULL},
    {"out_borrowed_returned", use_out_borrowed_returned, METH_O, NULL},
    {"out_borrowed_released", use_out_borrowed_released, METH_O, NULL},
    {"found_right", use_found_right, METH_O, NULL},
    {"found_leak", use_found_leak, METH_O, NULL},
    {"found_released", use_found_released, METH_O, NULL},
    {"negative_right", use_negative_right, METH_O, NULL},
    {"negative_leak", use_negative_leak, METH_O, NULL},
    {"negative_released", use_negative_released, METH_O, NULL},
    {"text_if_right", use_text_if_right, METH_O, NULL},
    {"text_if_kept", use_text_if_kept, METH_O, NULL},
    {"text_if_leak", use_text_if_leak, METH_O, NULL},
    {"list_and_kind_right", use_list_and_kind_right, METH_O, NULL},
    {"fit_right", use_fit_right, METH_O, NULL},
    {"fit_leak", use_fit_leak, METH_O, NULL},
    {"kind_leak", use_kind_leak, METH_O, NULL},
    {"kind_past_leak", use_kind_past_leak, METH_O, NULL},
    {"text_of_right", use_text_of_right, METH_O, NULL},
    {"text_of_leak", use_text_of_leak, METH_O, NULL},
    {"clear_right", use_clear_right, METH_O, NULL},
    {"clear_alias", use_clear_alias, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyTypeObject Box_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "helpers.Box",
    .tp_basicsize = sizeof(Box),
    .tp_dealloc = (destructor)Box_dealloc,
    .tp_methods = methods,
};
