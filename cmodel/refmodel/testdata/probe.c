/* A machine that runs small programs of operations on real objects and reports
   results, counts, deaths and calls after each operation, so that the Go model
   can be compared with the interpreter. program_test.go has the operations and
   says what each may do; the numbers must agree.

   Deaths are seen by standing in for tp_dealloc of the built-in types. Nothing
   here makes objects with a GC head except the operations themselves, so that
   also the collector's counters can be compared. */
/* PyErr_Fetch is deprecated from 3.12 on, and all there is before. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

enum { MAXOBJ = 40, SLACK = 160, NFIELDS = 3, MAXTYPES = 8192, BUDGET = 200, SELF = -2 };

enum {
    OP_NEW, OP_INCREF, OP_DECREF, OP_APPEND, OP_LISTSET, OP_TUPLESET, OP_DICTSET, OP_REMOVE, OP_ADD,
    OP_SETFIELD, OP_CLEAR, OP_ITEM, OP_GETFIELD, OP_DICTGET, OP_MODADD, OP_SETCONTEXT, OP_DEREF,
    OP_COLLECT, OP_COUNT, OP_EVAL, OP_EMPTYGARBAGE, OP_NONE_INCREF, OP_NONE_DECREF
};

enum {
    K_ATOM, K_INSTANCE, K_LIST, K_TUPLE, K_DICT, K_SET, K_INT, K_STR, K_BYTES, K_MODULE, K_TYPE,
    K_WEAKREF, K_CAPSULE, K_EXCEPTION
};

/* Properties of a type; fields take three bits each. */
enum {
    T_GC = 1, T_HEAP = 2, T_CLEAR = 4, T_TYPE_VISITED = 8, T_TYPE_RELEASED = 16, T_WEAK = 32,
    T_FINALIZE = 64, T_DEL = 128, T_VISIT = 8, T_CLEARED = 11, T_RELEASED = 14
};

enum { NONE = -1, SKIPPED = -9 };

typedef struct { int code, a, b, c; } op;
typedef struct { int n; const op *ops; } action;

static PyObject *obj[MAXOBJ + SLACK];
static int kind[MAXOBJ + SLACK], act[MAXOBJ + SLACK];
static int alive[MAXOBJ + SLACK], held[MAXOBJ + SLACK], lost[MAXOBJ + SLACK];
static Py_ssize_t base[MAXOBJ + SLACK];
static int nobj, budget, many;
static action *actions;
static int nactions;

static PyObject *gc_collect, *gc_get_count, *gc_is_tracked, *gc_garbage, *nothing;

/* ---- output ---- */

static char *out;
static size_t used, room;

static void
say(const char *format, ...)
{
    va_list args;
    if (room - used < 200) {
        room = room * 2 + 1000;
        out = realloc(out, room);
    }
    va_start(args, format);
    used += vsnprintf(out + used, room - used, format, args);
    va_end(args);
}

static int
find(PyObject *x)
{
    for (int i = 0; i < nobj; i++) {
        if (obj[i] == x && alive[i]) {
            return i;
        }
    }
    return NONE;
}

static void
died(PyObject *x)
{
    int i = find(x);
    if (i >= 0) {
        alive[i] = 0;
        say(" d%d", i);
    }
}

#define WATCH(name, type)                            \
    static destructor name##_dealloc;                \
    static void name##_died(PyObject *x)             \
    {                                                \
        died(x);                                     \
        name##_dealloc(x);                           \
    }                                                \
    static void watch_##name(void)                   \
    {                                                \
        name##_dealloc = (type)->tp_dealloc;         \
        (type)->tp_dealloc = name##_died;            \
    }

WATCH(list, &PyList_Type)
WATCH(tuple, &PyTuple_Type)
WATCH(dict, &PyDict_Type)
WATCH(set, &PySet_Type)
WATCH(int, &PyLong_Type)
WATCH(str, &PyUnicode_Type)
WATCH(bytes, &PyBytes_Type)
WATCH(module, &PyModule_Type)
WATCH(weakref, &_PyWeakref_RefType)
WATCH(capsule, &PyCapsule_Type)
WATCH(exception, (PyTypeObject *)PyExc_ValueError)

/* ---- actions: what finalizers, callbacks and destructors do ---- */

static int step(const op *o, int self);

static void
run_action(int which, int self, char what)
{
    if (self < 0) {
        return;
    }
    say(" %c%d", what, self);
    if (which < 0 || which >= nactions) {
        return;
    }
    PyObject *type, *value, *traceback;
    PyErr_Fetch(&type, &value, &traceback);
    for (int i = 0; i < actions[which].n; i++) {
        if (budget-- > 0) {
            step(&actions[which].ops[i], self);
            PyErr_Clear();
        }
    }
    PyErr_Restore(type, value, traceback);
}

/* ---- instances: what their slots do is in the flags of their type ---- */

typedef struct {
    PyObject_HEAD
    int flags;
    PyObject *f[NFIELDS];
    PyObject *weak;
} Instance;

static int
has(Instance *self, int shift, int i)
{
    return self->flags >> (shift + i) & 1;
}

static int
instance_traverse(PyObject *op, visitproc visit, void *arg)
{
    Instance *self = (Instance *)op;
    for (int i = 0; i < NFIELDS; i++) {
        if (has(self, T_VISIT, i)) {
            Py_VISIT(self->f[i]);
        }
    }
    if ((self->flags & T_HEAP) && (self->flags & T_TYPE_VISITED)) {
        Py_VISIT(Py_TYPE(op));
    }
    return 0;
}

static int
instance_clear(PyObject *op)
{
    Instance *self = (Instance *)op;
    for (int i = 0; i < NFIELDS; i++) {
        if (has(self, T_CLEARED, i)) {
            Py_CLEAR(self->f[i]);
        }
    }
    return 0;
}

static void
instance_finalize(PyObject *op)
{
    int i = find(op);
    run_action(i < 0 ? NONE : act[i], i, 'f');
}

/* tp_del is called with a count of 0 and has to save the object meanwhile. */
static void
instance_del(PyObject *op)
{
    int i = find(op);
    run_action(i < 0 ? NONE : act[i], i, 'f');
}

static int
saved_by_del(PyObject *op)
{
    Py_INCREF(op);
    Py_TYPE(op)->tp_del(op);
    if (Py_REFCNT(op) > 1) {
        Py_DECREF(op);
        return 1;
    }
#if PY_VERSION_HEX >= 0x030900A4
    Py_SET_REFCNT(op, 0);
#else
    Py_REFCNT(op) = 0;
#endif
    return 0;
}

static PyObject *
instance_call(PyObject *op, PyObject *args, PyObject *kwds)
{
    int i = find(op);
    run_action(i < 0 ? NONE : act[i], i, 'c');
    Py_RETURN_NONE;
}

static void
instance_dealloc(PyObject *op)
{
    Instance *self = (Instance *)op;
    PyTypeObject *type = Py_TYPE(op);
    int flags = self->flags;
    if ((flags & T_FINALIZE) && PyObject_CallFinalizerFromDealloc(op) < 0) {
        return;
    }
    if ((flags & T_DEL) && saved_by_del(op)) {
        return;
    }
    if (flags & T_GC) {
        PyObject_GC_UnTrack(op);
    }
    died(op);
    if (self->weak != NULL) {
        PyObject_ClearWeakRefs(op);
    }
    for (int i = 0; i < NFIELDS; i++) {
        if (has(self, T_RELEASED, i)) {
            Py_CLEAR(self->f[i]);
        }
        else if (self->f[i] != NULL) {
            lost[find(self->f[i])]++;
        }
    }
    if (flags & T_GC) {
        PyObject_GC_Del(op);
    }
    else {
        PyObject_Free(op);
    }
#if PY_VERSION_HEX >= 0x03080000
    if ((flags & T_HEAP) && (flags & T_TYPE_RELEASED)) {
        Py_DECREF(type);
    }
#else
    (void)type; /* PyObject_GC_New takes no reference to it */
#endif
}

static struct { int flags; PyTypeObject *type; Py_ssize_t count; int used; } types[MAXTYPES];
static int ntypes, order[MAXTYPES], nused;

static PyTypeObject *
make_static(int flags)
{
    PyTypeObject *t = calloc(1, sizeof *t);
    PyTypeObject head = {PyVarObject_HEAD_INIT(NULL, 0).tp_name = "probe.Static"};
    *t = head;
    t->tp_basicsize = sizeof(Instance);
    t->tp_dealloc = instance_dealloc;
    t->tp_call = instance_call;
    t->tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_FINALIZE;
    if (flags & T_GC) {
        t->tp_flags |= Py_TPFLAGS_HAVE_GC;
        t->tp_traverse = instance_traverse;
        t->tp_clear = flags & T_CLEAR ? instance_clear : NULL;
    }
    t->tp_finalize = flags & T_FINALIZE ? instance_finalize : NULL;
    t->tp_del = flags & T_DEL ? instance_del : NULL;
    return PyType_Ready(t) < 0 ? NULL : t;
}

static PyTypeObject *
make_heap(int flags)
{
    PyType_Slot slots[8] = {{Py_tp_dealloc, instance_dealloc}, {Py_tp_call, instance_call}};
    int n = 2;
    if (flags & T_GC) {
        slots[n++] = (PyType_Slot){Py_tp_traverse, instance_traverse};
        if (flags & T_CLEAR) {
            slots[n++] = (PyType_Slot){Py_tp_clear, instance_clear};
        }
    }
    if (flags & T_FINALIZE) {
        slots[n++] = (PyType_Slot){Py_tp_finalize, instance_finalize};
    }
    if (flags & T_DEL) {
        slots[n++] = (PyType_Slot){Py_tp_del, instance_del};
    }
    PyType_Spec spec = {"probe.Heap", sizeof(Instance), 0,
                        Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_FINALIZE | (flags & T_GC ? Py_TPFLAGS_HAVE_GC : 0),
                        slots};
    return (PyTypeObject *)PyType_FromSpec(&spec);
}

/* Index of the type with these flags, which is made if there is none. */
static int
type_of(int flags)
{
    int i;
    for (i = 0; i < ntypes; i++) {
        if (types[i].flags == flags) {
            return i;
        }
    }
    if (i == MAXTYPES) {
        PyErr_SetString(PyExc_RuntimeError, "too many types");
        return -1;
    }
    types[i].type = flags & T_HEAP ? make_heap(flags) : make_static(flags);
    if (types[i].type == NULL) {
        return -1;
    }
    if (flags & T_WEAK) {
        types[i].type->tp_weaklistoffset = offsetof(Instance, weak);
    }
    types[i].flags = flags;
    return ntypes++;
}

static PyObject *
instance_new(int flags)
{
    PyTypeObject *type = types[type_of(flags)].type;
    Instance *self = flags & T_GC ? PyObject_GC_New(Instance, type) : PyObject_New(Instance, type);
    if (self != NULL) {
        self->flags = flags;
        self->weak = NULL;
        for (int i = 0; i < NFIELDS; i++) {
            self->f[i] = NULL;
        }
        if (flags & T_GC) {
            PyObject_GC_Track(self);
        }
    }
    return (PyObject *)self;
}

/* ---- operations ---- */

static int
sees(int i, int self)
{
    return i >= 0 && i < nobj && alive[i] && (held[i] > 0 || i == self);
}

static int
owns(int i)
{
    return i >= 0 && i < nobj && alive[i] && held[i] > 0;
}

static int
sees_kind(int i, int self, int k)
{
    return sees(i, self) && kind[i] == k;
}

static int
add(PyObject *x, int k, int action, int refs)
{
    if (x == NULL) {
        return NONE;
    }
    int i = find(x);
    if (i < 0) {
        i = nobj++;
        obj[i] = x;
        kind[i] = k;
        act[i] = action;
        alive[i] = 1;
        held[i] = lost[i] = 0;
        base[i] = k == K_INT || k == K_STR || k == K_BYTES ? Py_REFCNT(x) - 1 : 0;
    }
    held[i] += refs;
    return i;
}

static void
capsule_destroy(PyObject *x)
{
    for (int i = nobj - 1; i >= 0; i--) {
        if (obj[i] == x && kind[i] == K_CAPSULE) { /* has just died: the last of its address */
            run_action(act[i], i, 'x');
            return;
        }
    }
}

static const int numbers[] = {-6, -5, 0, 7, 256, 257, 100000};
static const char *const strings[] = {"", "a", "\xc3\xa9", "ab", "name"};
static const char *const bytes[] = {"", "a", "\xff", "ab"};
static const char *const names[] = {"k0", "k1"};

static int
op_new(int k, int b, int c, int self)
{
    int i;
    if (nobj >= MAXOBJ) {
        return SKIPPED;
    }
    switch (k) {
    case K_INSTANCE: return add(instance_new(b), k, c, 1);
    case K_LIST: return add(PyList_New(0), k, NONE, 1);
    case K_TUPLE: return add(PyTuple_New(b), k, NONE, 1);
    case K_DICT: return add(PyDict_New(), k, NONE, 1);
    case K_SET: return add(PySet_New(NULL), k, NONE, 1);
    case K_INT: return add(PyLong_FromLong(numbers[b]), k, NONE, 1);
    case K_STR: return add(PyUnicode_FromString(strings[b]), k, NONE, 1);
    case K_BYTES: return add(PyBytes_FromString(bytes[b]), k, NONE, 1);
    case K_CAPSULE: return add(PyCapsule_New(obj, NULL, capsule_destroy), k, c, 1);
    case K_MODULE:
        i = add(PyModule_New("m"), k, NONE, 1);
        add(PyModule_GetDict(obj[i]), K_DICT, NONE, 0);
        return i;
    case K_EXCEPTION:
        if (!sees(b, self)) {
            return SKIPPED;
        }
        i = add(PyObject_CallFunctionObjArgs(PyExc_ValueError, obj[b], NULL), k, NONE, 1);
        add(((PyBaseExceptionObject *)obj[i])->args, K_TUPLE, NONE, 0);
        return i;
    case K_WEAKREF:
        if (!sees(b, self) || (c != NONE && !sees_kind(c, self, K_INSTANCE))) {
            return SKIPPED;
        }
        return add(PyWeakref_NewRef(obj[b], c == NONE ? NULL : obj[c]), k, NONE, 1);
    }
    return SKIPPED;
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
    return ((Instance *)x)->flags & T_CLEAR ? instance_clear(x) : 0;
}

static int
op_remove(PyObject *x, PyObject *key)
{
    if (PyAnySet_Check(x)) {
        return PySet_Discard(x, key);
    }
    if (PyDict_GetItem(x, key) == NULL) {
        return 0;
    }
    return PyDict_DelItem(x, key) < 0 ? -1 : 1;
}

static int
op_setfield(Instance *self, int field, PyObject *y)
{
    PyObject *old = self->f[field];
    Py_XINCREF(y);
    self->f[field] = y;
    Py_XDECREF(old);
    return 0;
}

/* The frame gets a reference to a borrowed object; its index, -1 for an
   exception, -2 for NULL. */
static int
take(PyObject *x)
{
    if (x == NULL) {
        return PyErr_Occurred() ? -1 : -2;
    }
    int i = find(x);
    if (i >= 0) {
        Py_INCREF(x);
        held[i]++;
    }
    return i;
}

static PyObject *
referent(PyObject *w)
{
    PyObject *x = ((PyWeakReference *)w)->wr_object;
    return x == Py_None || Py_REFCNT(x) <= 0 ? NULL : x;
}

static int
op_collect(int generation)
{
    PyObject *g = PyLong_FromLong(generation);
    PyObject *n = PyObject_CallFunctionObjArgs(gc_collect, g, NULL);
    int result = n == NULL ? -1 : (int)PyLong_AsLong(n);
    Py_XDECREF(n);
    Py_DECREF(g);
    return result;
}

static int
op_count(void)
{
    PyObject *t = PyObject_CallFunctionObjArgs(gc_get_count, NULL);
    int result = 0;
    for (int i = 0; t != NULL && i < 3; i++) {
        result = result * 1000 + (int)PyLong_AsLong(PyTuple_GET_ITEM(t, i));
    }
    Py_XDECREF(t);
    return result;
}

static int
op_eval(int self)
{
#if PY_VERSION_HEX >= 0x030C0000
    if (self == NONE) {
        PyObject *x = PyObject_CallFunctionObjArgs(nothing, NULL);
        Py_XDECREF(x);
    }
#endif
    return 0;
}

static int
op_none(int up)
{
    Py_ssize_t before = Py_REFCNT(Py_None);
    if (up) {
        Py_INCREF(Py_None);
    }
    else {
        Py_DECREF(Py_None);
    }
    return (int)(Py_REFCNT(Py_None) - before);
}

static int nones;

/* The operations that work on container a, which they keep alive meanwhile. */
static int
change(int code, int a, int b, int c, int self)
{
    PyObject *x = obj[a];
    switch (code) {
    case OP_APPEND:
        return sees_kind(a, self, K_LIST) && sees(b, self) ? PyList_Append(x, obj[b]) : SKIPPED;
    case OP_LISTSET:
        if (!sees_kind(a, self, K_LIST) || !owns(c)) {
            return SKIPPED;
        }
        held[c]--;
        return PyList_SetItem(x, b, obj[c]);
    case OP_DICTSET:
        return sees_kind(a, self, K_DICT) && sees_kind(b, self, K_INSTANCE) && sees(c, self)
                   ? PyDict_SetItem(x, obj[b], obj[c]) : SKIPPED;
    case OP_REMOVE:
        return (sees_kind(a, self, K_DICT) || sees_kind(a, self, K_SET)) && sees_kind(b, self, K_INSTANCE)
                   ? op_remove(x, obj[b]) : SKIPPED;
    case OP_ADD:
        return sees_kind(a, self, K_SET) && sees_kind(b, self, K_INSTANCE) && (many || PySet_GET_SIZE(x) == 0)
                   ? PySet_Add(x, obj[b]) : SKIPPED;
    case OP_SETFIELD:
        return sees_kind(a, self, K_INSTANCE) && (c == NONE || sees(c, self))
                   ? op_setfield((Instance *)x, b, c == NONE ? NULL : obj[c]) : SKIPPED;
    case OP_CLEAR:
        return sees(a, self) && (kind[a] == K_INSTANCE || kind[a] == K_LIST || kind[a] == K_DICT || kind[a] == K_SET)
                   ? op_clear(x) : SKIPPED;
    case OP_MODADD: {
        if (!sees_kind(a, self, K_MODULE) || !owns(c)) {
            return SKIPPED;
        }
        held[c]--;
        return PyModule_AddObject(x, names[b], obj[c]);
    }
    case OP_SETCONTEXT:
        if (!sees_kind(a, self, K_EXCEPTION) || !owns(b) || kind[b] != K_EXCEPTION) {
            return SKIPPED;
        }
        held[b]--;
        PyException_SetContext(x, obj[b]);
        return 0;
    }
    return SKIPPED;
}

/* The operations that look something up in a. */
static int
look(int code, int a, int b, int self)
{
    PyObject *x = obj[a];
    switch (code) {
    case OP_ITEM:
        if (kind[a] == K_LIST) {
            return take(PyList_GetItem(x, b));
        }
        return kind[a] == K_TUPLE ? take(PyTuple_GetItem(x, b)) : SKIPPED;
    case OP_GETFIELD: return kind[a] == K_INSTANCE ? take(((Instance *)x)->f[b]) : SKIPPED;
    case OP_DICTGET:
        return kind[a] == K_DICT && sees_kind(b, self, K_INSTANCE) ? take(PyDict_GetItem(x, obj[b])) : SKIPPED;
    case OP_DEREF: return kind[a] == K_WEAKREF ? take(referent(x)) : SKIPPED;
    }
    return SKIPPED;
}

static int
step(const op *o, int self)
{
    int a = o->a == SELF ? self : o->a, b = o->b == SELF ? self : o->b, c = o->c == SELF ? self : o->c;
    int result;
    switch (o->code) {
    case OP_NEW: return op_new(a, b, c, self);
    case OP_COLLECT: return op_collect(a);
    case OP_COUNT: return op_count();
    case OP_EVAL: return op_eval(self);
    case OP_EMPTYGARBAGE: return PyList_SetSlice(gc_garbage, 0, PyList_GET_SIZE(gc_garbage), NULL);
    case OP_NONE_INCREF: nones++; return op_none(1);
    case OP_NONE_DECREF: return nones == 0 ? SKIPPED : (nones--, op_none(0));
    }
    if (!sees(a, self)) {
        return SKIPPED;
    }
    switch (o->code) {
    case OP_INCREF: held[a]++; Py_INCREF(obj[a]); return 0;
    case OP_DECREF:
        if (!owns(a)) {
            return SKIPPED;
        }
        held[a]--;
        Py_DECREF(obj[a]);
        return 0;
    case OP_TUPLESET:
        if (kind[a] != K_TUPLE || !owns(c) || (a == c && held[a] < 2)) {
            return SKIPPED;
        }
        held[c]--;
        return PyTuple_SetItem(obj[a], b, obj[c]);
    case OP_ITEM: case OP_GETFIELD: case OP_DICTGET: case OP_DEREF: return look(o->code, a, b, self);
    }
    PyObject *x = obj[a];
    Py_INCREF(x);
    result = change(o->code, a, b, c, self);
    Py_DECREF(x);
    return result;
}

/* ---- programs ---- */

static int
tracked(PyObject *x)
{
    PyObject *yes = PyObject_CallFunctionObjArgs(gc_is_tracked, x, NULL);
    int result = yes == Py_True;
    Py_XDECREF(yes);
    return result;
}

static void
report(int result)
{
    if (PyErr_Occurred()) {
        say(" %s |", ((PyTypeObject *)PyErr_Occurred())->tp_name);
        PyErr_Clear();
    }
    else {
        say(" %d |", result);
    }
    for (int i = 0; i < nobj; i++) {
        if (alive[i]) {
            say(" %d=%zd%s", i, Py_REFCNT(obj[i]) - base[i], tracked(obj[i]) ? "t" : "");
        }
    }
    if (PyList_GET_SIZE(gc_garbage) > 0) {
        say(" garbage");
    }
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(gc_garbage); i++) {
        say(" %d", find(PyList_GET_ITEM(gc_garbage, i)));
    }
    say("\n");
}

/* Takes everything apart and says how many objects live on all the same. */
static void
cleanup(void)
{
    int left = 0;
    size_t end = used;
    nactions = 0;
    PyList_SetSlice(gc_garbage, 0, PyList_GET_SIZE(gc_garbage), NULL);
    for (int i = 0; i < nobj; i++) {
        if (!alive[i]) {
            continue;
        }
        PyObject *x = obj[i];
        Py_INCREF(x);
        if (kind[i] == K_INSTANCE) {
            for (int f = 0; f < NFIELDS; f++) {
                Py_CLEAR(((Instance *)x)->f[f]);
            }
        }
        else if (kind[i] == K_TUPLE) {
            for (Py_ssize_t n = 0; n < PyTuple_GET_SIZE(x); n++) {
                Py_CLEAR(PyTuple_GET_ITEM(x, n));
            }
        }
        else if (kind[i] != K_CAPSULE && Py_TYPE(x)->tp_clear != NULL) {
            Py_TYPE(x)->tp_clear(x);
        }
        Py_DECREF(x);
    }
    for (int i = 0; i < nobj; i++) {
        for (int n = held[i] + lost[i]; n > 0; n--) {
            Py_DECREF(obj[i]);
        }
        left += alive[i] && base[i] == 0;
    }
    used = end;
    for (; nones > 0; nones--) {
        Py_DECREF(Py_None);
    }
    say("left %d\n", left);
}

static PyObject *gc_function(PyObject *gc, const char *name)
{
    return PyObject_GetAttrString(gc, name);
}

static int
call(PyObject *gc, const char *name, PyObject *args)
{
    PyObject *f = gc_function(gc, name), *r = NULL;
    if (f != NULL) {
        r = PyObject_CallObject(f, args);
    }
    Py_XDECREF(f);
    Py_XDECREF(args);
    Py_XDECREF(r);
    return r == NULL ? -1 : 0;
}

/* Types that a program uses have to exist before it starts. */
static int
prepare(const op *ops, int n)
{
    for (int i = 0; i < n; i++) {
        if (ops[i].code != OP_NEW || ops[i].a != K_INSTANCE) {
            continue;
        }
        int t = type_of(ops[i].b);
        if (t < 0) {
            return -1;
        }
        if (!types[t].used) {
            types[t].used = 1;
            order[nused++] = t;
        }
    }
    return 0;
}

static int *words;
static Py_ssize_t nwords;

static int
read_words(PyObject *program)
{
    nwords = PyList_Size(program);
    words = realloc(words, (nwords + 1) * sizeof *words);
    for (Py_ssize_t i = 0; i < nwords; i++) {
        words[i] = (int)PyLong_AsLong(PyList_GetItem(program, i));
    }
    return PyErr_Occurred() ? -1 : 0;
}

/* A program is: thresholds, whether sets may have many elements, the number of
   actions, each action as its length and operations, the length of the program
   and its operations. */
static PyObject *
run(PyObject *module, PyObject *program)
{
    static action table[16];
    PyObject *gc = PyImport_ImportModule("gc"), *text;
    if (gc == NULL || read_words(program) < 0) {
        return NULL;
    }
    const int *w = words + 5;
    many = words[3];
    nactions = words[4];
    actions = table;
    for (nused = 0, budget = 0; budget < ntypes; budget++) {
        types[budget].used = 0;
    }
    for (int i = 0; i < nactions; i++) {
        table[i].n = *w++;
        table[i].ops = (const op *)w;
        w += 4 * table[i].n;
        if (prepare(table[i].ops, table[i].n) < 0) {
            return NULL;
        }
    }
    int n = *w++;
    const op *ops = (const op *)w;
    if (prepare(ops, n) < 0) {
        return NULL;
    }
    nobj = nones = 0;
    budget = BUDGET;
    if (call(gc, "freeze", NULL) < 0 ||
        call(gc, "set_threshold", Py_BuildValue("(iii)", words[0], words[1], words[2])) < 0 ||
        call(gc, "enable", NULL) < 0) {
        return NULL;
    }
    op_collect(2);
    for (int i = 0; i < nused; i++) {
        types[order[i]].count = Py_REFCNT((PyObject *)types[order[i]].type);
    }
    used = 0;
    for (int i = 0; i < n; i++) {
        report(step(&ops[i], NONE));
    }
    call(gc, "disable", NULL);
    say("types");
    for (int i = 0; i < nused; i++) {
        say(" %zd", Py_REFCNT((PyObject *)types[order[i]].type) - types[order[i]].count);
    }
    say("\n");
    cleanup();
    Py_DECREF(gc);
    text = PyUnicode_FromStringAndSize(out, used);
    return text;
}

static PyMethodDef methods[] = {{"run", run, METH_O, NULL}, {0}};

static struct PyModuleDef def = {PyModuleDef_HEAD_INIT, "refprobe", NULL, -1, methods};

PyMODINIT_FUNC
PyInit_refprobe(void)
{
    PyObject *gc = PyImport_ImportModule("gc");
    PyObject *globals = PyDict_New();
    if (gc == NULL || globals == NULL) {
        return NULL;
    }
    gc_collect = gc_function(gc, "collect");
    gc_get_count = gc_function(gc, "get_count");
    gc_is_tracked = gc_function(gc, "is_tracked");
    gc_garbage = gc_function(gc, "garbage");
    nothing = PyRun_String("lambda: None", Py_eval_input, globals, globals);
    if (!gc_collect || !gc_get_count || !gc_is_tracked || !gc_garbage || !nothing) {
        return NULL;
    }
    watch_list(), watch_tuple(), watch_dict(), watch_set(), watch_int(), watch_str(), watch_bytes();
    watch_module(), watch_weakref(), watch_capsule(), watch_exception();
    return PyModule_Create(&def);
}
