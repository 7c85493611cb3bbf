package cfront

import (
	"fmt"
	"strings"
	"testing"

	"github.com/refcheck/refcheck/cmodel/ir"
)

// TestLowerLarge lowers functions of unreasonable shape.
func TestLowerLarge(t *testing.T) {
	elseIf := strings.Repeat("if (x == 1) g(); else ", 400)
	cases := strings.Builder{}
	for i := range 3000 {
		fmt.Fprintf(&cases, "case %d: g(); break;\n", i)
	}
	tests := []struct{ name, body, gap string }{
		{"else if", elseIf + "h();", ""},
		{"sum", "x = " + strings.Repeat("x + ", 2000) + "1;", ""},
		{"long sum", "x = " + strings.Repeat("x + ", 20000) + "1;", "nested too deeply"},
		{"parentheses", "x = " + strings.Repeat("(", 400) + "x" + strings.Repeat(")", 400) + ";", ""},
		{"statements", strings.Repeat("x = g(x);\n", 20000), ""},
		{"cases", "switch (x) {" + cases.String() + "}", ""},
		{"labels", strings.Repeat("case 1: ", 500) + ";", ""},
		{"and", "if (" + strings.Repeat("x && ", 2000) + "g()) h();", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			body := tt.body
			if tt.name == "labels" {
				body = "switch (x) { " + body + "}"
			}
			u := lowerText(t, "big.c", "int f(int x) {\n"+body+"\nreturn x;\n}\nint after(void) { return 1; }\n")
			if tt.gap != "" {
				if len(u.Gaps) != 1 || u.Gaps[0].Reason != tt.gap || u.Gaps[0].Func != "f" {
					t.Errorf("gaps %v, want one: %s", u.Gaps, tt.gap)
				}
			} else if len(u.Gaps) > 0 {
				t.Errorf("unexpected gaps: %v", u.Gaps)
			}
			for _, f := range u.Funcs {
				if err := ir.Sanity(f); err != nil {
					t.Error(err)
				}
			}
		})
	}
}

// TestLowerVariants checks that each function is taken once from several parses.
func TestLowerVariants(t *testing.T) {
	parse := func(src string) *parsed {
		p, err := parseText("v.c", src, Options{PyMinor: 13})
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	u := &Unit{Path: "v.c", Parses: []*parsed{
		parse("int f(void) { return 1; }\nint g(void) { return 1 1; }\n\nint x = 1;\n"),
		parse("int f(void) { return 2; }\nint g(void) { return 2; }\nint h(void) { return 2; }\nint x = 2;\n"),
	}}
	var got []string
	out := u.Lower(nil)
	for _, f := range out.Funcs {
		got = append(got, f.Name+" "+f.Blocks[0].Term.X.String())
	}
	if s := strings.Join(got, ", "); s != "f 1, g 2, h 2" {
		t.Errorf("got %s", s)
	}
	if len(out.Gaps) != 0 {
		t.Errorf("gaps: %v", out.Gaps)
	}
	if len(out.Globals) != 1 || out.Globals[0].Init.Value.Int != 1 {
		t.Errorf("globals: %v", out.Globals)
	}
}

// TestSpans checks the text that spans cover.
func TestSpans(t *testing.T) {
	src := `#define NIL ((void *)0)
#define CHECK(x, y) do { if (!(x)) return y; } while (0)
#define NEW PyList_New
int f(int a) {
    int *p = g(a,
               h(a)), q;
    p = NIL;
    CHECK(a > (1 + 2), 3);
    p = NEW(1);
    if (!p || q < (2)) return (q);
    use("x" /* , */ "y");
    return NIL;
}
`
	u := lowerText(t, "s.c", src)
	lines := strings.Split(src, "\n")
	var got []string
	f := u.Funcs[0]
	for _, b := range f.Blocks {
		for _, in := range b.Instrs {
			got = append(got, spanText(lines, in.Span.Line, in.Span.Column, in.Span.EndLine, in.Span.EndColumn)+" "+in.Macro)
		}
		if s := b.Term.Span; s.IsValid() {
			got = append(got, spanText(lines, s.Line, s.Column, s.EndLine, s.EndColumn)+" "+b.Term.Macro)
		}
	}
	want := []string{
		"h(a) ", "g(a,|               h(a)) ", "q ", "p = NIL ",
		"CHECK(a > (1 + 2), 3) CHECK", "CHECK(a > (1 + 2), 3) CHECK", "NEW(1) NEW",
		"!p ", "q < (2) ", "return (q); ", `use("x" /* , */ "y") `, "return NIL; ",
	}
	for i := range max(len(got), len(want)) {
		if i >= len(got) || i >= len(want) || got[i] != want[i] {
			t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
			break
		}
	}
}

// spanText cuts a span out of lines; line ends show as |.
func spanText(lines []string, l, c, el, ec int) string {
	if l == el {
		return lines[l-1][c-1 : ec-1]
	}
	s := lines[l-1][c-1:]
	for i := l + 1; i < el; i++ {
		s += "|" + lines[i-1]
	}
	return s + "|" + lines[el-1][:ec-1]
}
