package contract

import (
	"strings"
	"testing"
)

// say reads "verb(args) text; ..." as the frontend cuts it up.
func say(t *testing.T, a *Annotation, text string, params ...string) error {
	t.Helper()
	for _, s := range strings.Split(text, "; ") {
		verb, words, _ := strings.Cut(s, " ")
		var args []string
		if head, in, ok := strings.Cut(verb, "("); ok {
			verb, args = head, strings.Split(strings.TrimSuffix(in, ")"), ",")
		}
		if err := a.Say(verb, args, words, params); err != nil {
			return err
		}
	}
	return nil
}

func TestApply(t *testing.T) {
	base := "PyObject *f(PyObject *a, PyObject *b, PyObject **c)  fails=null"
	for _, test := range []struct{ inferred, said, want string }{
		{"new " + base, "returns borrowed(b)", "borrowed(b) " + base},
		{"borrowed " + base, "returns new; steals(a,2)", "new shared PyObject *f(stolen PyObject *a, stolen PyObject *b, PyObject **c)  fails=null"},
		{"new shared " + base, "returns new", "new shared " + base},
		{"new " + base, "borrows(a); keeps(a); out-new(c)", "new PyObject *f(keeps PyObject *a, PyObject *b, out-new PyObject **c)  fails=null"},
		{"same(a) new " + base, "steals(a)", "new shared PyObject *f(stolen PyObject *a, PyObject *b, PyObject **c)  fails=null"},
		{"int f(PyObject *a)  fails=-1", "negative-on-error; runs python", "int f(PyObject *a)  fails=-1 runs=python"},
		{"int f(PyObject *a)", "steals-on-success(a)", "int f(stolen-on-success PyObject *a)  fails=negative"},
		{"int f(PyObject *a)  fails=-1", "steals-on-failure(a)", "int f(stolen-on-failure PyObject *a)  fails=-1"},
		{"void f(PyObject *a)  runs=python", "runs nothing; sets-exception", "void f(PyObject *a)  special=errset"},
		{"int f(PyObject *a)  fails=-1", "fails never", "int f(PyObject *a)"},
		{"void f(PyObject *a)", "noreturn", "void f(PyObject *a)  noreturn"},
	} {
		inferred, err := parseFunc(test.inferred)
		if err != nil {
			t.Fatal(err)
		}
		want, err := parseFunc(test.want)
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, p := range inferred.Params {
			names = append(names, p.Name)
		}
		var a Annotation
		if err := say(t, &a, test.said, names...); err != nil {
			t.Errorf("%s: %v", test.said, err)
			continue
		}
		var got, should strings.Builder
		a.Apply(inferred).Explain(&got)
		want.Explain(&should)
		if got.String() != should.String() {
			t.Errorf("%s, said of %s:\n%s\nwant\n%s", test.said, test.inferred, &got, &should)
		}
	}
}

func TestSayErrors(t *testing.T) {
	for text, want := range map[string]string{
		"steals(c)":                        "'c', which is no parameter",
		"steals(3)":                        "parameter 3, but there are 2",
		"steals(0)":                        "parameter 0",
		"steals":                           "does not name a parameter",
		"steals(a) always":                 "'always' after the parameters",
		"steals(a); borrows(a)":            "that it is borrowed, and stolen",
		"returns":                          "means nothing",
		"returns something":                "'something' is returned, which means nothing",
		"returns shared":                   "new or borrowed",
		"returns new; returns borrowed":    "something else about the result",
		"returns borrowed(x)":              "'x', which is no parameter",
		"returns(a) new":                   "in parentheses",
		"fails loudly":                     "'loudly', which is none of none, null",
		"fails null; fails -1":             "says -1, but null was said before",
		"fails null; negative-on-error":    "says negative, but null",
		"runs fast":                        "'fast', which is none of nothing, decref, python",
		"noreturn ever":                    "'ever' after noreturn",
		"releases":                         "means nothing to refcheck",
		"steals(a); steals(a); borrows(1)": "that it is borrowed, and stolen",
	} {
		var a Annotation
		if err := say(t, &a, text, "a", "b"); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v, want %q", text, err, want)
		}
	}
}

func TestPrototype(t *testing.T) {
	f := Prototype("f", "PyObject *", []string{"PyObject *a", "const char *b", "..."})
	if !f.Variadic || len(f.Params) != 2 || f.Params[0].Ref != Unknown || f.Params[1].Ref != None || f.Fail != FailNull || f.Runs != RunsPython {
		t.Errorf("got %+v", f)
	}
	if f := Prototype("f", "int", nil); f.Fail != FailAmbiguous {
		t.Errorf("a status may fail like %s", f.Fail)
	}
}

// TestContractAsAnnotation: applied to a blank prototype, it says the same again.
func TestContractAsAnnotation(t *testing.T) {
	f := Load(DefaultTarget).Lookup("PyModule_AddObject")
	a, file, line := f.Annotation()
	got := a.Apply(Prototype(f.Name, f.Result.Type, []string{"PyObject *m", "const char *n", "PyObject *v"}))
	if got.Params[2].Ref != StolenOnSuccess || got.Fail != f.Fail || file == "" || line == 0 {
		t.Errorf("got %+v from %s:%d", got, file, line)
	}
}
