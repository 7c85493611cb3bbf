#include <Python.h>

typedef struct {
	PyObject *key;
} entry;

/* The slot has the reference that Py_SETREF took; the caller gets another one. */
static PyObject *
renewed_ok(entry *e, PyObject *arg)
{
	PyObject *key = PyObject_Str(arg);

	if (key == NULL)
		return NULL;
	if (PyUnicode_GET_LENGTH(key) > 0)
		Py_SETREF(e->key, key);
	else
		Py_CLEAR(key);
	return Py_NewRef(e->key);
}

static PyObject *
compared_ok(entry *e, PyObject *arg)
{
	PyObject *key = PyObject_Str(arg);

	if (key == NULL)
		return NULL;
	if (key != e->key)
		Py_SETREF(e->key, key);
	else
		Py_CLEAR(key);
	return Py_NewRef(e->key);
}

/* The slot took the only reference. */
static PyObject *
renewed_bad(entry *e, PyObject *arg)
{
	PyObject *key = PyObject_Str(arg);

	if (key == NULL)
		return NULL;
	if (PyUnicode_GET_LENGTH(key) > 8) {
		Py_SETREF(e->key, key);
		return key; // want "RC301"
	}
	if (PyUnicode_GET_LENGTH(key) > 4) {
		Py_DECREF(key);
		return PyObject_Str(arg);
	}
	return key;
}
