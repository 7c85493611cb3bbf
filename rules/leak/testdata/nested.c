#include <Python.h>

/* A reference that is kept in an object that is kept in another one. */

typedef struct { PyObject_HEAD PyObject *refs; } Form;
typedef struct { PyObject_HEAD Form *form; } Request;

extern PyTypeObject *form_type;

static void
Form_dealloc(Form *self)
{
    Py_CLEAR(self->refs);
    PyObject_Free(self);
}

static void
Request_dealloc(Request *self)
{
    Py_XDECREF(self->form);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static int
update(Request *request, PyObject *refs)
{
    Form *made = PyObject_New(Form, form_type);

    if (made == NULL)
        return -1;
    made->refs = refs;
    Py_XDECREF(request->form); // want "RC205: 'request->form'"
    request->form = made;
    return 0;
}

static PyObject *
set_form_ok(Request *self, PyObject *arg)
{
    PyObject *refs = PyList_New(0);

    if (refs == NULL)
        return NULL;
    if (PyList_Append(refs, arg) < 0)
        goto error;
    if (update(self, refs) != 0)
        goto error;
    Py_RETURN_NONE;
error:
    Py_DECREF(refs);
    return NULL;
}

static PyObject *
set_form_early(Request *self, PyObject *arg)
{
    PyObject *refs = PyList_New(0);

    if (refs == NULL)
        return NULL;
    if (PyList_Append(refs, arg) < 0) {
        Py_DECREF(refs);
        return NULL;
    }
    if (update(self, refs) != 0)
        return NULL; // want "RC102: 'refs'"
    Py_RETURN_NONE;
}

/* The form is lost, and the references with it. */
static int
check_bad(PyObject *refs)
{
    Form *made = PyObject_New(Form, form_type);

    if (made == NULL)
        return -1;
    Py_INCREF(refs);
    made->refs = refs;
    return 0; // want "RC101: 'made'"
}

static PyMethodDef Request_methods[] = {
    {"set_form", (PyCFunction)set_form_ok, METH_O, NULL},
    {"set_form2", (PyCFunction)set_form_early, METH_O, NULL},
    {NULL},
};
