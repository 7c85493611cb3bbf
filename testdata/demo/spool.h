/* spool.h - a small print spooler: shared declarations. */
#ifndef SPOOL_H
#define SPOOL_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

/* A queue of jobs. Each entry of 'jobs' is a tuple (priority, job). */
typedef struct {
    PyObject_HEAD
    PyObject *name;   /* str */
    PyObject *owner;  /* whoever the spool belongs to; None if nobody */
    PyObject *jobs;   /* list */
    Py_ssize_t limit; /* most jobs allowed at a time; 0 if there is no limit */
} Spool;

extern PyTypeObject Spool_Type;
extern PyTypeObject SpoolIter_Type;
extern PyObject *SpoolError;

/* A spool that the garbage collector has cleared has no list any more. */
#define CHECK_OPEN(self)                                     \
    do {                                                     \
        if ((self)->jobs == NULL) {                          \
            PyErr_SetString(SpoolError, "spool is closed");  \
            return NULL;                                     \
        }                                                    \
    } while (0)

#define SPOOL_SIZE(self) PyList_GET_SIZE((self)->jobs)

/* The parts of an entry, as borrowed references. */
static inline PyObject *
entry_priority(PyObject *entry)
{
    return PyTuple_GET_ITEM(entry, 0);
}

static inline PyObject *
entry_job(PyObject *entry)
{
    return PyTuple_GET_ITEM(entry, 1);
}

/* Tickets, see ticket.c. */
PyObject *spool_parse(PyObject *module, PyObject *line);
PyObject *spool_parse_many(PyObject *module, PyObject *lines);

/* Iteration, see spooliter.c. */
PyObject *Spool_iter(PyObject *self);

#endif
