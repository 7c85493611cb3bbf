/* spoolmodule.c - the module: from spool import Spool, Error, parse. */
#include "spool.h"

PyObject *SpoolError;

static PyMethodDef spool_functions[] = {
    {"parse", spool_parse, METH_O, "Reads one ticket into a dict."},
    {"parse_many", spool_parse_many, METH_O, "Reads tickets into a list of dicts."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef spool_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "spool",
    .m_doc = "A small print spooler.",
    .m_size = -1,
    .m_methods = spool_functions,
};

PyMODINIT_FUNC
PyInit_spool(void)
{
    PyObject *module;

    if (PyType_Ready(&Spool_Type) < 0 || PyType_Ready(&SpoolIter_Type) < 0) {
        return NULL;
    }
    module = PyModule_Create(&spool_module);
    if (module == NULL) {
        return NULL;
    }
    SpoolError = PyErr_NewException("spool.Error", NULL, NULL);
    if (SpoolError == NULL) {
        Py_DECREF(module);
        return NULL;
    }
    Py_INCREF(SpoolError);
    if (PyModule_AddObject(module, "Error", SpoolError) < 0) {
        Py_DECREF(SpoolError);
        Py_CLEAR(SpoolError);
        Py_DECREF(module);
        return NULL;
    }
    Py_INCREF(&Spool_Type);
    if (PyModule_AddObject(module, "Spool", (PyObject *)&Spool_Type) < 0) {
        Py_DECREF(&Spool_Type);
        Py_DECREF(module);
        return NULL;
    }
    return module;
}
