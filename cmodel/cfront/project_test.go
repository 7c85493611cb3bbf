package cfront

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/tools/txtar"
)

// inTree writes a txtar archive to a fresh folder and makes it the working
// directory.
func inTree(t *testing.T, archive string) string {
	t.Helper()
	dir := t.TempDir()
	for _, f := range txtar.Parse([]byte(archive)).Files {
		name := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, f.Data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(dir)
	return dir
}

func open(t *testing.T, o Options) *Project {
	t.Helper()
	if o.PyMinor == 0 {
		o.PyMinor = 13
	}
	p, err := Open(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func load(t *testing.T, p *Project, path string) *Unit {
	t.Helper()
	u, err := p.Load(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// allIntact returns the functions of all views, without repetitions.
func allIntact(u *Unit) []string {
	var out []string
	for _, p := range u.Parses {
		for _, n := range intact(p) {
			if !slices.Contains(out, n) {
				out = append(out, n)
			}
		}
	}
	return out
}

func wantStrings(t *testing.T, what string, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s: got %q, want %q", what, got, want)
	}
}

const tree = `
-- pyproject.toml --
-- .gitignore --
/gen
*.tmp.c
!keep.tmp.c
-- src/a.c --
#include "a.h"
int a(int x) { return helper(x); }
-- src/a.h --
#pragma once
static int helper(int x) { return x; }
-- src/part.c --
int part(int x) { return x; }
-- src/whole.c --
#include "part.c"
int whole(int x) { return part(x); }
-- src/y.tmp.c --
int y(void) { return 0; }
-- src/keep.tmp.c --
int keep(void) { return 0; }
-- src/cxx.cpp --
class X {};
-- src/notes.txt --
-- gen/g.c --
int g(void) { return 0; }
-- build/b.c --
int b(void) { return 0; }
-- third_party/lib/lib.c --
int lib(void) { return 0; }
-- third_party/lib/lib.h --
typedef int lib_t;
-- .venv/x.c --
int v(void) { return 0; }
-- env/pyvenv.cfg --
-- env/v.c --
int v(void) { return 0; }
-- tests/t.c --
int t(void) { return 0; }
`

func TestOpenFolder(t *testing.T) {
	inTree(t, tree)
	p := open(t, Options{Roots: []string{"."}})
	wantStrings(t, "units", p.Units(), "src/a.c", "src/keep.tmp.c", "src/whole.c", "tests/t.c")
	for _, u := range p.Units() {
		if !p.Named(u) {
			t.Errorf("%s is not named", u)
		}
	}
	if got := p.Skipped(); len(got) != 1 || got[0] != (Skip{"src/cxx.cpp", "C++ is not analysed"}) {
		t.Errorf("skipped: %v", got)
	}
	if !p.Named("src/part.c") || !p.Named("src/a.h") || p.Named("nothing.c") {
		t.Error("wrong files named")
	}
}

func TestOpenFile(t *testing.T) {
	inTree(t, tree)
	p := open(t, Options{Roots: []string{"src/part.c"}})
	wantStrings(t, "units", p.Units(), "src/whole.c") // the only one that has to do with it
	for path, want := range map[string]bool{"src/part.c": true, "src/a.c": false, "src/whole.c": false} {
		if p.Named(path) != want {
			t.Errorf("Named(%s) = %v", path, !want)
		}
	}
	u := load(t, p, "src/whole.c")
	wantStrings(t, "functions", allIntact(u), "part", "whole")
	if u.Functions != 2 || len(u.Gaps) != 0 {
		t.Errorf("%d functions, gaps %v", u.Functions, u.Gaps)
	}
}

func TestOpenSubfolder(t *testing.T) {
	dir := inTree(t, tree)
	t.Chdir(filepath.Join(dir, "src"))
	p := open(t, Options{Roots: []string{"../tests", "."}})
	wantStrings(t, "units", p.Units(), "../tests/t.c", "a.c", "keep.tmp.c", "whole.c")
	p = open(t, Options{Roots: []string{filepath.Join(dir, "tests")}})
	if want := filepath.ToSlash(filepath.Join(dir, "tests", "t.c")); !p.Named(want) {
		t.Errorf("%s is not named; units %v", want, p.Units())
	}
}

func TestOpenIgnoredByName(t *testing.T) {
	inTree(t, tree)
	for _, name := range []string{"gen/g.c", "build", "third_party/lib/lib.c", "src/notes.txt"} {
		p := open(t, Options{Roots: []string{name}})
		if !slices.ContainsFunc(p.Units(), func(u string) bool { return strings.HasPrefix(u, name) && p.Named(u) }) {
			t.Errorf("%s: units %v", name, p.Units())
		}
	}
}

func TestOpenErrors(t *testing.T) {
	inTree(t, tree)
	if _, err := Open(context.Background(), Options{Roots: []string{"missing.c"}}); err == nil || !strings.HasPrefix(err.Error(), "missing.c: ") {
		t.Errorf("error: %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Open(ctx, Options{Roots: []string{"."}}); !errors.Is(err, context.Canceled) {
		t.Errorf("error: %v", err)
	}
}

func TestOpenExclude(t *testing.T) {
	inTree(t, tree)
	p := open(t, Options{Roots: []string{".", "src/a.c"}, Exclude: func(path string) bool { return path == "src/a.c" || path == "src/cxx.cpp" }})
	wantStrings(t, "units", p.Units(), "src/keep.tmp.c", "src/whole.c", "tests/t.c")
	if len(p.Skipped()) != 0 {
		t.Errorf("skipped: %v", p.Skipped())
	}
}

func TestOpenStdin(t *testing.T) {
	inTree(t, tree)
	p := open(t, Options{Roots: []string{"-"}, Stdin: []byte("#include \"a.h\"\nint changed(int x) { return helper(x); }\n"), StdinName: "src/a.c"})
	if !p.Named("src/a.c") || p.Named("src/whole.c") {
		t.Error("wrong files named")
	}
	wantStrings(t, "functions", allIntact(load(t, p, "src/a.c")), "helper", "changed")
	p = open(t, Options{Roots: []string{"-"}, Stdin: []byte("int f(void) { return 0; }")})
	wantStrings(t, "functions", allIntact(load(t, p, "<stdin>")), "f")
}

func TestOpenOddFiles(t *testing.T) {
	inTree(t, tree)
	write := func(name, text string) {
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for name, text := range map[string]string{
		"bin.c": "\x7fELF\x02\x01\x01\x00\x00\x00", "utf16.c": "\xff\xfei\x00n\x00t\x00", "big.c": strings.Repeat("int x;\n", 1000), "empty.c": "",
	} {
		write(name, text)
	}
	p := open(t, Options{Roots: []string{"bin.c", "utf16.c", "big.c", "empty.c"}, MaxFileBytes: 4096})
	var got []string
	for _, s := range p.Skipped() {
		got = append(got, s.Path+": "+s.Reason)
	}
	wantStrings(t, "skipped", got, "big.c: larger than 4096 bytes", "bin.c: binary file", "utf16.c: UTF-16 text")
	if u := load(t, p, "empty.c"); u.Functions != 0 {
		t.Errorf("empty file has %d functions", u.Functions)
	}
}

func TestSymlinks(t *testing.T) {
	inTree(t, tree)
	outside := t.TempDir()
	if err := os.WriteFile(filepath.Join(outside, "secret.c"), []byte("int secret(void) { return 0; }"), 0o666); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(outside, "src/link"); err != nil {
		t.Skip(err)
	}
	if err := os.Symlink(filepath.Join(outside, "secret.c"), "src/secret.c"); err != nil {
		t.Skip(err)
	}
	if err := os.Symlink("..", "src/up"); err != nil {
		t.Skip(err)
	}
	p := open(t, Options{Roots: []string{"."}})
	wantStrings(t, "units", p.Units(), "src/a.c", "src/keep.tmp.c", "src/whole.c", "tests/t.c")
}

func TestIncludes(t *testing.T) {
	inTree(t, `
-- setup.py --
-- src/main.c --
#include "near.h"
#include <pkg/far.h>
#include "../inc/up.h"
#include <lib/installed.h>
#include "gone.h"
#include <gone/too.h>
#include <gone/installed.h>
#if __has_include("near.h") && !__has_include("gone.h") && __has_include(<Python.h>)
near_t f(far_t *a, up_t b) { return NEAR + FAR + INSTALLED; }
#endif
-- src/near.h --
#define NEAR 1
typedef int near_t;
-- other/near.h --
#error wrong one
-- include/pkg/far.h --
#define FAR 2
#include "sibling.h"
-- include/pkg/sibling.h --
LIB_BEGIN_DECLS
struct farther { int x; };
typedef struct far { int x; } far_t;
LIB_END_DECLS
-- inc/up.h --
typedef long up_t;
-- lib/src/installed.h --
#define INSTALLED 3
`)
	p := open(t, Options{Roots: []string{"src"}})
	u := load(t, p, "src/main.c")
	wantStrings(t, "functions", allIntact(u), "f")
	wantStrings(t, "missing", u.Missing, "gone.h", "gone/installed.h", "gone/too.h")
}

func TestIncludeDirs(t *testing.T) {
	outside := t.TempDir()
	if err := os.WriteFile(filepath.Join(outside, "lib.h"), []byte("#define LIB 1\nstatic int inlib(void) { return 0; }\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	inTree(t, `
-- main.c --
#include <lib.h>
#if LIB
int f(void) { return inlib(); }
#endif
`)
	u := load(t, open(t, Options{Roots: []string{"main.c"}}), "main.c")
	wantStrings(t, "missing", u.Missing, "lib.h")
	u = load(t, open(t, Options{Roots: []string{"main.c"}, IncludeDirs: []string{outside}}), "main.c")
	wantStrings(t, "missing", u.Missing)
	wantStrings(t, "functions of the project", allIntact(u), "f")
}

func TestCompileDB(t *testing.T) {
	inTree(t, `
-- setup.py --
-- compile_commands.json --
[{"directory": "build", "file": "../a.c", "command": "cc -I../one -DWHICH=1 '-DTEXT=\"x y\"' -c ../a.c"},
 {"directory": ".", "file": "b.c", "arguments": ["cc", "-I", "two", "-D", "WHICH=2", "-c", "b.c"]}]
-- a.c --
#include <h.h>
#if WHICH == 1
type1 a(void) { return TEXT[0]; }
#endif
-- b.c --
#include <h.h>
#if WHICH == 2
type2 b(void) { return 0; }
#endif
-- one/h.h --
typedef int type1;
-- two/h.h --
typedef int type2;
`)
	p := open(t, Options{Roots: []string{"."}})
	for _, name := range []string{"a", "b"} {
		u := load(t, p, name+".c")
		wantStrings(t, name, allIntact(u), name)
		if len(u.Parses) != 1 {
			t.Errorf("%s needed %d views", name, len(u.Parses))
		}
	}
}

func TestOptions(t *testing.T) {
	inTree(t, `
-- a.c --
#include <Python.h>
#if PY_VERSION_HEX >= 0x030C0000 && defined(Py_GIL_DISABLED) && LEVEL == 3 && !defined(__linux__)
int f(void) { return 0; }
#endif
`)
	u := load(t, open(t, Options{Roots: []string{"."}, PyMinor: 13, FreeThreaded: true, Defines: []string{"LEVEL=3"}, Undefs: []string{"__linux__"}}), "a.c")
	wantStrings(t, "functions", allIntact(u), "f")
	for _, o := range []Options{
		{PyMinor: 11, FreeThreaded: true, Defines: []string{"LEVEL=3"}, Undefs: []string{"__linux__"}},
		{PyMinor: 13, Defines: []string{"LEVEL=3"}, Undefs: []string{"__linux__"}},
		{PyMinor: 13, FreeThreaded: true, Defines: []string{"LEVEL=3"}},
	} {
		o.Roots = []string{"."}
		if u := load(t, open(t, o), "a.c"); len(u.Inactive) != 1 || u.Functions != 0 {
			t.Errorf("%+v: %d functions, inactive %v", o, u.Functions, u.Inactive)
		}
	}
}

// TestVariant checks the second view and what is reported of code that is in
// neither.
func TestVariant(t *testing.T) {
	inTree(t, `
-- a.c --
#include <Python.h>
#include <lib.h>
#ifdef HAVE_NICE_THING
static int nice(void) { return 1; }
#else
static int plain(void) { return 0; }
#endif
#if LIB_VERSION >= 0x010203
int fresh(int a) { return a; }
#endif
#ifdef _WIN32
int windows(void) { return 0; }
#endif
#if PY_MAJOR_VERSION < 3
int two(void) { return 0; }
#endif
int always(void) { return nice(); }
`)
	u := load(t, open(t, Options{Roots: []string{"."}}), "a.c")
	wantStrings(t, "functions", allIntact(u), "plain", "fresh", "always", "nice") // new libraries are the rule
	if u.Functions != 4 || len(u.Parses) != 2 {
		t.Errorf("%d functions in %d views", u.Functions, len(u.Parses))
	}
	var got []string
	for _, g := range u.Inactive {
		got = append(got, g.Pos.String()+" "+g.Func+": "+g.Reason)
	}
	wantStrings(t, "inactive", got, "a.c:12 windows: inactive: #ifdef _WIN32", "a.c:15 two: inactive: #if PY_MAJOR_VERSION < 3")
}

func TestGaps(t *testing.T) {
	inTree(t, `
-- a.c --
#include "bad.h"
int good(int a) { return a; }
int bad(int a) { return a +* ; }
int more(int a) { return a; }
-- bad.h --
static int inheader(int a) { return a a; }
`)
	u := load(t, open(t, Options{Roots: []string{"."}}), "a.c")
	wantStrings(t, "functions", allIntact(u), "good", "more")
	var got []string
	for _, g := range u.Gaps {
		got = append(got, g.Pos.String()+" "+g.Func)
	}
	wantStrings(t, "gaps", got, "a.c:3 bad", "bad.h:1 inheader")
	if u.Functions != 3 {
		t.Errorf("%d functions", u.Functions)
	}
}

func TestRescue(t *testing.T) {
	inTree(t, `
-- a.c --
int odd(int a) { return ALLOCATE(a, unsigned char) + compare(a, 1, >=); }
int odd2(Thing *t) { return lib_new(Thing, 1) != t; }
int odd3(char *t) { return lib_write(TEXT_CAST t) + lib_write(TEXT_CAST "x"); }
`)
	u := load(t, open(t, Options{Roots: []string{"."}}), "a.c")
	wantStrings(t, "functions", allIntact(u), "odd", "odd2", "odd3")
	if len(u.Gaps) != 0 {
		t.Errorf("gaps: %v", u.Gaps)
	}
}

func TestGenerated(t *testing.T) {
	inTree(t, `
-- cy.c --
/* Generated by Cython 3.0.10 */
-- swig.c --
/* ----------------------------------------------------------------------------
 * This file was automatically generated by SWIG (https://www.swig.org).
 */
-- other.c --
/* This is a generated file. DO NOT EDIT. */
-- people.c --
/* Do not edit this without reading generators.txt. We like it. */
int cython(void) { return 0; } /* not Generated by hand */
`)
	p := open(t, Options{Roots: []string{"."}})
	for path, want := range map[string]string{"cy.c": "Cython", "swig.c": "SWIG", "other.c": "a generator"} {
		if got := load(t, p, path).Generator; got != want {
			t.Errorf("%s: %q", path, got)
		}
	}
}

// TestLoadParallel loads units that share headers from several goroutines; run
// it with -race.
func TestLoadParallel(t *testing.T) {
	inTree(t, tree)
	p := open(t, Options{Roots: []string{"."}})
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for _, u := range p.Units() {
				if _, err := p.Load(context.Background(), u); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
}
