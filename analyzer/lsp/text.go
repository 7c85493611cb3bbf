package lsp

import (
	"net/url"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"github.com/refcheck/refcheck/cmodel/source"
)

// A text is the lines of a file, without their ends.
type text []string

func newText(s string) text {
	lines := strings.Split(s, "\n")
	for i, l := range lines {
		lines[i] = strings.TrimSuffix(l, "\r")
	}
	return lines
}

func (t text) line(n int) string {
	if n < 0 || n >= len(t) {
		return ""
	}
	return t[n]
}

// position converts a place in bytes, from 1, to one in UTF-16 code units, from 0.
func (t text) position(line, column int) position {
	s := t.line(line - 1)
	s = s[:min(len(s), max(0, column-1))]
	n := 0
	for _, r := range s {
		n++
		if r > 0xffff {
			n++
		}
	}
	return position{max(0, line-1), n}
}

// span converts a span; one without an end reaches to the end of its line.
func (t text) span(s source.Span) textRange {
	if s.EndLine == 0 {
		return textRange{t.position(s.Line, s.Column), t.position(s.Line, len(t.line(s.Line-1))+1)}
	}
	return textRange{t.position(s.Line, s.Column), t.position(s.EndLine, s.EndColumn)}
}

// offset is the byte in its line that a position means.
func (t text) offset(p position) int {
	s, units := t.line(p.Line), 0
	for i, r := range s {
		if units >= p.Character {
			return i
		}
		units++
		if r > 0xffff {
			units++
		}
	}
	return len(s)
}

// word returns the identifier at a position and where it is; "" if there is none.
func (t text) word(p position) (string, textRange) {
	s := t.line(p.Line)
	start := t.offset(p)
	end := start
	for start > 0 && identifier(s[start-1]) {
		start--
	}
	for end < len(s) && identifier(s[end]) {
		end++
	}
	if start == end || s[start] >= '0' && s[start] <= '9' {
		return "", textRange{}
	}
	return s[start:end], textRange{t.position(p.Line+1, start+1), t.position(p.Line+1, end+1)}
}

func identifier(c byte) bool {
	return c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= utf8.RuneSelf
}

// commentPlace is where on a line, from 1, a comment can be put: at its end, but
// before the backslash of a macro and before a comment that takes the rest of the line.
func (t text) commentPlace(line int) position {
	s := t.line(line - 1)
	quote := byte(0)
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case quote != 0 && c == '\\':
			i++
		case quote != 0 && c == quote:
			quote = 0
		case quote == 0 && (c == '"' || c == '\''):
			quote = c
		case quote == 0 && strings.HasPrefix(s[i:], "/*"):
			if n := strings.Index(s[i+2:], "*/"); n >= 0 {
				i += n + 3
				continue
			}
			s = s[:i]
		case quote == 0 && strings.HasPrefix(s[i:], "//"):
			s = s[:i]
		}
	}
	s = strings.TrimSuffix(strings.TrimRight(s, " \t"), `\`)
	return t.position(line, len(strings.TrimRight(s, " \t"))+1)
}

// pathOf returns the file that a URI names, "" if it names none.
func pathOf(uri string) string {
	u, err := url.Parse(uri)
	if err != nil || u.Scheme != "file" || u.Path == "" {
		return ""
	}
	p := u.Path
	if len(p) > 2 && p[0] == '/' && p[2] == ':' { // file:///C:/x
		p = p[1:]
	}
	return filepath.Clean(filepath.FromSlash(p))
}

// uriOf names a file by an absolute or relative path.
func uriOf(path string) string {
	abs, err := filepath.Abs(filepath.FromSlash(path))
	if err != nil {
		abs = path
	}
	p := filepath.ToSlash(abs)
	if !strings.HasPrefix(p, "/") {
		p = "/" + p
	}
	return (&url.URL{Scheme: "file", Path: p}).String()
}
