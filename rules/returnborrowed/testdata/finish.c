#include <Python.h>

/* What a structure holds that is released as a whole may be handed over. */
typedef struct { PyObject *list, *item; } Join;

static void
join_clear(Join *j)
{
    Py_XDECREF(j->list);
    Py_XDECREF(j->item);
}

static PyObject *
join_finish_ok(Join *j)
{
    if (j->list) {
        PyObject *result = PyList_AsTuple(j->list);

        join_clear(j);
        return result;
    }
    if (j->item)
        return j->item;
    return PyUnicode_FromString("");
}

static PyObject *
join_strings(PyObject *self, PyObject *arg)
{
    Join j = {NULL, NULL};

    j.item = PyObject_Str(arg);
    if (j.item == NULL)
        return NULL;
    if (PyUnicode_GetLength(j.item) > 3) {
        j.list = PyList_New(0);
        if (j.list == NULL) {
            join_clear(&j);
            return NULL;
        }
    }
    return join_finish_ok(&j);
}

/* This one lives on, and owns what it holds. */
typedef struct { PyObject *name, *value; } Entry;

static void
entry_clear(Entry *e)
{
    Py_CLEAR(e->name);
    Py_CLEAR(e->value);
}

static PyObject *
entry_value_bad(Entry *e)
{
    if (e->value)
        return e->value;                  // want "RC301: 'e->value'"
    if (e->name)
        return PyObject_Str(e->name);
    return PyUnicode_FromString("");
}
