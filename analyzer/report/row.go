package report

import (
	"strings"
	"unicode/utf8"

	"github.com/rivo/uniseg"

	"github.com/refcheck/refcheck/cmodel/source"
)

const tabStop = 8

// A cell is one character of a source line as a terminal shows it.
type cell struct {
	text  string
	width int // columns
	pos   int // byte offset in the line
}

// A row is a source line with tabs expanded and control characters made visible.
type row struct {
	text  string
	cells []cell
	width int
}

func newRow(text string) *row {
	r := &row{text: text}
	state := -1
	for rest := text; rest != ""; {
		pos := len(text) - len(rest)
		var cluster string
		var width int
		cluster, rest, width, state = uniseg.FirstGraphemeClusterInString(rest, state)
		switch {
		case cluster == "\t":
			width = tabStop - r.width%tabStop
			cluster = strings.Repeat(" ", width)
		case strings.ContainsFunc(cluster, hidden):
			cluster = Visible(cluster)
			width = uniseg.StringWidth(cluster)
		}
		r.cells = append(r.cells, cell{cluster, width, pos})
		r.width += width
	}
	return r
}

// columns returns the display columns [start, end) of what extent returns, at
// least one.
func (r *row) columns(s source.Span) [2]int {
	from, to := extent(r.text, s)
	start, end := r.column(from), r.column(to)
	return [2]int{start, max(end, start+1)}
}

// extent returns the byte offsets [from, to) of the part of span that lies on its
// first line, whose text is given. A span without an end covers the word it
// starts at.
func extent(text string, s source.Span) (from, to int) {
	from = min(max(s.Column-1, 0), len(text))
	if s.Column <= 0 {
		from = len(text) - len(strings.TrimLeft(text, " \t"))
	}
	to = len(strings.TrimRight(text, " \t"))
	switch {
	case s.EndLine == s.Line && s.EndColumn > s.Column:
		to = min(s.EndColumn-1, len(text))
	case s.EndLine <= s.Line && s.Column > 0:
		to = from + wordLen(text[from:])
	}
	return from, to
}

// column returns the display column of a byte offset.
func (r *row) column(pos int) int {
	col := 0
	for _, c := range r.cells {
		if c.pos >= pos {
			break
		}
		col += c.width
	}
	return col
}

// wordLen is the length of the identifier text starts with, at least one
// character if there is any.
func wordLen(text string) int {
	n := 0
	for n < len(text) && (text[n] == '_' || text[n] >= 0x80 ||
		'0' <= text[n] && text[n] <= '9' || 'a' <= text[n]|0x20 && text[n]|0x20 <= 'z') {
		n++
	}
	if n == 0 {
		_, n = utf8.DecodeRuneInString(text)
	}
	return n
}

// clip returns the columns [offset, offset+width) of the row, with an ellipsis
// where something is cut off.
func (r *row) clip(offset, width int) string {
	var b strings.Builder
	col, used := 0, 0
	for i, c := range r.cells {
		at := col
		col += c.width
		text, n := c.text, c.width
		if at < offset || at == offset && offset > 0 {
			// Cut off, or the last of what is: an ellipsis and the rest of its columns.
			if n = col - max(offset, at); n <= 0 {
				continue
			}
			text = "…" + strings.Repeat(" ", n-1)
		}
		if used+n > width || used+n == width && i+1 < len(r.cells) {
			b.WriteString("…")
			return b.String()
		}
		b.WriteString(text)
		used += n
	}
	return b.String()
}

// displayWidth is the number of columns s takes, colours not counted.
func displayWidth(s string) int {
	for {
		before, after, ok := strings.Cut(s, "\x1b[")
		if !ok {
			return uniseg.StringWidth(s)
		}
		_, after, _ = strings.Cut(after, "m")
		s = before + after
	}
}

// wrap breaks text at spaces into lines of at most width columns, as far as its
// words allow.
func wrap(text string, width int) []string {
	var lines []string
	line, used := "", 0
	for _, word := range strings.Fields(text) {
		n := displayWidth(word)
		switch {
		case line == "":
			line, used = word, n
		case used+1+n > width:
			lines = append(lines, line)
			line, used = word, n
		default:
			line, used = line+" "+word, used+1+n
		}
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}
