package cfront

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

var (
	newPython = Version{Major: 3, Minor: 14}
	oldPython = Version{Major: 3, Minor: 8}
	python2   = Version{Major: 2, Minor: 7}
)

// TestConditionsDiffer decides which conditions choose another branch for other
// versions of Python.
func TestConditionsDiffer(t *testing.T) {
	const macros = `
#define PY310 (PY_VERSION_HEX >= 0x030A0000)
#define AT_LEAST(major, minor) (PY_VERSION_HEX >= ((major) << 24 | (minor) << 16))
#if PY_VERSION_HEX < 0x03090000
#define WITHOUT_VECTORCALL
#endif
#if PY_MAJOR_VERSION >= 3
#define IS_PY3K
#endif
#define LOOP_A (LOOP_B + LOOP_B)
#define LOOP_B (PY_VERSION_HEX + LOOP_A + LOOP_A)
`
	for _, c := range []struct {
		cond     string
		from, to Version
		differs  bool
	}{
		{"#if PY_VERSION_HEX >= 0x030D0000", newPython, oldPython, true},
		{"#if PY_VERSION_HEX >= 0x03080000", newPython, oldPython, false},
		{"#if 0x030D0000 > PY_VERSION_HEX", newPython, oldPython, true},
		{"#if !(PY_VERSION_HEX < 0x030D00A1)", newPython, oldPython, true},
		{"#if PY_MAJOR_VERSION == 3 && PY_MINOR_VERSION >= 10", newPython, oldPython, true},
		{"#if PY_MAJOR_VERSION >= 3", newPython, oldPython, false},
		{"#if PY_MAJOR_VERSION >= 3", newPython, python2, true},
		{"#if PY_MAJOR_VERSION * 100 + PY_MINOR_VERSION < 300", newPython, python2, true},
		{"#if HAVE_X", newPython, oldPython, false},
		{"#if HAVE_X && PY_VERSION_HEX >= 0x030D0000", newPython, oldPython, true},
		{"#if HAVE_X || PY_VERSION_HEX >= 0x03000000", newPython, oldPython, false},
		{"#if HAVE_X && PY_VERSION_HEX < 0x03000000", newPython, oldPython, false},
		{"#if defined(PY_VERSION_HEX)", newPython, oldPython, false},
		{"#ifdef HAVE_X", newPython, oldPython, false},
		{"#if PY310", newPython, oldPython, true},
		{"#if PY310", Version{Major: 3}, python2, false},
		{"#if PY310 && defined HAVE_X", newPython, oldPython, true},
		{"#if AT_LEAST(3, 10)", newPython, oldPython, true},
		{"#ifdef WITHOUT_VECTORCALL", newPython, oldPython, true},
		{"#if !defined(WITHOUT_VECTORCALL)", newPython, oldPython, true},
		{"#ifdef IS_PY3K", newPython, oldPython, false},
		{"#ifdef IS_PY3K", newPython, python2, true},
		{"#ifdef Py_GIL_DISABLED", newPython, Version{Major: 3, Minor: 14, FreeThreaded: true}, true},
		{"#ifdef Py_GIL_DISABLED", newPython, oldPython, false},
		{"#if PY_VERSION_HEX >= 0x030D0000 ? 1 : 0", newPython, oldPython, true},
		{"#if PY_VERSION_HEX /* 3.13 */ >= 0x030D0000 // new", newPython, oldPython, true},
		{"#if", newPython, oldPython, false},
		{"#if (PY_VERSION_HEX >= ", newPython, oldPython, true},
		{"#if " + strings.Repeat("(", 100000) + "PY_VERSION_HEX", newPython, oldPython, true},
		{"#if LOOP_A > 0", newPython, oldPython, true},
	} {
		f := newProject(Options{}).addMemory("a.c", []byte(macros+c.cond+"\nint x;\n#endif\n"))
		if err := f.load(1 << 20); err != nil {
			t.Fatal(err)
		}
		e := &condEval{a: c.from.macros(), b: c.to.macros(), varies: map[string]bool{}, exprs: map[string]string{}}
		for range 3 {
			f.varyingGroups(e)
		}
		last := condGroup{}
		if list := f.varyingGroups(e); len(list) > 0 {
			last = list[len(list)-1]
		}
		if got := int(last.off) == len(macros); got != c.differs {
			t.Errorf("%.60s: differs between %v and %v: %v", c.cond, c.from, c.to, got)
		}
	}
}

// TestOthers checks which functions are read once more, for which version, and
// that the rest is a declaration only.
func TestOthers(t *testing.T) {
	files := map[string]string{
		"compat.h": `#ifndef COMPAT_H
#define COMPAT_H
#if PY_VERSION_HEX < 0x030A0000
static inline PyObject *compat(PyObject *x) { return x; }
#endif
static inline int both(void) { return 1; }
#endif
`,
		"a.c": `#include <Python.h>
#include "compat.h"
static int plain(int x) { return x + 1; }
static int inside(int x)
{
#if PY_VERSION_HEX < 0x030A0000
    return plain(x);
#else
    return x;
#endif
}
#if PY_MAJOR_VERSION >= 3
static int name(int x) { return x; }
#else
static int name(int x) { return -x; }
#endif
static int old_style(x)
    int x;
{
    return x;
}
#if PY_VERSION_HEX >= 0x030B0000
static int new_only(void) { return 1; }
#endif
`,
		"b.c": "#include <Python.h>\n#include \"compat.h\"\nint b(void) { return both(); }\n",
	}
	dir := t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	p, err := Open(context.Background(), Options{Roots: []string{dir}, Also: []Version{oldPython, python2}})
	if err != nil {
		t.Fatal(err)
	}
	got := map[string][]string{}
	for _, path := range p.Units() {
		u, err := p.Load(context.Background(), path)
		if err != nil {
			t.Fatal(err)
		}
		for _, o := range u.Others {
			if err := o.parsed.errors; len(err) > 0 {
				t.Errorf("%s for %v: %v", path, o.Version, err)
			}
			view := fmt.Sprintf("%s %d.%d", filepath.Base(path), o.Version.Major, o.Version.Minor)
			for _, f := range o.Lower(nil).Funcs {
				got[view] = append(got[view], fmt.Sprintf("%s:%d", f.Name, f.Span.Line))
			}
			slices.Sort(got[view])
		}
		if filepath.Base(path) == "a.c" {
			var inactive []string
			for _, g := range u.Inactive {
				inactive = append(inactive, g.Func)
			}
			wantStrings(t, "inactive", inactive)
			if u.Functions != 6 {
				t.Errorf("%d functions, want 6", u.Functions)
			}
		}
	}
	wantStrings(t, "a.c for 3.8", got["a.c 3.8"], "compat:4", "inside:4")
	wantStrings(t, "a.c for 2.7", got["a.c 2.7"], "name:15")
	if len(got) != 2 {
		t.Errorf("other views: %v", got)
	}
}
