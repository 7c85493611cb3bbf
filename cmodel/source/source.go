// Package source names places in the text a user wrote.
package source

import "fmt"

// A Pos is a place in a file. Lines and columns start at 1; a zero Line means
// "nowhere". Column counts bytes of the line, as compilers and parsers do;
// reports turn it into code points when they have the text at hand.
type Pos struct {
	File   string // slash-separated, as the user would type it
	Line   int
	Column int
}

// IsValid reports whether p names a place.
func (p Pos) IsValid() bool { return p.Line > 0 }

// String returns file:line:column, leaving out what is not known.
func (p Pos) String() string {
	switch {
	case !p.IsValid():
		return p.File
	case p.Column <= 0:
		return fmt.Sprintf("%s:%d", p.File, p.Line)
	}
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column)
}

// Before orders positions by file, line and column.
func (p Pos) Before(q Pos) bool {
	if p.File != q.File {
		return p.File < q.File
	}
	if p.Line != q.Line {
		return p.Line < q.Line
	}
	return p.Column < q.Column
}

// A Span is a piece of one file. The end is exclusive; an end line of zero
// means that only the start is known.
type Span struct {
	Pos
	EndLine   int
	EndColumn int
}

// Contains reports whether the span's lines include line.
func (s Span) Contains(line int) bool {
	return s.Line <= line && line <= max(s.Line, s.EndLine)
}
