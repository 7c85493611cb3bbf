/* ticket.c - reads job tickets such as "title=Report; copies=2; duplex". */
#include "spool.h"
#include <string.h>

static PyObject *
strip(const char *start, const char *end)
{
    while (start < end && *start == ' ') {
        start++;
    }
    while (end > start && end[-1] == ' ') {
        end--;
    }
    return PyUnicode_FromStringAndSize(start, end - start);
}

/* A number if it looks like one, otherwise the text. */
static PyObject *
parse_value(const char *start, const char *end)
{
    PyObject *text, *number;

    text = strip(start, end);
    if (text == NULL) {
        return NULL;
    }
    number = PyLong_FromUnicodeObject(text, 10);
    if (number != NULL) {
        return number;
    }
    if (!PyErr_ExceptionMatches(PyExc_ValueError)) {
        Py_DECREF(text);
        return NULL;
    }
    PyErr_Clear();
    return text;
}

/* Adds one "key=value" to the ticket. A key alone means True. */
static int
parse_field(PyObject *ticket, const char *start, const char *end)
{
    const char *equals = memchr(start, '=', end - start);
    PyObject *key = NULL, *value = NULL;

    key = strip(start, equals ? equals : end);
    if (key == NULL) {
        goto error;
    }
    if (equals == NULL) {
        Py_INCREF(Py_True);
        value = Py_True;
    }
    else {
        value = parse_value(equals + 1, end);
        if (value == NULL) {
            goto error;
        }
    }
    if (PyDict_SetItem(ticket, key, value) < 0) {
        goto error;
    }
    Py_DECREF(key);
    Py_DECREF(value);
    return 0;

error:
    Py_XDECREF(key);
    return -1;
}

PyObject *
spool_parse(PyObject *module, PyObject *line)
{
    const char *text, *end;
    PyObject *ticket;

    text = PyUnicode_AsUTF8(line);
    if (text == NULL) {
        return NULL;
    }
    ticket = PyDict_New();
    if (ticket == NULL) {
        return NULL;
    }
    while (*text != '\0') {
        end = strchr(text, ';');
        if (end == NULL) {
            end = text + strlen(text);
        }
        if (parse_field(ticket, text, end) < 0) {
            Py_DECREF(ticket);
            return NULL;
        }
        text = *end ? end + 1 : end;
    }
    return ticket;
}

PyObject *
spool_parse_many(PyObject *module, PyObject *lines)
{
    PyObject *iter, *line, *ticket, *tickets = NULL;

    iter = PyObject_GetIter(lines);
    if (iter == NULL) {
        return NULL;
    }
    tickets = PyList_New(0);
    if (tickets == NULL) {
        goto error;
    }
    while ((line = PyIter_Next(iter)) != NULL) {
        ticket = spool_parse(module, line);
        Py_DECREF(line);
        if (ticket == NULL) {
            Py_DECREF(tickets);
            goto error;
        }
        if (PyList_Append(tickets, ticket) < 0) {
            Py_DECREF(ticket);
            goto error;
        }
        Py_DECREF(ticket);
    }
    if (PyErr_Occurred()) {
        goto error;
    }
    Py_DECREF(iter);
    return tickets;

error:
    Py_DECREF(iter);
    Py_XDECREF(tickets);
    return NULL;
}
