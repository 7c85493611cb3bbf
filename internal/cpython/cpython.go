// Package cpython lets tests ask real CPython interpreters: it finds those that
// are installed with headers, compiles extension modules against each, and runs
// scripts that import them. Nothing outside tests imports it.
package cpython

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sort"
	"sync"
	"testing"
	"time"
)

// RequireEnv, when set to 1, turns "no interpreter to test with" from a skip
// into a failure.
const RequireEnv = "REFCHECK_REQUIRE_PYTHON"

// Versions supported, as 3.N.
const (
	minMinor = 7
	maxMinor = 15
)

// A Python is one interpreter with its headers.
type Python struct {
	Exe     string
	Minor   int    // 13 for 3.13
	Version string // "3.13.0"
	Include string
	Suffix  string // file name suffix of extension modules
	// FreeThreaded builds count references in two places; Py_REFCNT still adds up.
	FreeThreaded bool
}

const describe = `
import json, sys, sysconfig
print(json.dumps(dict(
    Major=sys.version_info[0], Minor=sys.version_info[1],
    Version="%d.%d.%d" % sys.version_info[:3],
    Include=sysconfig.get_paths()["include"],
    Suffix=sysconfig.get_config_var("EXT_SUFFIX"),
    FreeThreaded=bool(sysconfig.get_config_var("Py_GIL_DISABLED")))))
`

var find = sync.OnceValue(func() []*Python {
	var found []*Python
	seen := map[string]bool{}
	for _, exe := range candidates() {
		py, err := probe(exe)
		if err != nil || seen[py.Include] {
			continue
		}
		seen[py.Include] = true
		found = append(found, py)
	}
	sort.SliceStable(found, func(i, j int) bool { return found[i].Minor < found[j].Minor })
	return found
})

// candidates lists programs that may be interpreters: those of pyenv, then
// what is on the path.
func candidates() []string {
	root := os.Getenv("PYENV_ROOT")
	if root == "" {
		if home, err := os.UserHomeDir(); err == nil {
			root = filepath.Join(home, ".pyenv")
		}
	}
	exes, _ := filepath.Glob(filepath.Join(root, "versions", "3.*", "bin", "python3"))
	if exe, err := exec.LookPath("python3"); err == nil {
		exes = append(exes, exe)
	}
	return append(exes, "/usr/bin/python3")
}

func probe(exe string) (*Python, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	out, err := exec.CommandContext(ctx, exe, "-c", describe).Output()
	if err != nil {
		return nil, err
	}
	var d struct {
		Python
		Major int
	}
	if err := json.Unmarshal(out, &d); err != nil {
		return nil, err
	}
	if d.Major != 3 || d.Minor < minMinor || d.Minor > maxMinor {
		return nil, fmt.Errorf("%s: version %s is not supported", exe, d.Version)
	}
	if _, err := os.Stat(filepath.Join(d.Include, "Python.h")); err != nil {
		return nil, err
	}
	d.Exe = exe
	return &d.Python, nil
}

// Newest returns the interpreter of the newest version, nil if there is none. Where one is required
// its absence is a failure.
func Newest(t *testing.T) *Python {
	t.Helper()
	found := find()
	if len(found) == 0 {
		if os.Getenv(RequireEnv) == "1" {
			t.Fatal("no Python with headers found")
		}
		return nil
	}
	return found[len(found)-1]
}

// Each runs f once per interpreter, in parallel subtests. Without an interpreter
// or a C compiler the test is skipped, or fails if RequireEnv says so.
func Each(t *testing.T, f func(t *testing.T, py *Python)) {
	t.Helper()
	each(t, find(), f)
}

// Ends is Each for the oldest and the newest interpreter that have a GIL only.
func Ends(t *testing.T, f func(t *testing.T, py *Python)) {
	t.Helper()
	var ends []*Python
	for _, py := range find() {
		switch {
		case py.FreeThreaded:
		case len(ends) < 2:
			ends = append(ends, py)
		default:
			ends[1] = py
		}
	}
	each(t, ends, f)
}

func each(t *testing.T, pythons []*Python, f func(t *testing.T, py *Python)) {
	t.Helper()
	missing := ""
	if _, err := exec.LookPath("gcc"); err != nil {
		missing = "no gcc"
	} else if len(pythons) == 0 {
		missing = "no CPython 3.7 or later with headers"
	}
	switch {
	case missing != "" && os.Getenv(RequireEnv) == "1":
		t.Fatal(missing)
	case missing != "":
		t.Skip(missing)
	}
	for _, py := range pythons {
		t.Run(py.Version, func(t *testing.T) {
			t.Parallel()
			f(t, py)
		})
	}
}

// Build compiles sources into an extension module and returns the folder that it
// can be imported from. Any compiler warning fails the test.
func (py *Python) Build(t *testing.T, module string, sources ...string) string {
	t.Helper()
	dir := t.TempDir()
	args := []string{"-Wall", "-Wextra", "-Wno-unused-parameter", "-Wno-missing-field-initializers",
		"-Wno-cast-function-type", "-Werror", "-O1", "-g", "-fPIC", "-shared",
		"-isystem", py.Include, "-o", filepath.Join(dir, module+py.Suffix)}
	py.run(t, dir, "gcc", append(args, sources...)...)
	return dir
}

// Run runs a Python script with args; modules in dir can be imported. It returns
// what the script printed. A script that fails or crashes fails the test.
func (py *Python) Run(t *testing.T, dir, script string, args ...string) string {
	t.Helper()
	return py.run(t, dir, py.Exe, append([]string{"-c", script}, args...)...)
}

// Try is Run for scripts that may crash: it returns what was printed until then,
// and how the script failed, or "".
func (py *Python) Try(t *testing.T, dir, script string, args ...string) (out, failed string) {
	t.Helper()
	stdout, stderr, err := py.start(t, dir, py.Exe, append([]string{"-c", script}, args...)...)
	if err != nil {
		failed = fmt.Sprintf("%v\n%s", err, stderr)
	}
	return stdout, failed
}

func (py *Python) run(t *testing.T, dir, exe string, args ...string) string {
	t.Helper()
	stdout, stderr, err := py.start(t, dir, exe, args...)
	if err != nil {
		t.Fatalf("%s: %v\n%s%s", filepath.Base(exe), err, stdout, stderr)
	}
	return stdout
}

func (py *Python) start(t *testing.T, dir, exe string, args ...string) (out, errors string, err error) {
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, exe, args...)
	cmd.Env = append(os.Environ(), "PYTHONPATH="+dir, "PYTHONMALLOC=debug",
		"PYTHONDONTWRITEBYTECODE=1", "PYTHONFAULTHANDLER=1")
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err = cmd.Run()
	return stdout.String(), stderr.String(), err
}
