/* A machine that runs small programs of reference-count operations on real
   objects and reports counts and deaths after each operation, so that the Go
   model can be compared with the interpreter. See program_test.go for the
   operations; the numbers must agree. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdio.h>

enum { MAXOBJ = 64, MAXDEAD = 256 };

enum {
    OP_NEW, OP_INCREF, OP_DECREF, OP_APPEND, OP_LISTSET, OP_TUPLESET, OP_DICTSET,
    OP_REMOVE, OP_ADD, OP_SETFIELD, OP_CLEAR, OP_ITEM, OP_NONE_INCREF, OP_NONE_DECREF
};

enum { K_INSTANCE = 1, K_LIST, K_TUPLE, K_DICT, K_SET };

static PyObject *obj[MAXOBJ];
static PyObject *weak[MAXOBJ];
static int alive[MAXOBJ];
static int held[MAXOBJ];
static int nobj;
static int dead[MAXDEAD];
static int ndead;
static long instances;

static PyObject *list_subtype, *dict_subtype, *on_death;

static void
died(int id)
{
    alive[id] = 0;
    if (ndead < MAXDEAD) {
        dead[ndead++] = id;
    }
}

/* ---- the instance type: two owned fields, announces its death ---- */

typedef struct {
    PyObject_HEAD
    int id;
    PyObject *f[2];
} Instance;

static int
instance_traverse(Instance *self, visitproc visit, void *arg)
{
    Py_VISIT(self->f[0]);
    Py_VISIT(self->f[1]);
    return 0;
}

static int
instance_clear(Instance *self)
{
    Py_CLEAR(self->f[0]);
    Py_CLEAR(self->f[1]);
    return 0;
}

static void
instance_dealloc(Instance *self)
{
    PyObject_GC_UnTrack(self);
    instances--;
    if (self->id >= 0 && self->id < nobj && obj[self->id] == (PyObject *)self) {
        died(self->id);
    }
    instance_clear(self);
    PyObject_GC_Del(self);
}

static PyTypeObject Instance_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "refprobe.Instance",
    .tp_basicsize = sizeof(Instance),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_dealloc = (destructor)instance_dealloc,
    .tp_traverse = (traverseproc)instance_traverse,
    .tp_clear = (inquiry)instance_clear,
};

static PyObject *
instance_new(int id)
{
    Instance *self = PyObject_GC_New(Instance, &Instance_Type);
    if (self != NULL) {
        self->id = id;
        self->f[0] = self->f[1] = NULL;
        instances++;
        PyObject_GC_Track(self);
    }
    return (PyObject *)self;
}

/* ---- operations ---- */

static PyObject *
death_callback(PyObject *module, PyObject *ref)
{
    for (int i = 0; i < nobj; i++) {
        if (weak[i] == ref) {
            died(i);
        }
    }
    Py_RETURN_NONE;
}

static PyMethodDef death_def = {"on_death", death_callback, METH_O, NULL};

static int
op_new(int kind, int size, int watched)
{
    PyObject *x = NULL;
    int id = nobj;
    switch (kind) {
    case K_INSTANCE: x = instance_new(id); break;
    case K_LIST: x = watched ? PyObject_CallObject(list_subtype, NULL) : PyList_New(0); break;
    case K_TUPLE: x = PyTuple_New(size); break;
    case K_DICT: x = watched ? PyObject_CallObject(dict_subtype, NULL) : PyDict_New(); break;
    case K_SET: x = PySet_New(NULL); break;
    }
    if (x == NULL) {
        return -1;
    }
    weak[id] = NULL;
    if (kind == K_SET || (watched && (kind == K_LIST || kind == K_DICT))) {
        weak[id] = PyWeakref_NewRef(x, on_death);
        if (weak[id] == NULL) {
            return -1;
        }
    }
    obj[id] = x;
    alive[id] = 1;
    held[id] = 1;
    nobj++;
    return 0;
}

static int
op_clear(PyObject *x)
{
    if (PyList_Check(x)) {
        return PyList_SetSlice(x, 0, PyList_GET_SIZE(x), NULL);
    }
    if (PyDict_Check(x)) {
        PyDict_Clear(x);
        return 0;
    }
    if (PyAnySet_Check(x)) {
        return PySet_Clear(x);
    }
    return instance_clear((Instance *)x);
}

static int
op_setfield(PyObject *x, int field, PyObject *y)
{
    Instance *self = (Instance *)x;
    PyObject *old = self->f[field];
    Py_XINCREF(y);
    self->f[field] = y;
    Py_XDECREF(old);
    return 0;
}

/* Index of the object at an index of a list or tuple, which the frame then
   holds; -1 for an exception, -2 for an empty place. */
static int
op_item(PyObject *x, int i)
{
    PyObject *item = PyList_Check(x) ? PyList_GetItem(x, i) : PyTuple_GetItem(x, i);
    if (item == NULL) {
        return PyErr_Occurred() ? -1 : -2;
    }
    for (int id = 0; id < nobj; id++) {
        if (obj[id] == item && alive[id]) {
            Py_INCREF(item);
            held[id]++;
            return id;
        }
    }
    PyErr_SetString(PyExc_RuntimeError, "unknown item");
    return -1;
}

static int
step(const int *a)
{
    Py_ssize_t before;
    switch (a[0]) {
    case OP_NEW: return op_new(a[1], a[2], a[3]);
    case OP_INCREF: held[a[1]]++; Py_INCREF(obj[a[1]]); return 0;
    case OP_DECREF: held[a[1]]--; Py_DECREF(obj[a[1]]); return 0;
    case OP_APPEND: return PyList_Append(obj[a[1]], obj[a[2]]);
    case OP_LISTSET: held[a[3]]--; return PyList_SetItem(obj[a[1]], a[2], obj[a[3]]);
    case OP_TUPLESET: held[a[3]]--; return PyTuple_SetItem(obj[a[1]], a[2], obj[a[3]]);
    case OP_DICTSET: return PyDict_SetItem(obj[a[1]], obj[a[2]], obj[a[3]]);
    case OP_REMOVE:
        if (PyDict_Check(obj[a[1]])) {
            int has = PyDict_Contains(obj[a[1]], obj[a[2]]);
            return has > 0 ? (PyDict_DelItem(obj[a[1]], obj[a[2]]) < 0 ? -1 : 1) : has;
        }
        return PySet_Discard(obj[a[1]], obj[a[2]]);
    case OP_ADD: return PySet_Add(obj[a[1]], obj[a[2]]);
    case OP_SETFIELD: return op_setfield(obj[a[1]], a[2], a[3] < 0 ? NULL : obj[a[3]]);
    case OP_CLEAR: return op_clear(obj[a[1]]);
    case OP_ITEM: return op_item(obj[a[1]], a[2]);
    case OP_NONE_INCREF:
        before = Py_REFCNT(Py_None);
        Py_INCREF(Py_None);
        return (int)(Py_REFCNT(Py_None) - before);
    case OP_NONE_DECREF:
        before = Py_REFCNT(Py_None);
        Py_DECREF(Py_None);
        return (int)(Py_REFCNT(Py_None) - before);
    }
    PyErr_SetString(PyExc_RuntimeError, "bad operation");
    return -1;
}

/* ---- the driver: a flat list of ints, "op a b c n dead*n" per operation;
   the result is one text line per operation ---- */

static int
report(char *buf, size_t size, int result)
{
    int n;
    if (PyErr_Occurred()) {
        PyObject *type = (PyObject *)PyErr_Occurred();
        n = snprintf(buf, size, "%s", ((PyTypeObject *)type)->tp_name);
        PyErr_Clear();
    }
    else {
        n = snprintf(buf, size, "%d", result);
    }
    for (int i = 0; i < nobj; i++) {
        if (alive[i]) {
            n += snprintf(buf + n, size - n, " %d=%ld", i, (long)Py_REFCNT(obj[i]));
        }
    }
    n += snprintf(buf + n, size - n, " dead");
    for (int i = 0; i < ndead; i++) {
        n += snprintf(buf + n, size - n, " %d", dead[i]);
    }
    return n;
}

static void
finish(void)
{
    for (int i = 0; i < nobj; i++) {
        while (held[i] > 0) {
            held[i]--;
            Py_DECREF(obj[i]);
        }
        Py_CLEAR(weak[i]);
    }
    nobj = 0;
}

static PyObject *
run(PyObject *module, PyObject *program)
{
    char line[2048];
    PyObject *lines = PyList_New(0);
    PyObject *fast = PySequence_Fast(program, "program must be a sequence");
    if (lines == NULL || fast == NULL) {
        goto error;
    }
    Py_ssize_t n = PySequence_Fast_GET_SIZE(fast);
    for (Py_ssize_t pc = 0; pc + 5 <= n;) {
        int a[5];
        for (int i = 0; i < 5; i++) {
            a[i] = (int)PyLong_AsLong(PySequence_Fast_GET_ITEM(fast, pc + i));
        }
        pc += 5;
        ndead = 0;
        int result = step(a);
        for (; a[4] > 0 && pc < n; a[4]--, pc++) {
            alive[PyLong_AsLong(PySequence_Fast_GET_ITEM(fast, pc))] = 0;
        }
        int len = report(line, sizeof line, result);
        PyObject *text = PyUnicode_FromStringAndSize(line, len);
        if (text == NULL || PyList_Append(lines, text) < 0) {
            Py_XDECREF(text);
            goto error;
        }
        Py_DECREF(text);
    }
    finish();
    Py_DECREF(fast);
    return lines;
error:
    finish();
    Py_XDECREF(fast);
    Py_XDECREF(lines);
    return NULL;
}

static PyObject *
live(PyObject *module, PyObject *unused)
{
    return PyLong_FromLong(instances);
}

static PyMethodDef methods[] = {
    {"run", run, METH_O, NULL},
    {"live", live, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef def = {
    PyModuleDef_HEAD_INIT, "refprobe", NULL, -1, methods, NULL, NULL, NULL, NULL,
};

static PyObject *
subtype(PyTypeObject *base)
{
    return PyObject_CallFunction((PyObject *)&PyType_Type, "s(O){s(s)}",
                                 "Watched", base, "__slots__", "__weakref__");
}

PyMODINIT_FUNC
PyInit_refprobe(void)
{
    if (PyType_Ready(&Instance_Type) < 0) {
        return NULL;
    }
    list_subtype = subtype(&PyList_Type);
    dict_subtype = subtype(&PyDict_Type);
    on_death = PyCFunction_New(&death_def, NULL);
    if (list_subtype == NULL || dict_subtype == NULL || on_death == NULL) {
        return NULL;
    }
    return PyModule_Create(&def);
}
