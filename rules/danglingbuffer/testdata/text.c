#include <Python.h>

/* The text of an object goes with the object. */

/* Bytes that only this function had. */
static PyObject *
open_path_bad(PyObject *self, PyObject *arg)
{
    PyObject *bytes;
    char *path;

    if (!PyUnicode_FSConverter(arg, &bytes))
        return NULL;
    path = PyBytes_AS_STRING(bytes);
    Py_DECREF(bytes);
    return PyUnicode_DecodeFSDefault(path); // want "RC204"
}

static PyObject *
open_path_ok(PyObject *self, PyObject *arg)
{
    PyObject *bytes, *result;

    if (!PyUnicode_FSConverter(arg, &bytes))
        return NULL;
    result = PyUnicode_DecodeFSDefault(PyBytes_AS_STRING(bytes));
    Py_DECREF(bytes);
    return result;
}

static PyObject *
describe_bad(PyObject *self, PyObject *arg)
{
    PyObject *text = PyObject_Repr(arg);
    const char *utf8;

    if (text == NULL)
        return NULL;
    utf8 = PyUnicode_AsUTF8(text);
    Py_DECREF(text);
    if (utf8 == NULL)
        return NULL;
    return PyUnicode_FromFormat("<%s>", utf8); // want "RC204"
}

static PyObject *
describe_ok(PyObject *self, PyObject *arg)
{
    PyObject *text = PyObject_Repr(arg), *result = NULL;
    const char *utf8;

    if (text == NULL)
        return NULL;
    utf8 = PyUnicode_AsUTF8(text);
    if (utf8 != NULL)
        result = PyUnicode_FromFormat("<%s>", utf8);
    Py_DECREF(text);
    return result;
}

/* A helper returns the text of an object that it releases. */
static const char *
name_of_bad(PyObject *obj)
{
    PyObject *name = PyObject_GetAttrString(obj, "name");
    const char *text;

    if (name == NULL)
        return NULL;
    text = PyUnicode_AsUTF8(name);
    Py_DECREF(name);
    return text; // want "RC204"
}

static PyObject *
greet_made(PyObject *self, PyObject *obj)
{
    const char *name = name_of_bad(obj);

    if (name == NULL)
        return NULL;
    return PyUnicode_FromFormat("hello %s", name);
}

static PyObject *
greet_ok(PyObject *self, PyObject *obj)
{
    PyObject *name = PyObject_GetAttrString(obj, "name"), *result = NULL;
    const char *text;

    if (name == NULL)
        return NULL;
    text = PyUnicode_AsUTF8(name);
    if (text != NULL)
        result = PyUnicode_FromFormat("hello %s", text);
    Py_DECREF(name);
    return result;
}

/* The buffer was released. */
static PyObject *
checksum_bad(PyObject *self, PyObject *arg)
{
    Py_buffer view;
    unsigned char *data;
    Py_ssize_t i, n;
    unsigned long sum = 0;

    if (PyObject_GetBuffer(arg, &view, PyBUF_SIMPLE) < 0)
        return NULL;
    data = view.buf;
    n = view.len;
    PyBuffer_Release(&view);
    for (i = 0; i < n; i++)
        sum += data[i]; // want "RC204"
    return PyLong_FromUnsignedLong(sum);
}

static PyObject *
checksum_ok(PyObject *self, PyObject *arg)
{
    Py_buffer view;
    unsigned char *data;
    Py_ssize_t i;
    unsigned long sum = 0;

    if (PyObject_GetBuffer(arg, &view, PyBUF_SIMPLE) < 0)
        return NULL;
    data = view.buf;
    for (i = 0; i < view.len; i++)
        sum += data[i];
    PyBuffer_Release(&view);
    return PyLong_FromUnsignedLong(sum);
}

/* Kept beyond the call, while the caller holds the object only during it. */
static const char *prompt;

static PyObject *
set_prompt_bad(PyObject *self, PyObject *arg)
{
    const char *text = PyUnicode_AsUTF8(arg);

    if (text == NULL)
        return NULL;
    prompt = text; // want "RC204"
    Py_RETURN_NONE;
}

static char *own_prompt;

static PyObject *
set_prompt_ok(PyObject *self, PyObject *arg)
{
    const char *text = PyUnicode_AsUTF8(arg);
    char *copy;

    if (text == NULL)
        return NULL;
    copy = PyMem_Malloc(strlen(text) + 1);
    if (copy == NULL)
        return PyErr_NoMemory();
    strcpy(copy, text);
    PyMem_Free(own_prompt);
    own_prompt = copy;
    Py_RETURN_NONE;
}

static PyObject *
get_prompt(PyObject *self, PyObject *noargs)
{
    const char *text = prompt != NULL ? prompt : own_prompt;

    return PyUnicode_FromString(text != NULL ? text : "");
}

/* An item of a list made here: list, item and text go together. */
static PyObject *
last_word_bad(PyObject *self, PyObject *args)
{
    PyObject *text, *words, *last;
    const char *word;

    if (!PyArg_ParseTuple(args, "U:last_word", &text))
        return NULL;
    words = PyUnicode_Split(text, NULL, -1);
    if (words == NULL)
        return NULL;
    if (PyList_GET_SIZE(words) == 0) {
        Py_DECREF(words);
        Py_RETURN_NONE;
    }
    last = PyList_GET_ITEM(words, PyList_GET_SIZE(words) - 1);
    word = PyUnicode_AsUTF8(last);
    Py_DECREF(words);
    if (word == NULL)
        return NULL;
    return PyUnicode_FromString(word); // want "RC204"
}

static PyObject *
last_word_ok(PyObject *self, PyObject *args)
{
    PyObject *text, *words, *last, *result = NULL;
    const char *word;

    if (!PyArg_ParseTuple(args, "U:last_word", &text))
        return NULL;
    words = PyUnicode_Split(text, NULL, -1);
    if (words == NULL)
        return NULL;
    if (PyList_GET_SIZE(words) == 0) {
        Py_DECREF(words);
        Py_RETURN_NONE;
    }
    last = PyList_GET_ITEM(words, PyList_GET_SIZE(words) - 1);
    word = PyUnicode_AsUTF8(last);
    if (word != NULL)
        result = PyUnicode_FromString(word);
    Py_DECREF(words);
    return result;
}

/* The argument is the caller's. */
static PyObject *
upper_ok(PyObject *self, PyObject *arg)
{
    const char *text = PyUnicode_AsUTF8(arg);
    PyObject *other;

    if (text == NULL)
        return NULL;
    other = PyObject_Str(self);
    if (other == NULL)
        return NULL;
    Py_DECREF(other);
    return PyUnicode_FromString(text);
}

static PyMethodDef text_methods[] = {
    {"open_path_bad", open_path_bad, METH_O, NULL},
    {"open_path_ok", open_path_ok, METH_O, NULL},
    {"describe_bad", describe_bad, METH_O, NULL},
    {"describe_ok", describe_ok, METH_O, NULL},
    {"greet_bad", greet_made, METH_O, NULL},
    {"greet_ok", greet_ok, METH_O, NULL},
    {"checksum_bad", checksum_bad, METH_O, NULL},
    {"checksum_ok", checksum_ok, METH_O, NULL},
    {"set_prompt_bad", set_prompt_bad, METH_O, NULL},
    {"set_prompt_ok", set_prompt_ok, METH_O, NULL},
    {"get_prompt", get_prompt, METH_NOARGS, NULL},
    {"last_word_bad", last_word_bad, METH_VARARGS, NULL},
    {"last_word_ok", last_word_ok, METH_VARARGS, NULL},
    {"upper_ok", upper_ok, METH_O, NULL},
    {NULL, NULL, 0, NULL}
};

static struct PyModuleDef text_module = {
    PyModuleDef_HEAD_INIT, .m_name = "text", .m_size = -1, .m_methods = text_methods,
};

PyMODINIT_FUNC
PyInit_text(void)
{
    return PyModule_Create(&text_module);
}
