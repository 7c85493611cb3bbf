/* giant_function.c - one function with many objects, branches and a common exit. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

PyObject *
load_configuration(PyObject *module, PyObject *args)
{
    PyObject *source, *strict = Py_False, *result = NULL;
    int flags = 0, level = 0;
    PyObject *unit = NULL, *account = NULL, *window = NULL, *session = NULL, *queue = NULL;
    PyObject *spring = NULL, *label = NULL, *zone = NULL, *header = NULL, *market = NULL;
    PyObject *loader = NULL, *plan = NULL, *office = NULL, *number = NULL, *store = NULL;
    PyObject *object = NULL, *journal = NULL, *profile = NULL, *device = NULL, *field = NULL;
    PyObject *native = NULL, *station = NULL, *order = NULL, *region = NULL, *batch = NULL;
    PyObject *player = NULL, *price = NULL, *ledger = NULL, *index = NULL, *project = NULL;
    PyObject *packet = NULL, *user = NULL, *wallet = NULL, *track = NULL, *worker = NULL;
    PyObject *scanner = NULL, *page = NULL, *volume = NULL, *stream = NULL, *invoice = NULL;
    PyObject *contract = NULL, *signal = NULL, *branch = NULL, *supply = NULL, *report = NULL;
    PyObject *member = NULL, *request = NULL, *schedule = NULL, *server = NULL, *phone = NULL;
    PyObject *route = NULL, *point = NULL, *folder = NULL, *vendor = NULL, *person = NULL;
    PyObject *sample = NULL, *bucket = NULL, *token = NULL, *parcel = NULL, *channel = NULL;

    if (!PyArg_ParseTuple(args, "O|Oii:load_configuration", &source, &strict, &flags, &level)) {
        return NULL;
    }
    result = PyDict_New();
    if (result == NULL) {
        goto done;
    }

    unit = PyObject_GetAttrString(source, "unit");
    if (unit == NULL) {
        if (!PyErr_ExceptionMatches(PyExc_AttributeError) || strict == Py_True) {
            goto error;
        }
        PyErr_Clear();
        unit = PyLong_FromLong(0);
        if (unit == NULL) {
            goto error;
        }
    }
    if (PyDict_SetItemString(result, "unit", unit) < 0) {
        goto error;
    }

    account = PyList_New(0);
    if (account == NULL || PyList_Append(account, unit) < 0) {
        goto error;
    }
    if (flags & 2) {
        PyObject *copy = PyList_AsTuple(account);
        if (copy == NULL) {
            goto error;
        }
        Py_SETREF(account, copy);
    }

    if (level > 2) {
        window = PyUnicode_FromFormat("%s-%d", "window", level);
    }
    else if (flags & 4) {
        window = PyObject_Str(account);
    }
    else {
        Py_INCREF(Py_None);
        window = Py_None;
    }
    if (window == NULL) {
        goto error;
    }

    session = PyTuple_New(2);
    if (session == NULL) {
        goto error;
    }
    Py_INCREF(window);
    PyTuple_SET_ITEM(session, 0, window);
    Py_INCREF(source);
    PyTuple_SET_ITEM(session, 1, source);
    switch (level % 4) {
    case 0:
        break;
    case 1:
        if (PyDict_SetItemString(result, "session", session) < 0) {
            goto error;
        }
        break;
    case 2:
        Py_CLEAR(session);
        break;
    default:
        PyErr_Format(PyExc_ValueError, "bad level %d for session", level);
        goto error;
    }

    queue = Py_BuildValue("{s:O,s:i}", "previous", session ? session : Py_None, "flags", flags);
    if (queue == NULL) {
        goto error;
    }
    if (PyDict_Size(queue) != 2) {
        PyErr_SetString(PyExc_SystemError, "queue");
        goto error;
    }

    spring = PyObject_CallMethod(source, "spring", "Oi", queue, level);
    if (spring == NULL) {
        goto error;
    }
    if (PyObject_IsTrue(spring) == 0 && flags == 0) {
        goto done;
    }

    label = PyObject_GetAttrString(source, "label");
    if (label == NULL) {
        if (!PyErr_ExceptionMatches(PyExc_AttributeError) || strict == Py_True) {
            goto error;
        }
        PyErr_Clear();
        label = PyLong_FromLong(6);
        if (label == NULL) {
            goto error;
        }
    }
    if (PyDict_SetItemString(result, "label", label) < 0) {
        goto error;
    }

    zone = PyList_New(0);
    if (zone == NULL || PyList_Append(zone, label) < 0) {
        goto error;
    }
    if (flags & 128) {
        PyObject *copy = PyList_AsTuple(zone);
        if (copy == NULL) {
            goto error;
        }
        Py_SETREF(zone, copy);
    }

    if (level > 8) {
        header = PyUnicode_FromFormat("%s-%d", "header", level);
    }
    else if (flags & 256) {
        header = PyObject_Str(zone);
    }
    else {
        Py_INCREF(Py_None);
        header = Py_None;
    }
    if (header == NULL) {
        goto error;
    }

    market = PyTuple_New(2);
    if (market == NULL) {
        goto error;
    }
    Py_INCREF(header);
    PyTuple_SET_ITEM(market, 0, header);
    Py_INCREF(source);
    PyTuple_SET_ITEM(market, 1, source);
    switch (level % 4) {
    case 0:
        break;
    case 1:
        if (PyDict_SetItemString(result, "market", market) < 0) {
            goto error;
        }
        break;
    case 2:
        Py_CLEAR(market);
        break;
    default:
        PyErr_Format(PyExc_ValueError, "bad level %d for market", level);
        goto error;
    }

    loader = Py_BuildValue("{s:O,s:i}", "previous", market ? market : Py_None, "flags", flags);
    if (loader == NULL) {
        goto error;
    }
    if (PyDict_Size(loader) != 2) {
        PyErr_SetString(PyExc_SystemError, "loader");
        goto error;
    }

    plan = PyObject_CallMethod(source, "plan", "Oi", loader, level);
    if (plan == NULL) {
        goto error;
    }
    if (PyObject_IsTrue(plan) == 0 && flags == 0) {
        goto done;
    }

    office = PyObject_GetAttrString(source, "office");
    if (office == NULL) {
        if (!PyErr_ExceptionMatches(PyExc_AttributeError) || strict == Py_True) {
            goto error;
        }
        PyErr_Clear();
        office = PyLong_FromLong(12);
        if (office == NULL) {
            goto error;
        }
    }
    if (PyDict_SetItemString(result, "office", office) < 0) {
        goto error;
    }

    number = PyList_New(0);
    if (number == NULL || PyList_Append(number, office) < 0) {
        goto error;
    }
    if (flags & 8192) {
        PyObject *copy = PyList_AsTuple(number);
        if (copy == NULL) {
            goto error;
        }
        Py_SETREF(number, copy);
    }

    if (level > 14) {
        store = PyUnicode_FromFormat("%s-%d", "store", level);
    }
    else if (flags & 16384) {
        store = PyObject_Str(number);
    }
    else {
        Py_INCREF(Py_None);
        store = Py_None;
    }
    if (store == NULL) {
        goto error;
    }

    object = PyTuple_New(2);
    if (object == NULL) {
        goto error;
    }
    Py_INCREF(store);
    PyTuple_SET_ITEM(object, 0, store);
    Py_INCREF(source);
    PyTuple_SET_ITEM(object, 1, source);
    switch (level % 4) {
    case 0:
        break;
    case 1:
        if (PyDict_SetItemString(result, "object", object) < 0) {
            goto error;
        }
        break;
    case 2:
        Py_CLEAR(object);
        break;
    default:
        PyErr_Format(PyExc_ValueError, "bad level %d for object", level);
        goto error;
    }

    journal = Py_BuildValue("{s:O,s:i}", "previous", object ? object : Py_None, "flags", flags);
    if (journal == NULL) {
        goto error;
    }
    if (PyDict_Size(journal) != 2) {
        PyErr_SetString(PyExc_SystemError, "journal");
        goto error;
    }

    profile = PyObject_CallMethod(source, "profile", "Oi", journal, level);
    if (profile == NULL) {
        goto error;
    }
    if (PyObject_IsTrue(profile) == 0 && flags == 0) {
        goto done;
    }

    device = PyObject_GetAttrString(source, "device");
    if (device == NULL) {
        if (!PyErr_ExceptionMatches(PyExc_AttributeError) || strict == Py_True) {
            goto error;
        }
        PyErr_Clear();
        device = PyLong_FromLong(18);
        if (device == NULL) {
            goto error;
        }
    }
    if (PyDict_SetItemString(result, "device", device) < 0) {
        goto error;
    }

    field = PyList_New(0);
    if (field == NULL || PyList_Append(field, device) < 0) {
        goto error;
    }
    if (flags & 8) {
        PyObject *copy = PyList_AsTuple(field);
        if (copy == NULL) {
            goto error;
        }
        Py_SETREF(field, copy);
    }

    if (level > 20) {
        native = PyUnicode_FromFormat("%s-%d", "native", level);
    }
    else if (flags & 16) {
        native = PyObject_Str(field);
    }
    else {
        Py_INCREF(Py_None);
        native = Py_None;
    }
    if (native == NULL) {
        goto error;
    }

    station = PyTuple_New(2);
    if (station == NULL) {
        goto error;
    }
    Py_INCREF(native);
    PyTuple_SET_ITEM(station, 0, native);
    Py_INCREF(source);
    PyTuple_SET_ITEM(station, 1, source);
    switch (level % 4) {
    case 0:
        break;
    case 1:
        if (PyDict_SetItemString(result, "station", station) < 0) {
            goto error;
        }
        break;
    case 2:
        Py_CLEAR(station);
        break;
    default:
        PyErr_Format(PyExc_ValueError, "bad level %d for station", level);
        goto error;
    }

    order = Py_BuildValue("{s:O,s:i}", "previous", station ? station : Py_None, "flags", flags);
    if (order == NULL) {
        goto error;
    }
    if (PyDict_Size(order) != 2) {
        PyErr_SetString(PyExc_SystemError, "order");
        goto error;
    }

    region = PyObject_CallMethod(source, "region", "Oi", order, level);
    if (region == NULL) {
        goto error;
    }
    if (PyObject_IsTrue(region) == 0 && flags == 0) {
        goto done;
    }

    batch = PyObject_GetAttrString(source, "batch");
    if (batch == NULL) {
        if (!PyErr_ExceptionMatches(PyExc_AttributeError) || strict == Py_True) {
            goto error;
        }
        PyErr_Clear();
        batch = PyLong_FromLong(24);
        if (batch == NULL) {
            goto error;
        }
    }
    if (PyDict_SetItemString(result, "batch", batch) < 0) {
        goto error;
    }

    player = PyList_New(0);
    if (player == NULL || PyList_Append(player, batch) < 0) {
        goto error;
    }
    if (flags & 512) {
        PyObject *copy = PyList_AsTuple(player);
        if (copy == NULL) {
            goto error;
        }
        Py_SETREF(player, copy);
    }

    if (level > 26) {
        price = PyUnicode_FromFormat("%s-%d", "price", level);
    }
    else if (flags & 1024) {
        price = PyObject_Str(player);
    }
    else {
        Py_INCREF(Py_None);
        price = Py_None;
    }
    if (price == NULL) {
        goto error;
    }

    ledger = PyTuple_New(2);
    if (ledger == NULL) {
        goto error;
    }
    Py_INCREF(price);
    PyTuple_SET_ITEM(ledger, 0, price);
    Py_INCREF(source);
    PyTuple_SET_ITEM(ledger, 1, source);
    switch (level % 4) {
    case 0:
        break;
    case 1:
        if (PyDict_SetItemString(result, "ledger", ledger) < 0) {
            goto error;
        }
        break;
    case 2:
        Py_CLEAR(ledger);
        break;
    default:
        PyErr_Format(PyExc_ValueError, "bad level %d for ledger", level);
        goto error;
    }

    index = Py_BuildValue("{s:O,s:i}", "previous", ledger ? ledger : Py_None, "flags", flags);
    if (index == NULL) {
        goto error;
    }
    if (PyDict_Size(index) != 2) {
        PyErr_SetString(PyExc_SystemError, "index");
        goto error;
    }

    project = PyObject_CallMethod(source, "project", "Oi", index, level);
    if (project == NULL) {
        goto error;
    }
    if (PyObject_IsTrue(project) == 0 && flags == 0) {
        goto done;
    }

    packet = PyObject_GetAttrString(source, "packet");
    if (packet == NULL) {
        if (!PyErr_ExceptionMatches(PyExc_AttributeError) || strict == Py_True) {
            goto error;
        }
        PyErr_Clear();
        packet = PyLong_FromLong(30);
        if (packet == NULL) {
            goto error;
        }
    }
    if (PyDict_SetItemString(result, "packet", packet) < 0) {
        goto error;
    }

    user = PyList_New(0);
    if (user == NULL || PyList_Append(user, packet) < 0) {
        goto error;
    }
    if (flags & 32768) {
        PyObject *copy = PyList_AsTuple(user);
        if (copy == NULL) {
            goto error;
        }
        Py_SETREF(user, copy);
    }

    if (level > 32) {
        wallet = PyUnicode_FromFormat("%s-%d", "wallet", level);
    }
    else if (flags & 1) {
        wallet = PyObject_Str(user);
    }
    else {
        Py_INCREF(Py_None);
        wallet = Py_None;
    }
    if (wallet == NULL) {
        goto error;
    }

    track = PyTuple_New(2);
    if (track == NULL) {
        goto error;
    }
    Py_INCREF(wallet);
    PyTuple_SET_ITEM(track, 0, wallet);
    Py_INCREF(source);
    PyTuple_SET_ITEM(track, 1, source);
    switch (level % 4) {
    case 0:
        break;
    case 1:
        if (PyDict_SetItemString(result, "track", track) < 0) {
            goto error;
        }
        break;
    case 2:
        Py_CLEAR(track);
        break;
    default:
        PyErr_Format(PyExc_ValueError, "bad level %d for track", level);
        goto error;
    }

    worker = Py_BuildValue("{s:O,s:i}", "previous", track ? track : Py_None, "flags", flags);
    if (worker == NULL) {
        goto error;
    }
    if (PyDict_Size(worker) != 2) {
        PyErr_SetString(PyExc_SystemError, "worker");
        goto error;
    }

    scanner = PyObject_CallMethod(source, "scanner", "Oi", worker, level);
    if (scanner == NULL) {
        goto error;
    }
    if (PyObject_IsTrue(scanner) == 0 && flags == 0) {
        goto done;
    }

    page = PyObject_GetAttrString(source, "page");
    if (page == NULL) {
        if (!PyErr_ExceptionMatches(PyExc_AttributeError) || strict == Py_True) {
            goto error;
        }
        PyErr_Clear();
        page = PyLong_FromLong(36);
        if (page == NULL) {
            goto error;
        }
    }
    if (PyDict_SetItemString(result, "page", page) < 0) {
        goto error;
    }

    volume = PyList_New(0);
    if (volume == NULL || PyList_Append(volume, page) < 0) {
        goto error;
    }
    if (flags & 32) {
        PyObject *copy = PyList_AsTuple(volume);
        if (copy == NULL) {
            goto error;
        }
        Py_SETREF(volume, copy);
    }

    if (level > 38) {
        stream = PyUnicode_FromFormat("%s-%d", "stream", level);
    }
    else if (flags & 64) {
        stream = PyObject_Str(volume);
    }
    else {
        Py_INCREF(Py_None);
        stream = Py_None;
    }
    if (stream == NULL) {
        goto error;
    }

    invoice = PyTuple_New(2);
    if (invoice == NULL) {
        goto error;
    }
    Py_INCREF(stream);
    PyTuple_SET_ITEM(invoice, 0, stream);
    Py_INCREF(source);
    PyTuple_SET_ITEM(invoice, 1, source);
    switch (level % 4) {
    case 0:
        break;
    case 1:
        if (PyDict_SetItemString(result, "invoice", invoice) < 0) {
            goto error;
        }
        break;
    case 2:
        Py_CLEAR(invoice);
        break;
    default:
        PyErr_Format(PyExc_ValueError, "bad level %d for invoice", level);
        goto error;
    }

    contract = Py_BuildValue("{s:O,s:i}", "previous", invoice ? invoice : Py_None, "flags", flags);
    if (contract == NULL) {
        goto error;
    }
    if (PyDict_Size(contract) != 2) {
        PyErr_SetString(PyExc_SystemError, "contract");
        goto error;
    }

    signal = PyObject_CallMethod(source, "signal", "Oi", contract, level);
    if (signal == NULL) {
        goto error;
    }
    if (PyObject_IsTrue(signal) == 0 && flags == 0) {
        goto done;
    }

    branch = PyObject_GetAttrString(source, "branch");
    if (branch == NULL) {
        if (!PyErr_ExceptionMatches(PyExc_AttributeError) || strict == Py_True) {
            goto error;
        }
        PyErr_Clear();
        branch = PyLong_FromLong(42);
        if (branch == NULL) {
            goto error;
        }
    }
    if (PyDict_SetItemString(result, "branch", branch) < 0) {
        goto error;
    }

    supply = PyList_New(0);
    if (supply == NULL || PyList_Append(supply, branch) < 0) {
        goto error;
    }
    if (flags & 2048) {
        PyObject *copy = PyList_AsTuple(supply);
        if (copy == NULL) {
            goto error;
        }
        Py_SETREF(supply, copy);
    }

    if (level > 44) {
        report = PyUnicode_FromFormat("%s-%d", "report", level);
    }
    else if (flags & 4096) {
        report = PyObject_Str(supply);
    }
    else {
        Py_INCREF(Py_None);
        report = Py_None;
    }
    if (report == NULL) {
        goto error;
    }

    member = PyTuple_New(2);
    if (member == NULL) {
        goto error;
    }
    Py_INCREF(report);
    PyTuple_SET_ITEM(member, 0, report);
    Py_INCREF(source);
    PyTuple_SET_ITEM(member, 1, source);
    switch (level % 4) {
    case 0:
        break;
    case 1:
        if (PyDict_SetItemString(result, "member", member) < 0) {
            goto error;
        }
        break;
    case 2:
        Py_CLEAR(member);
        break;
    default:
        PyErr_Format(PyExc_ValueError, "bad level %d for member", level);
        goto error;
    }

    request = Py_BuildValue("{s:O,s:i}", "previous", member ? member : Py_None, "flags", flags);
    if (request == NULL) {
        goto error;
    }
    if (PyDict_Size(request) != 2) {
        PyErr_SetString(PyExc_SystemError, "request");
        goto error;
    }

    schedule = PyObject_CallMethod(source, "schedule", "Oi", request, level);
    if (schedule == NULL) {
        goto error;
    }
    if (PyObject_IsTrue(schedule) == 0 && flags == 0) {
        goto done;
    }

    server = PyObject_GetAttrString(source, "server");
    if (server == NULL) {
        if (!PyErr_ExceptionMatches(PyExc_AttributeError) || strict == Py_True) {
            goto error;
        }
        PyErr_Clear();
        server = PyLong_FromLong(48);
        if (server == NULL) {
            goto error;
        }
    }
    if (PyDict_SetItemString(result, "server", server) < 0) {
        goto error;
    }

    phone = PyList_New(0);
    if (phone == NULL || PyList_Append(phone, server) < 0) {
        goto error;
    }
    if (flags & 2) {
        PyObject *copy = PyList_AsTuple(phone);
        if (copy == NULL) {
            goto error;
        }
        Py_SETREF(phone, copy);
    }

    if (level > 50) {
        route = PyUnicode_FromFormat("%s-%d", "route", level);
    }
    else if (flags & 4) {
        route = PyObject_Str(phone);
    }
    else {
        Py_INCREF(Py_None);
        route = Py_None;
    }
    if (route == NULL) {
        goto error;
    }

    point = PyTuple_New(2);
    if (point == NULL) {
        goto error;
    }
    Py_INCREF(route);
    PyTuple_SET_ITEM(point, 0, route);
    Py_INCREF(source);
    PyTuple_SET_ITEM(point, 1, source);
    switch (level % 4) {
    case 0:
        break;
    case 1:
        if (PyDict_SetItemString(result, "point", point) < 0) {
            goto error;
        }
        break;
    case 2:
        Py_CLEAR(point);
        break;
    default:
        PyErr_Format(PyExc_ValueError, "bad level %d for point", level);
        goto error;
    }

    folder = Py_BuildValue("{s:O,s:i}", "previous", point ? point : Py_None, "flags", flags);
    if (folder == NULL) {
        goto error;
    }
    if (PyDict_Size(folder) != 2) {
        PyErr_SetString(PyExc_SystemError, "folder");
        goto error;
    }

    vendor = PyObject_CallMethod(source, "vendor", "Oi", folder, level);
    if (vendor == NULL) {
        goto error;
    }
    if (PyObject_IsTrue(vendor) == 0 && flags == 0) {
        goto done;
    }

    person = PyObject_GetAttrString(source, "person");
    if (person == NULL) {
        if (!PyErr_ExceptionMatches(PyExc_AttributeError) || strict == Py_True) {
            goto error;
        }
        PyErr_Clear();
        person = PyLong_FromLong(54);
        if (person == NULL) {
            goto error;
        }
    }
    if (PyDict_SetItemString(result, "person", person) < 0) {
        goto error;
    }

    sample = PyList_New(0);
    if (sample == NULL || PyList_Append(sample, person) < 0) {
        goto error;
    }
    if (flags & 128) {
        PyObject *copy = PyList_AsTuple(sample);
        if (copy == NULL) {
            goto error;
        }
        Py_SETREF(sample, copy);
    }

    if (level > 56) {
        bucket = PyUnicode_FromFormat("%s-%d", "bucket", level);
    }
    else if (flags & 256) {
        bucket = PyObject_Str(sample);
    }
    else {
        Py_INCREF(Py_None);
        bucket = Py_None;
    }
    if (bucket == NULL) {
        goto error;
    }

    token = PyTuple_New(2);
    if (token == NULL) {
        goto error;
    }
    Py_INCREF(bucket);
    PyTuple_SET_ITEM(token, 0, bucket);
    Py_INCREF(source);
    PyTuple_SET_ITEM(token, 1, source);
    switch (level % 4) {
    case 0:
        break;
    case 1:
        if (PyDict_SetItemString(result, "token", token) < 0) {
            goto error;
        }
        break;
    case 2:
        Py_CLEAR(token);
        break;
    default:
        PyErr_Format(PyExc_ValueError, "bad level %d for token", level);
        goto error;
    }

    parcel = Py_BuildValue("{s:O,s:i}", "previous", token ? token : Py_None, "flags", flags);
    if (parcel == NULL) {
        goto error;
    }
    if (PyDict_Size(parcel) != 2) {
        PyErr_SetString(PyExc_SystemError, "parcel");
        goto error;
    }

    channel = PyObject_CallMethod(source, "channel", "Oi", parcel, level);
    if (channel == NULL) {
        goto error;
    }
    if (PyObject_IsTrue(channel) == 0 && flags == 0) {
        goto done;
    }
    goto done;

error:
    Py_CLEAR(result);

done:
    Py_XDECREF(channel);
    Py_XDECREF(parcel);
    Py_XDECREF(token);
    Py_XDECREF(bucket);
    Py_XDECREF(sample);
    Py_XDECREF(person);
    Py_XDECREF(vendor);
    Py_XDECREF(folder);
    Py_XDECREF(point);
    Py_XDECREF(route);
    Py_XDECREF(phone);
    Py_XDECREF(server);
    Py_XDECREF(schedule);
    Py_XDECREF(request);
    Py_XDECREF(member);
    Py_XDECREF(report);
    Py_XDECREF(supply);
    Py_XDECREF(branch);
    Py_XDECREF(signal);
    Py_XDECREF(contract);
    Py_XDECREF(invoice);
    Py_XDECREF(stream);
    Py_XDECREF(volume);
    Py_XDECREF(page);
    Py_XDECREF(scanner);
    Py_XDECREF(worker);
    Py_XDECREF(track);
    Py_XDECREF(wallet);
    Py_XDECREF(user);
    Py_XDECREF(packet);
    Py_XDECREF(project);
    Py_XDECREF(index);
    Py_XDECREF(ledger);
    Py_XDECREF(price);
    Py_XDECREF(player);
    Py_XDECREF(batch);
    Py_XDECREF(region);
    Py_XDECREF(order);
    Py_XDECREF(station);
    Py_XDECREF(native);
    Py_XDECREF(field);
    Py_XDECREF(device);
    Py_XDECREF(profile);
    Py_XDECREF(journal);
    Py_XDECREF(object);
    Py_XDECREF(store);
    Py_XDECREF(number);
    Py_XDECREF(office);
    Py_XDECREF(plan);
    Py_XDECREF(loader);
    Py_XDECREF(market);
    Py_XDECREF(header);
    Py_XDECREF(zone);
    Py_XDECREF(label);
    Py_XDECREF(spring);
    Py_XDECREF(queue);
    Py_XDECREF(session);
    Py_XDECREF(window);
    Py_XDECREF(account);
    Py_XDECREF(unit);
    return result;
}
