#include <Python.h>

typedef struct {
	PyObject *id;
} entry;

typedef struct {
	Py_ssize_t n;
	entry items[1];
} keys;

static inline entry *
entries(keys *k)
{
	return k->items;
}

/* The copy has pointers to the same objects, and needs references of its own. */
static keys *
clone_ok(keys *from, size_t size)
{
	keys *k = PyMem_Malloc(size);
	entry *e;

	if (k == NULL)
		return NULL;
	memcpy(k, from, size);
	e = entries(k);
	for (Py_ssize_t i = 0; i < k->n; i++, e++)
		Py_XINCREF(e->id);
	return k;
}

/* Nothing was copied. */
static Py_ssize_t
first_size_bad(keys *k)
{
	entry *e = entries(k);

	Py_INCREF(e->id);
	return PyObject_Size(e->id); // want "RC101: 'e->id' \\(reference taken by Py_INCREF, line 40\\) is not released"
}
