#include <Python.h>

/* Macros that wrap the function they are named after, to make it fail in tests. */
#ifdef WITH_FAULTS
void *fault(const char *name);

#define PyTuple_New(...) \
({ \
    __auto_type res = 0 ? PyTuple_New(__VA_ARGS__) : 0; \
    res = (typeof(res))fault("PyTuple_New"); \
    if ((typeof(res))1 == res) \
        res = PyTuple_New(__VA_ARGS__); \
    else if ((typeof(res))2 == res) { \
        PyTuple_New(__VA_ARGS__); \
        res = 0; \
    } \
    res; \
})

static PyObject *
pair_ok(PyObject *self, PyObject *noargs)
{
    return PyTuple_New(2);
}

static PyObject *
pair_bad(PyObject *self, PyObject *noargs)
{
    PyObject *t = PyTuple_New(2);

    if (t == NULL)
        return NULL;
    return PyLong_FromLong(2); // want "RC101: 't'"
}
#endif
