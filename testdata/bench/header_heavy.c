/* header_heavy.c - little text of its own, most of it is made by macros. */
#include "header_heavy.h"

#define DEFINE(name, type, to, from)                                        \
    PyObject *name##_to_list(const type *data, size_t n)                    \
    {                                                                       \
        PyObject *item, *list = PyList_New((Py_ssize_t)n);                  \
        CHECK_NULL(list);                                                   \
        for (size_t i = 0; i < n; i++) {                                    \
            item = to(data[i]);                                             \
            CHECK_NULL(item);                                               \
            PyList_SET_ITEM(list, (Py_ssize_t)i, item);                     \
        }                                                                   \
        return list;                                                        \
    error:                                                                  \
        Py_XDECREF(list);                                                   \
        return NULL;                                                        \
    }                                                                       \
    int name##_from_list(PyObject *list, type *data, size_t n)              \
    {                                                                       \
        PyObject *tuple = PySequence_Tuple(list);                           \
        if (tuple == NULL) {                                                \
            return -1;                                                      \
        }                                                                   \
        if ((size_t)PyTuple_GET_SIZE(tuple) != n) {                         \
            PyErr_SetString(PyExc_ValueError, #name " needs another size"); \
            RELEASE_AND_RETURN(tuple, -1);                                  \
        }                                                                   \
        for (size_t i = 0; i < n; i++) {                                    \
            data[i] = (type)from(PyTuple_GET_ITEM(tuple, (Py_ssize_t)i));   \
            if (PyErr_Occurred()) {                                         \
                RELEASE_AND_RETURN(tuple, -1);                              \
            }                                                               \
        }                                                                   \
        RELEASE_AND_RETURN(tuple, 0);                                       \
    }

FOR_EACH_TYPE(DEFINE)

PyObject *
all_values(PyObject *dict)
{
    PyObject *value = NULL, *list = PyList_New(0);

    CHECK_NULL(list);
    value = window_value(dict);
    CHECK_NULL(value);
    if (PyList_Append(list, value) < 0) {
        goto error;
    }
    Py_CLEAR(value);
    value = spring_value(dict);
    CHECK_NULL(value);
    if (PyList_Append(list, value) < 0) {
        goto error;
    }
    Py_CLEAR(value);
    value = header_value(dict);
    CHECK_NULL(value);
    if (PyList_Append(list, value) < 0) {
        goto error;
    }
    Py_CLEAR(value);
    value = plan_value(dict);
    CHECK_NULL(value);
    if (PyList_Append(list, value) < 0) {
        goto error;
    }
    Py_CLEAR(value);
    value = store_value(dict);
    CHECK_NULL(value);
    if (PyList_Append(list, value) < 0) {
        goto error;
    }
    Py_CLEAR(value);
    value = profile_value(dict);
    CHECK_NULL(value);
    if (PyList_Append(list, value) < 0) {
        goto error;
    }
    Py_CLEAR(value);
    value = native_value(dict);
    CHECK_NULL(value);
    if (PyList_Append(list, value) < 0) {
        goto error;
    }
    Py_CLEAR(value);
    value = region_value(dict);
    CHECK_NULL(value);
    if (PyList_Append(list, value) < 0) {
        goto error;
    }
    Py_CLEAR(value);
    value = price_value(dict);
    CHECK_NULL(value);
    if (PyList_Append(list, value) < 0) {
        goto error;
    }
    Py_CLEAR(value);
    value = project_value(dict);
    CHECK_NULL(value);
    if (PyList_Append(list, value) < 0) {
        goto error;
    }
    Py_CLEAR(value);
    value = wallet_value(dict);
    CHECK_NULL(value);
    if (PyList_Append(list, value) < 0) {
        goto error;
    }
    Py_CLEAR(value);
    value = scanner_value(dict);
    CHECK_NULL(value);
    if (PyList_Append(list, value) < 0) {
        goto error;
    }
    Py_CLEAR(value);
    value = stream_value(dict);
    CHECK_NULL(value);
    if (PyList_Append(list, value) < 0) {
        goto error;
    }
    Py_CLEAR(value);
    value = signal_value(dict);
    CHECK_NULL(value);
    if (PyList_Append(list, value) < 0) {
        goto error;
    }
    Py_CLEAR(value);
    value = report_value(dict);
    CHECK_NULL(value);
    if (PyList_Append(list, value) < 0) {
        goto error;
    }
    Py_CLEAR(value);
    value = schedule_value(dict);
    CHECK_NULL(value);
    if (PyList_Append(list, value) < 0) {
        goto error;
    }
    Py_CLEAR(value);
    value = route_value(dict);
    CHECK_NULL(value);
    if (PyList_Append(list, value) < 0) {
        goto error;
    }
    Py_CLEAR(value);
    value = vendor_value(dict);
    CHECK_NULL(value);
    if (PyList_Append(list, value) < 0) {
        goto error;
    }
    Py_CLEAR(value);
    value = bucket_value(dict);
    CHECK_NULL(value);
    if (PyList_Append(list, value) < 0) {
        goto error;
    }
    Py_CLEAR(value);
    value = channel_value(dict);
    CHECK_NULL(value);
    if (PyList_Append(list, value) < 0) {
        goto error;
    }
    Py_CLEAR(value);
    value = message_value(dict);
    CHECK_NULL(value);
    if (PyList_Append(list, value) < 0) {
        goto error;
    }
    Py_CLEAR(value);
    value = budget_value(dict);
    CHECK_NULL(value);
    if (PyList_Append(list, value) < 0) {
        goto error;
    }
    Py_CLEAR(value);
    value = column_value(dict);
    CHECK_NULL(value);
    if (PyList_Append(list, value) < 0) {
        goto error;
    }
    Py_CLEAR(value);
    return list;

error:
    Py_XDECREF(value);
    Py_XDECREF(list);
    return NULL;
}
