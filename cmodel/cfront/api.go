package cfront

import (
	"os"
	"strings"

	"github.com/refcheck/refcheck/cmodel/ir"
)

// Source returns the text of a file of the project as the user wrote it, or nil.
func (p *Project) Source(path string) []byte {
	f := p.byPath[path]
	if f == nil {
		return nil
	}
	if f.mem != nil {
		return f.mem
	}
	text, err := os.ReadFile(f.abs)
	if err != nil {
		return nil
	}
	return text
}

// Release drops the syntax trees, which are large, once the unit was lowered.
func (u *Unit) Release() { u.Parses, u.Others = nil, nil }

// ParseType reads a simple C type such as "const PyObject *" or "Py_ssize_t", as
// contracts write them. Unknown names are integers unless they point somewhere.
func ParseType(text string) *ir.Type {
	stars := strings.Count(text, "*")
	name := ""
	t := &ir.Type{Kind: ir.Int}
	for _, w := range strings.Fields(strings.ReplaceAll(text, "*", " ")) {
		switch w {
		case "const", "struct", "volatile":
		case "unsigned", "size_t":
			t.Unsigned = true
			name = w
		default:
			name = w
		}
	}
	t.Name = name
	switch {
	case name == "void":
		t.Kind = ir.Void
	case name == "double" || name == "float":
		t.Kind = ir.Float
	case isObjectName(name):
		t.Kind, t.Object = ir.StructType, true
	case strings.HasPrefix(name, "Py") && stars > 0:
		t.Kind = ir.StructType
	}
	for range stars {
		t = &ir.Type{Kind: ir.Pointer, Elem: t}
	}
	return t
}

func isObjectName(name string) bool {
	return name == "PyObject" || name == "PyVarObject" || name == "PyTypeObject" || name == "PyArray_Descr" ||
		strings.HasPrefix(name, "Py") && strings.HasSuffix(name, "Object")
}
