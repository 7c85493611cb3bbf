package report

import (
	"fmt"
	"path/filepath"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/refcheck/refcheck/cmodel/source"
)

// texts caches the lines of the files a report quotes.
type texts struct {
	source func(path string) []byte
	lines  map[string][]string
}

func newTexts(in *Input) *texts {
	return &texts{source: in.Source, lines: map[string][]string{}}
}

// line returns line n of a file without its end, and whether it is known.
func (t *texts) line(path string, n int) (string, bool) {
	lines, ok := t.lines[path]
	if !ok {
		if t.source != nil {
			if text := t.source(path); text != nil {
				lines = strings.Split(string(text), "\n")
			}
		}
		t.lines[path] = lines
	}
	if n < 1 || n > len(lines) {
		return "", false
	}
	return strings.TrimSuffix(lines[n-1], "\r"), true
}

// column turns a byte column of a line into one that counts code points.
func (t *texts) column(path string, line, col int) int {
	col = max(col, 1)
	text, ok := t.line(path, line)
	if !ok {
		return col
	}
	return utf8.RuneCountInString(text[:min(col-1, len(text))]) + 1
}

// A place is a span as machine formats give it: columns count code points, the
// end is exclusive and never before the start.
type place struct {
	File               string
	Line, Column       int
	EndLine, EndColumn int
}

func (t *texts) place(s source.Span) place {
	p := place{File: s.File, Line: max(s.Line, 1), Column: t.column(s.File, s.Line, s.Column)}
	p.EndLine, p.EndColumn = p.Line, p.Column
	if s.EndLine < p.Line {
		return p
	}
	end := t.column(s.File, s.EndLine, s.EndColumn)
	if s.EndLine > p.Line || end > p.Column {
		p.EndLine, p.EndColumn = s.EndLine, end
	}
	return p
}

// oneLine cuts p at the end of its first line, for code hosts that show an alert
// only where all its lines are part of a change.
func (t *texts) oneLine(p place) place {
	if p.EndLine == p.Line {
		return p
	}
	p.EndLine = p.Line
	p.EndColumn = p.Column
	if text, ok := t.line(p.File, p.Line); ok {
		p.EndColumn = max(p.Column, utf8.RuneCountInString(text)+1)
	}
	return p
}

// Visible escapes what would move the cursor, hide text or break a line when
// printed: control and bidirectional formatting characters, and invalid UTF-8.
func Visible(s string) string {
	clean := true
	for _, r := range s {
		if hidden(r) {
			clean = false
			break
		}
	}
	if clean {
		return s
	}
	var b strings.Builder
	for i, r := range s {
		switch {
		case r == utf8.RuneError && !strings.HasPrefix(s[i:], "\uFFFD"):
			fmt.Fprintf(&b, `\x%02x`, s[i])
		case !hidden(r):
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\r':
			b.WriteString(`\r`)
		case r == '\t':
			b.WriteString(`\t`)
		case r < 0x80:
			fmt.Fprintf(&b, `\x%02x`, r)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	return b.String()
}

// hidden reports whether r must not reach a terminal as it is. The replacement
// character counts because it may stand for an invalid byte.
func hidden(r rune) bool {
	return unicode.IsControl(r) || r == utf8.RuneError || unicode.Is(unicode.Bidi_Control, r) ||
		r == '\u2028' || r == '\u2029'
}

// rootPath names a file relative to in.Root, with symbolic links resolved, as
// code hosts do. A file outside keeps its absolute path.
func (in *Input) rootPath(path string) string {
	if in.BaseDir == "" {
		return filepath.ToSlash(path)
	}
	root := in.Root
	if root == "" {
		root = in.BaseDir
	}
	abs := filepath.FromSlash(path)
	if !filepath.IsAbs(abs) {
		abs = filepath.Join(in.BaseDir, abs)
	}
	rel, err := filepath.Rel(resolve(root), resolve(abs))
	if err != nil || rel == ".." || strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
		return filepath.ToSlash(abs)
	}
	return filepath.ToSlash(rel)
}

// resolve follows symbolic links where it can.
func resolve(path string) string {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		return real
	}
	return path
}

// plural returns "1 file" or "2 files".
func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// inFunc is the " [in f]" that ends one-line forms of a finding.
func inFunc(function string) string {
	if function == "" {
		return ""
	}
	return " [in " + function + "]"
}
