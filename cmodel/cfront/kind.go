package cfront

import (
	"path/filepath"
	"runtime"
	"strings"
)

// kindOfFile says what a file is by its name.
type kindOfFile int

const (
	otherFile  kindOfFile = iota
	unitFile              // may be a translation unit
	headerFile            // is read when included
	cplusplusFile
	goFile // may have C in the comment above import "C"
)

// templateSuffix ends the names of NumPy's templates: loops.c.src makes loops.c.
const templateSuffix = ".src"

func isTemplate(name string) bool { return strings.HasSuffix(name, templateSuffix) }

func fileKind(name string) kindOfFile {
	base := strings.TrimSuffix(filepath.Base(name), templateSuffix)
	switch filepath.Ext(base) {
	case ".c":
		return unitFile
	case ".h", ".inc", ".inl", ".def", ".ch", ".tmpl", ".docstrings", ".ipp":
		return headerFile
	case ".cpp", ".cc", ".cxx", ".c++", ".C", ".hpp", ".hxx", ".hh", ".h++", ".cu", ".mm", ".m":
		return cplusplusFile
	case ".go":
		return goFile
	}
	return otherFile
}

// notAnalysed says why a file is not read, "" if it is.
func notAnalysed(name string) string {
	if fileKind(name) != cplusplusFile {
		return ""
	}
	switch filepath.Ext(strings.TrimSuffix(name, templateSuffix)) {
	case ".m", ".mm":
		return "Objective-C is not analysed"
	case ".cu":
		return "CUDA is not analysed"
	}
	return "C++ is not analysed"
}

func workers() int { return runtime.GOMAXPROCS(0) }
