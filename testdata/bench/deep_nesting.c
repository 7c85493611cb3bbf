/* deep_nesting.c - loops in conditions in switches, with an owned object per level. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

PyObject *
walk_0(PyObject *source, int mode)
{
    PyObject *result = PyList_New(0);
    int failed = 0;

    if (result == NULL) {
        return NULL;
    }
    {
        PyObject *o0 = PyObject_GetAttrString(source, "child0");
        if (o0 == NULL) {
            failed = 1;
        }
        else {
            for (Py_ssize_t i1 = 0; i1 < 3 && !failed; i1++) {
                PyObject *o1 = PySequence_GetItem(o0, i1);
                if (o1 == NULL) {
                    failed = 1;
                    break;
                }
                switch (mode & 5) {
                case 0:
                    break;
                case 1: {
                    PyObject *o2 = PyObject_Type(o1);
                    if (mode > 3 && !failed) {
                        PyObject *o3 = mode % 2 ? PyObject_Str(o2) : PyObject_Repr(o2);
                        if (o3 != NULL) {
                            PyObject *iter4 = PyObject_GetIter(o3);
                            if (iter4 == NULL) {
                                failed = 1;
                            }
                            else {
                                PyObject *o4;
                                while (!failed && (o4 = PyIter_Next(iter4)) != NULL) {
                                    PyObject *o5 = PyObject_GetAttrString(o4, "child5");
                                    if (o5 == NULL) {
                                        failed = 1;
                                    }
                                    else {
                                        for (Py_ssize_t i6 = 0; i6 < 3 && !failed; i6++) {
                                            PyObject *o6 = PySequence_GetItem(o5, i6);
                                            if (o6 == NULL) {
                                                failed = 1;
                                                break;
                                            }
                                            if (PyList_Append(result, o6) < 0) {
                                                failed = 1;
                                            }
                                            Py_DECREF(o6);
                                        }
                                        Py_DECREF(o5);
                                    }
                                    Py_DECREF(o4);
                                }
                                Py_DECREF(iter4);
                                if (PyErr_Occurred()) {
                                    failed = 1;
                                }
                            }
                            Py_DECREF(o3);
                        }
                        else {
                            failed = 1;
                        }
                    }
                    Py_DECREF(o2);
                    break;
                }
                default: {
                    PyObject *o2 = PyTuple_Pack(1, o1);
                    if (o2 == NULL) {
                        failed = 1;
                        break;
                    }
                    if (PyList_Append(result, o2) < 0) {
                        failed = 1;
                    }
                    Py_DECREF(o2);
                }
                }
                Py_DECREF(o1);
            }
            Py_DECREF(o0);
        }
    }
    if (failed) {
        Py_DECREF(result);
        return NULL;
    }
    return result;
}

PyObject *
walk_1(PyObject *source, int mode)
{
    PyObject *result = PyList_New(0);
    int failed = 0;

    if (result == NULL) {
        return NULL;
    }
    {
        for (Py_ssize_t i0 = 0; i0 < 4 && !failed; i0++) {
            PyObject *o0 = PySequence_GetItem(source, i0);
            if (o0 == NULL) {
                failed = 1;
                break;
            }
            switch (mode & 4) {
            case 0:
                break;
            case 1: {
                PyObject *o1 = PyObject_Type(o0);
                if (mode > 2 && !failed) {
                    PyObject *o2 = mode % 2 ? PyObject_Str(o1) : PyObject_Repr(o1);
                    if (o2 != NULL) {
                        PyObject *iter3 = PyObject_GetIter(o2);
                        if (iter3 == NULL) {
                            failed = 1;
                        }
                        else {
                            PyObject *o3;
                            while (!failed && (o3 = PyIter_Next(iter3)) != NULL) {
                                PyObject *o4 = PyObject_GetAttrString(o3, "child4");
                                if (o4 == NULL) {
                                    failed = 1;
                                }
                                else {
                                    for (Py_ssize_t i5 = 0; i5 < 4 && !failed; i5++) {
                                        PyObject *o5 = PySequence_GetItem(o4, i5);
                                        if (o5 == NULL) {
                                            failed = 1;
                                            break;
                                        }
                                        switch (mode & 9) {
                                        case 0:
                                            break;
                                        case 1: {
                                            PyObject *o6 = PyObject_Type(o5);
                                            if (PyList_Append(result, o6) < 0) {
                                                failed = 1;
                                            }
                                            Py_DECREF(o6);
                                            break;
                                        }
                                        default: {
                                            PyObject *o6 = PyTuple_Pack(1, o5);
                                            if (o6 == NULL) {
                                                failed = 1;
                                                break;
                                            }
                                            if (PyList_Append(result, o6) < 0) {
                                                failed = 1;
                                            }
                                            Py_DECREF(o6);
                                        }
                                        }
                                        Py_DECREF(o5);
                                    }
                                    Py_DECREF(o4);
                                }
                                Py_DECREF(o3);
                            }
                            Py_DECREF(iter3);
                            if (PyErr_Occurred()) {
                                failed = 1;
                            }
                        }
                        Py_DECREF(o2);
                    }
                    else {
                        failed = 1;
                    }
                }
                Py_DECREF(o1);
                break;
            }
            default: {
                PyObject *o1 = PyTuple_Pack(1, o0);
                if (o1 == NULL) {
                    failed = 1;
                    break;
                }
                if (PyList_Append(result, o1) < 0) {
                    failed = 1;
                }
                Py_DECREF(o1);
            }
            }
            Py_DECREF(o0);
        }
    }
    if (failed) {
        Py_DECREF(result);
        return NULL;
    }
    return result;
}

PyObject *
walk_2(PyObject *source, int mode)
{
    PyObject *result = PyList_New(0);
    int failed = 0;

    if (result == NULL) {
        return NULL;
    }
    {
        switch (mode & 3) {
        case 0:
            break;
        case 1: {
            PyObject *o0 = PyObject_Type(source);
            if (mode > 1 && !failed) {
                PyObject *o1 = mode % 2 ? PyObject_Str(o0) : PyObject_Repr(o0);
                if (o1 != NULL) {
                    PyObject *iter2 = PyObject_GetIter(o1);
                    if (iter2 == NULL) {
                        failed = 1;
                    }
                    else {
                        PyObject *o2;
                        while (!failed && (o2 = PyIter_Next(iter2)) != NULL) {
                            PyObject *o3 = PyObject_GetAttrString(o2, "child3");
                            if (o3 == NULL) {
                                failed = 1;
                            }
                            else {
                                for (Py_ssize_t i4 = 0; i4 < 5 && !failed; i4++) {
                                    PyObject *o4 = PySequence_GetItem(o3, i4);
                                    if (o4 == NULL) {
                                        failed = 1;
                                        break;
                                    }
                                    switch (mode & 8) {
                                    case 0:
                                        break;
                                    case 1: {
                                        PyObject *o5 = PyObject_Type(o4);
                                        if (mode > 6 && !failed) {
                                            PyObject *o6 = mode % 2 ? PyObject_Str(o5) : PyObject_Repr(o5);
                                            if (o6 != NULL) {
                                                if (PyList_Append(result, o6) < 0) {
                                                    failed = 1;
                                                }
                                                Py_DECREF(o6);
                                            }
                                            else {
                                                failed = 1;
                                            }
                                        }
                                        Py_DECREF(o5);
                                        break;
                                    }
                                    default: {
                                        PyObject *o5 = PyTuple_Pack(1, o4);
                                        if (o5 == NULL) {
                                            failed = 1;
                                            break;
                                        }
                                        if (PyList_Append(result, o5) < 0) {
                                            failed = 1;
                                        }
                                        Py_DECREF(o5);
                                    }
                                    }
                                    Py_DECREF(o4);
                                }
                                Py_DECREF(o3);
                            }
                            Py_DECREF(o2);
                        }
                        Py_DECREF(iter2);
                        if (PyErr_Occurred()) {
                            failed = 1;
                        }
                    }
                    Py_DECREF(o1);
                }
                else {
                    failed = 1;
                }
            }
            Py_DECREF(o0);
            break;
        }
        default: {
            PyObject *o0 = PyTuple_Pack(1, source);
            if (o0 == NULL) {
                failed = 1;
                break;
            }
            if (PyList_Append(result, o0) < 0) {
                failed = 1;
            }
            Py_DECREF(o0);
        }
        }
    }
    if (failed) {
        Py_DECREF(result);
        return NULL;
    }
    return result;
}

PyObject *
walk_3(PyObject *source, int mode)
{
    PyObject *result = PyList_New(0);
    int failed = 0;

    if (result == NULL) {
        return NULL;
    }
    {
        if (mode > 0 && !failed) {
            PyObject *o0 = mode % 2 ? PyObject_Str(source) : PyObject_Repr(source);
            if (o0 != NULL) {
                PyObject *iter1 = PyObject_GetIter(o0);
                if (iter1 == NULL) {
                    failed = 1;
                }
                else {
                    PyObject *o1;
                    while (!failed && (o1 = PyIter_Next(iter1)) != NULL) {
                        PyObject *o2 = PyObject_GetAttrString(o1, "child2");
                        if (o2 == NULL) {
                            failed = 1;
                        }
                        else {
                            for (Py_ssize_t i3 = 0; i3 < 6 && !failed; i3++) {
                                PyObject *o3 = PySequence_GetItem(o2, i3);
                                if (o3 == NULL) {
                                    failed = 1;
                                    break;
                                }
                                switch (mode & 7) {
                                case 0:
                                    break;
                                case 1: {
                                    PyObject *o4 = PyObject_Type(o3);
                                    if (mode > 5 && !failed) {
                                        PyObject *o5 = mode % 2 ? PyObject_Str(o4) : PyObject_Repr(o4);
                                        if (o5 != NULL) {
                                            PyObject *iter6 = PyObject_GetIter(o5);
                                            if (iter6 == NULL) {
                                                failed = 1;
                                            }
                                            else {
                                                PyObject *o6;
                                                while (!failed && (o6 = PyIter_Next(iter6)) != NULL) {
                                                    if (PyList_Append(result, o6) < 0) {
                                                        failed = 1;
                                                    }
                                                    Py_DECREF(o6);
                                                }
                                                Py_DECREF(iter6);
                                                if (PyErr_Occurred()) {
                                                    failed = 1;
                                                }
                                            }
                                            Py_DECREF(o5);
                                        }
                                        else {
                                            failed = 1;
                                        }
                                    }
                                    Py_DECREF(o4);
                                    break;
                                }
                                default: {
                                    PyObject *o4 = PyTuple_Pack(1, o3);
                                    if (o4 == NULL) {
                                        failed = 1;
                                        break;
                                    }
                                    if (PyList_Append(result, o4) < 0) {
                                        failed = 1;
                                    }
                                    Py_DECREF(o4);
                                }
                                }
                                Py_DECREF(o3);
                            }
                            Py_DECREF(o2);
                        }
                        Py_DECREF(o1);
                    }
                    Py_DECREF(iter1);
                    if (PyErr_Occurred()) {
                        failed = 1;
                    }
                }
                Py_DECREF(o0);
            }
            else {
                failed = 1;
            }
        }
    }
    if (failed) {
        Py_DECREF(result);
        return NULL;
    }
    return result;
}

PyObject *
walk_4(PyObject *source, int mode)
{
    PyObject *result = PyList_New(0);
    int failed = 0;

    if (result == NULL) {
        return NULL;
    }
    {
        PyObject *iter0 = PyObject_GetIter(source);
        if (iter0 == NULL) {
            failed = 1;
        }
        else {
            PyObject *o0;
            while (!failed && (o0 = PyIter_Next(iter0)) != NULL) {
                PyObject *o1 = PyObject_GetAttrString(o0, "child1");
                if (o1 == NULL) {
                    failed = 1;
                }
                else {
                    for (Py_ssize_t i2 = 0; i2 < 7 && !failed; i2++) {
                        PyObject *o2 = PySequence_GetItem(o1, i2);
                        if (o2 == NULL) {
                            failed = 1;
                            break;
                        }
                        switch (mode & 6) {
                        case 0:
                            break;
                        case 1: {
                            PyObject *o3 = PyObject_Type(o2);
                            if (mode > 4 && !failed) {
                                PyObject *o4 = mode % 2 ? PyObject_Str(o3) : PyObject_Repr(o3);
                                if (o4 != NULL) {
                                    PyObject *iter5 = PyObject_GetIter(o4);
                                    if (iter5 == NULL) {
                                        failed = 1;
                                    }
                                    else {
                                        PyObject *o5;
                                        while (!failed && (o5 = PyIter_Next(iter5)) != NULL) {
                                            PyObject *o6 = PyObject_GetAttrString(o5, "child6");
                                            if (o6 == NULL) {
                                                failed = 1;
                                            }
                                            else {
                                                if (PyList_Append(result, o6) < 0) {
                                                    failed = 1;
                                                }
                                                Py_DECREF(o6);
                                            }
                                            Py_DECREF(o5);
                                        }
                                        Py_DECREF(iter5);
                                        if (PyErr_Occurred()) {
                                            failed = 1;
                                        }
                                    }
                                    Py_DECREF(o4);
                                }
                                else {
                                    failed = 1;
                                }
                            }
                            Py_DECREF(o3);
                            break;
                        }
                        default: {
                            PyObject *o3 = PyTuple_Pack(1, o2);
                            if (o3 == NULL) {
                                failed = 1;
                                break;
                            }
                            if (PyList_Append(result, o3) < 0) {
                                failed = 1;
                            }
                            Py_DECREF(o3);
                        }
                        }
                        Py_DECREF(o2);
                    }
                    Py_DECREF(o1);
                }
                Py_DECREF(o0);
            }
            Py_DECREF(iter0);
            if (PyErr_Occurred()) {
                failed = 1;
            }
        }
    }
    if (failed) {
        Py_DECREF(result);
        return NULL;
    }
    return result;
}
