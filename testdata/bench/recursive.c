#include <Python.h>

/* A recursive descent parser whose functions all call each other, directly or
   through others: one cycle of calls, analysed until its contracts are stable. */

typedef struct {
    const char *at;
    PyObject *memo;
} parser;

static PyObject *parse_value(parser *p);
static PyObject *parse_level_0(parser *p, PyObject *left);
static PyObject *parse_level_1(parser *p, PyObject *left);
static PyObject *parse_level_2(parser *p, PyObject *left);
static PyObject *parse_level_3(parser *p, PyObject *left);
static PyObject *parse_level_4(parser *p, PyObject *left);
static PyObject *parse_level_5(parser *p, PyObject *left);
static PyObject *parse_level_6(parser *p, PyObject *left);
static PyObject *parse_level_7(parser *p, PyObject *left);
static PyObject *parse_level_8(parser *p, PyObject *left);
static PyObject *parse_level_9(parser *p, PyObject *left);
static PyObject *parse_level_10(parser *p, PyObject *left);
static PyObject *parse_level_11(parser *p, PyObject *left);
static PyObject *parse_level_12(parser *p, PyObject *left);
static PyObject *parse_level_13(parser *p, PyObject *left);
static PyObject *parse_level_14(parser *p, PyObject *left);
static PyObject *parse_level_15(parser *p, PyObject *left);
static PyObject *parse_level_16(parser *p, PyObject *left);
static PyObject *parse_level_17(parser *p, PyObject *left);
static PyObject *parse_level_18(parser *p, PyObject *left);
static PyObject *parse_level_19(parser *p, PyObject *left);
static PyObject *parse_level_20(parser *p, PyObject *left);
static PyObject *parse_level_21(parser *p, PyObject *left);
static PyObject *parse_level_22(parser *p, PyObject *left);
static PyObject *parse_level_23(parser *p, PyObject *left);
static PyObject *parse_level_24(parser *p, PyObject *left);
static PyObject *parse_level_25(parser *p, PyObject *left);
static PyObject *parse_level_26(parser *p, PyObject *left);
static PyObject *parse_level_27(parser *p, PyObject *left);
static PyObject *parse_level_28(parser *p, PyObject *left);
static PyObject *parse_level_29(parser *p, PyObject *left);
static PyObject *parse_level_30(parser *p, PyObject *left);
static PyObject *parse_level_31(parser *p, PyObject *left);
static PyObject *parse_level_32(parser *p, PyObject *left);
static PyObject *parse_level_33(parser *p, PyObject *left);
static PyObject *parse_level_34(parser *p, PyObject *left);
static PyObject *parse_level_35(parser *p, PyObject *left);
static PyObject *parse_level_36(parser *p, PyObject *left);
static PyObject *parse_level_37(parser *p, PyObject *left);
static PyObject *parse_level_38(parser *p, PyObject *left);
static PyObject *parse_level_39(parser *p, PyObject *left);

/* Takes over left. */
static PyObject *
parse_level_0(parser *p, PyObject *left)
{
    PyObject *right, *both;

    if (*p->at != 33)
        return parse_level_1(p, left);
    p->at++;
    right = parse_value(p);
    if (right == NULL) {
        Py_DECREF(left);
        return NULL;
    }
    both = PyTuple_Pack(2, left, right);
    Py_DECREF(right);
    Py_DECREF(left);
    if (both == NULL)
        return NULL;
    return parse_level_1(p, both);
}

/* Takes over left. */
static PyObject *
parse_level_1(parser *p, PyObject *left)
{
    PyObject *right, *both;

    if (*p->at != 34)
        return parse_level_2(p, left);
    p->at++;
    right = parse_value(p);
    if (right == NULL) {
        Py_DECREF(left);
        return NULL;
    }
    both = PyTuple_Pack(2, left, right);
    Py_DECREF(right);
    Py_DECREF(left);
    if (both == NULL)
        return NULL;
    return parse_level_2(p, both);
}

/* Takes over left. */
static PyObject *
parse_level_2(parser *p, PyObject *left)
{
    PyObject *right, *both;

    if (*p->at != 35)
        return parse_level_3(p, left);
    p->at++;
    right = parse_value(p);
    if (right == NULL) {
        Py_DECREF(left);
        return NULL;
    }
    both = PyTuple_Pack(2, left, right);
    Py_DECREF(right);
    Py_DECREF(left);
    if (both == NULL)
        return NULL;
    return parse_level_3(p, both);
}

/* Takes over left. */
static PyObject *
parse_level_3(parser *p, PyObject *left)
{
    PyObject *right, *both;

    if (*p->at != 36)
        return parse_level_4(p, left);
    p->at++;
    right = parse_value(p);
    if (right == NULL) {
        Py_DECREF(left);
        return NULL;
    }
    both = PyTuple_Pack(2, left, right);
    Py_DECREF(right);
    Py_DECREF(left);
    if (both == NULL)
        return NULL;
    return parse_level_4(p, both);
}

/* Takes over left. */
static PyObject *
parse_level_4(parser *p, PyObject *left)
{
    PyObject *right, *both;

    if (*p->at != 37)
        return parse_level_5(p, left);
    p->at++;
    right = parse_value(p);
    if (right == NULL) {
        Py_DECREF(left);
        return NULL;
    }
    both = PyTuple_Pack(2, left, right);
    Py_DECREF(right);
    Py_DECREF(left);
    if (both == NULL)
        return NULL;
    return parse_level_5(p, both);
}

/* Takes over left. */
static PyObject *
parse_level_5(parser *p, PyObject *left)
{
    PyObject *right, *both;

    if (*p->at != 38)
        return parse_level_6(p, left);
    p->at++;
    right = parse_value(p);
    if (right == NULL) {
        Py_DECREF(left);
        return NULL;
    }
    both = PyTuple_Pack(2, left, right);
    Py_DECREF(right);
    Py_DECREF(left);
    if (both == NULL)
        return NULL;
    return parse_level_6(p, both);
}

/* Takes over left. */
static PyObject *
parse_level_6(parser *p, PyObject *left)
{
    PyObject *right, *both;

    if (*p->at != 39)
        return parse_level_7(p, left);
    p->at++;
    right = parse_value(p);
    if (right == NULL) {
        Py_DECREF(left);
        return NULL;
    }
    both = PyTuple_Pack(2, left, right);
    Py_DECREF(right);
    Py_DECREF(left);
    if (both == NULL)
        return NULL;
    return parse_level_7(p, both);
}

/* Takes over left. */
static PyObject *
parse_level_7(parser *p, PyObject *left)
{
    PyObject *right, *both;

    if (*p->at != 40)
        return parse_level_8(p, left);
    p->at++;
    right = parse_value(p);
    if (right == NULL) {
        Py_DECREF(left);
        return NULL;
    }
    both = PyTuple_Pack(2, left, right);
    Py_DECREF(right);
    Py_DECREF(left);
    if (both == NULL)
        return NULL;
    return parse_level_8(p, both);
}

/* Takes over left. */
static PyObject *
parse_level_8(parser *p, PyObject *left)
{
    PyObject *right, *both;

    if (*p->at != 41)
        return parse_level_9(p, left);
    p->at++;
    right = parse_value(p);
    if (right == NULL) {
        Py_DECREF(left);
        return NULL;
    }
    both = PyTuple_Pack(2, left, right);
    Py_DECREF(right);
    Py_DECREF(left);
    if (both == NULL)
        return NULL;
    return parse_level_9(p, both);
}

/* Takes over left. */
static PyObject *
parse_level_9(parser *p, PyObject *left)
{
    PyObject *right, *both;

    if (*p->at != 42)
        return parse_level_10(p, left);
    p->at++;
    right = parse_value(p);
    if (right == NULL) {
        Py_DECREF(left);
        return NULL;
    }
    both = PyTuple_Pack(2, left, right);
    Py_DECREF(right);
    Py_DECREF(left);
    if (both == NULL)
        return NULL;
    return parse_level_10(p, both);
}

/* Takes over left. */
static PyObject *
parse_level_10(parser *p, PyObject *left)
{
    PyObject *right, *both;

    if (*p->at != 43)
        return parse_level_11(p, left);
    p->at++;
    right = parse_value(p);
    if (right == NULL) {
        Py_DECREF(left);
        return NULL;
    }
    both = PyTuple_Pack(2, left, right);
    Py_DECREF(right);
    Py_DECREF(left);
    if (both == NULL)
        return NULL;
    return parse_level_11(p, both);
}

/* Takes over left. */
static PyObject *
parse_level_11(parser *p, PyObject *left)
{
    PyObject *right, *both;

    if (*p->at != 44)
        return parse_level_12(p, left);
    p->at++;
    right = parse_value(p);
    if (right == NULL) {
        Py_DECREF(left);
        return NULL;
    }
    both = PyTuple_Pack(2, left, right);
    Py_DECREF(right);
    Py_DECREF(left);
    if (both == NULL)
        return NULL;
    return parse_level_12(p, both);
}

/* Takes over left. */
static PyObject *
parse_level_12(parser *p, PyObject *left)
{
    PyObject *right, *both;

    if (*p->at != 45)
        return parse_level_13(p, left);
    p->at++;
    right = parse_value(p);
    if (right == NULL) {
        Py_DECREF(left);
        return NULL;
    }
    both = PyTuple_Pack(2, left, right);
    Py_DECREF(right);
    Py_DECREF(left);
    if (both == NULL)
        return NULL;
    return parse_level_13(p, both);
}

/* Takes over left. */
static PyObject *
parse_level_13(parser *p, PyObject *left)
{
    PyObject *right, *both;

    if (*p->at != 46)
        return parse_level_14(p, left);
    p->at++;
    right = parse_value(p);
    if (right == NULL) {
        Py_DECREF(left);
        return NULL;
    }
    both = PyTuple_Pack(2, left, right);
    Py_DECREF(right);
    Py_DECREF(left);
    if (both == NULL)
        return NULL;
    return parse_level_14(p, both);
}

/* Takes over left. */
static PyObject *
parse_level_14(parser *p, PyObject *left)
{
    PyObject *right, *both;

    if (*p->at != 47)
        return parse_level_15(p, left);
    p->at++;
    right = parse_value(p);
    if (right == NULL) {
        Py_DECREF(left);
        return NULL;
    }
    both = PyTuple_Pack(2, left, right);
    Py_DECREF(right);
    Py_DECREF(left);
    if (both == NULL)
        return NULL;
    return parse_level_15(p, both);
}

/* Takes over left. */
static PyObject *
parse_level_15(parser *p, PyObject *left)
{
    PyObject *right, *both;

    if (*p->at != 48)
        return parse_level_16(p, left);
    p->at++;
    right = parse_value(p);
    if (right == NULL) {
        Py_DECREF(left);
        return NULL;
    }
    both = PyTuple_Pack(2, left, right);
    Py_DECREF(right);
    Py_DECREF(left);
    if (both == NULL)
        return NULL;
    return parse_level_16(p, both);
}

/* Takes over left. */
static PyObject *
parse_level_16(parser *p, PyObject *left)
{
    PyObject *right, *both;

    if (*p->at != 49)
        return parse_level_17(p, left);
    p->at++;
    right = parse_value(p);
    if (right == NULL) {
        Py_DECREF(left);
        return NULL;
    }
    both = PyTuple_Pack(2, left, right);
    Py_DECREF(right);
    Py_DECREF(left);
    if (both == NULL)
        return NULL;
    return parse_level_17(p, both);
}

/* Takes over left. */
static PyObject *
parse_level_17(parser *p, PyObject *left)
{
    PyObject *right, *both;

    if (*p->at != 50)
        return parse_level_18(p, left);
    p->at++;
    right = parse_value(p);
    if (right == NULL) {
        Py_DECREF(left);
        return NULL;
    }
    both = PyTuple_Pack(2, left, right);
    Py_DECREF(right);
    Py_DECREF(left);
    if (both == NULL)
        return NULL;
    return parse_level_18(p, both);
}

/* Takes over left. */
static PyObject *
parse_level_18(parser *p, PyObject *left)
{
    PyObject *right, *both;

    if (*p->at != 51)
        return parse_level_19(p, left);
    p->at++;
    right = parse_value(p);
    if (right == NULL) {
        Py_DECREF(left);
        return NULL;
    }
    both = PyTuple_Pack(2, left, right);
    Py_DECREF(right);
    Py_DECREF(left);
    if (both == NULL)
        return NULL;
    return parse_level_19(p, both);
}

/* Takes over left. */
static PyObject *
parse_level_19(parser *p, PyObject *left)
{
    PyObject *right, *both;

    if (*p->at != 52)
        return parse_level_20(p, left);
    p->at++;
    right = parse_value(p);
    if (right == NULL) {
        Py_DECREF(left);
        return NULL;
    }
    both = PyTuple_Pack(2, left, right);
    Py_DECREF(right);
    Py_DECREF(left);
    if (both == NULL)
        return NULL;
    return parse_level_20(p, both);
}

/* Takes over left. */
static PyObject *
parse_level_20(parser *p, PyObject *left)
{
    PyObject *right, *both;

    if (*p->at != 53)
        return parse_level_21(p, left);
    p->at++;
    right = parse_value(p);
    if (right == NULL) {
        Py_DECREF(left);
        return NULL;
    }
    both = PyTuple_Pack(2, left, right);
    Py_DECREF(right);
    Py_DECREF(left);
    if (both == NULL)
        return NULL;
    return parse_level_21(p, both);
}

/* Takes over left. */
static PyObject *
parse_level_21(parser *p, PyObject *left)
{
    PyObject *right, *both;

    if (*p->at != 54)
        return parse_level_22(p, left);
    p->at++;
    right = parse_value(p);
    if (right == NULL) {
        Py_DECREF(left);
        return NULL;
    }
    both = PyTuple_Pack(2, left, right);
    Py_DECREF(right);
    Py_DECREF(left);
    if (both == NULL)
        return NULL;
    return parse_level_22(p, both);
}

/* Takes over left. */
static PyObject *
parse_level_22(parser *p, PyObject *left)
{
    PyObject *right, *both;

    if (*p->at != 55)
        return parse_level_23(p, left);
    p->at++;
    right = parse_value(p);
    if (right == NULL) {
        Py_DECREF(left);
        return NULL;
    }
    both = PyTuple_Pack(2, left, right);
    Py_DECREF(right);
    Py_DECREF(left);
    if (both == NULL)
        return NULL;
    return parse_level_23(p, both);
}

/* Takes over left. */
static PyObject *
parse_level_23(parser *p, PyObject *left)
{
    PyObject *right, *both;

    if (*p->at != 56)
        return parse_level_24(p, left);
    p->at++;
    right = parse_value(p);
    if (right == NULL) {
        Py_DECREF(left);
        return NULL;
    }
    both = PyTuple_Pack(2, left, right);
    Py_DECREF(right);
    Py_DECREF(left);
    if (both == NULL)
        return NULL;
    return parse_level_24(p, both);
}

/* Takes over left. */
static PyObject *
parse_level_24(parser *p, PyObject *left)
{
    PyObject *right, *both;

    if (*p->at != 57)
        return parse_level_25(p, left);
    p->at++;
    right = parse_value(p);
    if (right == NULL) {
        Py_DECREF(left);
        return NULL;
    }
    both = PyTuple_Pack(2, left, right);
    Py_DECREF(right);
    Py_DECREF(left);
    if (both == NULL)
        return NULL;
    return parse_level_25(p, both);
}

/* Takes over left. */
static PyObject *
parse_level_25(parser *p, PyObject *left)
{
    PyObject *right, *both;

    if (*p->at != 58)
        return parse_level_26(p, left);
    p->at++;
    right = parse_value(p);
    if (right == NULL) {
        Py_DECREF(left);
        return NULL;
    }
    both = PyTuple_Pack(2, left, right);
    Py_DECREF(right);
    Py_DECREF(left);
    if (both == NULL)
        return NULL;
    return parse_level_26(p, both);
}

/* Takes over left. */
static PyObject *
parse_level_26(parser *p, PyObject *left)
{
    PyObject *right, *both;

    if (*p->at != 59)
        return parse_level_27(p, left);
    p->at++;
    right = parse_value(p);
    if (right == NULL) {
        Py_DECREF(left);
        return NULL;
    }
    both = PyTuple_Pack(2, left, right);
    Py_DECREF(right);
    Py_DECREF(left);
    if (both == NULL)
        return NULL;
    return parse_level_27(p, both);
}

/* Takes over left. */
static PyObject *
parse_level_27(parser *p, PyObject *left)
{
    PyObject *right, *both;

    if (*p->at != 60)
        return parse_level_28(p, left);
    p->at++;
    right = parse_value(p);
    if (right == NULL) {
        Py_DECREF(left);
        return NULL;
    }
    both = PyTuple_Pack(2, left, right);
    Py_DECREF(right);
    Py_DECREF(left);
    if (both == NULL)
        return NULL;
    return parse_level_28(p, both);
}

/* Takes over left. */
static PyObject *
parse_level_28(parser *p, PyObject *left)
{
    PyObject *right, *both;

    if (*p->at != 61)
        return parse_level_29(p, left);
    p->at++;
    right = parse_value(p);
    if (right == NULL) {
        Py_DECREF(left);
        return NULL;
    }
    both = PyTuple_Pack(2, left, right);
    Py_DECREF(right);
    Py_DECREF(left);
    if (both == NULL)
        return NULL;
    return parse_level_29(p, both);
}

/* Takes over left. */
static PyObject *
parse_level_29(parser *p, PyObject *left)
{
    PyObject *right, *both;

    if (*p->at != 62)
        return parse_level_30(p, left);
    p->at++;
    right = parse_value(p);
    if (right == NULL) {
        Py_DECREF(left);
        return NULL;
    }
    both = PyTuple_Pack(2, left, right);
    Py_DECREF(right);
    Py_DECREF(left);
    if (both == NULL)
        return NULL;
    return parse_level_30(p, both);
}

/* Takes over left. */
static PyObject *
parse_level_30(parser *p, PyObject *left)
{
    PyObject *right, *both;

    if (*p->at != 63)
        return parse_level_31(p, left);
    p->at++;
    right = parse_value(p);
    if (right == NULL) {
        Py_DECREF(left);
        return NULL;
    }
    both = PyTuple_Pack(2, left, right);
    Py_DECREF(right);
    Py_DECREF(left);
    if (both == NULL)
        return NULL;
    return parse_level_31(p, both);
}

/* Takes over left. */
static PyObject *
parse_level_31(parser *p, PyObject *left)
{
    PyObject *right, *both;

    if (*p->at != 64)
        return parse_level_32(p, left);
    p->at++;
    right = parse_value(p);
    if (right == NULL) {
        Py_DECREF(left);
        return NULL;
    }
    both = PyTuple_Pack(2, left, right);
    Py_DECREF(right);
    Py_DECREF(left);
    if (both == NULL)
        return NULL;
    return parse_level_32(p, both);
}

/* Takes over left. */
static PyObject *
parse_level_32(parser *p, PyObject *left)
{
    PyObject *right, *both;

    if (*p->at != 65)
        return parse_level_33(p, left);
    p->at++;
    right = parse_value(p);
    if (right == NULL) {
        Py_DECREF(left);
        return NULL;
    }
    both = PyTuple_Pack(2, left, right);
    Py_DECREF(right);
    Py_DECREF(left);
    if (both == NULL)
        return NULL;
    return parse_level_33(p, both);
}

/* Takes over left. */
static PyObject *
parse_level_33(parser *p, PyObject *left)
{
    PyObject *right, *both;

    if (*p->at != 66)
        return parse_level_34(p, left);
    p->at++;
    right = parse_value(p);
    if (right == NULL) {
        Py_DECREF(left);
        return NULL;
    }
    both = PyTuple_Pack(2, left, right);
    Py_DECREF(right);
    Py_DECREF(left);
    if (both == NULL)
        return NULL;
    return parse_level_34(p, both);
}

/* Takes over left. */
static PyObject *
parse_level_34(parser *p, PyObject *left)
{
    PyObject *right, *both;

    if (*p->at != 67)
        return parse_level_35(p, left);
    p->at++;
    right = parse_value(p);
    if (right == NULL) {
        Py_DECREF(left);
        return NULL;
    }
    both = PyTuple_Pack(2, left, right);
    Py_DECREF(right);
    Py_DECREF(left);
    if (both == NULL)
        return NULL;
    return parse_level_35(p, both);
}

/* Takes over left. */
static PyObject *
parse_level_35(parser *p, PyObject *left)
{
    PyObject *right, *both;

    if (*p->at != 68)
        return parse_level_36(p, left);
    p->at++;
    right = parse_value(p);
    if (right == NULL) {
        Py_DECREF(left);
        return NULL;
    }
    both = PyTuple_Pack(2, left, right);
    Py_DECREF(right);
    Py_DECREF(left);
    if (both == NULL)
        return NULL;
    return parse_level_36(p, both);
}

/* Takes over left. */
static PyObject *
parse_level_36(parser *p, PyObject *left)
{
    PyObject *right, *both;

    if (*p->at != 69)
        return parse_level_37(p, left);
    p->at++;
    right = parse_value(p);
    if (right == NULL) {
        Py_DECREF(left);
        return NULL;
    }
    both = PyTuple_Pack(2, left, right);
    Py_DECREF(right);
    Py_DECREF(left);
    if (both == NULL)
        return NULL;
    return parse_level_37(p, both);
}

/* Takes over left. */
static PyObject *
parse_level_37(parser *p, PyObject *left)
{
    PyObject *right, *both;

    if (*p->at != 70)
        return parse_level_38(p, left);
    p->at++;
    right = parse_value(p);
    if (right == NULL) {
        Py_DECREF(left);
        return NULL;
    }
    both = PyTuple_Pack(2, left, right);
    Py_DECREF(right);
    Py_DECREF(left);
    if (both == NULL)
        return NULL;
    return parse_level_38(p, both);
}

/* Takes over left. */
static PyObject *
parse_level_38(parser *p, PyObject *left)
{
    PyObject *right, *both;

    if (*p->at != 71)
        return parse_level_39(p, left);
    p->at++;
    right = parse_value(p);
    if (right == NULL) {
        Py_DECREF(left);
        return NULL;
    }
    both = PyTuple_Pack(2, left, right);
    Py_DECREF(right);
    Py_DECREF(left);
    if (both == NULL)
        return NULL;
    return parse_level_39(p, both);
}

/* Takes over left. */
static PyObject *
parse_level_39(parser *p, PyObject *left)
{
    PyObject *right, *both;

    if (*p->at != 72)
        return left;
    p->at++;
    right = parse_value(p);
    if (right == NULL) {
        Py_DECREF(left);
        return NULL;
    }
    both = PyTuple_Pack(2, left, right);
    Py_DECREF(right);
    Py_DECREF(left);
    if (both == NULL)
        return NULL;
    return parse_level_0(p, both);
}

static PyObject *
parse_list(parser *p)
{
    PyObject *list = PyList_New(0), *item;

    if (list == NULL)
        return NULL;
    while (*p->at && *p->at != ']') {
        item = parse_value(p);
        if (item == NULL || PyList_Append(list, item) < 0) {
            Py_XDECREF(item);
            Py_DECREF(list);
            return NULL;
        }
        Py_DECREF(item);
    }
    return list;
}

static PyObject *
parse_value(parser *p)
{
    PyObject *left;

    if (*p->at == '[') {
        p->at++;
        return parse_list(p);
    }
    left = PyUnicode_FromStringAndSize(p->at++, 1);
    if (left == NULL)
        return NULL;
    return parse_level_0(p, left);
}

/* One mistake, so that the findings are counted too. */
static PyObject *
parse(PyObject *self, PyObject *arg)
{
    parser p = {PyUnicode_AsUTF8(arg), NULL};
    PyObject *tree;

    if (p.at == NULL)
        return NULL;
    tree = parse_value(&p);
    if (tree == NULL)
        return NULL;
    return PyObject_Repr(tree);
}

static PyMethodDef methods[] = {
    {"parse", parse, METH_O, ""},
    {NULL, NULL, 0, NULL},
};
