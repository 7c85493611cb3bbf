package contract

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/refcheck/refcheck/internal/cpython"
)

// TestHeaders compares the table with the headers of every CPython found. Every
// public function and function-like macro has a contract or is listed with a reason in
// testdata/headers.txt, and every contract is of the versions that have its function.
func TestHeaders(t *testing.T) {
	reasons := readExplained(t, "testdata/headers.txt")
	excused := func(name string) bool {
		for i := range len(name) + 1 {
			if reasons[name[:i]+"*"] {
				return true
			}
		}
		return reasons[name]
	}
	cpython.Each(t, func(t *testing.T, py *cpython.Python) {
		api := readHeaders(t, py.Include)
		if len(api) < 1500 {
			t.Fatalf("only %d names read from %s", len(api), py.Include)
		}
		table := Load(Target{Minor: max(OldestMinor, py.Minor)})
		for name, d := range api {
			f := table.Lookup(name)
			if d.internal || !strings.HasPrefix(name, "Py") || f != nil && f.In(py.Minor) || excused(name) {
				continue
			}
			t.Errorf("%s, %s %s: no contract for 3.%d", name, d.kind, d.text, py.Minor)
		}
		for _, f := range All() {
			if !f.In(py.Minor) || f.elsewhere() || excused(f.Name) {
				continue
			}
			if _, ok := api[f.Name]; !ok {
				t.Errorf("%s:%d: %s is not in the headers of 3.%d", f.file, f.line, f.Name, py.Minor)
			}
		}
		checkRemoved(t, api, py.Minor)
	})
}

// checkRemoved compares the functions that are said to be removed in 3.minor or before with
// the headers of that version, which must not offer them to extensions.
func checkRemoved(t *testing.T, api map[string]declared, minor int) {
	t.Helper()
	n := 0
	for _, f := range All() {
		gone := Removed(f.Name)
		if gone == 0 || int(gone) > minor || f.elsewhere() || f.Python2 {
			continue
		}
		n++
		if d, ok := api[f.Name]; ok && !d.internal {
			t.Errorf("%s:%d: %s is in the headers of 3.%d, but removed in %s", f.file, f.line, f.Name, minor, gone)
		}
	}
	if least := map[int]int{9: 12, 12: 75, 13: 120}[minor]; n < least {
		t.Errorf("%d functions are removed in 3.%d, want %d", n, minor, least)
	}
}

// A declared name of a header.
type declared struct {
	kind, text string
	internal   bool // only in Include/internal
}

var (
	// Attributes, some of which look like calls, are of no interest.
	attributes = regexp.MustCompile(`_?Py_(?:DEPRECATED\w*\([^)]*\)|GCC_ATTRIBUTE\(\([^;{]*?\)\)|NO_RETURN\b)[ \t]*|__attribute__\(\([^;{]*?\)\)[ \t]*`)
	comments   = regexp.MustCompile(`(?s)/\*.*?\*/|//[^\n]*|\\\r?\n`)
	apiFunc    = regexp.MustCompile(`Py(?:API|MODINIT)_(?:FUNC|DATA)\(([^)]*)\)\s*(\w+)\s*\(([^;{]*)[;{]`)
	prototype  = regexp.MustCompile(`(?m)^((?:[A-Za-z_][\w \t*()]*[ \t*]+)?)(_?Py[A-Z_]\w*|PyUnstable_\w+)\s*\(([^;{}]*)\)[^;{}=]*[;{]`)
	funcMacro  = regexp.MustCompile(`(?m)^[ \t]*#[ \t]*define[ \t]+(_?Py\w*)\(([^)]*)\)(.*)`)
	identifier = regexp.MustCompile(`^\(?_?Py\w+\)?$`)
	objMacro   = regexp.MustCompile(`(?m)^[ \t]*#[ \t]*define[ \t]+(_?Py\w+)[ \t]+(.*)$`)
)

// headers is what the headers of one CPython declare.
type headers struct {
	api     map[string]declared
	aliases map[string]string // object-like macros
}

// readHeaders reads the headers in dir and its folders.
func readHeaders(t *testing.T, dir string) map[string]declared {
	t.Helper()
	h := headers{map[string]declared{}, map[string]string{}}
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".h" {
			return err
		}
		rel, _ := filepath.Rel(dir, path)
		top, _, _ := strings.Cut(filepath.ToSlash(rel), "/")
		if top != "cpython" && top != "internal" && top != rel {
			return nil // of another package, such as greenlet
		}
		text, err := os.ReadFile(path)
		if err == nil {
			h.scan(attributes.ReplaceAllString(comments.ReplaceAllString(string(text), " "), ""), top == "internal")
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	h.resolve()
	return h.api
}

// scan finds the declarations and macros of one header.
func (h *headers) scan(src string, internal bool) {
	add := func(kind, name, text string) {
		if old, ok := h.api[name]; !ok || old.internal {
			h.api[name] = declared{kind, strings.Join(strings.Fields(text), " "), internal}
		}
	}
	for _, m := range apiFunc.FindAllStringSubmatch(src, -1) {
		add("function", m[2], m[1]+" ("+m[3])
	}
	for _, m := range prototype.FindAllStringSubmatch(src, -1) {
		if !strings.HasPrefix(m[2], "PyAPI_") && !strings.HasPrefix(m[1], "return") && !strings.Contains(m[1], "typedef") {
			add("function", m[2], m[1]+" ("+m[3])
		}
	}
	for _, m := range funcMacro.FindAllStringSubmatch(src, -1) {
		add("macro", m[1], "("+m[2]+") "+m[3])
	}
	for _, m := range objMacro.FindAllStringSubmatch(src, -1) {
		if h.aliases[m[1]] == "" || identifier.MatchString(m[2]) {
			h.aliases[m[1]] = strings.TrimSpace(m[2])
		}
	}
}

// resolve enters the macros that are other names of functions, and the names
// under which functions are compiled that have such a macro.
func (h *headers) resolve() {
	for changed := true; changed; {
		changed = false
		for name, target := range h.aliases {
			d, ok := h.api[target]
			old, known := h.api[name]
			switch {
			case ok && !known:
				h.api[name] = declared{"alias", fmt.Sprintf("%s of %s", target, d.kind), d.internal}
				changed = true
			case known && !ok && old.kind == "function" && identifier.MatchString(target):
				h.api[target] = declared{"function", old.text, old.internal}
				changed = true
			}
		}
	}
	for name, text := range h.aliases {
		if _, known := h.api[name]; !known {
			h.api[name] = declared{"statement", text, true}
		}
	}
}
