#include <Python.h>

/* The module's state may be gone when an instance dies. */
static PyModuleDef m_module;

typedef struct {
    long live;
} State;

typedef struct {
    PyObject_HEAD
    int open;
} File;

static void
unchecked_bad(File *self)
{
    PyTypeObject *type = Py_TYPE(self);
    PyObject *module = PyState_FindModule(&m_module); // want "RC702: tp_dealloc uses what PyState_FindModule returns without asking for NULL"
    State *state = PyModule_GetState(module);

    state->live--;
    type->tp_free((PyObject *)self);
    Py_DECREF(type);
}

static void
checked_ok(File *self)
{
    PyTypeObject *type = Py_TYPE(self);
    PyObject *module = PyState_FindModule(&m_module);

    if (module != NULL)
        ((State *)PyModule_GetState(module))->live--;
    type->tp_free((PyObject *)self);
    Py_DECREF(type);
}

static State *
state_of(PyTypeObject *type)
{
    return PyType_GetModuleState(type);
}

/* A Python subclass has no module. */
static void
subclass_bad(File *self)
{
    PyTypeObject *type = Py_TYPE(self);
    State *state = state_of(type); // want "RC702: tp_dealloc uses what PyType_GetModuleState returns"

    state->live--;
    type->tp_free((PyObject *)self);
    Py_DECREF(type);
}

/* The type keeps its module alive. */
static void
final_ok(File *self)
{
    PyTypeObject *type = Py_TYPE(self);
    State *state = state_of(type);

    state->live--;
    type->tp_free((PyObject *)self);
    Py_DECREF(type);
}

#define FILE_TYPE(name, dealloc, more)                              \
    static PyType_Slot name##_slots[] = {                           \
        {Py_tp_dealloc, dealloc},                                   \
        {0, NULL}                                                   \
    };                                                              \
    static PyType_Spec name##_spec = {                              \
        .name = "m." #name,                                         \
        .basicsize = sizeof(File),                                  \
        .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_IMMUTABLETYPE more, \
        .slots = name##_slots,                                      \
    }
FILE_TYPE(Unchecked, unchecked_bad, );
FILE_TYPE(Checked, checked_ok, );
FILE_TYPE(Subclass, subclass_bad, | Py_TPFLAGS_BASETYPE);
FILE_TYPE(Final, final_ok, );
