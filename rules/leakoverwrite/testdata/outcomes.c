#include <Python.h>

/* Success and failure stay apart in a loop that is left with `rv` in many ways. */
int stream_take(void *stream, const char **text, int wait);
int stream_fill(void *stream);
int stream_due(void *stream);
void stream_done(void *stream);
void stream_fail(void *stream); /* sets an exception, which cannot be seen here */

static int
stream_beat(void *stream)
{
    int rv = -1;

    if (stream_due(stream) < 0) {
        PyErr_SetString(PyExc_OSError, "cannot answer");
        return rv;
    }
    return 0;
}

static int
next_message(void *stream, PyObject **msg, int wait, int raw)
{
    const char *text = NULL;
    PyObject *body;
    int size, filled = 0, rv = -1;

    *msg = NULL;
    if (stream_due(stream) && stream_beat(stream) < 0)
        goto exit;
again:
    size = stream_take(stream, &text, 1);
    if (size == 0) {
        if (filled) {
            rv = 0;
            goto exit;
        }
        if (!stream_fill(stream)) {
            stream_fail(stream);
            goto exit;
        }
        filled = 1;
        goto again;
    }
    if (size == -2) {
        stream_fail(stream);
        goto exit;
    }
    if (size == -1) {
        stream_done(stream);
        if (stream_due(stream)) {
            stream_fail(stream);
            goto exit;
        }
        rv = 0;
        goto exit;
    }
    filled = 1;
    if (wait) {
        wait = 0;
        stream_done(stream);
    }
    if (text[0] == 'w') {
        if (size < 8) {
            stream_fail(stream);
            goto exit;
        }
        if (raw)
            body = PyBytes_FromStringAndSize(text, size);
        else
            body = PyUnicode_FromStringAndSize(text, size);
        if (!body)
            goto exit;
        *msg = PyObject_CallFunctionObjArgs((PyObject *)&PyMemoryView_Type, body, NULL);
        Py_DECREF(body);
        if (!*msg)
            goto exit;
    }
    else if (text[0] == 'k') {
        if (size < 10) {
            stream_fail(stream);
            goto exit;
        }
        if (text[9] && stream_beat(stream) < 0)
            goto exit;
        stream_done(stream);
        goto again;
    }
    else {
        stream_fail(stream);
        goto exit;
    }
    rv = 0;
exit:
    free((void *)text);
    return rv;
}

static PyObject *
messages_bad(void *stream, PyObject *consume)
{
    PyObject *msg, *r;

    while (1) {
        if (next_message(stream, &msg, 1, 0) < 0) // want "RC104: 'msg'"
            return NULL;
        if (msg == NULL)
            Py_RETURN_NONE;
        r = PyObject_CallFunctionObjArgs(consume, msg, NULL);
        if (r == NULL)
            return NULL;
        Py_DECREF(r);
    }
}

static PyObject *
messages_ok(void *stream, PyObject *consume)
{
    PyObject *msg, *r;

    while (1) {
        if (next_message(stream, &msg, 1, 0) < 0)
            return NULL;
        if (msg == NULL)
            Py_RETURN_NONE;
        r = PyObject_CallFunctionObjArgs(consume, msg, NULL);
        Py_DECREF(msg);
        if (r == NULL)
            return NULL;
        Py_DECREF(r);
    }
}
