package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/refcheck/refcheck/analyzer"
	"github.com/refcheck/refcheck/rules"
)

const leakyFile = `#include <Python.h>

static PyObject *
f(PyObject *self, PyObject *args)
{
    PyObject *x = PyList_New(0);
    if (x == NULL)
        return NULL;
    return PyLong_FromLong(1);
}
`

// TestBadInput runs the whole program on what is no C: it never panics, says in
// one line what the matter is, and reports the rest.
func TestBadInput(t *testing.T) {
	binary := "\x7fELF\x02\x01\x01\x00\x00\x00" + strings.Repeat("\x00\xff{(\"", 400)
	utf16 := "\xff\xfei\x00n\x00t\x00 \x00x\x00;\x00"
	for name, test := range map[string]struct {
		files map[string]string
		args  []string
		code  int
		want  []string // in standard output or error
	}{
		"no C files":     {map[string]string{"docs/readme.txt": "hello"}, []string{"docs"}, exitFailed, []string{"nothing to check in docs: no C files"}},
		"no such path":   {nil, []string{"nowhere"}, exitFailed, []string{"nowhere does not exist"}},
		"unknown flag":   {nil, []string{"--frobnicate"}, exitFailed, []string{"unknown flag: --frobnicate", "refcheck --help"}},
		"binary":         {map[string]string{"a.c": binary}, []string{"a.c"}, exitFailed, []string{"nothing to check in a.c", "a.c: "}},
		"binary and C":   {map[string]string{"a.c": binary, "b.c": leakyFile}, []string{"."}, exitFindings, []string{"b.c:9:5: RC101", "Skipped 1 file: a.c"}},
		"UTF-16":         {map[string]string{"a.c": utf16, "b.c": leakyFile}, []string{"."}, exitFindings, []string{"b.c:9:5: RC101", "a.c"}},
		"byte order":     {map[string]string{"a.c": "\xef\xbb\xbf" + leakyFile}, []string{"."}, exitFindings, []string{"a.c:9:5: RC101"}},
		"CRLF":           {map[string]string{"a.c": strings.ReplaceAll(leakyFile, "\n", "\r\n")}, []string{"."}, exitFindings, []string{"a.c:9:5: RC101"}},
		"Latin-1":        {map[string]string{"a.c": "/* gr\xf6\xdfe */\n" + leakyFile}, []string{"."}, exitFindings, []string{"a.c:10:5: RC101"}},
		"truncated":      {map[string]string{"a.c": leakyFile + leakyFile[strings.Index(leakyFile, "static"):120]}, []string{"."}, exitFindings, []string{"a.c:9:5: RC101", "in 1 file."}},
		"in a string":    {map[string]string{"a.c": leakyFile + "const char *s = \"no end"}, []string{"."}, exitFindings, []string{"a.c:9:5: RC101"}},
		"in a comment":   {map[string]string{"a.c": leakyFile + "/* no end"}, []string{"."}, exitFindings, []string{"a.c:9:5: RC101"}},
		"in #if":         {map[string]string{"a.c": leakyFile + "#if 1\nint x;\n"}, []string{"."}, exitFindings, []string{"a.c:9:5: RC101"}},
		"empty":          {map[string]string{"a.c": ""}, []string{"a.c"}, exitClean, []string{"Nothing found"}},
		"folder as file": {map[string]string{"a.c/b.c": leakyFile}, []string{"a.c"}, exitFindings, []string{"a.c/b.c:9:5: RC101"}},
		"includes itself": {map[string]string{"a.c": "#include \"a.c\"\n" + leakyFile}, []string{"a.c"}, exitFindings,
			[]string{"a.c:10:5: RC101"}},
		"bad config":    {map[string]string{"refcheck.toml": "select = [", "a.c": ""}, nil, exitFailed, []string{"refcheck.toml:1:"}},
		"bad contracts": {map[string]string{"x.txt": "PyObject f(", "a.c": ""}, []string{"--contracts", "x.txt", "."}, exitFailed, []string{"x.txt:1"}},
	} {
		t.Run(name, func(t *testing.T) {
			code, text := runIn(t, test.files, test.args)
			if code != test.code {
				t.Errorf("exit code %d, want %d", code, test.code)
			}
			for _, want := range test.want {
				if !strings.Contains(text, want) {
					t.Errorf("the output lacks %q", want)
				}
			}
			if strings.Contains(text, "internal error") || strings.Contains(text, "bug in refcheck") {
				t.Error("refcheck crashed")
			}
			if t.Failed() {
				t.Log(text)
			}
		})
	}
}

// TestUnreadable: a file that may not be read is an error if it was asked for,
// and named if it was met in a folder.
func TestUnreadable(t *testing.T) {
	if os.Getuid() == 0 {
		t.Skip("root may read everything")
	}
	files := map[string]string{"secret.c": leakyFile, "b.c": leakyFile}
	if code, text := runIn(t, files, []string{"secret.c"}); code != exitFailed || !strings.Contains(text, "cannot read secret.c: permission denied") {
		t.Errorf("exit code %d:\n%s", code, text)
	}
	code, text := runIn(t, files, []string{"."})
	if code != exitFindings || !strings.Contains(text, "secret.c") || !strings.Contains(text, "b.c:9:5") {
		t.Errorf("exit code %d:\n%s", code, text)
	}
}

// runIn runs refcheck in a new folder with some files, of which those called
// secret may not be read, and returns the exit code and all it printed.
func runIn(t *testing.T, files map[string]string, args []string) (int, string) {
	t.Helper()
	t.Chdir(t.TempDir())
	if err := os.Mkdir(".git", 0o777); err != nil {
		t.Fatal(err)
	}
	for name, text := range files {
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		mode := os.FileMode(0o666)
		if strings.HasPrefix(name, "secret") {
			mode = 0
		}
		if err := os.WriteFile(name, []byte(text), mode); err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	a := &app{stdin: strings.NewReader(""), stdout: &out, stderr: &out, analyze: analyzer.Analyze, rules: rules.All}
	code := a.run(context.Background(), args)
	return code, out.String()
}
