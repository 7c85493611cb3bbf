package cfront

import (
	"bytes"
	"regexp"
)

// namedVariadic matches the rest of a #define with GNU's name for variable
// arguments, which the parser does not know: LOG(fmt, args...).
var namedVariadic = regexp.MustCompile(`^[ \t]*\w+\([^()]*?(\w+)[ \t]*\.\.\.[ \t]*\)`)

// namedVariadics returns edits that write such a macro as C99 does.
func namedVariadics(src []byte, toks []tok) []edit {
	var out []edit
	for _, t := range toks {
		if t.kind != directive {
			continue
		}
		name, rest := splitDirective(src, t)
		m := namedVariadic.FindSubmatchIndex(rest)
		if name != "define" || m == nil {
			continue
		}
		at := t.end - int32(len(rest))
		arg := rest[m[2]:m[3]]
		out = append(out, edit{at + int32(m[2]), at + int32(m[3]), ""})
		body := bytes.Clone(rest[m[1]:])
		for _, w := range lex(body) {
			if w.kind == ident && bytes.Equal(body[w.off:w.end], arg) {
				out = append(out, edit{at + int32(m[1]) + w.off, at + int32(m[1]) + w.end, "__VA_ARGS__"})
			}
		}
	}
	return out
}
