package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
)

// readable returns an error that says why path cannot be read. It opens regular
// files only: opening a pipe would wait for its writer.
func readable(name string) error {
	if name == "" {
		return errors.New("a path is empty: use . for the current folder")
	}
	info, err := os.Stat(name)
	if err == nil && !info.IsDir() && !info.Mode().IsRegular() {
		return fmt.Errorf("%s is not a regular file: use - to read standard input", name)
	}
	if err == nil {
		var f *os.File
		if f, err = os.Open(name); err == nil {
			return f.Close()
		}
	}
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s does not exist", name)
	}
	var pathErr *fs.PathError
	if errors.As(err, &pathErr) {
		err = pathErr.Err
	}
	return fmt.Errorf("cannot read %s: %w", name, err)
}

// commandNames are the commands, for hints.
var commandNames = []string{"api", "check", "completion", "explain", "help", "lsp", "replay", "rules", "version"}

// commandHint is added when a path that cannot be read looks like a misspelled
// command.
func commandHint(name string) string {
	if strings.ContainsAny(name, `./\`) {
		return ""
	}
	if best := closest(name, commandNames); best != "" {
		return fmt.Sprintf(" (did you mean the command %q?)", "refcheck "+best)
	}
	return ""
}

// compileDB returns the folder with the compile_commands.json that -p names: the
// folder, as for other tools, or the file itself.
func compileDB(dir string) (string, error) {
	if dir == "" {
		return "", nil
	}
	const name = "compile_commands.json"
	if filepath.Base(dir) == name {
		dir = filepath.Dir(dir)
	}
	if err := readable(filepath.Join(dir, name)); err != nil {
		return "", fmt.Errorf("--build-dir: %w: let the build system write it (cmake -DCMAKE_EXPORT_COMPILE_COMMANDS=ON, meson, bear), or leave out -p", err)
	}
	return dir, nil
}

// An excluder matches paths against glob patterns that start from a folder.
type excluder struct {
	base     string
	patterns []string
}

// newExcluder checks the patterns. An empty base is the current folder.
func newExcluder(base string, patterns []string) (*excluder, error) {
	if base == "" {
		var err error
		if base, err = os.Getwd(); err != nil {
			return nil, err
		}
	}
	e := &excluder{base: base}
	for _, p := range patterns {
		clean := strings.TrimSuffix(strings.TrimPrefix(filepath.ToSlash(p), "./"), "/")
		if !doublestar.ValidatePattern(clean) || clean == "" {
			return nil, fmt.Errorf("--exclude: bad pattern %q: want a glob such as build, third_party/** or *_gen.c", p)
		}
		e.patterns = append(e.patterns, clean)
	}
	return e, nil
}

// match reports whether a pattern fits name or a folder it is in. A pattern
// without a slash fits a file or folder of that name anywhere, another one the
// path from the base.
func (e *excluder) match(name string) bool {
	if len(e.patterns) == 0 {
		return false
	}
	rel := e.relative(name)
	for p := rel; p != "." && p != "/" && p != ""; p = path.Dir(p) {
		if slices.ContainsFunc(e.patterns, func(pattern string) bool {
			subject := p
			if !strings.Contains(pattern, "/") {
				subject = path.Base(p)
			}
			ok, _ := doublestar.Match(pattern, subject)
			return ok
		}) {
			return true
		}
	}
	return false
}

// relative names a path relative to the base, or absolutely if it is outside.
func (e *excluder) relative(name string) string {
	abs, err := filepath.Abs(name)
	if err != nil {
		return filepath.ToSlash(name)
	}
	rel, err := filepath.Rel(e.base, abs)
	if err != nil || rel == ".." || strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
		return filepath.ToSlash(abs)
	}
	return filepath.ToSlash(rel)
}

// repositoryRoot is the top folder of the git repository dir is in, else dir.
func repositoryRoot(dir string) string {
	for d := dir; ; d = filepath.Dir(d) {
		if _, err := os.Lstat(filepath.Join(d, ".git")); err == nil {
			return d
		}
		if d == filepath.Dir(d) {
			return dir
		}
	}
}
