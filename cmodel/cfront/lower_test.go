package cfront

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/refcheck/refcheck/cmodel/ir"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// testReturns stands for the contract table.
func testReturns(name string) *ir.Type {
	switch {
	case strings.HasPrefix(name, "PyList_New"), strings.HasPrefix(name, "PyLong_From"), name == "Py_NewRef",
		name == "PyDict_GetItem", name == "PyTuple_New", name == "PyUnicode_FromString", name == "PyModule_Create":
		return objectPtr
	case strings.HasPrefix(name, "Py") && strings.Contains(name, "_Set"), strings.HasSuffix(name, "_Check"):
		return intType
	case strings.HasPrefix(name, "Py_"):
		return voidType
	}
	return nil
}

// lowerText parses and lowers one file given as text.
func lowerText(t testing.TB, name, src string) *ir.Unit {
	t.Helper()
	p, err := parseText(name, src, Options{PyMinor: 13})
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	u := &Unit{Path: name, Parses: []*parsed{p}}
	return u.Lower(testReturns)
}

// formatUnit prints everything in a unit that came from the text.
func formatUnit(u *ir.Unit) []byte {
	var b bytes.Buffer
	for _, g := range u.Globals {
		g.Format(&b)
	}
	for _, f := range u.Funcs {
		f.Format(&b)
	}
	for _, g := range u.Gaps {
		fmt.Fprintf(&b, "gap %s: %s: %s\n", g.Pos, g.Func, g.Reason)
	}
	return b.Bytes()
}

// TestLower compares the IR of each testdata/lower/*.txtar: a C file NAME.c is
// followed by its IR in NAME.ir.
func TestLower(t *testing.T) {
	rethrow = true
	files, _ := filepath.Glob("testdata/lower/*.txtar")
	if len(files) == 0 {
		t.Fatal("no test data")
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) { testArchive(t, file) })
	}
}

func testArchive(t *testing.T, file string) {
	ar, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string][]byte{}
	for _, f := range ar.Files {
		want[f.Name] = f.Data
	}
	out := &txtar.Archive{Comment: ar.Comment}
	for _, f := range ar.Files {
		if !strings.HasSuffix(f.Name, ".c") {
			continue
		}
		u := lowerText(t, f.Name, string(f.Data))
		for _, fn := range u.Funcs {
			if err := ir.Sanity(fn); err != nil {
				t.Errorf("%s: %v\n%s", f.Name, err, fn)
			}
		}
		got := formatUnit(u)
		irName := strings.TrimSuffix(f.Name, ".c") + ".ir"
		if !*update && !bytes.Equal(got, want[irName]) {
			t.Errorf("%s: got\n%s\nwant\n%s\n(accept with go test ./cmodel/cfront -run TestLower -update)", f.Name, got, want[irName])
		}
		out.Files = append(out.Files, f, txtar.File{Name: irName, Data: got})
	}
	if *update {
		if err := os.WriteFile(file, txtar.Format(out), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}
