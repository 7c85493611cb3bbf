#include <Python.h>

/* The table depends on a macro of the build: what it holds is not known. */
typedef struct {
    PyObject *error;
} State;

static int
m_exec(PyObject *module)
{
    State *state = PyModule_GetState(module);

    state->error = PyErr_NewException("m.Error", NULL, NULL);
    return state->error == NULL ? -1 : 0;
}

static PyModuleDef_Slot m_slots[] = {
    {Py_mod_exec, m_exec},
    {0, NULL}
};

static int
m_traverse(PyObject *module, visitproc visit, void *arg)
{
    State *state = PyModule_GetState(module);

    Py_VISIT(state->error);
    return 0;
}

static PyModuleDef conditional_ok = {
    PyModuleDef_HEAD_INIT,
    .m_name = "m",
    .m_size = sizeof(State),
    .m_slots = m_slots,
#ifdef HAVE_GETITIMER
    .m_traverse = m_traverse,
    .m_clear = m_clear,
#endif
};
