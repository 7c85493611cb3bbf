#include <Python.h>

/* When an object dies, its tp_dealloc releases what its fields hold. */

typedef struct { PyObject_HEAD PyObject *counter; PyObject *key; PyObject *lent; } Cipher;

extern PyTypeObject *cipher_type;

static void
Cipher_dealloc(Cipher *self)
{
    Py_XDECREF(self->counter);
    Py_CLEAR(self->key);
    PyObject_Free(self);
}

static PyTypeObject Cipher_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "m.Cipher",
    .tp_basicsize = sizeof(Cipher),
    .tp_dealloc = (destructor)Cipher_dealloc,
};

static Cipher *
make(void)
{
    Cipher *self = PyObject_New(Cipher, cipher_type);

    if (self != NULL)
        self->counter = self->key = self->lent = NULL;
    return self;
}

static PyObject *
counted_bad(PyObject *module, PyObject *args)
{
    PyObject *counter = NULL;
    Cipher *cipher;

    if (!PyArg_ParseTuple(args, "|O", &counter))
        return NULL;
    cipher = make();
    if (cipher == NULL)
        return NULL;
    cipher->counter = counter;
    Py_XINCREF(counter);
    if (counter != NULL && !PyCallable_Check(counter)) {
        Py_XDECREF(counter);
        Py_DECREF(cipher); // want "RC202: 'counter' .* is released again by tp_dealloc, which finds it in 'cipher->counter', after its release at line 48"
        return NULL;
    }
    return (PyObject *)cipher;
}

static PyObject *
counted_ok(PyObject *module, PyObject *args)
{
    PyObject *counter = NULL;
    Cipher *cipher;

    if (!PyArg_ParseTuple(args, "|O", &counter))
        return NULL;
    cipher = make();
    if (cipher == NULL)
        return NULL;
    cipher->counter = counter;
    Py_XINCREF(counter);
    if (counter != NULL && !PyCallable_Check(counter)) {
        Py_DECREF(cipher);
        return NULL;
    }
    return (PyObject *)cipher;
}

static PyObject *
made_bad(PyObject *module, PyObject *arg)
{
    Cipher *cipher = make();

    if (cipher == NULL)
        return NULL;
    cipher->key = PyObject_Str(arg);
    if (cipher->key == NULL || PyUnicode_GetLength(cipher->key) < 16) {
        Py_XDECREF(cipher->key);
        Py_DECREF(cipher); // want "RC202: 'cipher->key'"
        return NULL;
    }
    return (PyObject *)cipher;
}

static PyObject *
taken_out_ok(PyObject *module, PyObject *arg)
{
    Cipher *cipher = make();

    if (cipher == NULL)
        return NULL;
    cipher->key = PyObject_Str(arg);
    if (cipher->key == NULL || PyUnicode_GetLength(cipher->key) < 16) {
        Py_CLEAR(cipher->key);
        Py_DECREF(cipher);
        return NULL;
    }
    return (PyObject *)cipher;
}

/* A reference of its own for the field, and one that the function keeps. */
static PyObject *
both_ok(PyObject *module, PyObject *arg)
{
    Cipher *cipher = make();
    PyObject *key;

    if (cipher == NULL)
        return NULL;
    key = PyObject_Str(arg);
    if (key == NULL) {
        Py_DECREF(cipher);
        return NULL;
    }
    cipher->key = Py_NewRef(key);
    Py_DECREF(cipher);
    return key;
}

/* tp_dealloc does not touch this field. */
static PyObject *
lent_ok(PyObject *module, PyObject *arg)
{
    Cipher *cipher = make();
    PyObject *key;

    if (cipher == NULL)
        return NULL;
    key = PyObject_Str(arg);
    if (key == NULL) {
        Py_DECREF(cipher);
        return NULL;
    }
    cipher->lent = key;
    Py_DECREF(key);
    Py_DECREF(cipher);
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {
    {"counted", counted_bad, METH_VARARGS, NULL},
    {"counted_ok", counted_ok, METH_VARARGS, NULL},
    {"made", made_bad, METH_O, NULL},
    {"taken_out", taken_out_ok, METH_O, NULL},
    {"both", both_ok, METH_O, NULL},
    {"lent", lent_ok, METH_O, NULL},
    {NULL},
};
