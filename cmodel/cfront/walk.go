package cfront

import (
	"context"
	"os"
	"path"
	"path/filepath"
	"strings"
)

const (
	maxOtherFiles = 2000   // C files read for summaries only
	maxEntries    = 200000 // folder entries looked at outside of what the user named
	maxLoose      = 5000   // the same where nothing marks the folder as a project
	maxDepth      = 40     // of folders
)

// buildFolders hold nothing that people wrote.
var buildFolders = set(`.git .hg .svn .bzr node_modules build dist _build .tox .nox .venv venv virtualenv site-packages dist-packages __pycache__
	.eggs .mypy_cache .pytest_cache .ruff_cache .cache .idea .vscode CMakeFiles bazel-out .pixi .conda`)

// vendorFolders hold other people's code: its headers are read, its functions
// are not analysed.
var vendorFolders = set(`vendor vendored _vendor third_party third-party thirdparty 3rdparty subprojects extern external bundled submodules`)

// A walker collects the C files below a folder.
type walker struct {
	ctx     context.Context
	entries int
	limit   int // of entries; 0 for no limit
	visit   func(abs string, vendored bool)
}

// walk visits the files below dir in order of their names. ignore holds the
// .gitignore rules that apply, with paths relative to base. Symbolic links
// are not followed, so that the walk stays in the tree and ends.
func (w *walker) walk(base, dir string, ignore ignoreRules, vendored bool, depth int) error {
	if err := w.ctx.Err(); err != nil {
		return err
	}
	if depth > maxDepth {
		return nil
	}
	list, err := os.ReadDir(dir)
	if err != nil {
		if depth == 0 {
			return err
		}
		return nil // no permission: nothing of the user's to analyse here
	}
	rel := relSlash(base, dir)
	ignore = ignore.with(dir, rel)
	for _, e := range list {
		if w.entries++; w.limit > 0 && w.entries > w.limit {
			return nil
		}
		name := e.Name()
		abs := filepath.Join(dir, name)
		switch {
		case e.Type()&os.ModeSymlink != 0 || ignore.ignored(path.Join(rel, name), e.IsDir()):
		case e.IsDir():
			if buildFolders[name] || strings.HasSuffix(name, ".egg-info") || isVirtualEnv(abs) {
				continue
			}
			if err := w.walk(base, abs, ignore, vendored || vendorFolders[name], depth+1); err != nil {
				return err
			}
		case e.Type().IsRegular():
			w.visit(abs, vendored)
		}
	}
	return nil
}

func isVirtualEnv(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, "pyvenv.cfg"))
	return err == nil
}

// relSlash is dir relative to base, slash-separated, "" for base itself.
func relSlash(base, dir string) string {
	rel, err := filepath.Rel(base, dir)
	if err != nil || rel == "." {
		return ""
	}
	return filepath.ToSlash(rel)
}

// ignoreAbove collects the .gitignore files from base down to, but not
// including, dir.
func ignoreAbove(base, dir string) ignoreRules {
	var rules ignoreRules
	rel := relSlash(base, dir)
	for at := ""; at != rel; {
		rules = rules.with(filepath.Join(base, filepath.FromSlash(at)), at)
		next, _, _ := strings.Cut(strings.TrimPrefix(rel[len(at):], "/"), "/")
		at = path.Join(at, next)
	}
	return rules
}

// projectMarkers are the files that mark the root of a project.
var projectMarkers = []string{".git", "pyproject.toml", "setup.py", "setup.cfg"}

// projectRoot returns the nearest folder at or above dir with a marker, or dir.
func projectRoot(dir string) string {
	for d := dir; ; d = filepath.Dir(d) {
		if hasMarker(d) {
			return d
		}
		if filepath.Dir(d) == d {
			return dir
		}
	}
}

func hasMarker(dir string) bool {
	for _, m := range projectMarkers {
		if _, err := os.Stat(filepath.Join(dir, m)); err == nil {
			return true
		}
	}
	return false
}
