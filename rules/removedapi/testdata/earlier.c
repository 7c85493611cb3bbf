// refcheck --target-python 3.11
#include <Python.h>

/* What went later is there, though not for long. */
static PyObject *
size_bad(PyObject *self, PyObject *text)
{
    Py_ssize_t n = PyUnicode_GetSize(text);     // want "RC805: PyUnicode_GetSize is deprecated since Python 3.3 and gone in 3.12"

    return n < 0 ? NULL : PyLong_FromSsize_t(n);
}

/* Not deprecated before 3.13. */
static PyObject *
weak_ok(PyObject *self, PyObject *ref)
{
    return Py_NewRef(PyWeakref_GetObject(ref));
}
