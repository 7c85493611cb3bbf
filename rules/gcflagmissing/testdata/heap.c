#include <Python.h>
#include <structmember.h>

/* Types made from specs. */

typedef struct { PyObject_HEAD PyObject *any; } Holder;
typedef struct { PyObject_HEAD int number; } Plain;

static PyMemberDef members[] = {{"any", T_OBJECT_EX, offsetof(Holder, any), 0}, {NULL}};

/* The default tp_dealloc releases what such a member holds, and nothing visits it. */
static PyType_Slot member_slots[] = {{Py_tp_members, members}, {0, NULL}};
static PyType_Spec members_bad = {
    "m.Holder", sizeof(Holder), 0, Py_TPFLAGS_DEFAULT, member_slots, // want "RC601: 'Holder' owns 'any'"
};

/* Nothing in an instance, and nobody can add anything to the type. */
static PyType_Slot plain_slots[] = {{Py_tp_doc, "a number"}, {0, NULL}};
static PyType_Spec immutable_ok = {
    "m.Immutable", sizeof(Plain), 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_IMMUTABLETYPE, plain_slots,
};

/* An instance that somebody stores on its own type is in a cycle through the type, which CPython's own code has only been
   mended for lately. Not reported: nearly every type made from a spec is like this. */
static PyType_Spec FN_mutable_bad = {
    "m.Mutable", sizeof(Plain), 0, Py_TPFLAGS_DEFAULT, plain_slots,
};

PyObject *
add_types(PyObject *module)
{
    PyType_Spec *specs[] = {&members_bad, &immutable_ok, &FN_mutable_bad};
    int i;

    for (i = 0; i < 3; i++) {
        PyObject *type = PyType_FromSpec(specs[i]);

        if (type == NULL || PyModule_AddObjectRef(module, "type", type) < 0) {
            Py_XDECREF(type);
            return NULL;
        }
        Py_DECREF(type);
    }
    Py_RETURN_NONE;
}
