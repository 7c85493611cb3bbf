package cfront

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"modernc.org/cc/v4"
)

// TestModelParses parses all of the model headers for every target.
func TestModelParses(t *testing.T) {
	versions := []Version{{Major: 2, Minor: 7}}
	for minor := 7; minor <= 16; minor++ {
		versions = append(versions, Version{Major: 3, Minor: minor, FreeThreaded: minor > 12})
	}
	for _, v := range versions {
		m := modelFor(v)
		all := m.wanted(func(string) bool { return true })
		src := preludeHead + m.render(append(slices.Clone(baseHeaders), ownHeaders...), all) + sentinel
		ast, err := cc.Parse(&cc.Config{}, []cc.Source{{Name: "model.h", Value: src}})
		if err != nil {
			t.Fatalf("%d.%d: %v", v.Major, v.Minor, err)
		}
		hex := ast.Macros["PY_VERSION_HEX"].ReplacementList()
		if got, want := hex[0].SrcStr(), fmt.Sprintf("0x%02X%02X00F0", v.Major, v.Minor); got != want {
			t.Errorf("%d.%d: PY_VERSION_HEX is %s", v.Major, v.Minor, got)
		}
		if _, ok := ast.Macros["Py_GIL_DISABLED"]; ok != v.FreeThreaded {
			t.Errorf("%d.%d: Py_GIL_DISABLED defined: %v", v.Major, v.Minor, ok)
		}
		n := 0
		for _, h := range m.headers {
			n += len(h)
		}
		if len(all) != n {
			t.Errorf("%d.%d: %d of %d items have a name to ask for them by", v.Major, v.Minor, len(all), n)
		}
	}
}

// TestModelSelection checks that a unit gets what it can use and little more.
func TestModelSelection(t *testing.T) {
	m := modelFor(Version{Major: 3, Minor: 13})
	pick := func(names ...string) string {
		return m.render(baseHeaders, m.wanted(func(n string) bool { return slices.Contains(names, n) }))
	}
	for _, c := range []struct {
		names      []string
		with, sans []string
	}{
		{[]string{"PyObject"}, []string{"struct _object", "typedef long Py_ssize_t"}, []string{"tp_name", "METH_O", "NULL"}},
		{[]string{"tp_free"}, []string{"freefunc tp_free", "(*freefunc)"}, []string{"METH_O"}},
		{[]string{"PyTypeObject"}, []string{"tp_name"}, []string{"METH_O"}},
		{[]string{"PyVarObject_HEAD_INIT"}, []string{"PyObject_HEAD_INIT(t)"}, []string{"PyModuleDef"}},
		{[]string{"METH_O"}, []string{"#define METH_O 8"}, []string{"typedef"}},
		{[]string{"Py_CLEAR", "PyExc_ValueError"}, []string{"#define Py_CLEAR Py_CLEAR\n", "extern PyObject * PyExc_ValueError;"}, []string{"PyExc_TypeError"}},
	} {
		text := pick(c.names...)
		for _, s := range c.with {
			if !strings.Contains(text, s) {
				t.Errorf("%v: no %q in\n%s", c.names, s, text)
			}
		}
		for _, s := range c.sans {
			if strings.Contains(text, s) {
				t.Errorf("%v: %q in\n%s", c.names, s, text)
			}
		}
	}
}

// TestModelVersions checks what differs between targets.
func TestModelVersions(t *testing.T) {
	for _, c := range []struct {
		minor      int
		with, sans []string
	}{
		{7, []string{"tp_print"}, []string{"tp_vectorcall;", "sendfunc am_send", "Py_am_send", "define Py_NewRef", "Py_mod_gil"}},
		{8, []string{"tp_vectorcall_offset", "tp_print"}, []string{"define Py_IS_TYPE"}},
		{10, []string{"am_send", "define Py_NewRef", "Py_UNICODE"}, []string{"tp_watched"}},
		{12, []string{"tp_watched", "Py_mod_multiple_interpreters"}, []string{"Py_mod_gil", "tp_versions_used"}},
		{13, []string{"Py_mod_gil", "tp_versions_used"}, []string{"Py_tp_token"}},
		{16, nil, []string{"Py_UNICODE;"}},
	} {
		m := modelFor(Version{Major: 3, Minor: c.minor})
		text := m.render(baseHeaders, m.wanted(func(string) bool { return true }))
		for _, s := range c.with {
			if !strings.Contains(text, s) {
				t.Errorf("3.%d: no %s", c.minor, s)
			}
		}
		for _, s := range c.sans {
			if strings.Contains(text, s) {
				t.Errorf("3.%d: %s", c.minor, s)
			}
		}
	}
}

// TestOwnershipStaysVisible checks that reference counting comes through as
// calls, with the arguments at their places in the text.
func TestOwnershipStaysVisible(t *testing.T) {
	p := allParse(t, `#include <Python.h>
PyObject *f(thing *self, PyObject *o) {
    Py_INCREF(o);
    Py_CLEAR(self->x);
    Py_SETREF(self->y, o);
    PyTuple_SET_ITEM(o, 0, Py_NewRef(o));
#ifdef Py_XSETREF
    Py_RETURN_NONE;
#endif
}
`, "f")
	got := map[string]int{}
	var walk func(n cc.Node)
	walk = func(n cc.Node) {
		if x, ok := n.(*cc.PostfixExpression); ok && x.Case == cc.PostfixExpressionCall {
			at := x.Token.Position()
			got[cc.NodeSource(x.PostfixExpression)] = at.Line*100 + at.Column
		}
	}
	eachFunction(p.AST, func(_ *cc.Declarator, body *cc.CompoundStatement) { visitNodes(body, walk) })
	want := map[string]int{"Py_INCREF": 314, "Py_CLEAR": 413, "Py_SETREF": 514, "PyTuple_SET_ITEM": 621, "Py_NewRef": 805}
	for name, at := range want {
		if got[name] != at {
			t.Errorf("%s: at %d, want %d (all: %v)", name, got[name], at, got)
		}
	}
}
