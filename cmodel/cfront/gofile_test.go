package cfront

import (
	"errors"
	"strings"
	"testing"
)

// TestReadPreamble: what is C in a Go file, at the same place.
func TestReadPreamble(t *testing.T) {
	for _, test := range []struct {
		name, src string
		want      string // the words that are left; "-" for no C code, "!" for an error
		calls     int
	}{
		{"block", "package p\n/* int a; */\nimport \"C\"\n", "int a;", 0},
		{"lines", "package p\n// int a;\n//int b;\nimport \"C\"\n", "int a; int b;", 0},
		{"both", "package p\n// int a;\n/* int b; */\nimport \"C\"\n", "int a; int b;", 0},
		{"in a group", "package p\nimport (\n\t\"fmt\"\n\t// int a;\n\t\"C\"\n)\n", "int a;", 0},
		{"above a group of one", "package p\n// int a;\nimport (\n\t\"C\"\n)\n", "int a;", 0},
		{"above a group", "package p\n// int a;\nimport (\n\t\"C\"\n\t\"fmt\"\n)\n", "", 0},
		{"two", "package p\n// int a;\nimport \"C\"\n// int b;\nimport \"C\"\n", "int a; int b;", 0},
		{"apart", "package p\n// int a;\n\nimport \"C\"\n", "", 0},
		{"for cgo", "package p\n// #cgo LDFLAGS: -lx\n// int a;\nimport \"C\"\n", "int a;", 0},
		{"carriage returns", "package p\r\n/*\r\nint a;\r\nint b;\r\n*/\r\nimport \"C\"\r\n", "int a; int b;", 0},
		{"end of file", "package p\n// int a;\nimport \"C\"", "int a;", 0},
		{"calls", "package p\n// int a;\nimport \"C\"\nfunc f() { C.Py_DecRef(C._PyX(nil)); C.f(); _ = C.PyFoo; D.Py_X() }\n", "int a;", 2},
		{"broken below", "package p\n// int a;\nimport \"C\"\nfunc f() { C.PyX() ) ]\n", "int a;", 1},
		{"broken above", "package \"C\"\n// int a;\nimport \"C\"\n", "!", 0},
		{"another string", "package p\nvar c = \"C\"\n", "-", 0},
		{"none", "package p\n", "-", 0},
	} {
		p, err := readPreamble([]byte(test.src))
		switch {
		case test.want == "-":
			if !errors.Is(err, errNoPreamble) {
				t.Errorf("%s: got %v, want no C code", test.name, err)
			}
			continue
		case test.want == "!":
			if err == nil || errors.Is(err, errNoPreamble) {
				t.Errorf("%s: got %v, want an error of the parser", test.name, err)
			}
			continue
		case err != nil:
			t.Errorf("%s: %v", test.name, err)
			continue
		}
		if got := strings.Join(strings.Fields(string(p.text)), " "); got != test.want || p.calls != test.calls {
			t.Errorf("%s: got %q with %d calls, want %q with %d", test.name, got, p.calls, test.want, test.calls)
		}
		for _, word := range strings.Fields(test.want) {
			if a, b := strings.Index(string(p.text), word), strings.Index(test.src, word); a != b && len(word) > 1 {
				t.Errorf("%s: %s is at %d, want %d", test.name, word, a, b)
			}
		}
		if len(p.text) != len(test.src) || strings.Count(string(p.text), "\n") != strings.Count(test.src, "\n") {
			t.Errorf("%s: the text has another size", test.name)
		}
	}
}
