#include <Python.h>

/* When a module dies by counting alone, only m_free is called. */
typedef struct {
    PyObject *cache;
} State;

static int
m_exec(PyObject *module)
{
    State *state = PyModule_GetState(module);

    state->cache = PyDict_New();
    return state->cache == NULL ? -1 : 0;
}

static PyModuleDef_Slot m_slots[] = {
    {Py_mod_exec, m_exec},
    {0, NULL}
};

static int
m_traverse(PyObject *module, visitproc visit, void *arg)
{
    State *state = PyModule_GetState(module);

    Py_VISIT(state->cache);
    return 0;
}

static int
m_clear(PyObject *module)
{
    State *state = PyModule_GetState(module);

    Py_CLEAR(state->cache);
    return 0;
}

static void
free_ok(void *module)
{
    m_clear((PyObject *)module);
}

static void
free_bad(void *module) // want "RC702: m_free does not release 'cache'"
{
    State *state = PyModule_GetState((PyObject *)module);

    state->cache = NULL;
}

static PyModuleDef freed_ok = {
    PyModuleDef_HEAD_INIT,
    .m_name = "freed",
    .m_size = sizeof(State),
    .m_slots = m_slots,
    .m_traverse = m_traverse,
    .m_clear = m_clear,
    .m_free = free_ok,
};

static PyModuleDef forgets_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "forgets",
    .m_size = sizeof(State),
    .m_slots = m_slots,
    .m_traverse = m_traverse,
    .m_clear = m_clear,
    .m_free = free_bad,
};

static PyModuleDef nofree_bad = { // want "RC702: 'nofree_bad' has no m_free"
    PyModuleDef_HEAD_INIT,
    .m_name = "nofree",
    .m_size = sizeof(State),
    .m_slots = m_slots,
    .m_traverse = m_traverse,
    .m_clear = m_clear,
};
