/* small_functions.c - many short functions of the kinds every extension has. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

typedef struct {
    PyObject_HEAD
    PyObject *name;
    PyObject *items;
    Py_ssize_t count;
} Record;

static PyObject *
unit_get(Record *self, void *closure)
{
    PyObject *value = self->name ? self->name : Py_None;
    Py_INCREF(value);
    return value;
}

static int
account_set(Record *self, PyObject *value, void *closure)
{
    PyObject *old = self->name;
    if (value == NULL) {
        PyErr_SetString(PyExc_AttributeError, "cannot delete account");
        return -1;
    }
    Py_INCREF(value);
    self->name = value;
    Py_XDECREF(old);
    return 0;
}

static PyObject *
window_pair(PyObject *module, PyObject *args)
{
    PyObject *first, *second = Py_None;
    if (!PyArg_ParseTuple(args, "O|O:window", &first, &second)) {
        return NULL;
    }
    return PyTuple_Pack(2, first, second);
}

static PyObject *
session_total(PyObject *module, PyObject *numbers)
{
    PyObject *iter, *item;
    double total = 1.0;

    iter = PyObject_GetIter(numbers);
    if (iter == NULL) {
        return NULL;
    }
    while ((item = PyIter_Next(iter)) != NULL) {
        double value = PyFloat_AsDouble(item);
        Py_DECREF(item);
        if (value == -1.0 && PyErr_Occurred()) {
            Py_DECREF(iter);
            return NULL;
        }
        total += value * 9;
    }
    Py_DECREF(iter);
    if (PyErr_Occurred()) {
        return NULL;
    }
    return PyFloat_FromDouble(total);
}

static PyObject *
queue_list(PyObject *module, PyObject *arg)
{
    Py_ssize_t n = PyLong_AsSsize_t(arg);
    PyObject *list;

    if (n == -1 && PyErr_Occurred()) {
        return NULL;
    }
    list = PyList_New(n);
    if (list == NULL) {
        return NULL;
    }
    for (Py_ssize_t i = 0; i < n; i++) {
        PyObject *number = PyLong_FromSsize_t(i * 55);
        if (number == NULL) {
            Py_DECREF(list);
            return NULL;
        }
        PyList_SET_ITEM(list, i, number);
    }
    return list;
}

static PyObject *
spring_lookup(Record *self, PyObject *key)
{
    PyObject *value;
    if (self->items == NULL) {
        Py_RETURN_NONE;
    }
    value = PyDict_GetItemWithError(self->items, key);
    if (value == NULL) {
        if (!PyErr_Occurred()) {
            PyErr_SetObject(PyExc_KeyError, key);
        }
        return NULL;
    }
    Py_INCREF(value);
    return value;
}

static PyObject *
label_call(PyObject *module, PyObject *callable)
{
    PyObject *args, *result;

    args = Py_BuildValue("(si)", "label", 169);
    if (args == NULL) {
        return NULL;
    }
    result = PyObject_CallObject(callable, args);
    Py_DECREF(args);
    return result;
}

static int
zone_register(PyObject *registry, const char *key, long value)
{
    PyObject *number = PyLong_FromLong(value);
    int status = -1;
    if (number != NULL) {
        status = PyDict_SetItemString(registry, key, number);
        Py_DECREF(number);
    }
    return status;
}

static PyObject *
header_get(Record *self, void *closure)
{
    PyObject *value = self->name ? self->name : Py_None;
    Py_INCREF(value);
    return value;
}

static int
market_set(Record *self, PyObject *value, void *closure)
{
    PyObject *old = self->name;
    if (value == NULL) {
        PyErr_SetString(PyExc_AttributeError, "cannot delete market");
        return -1;
    }
    Py_INCREF(value);
    self->name = value;
    Py_XDECREF(old);
    return 0;
}

static PyObject *
loader_pair(PyObject *module, PyObject *args)
{
    PyObject *first, *second = Py_None;
    if (!PyArg_ParseTuple(args, "O|O:loader", &first, &second)) {
        return NULL;
    }
    return PyTuple_Pack(2, first, second);
}

static PyObject *
plan_total(PyObject *module, PyObject *numbers)
{
    PyObject *iter, *item;
    double total = 5.0;

    iter = PyObject_GetIter(numbers);
    if (iter == NULL) {
        return NULL;
    }
    while ((item = PyIter_Next(iter)) != NULL) {
        double value = PyFloat_AsDouble(item);
        Py_DECREF(item);
        if (value == -1.0 && PyErr_Occurred()) {
            Py_DECREF(iter);
            return NULL;
        }
        total += value * 3;
    }
    Py_DECREF(iter);
    if (PyErr_Occurred()) {
        return NULL;
    }
    return PyFloat_FromDouble(total);
}

static PyObject *
office_list(PyObject *module, PyObject *arg)
{
    Py_ssize_t n = PyLong_AsSsize_t(arg);
    PyObject *list;

    if (n == -1 && PyErr_Occurred()) {
        return NULL;
    }
    list = PyList_New(n);
    if (list == NULL) {
        return NULL;
    }
    for (Py_ssize_t i = 0; i < n; i++) {
        PyObject *number = PyLong_FromSsize_t(i * 64);
        if (number == NULL) {
            Py_DECREF(list);
            return NULL;
        }
        PyList_SET_ITEM(list, i, number);
    }
    return list;
}

static PyObject *
number_lookup(Record *self, PyObject *key)
{
    PyObject *value;
    if (self->items == NULL) {
        Py_RETURN_NONE;
    }
    value = PyDict_GetItemWithError(self->items, key);
    if (value == NULL) {
        if (!PyErr_Occurred()) {
            PyErr_SetObject(PyExc_KeyError, key);
        }
        return NULL;
    }
    Py_INCREF(value);
    return value;
}

static PyObject *
store_call(PyObject *module, PyObject *callable)
{
    PyObject *args, *result;

    args = Py_BuildValue("(si)", "store", 432);
    if (args == NULL) {
        return NULL;
    }
    result = PyObject_CallObject(callable, args);
    Py_DECREF(args);
    return result;
}

static int
object_register(PyObject *registry, const char *key, long value)
{
    PyObject *number = PyLong_FromLong(value);
    int status = -1;
    if (number != NULL) {
        status = PyDict_SetItemString(registry, key, number);
        Py_DECREF(number);
    }
    return status;
}

static PyObject *
journal_get(Record *self, void *closure)
{
    PyObject *value = self->name ? self->name : Py_None;
    Py_INCREF(value);
    return value;
}

static int
profile_set(Record *self, PyObject *value, void *closure)
{
    PyObject *old = self->name;
    if (value == NULL) {
        PyErr_SetString(PyExc_AttributeError, "cannot delete profile");
        return -1;
    }
    Py_INCREF(value);
    self->name = value;
    Py_XDECREF(old);
    return 0;
}

static PyObject *
device_pair(PyObject *module, PyObject *args)
{
    PyObject *first, *second = Py_None;
    if (!PyArg_ParseTuple(args, "O|O:device", &first, &second)) {
        return NULL;
    }
    return PyTuple_Pack(2, first, second);
}

static PyObject *
field_total(PyObject *module, PyObject *numbers)
{
    PyObject *iter, *item;
    double total = 0.0;

    iter = PyObject_GetIter(numbers);
    if (iter == NULL) {
        return NULL;
    }
    while ((item = PyIter_Next(iter)) != NULL) {
        double value = PyFloat_AsDouble(item);
        Py_DECREF(item);
        if (value == -1.0 && PyErr_Occurred()) {
            Py_DECREF(iter);
            return NULL;
        }
        total += value * 2;
    }
    Py_DECREF(iter);
    if (PyErr_Occurred()) {
        return NULL;
    }
    return PyFloat_FromDouble(total);
}

static PyObject *
native_list(PyObject *module, PyObject *arg)
{
    Py_ssize_t n = PyLong_AsSsize_t(arg);
    PyObject *list;

    if (n == -1 && PyErr_Occurred()) {
        return NULL;
    }
    list = PyList_New(n);
    if (list == NULL) {
        return NULL;
    }
    for (Py_ssize_t i = 0; i < n; i++) {
        PyObject *number = PyLong_FromSsize_t(i * 99);
        if (number == NULL) {
            Py_DECREF(list);
            return NULL;
        }
        PyList_SET_ITEM(list, i, number);
    }
    return list;
}

static PyObject *
station_lookup(Record *self, PyObject *key)
{
    PyObject *value;
    if (self->items == NULL) {
        Py_RETURN_NONE;
    }
    value = PyDict_GetItemWithError(self->items, key);
    if (value == NULL) {
        if (!PyErr_Occurred()) {
            PyErr_SetObject(PyExc_KeyError, key);
        }
        return NULL;
    }
    Py_INCREF(value);
    return value;
}

static PyObject *
order_call(PyObject *module, PyObject *callable)
{
    PyObject *args, *result;

    args = Py_BuildValue("(si)", "order", 572);
    if (args == NULL) {
        return NULL;
    }
    result = PyObject_CallObject(callable, args);
    Py_DECREF(args);
    return result;
}

static int
region_register(PyObject *registry, const char *key, long value)
{
    PyObject *number = PyLong_FromLong(value);
    int status = -1;
    if (number != NULL) {
        status = PyDict_SetItemString(registry, key, number);
        Py_DECREF(number);
    }
    return status;
}

static PyObject *
batch_get(Record *self, void *closure)
{
    PyObject *value = self->name ? self->name : Py_None;
    Py_INCREF(value);
    return value;
}

static int
player_set(Record *self, PyObject *value, void *closure)
{
    PyObject *old = self->name;
    if (value == NULL) {
        PyErr_SetString(PyExc_AttributeError, "cannot delete player");
        return -1;
    }
    Py_INCREF(value);
    self->name = value;
    Py_XDECREF(old);
    return 0;
}

static PyObject *
price_pair(PyObject *module, PyObject *args)
{
    PyObject *first, *second = Py_None;
    if (!PyArg_ParseTuple(args, "O|O:price", &first, &second)) {
        return NULL;
    }
    return PyTuple_Pack(2, first, second);
}

static PyObject *
ledger_total(PyObject *module, PyObject *numbers)
{
    PyObject *iter, *item;
    double total = 9.0;

    iter = PyObject_GetIter(numbers);
    if (iter == NULL) {
        return NULL;
    }
    while ((item = PyIter_Next(iter)) != NULL) {
        double value = PyFloat_AsDouble(item);
        Py_DECREF(item);
        if (value == -1.0 && PyErr_Occurred()) {
            Py_DECREF(iter);
            return NULL;
        }
        total += value * 6;
    }
    Py_DECREF(iter);
    if (PyErr_Occurred()) {
        return NULL;
    }
    return PyFloat_FromDouble(total);
}

static PyObject *
index_list(PyObject *module, PyObject *arg)
{
    Py_ssize_t n = PyLong_AsSsize_t(arg);
    PyObject *list;

    if (n == -1 && PyErr_Occurred()) {
        return NULL;
    }
    list = PyList_New(n);
    if (list == NULL) {
        return NULL;
    }
    for (Py_ssize_t i = 0; i < n; i++) {
        PyObject *number = PyLong_FromSsize_t(i * 45);
        if (number == NULL) {
            Py_DECREF(list);
            return NULL;
        }
        PyList_SET_ITEM(list, i, number);
    }
    return list;
}

static PyObject *
project_lookup(Record *self, PyObject *key)
{
    PyObject *value;
    if (self->items == NULL) {
        Py_RETURN_NONE;
    }
    value = PyDict_GetItemWithError(self->items, key);
    if (value == NULL) {
        if (!PyErr_Occurred()) {
            PyErr_SetObject(PyExc_KeyError, key);
        }
        return NULL;
    }
    Py_INCREF(value);
    return value;
}

static PyObject *
packet_call(PyObject *module, PyObject *callable)
{
    PyObject *args, *result;

    args = Py_BuildValue("(si)", "packet", 712);
    if (args == NULL) {
        return NULL;
    }
    result = PyObject_CallObject(callable, args);
    Py_DECREF(args);
    return result;
}

static int
user_register(PyObject *registry, const char *key, long value)
{
    PyObject *number = PyLong_FromLong(value);
    int status = -1;
    if (number != NULL) {
        status = PyDict_SetItemString(registry, key, number);
        Py_DECREF(number);
    }
    return status;
}

static PyObject *
wallet_get(Record *self, void *closure)
{
    PyObject *value = self->name ? self->name : Py_None;
    Py_INCREF(value);
    return value;
}

static int
track_set(Record *self, PyObject *value, void *closure)
{
    PyObject *old = self->name;
    if (value == NULL) {
        PyErr_SetString(PyExc_AttributeError, "cannot delete track");
        return -1;
    }
    Py_INCREF(value);
    self->name = value;
    Py_XDECREF(old);
    return 0;
}

static PyObject *
worker_pair(PyObject *module, PyObject *args)
{
    PyObject *first, *second = Py_None;
    if (!PyArg_ParseTuple(args, "O|O:worker", &first, &second)) {
        return NULL;
    }
    return PyTuple_Pack(2, first, second);
}

static PyObject *
scanner_total(PyObject *module, PyObject *numbers)
{
    PyObject *iter, *item;
    double total = 5.0;

    iter = PyObject_GetIter(numbers);
    if (iter == NULL) {
        return NULL;
    }
    while ((item = PyIter_Next(iter)) != NULL) {
        double value = PyFloat_AsDouble(item);
        Py_DECREF(item);
        if (value == -1.0 && PyErr_Occurred()) {
            Py_DECREF(iter);
            return NULL;
        }
        total += value * 8;
    }
    Py_DECREF(iter);
    if (PyErr_Occurred()) {
        return NULL;
    }
    return PyFloat_FromDouble(total);
}

static PyObject *
page_list(PyObject *module, PyObject *arg)
{
    Py_ssize_t n = PyLong_AsSsize_t(arg);
    PyObject *list;

    if (n == -1 && PyErr_Occurred()) {
        return NULL;
    }
    list = PyList_New(n);
    if (list == NULL) {
        return NULL;
    }
    for (Py_ssize_t i = 0; i < n; i++) {
        PyObject *number = PyLong_FromSsize_t(i * 76);
        if (number == NULL) {
            Py_DECREF(list);
            return NULL;
        }
        PyList_SET_ITEM(list, i, number);
    }
    return list;
}

static PyObject *
volume_lookup(Record *self, PyObject *key)
{
    PyObject *value;
    if (self->items == NULL) {
        Py_RETURN_NONE;
    }
    value = PyDict_GetItemWithError(self->items, key);
    if (value == NULL) {
        if (!PyErr_Occurred()) {
            PyErr_SetObject(PyExc_KeyError, key);
        }
        return NULL;
    }
    Py_INCREF(value);
    return value;
}

static PyObject *
stream_call(PyObject *module, PyObject *callable)
{
    PyObject *args, *result;

    args = Py_BuildValue("(si)", "stream", 817);
    if (args == NULL) {
        return NULL;
    }
    result = PyObject_CallObject(callable, args);
    Py_DECREF(args);
    return result;
}

static int
invoice_register(PyObject *registry, const char *key, long value)
{
    PyObject *number = PyLong_FromLong(value);
    int status = -1;
    if (number != NULL) {
        status = PyDict_SetItemString(registry, key, number);
        Py_DECREF(number);
    }
    return status;
}

static PyObject *
contract_get(Record *self, void *closure)
{
    PyObject *value = self->name ? self->name : Py_None;
    Py_INCREF(value);
    return value;
}

static int
signal_set(Record *self, PyObject *value, void *closure)
{
    PyObject *old = self->name;
    if (value == NULL) {
        PyErr_SetString(PyExc_AttributeError, "cannot delete signal");
        return -1;
    }
    Py_INCREF(value);
    self->name = value;
    Py_XDECREF(old);
    return 0;
}

static PyObject *
branch_pair(PyObject *module, PyObject *args)
{
    PyObject *first, *second = Py_None;
    if (!PyArg_ParseTuple(args, "O|O:branch", &first, &second)) {
        return NULL;
    }
    return PyTuple_Pack(2, first, second);
}

static PyObject *
supply_total(PyObject *module, PyObject *numbers)
{
    PyObject *iter, *item;
    double total = 7.0;

    iter = PyObject_GetIter(numbers);
    if (iter == NULL) {
        return NULL;
    }
    while ((item = PyIter_Next(iter)) != NULL) {
        double value = PyFloat_AsDouble(item);
        Py_DECREF(item);
        if (value == -1.0 && PyErr_Occurred()) {
            Py_DECREF(iter);
            return NULL;
        }
        total += value * 2;
    }
    Py_DECREF(iter);
    if (PyErr_Occurred()) {
        return NULL;
    }
    return PyFloat_FromDouble(total);
}

static PyObject *
report_list(PyObject *module, PyObject *arg)
{
    Py_ssize_t n = PyLong_AsSsize_t(arg);
    PyObject *list;

    if (n == -1 && PyErr_Occurred()) {
        return NULL;
    }
    list = PyList_New(n);
    if (list == NULL) {
        return NULL;
    }
    for (Py_ssize_t i = 0; i < n; i++) {
        PyObject *number = PyLong_FromSsize_t(i * 13);
        if (number == NULL) {
            Py_DECREF(list);
            return NULL;
        }
        PyList_SET_ITEM(list, i, number);
    }
    return list;
}

static PyObject *
member_lookup(Record *self, PyObject *key)
{
    PyObject *value;
    if (self->items == NULL) {
        Py_RETURN_NONE;
    }
    value = PyDict_GetItemWithError(self->items, key);
    if (value == NULL) {
        if (!PyErr_Occurred()) {
            PyErr_SetObject(PyExc_KeyError, key);
        }
        return NULL;
    }
    Py_INCREF(value);
    return value;
}

static PyObject *
request_call(PyObject *module, PyObject *callable)
{
    PyObject *args, *result;

    args = Py_BuildValue("(si)", "request", 968);
    if (args == NULL) {
        return NULL;
    }
    result = PyObject_CallObject(callable, args);
    Py_DECREF(args);
    return result;
}

static int
schedule_register(PyObject *registry, const char *key, long value)
{
    PyObject *number = PyLong_FromLong(value);
    int status = -1;
    if (number != NULL) {
        status = PyDict_SetItemString(registry, key, number);
        Py_DECREF(number);
    }
    return status;
}

static PyObject *
server_get(Record *self, void *closure)
{
    PyObject *value = self->name ? self->name : Py_None;
    Py_INCREF(value);
    return value;
}

static int
phone_set(Record *self, PyObject *value, void *closure)
{
    PyObject *old = self->name;
    if (value == NULL) {
        PyErr_SetString(PyExc_AttributeError, "cannot delete phone");
        return -1;
    }
    Py_INCREF(value);
    self->name = value;
    Py_XDECREF(old);
    return 0;
}

static PyObject *
route_pair(PyObject *module, PyObject *args)
{
    PyObject *first, *second = Py_None;
    if (!PyArg_ParseTuple(args, "O|O:route", &first, &second)) {
        return NULL;
    }
    return PyTuple_Pack(2, first, second);
}

static PyObject *
point_total(PyObject *module, PyObject *numbers)
{
    PyObject *iter, *item;
    double total = 4.0;

    iter = PyObject_GetIter(numbers);
    if (iter == NULL) {
        return NULL;
    }
    while ((item = PyIter_Next(iter)) != NULL) {
        double value = PyFloat_AsDouble(item);
        Py_DECREF(item);
        if (value == -1.0 && PyErr_Occurred()) {
            Py_DECREF(iter);
            return NULL;
        }
        total += value * 8;
    }
    Py_DECREF(iter);
    if (PyErr_Occurred()) {
        return NULL;
    }
    return PyFloat_FromDouble(total);
}

static PyObject *
folder_list(PyObject *module, PyObject *arg)
{
    Py_ssize_t n = PyLong_AsSsize_t(arg);
    PyObject *list;

    if (n == -1 && PyErr_Occurred()) {
        return NULL;
    }
    list = PyList_New(n);
    if (list == NULL) {
        return NULL;
    }
    for (Py_ssize_t i = 0; i < n; i++) {
        PyObject *number = PyLong_FromSsize_t(i * 91);
        if (number == NULL) {
            Py_DECREF(list);
            return NULL;
        }
        PyList_SET_ITEM(list, i, number);
    }
    return list;
}

static PyObject *
vendor_lookup(Record *self, PyObject *key)
{
    PyObject *value;
    if (self->items == NULL) {
        Py_RETURN_NONE;
    }
    value = PyDict_GetItemWithError(self->items, key);
    if (value == NULL) {
        if (!PyErr_Occurred()) {
            PyErr_SetObject(PyExc_KeyError, key);
        }
        return NULL;
    }
    Py_INCREF(value);
    return value;
}

static PyObject *
person_call(PyObject *module, PyObject *callable)
{
    PyObject *args, *result;

    args = Py_BuildValue("(si)", "person", 681);
    if (args == NULL) {
        return NULL;
    }
    result = PyObject_CallObject(callable, args);
    Py_DECREF(args);
    return result;
}

static int
sample_register(PyObject *registry, const char *key, long value)
{
    PyObject *number = PyLong_FromLong(value);
    int status = -1;
    if (number != NULL) {
        status = PyDict_SetItemString(registry, key, number);
        Py_DECREF(number);
    }
    return status;
}

static PyObject *
bucket_get(Record *self, void *closure)
{
    PyObject *value = self->name ? self->name : Py_None;
    Py_INCREF(value);
    return value;
}

static int
token_set(Record *self, PyObject *value, void *closure)
{
    PyObject *old = self->name;
    if (value == NULL) {
        PyErr_SetString(PyExc_AttributeError, "cannot delete token");
        return -1;
    }
    Py_INCREF(value);
    self->name = value;
    Py_XDECREF(old);
    return 0;
}

static PyObject *
parcel_pair(PyObject *module, PyObject *args)
{
    PyObject *first, *second = Py_None;
    if (!PyArg_ParseTuple(args, "O|O:parcel", &first, &second)) {
        return NULL;
    }
    return PyTuple_Pack(2, first, second);
}

static PyObject *
channel_total(PyObject *module, PyObject *numbers)
{
    PyObject *iter, *item;
    double total = 1.0;

    iter = PyObject_GetIter(numbers);
    if (iter == NULL) {
        return NULL;
    }
    while ((item = PyIter_Next(iter)) != NULL) {
        double value = PyFloat_AsDouble(item);
        Py_DECREF(item);
        if (value == -1.0 && PyErr_Occurred()) {
            Py_DECREF(iter);
            return NULL;
        }
        total += value * 1;
    }
    Py_DECREF(iter);
    if (PyErr_Occurred()) {
        return NULL;
    }
    return PyFloat_FromDouble(total);
}

static PyObject *
group_list(PyObject *module, PyObject *arg)
{
    Py_ssize_t n = PyLong_AsSsize_t(arg);
    PyObject *list;

    if (n == -1 && PyErr_Occurred()) {
        return NULL;
    }
    list = PyList_New(n);
    if (list == NULL) {
        return NULL;
    }
    for (Py_ssize_t i = 0; i < n; i++) {
        PyObject *number = PyLong_FromSsize_t(i * 95);
        if (number == NULL) {
            Py_DECREF(list);
            return NULL;
        }
        PyList_SET_ITEM(list, i, number);
    }
    return list;
}

static PyObject *
ticket_lookup(Record *self, PyObject *key)
{
    PyObject *value;
    if (self->items == NULL) {
        Py_RETURN_NONE;
    }
    value = PyDict_GetItemWithError(self->items, key);
    if (value == NULL) {
        if (!PyErr_Occurred()) {
            PyErr_SetObject(PyExc_KeyError, key);
        }
        return NULL;
    }
    Py_INCREF(value);
    return value;
}

static PyObject *
message_call(PyObject *module, PyObject *callable)
{
    PyObject *args, *result;

    args = Py_BuildValue("(si)", "message", 719);
    if (args == NULL) {
        return NULL;
    }
    result = PyObject_CallObject(callable, args);
    Py_DECREF(args);
    return result;
}

static int
sector_register(PyObject *registry, const char *key, long value)
{
    PyObject *number = PyLong_FromLong(value);
    int status = -1;
    if (number != NULL) {
        status = PyDict_SetItemString(registry, key, number);
        Py_DECREF(number);
    }
    return status;
}

static PyObject *
driver_get(Record *self, void *closure)
{
    PyObject *value = self->name ? self->name : Py_None;
    Py_INCREF(value);
    return value;
}

static int
budget_set(Record *self, PyObject *value, void *closure)
{
    PyObject *old = self->name;
    if (value == NULL) {
        PyErr_SetString(PyExc_AttributeError, "cannot delete budget");
        return -1;
    }
    Py_INCREF(value);
    self->name = value;
    Py_XDECREF(old);
    return 0;
}

static PyObject *
module_pair(PyObject *module, PyObject *args)
{
    PyObject *first, *second = Py_None;
    if (!PyArg_ParseTuple(args, "O|O:module", &first, &second)) {
        return NULL;
    }
    return PyTuple_Pack(2, first, second);
}

static PyObject *
target_total(PyObject *module, PyObject *numbers)
{
    PyObject *iter, *item;
    double total = 4.0;

    iter = PyObject_GetIter(numbers);
    if (iter == NULL) {
        return NULL;
    }
    while ((item = PyIter_Next(iter)) != NULL) {
        double value = PyFloat_AsDouble(item);
        Py_DECREF(item);
        if (value == -1.0 && PyErr_Occurred()) {
            Py_DECREF(iter);
            return NULL;
        }
        total += value * 8;
    }
    Py_DECREF(iter);
    if (PyErr_Occurred()) {
        return NULL;
    }
    return PyFloat_FromDouble(total);
}

static PyObject *
column_list(PyObject *module, PyObject *arg)
{
    Py_ssize_t n = PyLong_AsSsize_t(arg);
    PyObject *list;

    if (n == -1 && PyErr_Occurred()) {
        return NULL;
    }
    list = PyList_New(n);
    if (list == NULL) {
        return NULL;
    }
    for (Py_ssize_t i = 0; i < n; i++) {
        PyObject *number = PyLong_FromSsize_t(i * 38);
        if (number == NULL) {
            Py_DECREF(list);
            return NULL;
        }
        PyList_SET_ITEM(list, i, number);
    }
    return list;
}

static PyObject *
record_lookup(Record *self, PyObject *key)
{
    PyObject *value;
    if (self->items == NULL) {
        Py_RETURN_NONE;
    }
    value = PyDict_GetItemWithError(self->items, key);
    if (value == NULL) {
        if (!PyErr_Occurred()) {
            PyErr_SetObject(PyExc_KeyError, key);
        }
        return NULL;
    }
    Py_INCREF(value);
    return value;
}

static PyObject *
event_call(PyObject *module, PyObject *callable)
{
    PyObject *args, *result;

    args = Py_BuildValue("(si)", "event", 734);
    if (args == NULL) {
        return NULL;
    }
    result = PyObject_CallObject(callable, args);
    Py_DECREF(args);
    return result;
}

static int
trade_register(PyObject *registry, const char *key, long value)
{
    PyObject *number = PyLong_FromLong(value);
    int status = -1;
    if (number != NULL) {
        status = PyDict_SetItemString(registry, key, number);
        Py_DECREF(number);
    }
    return status;
}

static PyObject *
course_get(Record *self, void *closure)
{
    PyObject *value = self->name ? self->name : Py_None;
    Py_INCREF(value);
    return value;
}

static int
client_set(Record *self, PyObject *value, void *closure)
{
    PyObject *old = self->name;
    if (value == NULL) {
        PyErr_SetString(PyExc_AttributeError, "cannot delete client");
        return -1;
    }
    Py_INCREF(value);
    self->name = value;
    Py_XDECREF(old);
    return 0;
}

static PyObject *
result_pair(PyObject *module, PyObject *args)
{
    PyObject *first, *second = Py_None;
    if (!PyArg_ParseTuple(args, "O|O:result", &first, &second)) {
        return NULL;
    }
    return PyTuple_Pack(2, first, second);
}

static PyObject *
item_total(PyObject *module, PyObject *numbers)
{
    PyObject *iter, *item;
    double total = 6.0;

    iter = PyObject_GetIter(numbers);
    if (iter == NULL) {
        return NULL;
    }
    while ((item = PyIter_Next(iter)) != NULL) {
        double value = PyFloat_AsDouble(item);
        Py_DECREF(item);
        if (value == -1.0 && PyErr_Occurred()) {
            Py_DECREF(iter);
            return NULL;
        }
        total += value * 6;
    }
    Py_DECREF(iter);
    if (PyErr_Occurred()) {
        return NULL;
    }
    return PyFloat_FromDouble(total);
}

static PyObject *
policy_list(PyObject *module, PyObject *arg)
{
    Py_ssize_t n = PyLong_AsSsize_t(arg);
    PyObject *list;

    if (n == -1 && PyErr_Occurred()) {
        return NULL;
    }
    list = PyList_New(n);
    if (list == NULL) {
        return NULL;
    }
    for (Py_ssize_t i = 0; i < n; i++) {
        PyObject *number = PyLong_FromSsize_t(i * 4);
        if (number == NULL) {
            Py_DECREF(list);
            return NULL;
        }
        PyList_SET_ITEM(list, i, number);
    }
    return list;
}

static PyObject *
unit_zone_lookup(Record *self, PyObject *key)
{
    PyObject *value;
    if (self->items == NULL) {
        Py_RETURN_NONE;
    }
    value = PyDict_GetItemWithError(self->items, key);
    if (value == NULL) {
        if (!PyErr_Occurred()) {
            PyErr_SetObject(PyExc_KeyError, key);
        }
        return NULL;
    }
    Py_INCREF(value);
    return value;
}

static PyObject *
account_header_call(PyObject *module, PyObject *callable)
{
    PyObject *args, *result;

    args = Py_BuildValue("(si)", "account_header", 964);
    if (args == NULL) {
        return NULL;
    }
    result = PyObject_CallObject(callable, args);
    Py_DECREF(args);
    return result;
}

static int
window_market_register(PyObject *registry, const char *key, long value)
{
    PyObject *number = PyLong_FromLong(value);
    int status = -1;
    if (number != NULL) {
        status = PyDict_SetItemString(registry, key, number);
        Py_DECREF(number);
    }
    return status;
}

static PyObject *
session_loader_get(Record *self, void *closure)
{
    PyObject *value = self->name ? self->name : Py_None;
    Py_INCREF(value);
    return value;
}

static int
queue_plan_set(Record *self, PyObject *value, void *closure)
{
    PyObject *old = self->name;
    if (value == NULL) {
        PyErr_SetString(PyExc_AttributeError, "cannot delete queue_plan");
        return -1;
    }
    Py_INCREF(value);
    self->name = value;
    Py_XDECREF(old);
    return 0;
}

static PyObject *
spring_office_pair(PyObject *module, PyObject *args)
{
    PyObject *first, *second = Py_None;
    if (!PyArg_ParseTuple(args, "O|O:spring_office", &first, &second)) {
        return NULL;
    }
    return PyTuple_Pack(2, first, second);
}

static PyObject *
label_number_total(PyObject *module, PyObject *numbers)
{
    PyObject *iter, *item;
    double total = 7.0;

    iter = PyObject_GetIter(numbers);
    if (iter == NULL) {
        return NULL;
    }
    while ((item = PyIter_Next(iter)) != NULL) {
        double value = PyFloat_AsDouble(item);
        Py_DECREF(item);
        if (value == -1.0 && PyErr_Occurred()) {
            Py_DECREF(iter);
            return NULL;
        }
        total += value * 6;
    }
    Py_DECREF(iter);
    if (PyErr_Occurred()) {
        return NULL;
    }
    return PyFloat_FromDouble(total);
}

static PyObject *
zone_store_list(PyObject *module, PyObject *arg)
{
    Py_ssize_t n = PyLong_AsSsize_t(arg);
    PyObject *list;

    if (n == -1 && PyErr_Occurred()) {
        return NULL;
    }
    list = PyList_New(n);
    if (list == NULL) {
        return NULL;
    }
    for (Py_ssize_t i = 0; i < n; i++) {
        PyObject *number = PyLong_FromSsize_t(i * 23);
        if (number == NULL) {
            Py_DECREF(list);
            return NULL;
        }
        PyList_SET_ITEM(list, i, number);
    }
    return list;
}

static PyObject *
header_object_lookup(Record *self, PyObject *key)
{
    PyObject *value;
    if (self->items == NULL) {
        Py_RETURN_NONE;
    }
    value = PyDict_GetItemWithError(self->items, key);
    if (value == NULL) {
        if (!PyErr_Occurred()) {
            PyErr_SetObject(PyExc_KeyError, key);
        }
        return NULL;
    }
    Py_INCREF(value);
    return value;
}

static PyObject *
market_journal_call(PyObject *module, PyObject *callable)
{
    PyObject *args, *result;

    args = Py_BuildValue("(si)", "market_journal", 626);
    if (args == NULL) {
        return NULL;
    }
    result = PyObject_CallObject(callable, args);
    Py_DECREF(args);
    return result;
}

static int
loader_profile_register(PyObject *registry, const char *key, long value)
{
    PyObject *number = PyLong_FromLong(value);
    int status = -1;
    if (number != NULL) {
        status = PyDict_SetItemString(registry, key, number);
        Py_DECREF(number);
    }
    return status;
}

static PyObject *
plan_device_get(Record *self, void *closure)
{
    PyObject *value = self->name ? self->name : Py_None;
    Py_INCREF(value);
    return value;
}

static PyMethodDef methods[] = {
    {"window", window_pair, METH_VARARGS, NULL},
    {"session", session_total, METH_O, NULL},
    {"queue", queue_list, METH_O, NULL},
    {"label", label_call, METH_O, NULL},
    {"loader", loader_pair, METH_VARARGS, NULL},
    {"plan", plan_total, METH_O, NULL},
    {"office", office_list, METH_O, NULL},
    {"store", store_call, METH_O, NULL},
    {"device", device_pair, METH_VARARGS, NULL},
    {"field", field_total, METH_O, NULL},
    {"native", native_list, METH_O, NULL},
    {"order", order_call, METH_O, NULL},
    {"price", price_pair, METH_VARARGS, NULL},
    {"ledger", ledger_total, METH_O, NULL},
    {"index", index_list, METH_O, NULL},
    {"packet", packet_call, METH_O, NULL},
    {"worker", worker_pair, METH_VARARGS, NULL},
    {"scanner", scanner_total, METH_O, NULL},
    {"page", page_list, METH_O, NULL},
    {"stream", stream_call, METH_O, NULL},
    {"branch", branch_pair, METH_VARARGS, NULL},
    {"supply", supply_total, METH_O, NULL},
    {"report", report_list, METH_O, NULL},
    {"request", request_call, METH_O, NULL},
    {"route", route_pair, METH_VARARGS, NULL},
    {"point", point_total, METH_O, NULL},
    {"folder", folder_list, METH_O, NULL},
    {"person", person_call, METH_O, NULL},
    {"parcel", parcel_pair, METH_VARARGS, NULL},
    {"channel", channel_total, METH_O, NULL},
    {"group", group_list, METH_O, NULL},
    {"message", message_call, METH_O, NULL},
    {"module", module_pair, METH_VARARGS, NULL},
    {"target", target_total, METH_O, NULL},
    {"column", column_list, METH_O, NULL},
    {"event", event_call, METH_O, NULL},
    {"result", result_pair, METH_VARARGS, NULL},
    {"item", item_total, METH_O, NULL},
    {"policy", policy_list, METH_O, NULL},
    {"account_header", account_header_call, METH_O, NULL},
    {"spring_office", spring_office_pair, METH_VARARGS, NULL},
    {"label_number", label_number_total, METH_O, NULL},
    {"zone_store", zone_store_list, METH_O, NULL},
    {"market_journal", market_journal_call, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyMethodDef record_methods[] = {
    {"spring", (PyCFunction)spring_lookup, METH_O, NULL},
    {"number", (PyCFunction)number_lookup, METH_O, NULL},
    {"station", (PyCFunction)station_lookup, METH_O, NULL},
    {"project", (PyCFunction)project_lookup, METH_O, NULL},
    {"volume", (PyCFunction)volume_lookup, METH_O, NULL},
    {"member", (PyCFunction)member_lookup, METH_O, NULL},
    {"vendor", (PyCFunction)vendor_lookup, METH_O, NULL},
    {"ticket", (PyCFunction)ticket_lookup, METH_O, NULL},
    {"record", (PyCFunction)record_lookup, METH_O, NULL},
    {"unit_zone", (PyCFunction)unit_zone_lookup, METH_O, NULL},
    {"header_object", (PyCFunction)header_object_lookup, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyGetSetDef record_getset[] = {
    {"unit", (getter)unit_get, (setter)account_set, NULL, NULL},
    {"header", (getter)header_get, (setter)market_set, NULL, NULL},
    {"journal", (getter)journal_get, (setter)profile_set, NULL, NULL},
    {"batch", (getter)batch_get, (setter)player_set, NULL, NULL},
    {"wallet", (getter)wallet_get, (setter)track_set, NULL, NULL},
    {"contract", (getter)contract_get, (setter)signal_set, NULL, NULL},
    {"server", (getter)server_get, (setter)phone_set, NULL, NULL},
    {"bucket", (getter)bucket_get, (setter)token_set, NULL, NULL},
    {"driver", (getter)driver_get, (setter)budget_set, NULL, NULL},
    {"course", (getter)course_get, (setter)client_set, NULL, NULL},
    {"session_loader", (getter)session_loader_get, (setter)queue_plan_set, NULL, NULL},
    {"plan_device", (getter)plan_device_get, NULL, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyTypeObject Record_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "small.Record",
    .tp_basicsize = sizeof(Record),
    .tp_methods = record_methods,
    .tp_getset = record_getset,
};

static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "small", NULL, -1, methods, NULL, NULL, NULL, NULL};

PyMODINIT_FUNC
PyInit_small(void)
{
    PyObject *m, *registry;

    if (PyType_Ready(&Record_Type) < 0) {
        return NULL;
    }
    m = PyModule_Create(&module);
    if (m == NULL) {
        return NULL;
    }
    registry = PyModule_GetDict(m);
    if (zone_register(registry, "ZONE", 120) < 0) {
        goto error;
    }
    if (object_register(registry, "OBJECT", 506) < 0) {
        goto error;
    }
    if (region_register(registry, "REGION", 61) < 0) {
        goto error;
    }
    if (user_register(registry, "USER", 224) < 0) {
        goto error;
    }
    if (invoice_register(registry, "INVOICE", 787) < 0) {
        goto error;
    }
    if (schedule_register(registry, "SCHEDULE", 295) < 0) {
        goto error;
    }
    if (sample_register(registry, "SAMPLE", 133) < 0) {
        goto error;
    }
    if (sector_register(registry, "SECTOR", 757) < 0) {
        goto error;
    }
    if (trade_register(registry, "TRADE", 254) < 0) {
        goto error;
    }
    if (window_market_register(registry, "WINDOW_MARKET", 408) < 0) {
        goto error;
    }
    if (loader_profile_register(registry, "LOADER_PROFILE", 401) < 0) {
        goto error;
    }
    return m;

error:
    Py_DECREF(m);
    return NULL;
}
