package rules

import (
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/refcheck/refcheck/internal/cpython"
)

// liveOn is the Python that live fixtures run on, unless they say "on 3.N": they
// compile two dozen extensions, so one interpreter each has to do.
const liveOn = "13"

var onVersion = regexp.MustCompile(`(?m)^on 3\.(\d+)$`)

// TestLive shows on a real interpreter that what the rules say about types is
// true. Each live fixture is an extension with two types and a script whose
// function fine tries one of them: with Good it holds, with Bad it does not, or
// the interpreter crashes.
func TestLive(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("*", "testdata", "live_*.txtar"))
	if err != nil || len(files) < 15 {
		t.Fatalf("%d live fixtures: %v", len(files), err)
	}
	cpython.Each(t, func(t *testing.T, py *cpython.Python) {
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			ar := txtar.Parse(data)
			on := liveOn
			if m := onVersion.FindSubmatch(ar.Comment); m != nil {
				on = string(m[1])
			}
			if strconv.Itoa(py.Minor) == on && !py.FreeThreaded {
				t.Run(liveName(file), func(t *testing.T) { tryLive(t, py, ar) })
			}
		}
	})
}

// liveName is the rule's folder and the name of the fixture.
func liveName(file string) string {
	name := strings.TrimSuffix(filepath.Base(file), ".txtar")
	return filepath.Dir(filepath.Dir(file)) + "/" + name
}

func tryLive(t *testing.T, py *cpython.Python, ar *txtar.Archive) {
	src := t.TempDir()
	script := ""
	for _, f := range ar.Files {
		if f.Name == "check.py" {
			script = string(f.Data)
			continue
		}
		if err := os.WriteFile(filepath.Join(src, f.Name), f.Data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	dir := py.Build(t, "live", filepath.Join(src, "live.c"))
	for _, name := range []string{"Good", "Bad"} {
		out, failed := py.Try(t, dir, script+"\nimport live, sys\nsys.exit(0 if fine(live."+name+") else 1)\n")
		if fine := failed == ""; fine != (name == "Good") {
			t.Errorf("%s: fine is %v\n%s%s", name, fine, out, failed)
		}
	}
}
