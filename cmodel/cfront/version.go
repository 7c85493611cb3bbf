package cfront

import (
	"fmt"
	"strings"
)

// A Version is an interpreter that code may be built for.
type Version struct {
	Major, Minor int
	FreeThreaded bool
}

func (v Version) python2() bool { return v.Major == 2 }

// macros returns what the headers of the version define to tell it from others,
// as in Include/patchlevel.h and pyconfig.h.
func (v Version) macros() map[string]int64 {
	m := map[string]int64{
		"PY_MAJOR_VERSION": int64(v.Major),
		"PY_MINOR_VERSION": int64(v.Minor),
		"PY_VERSION_HEX":   int64(v.Major)<<24 | int64(v.Minor)<<16 | 0xF0,
	}
	if v.FreeThreaded {
		m["Py_GIL_DISABLED"] = 1
	}
	return m
}

// versionNames are the macros that Version.macros may define.
var versionNames = set("PY_MAJOR_VERSION PY_MINOR_VERSION PY_VERSION_HEX Py_GIL_DISABLED")

// header writes the macros in which the model of the version differs from that
// of others.
func (v Version) header() []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "#define PY_MAJOR_VERSION %d\n", v.Major)
	fmt.Fprintf(&b, "#define PY_MINOR_VERSION %d\n", v.Minor)
	fmt.Fprintf(&b, "#define PY_VERSION_HEX 0x%02X%02X00F0\n", v.Major, v.Minor)
	fmt.Fprintf(&b, "#define PY_VERSION \"%d.%d.0\"\n", v.Major, v.Minor)
	if v.FreeThreaded {
		b.WriteString("#define Py_GIL_DISABLED 1\n")
	}
	return []byte(b.String())
}
