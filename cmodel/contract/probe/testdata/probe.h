// The measuring half of the probe: makes objects that are watched, calls one
// function, and settles the accounts as the function's contract says. Whatever the
// contract gets wrong shows as a count that is not what it was.
//
// Each watched object has GUARD extra references, so that a reference too many or
// too few neither kills it nor goes unseen. After the call, objects whose count is
// exactly GUARD (nobody else has them) are destroyed, holders before the held,
// which takes back the references that containers keep. What is left is wrong.
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <datetime.h>
#include <frameobject.h>
#include <marshal.h>
#include <structmember.h>
#include <stdarg.h>
#include <stdint.h>
#include <unistd.h>
#include <locale.h>
#include <errno.h>

// Names that contracts give to types of function pointers.
typedef int (*Py_PendingCallFunc)(void *);

#define GUARD 1000
#define MAX_WATCHED 400

// A watched object. Those that the recipe made have others = 0 unless somebody else
// (its class, the interpreter) had references when it was made.
struct watch { PyObject *ob; Py_ssize_t others, before; int result; int gone; };

static struct watch watched[MAX_WATCHED];
static int nwatched;
static char problems[8000];
static int call_failed, exc_set, exc_before, immortal_result;
static char exc_name[200];
static int ran_python, ran_dealloc, active;  // what the hooks saw during the call
static PyObject *names;                      // namespace for PY()
static PyObject *referrers;                  // gc.get_referrers
static PyObject sentinel_object;
#define SENT ((void *)&sentinel_object)

static void problem(const char *format, ...)
{
    size_t n = strlen(problems);
    va_list va;
    va_start(va, format);
    vsnprintf(problems + n, sizeof problems - n - 2, format, va);
    va_end(va);
    strcat(problems, "\n");
}

static int is_immortal(PyObject *o)
{
#if PY_VERSION_HEX >= 0x030C0000
    return _Py_IsImmortal(o);
#else
    return 0;
#endif
}

static struct watch *find_watched(PyObject *o)
{
    for (int i = 0; i < nwatched; i++)
        if (watched[i].ob == o && !watched[i].gone)
            return &watched[i];
    return NULL;
}

// watch_as begins to watch o, of which the caller has one reference; it becomes one
// of the guard's.
static PyObject *watch_as(PyObject *o, int result)
{
    if (o == NULL) {
        PyErr_Print();
        fprintf(stderr, "an argument could not be made\n");
        abort();
    }
    if (is_immortal(o))
        return o;
    struct watch *w = find_watched(o);
    if (w != NULL) {
        Py_DECREF(o);
        return o;
    }
    if (nwatched == MAX_WATCHED)
        abort();
    watched[nwatched++] = (struct watch){o, Py_REFCNT(o) - 1, 0, result, 0};
    o->ob_refcnt += GUARD - 1;
    return o;
}

static PyObject *watch(PyObject *o) { return watch_as(o, 0); }

// Hooks of X record that Python code could have run.
static Py_hash_t x_hash(PyObject *o) { ran_python += active; return (Py_hash_t)((uintptr_t)o >> 4); }
static PyObject *x_repr(PyObject *o) { ran_python += active; return PyUnicode_FromFormat("<an X at %p>", o); }
static PyObject *x_compare(PyObject *a, PyObject *b, int op)
{
    ran_python += active;
    if (op != Py_EQ && op != Py_NE)
        Py_RETURN_NOTIMPLEMENTED;
    return PyBool_FromLong((a == b) == (op == Py_EQ));
}
static PyObject *x_getattr(PyObject *o, PyObject *name) { ran_python += active; return PyObject_GenericGetAttr(o, name); }
static int x_setattr(PyObject *o, PyObject *name, PyObject *v) { ran_python += active; return PyObject_GenericSetAttr(o, name, v); }
static void x_dealloc(PyObject *o) { ran_dealloc += active; PyObject_Free(o); }

static PyTypeObject XType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "probe.X",
    .tp_basicsize = sizeof(PyObject),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_hash = x_hash, .tp_repr = x_repr, .tp_str = x_repr, .tp_richcompare = x_compare,
    .tp_getattro = x_getattr, .tp_setattro = x_setattr, .tp_dealloc = x_dealloc,
};

static PyObject *py(const char *expression)
{
    PyObject *o = PyRun_String(expression, Py_eval_input, names, names);
    if (o == NULL)
        fprintf(stderr, "cannot evaluate %s\n", expression);
    return watch(o);
}

// pack_ makes a container from its arguments, which end with SENT.
static PyObject *pack_(char kind, ...)
{
    PyObject *o = kind == 'd' ? PyDict_New() : kind == 't' ? PyTuple_New(0) : PyList_New(0);
    va_list va;
    va_start(va, kind);
    for (PyObject *item; (item = va_arg(va, PyObject *)) != SENT;) {
        if (kind == 'd')
            PyDict_SetItem(o, item, va_arg(va, PyObject *));
        else if (kind == 't') {
            PyObject *one = PyTuple_Pack(1, item), *sum = PySequence_Concat(o, one);
            Py_DECREF(one);
            Py_DECREF(o);
            o = sum;
        } else
            PyList_Append(o, item);
    }
    va_end(va);
    if (kind == 's' || kind == 'f') {
        PyObject *set = kind == 's' ? PySet_New(o) : PyFrozenSet_New(o);
        Py_DECREF(o);
        o = set;
    }
    return o;
}

// array_ makes an array of objects with a free slot in front, for vectorcalls.
static PyObject **array_(PyObject *first, ...)
{
    static PyObject *slots[8][10];
    static int next;
    PyObject **items = slots[next++ % 8];
    va_list va;
    va_start(va, first);
    int n = 1;
    for (PyObject *item = first; item != SENT; item = va_arg(va, PyObject *))
        items[n++] = item;
    va_end(va);
    return items + 1;
}

// unshare makes a watched container's twin that nobody watches, with one reference.
#define FRESH(kind, ...) pack_(kind __VA_OPT__(,) __VA_ARGS__, SENT)
#define X watch(PyObject_Init(PyObject_Malloc(sizeof(PyObject)), &XType))
#define LIST(...) watch(pack_('l' __VA_OPT__(,) __VA_ARGS__, SENT))
#define TUPLE(...) watch(pack_('t' __VA_OPT__(,) __VA_ARGS__, SENT))
#define DICT(...) watch(pack_('d' __VA_OPT__(,) __VA_ARGS__, SENT))
#define SET(...) watch(pack_('s' __VA_OPT__(,) __VA_ARGS__, SENT))
#define FROZENSET(...) watch(pack_('f' __VA_OPT__(,) __VA_ARGS__, SENT))
#define ARR(...) array_(__VA_ARGS__, SENT)
#define S(text) watch(PyUnicode_FromString(text))
#define B(text) watch(PyBytes_FromStringAndSize(text, sizeof(text) - 1))
#define BA(text) watch(PyByteArray_FromStringAndSize(text, sizeof(text) - 1))
#define N(value) watch(PyLong_FromLongLong(value))
#define INT N(1234567890123)
#define FLOAT(value) watch(PyFloat_FromDouble(value))
#define COMPLEX watch(PyComplex_FromDoubles(1.5, 2.5))
#define PY(text) py(text)
#define W(expression) watch((PyObject *)(expression))
// The functions of an object that nobody else has, not even the probe.
#define OWN(expression) (expression)

static PyModuleDef plain_def = {PyModuleDef_HEAD_INIT, "probe_m", NULL, 16, NULL, NULL, NULL, NULL, NULL};
static PyModuleDef multi_def = {PyModuleDef_HEAD_INIT, "probe_n", NULL, 0, NULL, NULL, NULL, NULL, NULL};
static PyModuleDef_Slot no_slots[] = {{0, NULL}};
static PyModuleDef slot_def = {PyModuleDef_HEAD_INIT, "probe_s", NULL, 0, NULL, no_slots, NULL, NULL, NULL};

static PyObject *echo(PyObject *self, PyObject *args) { return Py_BuildValue("[OO]", self ? self : Py_None, args); }
static PyMethodDef functions[] = {{"echo", echo, METH_VARARGS, NULL}, {NULL, NULL, 0, NULL}};

#if PY_VERSION_HEX >= 0x03090000
static PyMethodDef class_method_def = {"echo", echo, METH_METHOD | METH_FASTCALL | METH_KEYWORDS, NULL};
#endif
static PyObject *get_none(PyObject *self, void *closure) { Py_RETURN_NONE; }
static PyGetSetDef getsets[] = {{"attr", get_none, NULL, NULL, NULL}, {NULL}};
struct holder { PyObject_HEAD PyObject *o; };
static PyMemberDef members[] = {{"attr", T_OBJECT_EX, offsetof(struct holder, o), 0, NULL}, {NULL}};
static PyMemberDef readonly_members[] = {{"attr", T_OBJECT_EX, offsetof(struct holder, o), READONLY, NULL}, {NULL}};
static struct wrapperbase wrapper = {"__repr__", 0, NULL, NULL, NULL, 0, NULL};

static PyType_Slot heap_slots[] = {{Py_tp_doc, "doc"}, {0, NULL}};
static PyType_Spec heap_spec = {"probe_m.Heap", 0, 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE, heap_slots};
static PyType_Slot bad_slots[] = {{777, "doc"}, {0, NULL}};
static PyType_Spec bad_spec = {"probe_m.Heap", 0, 0, Py_TPFLAGS_DEFAULT, bad_slots};
static int audit_hook(const char *event, PyObject *args, void *data) { return 0; }

static int gc_visitor(PyObject *o, void *arg) { return 1; }
static int pending_call(void *arg) { return 0; }
static int trace_nothing(PyObject *o, PyFrameObject *f, int what, PyObject *arg) { return 0; }
static PyObject *fail_converter(void *arg) { PyErr_SetString(PyExc_ValueError, "of the probe"); return NULL; }
#if PY_VERSION_HEX >= 0x030A0000
static void codec_unregister(PyObject *f) { PyCodec_Unregister(f); }
#endif

// file_of is a file with the given text.
static FILE *file_of(const char *text)
{
    FILE *f = tmpfile();
    fputs(text, f);
    rewind(f);
    return f;
}

// mute throws away what the interpreter prints.
static void mute(void) { PySys_SetObject("stderr", Py_None); }

static Py_buffer *view_of(PyObject *o, int flags)
{
    static Py_buffer view;
    if (PyObject_GetBuffer(o, &view, flags) < 0)
        watch(NULL);
    return &view;
}
#define VIEW(o) view_of(o, PyBUF_FULL_RO)

static void *id_of(const char *text)
{
    static char ids[8][64];  // a _Py_Identifier of any version fits
    static int next;
    char *id = ids[next++ % 8];
    memset(id, 0, 64);
#if PY_VERSION_HEX >= 0x030A0000
    *(const char **)id = text;
    *(Py_ssize_t *)(id + sizeof(char *)) = -1;
#else
    *(const char **)(id + sizeof(void *)) = text;
#endif
    return id;
}
#define ID(text) id_of(text)

static PyStructSequence_Desc *seq_desc(void)
{
    static PyStructSequence_Field fields[] = {{"a", ""}, {"b", ""}, {NULL, NULL}};
    static PyStructSequence_Desc desc = {"probe.pair", "", fields, 2};
    return &desc;
}

#if PY_VERSION_HEX >= 0x030C0000
static int dict_watcher(PyDict_WatchEvent event, PyObject *dict, PyObject *key, PyObject *value) { return 0; }
static int function_watcher(PyFunction_WatchEvent event, PyFunctionObject *f, PyObject *value) { return 0; }
static int type_watcher(PyTypeObject *type) { return 0; }
static int code_watcher(PyCodeEvent event, PyCodeObject *code) { return 0; }
#endif

// NAME is an interned string, which caches of attributes may get to know.
static PyObject *name_of(const char *text)
{
    static PyObject *kept;
    if (kept == NULL)
        kept = PyList_New(0);
    PyObject *s = PyUnicode_InternFromString(text);
    PyList_Append(kept, s);
    if (PySequence_Index(kept, s) != PyList_GET_SIZE(kept) - 1)
        PyList_SetSlice(kept, PyList_GET_SIZE(kept) - 1, PyList_GET_SIZE(kept), NULL);
    return watch(s);
}
#define NAME(text) name_of(text)

// raise sets an exception; raise_value gives the watched value.
static void raise_error(void) { PyErr_SetString(PyExc_ValueError, "of the probe"); }

// Allocation: the nth request during a call fails.
static PyMemAllocatorEx original[3];
static long fail_at, requests;
static int injected;
static int denied(void)
{
    if (!active || ++requests != fail_at)
        return 0;
    injected = 1;
    return 1;
}
static void *bad_malloc(void *c, size_t n) { PyMemAllocatorEx *a = c; return denied() ? NULL : a->malloc(a->ctx, n); }
static void *bad_calloc(void *c, size_t k, size_t n) { PyMemAllocatorEx *a = c; return denied() ? NULL : a->calloc(a->ctx, k, n); }
static void *bad_realloc(void *c, void *p, size_t n) { PyMemAllocatorEx *a = c; return denied() ? NULL : a->realloc(a->ctx, p, n); }
static void bad_free(void *c, void *p) { PyMemAllocatorEx *a = c; a->free(a->ctx, p); }

static const PyMemAllocatorDomain domains[3] = {PYMEM_DOMAIN_RAW, PYMEM_DOMAIN_MEM, PYMEM_DOMAIN_OBJ};

static void hook_memory(void)
{
    for (int i = 0; i < 3; i++) {
        PyMemAllocatorEx bad = {&original[i], bad_malloc, bad_calloc, bad_realloc, bad_free};
        PyMem_GetAllocator(domains[i], &original[i]);
        PyMem_SetAllocator(domains[i], &bad);
    }
}

static void unhook_memory(void)
{
    for (int i = 0; i < 3; i++)
        PyMem_SetAllocator(domains[i], &original[i]);
}

static void begin_call(void)
{
    exc_before = PyErr_Occurred() != NULL;
    requests = injected = 0;
    for (int i = 0; i < nwatched; i++)
        watched[i].before = watched[i].ob->ob_refcnt;
    if (fail_at)
        hook_memory();
    active = 1;
}

// end_call notes the exception that the call left. It stays: the contract's
// settlement comes first.
static void end_call(void)
{
    active = 0;
    if (fail_at)
        unhook_memory();
    PyObject *type = PyErr_Occurred();
    exc_set = type != NULL;
    exc_name[0] = 0;
    if (type != NULL)
        snprintf(exc_name, sizeof exc_name, "%s", ((PyTypeObject *)type)->tp_name);
}

// The settlement. give makes the reference that a call takes; take_back releases
// one that the contract says the caller still has, or now has.
static void give(void *o)
{
    if (o != NULL)
        Py_INCREF((PyObject *)o);
}

static void take_back(void *o)
{
    if (o != NULL && o != SENT)
        Py_DECREF((PyObject *)o);
}

// received begins to watch what a call returned or stored.
static void received(void *p)
{
    PyObject *o = p;
    if (o == NULL || o == SENT)
        return;
    if (is_immortal(o)) {
        immortal_result = 1;
        return;
    }
    Py_INCREF(o);
    watch_as(o, 1);
}

// The exception must be there exactly when the contract says so.
static void check_exception(int want, const char *when)
{
    if (want && !exc_set)
        problem("no exception is set %s", when);
    if (!want && exc_set && !exc_before)
        problem("%s is set %s", exc_name, when);
}

static int visit_is(PyObject *o, void *arg) { return o == arg; }

static int refers(PyObject *holder, PyObject *held)
{
    traverseproc traverse = Py_TYPE(holder)->tp_traverse;
    return PyObject_IS_GC(holder) && traverse != NULL && traverse(holder, visit_is, held) == 1;
}

struct reach { PyObject *to; int depth; };
static int visit_reach(PyObject *o, void *arg)
{
    struct reach *r = arg, next = {r->to, r->depth - 1};
    if (o == r->to)
        return 1;
    if (r->depth == 0 || !PyObject_IS_GC(o) || Py_TYPE(o)->tp_traverse == NULL)
        return 0;
    return Py_TYPE(o)->tp_traverse(o, visit_reach, &next);
}

// owned_by checks that owner keeps o, as far as its memory and the collector show.
static void owned_by(void *owner, void *o)
{
    struct reach r = {o, 2};
    if (o == NULL || owner == NULL || owner == o || is_immortal(o))
        return;
    void **words = owner;
    for (Py_ssize_t i = 0; i < Py_TYPE((PyObject *)owner)->tp_basicsize / (Py_ssize_t)sizeof *words; i++)
        if (words[i] == o)
            return;
    traverseproc traverse = Py_TYPE((PyObject *)owner)->tp_traverse;
    if (PyObject_IS_GC((PyObject *)owner) && traverse != NULL && !traverse(owner, visit_reach, &r))
        problem("the result is not borrowed from that argument");
}

// not_kept checks that the call left no new reference to an argument anywhere. What
// others know too (interned strings) may be in some cache.
static void not_kept(void *o, const char *name)
{
    struct watch *w = o == NULL ? NULL : find_watched(o);
    if (w != NULL && !w->others && w->ob->ob_refcnt > w->before)
        problem("%s is kept", name);
}

// shared_elsewhere: a supposedly fresh object is in somebody's hands, so that
// destroying it would pull it from under them.
static int shared_elsewhere(PyObject *o)
{
    PyObject *list = PyObject_CallFunctionObjArgs(referrers, o, NULL);
    int found = 0;
    if (list == NULL)
        PyErr_Clear();
    for (Py_ssize_t i = 0; list != NULL && i < PyList_GET_SIZE(list); i++)
        found |= PyList_GET_ITEM(list, i) != o;
    Py_XDECREF(list);
    return found;
}

static int held_by_watched(PyObject *o)
{
    for (int i = 0; i < nwatched; i++)
        if (!watched[i].gone && watched[i].ob != o && refers(watched[i].ob, o))
            return 1;
    return 0;
}

// destroy_one destroys the newest object that nobody has, a container or not.
static int destroy_one(int container, int careful)
{
    for (int i = nwatched - 1; i >= 0; i--) {
        struct watch *w = &watched[i];
        if (w->gone || PyObject_IS_GC(w->ob) != container || w->ob->ob_refcnt != GUARD || held_by_watched(w->ob))
            continue;
        if (!w->result && w->others)
            continue;
        w->gone = 1;
        if (careful && w->result && shared_elsewhere(w->ob)) {
            problem("the result is another's, and was released once too often");
            continue;
        }
        w->ob->ob_refcnt = 1;
        Py_DECREF(w->ob);
        return 1;
    }
    return 0;
}

// destroy_unheld destroys what nobody has, containers first: then the objects in
// them show whether a reference is missing.
static void destroy_unheld(int careful)
{
    while (destroy_one(1, careful) || destroy_one(0, careful))
        ;
}

// collected tries whether o, which only its own cycles hold, is garbage.
static int collected(struct watch *w)
{
    if (!PyObject_IS_GC(w->ob) || !PyType_SUPPORTS_WEAKREFS(Py_TYPE(w->ob)))
        return 0;
    PyObject *ref = PyWeakref_NewRef(w->ob, NULL);
    if (ref == NULL) {
        PyErr_Clear();
        return 0;
    }
    w->ob->ob_refcnt -= GUARD - 1;
    Py_DECREF(w->ob);
    PyGC_Collect();
    PyObject *alive = PyObject_CallFunctionObjArgs(ref, NULL);
    int dead = alive == Py_None;
    Py_XDECREF(alive);
    Py_DECREF(ref);
    if (!dead)
        w->ob->ob_refcnt += GUARD;
    return dead;
}

static int argument_left(void)
{
    for (int i = 0; i < nwatched; i++)
        if (!watched[i].gone && !watched[i].result && !watched[i].others)
            return 1;
    return 0;
}

// settle ends a case. It returns the objects that are still alive because others
// have them, with their counts: a second call must find the same.
static const char *settle(int careful)
{
    static char left[2000];
    left[0] = 0;
    PyErr_Clear();
    destroy_unheld(careful);
    if (argument_left()) {  // perhaps only by garbage
        PyGC_Collect();
        destroy_unheld(careful);
    }
    for (int i = 0; i < nwatched; i++) {
        struct watch *w = &watched[i];
        if ((w->result ? careful : w->others && argument_left()) && !w->gone && w->ob->ob_refcnt > GUARD && collected(w)) {
            w->gone = 1;
            destroy_unheld(careful);
        }
    }
    for (int i = 0; i < nwatched; i++) {
        struct watch *w = &watched[i];
        if (w->gone)
            continue;
        if (is_immortal(w->ob)) {  // now (an interned string)
            immortal_result = 1;
            continue;
        }
        Py_ssize_t extra = w->ob->ob_refcnt - GUARD;
        if (extra < 0)
            problem("%s %s is released %d times too often", w->result ? "result" : "argument",
                Py_TYPE(w->ob)->tp_name, (int)-extra);
        else if (w->result || w->others) {
            snprintf(left + strlen(left), sizeof left - strlen(left), " %p:%ld",
                w->result ? (void *)w->ob : (void *)(uintptr_t)i, (long)extra);
        } else if (extra > 0)
            problem("argument %s has %d references too many", Py_TYPE(w->ob)->tp_name, (int)extra);
        if (extra >= 0)
            w->ob->ob_refcnt -= GUARD;  // it lives on
    }
    return left;
}

struct probe { const char *name; void (*run)(void); int must_fail; const char *exception; int object_result; };

static const struct probe probes[];

// run(index, fail_at, careful) makes one call. It returns
// (failed, injected, immortal, python, problems, left).
static PyObject *run(PyObject *self, PyObject *args)
{
    int index, careful;
    if (!PyArg_ParseTuple(args, "ili", &index, &fail_at, &careful))
        return NULL;
    const struct probe *p = &probes[index];
    nwatched = call_failed = exc_set = immortal_result = ran_python = ran_dealloc = 0;
    problems[0] = 0;
    p->run();
    if (!fail_at && call_failed != p->must_fail)
        problem(call_failed ? "fails (%s)" : "does not fail%s", call_failed ? exc_name : "");
    if (!fail_at && p->exception[0] && strcmp(p->exception, exc_name) != 0)
        problem("raises %s, not %s", exc_name, p->exception);
    const char *left = settle(careful);
    long was_injected = injected;
    fail_at = 0;
    return Py_BuildValue("iliiss", call_failed, was_injected, immortal_result, ran_python + (ran_dealloc ? 1 << 16 : 0), problems, left);
}

static PyObject *ran(PyObject *self, PyObject *args) { ran_python += active; Py_RETURN_NONE; }

static PyObject *setup(PyObject *self, PyObject *args)
{
    if (!PyArg_ParseTuple(args, "OO", &names, &referrers))
        return NULL;
    Py_INCREF(names);
    Py_INCREF(referrers);
    PyDateTime_IMPORT;
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {{"run", run, METH_VARARGS, NULL}, {"setup", setup, METH_VARARGS, NULL}, {"ran", ran, METH_VARARGS, NULL}, {NULL, NULL, 0, NULL}};
static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, "probe", NULL, -1, methods, NULL, NULL, NULL, NULL};

PyMODINIT_FUNC PyInit_probe(void)
{
    PyType_Ready(&XType);
    PyObject *m = PyModule_Create(&definition);
    Py_INCREF(&XType);
    PyModule_AddObject(m, "X", (PyObject *)&XType);
    return m;
}
