#include <Python.h>

#include <unistd.h>

/* Between Py_BEGIN_ALLOW_THREADS and Py_END_ALLOW_THREADS another thread can do to the
   owner whatever it likes. The pipe stands for anything that takes its time. */

static PyObject *
first_item_bad(PyObject *self, PyObject *args)
{
    PyObject *list, *item;
    int pipe;
    char byte;
    ssize_t n;

    if (!PyArg_ParseTuple(args, "O!i:first_item", &PyList_Type, &list, &pipe))
        return NULL;
    item = PyList_GetItem(list, 0);
    if (item == NULL)
        return NULL;
    Py_BEGIN_ALLOW_THREADS
    n = read(pipe, &byte, 1);
    Py_END_ALLOW_THREADS
    if (n < 0)
        return PyErr_SetFromErrno(PyExc_OSError);
    return PyObject_Str(item); // want "RC304"
}

static PyObject *
first_item_ok(PyObject *self, PyObject *args)
{
    PyObject *list, *item, *text;
    int pipe;
    char byte;
    ssize_t n;

    if (!PyArg_ParseTuple(args, "O!i:first_item", &PyList_Type, &list, &pipe))
        return NULL;
    item = PyList_GetItem(list, 0);
    if (item == NULL)
        return NULL;
    Py_INCREF(item);
    Py_BEGIN_ALLOW_THREADS
    n = read(pipe, &byte, 1);
    Py_END_ALLOW_THREADS
    if (n < 0) {
        Py_DECREF(item);
        return PyErr_SetFromErrno(PyExc_OSError);
    }
    text = PyObject_Str(item);
    Py_DECREF(item);
    return text;
}

/* Read after the window. */
static PyObject *
first_after_ok(PyObject *self, PyObject *args)
{
    PyObject *list, *item;
    int pipe;
    char byte;
    ssize_t n;

    if (!PyArg_ParseTuple(args, "O!i:first_after", &PyList_Type, &list, &pipe))
        return NULL;
    Py_BEGIN_ALLOW_THREADS
    n = read(pipe, &byte, 1);
    Py_END_ALLOW_THREADS
    if (n < 0)
        return PyErr_SetFromErrno(PyExc_OSError);
    item = PyList_GetItem(list, 0);
    if (item == NULL)
        return NULL;
    Py_INCREF(item);
    return item;
}

/* The same with the functions instead of the macros, and a dict. */
static PyObject *
option_bad(PyObject *self, PyObject *args)
{
    PyObject *dict, *option;
    PyThreadState *save;
    int pipe;
    char byte;
    ssize_t n;

    if (!PyArg_ParseTuple(args, "O!i:option", &PyDict_Type, &dict, &pipe))
        return NULL;
    option = PyDict_GetItemString(dict, "option");
    if (option == NULL)
        Py_RETURN_NONE;
    save = PyEval_SaveThread();
    n = read(pipe, &byte, 1);
    PyEval_RestoreThread(save);
    if (n < 0)
        return PyErr_SetFromErrno(PyExc_OSError);
    Py_INCREF(option); // want "RC304"
    return option;
}

static PyObject *
option_ok(PyObject *self, PyObject *args)
{
    PyObject *dict, *option;
    PyThreadState *save;
    int pipe;
    char byte;
    ssize_t n;

    if (!PyArg_ParseTuple(args, "O!i:option", &PyDict_Type, &dict, &pipe))
        return NULL;
    option = PyDict_GetItemString(dict, "option");
    if (option == NULL)
        Py_RETURN_NONE;
    Py_INCREF(option);
    save = PyEval_SaveThread();
    n = read(pipe, &byte, 1);
    PyEval_RestoreThread(save);
    if (n < 0) {
        Py_DECREF(option);
        return PyErr_SetFromErrno(PyExc_OSError);
    }
    return option;
}

/* The window is in a helper. */
static int
wait_for(int pipe)
{
    char byte;
    ssize_t n;

    Py_BEGIN_ALLOW_THREADS
    n = read(pipe, &byte, 1);
    Py_END_ALLOW_THREADS
    if (n < 0) {
        PyErr_SetFromErrno(PyExc_OSError);
        return -1;
    }
    return 0;
}

static PyObject *
announced_bad(PyObject *self, PyObject *args)
{
    PyObject *list, *last;
    int pipe;

    if (!PyArg_ParseTuple(args, "O!i:announced", &PyList_Type, &list, &pipe))
        return NULL;
    if (PyList_GET_SIZE(list) == 0)
        Py_RETURN_NONE;
    last = PyList_GET_ITEM(list, PyList_GET_SIZE(list) - 1);
    if (wait_for(pipe) < 0)
        return NULL;
    Py_INCREF(last); // want "RC304"
    return last;
}

static PyObject *
announced_ok(PyObject *self, PyObject *args)
{
    PyObject *list, *last;
    int pipe;

    if (!PyArg_ParseTuple(args, "O!i:announced", &PyList_Type, &list, &pipe))
        return NULL;
    if (PyList_GET_SIZE(list) == 0)
        Py_RETURN_NONE;
    last = PyList_GET_ITEM(list, PyList_GET_SIZE(list) - 1);
    Py_INCREF(last);
    if (wait_for(pipe) < 0) {
        Py_DECREF(last);
        return NULL;
    }
    return last;
}

/* What a field of self holds, another thread can replace. */
typedef struct {
    PyObject_HEAD
    PyObject *topic;
    int pipe;
} Channel;

static int
Channel_init(Channel *self, PyObject *args, PyObject *kwds)
{
    PyObject *topic;

    if (!PyArg_ParseTuple(args, "Oi:Channel", &topic, &self->pipe))
        return -1;
    Py_INCREF(topic);
    Py_XSETREF(self->topic, topic);
    return 0;
}

static PyObject *
Channel_set_topic(Channel *self, PyObject *topic)
{
    Py_INCREF(topic);
    Py_XSETREF(self->topic, topic);
    Py_RETURN_NONE;
}

static int
Channel_traverse(Channel *self, visitproc visit, void *arg)
{
    Py_VISIT(self->topic);
    return 0;
}

static int
Channel_clear(Channel *self)
{
    Py_CLEAR(self->topic);
    return 0;
}

static void
Channel_dealloc(Channel *self)
{
    PyObject_GC_UnTrack(self);
    Channel_clear(self);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyObject *
Channel_receive_bad(Channel *self, PyObject *noargs)
{
    PyObject *topic = self->topic;
    char byte;
    ssize_t n;

    if (topic == NULL)
        Py_RETURN_NONE;
    Py_BEGIN_ALLOW_THREADS
    n = read(self->pipe, &byte, 1);
    Py_END_ALLOW_THREADS
    return PyTuple_Pack(2, topic, n < 0 ? Py_False : Py_True); // want "RC304"
}

static PyObject *
Channel_receive_ok(Channel *self, PyObject *noargs)
{
    PyObject *topic = self->topic, *pair;
    char byte;
    ssize_t n;

    if (topic == NULL)
        Py_RETURN_NONE;
    Py_INCREF(topic);
    Py_BEGIN_ALLOW_THREADS
    n = read(self->pipe, &byte, 1);
    Py_END_ALLOW_THREADS
    pair = PyTuple_Pack(2, topic, n < 0 ? Py_False : Py_True);
    Py_DECREF(topic);
    return pair;
}

/* Arguments are held by the caller, in other threads as well. */
static PyObject *
argument_ok(PyObject *self, PyObject *args)
{
    PyObject *item;
    int pipe;
    char byte;
    ssize_t n;

    if (!PyArg_ParseTuple(args, "Oi:argument", &item, &pipe))
        return NULL;
    Py_BEGIN_ALLOW_THREADS
    n = read(pipe, &byte, 1);
    Py_END_ALLOW_THREADS
    if (n < 0)
        return PyErr_SetFromErrno(PyExc_OSError);
    return PyObject_Str(item);
}

/* A list that no other thread knows. */
static PyObject *
copied_list_ok(PyObject *self, PyObject *args)
{
    PyObject *arg, *list, *item, *text;
    int pipe;
    char byte;
    ssize_t n;

    if (!PyArg_ParseTuple(args, "Oi:copied_list", &arg, &pipe))
        return NULL;
    list = PySequence_List(arg);
    if (list == NULL)
        return NULL;
    item = PyList_GetItem(list, 0);
    if (item == NULL) {
        Py_DECREF(list);
        return NULL;
    }
    Py_BEGIN_ALLOW_THREADS
    n = read(pipe, &byte, 1);
    Py_END_ALLOW_THREADS
    text = n < 0 ? PyErr_SetFromErrno(PyExc_OSError) : PyObject_Str(item);
    Py_DECREF(list);
    return text;
}

static PyMethodDef Channel_methods[] = {
    {"set_topic", (PyCFunction)Channel_set_topic, METH_O, NULL},
    {"receive_bad", (PyCFunction)Channel_receive_bad, METH_NOARGS, NULL},
    {"receive_ok", (PyCFunction)Channel_receive_ok, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL}
};

static PyTypeObject Channel_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "window.Channel",
    .tp_basicsize = sizeof(Channel),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_dealloc = (destructor)Channel_dealloc,
    .tp_traverse = (traverseproc)Channel_traverse,
    .tp_clear = (inquiry)Channel_clear,
    .tp_methods = Channel_methods,
    .tp_init = (initproc)Channel_init,
    .tp_new = PyType_GenericNew,
};

static PyMethodDef window_methods[] = {
    {"first_item_bad", first_item_bad, METH_VARARGS, NULL},
    {"first_item_ok", first_item_ok, METH_VARARGS, NULL},
    {"first_after_ok", first_after_ok, METH_VARARGS, NULL},
    {"option_bad", option_bad, METH_VARARGS, NULL},
    {"option_ok", option_ok, METH_VARARGS, NULL},
    {"announced_bad", announced_bad, METH_VARARGS, NULL},
    {"announced_ok", announced_ok, METH_VARARGS, NULL},
    {"argument_ok", argument_ok, METH_VARARGS, NULL},
    {"copied_list_ok", copied_list_ok, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL}
};

static struct PyModuleDef window_module = {
    PyModuleDef_HEAD_INIT, .m_name = "window", .m_size = -1, .m_methods = window_methods,
};

PyMODINIT_FUNC
PyInit_window(void)
{
    PyObject *m;

    if (PyType_Ready(&Channel_Type) < 0)
        return NULL;
    m = PyModule_Create(&window_module);
    if (m == NULL)
        return NULL;
    Py_INCREF(&Channel_Type);
    if (PyModule_AddObject(m, "Channel", (PyObject *)&Channel_Type) < 0) {
        Py_DECREF(&Channel_Type);
        Py_DECREF(m);
        return NULL;
    }
    return m;
}
