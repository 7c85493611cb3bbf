/* spoolobject.c - the Spool type: a queue of jobs with priorities. */
#include "spool.h"

static PyObject *
Spool_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    Spool *self = (Spool *)type->tp_alloc(type, 0);
    if (self == NULL) {
        return NULL;
    }
    Py_INCREF(Py_None);
    self->owner = Py_None;
    self->name = PyUnicode_FromString("default");
    self->jobs = PyList_New(0);
    if (self->name == NULL || self->jobs == NULL) {
        Py_DECREF(self);
        return NULL;
    }
    return (PyObject *)self;
}

static int
Spool_init(Spool *self, PyObject *args, PyObject *kwargs)
{
    static char *keywords[] = {"name", "owner", "limit", NULL};
    PyObject *name, *owner = Py_None;
    Py_ssize_t limit = 0;

    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "U|On:Spool", keywords,
                                     &name, &owner, &limit)) {
        return -1;
    }
    Py_INCREF(name);
    Py_XSETREF(self->name, name);
    Py_INCREF(owner);
    Py_XSETREF(self->owner, owner);
    self->limit = limit;
    return 0;
}

static int
Spool_traverse(Spool *self, visitproc visit, void *arg)
{
    Py_VISIT(self->owner);
    Py_VISIT(self->jobs);
    return 0;
}

static int
Spool_clear(Spool *self)
{
    Py_CLEAR(self->owner);
    Py_CLEAR(self->jobs);
    return 0;
}

static void
Spool_dealloc(Spool *self)
{
    PyObject_GC_UnTrack(self);
    Py_CLEAR(self->name);
    Spool_clear(self);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static Py_ssize_t
Spool_length(Spool *self)
{
    return self->jobs ? SPOOL_SIZE(self) : 0;
}

/* ---- adding and taking jobs ---- */

static PyObject *
Spool_submit(Spool *self, PyObject *args)
{
    PyObject *job, *number, *entry;
    long priority = 0;

    if (!PyArg_ParseTuple(args, "O|l:submit", &job, &priority)) {
        return NULL;
    }
    CHECK_OPEN(self);
    if (self->limit > 0 && SPOOL_SIZE(self) >= self->limit) {
        PyErr_Format(SpoolError, "spool '%U' is full", self->name);
        return NULL;
    }
    number = PyLong_FromLong(priority);
    if (number == NULL) {
        return NULL;
    }
    entry = PyTuple_New(2);
    if (entry == NULL) {
        Py_DECREF(number);
        return NULL;
    }
    PyTuple_SET_ITEM(entry, 0, number);
    PyTuple_SET_ITEM(entry, 1, job);
    if (PyList_Append(self->jobs, entry) < 0) {
        Py_DECREF(entry);
        return NULL;
    }
    Py_DECREF(entry);
    Py_RETURN_NONE;
}

/* Index of the job to print next: the oldest of those with top priority. */
static Py_ssize_t
find_next(Spool *self)
{
    Py_ssize_t best = -1;
    long top = 0;

    for (Py_ssize_t i = 0; i < SPOOL_SIZE(self); i++) {
        PyObject *entry = PyList_GET_ITEM(self->jobs, i);
        long priority = PyLong_AsLong(entry_priority(entry));
        if (best < 0 || priority > top) {
            best = i;
            top = priority;
        }
    }
    if (best < 0) {
        PyErr_Format(SpoolError, "spool '%U' is empty", self->name);
    }
    return best;
}

static PyObject *
Spool_peek(Spool *self, PyObject *unused)
{
    PyObject *entry, *job;
    Py_ssize_t i;

    CHECK_OPEN(self);
    i = find_next(self);
    if (i < 0) {
        return NULL;
    }
    entry = PyList_GetItem(self->jobs, i);
    if (entry == NULL) {
        return NULL;
    }
    job = PyTuple_GET_ITEM(entry, 1);
    return job;
}

static PyObject *
Spool_take(Spool *self, PyObject *unused)
{
    PyObject *job;
    Py_ssize_t i;

    CHECK_OPEN(self);
    i = find_next(self);
    if (i < 0) {
        return NULL;
    }
    job = entry_job(PyList_GET_ITEM(self->jobs, i));
    Py_INCREF(job);
    if (PyList_SetSlice(self->jobs, i, i + 1, NULL) < 0) {
        Py_DECREF(job);
        return NULL;
    }
    return job;
}

/* ---- what the spool says about itself ---- */

static PyObject *
Spool_titles(Spool *self, PyObject *unused)
{
    PyObject *jobs, *list, *title;
    Py_ssize_t i, n;

    CHECK_OPEN(self);
    jobs = PyList_AsTuple(self->jobs);
    if (jobs == NULL) {
        return NULL;
    }
    n = PyTuple_GET_SIZE(jobs);
    list = PySequence_List(jobs);
    if (list == NULL) {
        goto error;
    }
    for (i = 0; i < n; i++) {
        title = PyObject_Str(entry_job(PyTuple_GET_ITEM(jobs, i)));
        if (title == NULL) {
            goto error;
        }
        if (PyList_SetItem(list, i, title) < 0) {
            Py_DECREF(title);
            goto error;
        }
    }
    Py_DECREF(jobs);
    return list;

error:
    Py_DECREF(jobs);
    Py_XDECREF(list);
    return NULL;
}

static int
set_number(PyObject *dict, const char *key, Py_ssize_t value)
{
    PyObject *number = PyLong_FromSsize_t(value);
    int status;

    if (number == NULL) {
        return -1;
    }
    status = PyDict_SetItemString(dict, key, number);
    Py_DECREF(number);
    return status;
}

static PyObject *
Spool_stats(Spool *self, PyObject *unused)
{
    PyObject *stats;

    CHECK_OPEN(self);
    stats = PyDict_New();
    if (stats == NULL) {
        return NULL;
    }
    if (set_number(stats, "pending", SPOOL_SIZE(self)) < 0) {
        Py_DECREF(stats);
        return NULL;
    }
    if (PyDict_SetItemString(stats, "limit", PyLong_FromSsize_t(self->limit)) < 0) {
        Py_DECREF(stats);
        return NULL;
    }
    return stats;
}

static PyObject *
Spool_summary(Spool *self, PyObject *unused)
{
    CHECK_OPEN(self);
    return Py_BuildValue("(OnO)", self->name, self->limit, PyList_AsTuple(self->jobs));
}

static PyObject *
Spool_label(Spool *self, PyObject *unused)
{
    PyObject *label;

    label = PyUnicode_FromFormat("spool '%U'", self->name);
    if (label == NULL) {
        return NULL;
    }
    if (self->limit > 0) {
        label = PyUnicode_FromFormat("%U (up to %zd jobs)", label, self->limit);
    }
    return label;
}

static PyObject *
Spool_repr(Spool *self)
{
    PyObject *owner, *text;

    if (self->owner == NULL) {
        return PyUnicode_FromString("<Spool (closed)>");
    }
    owner = PyObject_Repr(self->owner);
    if (owner == NULL) {
        return NULL;
    }
    Py_DECREF(owner);
    text = PyUnicode_FromFormat("<Spool %R of %U>", self->name, owner);
    return text;
}

/* ---- settings ---- */

static PyObject *
Spool_configure(Spool *self, PyObject *options)
{
    PyObject *limit;
    Py_ssize_t n;

    if (!PyDict_Check(options)) {
        PyErr_SetString(PyExc_TypeError, "options must be a dict");
        return NULL;
    }
    limit = PyDict_GetItemString(options, "limit");
    if (limit != NULL) {
        n = PyLong_AsSsize_t(limit);
        Py_DECREF(limit);
        if (n == -1 && PyErr_Occurred()) {
            return NULL;
        }
        self->limit = n;
    }
    Py_RETURN_NONE;
}

static PyObject *
Spool_get_owner(Spool *self, void *closure)
{
    PyObject *owner = self->owner ? self->owner : Py_None;
    Py_INCREF(owner);
    return owner;
}

static int
Spool_set_owner(Spool *self, PyObject *value, void *closure)
{
    if (value == NULL) {
        PyErr_SetString(PyExc_AttributeError, "cannot delete owner");
        return -1;
    }
    Py_XDECREF(self->owner);
    Py_INCREF(value);
    self->owner = value;
    return 0;
}

static PyMethodDef Spool_methods[] = {
    {"submit", (PyCFunction)Spool_submit, METH_VARARGS, "Adds a job."},
    {"peek", (PyCFunction)Spool_peek, METH_NOARGS, "Returns the next job."},
    {"take", (PyCFunction)Spool_take, METH_NOARGS, "Removes the next job and returns it."},
    {"titles", (PyCFunction)Spool_titles, METH_NOARGS, "Lists the jobs as text."},
    {"stats", (PyCFunction)Spool_stats, METH_NOARGS, "Returns numbers as a dict."},
    {"summary", (PyCFunction)Spool_summary, METH_NOARGS, "Returns (name, limit, jobs)."},
    {"label", (PyCFunction)Spool_label, METH_NOARGS, "Returns a name for people."},
    {"configure", (PyCFunction)Spool_configure, METH_O, "Takes settings from a dict."},
    {NULL, NULL, 0, NULL},
};

static PyGetSetDef Spool_getset[] = {
    {"owner", (getter)Spool_get_owner, (setter)Spool_set_owner, "Whose spool it is.", NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PySequenceMethods Spool_as_sequence = {
    .sq_length = (lenfunc)Spool_length,
};

PyTypeObject Spool_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "spool.Spool",
    .tp_doc = "A queue of jobs with priorities.",
    .tp_basicsize = sizeof(Spool),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,
    .tp_new = Spool_new,
    .tp_init = (initproc)Spool_init,
    .tp_dealloc = (destructor)Spool_dealloc,
    .tp_traverse = (traverseproc)Spool_traverse,
    .tp_clear = (inquiry)Spool_clear,
    .tp_repr = (reprfunc)Spool_repr,
    .tp_iter = Spool_iter,
    .tp_methods = Spool_methods,
    .tp_getset = Spool_getset,
    .tp_as_sequence = &Spool_as_sequence,
};
