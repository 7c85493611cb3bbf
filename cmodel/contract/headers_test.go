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
	})
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

// readHeaders lists what the headers in dir and its folders declare.
func readHeaders(t *testing.T, dir string) map[string]declared {
	t.Helper()
	api := map[string]declared{}
	aliases := map[string]string{}
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
		if err != nil {
			return err
		}
		add := func(kind, name, text string) {
			if old, ok := api[name]; !ok || old.internal {
				api[name] = declared{kind, strings.Join(strings.Fields(text), " "), top == "internal"}
			}
		}
		src := attributes.ReplaceAllString(comments.ReplaceAllString(string(text), " "), "")
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
			if aliases[m[1]] == "" || identifier.MatchString(m[2]) {
				aliases[m[1]] = strings.TrimSpace(m[2])
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for changed := true; changed; {
		changed = false
		for name, target := range aliases {
			d, ok := api[target]
			old, known := api[name]
			switch {
			case ok && !known:
				api[name] = declared{"alias", fmt.Sprintf("%s of %s", target, d.kind), d.internal}
				changed = true
			case known && !ok && old.kind == "function" && identifier.MatchString(target):
				api[target] = declared{"function", old.text, old.internal} // compiled under this name
				changed = true
			}
		}
	}
	for name, text := range aliases {
		if _, known := api[name]; !known {
			api[name] = declared{"statement", text, true}
		}
	}
	return api
}
