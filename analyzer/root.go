package analyzer

import (
	"os"
	"path/filepath"
)

// rootMarks are what the top folder of a project has, the same as for the frontend.
var rootMarks = []string{".git", "pyproject.toml", "setup.py", "setup.cfg"}

// rooted returns a function that names files relative to the nearest folder above
// them that looks like the top of a project, for names that depend neither on the
// working directory nor on the machine. A file outside of any project goes by its
// bare name.
func rooted() func(file string) string {
	roots := map[string]string{}
	return func(file string) string {
		abs, err := filepath.Abs(file)
		if err != nil {
			return file
		}
		dir := filepath.Dir(abs)
		if _, known := roots[dir]; !known {
			roots[dir] = projectRoot(dir)
		}
		if rel, err := filepath.Rel(roots[dir], abs); err == nil && roots[dir] != "" {
			return filepath.ToSlash(rel)
		}
		return filepath.Base(abs)
	}
}

// projectRoot is the nearest folder from dir upwards that has a mark, or "".
func projectRoot(dir string) string {
	for d := dir; ; d = filepath.Dir(d) {
		for _, mark := range rootMarks {
			if _, err := os.Lstat(filepath.Join(d, mark)); err == nil {
				return d
			}
		}
		if d == filepath.Dir(d) {
			return ""
		}
	}
}
