package contract

import (
	"fmt"
	"strings"
)

// splitDecl splits "const char *name" into its type and its name.
func splitDecl(s string) (typ, name string, err error) {
	s = strings.TrimSpace(s)
	i := len(s)
	for i > 0 && isWordByte(s[i-1]) {
		i--
	}
	typ, name = strings.TrimSpace(s[:i]), s[i:]
	if typ == "" || name == "" {
		return "", "", fmt.Errorf("%q is not a type and a name", s)
	}
	if c := name[0]; c >= '0' && c <= '9' {
		return "", "", fmt.Errorf("bad name %q", name)
	}
	return typ, name, checkType(typ)
}

func isWordByte(c byte) bool {
	return c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}

// checkType accepts one type name with C keywords and stars around it, so that
// a misspelt word ("stollen PyObject *") is not taken for part of the type. It
// wants the one spelling "const char *const *".
func checkType(typ string) error {
	names := 0
	base, stars := typ, ""
	if i := strings.IndexByte(typ, '*'); i >= 0 {
		base, stars = typ[:i], typ[i:]
		if i == 0 || typ[i-1] != ' ' {
			return fmt.Errorf("write %q with a blank before the first star", typ)
		}
	}
	switch stars {
	case "", "*", "**", "***", "*const *", "*const **":
	default:
		return fmt.Errorf("cannot read type %q", typ)
	}
	for base != "" {
		var word string
		word, base, _ = strings.Cut(base, " ")
		switch word {
		case "", "const", "volatile", "unsigned", "signed", "struct", "enum":
		case "void", "char", "short", "int", "long", "float", "double":
			names |= 1
		default:
			for i := range len(word) {
				if !isWordByte(word[i]) {
					return fmt.Errorf("cannot read type %q", typ)
				}
			}
			if names != 0 {
				return fmt.Errorf("unknown word in %q", typ)
			}
			names = 2
		}
	}
	return nil
}

// IsObjectType reports whether typ, written as in the contract files, is a
// pointer to a Python object: PyObject *, PyTypeObject *, PyArray_Descr * ...
func IsObjectType(typ string) bool {
	base, ok := strings.CutSuffix(typ, " *")
	if !ok {
		return false
	}
	base = strings.TrimPrefix(base, "const ")
	if base == "PyArray_Descr" || base == "PyArray_DTypeMeta" {
		return true
	}
	return strings.HasSuffix(base, "Object") && (strings.HasPrefix(base, "Py") || strings.HasPrefix(base, "_Py"))
}
