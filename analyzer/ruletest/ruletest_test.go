package ruletest

import (
	"slices"
	"strings"
	"testing"

	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/rule"
	"github.com/refcheck/refcheck/cmodel/source"
)

const fixtureText = `#include <Python.h>

static PyObject *
first_bad(PyObject *self)
{
    x = "// want nothing";
    x = f();    // note "acquire: new ref"
    return y;   // want "RC101: 'x' is lost" "RC102"
}

static PyObject *
second_ok(PyObject *self,
          PyObject *arg)
{
    return y;
}
`

// at makes a finding in the fixture above.
func at(code, fn string, line int, message string, steps ...finding.Step) *finding.Finding {
	return &finding.Finding{Rule: code, Function: fn, Message: message, Steps: steps, Span: span(line)}
}

func span(line int) source.Span {
	return source.Span{Pos: source.Pos{File: "/some/where/a.c", Line: line, Column: 1}}
}

// TestRun proves that each kind of mismatch fails a fixture, with an analysis
// that finds what it is told to.
func TestRun(t *testing.T) {
	acquire := finding.Step{Kind: finding.Acquire, Message: "f returns a new reference", Span: span(7)}
	exact := []*finding.Finding{
		at("RC101", "first_bad", 8, "'x' is lost", acquire),
		at("RC102", "first_bad", 8, "whatever"),
	}
	tests := []struct {
		name  string
		code  string
		found []*finding.Finding
		want  []string // a piece of each problem
	}{
		{"exact", "", exact, nil},
		{"one rule", "RC101", exact, nil},
		{"nothing found", "", nil, []string{`a.c:8: want "RC101: 'x' is lost" (in first_bad): not found`, `want "RC102"`, `a.c:7: note "acquire: new ref"`}},
		{"other rule's want is not judged", "RC102", exact, nil},
		{"nothing of another rule is judged", "RC203", nil, []string{"first_bad has no want comment"}},
		{"unexpected", "", append(slices.Clone(exact), at("RC101", "second_ok", 15, "false alarm")),
			[]string{"a.c:15: unexpected RC101: false alarm (in second_ok)"}},
		{"unexpected of other rule", "RC101", append(slices.Clone(exact), at("RC203", "second_ok", 15, "x")), nil},
		{"twice on a line", "", append(slices.Clone(exact), at("RC102", "first_bad", 8, "again")), []string{"unexpected RC102: again"}},
		{"wrong line", "", []*finding.Finding{at("RC101", "first_bad", 7, "'x' is lost", acquire), exact[1]},
			[]string{"a.c:7: unexpected RC101", `want "RC101: 'x' is lost"`}},
		{"wrong message", "", []*finding.Finding{at("RC101", "first_bad", 8, "other", acquire), exact[1]},
			[]string{"unexpected RC101: other", `want "RC101`}},
		{"step missing", "", []*finding.Finding{at("RC101", "first_bad", 8, "'x' is lost"), exact[1]}, []string{`note "acquire`}},
		{"step in another function", "", []*finding.Finding{at("RC101", "first_bad", 8, "'x' is lost"), exact[1],
			at("RC101", "second_ok", 15, "x", acquire)}, []string{`note "acquire`, "unexpected RC101: x"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			fake := func(string, *Fixture, []*rule.Rule) ([]*finding.Finding, []string, error) { return tt.found, nil, nil }
			fx := &Fixture{Name: "a.c", Files: []File{{"a.c", fixtureText}}}
			got, err := runFixture(fx, t.TempDir(), tt.code, nil, fake)
			if err != nil {
				t.Fatal(err)
			}
			if len(got) != len(tt.want) {
				t.Fatalf("problems:\n%s\nwant %d", strings.Join(got, "\n"), len(tt.want))
			}
			for _, w := range tt.want {
				if !slices.ContainsFunc(got, func(p string) bool { return strings.Contains(p, w) }) {
					t.Errorf("no problem with %q in:\n%s", w, strings.Join(got, "\n"))
				}
			}
		})
	}
}

// TestBugs proves that trouble of refcheck's own fails a fixture.
func TestBugs(t *testing.T) {
	fx := &Fixture{Name: "a.c", Files: []File{{"a.c", "int x;\n"}}}
	fake := func(string, *Fixture, []*rule.Rule) ([]*finding.Finding, []string, error) {
		return nil, []string{"refcheck crashed"}, nil
	}
	got, err := runFixture(fx, t.TempDir(), "", nil, fake)
	if err != nil || !slices.Equal(got, []string{"refcheck crashed"}) {
		t.Errorf("problems %q, error %v", got, err)
	}
}

func TestFuncNamesAreVerdicts(t *testing.T) {
	tests := []struct{ name, comment, want string }{
		{"x_bad", `// want "RC101"`, ""},
		{"x_bad", "", "x_bad has no want comment"},
		{"x_ok", "", ""},
		{"x_ok", `// want "RC101"`, "x_ok has a want comment"},
		{"FN_x_bad", "", ""},
		{"FN_x_bad", `// want "RC101"`, "FN_x_bad has a want comment"},
		{"FP_x_ok", "", "FP_x_ok has no want comment"},
		{"FP_x_ok", `// want "RC101"`, ""},
		{"PyInit_FP_x_ok", `// want "RC101"`, ""},
		{"helper", "", ""},
	}
	for _, tt := range tests {
		file := &File{"a.c", "static int\n" + tt.name + "(void)\n{\n    return 0; " + tt.comment + "\n}\n"}
		xs, err := file.expectations()
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(checkNames(file, xs, "RC101"), ""); !strings.Contains(got, tt.want) || tt.want == "" && got != "" {
			t.Errorf("%s %s: got %q, want %q", tt.name, tt.comment, got, tt.want)
		}
	}
}

func TestMalformedComments(t *testing.T) {
	for _, comment := range []string{`// want RC101`, `// want "leak"`, `/* note "Acquire: x" */`, `// want "RC101: ("`} {
		file := &File{"a.c", "int x; " + comment + "\n"}
		if _, err := file.expectations(); err == nil {
			t.Errorf("%s: no error", comment)
		}
	}
	file := &File{"a.c", "// things people want \"here\"\nchar *s = \"// want RC101\";\n"}
	if xs, err := file.expectations(); err == nil && len(xs) != 0 {
		t.Errorf("expectations from prose: %v", xs)
	}
}

func TestFuncs(t *testing.T) {
	text := "static int helper(int);\n#define F(x) g(x)\nstruct S *\nf(int a,\n  int b)\n{\n    g();\n}\n" +
		"static PyMethodDef m[] = {\n    {\"f\", f},\n};\nint g(void)\n{\n}\n"
	got := (&File{"a.c", text}).Funcs()
	want := []Func{{"f", 4, 8}, {"m", 9, 11}, {"g", 12, 14}}
	if !slices.Equal(got, want) {
		t.Errorf("Funcs = %v, want %v", got, want)
	}
}

func TestFixtureStaysInside(t *testing.T) {
	fx := &Fixture{Name: "x.txtar", Files: []File{{"../a.c", ""}}}
	if err := fx.write(t.TempDir()); err == nil {
		t.Error("a file outside the fixture was written")
	}
}
