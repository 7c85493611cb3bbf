#include <Python.h>

typedef struct node {
	PyObject_HEAD
	struct node *next;
} node;

static PyTypeObject Node_Type;
static node *free_nodes;
static PyObject *spare[8];
static int spares;

/* What a free list kept is a new object again, owned by whoever takes it. */
static node *
node_new(void)
{
	node *n;

	if (free_nodes != NULL) {
		n = free_nodes;
		free_nodes = n->next;
		_Py_NewReference((PyObject *)n);
		return n;
	}
	return PyObject_New(node, &Node_Type);
}

static PyObject *
spare_new(void)
{
	PyObject *obj;

	if (spares > 0) {
		obj = spare[--spares];
		_Py_NewReference(obj);
	} else {
		obj = (PyObject *)PyObject_New(node, &Node_Type);
	}
	return obj;
}

static int
put_bad(PyObject *list)
{
	PyObject *n = (PyObject *)node_new();

	if (n == NULL)
		return -1;
	return PyList_Append(list, n); // want "RC101: 'n' \\(new reference from node_new, line 45\\) is not released"
}

static int
put_ok(PyObject *list)
{
	PyObject *n = (PyObject *)node_new();
	int res;

	if (n == NULL)
		return -1;
	res = PyList_Append(list, n);
	Py_DECREF(n);
	return res;
}

static int
spare_bad(PyObject *list)
{
	PyObject *obj = spare_new();

	if (obj == NULL)
		return -1;
	return PyList_Append(list, obj); // want "RC101: 'obj' \\(new reference from spare_new, line 68\\) is not released"
}

static PyObject *
spare_ok(PyObject *self, PyObject *noargs)
{
	return spare_new();
}

/* Taken from the list, and forgotten. */
static int
linked_bad(void)
{
	node *n = free_nodes;

	if (n == NULL)
		return 0;
	free_nodes = n->next;
	_Py_NewReference((PyObject *)n); // note "acquire: _Py_NewReference makes 'n' a new object: this function owns 1"
	return 1; // want "RC101: 'n' \\(new reference from _Py_NewReference, line 90\\) is not released before the function returns"
}

/* Memory of its own becomes an object. */
static PyObject *
raw_ok(void)
{
	node *n = PyObject_Malloc(sizeof(node));

	if (n == NULL)
		return PyErr_NoMemory();
	Py_SET_TYPE((PyObject *)n, &Node_Type);
	_Py_NewReference((PyObject *)n);
	n->next = NULL;
	return (PyObject *)n;
}

/* What has its references does not gain one. */
static PyObject *
twice_ok(void)
{
	node *n = PyObject_New(node, &Node_Type);

	if (n == NULL)
		return NULL;
	_Py_NewReference((PyObject *)n);
	Py_DECREF(n);
	return NULL;
}

/* The object comes back to life in its deallocator. */
static void
node_dealloc_ok(PyObject *self)
{
	_Py_NewReference(self);
	((node *)self)->next = free_nodes;
	free_nodes = (node *)self;
}
