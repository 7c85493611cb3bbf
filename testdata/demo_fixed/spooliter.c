/* spooliter.c - iterates over the jobs of a spool. */
#include "spool.h"

typedef struct {
    PyObject_HEAD
    PyObject *spool; /* NULL once exhausted */
    Py_ssize_t next;
} SpoolIter;

PyObject *
Spool_iter(PyObject *self)
{
    SpoolIter *it = PyObject_GC_New(SpoolIter, &SpoolIter_Type);
    if (it == NULL) {
        return NULL;
    }
    Py_INCREF(self);
    it->spool = self;
    it->next = 0;
    PyObject_GC_Track(it);
    return (PyObject *)it;
}

static PyObject *
SpoolIter_next(SpoolIter *it)
{
    Spool *spool = (Spool *)it->spool;
    PyObject *job;

    if (spool == NULL) {
        return NULL;
    }
    if (spool->jobs == NULL || it->next >= SPOOL_SIZE(spool)) {
        Py_CLEAR(it->spool);
        return NULL;
    }
    job = entry_job(PyList_GET_ITEM(spool->jobs, it->next++));
    Py_INCREF(job);
    return job;
}

static int
SpoolIter_traverse(SpoolIter *it, visitproc visit, void *arg)
{
    Py_VISIT(it->spool);
    return 0;
}

static void
SpoolIter_dealloc(SpoolIter *it)
{
    PyObject_GC_UnTrack(it);
    Py_XDECREF(it->spool);
    PyObject_GC_Del(it);
}

PyTypeObject SpoolIter_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "spool.SpoolIter",
    .tp_basicsize = sizeof(SpoolIter),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_dealloc = (destructor)SpoolIter_dealloc,
    .tp_traverse = (traverseproc)SpoolIter_traverse,
    .tp_iter = PyObject_SelfIter,
    .tp_iternext = (iternextfunc)SpoolIter_next,
};
