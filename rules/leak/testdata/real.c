#include <Python.h>
#include <windows.h>

/* The compiler releases what goes out of scope. */
#define auto_decref __attribute__((cleanup(decref_p)))

static void
decref_p(PyObject **p)
{
    Py_XDECREF(*p);
}

static PyObject *
scoped_ok(PyObject *self, PyObject *seq)
{
    auto_decref PyObject *sum = PyLong_FromLong(0), *name = NULL;
    Py_ssize_t i, n = PySequence_Size(seq);

    if (sum == NULL || n < 0)
        return NULL;
    for (i = 0; i < n; i++) {
        auto_decref PyObject *item = PySequence_GetItem(seq, i);

        if (item == NULL)
            return NULL;
        if (item == Py_None)
            continue;
        if (PyUnicode_Check(item))
            break;
    }
    name = PyObject_Str(sum);
    if (name == NULL)
        return NULL;
    return PyObject_Repr(name);
}

static PyObject *
scoped_goto_ok(PyObject *self, PyObject *seq)
{
    PyObject *item __attribute__((__cleanup__(decref_p))) = NULL;

    {
        auto_decref PyObject *len = PyLong_FromSsize_t(PySequence_Size(seq));

        if (len == NULL)
            goto done;
        item = PyObject_GetItem(seq, len);
    }
done:
    if (item == NULL)
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *
scoped_other_bad(PyObject *self, PyObject *seq)
{
    auto_decref PyObject *len = PyLong_FromSsize_t(PySequence_Size(seq));
    PyObject *item;

    if (len == NULL)
        return NULL;
    item = PyObject_GetItem(seq, len);
    if (item == NULL)
        return NULL;
    return PyLong_FromLong(PyObject_IsTrue(item)); // want "RC101: 'item'"
}

typedef struct ring {
    struct ring *prev, *next;
} ring;

typedef struct {
    PyObject_HEAD
    ring nodes;
} Home;

typedef struct {
    PyObject_HEAD
    ring node;
    int awake;
} Node;

static void
ring_add(ring *head, ring *node)
{
    node->next = head;
    node->prev = head->prev;
    head->prev->next = node;
    head->prev = node;
}

/* The ring holds the node now. */
static PyObject *
Node_wake_ok(Node *self, PyObject *home)
{
    if (!self->awake) {
        ring_add(&((Home *)home)->nodes, &self->node);
        Py_INCREF(self);
        self->awake = 1;
    }
    Py_RETURN_NONE;
}

/* The dictionary does not count its references: one is given back to it before it
   releases it. */
typedef struct {
    PyObject_HEAD
    PyObject *data;
} Cache;

static int
Cache_forget_ok(Cache *self, PyObject *key)
{
    PyObject *value = PyDict_GetItemWithError(self->data, key);

    if (value == NULL)
        return -1;
    Py_INCREF(value);
    if (PyDict_DelItem(self->data, key) < 0) {
        Py_DECREF(value);
        return -1;
    }
    return 0;
}

static int
Cache_clear_ok(Cache *self)
{
    PyObject *key, *value;
    Py_ssize_t pos = 0;

    while (PyDict_Next(self->data, &pos, &key, &value)) {
        Py_INCREF(value);
        if (PyDict_SetItem(self->data, key, Py_None) < 0)
            return -1;
    }
    Py_CLEAR(self->data);
    return 0;
}

/* Constants of headers nobody has: what was assigned is what is tested. */
static PyObject *
status_ok(PyObject *self, PyObject *item)
{
    PyObject *list = PyList_New(0);
    NTSTATUS status = STATUS_SUCCESS;

    if (list == NULL)
        return NULL;
    if (PyList_Append(list, item) < 0) {
        Py_CLEAR(list);
        status = STATUS_UNSUCCESSFUL;
    }
    if (status == STATUS_SUCCESS)
        Py_DECREF(list);
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {
    {"scoped", scoped_ok, METH_O, NULL},
    {"scoped_goto", scoped_goto_ok, METH_O, NULL},
    {"scoped_other", scoped_other_bad, METH_O, NULL},
    {"status", status_ok, METH_O, NULL},
    {"wake", (PyCFunction)Node_wake_ok, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};
