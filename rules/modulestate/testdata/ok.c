#include <Python.h>

typedef struct {
    PyObject *error;
    PyObject *cache;
    PyObject *name;
} State;

static State *
get_state(PyObject *module)
{
    return (State *)PyModule_GetState(module);
}

static int
m_exec(PyObject *module)
{
    State *state = get_state(module);

    state->error = PyErr_NewException("m.Error", NULL, NULL);
    state->cache = PyDict_New();
    state->name = PyUnicode_InternFromString("name");
    return state->error != NULL && state->cache != NULL && state->name != NULL ? 0 : -1;
}

static PyModuleDef_Slot m_slots[] = {
    {Py_mod_exec, m_exec},
    {0, NULL}
};

/* A string needs no visit. */
static int
m_traverse_ok(PyObject *module, visitproc visit, void *arg)
{
    State *state = get_state(module);

    Py_VISIT(state->error);
    Py_VISIT(state->cache);
    return 0;
}

static int
m_clear_ok(PyObject *module)
{
    State *state = get_state(module);

    Py_CLEAR(state->error);
    Py_CLEAR(state->cache);
    Py_CLEAR(state->name);
    return 0;
}

static void
m_free_ok(void *module)
{
    m_clear_ok((PyObject *)module);
}

static PyModuleDef full_ok = {
    PyModuleDef_HEAD_INIT,
    .m_name = "m",
    .m_size = sizeof(State),
    .m_slots = m_slots,
    .m_traverse = m_traverse_ok,
    .m_clear = m_clear_ok,
    .m_free = m_free_ok,
};

/* Counters are no objects. */
typedef struct {
    long calls;
} Numbers;

static PyModuleDef numbers_ok = {
    PyModuleDef_HEAD_INIT,
    .m_name = "numbers",
    .m_size = sizeof(Numbers),
};
