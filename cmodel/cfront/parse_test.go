package cfront

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"modernc.org/cc/v4"
)

// intact returns the names of the functions that came through without error.
func intact(p *parsed) []string {
	var out []string
	eachFunction(p.AST, func(d *cc.Declarator, body *cc.CompoundStatement) {
		at := d.Position()
		if _, bad := p.broken(at.Filename, at.Line, body.Token2.Position().Line); !bad && p.wanted(at.Filename) {
			out = append(out, d.Name())
		}
	})
	return out
}

// allParse fails the test unless every function of src comes through.
func allParse(t *testing.T, src string, want ...string) *parsed {
	t.Helper()
	p, err := parseText("spam.c", src, Options{PyMinor: 13})
	if err != nil {
		t.Fatalf("%v\n%s", err, src)
	}
	if got := intact(p); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v, errors %v, left out %v\n%s", got, want, p.errors, p.blanked, src)
	}
	return p
}

const spam = `#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include "missing.h"
static PyObject *
spam(PyObject *self, PyObject *args)
{
    PyObject *list = PyList_New(1);
    if (!list)
        return NULL;
    assert(list != NULL);
    Py_BEGIN_ALLOW_THREADS
    foo(self);
    Py_END_ALLOW_THREADS
    PyList_SET_ITEM(list, 0, Py_NewRef(args));
    Py_CLEAR(list);
    Py_RETURN_NONE;
done:
}
static PyMethodDef methods[] = {{"spam", spam, METH_VARARGS, "doc"}, {0}};
static PyTypeObject T = { PyVarObject_HEAD_INIT(NULL, 0) .tp_name = "x", .tp_flags = Py_TPFLAGS_DEFAULT };
`

func TestParseModule(t *testing.T) { allParse(t, spam, "spam") }

// TestParseUnknown has one case for each kind of name that a missing header may
// leave unknown, and for text that the parser does not know.
func TestParseUnknown(t *testing.T) {
	for _, c := range []struct{ name, body string }{
		{"pointer type", "Foo *f(Bar *b) { Baz *z = b->z; return (Foo *)z; }"},
		{"value type", "Foo f(Foo a) { Foo b = a; return b; }"},
		{"type in cast", "int f(void *p) { return ((Foo *)p)->x + (Size)p; }"},
		{"type in cast of parentheses", "int f(int a) { return (UINT)(a + 1) - (a) + (size_type_t)(a); }"},
		{"type of the first field", "typedef struct { UINT a; UINT b; } T;\nint f(T *p) { return (UINT)p->a; }"},
		{"type in a macro body", "#define GET(p) (((Foo *)(p))->x)\nint f(void *p) { return GET(p); }"},
		{"parameter type only", "int f(Foo *, Bar b);\nint f(Foo *a, Bar b) { return 0; }"},
		{"attribute", "MY_API int f(int a) { return a; }"},
		{"attribute after the type", "int MY_CALL f(int a) { return a; }"},
		{"inline", "static my_inline Foo *f(int a) { return 0; }"},
		{"visibility", "my_dso_public size_t g(int a);\nmy_dso_public int f(int a) { return a; }"},
		{"operators as words", "#include <iso646.h>\nint f(int a) { return a and not a or a bitand 1; }"},
		{"names that are operators elsewhere", "int f(int and, int or) { return and + or; }"},
		{"statement macro", "int f(int a) {\n    BEGIN_STUFF\n    a++;\n    END_STUFF\n    return a;\n}"},
		{"call statement without semicolon", "int f(int a) {\n    CHECK_IT(a)\n    return a;\n}"},
		{"loop macro", "int f(list *l) { int n = 0; FOR_EACH(l, x) { n++; } return n; }"},
		{"jump as an argument", "int f(int a) { CHECK_GOTO(a > 1, goto fail); return 0; fail: return -1; }"},
		{"top-level macro", "DECLARE_THING(foo)\nint f(int a) { return a; }"},
		{"type made by a macro", "MY_LOCAL(int) f(int a) { return a; }"},
		{"type made by a macro in a body", "int f(void *p) {\n    LIST_OF(Foo) *s = p;\n    return s != 0;\n}"},
		{"string macro", `int f(long a) { return printf("%" FMT64 "\n", a); }`},
		{"label at the end", "int f(int a) { if (a) goto out; a = 1;\nout:\n}"},
		{"case at the end", "int f(int a) { switch (a) { case 1: return 2; default: } return 0; }"},
		{"label before a declaration", "int f(int a) { again: int b = a; if (b) goto again; return b; }"},
		{"C23 attribute", "[[nodiscard]] int f([[maybe_unused]] int a) { return 0; }"},
		{"C23 words", "constexpr int n = 2;\nint *f(void) { static_assert(n == 2); return nullptr; }"},
		{"literal prefixes", `int f(void) { return g(u8"x", u"y", U'z', L"w"); }`},
		{"digit separators", "long f(void) { return 1'000'000 + 0x1'F; }"},
		{"multi-character constant", "int f(void) { return 'abcd'; }"},
		{"non-ASCII", "int f(int größe) { return größe; }"},
		{"carriage returns", "int f(int a)\r\n{\r\n#if 1\r\n  a++; \\\r\n  a++;\r\n#endif\r\n  return a;\r\n}\r\n"},
		{"#error", "#error don't do \"this\nint f(int a) { return a; }"},
		{"#include of a macro", "#include FT_FREETYPE_H\nint f(int a) { return a; }"},
		{"apostrophe in #if 0", "#if 0\ndon't\n#endif\nint f(int a) { return a; }"},
		{"bool", "bool f(bool a) { return a == true; }"},
		{"bool of the project", "typedef int bool;\nenum { false, true };\nbool f(bool a) { return a == true; }"},
		{"Windows", "DWORD WINAPI f(HANDLE h) { return __declspec_ok(h); }"},
		{"assembler", `int f(int a) { __asm__ volatile ("nop" : "=r"(a) : : "memory"); return a; }`},
		{"statement expression", "int f(int a) { return ({ int b = a; b + 1; }); }"},
		{"K&R", "int f(a, b) int a; char *b; { return a; }"},
		{"va_list", "int f(const char *s, ...) { va_list ap; va_start(ap, s); int n = va_arg(ap, int); va_end(ap); return n; }"},
		{"named variable arguments", "#define LOG(fmt, args...) log(2, \"x\" fmt, ## args)\n#define ALL(args...) log(args)\nint f(int a) { LOG(\"a\"); LOG(\"a\", a); ALL(a, a); return a; }"},
		{"old va_start", "int f(int n, ...) { va_list ap; va_start(ap); va_end(ap); return n; }"},
		{"braces in column 0", "int f(int a)\n{\nfor (;;) {\nif (a)\n{\na--;\n}\n}\nif (a) { a++; }\nreturn a;\n}"},
		{"type defined under another condition", "#ifdef ELSEWHERE\n#define WORD long\n#endif\nint f(int a) { WORD b = a; return (WORD *)0 == 0 && b; }"},
		{"top-level macro before a struct", "MAKE_IT(foo)\nstruct S {\n    int a;\n};\nint f(struct S *a) { return a->a; }"},
		{"brackets for other languages", "MY_BEGIN_DECLS\ntypedef struct S { int a; } S;\nMY_END_DECLS\nint f(S *a) { return a->a; }"},
		{"nested include guard", "#ifndef A_H\n#define A_H\nint f(int a) { return a; }\n#endif"},
	} {
		t.Run(c.name, func(t *testing.T) {
			allParse(t, "#include <Python.h>\n"+c.body+"\nint last(int z) { return z; }\n", "f", "last")
		})
	}
}

// TestParseRecovers checks that a function that cannot be parsed is named and
// does not take its neighbours with it.
func TestParseRecovers(t *testing.T) {
	const before, after = "int before(int a) { return a; }\n", "\nint after(int a) { return a; }\n"
	for _, bad := range []string{
		"int bad(int a) { return a +; }",
		"int bad(int a) { if (a { return 1; } return 0; }",
		"int bad(int a, %%) { return a; }",
		"struct bad { int x; 3 };",
		"int bad[] = { 1, 2, @@ };\nint x = = 1;",
	} {
		p, err := parseText("spam.c", before+bad+after, Options{})
		if err != nil {
			t.Errorf("%s: %v", bad, err)
			continue
		}
		got := intact(p)
		if !slices.Contains(got, "before") || !slices.Contains(got, "after") || slices.Contains(got, "bad") {
			t.Errorf("%s: got %v", bad, got)
		}
	}
}

// TestParseTwoBroken checks that all that is broken is found in one go or more.
func TestParseTwoBroken(t *testing.T) {
	var b strings.Builder
	var want []string
	for i := range 12 {
		fmt.Fprintf(&b, "int good%d(int a) { return a; }\nint bad%d(int a, ..x) { return a; }\n", i, i)
		want = append(want, fmt.Sprintf("good%d", i))
	}
	p, err := parseText("spam.c", b.String(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got := intact(p); !slices.Equal(got, want) {
		t.Errorf("got %v", got)
	}
}

func TestSynthControl(t *testing.T) {
	p := allParse(t, "int f(int a) { CHECK_GOTO(a, goto out); EACH(a, b) { a++; } PLAIN(a)\n return a; out: return 0; }", "f")
	if !p.synthControl["CHECK_GOTO"] || !p.synthControl["EACH"] || p.synthControl["PLAIN"] {
		t.Errorf("control macros: %v", p.synthControl)
	}
}

func TestSplitMessage(t *testing.T) {
	for _, c := range []struct {
		in           string
		file         string
		line, column int
		text         string
	}{
		{"/P/1/a.c:12:5: unexpected ';'", "/P/1/a.c", 12, 5, "unexpected ';'"},
		{`C:\P\1\a.c:12:5: x: y`, `C:\P\1\a.c`, 12, 5, "x: y"},
	} {
		file, line, column, text, ok := splitMessage(c.in)
		if !ok || line != c.line || column != c.column || text != c.text {
			t.Errorf("%q: %q %d %d %q", c.in, file, line, column, text)
		}
	}
	if _, _, _, _, ok := splitMessage("no position here"); ok {
		t.Error("a position where there is none")
	}
}

func BenchmarkTrivial(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := parseText("spam.c", spam, Options{PyMinor: 13}); err != nil {
			b.Fatal(err)
		}
	}
}
