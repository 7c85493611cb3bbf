#include <Python.h>

/*[clinic input]
module.first

    items: object
    /

[clinic start generated code]*/

static PyObject *
first_impl_bad(PyObject *module, PyObject *items)
/*[clinic end generated code: output=0123456789abcdef input=0123456789abcdef]*/
{
    return PyList_GetItem(items, 0);    // want "RC301"
}

/*[clinic input]
module.second

    items: object
    /

[clinic start generated code]*/

static PyObject *
second_impl_ok(PyObject *module, PyObject *items)
/*[clinic end generated code: output=0123456789abcdef input=0123456789abcdef]*/
{
    return PySequence_GetItem(items, 1);
}

/*[clinic input]
module.count -> int
[clinic start generated code]*/

static int
count_impl_ok(PyObject *module)
/*[clinic end generated code: output=0123456789abcdef input=0123456789abcdef]*/
{
    return -1;
}

/* A helper without the mark: its caller may know what it gets. */
static PyObject *
helper_ok(PyObject *items)
{
    return PyList_GetItem(items, 0);
}
