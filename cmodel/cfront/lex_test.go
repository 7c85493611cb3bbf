package cfront

import (
	"slices"
	"strings"
	"testing"
)

// TestSanitize checks what the lexer replaces; the length never changes.
func TestSanitize(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"int x;", "int x;"},
		{"char c = 'x';", "char c = 'x';"},
		{"a = 'it is\n", "a =  it is\n"},
		{"a = \"open\n", "a =  open\n"},
		{`s = u"x" U'y' u8"z" L"w";`, `s = L"x" L'y'   "z" L"w";`},
		{"n = 1'000'000;", "n =   1000000;"},
		{"n = 0xe+1;", "n = 0xe+1;"},
		{"[[nodiscard]] int f();", "              int f();"},
		{"a[b[0]] = 1;", "a[b[0]] = 1;"},
		{"#error don't \"x\nint y;", "#              \nint y;"},
		{"#pragma once\n#pragma pack(1)\n", "#pragma once\n#              \n"},
		{"#define Q don't\n", "#define Q don t\n"},
		{"#define Q 'x'\n", "#define Q 'x'\n"},
		{"a \x00\x01 @ ` b", "a        b"},
		{"a \\ b \\\n c", "a   b \\\n c"},
		{"/* never\nends", "        \n    "},
		{"int caf\xc3\xa9;", "int caf__;"},
		{"\xef\xbb\xbfint x;", "   int x;"},
		{"x = 'abcd';", "x = 1     ;"},
	} {
		b := []byte(c.in)
		lex(b)
		if string(b) != c.want {
			t.Errorf("%q: got %q, want %q", c.in, b, c.want)
		}
	}
}

func TestLexTokens(t *testing.T) {
	src := "#define A \\\n 1\n  f(a->b, \"s\\\"t\" \\\n , 'c', 0x1p-3) /* x\n */ ++z; // c\n..."
	b := []byte(src)
	var got []string
	for _, k := range lex(b) {
		got = append(got, strings.ReplaceAll(k.text(b), "\n", "|"))
	}
	want := []string{"#define A \\| 1", "f", "(", "a", "->", "b", ",", `"s\"t"`, ",", "'c'", ",", "0x1p-3", ")", "++", "z", ";", "..."}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
	toks := lex(b)
	if last := toks[len(toks)-1]; last.line != 6 || !last.col0 || !last.first {
		t.Errorf("last token: %+v", last)
	}
}

// TestCut checks the functions that brackets alone show.
func TestCut(t *testing.T) {
	for _, c := range []struct {
		src  string
		want string // names with first and last line
	}{
		{"int f(int a) { return a; }", "f:1-1"},
		{"static PyObject *\nf(PyObject *a,\n  int b)\n{\n}\nint x;\nvoid g(void)\n{\n}", "f:1-5 g:7-9"},
		{"int f(a, b)\nint a; { }", "f:1-2"},
		{"int x = 1; struct s { int (*f)(int); }; int a[] = { F(1), 2 }; enum e { A };", ""},
		{"typedef int (*fn)(int);\nint f(void);\nint (*p)(int) = 0;", ""},
		{"#ifdef A\nint f(int a) {\n#else\nint f(void) {\n#endif\n  return 0;\n}\nint g(void) { }", "f:2-7 g:8-8"},
		{"int f(void) {\n#if A\n  if (x) {\n#else\n  if (y) {\n#endif\n  }\n}\nint g(void) { }", "f:1-8 g:9-9"},
		{"#ifdef __cplusplus\nextern \"C\" {\n#endif\nint f(void) { }\n#ifdef __cplusplus\n}\n#endif\nint g(void) { }", "f:4-4 g:8-8"},
		{"int f(void) __attribute__((cold)) { }\n__attribute__((cold)) int g(void) { }", "f:1-1 g:2-2"},
		{"int f(void)\n{\n  if (x {\n}\nint g(void)\n{\n}", "f:1-4 g:5-7"},
		{"int f(void) {\nif (x)\n{\n}\nx++;\n}\nint g(void)\n{\n}", "f:1-6 g:7-9"},
		{"MAKE(foo)\nstruct s {\nint a; };\nint f(void) { }\nMAKE(bar)\nenum { A };", "f:4-4"},
		{"METH(foo)\n{\n}\nMOD_INIT(x) { }", "METH:1-3 MOD_INIT:4-4"},
	} {
		b := []byte(c.src)
		var got []string
		for _, k := range cut(b, lex(b)) {
			if k.isFunc() {
				got = append(got, k.name+":"+itoa(int(k.line))+"-"+itoa(int(k.last)))
			}
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%q: got %q, want %q", c.src, s, c.want)
		}
	}
}

func itoa(n int) string { return string(rune('0' + n)) }

func TestCutConditions(t *testing.T) {
	b := []byte("#ifndef H\n#define H\nint f(void) { }\n#if defined(A) /* why */ && \\\n  B\nint g(void) { }\n#else\nint h(void) { }\n#endif\n#endif\n")
	want := map[string]string{"f": "", "g": "#if defined(A) && B", "h": "else of #if defined(A) && B"}
	for _, k := range cut(b, lex(b)) {
		if got := strings.Join(k.conds, "; "); k.isFunc() && got != want[k.name] {
			t.Errorf("%s: %q", k.name, got)
		}
	}
}

func TestTemplate(t *testing.T) {
	const src = `int first;
/**begin repeat
 * #name = a, b#
 * #type = (int, long)*1#
 */
@type@ @name@(void);
/**begin repeat1
 * #k = 1*2,
 *      2#
 */
int @name@_@k@;
/**end repeat1**/
/**end repeat**/
int last; // @unknown@
`
	out, lines, err := expandTemplate([]byte(src), 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	want := "int first;\nint a(void);\nint a_1;\nint a_1;\nint a_2;\nlong b(void);\nint b_1;\nint b_1;\nint b_2;\nint last; // @unknown@\n"
	if string(out) != want {
		t.Errorf("got:\n%s", out)
	}
	if want := []int32{1, 6, 11, 11, 11, 6, 11, 11, 11, 14}; !slices.Equal(lines[:len(want)], want) {
		t.Errorf("lines: %v", lines)
	}
	for _, bad := range []string{
		"/**begin repeat\n * #a = 1, 2#\n * #b = 1#\n */\n/**end repeat**/\n",
		"/**begin repeat\n */\n/**end repeat**/\n",
		"/**begin repeat\n * #a = x*10000#\n */\n" + strings.Repeat("long line of text\n", 1000) + "/**end repeat**/\n",
	} {
		if _, _, err := expandTemplate([]byte(bad), 1<<20); err == nil {
			t.Errorf("no error for %.60q", bad)
		}
	}
}

func TestTemplateUnit(t *testing.T) {
	inTree(t, `
-- loops.c.src --
#include "types.h"
/**begin repeat
 * #n = a, b#
 */
int @n@(my_@n@ x) { return 0; }
/**end repeat**/
int broken(int a) { return a a; }
-- types.h.src --
/**begin repeat
 * #n = a, b#
 */
typedef int my_@n@;
/**end repeat**/
`)
	p := open(t, Options{Roots: []string{"."}})
	wantStrings(t, "units", p.Units(), "loops.c.src")
	u := load(t, p, "loops.c.src")
	wantStrings(t, "functions", allIntact(u), "a", "b")
	if len(u.Gaps) != 1 || u.Gaps[0].Pos.Line != 7 {
		t.Errorf("gaps: %v", u.Gaps)
	}
}

func TestIgnoreRules(t *testing.T) {
	var rules ignoreRules
	for _, line := range []string{"# comment", "", "*.o", "/top.c", "dir/", "a/b.c", "!keep.o", "x/**/y.c", "br{a,b}.c", "[xy].c", `\#odd.c`, "sp.c  "} {
		if r, ok := parseIgnore(line, "sub"); ok {
			rules = append(rules, r)
		}
	}
	for path, want := range map[string]bool{
		"sub/z.o": true, "sub/q/z.o": true, "z.o": false, "sub/keep.o": false, "sub/top.c": true, "sub/q/top.c": false,
		"sub/a/b.c": true, "sub/q/a/b.c": false, "sub/x/y.c": true, "sub/x/1/2/y.c": true, "sub/br{a,b}.c": true, "sub/bra.c": false,
		"sub/x.c": true, "sub/z.c": false, "sub/#odd.c": true, "sub/dir": false, "sub/sp.c": true,
	} {
		if got := rules.ignored(path, false); got != want {
			t.Errorf("ignored(%s) = %v", path, got)
		}
	}
	if !rules.ignored("sub/q/dir", true) {
		t.Error("sub/q/dir/ is not ignored")
	}
}

func TestSplitCommand(t *testing.T) {
	got := splitCommand(`cc  -DA="x y" '-DB=\"z\"' -I/a\ b  "" c.c`)
	wantStrings(t, "arguments", got, "cc", "-DA=x y", `-DB=\"z\"`, "-I/a b", "", "c.c")
}
