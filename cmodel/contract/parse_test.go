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
int Parse(const char *format, ...)  fails=0 success=1 runs=format format=parse source=Python/getargs.c
new item(o) PyObject *Item(removes PyObject *o, inside(o) mutable char **buf, out-borrowed(o) mutable PyObject **x)
    fails=null pure copies makes=list strong=F soft-deprecated=3.13
inside(o) mutable char *Grow(PyObject *o, void *p)  fails=null acquire=mem(return) release-on-success=mem(p)
new shared held PyObject *Held(void)  acquire=recursion release=lock
borrowed(o) mutable static PyObject *Static(PyObject *o)
borrowed(o) PyObject *Next(PyObject *o)  melts=odd items=rare size unchecked iterates
int Check(PyObject *o)  shows=number
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
			Fail:     FailZero, Success: SuccessOne,
			Runs: RunsPython, RunsByFormat: true,
			Format: 1, FormatKind: "parse",
			Source: "Python/getargs.c",
			file:   "x.txt", line: 8,
		},
		{
			Name: "Item",
			Params: []Param{
				{Name: "o", Type: "PyObject *", Ref: Borrowed, Changes: Removes},
				{Name: "buf", Type: "char **", Inside: "o", Mutable: true},
				{Name: "x", Type: "PyObject **", Ref: OutBorrowed, From: "o", Mutable: true},
			},
			Result: Result{Type: "PyObject *", Ref: New, Shared: true, Item: true, From: "o", Nullable: true, Makes: "list"},
			Fail:   FailNull,
			Pure:   true, Copies: true,
			Strong: "F", SoftDeprecated: 13,
			Source: "c-api/list.html#c.Item",
			file:   "x.txt", line: 9,
		},
		{
			Name: "Grow",
			Params: []Param{
				{Name: "o", Type: "PyObject *", Ref: Borrowed},
				{Name: "p", Type: "void *"},
			},
			Result:  Result{Type: "char *", Inside: "o", Mutable: true, Nullable: true},
			Fail:    FailNull,
			Acquire: Resource{Kind: "mem", Handle: "return"},
			Release: Resource{Kind: "mem", Handle: "p", OnSuccess: true},
			Source:  "c-api/list.html#c.Grow",
			file:    "x.txt", line: 11,
		},
		{
			Name:    "Held",
			Result:  Result{Type: "PyObject *", Ref: New, Shared: true, Held: true},
			Acquire: Resource{Kind: "recursion"},
			Release: Resource{Kind: "lock"},
			Source:  "c-api/list.html#c.Held",
			file:    "x.txt", line: 12,
		},
		{
			Name:   "Static",
			Params: []Param{{Name: "o", Type: "PyObject *", Ref: Borrowed}},
			Result: Result{Type: "PyObject *", Ref: Borrowed, From: "o", Mutable: true, Static: true},
			Source: "c-api/list.html#c.Static",
			file:   "x.txt", line: 13,
		},
		{
			Name:   "Next",
			Params: []Param{{Name: "o", Type: "PyObject *", Ref: Borrowed}},
			Result: Result{Type: "PyObject *", Ref: Borrowed, From: "o", Melts: EaseOdd, Items: EaseRare},
			Size:   true, Unchecked: true, Iterates: true,
			Source: "c-api/list.html#c.Next",
			file:   "x.txt", line: 14,
		},
		{
			Name:   "Check",
			Params: []Param{{Name: "o", Type: "PyObject *", Ref: Borrowed}},
			Result: Result{Type: "int"},
			Shows:  ShowsNumber,
			Source: "c-api/list.html#c.Check",
			file:   "x.txt", line: 15,
		},
	}
	if len(got) != len(want) {
		t.Errorf("%d functions, want %d", len(got), len(want))
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
		{"shared borrowed PyObject *f(void)", "x.txt:1: f: shared and held go with new only"},
		{"int f(void) fails=null", "x.txt:1: f: fails=null, but it returns int"},
		{"int f(void) fails=often", "x.txt:1: unknown failure fails=often"},
		{"int f(void) runs=away", "x.txt:1: unknown runs=away"},
		{"int f(void) special=x", "x.txt:1: unknown special=x"},
		{"int f(void) steals", `x.txt:1: unknown attribute "steals"`},
		{"int f(void) colour=red", `x.txt:1: unknown attribute "colour"`},
		{"int f(void) macro macro", "x.txt:1: attribute macro twice"},
		{"new held PyObject *f(void)", "x.txt:1: f: held goes with shared only"},
		{"new mutable PyObject *f(void)", "x.txt:1: f: mutable goes with borrowed and inside only"},
		{"inside(x) int f(int x)", "x.txt:1: f: inside goes with pointers that are no objects"},
		{"inside(x) char *f(void)", `x.txt:1: f has no parameter "x"`},
		{"int f(stolen(o) PyObject *o)", "x.txt:1: f: o: only out parameters have an owner in parentheses"},
		{"int f(out-new(x) PyObject **o)", `x.txt:1: f has no parameter "x"`},
		{"int f(inside(o) char *o)", "x.txt:1: f: o: inside needs a pointer to a pointer, not char *"},
		{"int f(mutable PyObject *o)", "x.txt:1: f: o: mutable goes with inside and out-borrowed only"},
		{"int f(adds int o)", "x.txt:1: f: o: adds needs a pointer, not int"},
		{"int f(void) fails=silent", "x.txt:1: f: fails=silent, but it returns int: say what, and silent"},
		{"int f(PyObject *o) fails=-1 onlynull", "x.txt:1: f: onlynull needs fails= and nullfails"},
		{"int f(void) silent", "x.txt:1: f: silent needs fails= with a value that only a failure returns"},
		{"int f(survives PyObject *o)", "x.txt:1: f: o: survives goes with in-out only"},
		{"int f(void) deprecated=3.9 soft-deprecated=3.8", "x.txt:1: f: deprecated and soft-deprecated"},
		{"int f(void) success=2", "x.txt:1: unknown success=2"},
		{"void f(void) success=0", "x.txt:1: f: success= needs a status as result"},
		{"int f(void) makes=list", "x.txt:1: f: makes= goes with new only"},
		{"new PyObject *f(void) melts=odd", "x.txt:1: f: melts= goes with borrowed only"},
		{"int f(void) items=odd", "x.txt:1: f: items= needs an object as result"},
		{"int f(PyObject *o) shows=truth", "x.txt:1: unknown shows=truth"},
		{"void f(PyObject *o) shows=exact", "x.txt:1: f: shows= needs a test"},
		{"int f(void) size", "x.txt:1: f: size, unchecked, slice, iterates and shows= need an argument"},
		{"int f(void) runs=format", "x.txt:1: f: runs=format without format="},
		{"int f(void) acquire=luck", `x.txt:1: unknown resource "luck"`},
		{"int f(void) release=mem(p)", `x.txt:1: f has no parameter "p"`},
		{"void f(void) acquire=mem(return)", "x.txt:1: f returns nothing to hold a resource"},
		{"int f(void) release=mem(p", "x.txt:1: unknown resource \"mem(p\""},
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
