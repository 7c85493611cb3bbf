package cfront

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
)

// declarations reads a project of one file and prints what its declarations say.
func declarations(t *testing.T, text string) []string {
	t.Helper()
	t.Chdir(t.TempDir())
	if err := os.WriteFile("a.c", []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	p := open(t, Options{Roots: []string{"."}})
	for _, u := range p.Units() {
		load(t, p, u)
	}
	var out []string
	for _, d := range p.Declarations() {
		s := fmt.Sprintf("%d %s %s(%s)", d.Span.Line, d.Result, d.Func, strings.Join(d.Params, "; "))
		if d.Static {
			s = "static " + s
		}
		if d.Defined {
			s += " {}"
		}
		if d.Clinic {
			s += " clinic"
		}
		for _, say := range d.Says {
			s += " | " + strings.TrimSpace(say.Verb+strings.Join(say.Args, "+")+" "+say.Text)
		}
		out = append(out, s)
	}
	return out
}

func TestDeclarations(t *testing.T) {
	for name, test := range map[string]struct {
		text string
		want []string
	}{
		"nothing said": {"PyObject *f(PyObject *x);\nint g(void)\n{\n    return 0; /* refcheck: ignore[RC101] x */\n}\n", nil},
		"comment at a prototype": {"/* refcheck: returns borrowed; steals(item) */\nextern PyObject *f(PyObject *item, int n);\n",
			[]string{"2 PyObject * f(PyObject *item; int n) | returns borrowed | stealsitem"}},
		"comment at a definition": {"static int\nf(PyObject *o, const char *const *names, int (*cb)(int, int), ...)\n/* refcheck: steals(o) */\n{\n    return 0;\n}\n",
			[]string{"static 2 int f(PyObject *o; const char *const *names; int(*cb)(int, int); ...) {} | stealso"}},
		"attribute": {"PyObject *f(void) __attribute__((unused, cpychecker_returns_borrowed_ref));\n",
			[]string{"1 PyObject * f() | returns borrowed"}},
		"attributes with underscores and arguments": {
			"extern void f(int i, PyObject *a)\n  __attribute__((cpychecker_steals_reference_to_arg(2)))\n  __attribute__((__cpychecker_sets_exception__));\n",
			[]string{"1 void f(int i; PyObject *a) | steals2 | sets-exception"}},
		"known macros, defined or not": {"CPYCHECKER_RETURNS_BORROWED_REF PyObject *f(void);\n" +
			"void g(PyObject *a, PyObject *b) CPYCHECKER_STEALS_REFERENCE_TO_ARG(1)\n    CPYCHECKER_STEALS_REFERENCE_TO_ARG(2);\n" +
			"int h(void) CPYCHECKER_NEGATIVE_RESULT_SETS_EXCEPTION;\n",
			[]string{"1 PyObject * f() | returns borrowed", "2 void g(PyObject *a; PyObject *b) | steals1 | steals2", "4 int h() | negative-on-error"}},
		"macros of the project, empty here": {"#ifdef WITH_CPYCHECKER\n# define STEALS(n) __attribute__((cpychecker_steals_reference_to_arg(n)))\n" +
			"# define LEND \\\n    __attribute__((cpychecker_returns_borrowed_ref))\n# define STEALS_SECOND __attribute__((cpychecker_steals_reference_to_arg(2)))\n" +
			"#else\n# define STEALS(n)\n# define LEND\n# define STEALS_SECOND\n#endif\n" +
			"void f(PyObject *a) STEALS(1);\nLEND PyObject *g(void)\n{\n    return 0;\n}\nvoid h(int a, PyObject *b) STEALS_SECOND;\n",
			[]string{"11 void f(PyObject *a) | steals1", "12 PyObject * g() {} | returns borrowed", "16 void h(int a; PyObject *b) | steals2"}},
		"result from a macro": {"PyAPI_FUNC(PyObject *) f(PyObject *x) CPYCHECKER_RETURNS_BORROWED_REF;\n",
			[]string{"1 PyAPI_FUNC(PyObject *) f(PyObject *x) | returns borrowed"}},
		"Argument Clinic": {"/*[clinic input]\nmodule.f\n    x: object\n[clinic start generated code]*/\n\nstatic PyObject *\nmodule_f_impl(PyObject *module, PyObject *x)\n" +
			"/*[clinic end generated code: output=1234 input=5678]*/\n{\n    return x;\n}\n/*[clinic end generated code: output=da39 input=12]*/\nint y;\n",
			[]string{"static 7 PyObject * module_f_impl(PyObject *module; PyObject *x) {} clinic"}},
		"type objects are no functions": {"extern PyTypeObject T CPYCHECKER_TYPE_OBJECT_FOR_TYPEDEF(\"Thing\");\nint f(void)\n{\n    return 0;\n}\n", nil},
		"function pointers are none":    {"int (*f)(PyObject *x); /* refcheck: steals(x) */\n", []string{"1  () | stealsx"}},
		"old style":                     {"/* refcheck: steals(a) */\nint f(a) PyObject *a;\n{\n    return 0;\n}\n", []string{"2 int f(a) {} | stealsa"}},
		"a call inside says nothing":    {"int f(void)\n{\n    CPYCHECKER_SETS_EXCEPTION;\n    return 0;\n}\n", nil},
	} {
		t.Run(name, func(t *testing.T) {
			if got := declarations(t, test.text); !slices.Equal(got, test.want) {
				t.Errorf("got  %q\nwant %q", got, test.want)
			}
		})
	}
}

func TestParamName(t *testing.T) {
	for param, want := range map[string]string{
		"PyObject *item": "item", "PyObject *items[]": "items", "int (*cb)(int, void *)": "cb", "...": "", "PyObject *const *args": "args", "struct a *b": "b",
	} {
		if got := ParamName(param); got != want {
			t.Errorf("ParamName(%q) = %q, want %q", param, got, want)
		}
	}
}
