#include <Python.h>

static PyObject *
released_ok(PyObject *self, PyObject *args)
{
    Py_buffer data;
    PyObject *result;

    if (!PyArg_ParseTuple(args, "y*", &data))
        return NULL;
    result = PyList_New(data.len);
    PyBuffer_Release(&data);
    return result;
}

/* As Argument Clinic does it. */
static PyObject *
cleanup_ok(PyObject *self, PyObject *const *args, Py_ssize_t nargs)
{
    PyObject *result = NULL;
    Py_buffer data = {NULL, NULL};

    if (PyObject_GetBuffer(args[0], &data, PyBUF_SIMPLE) != 0)
        goto exit;
    if (!PyBuffer_IsContiguous(&data, 'C'))
        goto exit;
    result = PyBytes_FromStringAndSize(data.buf, data.len);
exit:
    if (data.obj)
        PyBuffer_Release(&data);
    return result;
}

static PyObject *
optional_ok(PyObject *self, PyObject *args)
{
    Py_buffer data = {NULL};
    int rc = 0;

    if (!PyArg_ParseTuple(args, "|y*", &data))
        return NULL;
    if (data.buf != NULL)
        rc = ((char *)data.buf)[0];
    if (data.buf != NULL)
        PyBuffer_Release(&data);
    return PyLong_FromLong(rc);
}

typedef struct {
    PyObject_HEAD
    char *text;
    Py_buffer view;
} Owner;

/* The object owns them from now on. */
static int
Owner_init_ok(Owner *self, PyObject *args, PyObject *kwds)
{
    char *p = PyMem_Malloc(10);

    if (p == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    self->text = p;
    return PyArg_ParseTuple(args, "y*", &self->view) ? 0 : -1;
}

static void
Owner_dealloc(Owner *self)
{
    PyMem_Free(self->text);
    PyBuffer_Release(&self->view);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static char *
copy_ok(const char *s)
{
    char *p = malloc(strlen(s) + 1);

    if (p != NULL)
        strcpy(p, s);
    return p;
}

static void
destroy(PyObject *capsule)
{
    free(PyCapsule_GetPointer(capsule, "box"));
}

/* The capsule frees it. */
static PyObject *
capsule_ok(PyObject *self, PyObject *arg)
{
    char *p = malloc(10);
    PyObject *capsule;

    if (p == NULL)
        return PyErr_NoMemory();
    capsule = PyCapsule_New(p, "box", destroy);
    if (capsule == NULL)
        free(p);
    return capsule;
}

static void
done(char *p, Py_buffer *view)
{
    PyMem_Free(p);
    PyBuffer_Release(view);
}

static PyObject *
helper_ok(PyObject *self, PyObject *args)
{
    Py_buffer data;
    char *p;

    if (!PyArg_ParseTuple(args, "y*", &data))
        return NULL;
    p = PyMem_Malloc(data.len);
    done(p, &data);
    Py_RETURN_NONE;
}

/* What nobody has seen may keep it. */
extern void library_add(void *p);

static PyObject *
library_ok(PyObject *self, PyObject *arg)
{
    char *p = malloc(10);

    if (p == NULL)
        return PyErr_NoMemory();
    library_add(p);
    Py_RETURN_NONE;
}

static char *cache;

static PyObject *
cached_ok(PyObject *self, PyObject *arg)
{
    if (cache == NULL)
        cache = malloc(100);
    if (cache == NULL)
        return PyErr_NoMemory();
    Py_RETURN_NONE;
}

static PyObject *
small_ok(PyObject *self, PyObject *arg)
{
    char small[16], *p = small;
    Py_ssize_t n = PyObject_Size(arg);

    if (n < 0)
        return NULL;
    if (n > 16 && (p = PyMem_Malloc(n)) == NULL)
        return PyErr_NoMemory();
    memset(p, 0, n);
    if (p != small)
        PyMem_Free(p);
    Py_RETURN_NONE;
}

static PyObject *
grown_ok(PyObject *self, PyObject *arg)
{
    char *p = NULL, *q;
    int i;

    for (i = 1; i < 10; i++) {
        q = PyMem_Realloc(p, i);
        if (q == NULL) {
            PyMem_Free(p);
            return PyErr_NoMemory();
        }
        p = q;
    }
    PyMem_Free(p);
    Py_RETURN_NONE;
}

struct node { struct node *next; int value; };

/* The list is passed on by its first node. */
static struct node *
list_ok(int n)
{
    struct node *head = NULL, *x;

    while (n-- > 0) {
        x = malloc(sizeof(struct node));
        if (x == NULL)
            return head;
        x->next = head;
        head = x;
    }
    return head;
}

/* The buffer moves into the object, in three ways. */
typedef struct {
    PyObject_HEAD
    PyObject *base;
    char *start;
    Py_buffer *copy;
    Py_buffer whole;
} Window;

static int
Window_parts_ok(Window *self, PyObject *obj)
{
    Py_buffer view;

    if (PyObject_GetBuffer(obj, &view, PyBUF_SIMPLE) < 0)
        return -1;
    self->base = view.obj;
    self->start = view.buf;
    return 0;
}

static int
Window_copy_ok(Window *self, PyObject *obj)
{
    Py_buffer view;

    if (PyObject_GetBuffer(obj, &view, PyBUF_SIMPLE) < 0)
        return -1;
    memcpy(self->copy, &view, sizeof(Py_buffer));
    return 0;
}

static int
Window_assign_ok(Window *self, PyObject *obj)
{
    Py_buffer view;

    if (PyObject_GetBuffer(obj, &view, PyBUF_SIMPLE) < 0)
        return -1;
    self->whole = view;
    return 0;
}

/* The address of a member is enough to find the memory again. */
struct stream { int (*write)(void *); };
struct filter { int flags; struct stream base; };
int filter_register(const char *name, struct stream *s);

static int
member_kept_ok(struct stream **out)
{
    struct filter *f = malloc(sizeof(struct filter));

    if (f == NULL)
        return -1;
    f->flags = 0;
    *out = &f->base;
    return 0;
}

static PyObject *
member_registered_ok(PyObject *self, PyObject *noargs)
{
    struct filter *f = malloc(sizeof(struct filter));

    if (f == NULL)
        return PyErr_NoMemory();
    f->flags = 0;
    if (filter_register("upper", &f->base) < 0) {
        free(f);
        return NULL;
    }
    Py_RETURN_NONE;
}

/* Two fields change places in each turn; whoever has the decoder frees both. */
struct decoder { char *line, *previous; };

static int
swapped_ok(struct decoder *d, size_t n)
{
    char *p;
    size_t i;

    d->line = malloc(n);
    d->previous = malloc(n);
    if (d->line == NULL || d->previous == NULL)
        return -1;
    for (i = 0; i < n; i++) {
        if (d->line[i] == 0) {
            free(d->previous);
            d->previous = NULL;
            return -1;
        }
        p = d->line;
        d->line = d->previous;
        d->previous = p;
    }
    return 0;
}

static PyObject *
object_memory_ok(const char *text, size_t n)
{
    PyObject *result;
    char *copy = PyObject_Malloc(n + 1);

    if (copy == NULL)
        return PyErr_NoMemory();
    memcpy(copy, text, n);
    copy[n] = 0;
    result = PyLong_FromString(copy, NULL, 10);
    PyObject_Free(copy);
    return result;
}
