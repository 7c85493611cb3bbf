#include <Python.h>

/* Two structs that begin alike, visited under the names of the first. */
#define FUTURE_HEAD(prefix) PyObject_HEAD PyObject *prefix##_loop; PyObject *prefix##_result;

typedef struct {
    FUTURE_HEAD(fut)
} Future;

typedef struct {
    FUTURE_HEAD(task)
    PyObject *task_coro;
} Task;

static int
Future_traverse_ok(Future *self, visitproc visit, void *arg)
{
    Py_VISIT(self->fut_loop);
    Py_VISIT(self->fut_result);
    return 0;
}

static int
Future_clear(Future *self)
{
    Py_CLEAR(self->fut_loop);
    Py_CLEAR(self->fut_result);
    return 0;
}

static int
Task_traverse_ok(Task *self, visitproc visit, void *arg)
{
    Py_VISIT(self->task_coro);
    return Future_traverse_ok((Future *)self, visit, arg);
}

static int
Task_clear(Task *self)
{
    Py_CLEAR(self->task_coro);
    return Future_clear((Future *)self);
}

static int
Task_set(Task *self, PyObject *value, void *closure)
{
    Py_XINCREF(value);
    Py_XSETREF(self->task_result, value);
    return 0;
}

static PyGetSetDef Task_getset[] = {
    {"result", NULL, (setter)Task_set, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL}
};

static void
Task_dealloc(Task *self)
{
    PyObject_GC_UnTrack(self);
    Task_clear(self);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyTypeObject Task_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "m.Task_Type",
    .tp_basicsize = sizeof(Task),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_dealloc = (destructor)Task_dealloc,
    .tp_traverse = (traverseproc)Task_traverse_ok,
    .tp_clear = (inquiry)Task_clear,
    .tp_getset = Task_getset,
};

/* The lowest bit says what kind of object it is. */
#define UNTAG(p) ((PyObject *)((uintptr_t)(p) & ~(uintptr_t)1))

typedef struct {
    PyObject_HEAD
    PyObject *text;
} Element;

static int
Element_set(Element *self, PyObject *value, void *closure)
{
    PyObject *old = UNTAG(self->text);

    Py_XINCREF(value);
    self->text = value;
    Py_XDECREF(old);
    return 0;
}

static PyGetSetDef Element_getset[] = {
    {"text", NULL, (setter)Element_set, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL}
};

static int
Element_traverse_ok(Element *self, visitproc visit, void *arg)
{
    Py_VISIT(UNTAG(self->text));
    return 0;
}

static int
Element_clear(Element *self)
{
    PyObject *old = UNTAG(self->text);

    self->text = NULL;
    Py_XDECREF(old);
    return 0;
}

static void
Element_dealloc(Element *self)
{
    PyObject_GC_UnTrack(self);
    Element_clear(self);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyTypeObject Element_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "m.Element_Type",
    .tp_basicsize = sizeof(Element),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_dealloc = (destructor)Element_dealloc,
    .tp_traverse = (traverseproc)Element_traverse_ok,
    .tp_clear = (inquiry)Element_clear,
    .tp_getset = Element_getset,
};

#define VISIT(o) if ((o) != NULL && (result = visit((PyObject *)(o), arg)) != 0) return result

typedef struct {
    PyObject_HEAD
    PyObject *first;
    PyObject *items[3];
} Old;

static int
Old_set(Old *self, PyObject *value, void *closure)
{
    Py_XINCREF(value);
    Py_XSETREF(self->first, value);
    return 0;
}

static PyGetSetDef Old_getset[] = {
    {"first", NULL, (setter)Old_set, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL}
};

/* A macro of the project, an array in a loop. */
static int
Old_traverse_ok(Old *self, visitproc visit, void *arg)
{
    int result;

    VISIT(self->first);
    for (int i = 0; i < 3; i++)
        VISIT(self->items[i]);
    return 0;
}

static int
Old_clear(Old *self)
{
    Py_CLEAR(self->first);
    for (int i = 0; i < 3; i++)
        Py_CLEAR(self->items[i]);
    return 0;
}

static void
Old_dealloc(Old *self)
{
    PyObject_GC_UnTrack(self);
    Old_clear(self);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyTypeObject Old_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "m.Old_Type",
    .tp_basicsize = sizeof(Old),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_dealloc = (destructor)Old_dealloc,
    .tp_traverse = (traverseproc)Old_traverse_ok,
    .tp_clear = (inquiry)Old_clear,
    .tp_getset = Old_getset,
};

/* A string needs no visit. */
typedef struct {
    PyObject_HEAD
    PyObject *name;
    PyObject *value;
    Py_buffer view;
} Named;

static int
Named_init(Named *self, PyObject *args, PyObject *kwds)
{
    PyObject *name;

    if (!PyArg_ParseTuple(args, "U", &name))
        return -1;
    Py_INCREF(name);
    Py_XSETREF(self->name, name);
    return 0;
}

static int
Named_set(Named *self, PyObject *value, void *closure)
{
    Py_XINCREF(value);
    Py_XSETREF(self->value, value);
    return 0;
}

static PyGetSetDef Named_getset[] = {
    {"value", NULL, (setter)Named_set, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL}
};

static int
Named_traverse_ok(Named *self, visitproc visit, void *arg)
{
    Py_VISIT(self->value);
    return 0;
}

static int
Named_clear(Named *self)
{
    Py_CLEAR(self->value);
    return 0;
}

static void
Named_dealloc(Named *self)
{
    PyObject_GC_UnTrack(self);
    Named_clear(self);
    Py_XDECREF(self->name);
    PyBuffer_Release(&self->view);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyTypeObject Named_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "m.Named_Type",
    .tp_basicsize = sizeof(Named),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_dealloc = (destructor)Named_dealloc,
    .tp_traverse = (traverseproc)Named_traverse_ok,
    .tp_clear = (inquiry)Named_clear,
    .tp_getset = Named_getset,
    .tp_init = (initproc)Named_init,
};

/* The links are objects that the collector does not know: what they hold is visited in their place. */
typedef struct link {
    PyObject_HEAD
    struct link *next;
    PyObject *key;
} Link;

typedef struct {
    PyObject_HEAD
    Link *first;
    PyObject *func;
} Cache;

static int
Cache_set(Cache *self, PyObject *value, void *closure)
{
    Py_XINCREF(value);
    Py_XSETREF(self->func, value);
    return 0;
}

static PyGetSetDef Cache_getset[] = {
    {"func", NULL, (setter)Cache_set, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL}
};

static int
Cache_traverse_ok(Cache *self, visitproc visit, void *arg)
{
    Link *link;

    for (link = self->first; link != NULL; link = link->next)
        Py_VISIT(link->key);
    Py_VISIT(self->func);
    return 0;
}

static int
Cache_clear(Cache *self)
{
    Py_CLEAR(self->first);
    Py_CLEAR(self->func);
    return 0;
}

static void
Cache_dealloc(Cache *self)
{
    PyObject_GC_UnTrack(self);
    Cache_clear(self);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyTypeObject Cache_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "m.Cache_Type",
    .tp_basicsize = sizeof(Cache),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_dealloc = (destructor)Cache_dealloc,
    .tp_traverse = (traverseproc)Cache_traverse_ok,
    .tp_clear = (inquiry)Cache_clear,
    .tp_getset = Cache_getset,
};
