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

static int
m_traverse(PyObject *module, visitproc visit, void *arg)
{
    State *state = get_state(module);

    Py_VISIT(state->error);
    Py_VISIT(state->cache);
    return 0;
}

static int
m_clear_bad(PyObject *module) // want "RC702: m_clear does not clear 'error'" "RC702: m_clear does not clear 'cache'"
{
    State *state = get_state(module);

    Py_CLEAR(state->name);
    return 0;
}

static void
m_free(void *module)
{
    m_clear_bad((PyObject *)module);
}

static PyModuleDef part_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "m",
    .m_size = sizeof(State),
    .m_slots = m_slots,
    .m_traverse = m_traverse,
    .m_clear = m_clear_bad,
    .m_free = m_free,
};

static PyModuleDef none_bad = { // want "RC702: 'none_bad' has no m_traverse" "RC702: 'none_bad' has no m_clear"
    PyModuleDef_HEAD_INIT,
    .m_name = "m",
    .m_size = sizeof(State),
    .m_slots = m_slots,
};
