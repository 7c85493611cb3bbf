#include <Python.h>

/* One cleanup label for all exits. */
static PyObject *
join_ok(PyObject *self, PyObject *args)
{
    PyObject *list = NULL, *sep = NULL, *result = NULL;
    PyObject *seq;

    if (!PyArg_ParseTuple(args, "O", &seq))
        return NULL;
    list = PySequence_List(seq);
    if (list == NULL)
        goto done;
    sep = PyUnicode_FromString(", ");
    if (sep == NULL)
        goto done;
    result = PyUnicode_Join(sep, list);
done:
    Py_XDECREF(sep);
    Py_XDECREF(list);
    return result;
}

/* A flag remembers who owns the object. */
static Py_ssize_t
length_ok(PyObject *obj)
{
    int own = 0;
    Py_ssize_t n;

    if (PyUnicode_Check(obj)) {
        obj = PyUnicode_AsUTF8String(obj);
        if (obj == NULL)
            return -1;
        own = 1;
    }
    n = PyObject_Size(obj);
    if (own)
        Py_DECREF(obj);
    return n;
}

static PyObject *
iter_self_ok(PyObject *self)
{
    Py_INCREF(self);
    return self;
}

static PyObject *
none_ok(PyObject *self, PyObject *noargs)
{
    Py_RETURN_NONE;
}

/* A cache keeps its reference on purpose. */
static PyObject *
get_decimal_ok(void)
{
    static PyObject *decimal = NULL;
    PyObject *mod;

    if (decimal == NULL) {
        mod = PyImport_ImportModule("decimal");
        if (mod == NULL)
            return NULL;
        decimal = PyObject_GetAttrString(mod, "Decimal");
        Py_DECREF(mod);
    }
    Py_XINCREF(decimal);
    return decimal;
}

typedef struct {
    PyObject_HEAD
    PyObject *items;
    PyObject *slots[4];
} Bag;

static int
Bag_fill_ok(Bag *self)
{
    PyObject *items = PyList_New(0);

    if (items == NULL)
        return -1;
    Py_XSETREF(self->items, items);
    return 0;
}

static int
Bag_slots_ok(Bag *self)
{
    int i;

    for (i = 0; i < 4; i++) {
        PyObject *old = self->slots[i];
        PyObject *fresh = PyDict_New();
        if (fresh == NULL)
            return -1;
        self->slots[i] = fresh;
        Py_XDECREF(old);
    }
    return 0;
}

/* Filled in one loop, released in another. */
static int
scratch_ok(PyObject *const *args, Py_ssize_t nargs)
{
    PyObject *texts[8];
    Py_ssize_t i, n = 0;
    int rc = -1;

    if (nargs > 8)
        return -1;
    for (i = 0; i < nargs; i++) {
        texts[i] = PyObject_Str(args[i]);
        if (texts[i] == NULL)
            goto done;
        n++;
    }
    rc = 0;
done:
    for (i = 0; i < n; i++)
        Py_DECREF(texts[i]);
    return rc;
}

static PyObject *
restore_ok(PyObject *self, PyObject *callable)
{
    PyObject *type, *value, *tb, *res;

    PyErr_Fetch(&type, &value, &tb);
    res = PyObject_CallNoArgs(callable);
    if (res == NULL)
        PyErr_WriteUnraisable(callable);
    Py_XDECREF(res);
    PyErr_Restore(type, value, tb);
    return NULL;
}

static PyObject *
counted_ok(PyObject *self, PyObject *arg)
{
    PyObject *it, *item;
    Py_ssize_t n = 0;

    it = PyObject_GetIter(arg);
    if (it == NULL)
        return NULL;
    while ((item = PyIter_Next(it))) {
        if (item == Py_None) {
            Py_DECREF(item);
            continue;
        }
        n++;
        Py_DECREF(item);
        if (n > 100)
            break;
    }
    Py_DECREF(it);
    if (PyErr_Occurred())
        return NULL;
    return PyLong_FromSsize_t(n);
}

/* N takes the reference over. */
static PyObject *
state_ok(PyObject *self, PyObject *noargs)
{
    PyObject *bytes = PyBytes_FromString("state");

    return Py_BuildValue("ON", (PyObject *)Py_TYPE(self), bytes);
}

static PyObject *
tuple_of_ok(Py_ssize_t n)
{
    PyObject *tuple = PyTuple_New(n);
    Py_ssize_t i;

    if (tuple == NULL)
        return NULL;
    for (i = 0; i < n; i++) {
        PyObject *item = PyLong_FromSsize_t(i);
        if (item == NULL) {
            Py_DECREF(tuple);
            return NULL;
        }
        PyTuple_SET_ITEM(tuple, i, item);
    }
    return tuple;
}

/* Ownership goes to a linked list of the extension's own. */
struct node {
    PyObject *value;
    struct node *next;
};

static int
push_ok(struct node **head, PyObject *obj)
{
    struct node *n = PyMem_Malloc(sizeof(*n));

    if (n == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    n->value = PyObject_Repr(obj);
    if (n->value == NULL) {
        PyMem_Free(n);
        return -1;
    }
    n->next = *head;
    *head = n;
    return 0;
}

static PyObject *
shrink_ok(Py_ssize_t n)
{
    PyObject *bytes = PyBytes_FromStringAndSize(NULL, n);

    if (bytes == NULL)
        return NULL;
    if (_PyBytes_Resize(&bytes, n / 2) < 0)
        return NULL;
    return bytes;
}

static void
fatal_ok(void)
{
    PyObject *mod = PyImport_ImportModule("missing");

    if (mod == NULL)
        Py_FatalError("cannot import missing");
    Py_DECREF(mod);
}

/* The capsule's destructor gets the reference back. */
static PyObject *
capsule_ok(PyObject *self, PyObject *arg)
{
    PyObject *cap;

    Py_INCREF(arg);
    cap = PyCapsule_New(arg, "bag.item", NULL);
    if (cap == NULL)
        Py_DECREF(arg);
    return cap;
}

/* Nothing is known of the callee: it may have taken the reference. */
extern void register_hook(PyObject *);

static int
hook_ok(PyObject *mod)
{
    PyObject *hook = PyObject_GetAttrString(mod, "hook");

    if (hook == NULL)
        return -1;
    register_hook(hook);
    return 0;
}

/* A helper that only adds a reference: its callers are to be judged. */
static void
hold_ok(PyObject *obj)
{
    Py_INCREF(obj);
}

static PyObject *
held_ok(PyObject *self, PyObject *arg)
{
    hold_ok(arg);
    return arg;
}
