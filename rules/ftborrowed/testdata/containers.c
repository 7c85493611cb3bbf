// refcheck --target-python 3.13t
#include <Python.h>

static PyObject *table;

typedef struct {
    PyObject_HEAD
    PyObject *items;
} Box;

static PyObject *
list_bad(PyObject *self, PyObject *list)
{
    PyObject *item = PyList_GetItem(list, 0);   // want "RC803: 'item' .* is only borrowed when it is passed to Py_INCREF at line 18: another thread can make 'list' let go of it"

    if (item == NULL)
        return NULL;
    Py_INCREF(item);
    return item;
}

static PyObject *
macro_bad(PyObject *self, PyObject *list)
{
    return PyObject_Str(PyList_GET_ITEM(list, 0));      // want "RC803: the reference borrowed from 'list'"
}

static PyObject *
dict_bad(PyObject *self, PyObject *args)
{
    PyObject *dict, *value;

    if (!PyArg_ParseTuple(args, "O!", &PyDict_Type, &dict))
        return NULL;
    value = PyDict_GetItemString(dict, "key");          // want "RC803: 'value'"
    if (value == NULL)
        Py_RETURN_NONE;
    return PyLong_FromLong(PyLong_AsLong(value));
}

/* Key and value are one borrow. */
static PyObject *
walk_bad(PyObject *self, PyObject *dict)
{
    PyObject *key, *value;
    Py_ssize_t pos = 0;
    long sum = 0;

    while (PyDict_Next(dict, &pos, &key, &value)) {     // want "RC803"
        if (PyUnicode_Check(key))
            sum += PyLong_Check(value);
    }
    return PyLong_FromLong(sum);
}

/* Low confidence: most objects are used by one thread. */
static PyObject *
FN_field_bad(Box *self, PyObject *unused)
{
    PyObject *item = PyList_GET_ITEM(self->items, 0);

    return Py_NewRef(item);
}

static PyObject *
global_bad(PyObject *self, PyObject *key)
{
    PyObject *value = PyDict_GetItemWithError(table, key);      // want "RC803: 'value'"

    return Py_XNewRef(value);
}

static PyObject *
put(PyObject *self, PyObject *key)
{
    if (PyDict_SetItem(table, key, Py_None) < 0)
        return NULL;
    Py_RETURN_NONE;
}

/* Filled in while the module is initialized, and never changed. */
static PyObject *names;

static PyObject *
constant_ok(PyObject *self, PyObject *key)
{
    return Py_XNewRef(PyDict_GetItemWithError(names, key));
}

static int
add_names_ok(PyObject *module)
{
    PyObject *first = PyDict_GetItemString(table, "first");

    return PyDict_SetItemString(names, "first", first ? first : Py_None);
}

static int
exec_module(PyObject *module)
{
    names = PyDict_New();       // want "RC702"
    if (names == NULL)
        return -1;
    return add_names_ok(module) < 0 ? -1 : publish(module);
}

/* Python code finds it in the module. */
static PyObject *public;

static PyObject *
public_bad(PyObject *self, PyObject *key)
{
    return Py_XNewRef(PyDict_GetItemWithError(public, key));    // want "RC803"
}

static int
publish(PyObject *module)
{
    public = PyDict_New();
    if (public == NULL)
        return -1;
    return PyModule_AddObjectRef(module, "public", public);
}

/* A C structure of this call's own. */
typedef struct {
    PyObject *parts;
} Work;

static PyObject *
structure_ok(Work *work)
{
    return PyObject_Str(PyList_GET_ITEM(work->parts, 0));
}

static PyObject *
works(PyObject *self, PyObject *arg)
{
    Work work;
    PyObject *text;

    work.parts = PySequence_List(arg);
    if (work.parts == NULL)
        return NULL;
    text = PyList_GET_SIZE(work.parts) ? structure_ok(&work) : PyUnicode_FromString("");
    Py_DECREF(work.parts);
    return text;
}

/* The vector of arguments. */
static PyObject *
vector_bad(PyObject *self, PyObject *const *args, Py_ssize_t nargs)
{
    return PyObject_Str(PyList_GET_ITEM(args[0], 0));   // want "RC803"
}

static PyObject *
fast_bad(PyObject *self, PyObject *arg)
{
    PyObject *fast = PySequence_Fast(arg, "not a sequence");
    PyObject *text;

    if (fast == NULL)
        return NULL;
    text = PyObject_Str(PySequence_Fast_GET_ITEM(fast, 0));     // want "RC803"
    Py_DECREF(fast);
    return text;
}

static PyObject *
items_bad(PyObject *self, PyObject *arg)
{
    PyObject *fast = PySequence_Fast(arg, "not a sequence");
    PyObject **items, *item, *text;

    if (fast == NULL)
        return NULL;
    items = PySequence_Fast_ITEMS(fast);        // want "RC803"
    item = items[0];
    text = PyObject_Str(item);
    Py_DECREF(fast);
    return text;
}

static PyObject *
weak_bad(PyObject *self, PyObject *ref)
{
    PyObject *obj = PyWeakref_GetObject(ref);   // want "RC803: 'obj' .* make its owner let go" "RC805"

    return Py_XNewRef(obj);
}

/* What the helper is given everybody sees. */
static PyObject *
helper_bad(PyObject *list)
{
    PyObject *item = PyList_GET_ITEM(list, 0);  // want "RC803"

    return Py_NewRef(item);
}

static PyObject *
calls_helper(PyObject *self, PyObject *list)
{
    return helper_bad(list);
}

static int
setter_bad(Box *self, PyObject *value, void *closure)
{
    PyObject *item = PyDict_GetItemString(value, "items");      // want "RC803"

    if (item == NULL)
        return -1;
    Py_XSETREF(self->items, Py_NewRef(item));
    return 0;
}

/* Nobody uses the object. */
static PyObject *
contains_ok(PyObject *self, PyObject *dict)
{
    return PyBool_FromLong(PyDict_GetItemString(dict, "key") != NULL);
}

static PyObject *
compared_ok(PyObject *self, PyObject *list)
{
    PyObject *item = PyList_GET_ITEM(list, 0);

    return PyBool_FromLong(item == Py_None);
}

static PyObject *
strong_ok(PyObject *self, PyObject *list)
{
    return PyList_GetItemRef(list, 0);
}

static PyObject *
strong_dict_ok(PyObject *self, PyObject *dict)
{
    PyObject *value, *text;

    if (PyDict_GetItemStringRef(dict, "key", &value) < 0)
        return NULL;
    if (value == NULL)
        Py_RETURN_NONE;
    text = PyObject_Str(value);
    Py_DECREF(value);
    return text;
}

static PyObject *
tuple_ok(PyObject *self, PyObject *tuple)
{
    return PyObject_Str(PyTuple_GET_ITEM(tuple, 0));
}

static PyObject *
arguments_ok(PyObject *self, PyObject *args)
{
    return Py_NewRef(PyTuple_GetItem(args, 0));
}

static PyObject *
keywords_ok(PyObject *self, PyObject *args, PyObject *kwargs)
{
    PyObject *value = kwargs ? PyDict_GetItemString(kwargs, "key") : NULL;

    if (value == NULL)
        Py_RETURN_NONE;
    return Py_NewRef(value);
}

static PyObject *
fresh_ok(PyObject *self, PyObject *arg)
{
    PyObject *list = PySequence_List(arg);
    PyObject *text;

    if (list == NULL)
        return NULL;
    if (PyList_GET_SIZE(list) == 0)
        return list;
    text = PyObject_Str(PyList_GET_ITEM(list, 0));
    Py_DECREF(list);
    return text;
}

static PyObject *
copy_ok(PyObject *self, PyObject *dict)
{
    PyObject *copy = PyDict_Copy(dict), *key, *value;
    Py_ssize_t pos = 0;
    long sum = 0;

    if (copy == NULL)
        return NULL;
    while (PyDict_Next(copy, &pos, &key, &value))
        sum += PyLong_Check(value);
    Py_DECREF(copy);
    return PyLong_FromLong(sum);
}

static PyObject *
section_ok(PyObject *self, PyObject *dict)
{
    PyObject *key, *value;
    Py_ssize_t pos = 0;
    long sum = 0;

    Py_BEGIN_CRITICAL_SECTION(dict);
    while (PyDict_Next(dict, &pos, &key, &value))
        sum += PyLong_Check(value);
    Py_END_CRITICAL_SECTION();
    return PyLong_FromLong(sum);
}

static PyObject *
section_takes_ok(PyObject *self, PyObject *list)
{
    PyObject *item;

    Py_BEGIN_CRITICAL_SECTION(list);
    item = PyList_GET_ITEM(list, 0);
    Py_INCREF(item);
    Py_END_CRITICAL_SECTION();
    return item;
}

/* The reference is taken too late. */
static PyObject *
section_left_bad(PyObject *self, PyObject *list)
{
    PyObject *item;

    Py_BEGIN_CRITICAL_SECTION(list);
    item = PyList_GET_ITEM(list, 0);    // want "RC803"
    Py_END_CRITICAL_SECTION();
    return Py_NewRef(item);
}

static PyObject *
section_of_self_ok(Box *self, PyObject *unused)
{
    PyObject *item;

    Py_BEGIN_CRITICAL_SECTION(self);
    item = Py_NewRef(PyList_GET_ITEM(self->items, 0));
    Py_END_CRITICAL_SECTION();
    return item;
}

static PyObject *
section_of_two_ok(PyObject *list, PyObject *dict)
{
    PyObject *item;

    Py_BEGIN_CRITICAL_SECTION2(list, dict);
    item = Py_XNewRef(PyDict_GetItemString(dict, "key"));
    Py_END_CRITICAL_SECTION2();
    return item;
}

static PyMutex mutex;

static PyObject *
mutex_ok(PyObject *self, PyObject *key)
{
    PyObject *value;

    PyMutex_Lock(&mutex);
    value = Py_XNewRef(PyDict_GetItemWithError(table, key));
    PyMutex_Unlock(&mutex);
    return value;
}

/* Only called with the lock held. */
static PyObject *
locked_ok(PyObject *list)
{
    return Py_NewRef(PyList_GET_ITEM(list, 0));
}

static PyObject *
locks(PyObject *self, PyObject *list)
{
    PyObject *item;

    Py_BEGIN_CRITICAL_SECTION(list);
    item = locked_ok(list);
    Py_END_CRITICAL_SECTION();
    return item;
}

/* All callers make the list themselves. */
static PyObject *
private_ok(PyObject *list)
{
    return PyObject_Str(PyList_GET_ITEM(list, 0));
}

static PyObject *
makes_list(PyObject *self, PyObject *arg)
{
    PyObject *list = PySequence_List(arg), *text;

    if (list == NULL)
        return NULL;
    text = PyList_GET_SIZE(list) ? private_ok(list) : PyUnicode_FromString("");
    Py_DECREF(list);
    return text;
}

static int
traverse_ok(Box *self, visitproc visit, void *arg)
{
    Py_VISIT(self->items);
    return 0;
}

static int
clear_ok(Box *self)
{
    Py_CLEAR(self->items);
    return 0;
}

static void
dealloc_ok(Box *self)
{
    PyObject *item;

    PyObject_GC_UnTrack(self);
    item = PyList_GET_ITEM(self->items, 0);
    printf("%p\n", (void *)Py_TYPE(item));
    Py_XDECREF(self->items);
    Py_TYPE(self)->tp_free(self);
}

static PyMethodDef methods[] = {
    {"list", list_bad, METH_O, NULL}, {"macro", macro_bad, METH_O, NULL}, {"dict", dict_bad, METH_VARARGS, NULL},
    {"walk", walk_bad, METH_O, NULL}, {"global", global_bad, METH_O, NULL},
    {"fast", fast_bad, METH_O, NULL}, {"items", items_bad, METH_O, NULL}, {"weak", weak_bad, METH_O, NULL},
    {"helper", calls_helper, METH_O, NULL}, {"contains", contains_ok, METH_O, NULL},
    {"compared", compared_ok, METH_O, NULL}, {"strong", strong_ok, METH_O, NULL}, {"strong_dict", strong_dict_ok, METH_O, NULL},
    {"tuple", tuple_ok, METH_O, NULL}, {"arguments", arguments_ok, METH_VARARGS, NULL},
    {"keywords", (PyCFunction)(void (*)(void))keywords_ok, METH_VARARGS | METH_KEYWORDS, NULL},
    {"fresh", fresh_ok, METH_O, NULL}, {"copy", copy_ok, METH_O, NULL}, {"section", section_ok, METH_O, NULL},
    {"section_takes", section_takes_ok, METH_O, NULL}, {"section_left", section_left_bad, METH_O, NULL},
    {"two", section_of_two_ok, METH_O, NULL}, {"mutex", mutex_ok, METH_O, NULL}, {"locks", locks, METH_O, NULL},
    {"makes", makes_list, METH_O, NULL}, {"put", put, METH_O, NULL}, {"constant", constant_ok, METH_O, NULL},
    {"public", public_bad, METH_O, NULL}, {"works", works, METH_O, NULL}, {"vector", (PyCFunction)(void (*)(void))vector_bad, METH_FASTCALL, NULL},
    {NULL, NULL, 0, NULL}
};

static PyMethodDef box_methods[] = {
    {"field", (PyCFunction)FN_field_bad, METH_NOARGS, NULL},
    {"section", (PyCFunction)section_of_self_ok, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL}
};

static PyGetSetDef box_getset[] = {
    {"items", NULL, (setter)setter_bad, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL}
};

static PyTypeObject Box_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "m.Box", .tp_basicsize = sizeof(Box), .tp_dealloc = (destructor)dealloc_ok,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC, .tp_traverse = (traverseproc)traverse_ok, .tp_clear = (inquiry)clear_ok,
    .tp_methods = box_methods, .tp_getset = box_getset
};

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, (void *)exec_module},
    {0, NULL}
};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT, .m_name = "m", .m_methods = methods, .m_slots = slots
};
