package cfront

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
)

// directives reads a project of one file and prints its directives.
func directives(t *testing.T, name, text string) []string {
	t.Helper()
	t.Chdir(t.TempDir())
	if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	p := open(t, Options{Roots: []string{"."}})
	for _, u := range p.Units() {
		load(t, p, u)
	}
	place := map[Place]string{Before: "before", Signature: "in the signature of", Inside: "inside", After: "after"}
	var out []string
	for _, d := range p.Directives() {
		s := fmt.Sprintf("%d:%d %s%s", d.Span.Line, d.Span.Column, d.Verb, strings.Join(d.Args, "+"))
		if d.Text != "" {
			s += " '" + d.Text + "'"
		}
		if d.Trailing {
			s += " trailing"
		}
		s += fmt.Sprintf(" next %d", d.Next)
		if d.Place != Elsewhere {
			s += fmt.Sprintf(" %s %s %d-%d", place[d.Place], d.Func, d.First, d.Last)
		}
		out = append(out, s)
	}
	return out
}

func TestDirectives(t *testing.T) {
	for name, test := range map[string]struct {
		text string
		want []string
	}{
		"on a line": {"int f(void)\n{\n    g(); /* refcheck: ignore[RC101, RC102] it is meant */\n    return 0;\n}\n",
			[]string{"3:10 ignoreRC101+RC102 'it is meant' trailing next 4 inside f 1-5"}},
		"line comment": {"int f(void)\n{\n    // refcheck: ignore[RC101] it is\n    g();\n}\n",
			[]string{"3:5 ignoreRC101 'it is' next 4 inside f 1-5"}},
		"before": {"int x;\n\n/** refcheck: ignore[RC1] long\n *  reason; with * and more\n **/\n\nstatic int\nf(void)\n{\n}\n",
			[]string{"3:1 ignoreRC1 'long reason; with * and more' next 7 before f 7-10"}},
		"before a prototype": {"// refcheck: returns borrowed; steals(item)\nPyObject *f(PyObject *item);\n",
			[]string{"1:1 returns 'borrowed' next 2 before f 2-2", "1:1 stealsitem next 2 before f 2-2"}},
		"after a prototype": {"PyObject *f(PyObject *item); /* refcheck: returns borrowed; */\nint g(void);\n",
			[]string{"1:30 returns 'borrowed' trailing next 2 after f 1-1"}},
		"in a signature": {"PyObject * /* refcheck: returns borrowed */\nf(PyObject *item)\n{\n}\n",
			[]string{"1:12 returns 'borrowed' trailing next 2 in the signature of f 1-4"}},
		"behind a function": {"int f(void)\n{\n} /* refcheck: ignore[RC101] x */\nint g(void)\n{\n}\n",
			[]string{"3:3 ignoreRC101 'x' trailing next 4 after f 1-3"}},
		"at the end":       {"int x;\n/* refcheck: ignore-file[RC101] x */", []string{"2:1 ignore-fileRC101 'x' next 0"}},
		"before a table":   {"/* refcheck: ignore[RC101] x */\nstatic int t[] = {f(1)};\n", []string{"1:1 ignoreRC101 'x' next 2"}},
		"CRLF":             {"int f(void)\r\n{\r\n  g(); // refcheck: ignore[RC101] x y\r\n}\r\n", []string{"3:8 ignoreRC101 'x y' trailing next 4 inside f 1-4"}},
		"continued":        {"// refcheck: ignore[RC101] x \\\n   y\nint f(void)\n{\n}\n", []string{"1:1 ignoreRC101 'x y' next 3 before f 3-5"}},
		"in a macro":       {"#define X() g() /* refcheck: ignore[RC101] x */\nint y;\n", []string{"1:17 ignoreRC101 'x' trailing next 2"}},
		"a verb only":      {"/*refcheck:ignore*/\n", []string{"1:1 ignore next 0"}},
		"prose":            {"/* run refcheck: ignore[RC101] it */\n// see refcheck\nconst char *s = \"/* refcheck: ignore[RC101] x */\";\n", nil},
		"never ends":       {"int x;\n/* refcheck: ignore[RC101] x\n", nil},
		"nothing sensible": {"/* refcheck: [RC101] */\n/* refcheck: */\n", []string{"1:1  '[RC101]' next 0", "2:1  next 0"}},
	} {
		t.Run(name, func(t *testing.T) {
			if got := directives(t, "a.c", test.text); !slices.Equal(got, test.want) {
				t.Errorf("got  %q\nwant %q", got, test.want)
			}
		})
	}
}

// TestDirectivesOfTemplates: the comment is written once, so it is told once, by
// its place in the template.
func TestDirectivesOfTemplates(t *testing.T) {
	text := "/**begin repeat\n * #n = a, b#\n */\nint @n@(void)\n{\n    g(); /* refcheck: ignore[RC101] x */\n}\n/**end repeat**/\n"
	want := []string{"6:10 ignoreRC101 'x' trailing next 7 inside a 4-7"}
	if got := directives(t, "a.c.src", text); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
