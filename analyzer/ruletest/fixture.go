// Package ruletest runs rules over C fixtures that say in comments what must be
// found.
//
// A comment `// want "RC101"` or `// want "RC101: regexp"` expects a finding on its
// line; several strings expect several findings. `// note "acquire: regexp"` expects a
// step of that kind on its line, on the path of a finding in the same function.
// The names of functions are verdicts: something_bad must be reported, something_ok
// must not; FN_something_bad and FP_something_ok are known mistakes of refcheck, and
// the test fails once they are mended, so that the prefix can go. A fixture with the line
// `// refcheck --target-python 3.12` is analysed for that version, and one with
// `// refcheck --min-confidence low` shows findings of low confidence.
package ruletest

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/tools/txtar"
)

// A Fixture is one program: a .c file, or the files of a .txtar archive.
type Fixture struct {
	Name  string // base name of the file in testdata
	Files []File
}

// A File is one file of a fixture.
type File struct {
	Name string // relative, slash-separated
	Text string
}

// Load reads all fixtures of a testdata folder.
func Load(dir string) ([]*Fixture, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var fixtures []*Fixture
	for _, e := range entries {
		data, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			return nil, err
		}
		f := &Fixture{Name: e.Name()}
		switch filepath.Ext(e.Name()) {
		case ".c":
			f.Files = []File{{e.Name(), string(data)}}
		case ".txtar":
			for _, af := range txtar.Parse(data).Files {
				f.Files = append(f.Files, File{af.Name, string(af.Data)})
			}
		default:
			return nil, fmt.Errorf("%s: a fixture is a .c or a .txtar file", filepath.Join(dir, e.Name()))
		}
		fixtures = append(fixtures, f)
	}
	return fixtures, nil
}

// targetLine is a line of a fixture for a version of Python.
var targetLine = regexp.MustCompile(`(?m)^// refcheck --target-python (\S+)\n`)

// Python is the version of Python that the first file asks for, "" if it asks for none.
func (f *Fixture) Python() string {
	if m := targetLine.FindStringSubmatch(f.Files[0].Text); m != nil {
		return m[1]
	}
	return ""
}

// lowLine is a line of a fixture that is about findings of low confidence.
var lowLine = regexp.MustCompile(`(?m)^// refcheck --min-confidence low\n`)

// Low reports whether the first file asks for findings of low confidence as well.
func (f *Fixture) Low() bool { return lowLine.MatchString(f.Files[0].Text) }

// write puts the fixture's files into dir.
func (f *Fixture) write(dir string) error {
	for _, file := range f.Files {
		if !filepath.IsLocal(file.Name) {
			return fmt.Errorf("%s: %q leads out of the fixture", f.Name, file.Name)
		}
		path := filepath.Join(dir, filepath.FromSlash(file.Name))
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			return err
		}
		if err := os.WriteFile(path, []byte(file.Text), 0o666); err != nil {
			return err
		}
	}
	return nil
}

// A Func is a function definition of a fixture.
type Func struct {
	Name        string
	First, Last int // lines
}

// Verdict is what the function's name says about it: "bad", "ok" or "" for
// functions that only help others.
func (f Func) Verdict() string {
	for _, v := range []string{"bad", "ok"} {
		if strings.HasSuffix(f.Name, "_"+v) {
			return v
		}
	}
	return ""
}

// Known reports whether the function shows a known mistake of refcheck. Module
// initialization functions have the mark after the prefix of their kind.
func (f Func) Known() bool {
	name := strings.TrimPrefix(f.Name, "PyInit_")
	return strings.HasPrefix(name, "FP_") || strings.HasPrefix(name, "FN_")
}

// expectFinding reports what must happen in the function, "" if the name does
// not say.
func (f Func) expectFinding() (want, says bool) {
	verdict := f.Verdict()
	return (verdict == "bad") != f.Known(), verdict != ""
}

// funcStart finds definitions laid out as in CPython: the name in the first
// column, or after its type on a line that starts there.
var funcStart = regexp.MustCompile(`^(?:[A-Za-z_][\w\s*]*?[\s*])?([A-Za-z_]\w*)\([^;]*$`)

// tableStart finds definitions of type objects and other tables, which can have
// verdicts as functions do: `static PyTypeObject Node_bad = {`.
var tableStart = regexp.MustCompile(`^[A-Za-z_][\w\s]*\s([A-Za-z_]\w*)(?:\[\])? = \{(?:\s*//.*)?$`)

// Funcs lists the function definitions of a file, and those of tables. It reads
// layout, not C: the braces of a body are in the first column.
func (f *File) Funcs() []Func {
	var funcs []Func
	var open *Func
	body := false
	for i, line := range strings.Split(f.Text, "\n") {
		line = strings.TrimRight(line, " \t\r")
		switch {
		case body && strings.HasPrefix(line, "}"):
			open.Last = i + 1
			funcs = append(funcs, *open)
			open, body = nil, false
		case body:
		case open != nil && line == "{":
			body = true
		case tableStart.MatchString(line):
			open, body = &Func{Name: tableStart.FindStringSubmatch(line)[1], First: i + 1}, true
		case strings.HasSuffix(line, ";") || strings.HasPrefix(line, "#"):
			open = nil
		default:
			if m := funcStart.FindStringSubmatch(line); m != nil {
				open = &Func{Name: m[1], First: i + 1}
			}
		}
	}
	return funcs
}

// funcAt is the function that contains a line; the zero Func if none does.
func funcAt(funcs []Func, line int) Func {
	i := slices.IndexFunc(funcs, func(f Func) bool { return f.First <= line && line <= f.Last })
	if i < 0 {
		return Func{}
	}
	return funcs[i]
}
