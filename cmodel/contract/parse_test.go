package contract

import (
	"reflect"
	"strings"
	"testing"
)

func TestParse(t *testing.T) {
	const text = `# comment
@source c-api/list.html
borrowed(list) PyObject *List_Get(PyObject *list, Py_ssize_t i)  fails=null use=A,B
    -- gone with the list

new? shared PyObject *Find(out-new? nullok PyObject **found, borrowed keeps nullok ...)
    fails=maybe runs=python gil since=3.9 until=3.12 deprecated=3.10
int Parse(const char *format, ...)  fails=0 format=parse source=Python/getargs.c
`
	got, err := parse(text, "x.txt")
	if err != nil {
		t.Fatal(err)
	}
	want := []*Func{
		{
			Name: "List_Get",
			Params: []Param{
				{Name: "list", Type: "PyObject *", Ref: Borrowed},
				{Name: "i", Type: "Py_ssize_t"},
			},
			Result:      Result{Type: "PyObject *", Ref: Borrowed, From: "list", Nullable: true},
			Fail:        FailNull,
			Replacement: "A, B",
			Source:      "c-api/list.html#c.List_Get",
			Note:        "gone with the list",
			file:        "x.txt", line: 3,
		},
		{
			Name: "Find",
			Params: []Param{
				{Name: "found", Type: "PyObject **", Ref: OutNew, NullOK: true, Nullable: true},
				{Name: "...", Type: "...", Ref: Borrowed, Keeps: true, NullOK: true},
			},
			Variadic: true,
			Result:   Result{Type: "PyObject *", Ref: New, Shared: true, Nullable: true},
			Fail:     FailMaybe,
			Runs:     RunsPython,
			GIL:      true,
			Since:    9, Until: 12, Deprecated: 10,
			Source: "c-api/list.html#c.Find",
			file:   "x.txt", line: 6,
		},
		{
			Name:     "Parse",
			Params:   []Param{{Name: "format", Type: "const char *"}},
			Variadic: true,
			Result:   Result{Type: "int"},
			Fail:     FailZero,
			Format:   1, FormatKind: "parse",
			Source: "Python/getargs.c",
			file:   "x.txt", line: 8,
		},
	}
	for i := range want {
		if i >= len(got) || !reflect.DeepEqual(got[i], want[i]) {
			t.Errorf("function %d:\ngot  %+v\nwant %+v", i, got[i], want[i])
		}
	}
}

func TestParseErrors(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"  int f(void)", "x.txt:1: a continuation line (it begins with a blank) with nothing to continue"},
		{"# c\n\n@sauce x", "x.txt:3: unknown directive @sauce (there is only @source)"},
		{"int f", "x.txt:1: no parameter list in parentheses"},
		{"int f(int x", "x.txt:1: no parameter list in parentheses"},
		{"int f(int)", `x.txt:1: "int" is not a type and a name`},
		{"int f(int 2x)", `x.txt:1: bad name "2x"`},
		{"int f(stollen PyObject *o)", `x.txt:1: unknown word in "stollen PyObject *"`},
		{"int f(PyObject* o)", `x.txt:1: write "PyObject*" with a blank before the first star`},
		{"int f(stolen borrowed PyObject *o)", `x.txt:1: a second effect "borrowed" in one parameter`},
		{"int f(stolen int o)", "x.txt:1: f: o: stolen needs a pointer, not int"},
		{"int f(stolen? PyObject *o)", "x.txt:1: f: o: stolen? makes no sense; say nullok if NULL may be passed"},
		{"int f(out-new PyObject *o)", "x.txt:1: f: o: out-new needs a pointer to a pointer, not PyObject *"},
		{"int f(int a, int a)", `x.txt:1: f: two parameters named "a"`},
		{"int f(..., int a)", "x.txt:1: a parameter after ..."},
		{"PyObject *f(void)", "x.txt:1: f returns PyObject *: say new, borrowed or null"},
		{"new int f(void)", "x.txt:1: f returns int, which is not a pointer"},
		{"borrowed(x) PyObject *f(void)", `x.txt:1: f has no parameter "x"`},
		{"fresh? PyObject *f(void)", `x.txt:1: unknown word "fresh?" before the result`},
		{"shared borrowed PyObject *f(void)", "x.txt:1: f: shared goes with new only"},
		{"int f(void) fails=null", "x.txt:1: f: fails=null, but it returns int"},
		{"int f(void) fails=often", "x.txt:1: unknown failure fails=often"},
		{"int f(void) runs=away", "x.txt:1: unknown runs=away"},
		{"int f(void) special=x", "x.txt:1: unknown special=x"},
		{"int f(void) steals", `x.txt:1: unknown attribute "steals"`},
		{"int f(void) colour=red", `x.txt:1: unknown attribute "colour"`},
		{"int f(void) macro macro", "x.txt:1: attribute macro twice"},
		{"long f(void) found", "x.txt:1: f: found, but it returns long"},
		{"int f(void) since=2.7", `x.txt:1: bad version "2.7": want 3.N`},
		{"int f(void) since=3.9 until=3.9", "x.txt:1: f: until=3.9 is not after since=3.9"},
		{"int f(const char *s, ...) format=build", "x.txt:1: format= without a parameter named format"},
		{"int f(const char *format, ...) format=scanf", "x.txt:1: unknown format=scanf (build, parse or printf)"},
		{"int f(void)\nint g(\nint h(", "x.txt:2: no parameter list in parentheses\nx.txt:3: no parameter list in parentheses"},
	} {
		_, err := parse(tt.text, "x.txt")
		if err == nil || err.Error() != tt.want {
			t.Errorf("%q:\ngot  %v\nwant %s", tt.text, err, tt.want)
		}
	}
}

func TestOverlaps(t *testing.T) {
	funcs, err := parse("int f(void) until=3.9\nint f(void) since=3.9\nint g(void) since=3.8\nint g(void)", "x.txt")
	if err != nil {
		t.Fatal(err)
	}
	err = overlaps(funcs)
	const want = "x.txt:3: g is already at x.txt:4 for overlapping versions"
	if err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

func FuzzParse(f *testing.F) {
	f.Add("new shared PyObject *f(stolen nullok PyObject *o, ...)  fails=null\n    -- note")
	f.Add("int f(out-new? PyObject **o)  fails=-1 since=3.1")
	f.Fuzz(func(t *testing.T, text string) {
		funcs, err := parse(text, "f")
		if err != nil {
			return
		}
		for _, fn := range funcs {
			fn.Explain(&strings.Builder{})
			fn.JSON()
		}
	})
}
