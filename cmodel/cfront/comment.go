package cfront

import (
	"bytes"
	"cmp"
	"regexp"
	"slices"
	"strings"

	"github.com/refcheck/refcheck/cmodel/source"
)

// A Directive is one thing that a comment tells refcheck:
//
//	/* refcheck: ignore[RC101] freed by the caller */
//	// refcheck: returns borrowed; steals(item)
//
// "refcheck:" has to come first in the comment. Semicolons separate directives,
// but the text of one that begins with "ignore" goes on to the end of the comment.
type Directive struct {
	Span source.Span // of the comment
	Verb string      // "ignore", "returns"; "" if there is none
	// HasArgs tells "ignore[]" from "ignore".
	HasArgs bool
	Args    []string // in brackets or parentheses behind the verb, comma-separated
	Text    string   // what follows, in one line: "freed by the caller", "borrowed"
	// Trailing: code stands before the comment on its line.
	Trailing bool
	// Next is the line of the first code after the comment, 0 at the end of the file.
	Next int
	// Func is the function that the comment is about by its place, "" if none.
	Func  string
	Place Place
	// First and Last are the lines of that function, signature included.
	First, Last int
	// Attribute is the attribute that says the same as a comment would, "" if it is a
	// comment. See Declarations.
	Attribute string

	chunk int // 1 + the chunk the comment is about
}

// Place says where a comment stands with regard to a function.
type Place uint8

// Places of comments.
const (
	Elsewhere Place = iota
	Before          // before a definition or prototype, on lines of its own
	Signature       // before the body or the final semicolon
	Inside          // in the body
	After           // behind the end, on the same line
)

// Directives returns what the comments of all files that were read tell
// refcheck, by file and place, each comment once.
func (p *Project) Directives() []Directive {
	var out []Directive
	for _, f := range p.files {
		if f.src != nil && f.err == nil {
			for _, d := range f.directives {
				if d.Verb != clinicVerb {
					out = append(out, d)
				}
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Directive) int {
		return cmp.Or(cmp.Compare(a.Span.File, b.Span.File), cmp.Compare(a.Span.Line, b.Span.Line), cmp.Compare(a.Span.Column, b.Span.Column))
	})
	return out
}

// A note is the place of a comment that begins with "refcheck:".
type note struct{ off, end int32 }

var (
	noteMark = []byte("refcheck:")
	// clinicMark begins the comment that Argument Clinic puts into the signature of the
	// implementation of a function.
	clinicMark = []byte("[clinic end generated code")
)

// clinicVerb is the verb of the directive that stands for Argument Clinic's mark;
// it becomes Declaration.Clinic.
const clinicVerb = "[clinic]"

// note keeps a comment if it is addressed to refcheck, or Argument Clinic's mark.
func (l *lexer) note(off, end int) {
	for _, mark := range [][]byte{noteMark, clinicMark} {
		if text := l.b[off:end]; bytes.Contains(text, mark) && strings.HasPrefix(noteText(text), string(mark)) {
			l.notes = append(l.notes, note{int32(off), int32(end)})
		}
	}
}

var (
	noteFold  = regexp.MustCompile(`\\?\r?\n[ \t]*(\*+[ \t]|//+)?`)
	noteOpen  = regexp.MustCompile(`^(/\*[*!]*<?|//[/!]*<?)\s*`)
	noteClose = regexp.MustCompile(`\s*\**\*/$`)
)

// noteText is the text of a comment without its marks, in one line.
func noteText(comment []byte) string {
	s := string(comment)
	if strings.HasPrefix(s, "/*") {
		s = noteClose.ReplaceAllString(s, "")
	}
	s = noteFold.ReplaceAllString(s, " ")
	return strings.Join(strings.Fields(noteOpen.ReplaceAllString(s, "")), " ")
}

// readNotes makes directives of the comments of a file. A template repeats its
// comments; the first one stands for all.
func (f *file) readNotes(notes []note, toks []tok) []Directive {
	var out []Directive
	seen := map[source.Pos]bool{}
	for _, n := range notes {
		at := Directive{Span: f.noteSpan(n)}
		if seen[at.Span.Pos] {
			continue
		}
		seen[at.Span.Pos] = true
		next, _ := slices.BinarySearchFunc(toks, n.off, func(t tok, off int32) int { return cmp.Compare(t.off, off) })
		if next < len(toks) {
			at.Next = f.userLine(int(toks[next].line))
		}
		start := f.starts[f.line(n.off)-1]
		at.Trailing = next > 0 && toks[next-1].end > start
		f.locate(&at, n)
		text := noteText(f.src[n.off:n.end])
		if strings.HasPrefix(text, string(clinicMark)) {
			if at.Verb = clinicVerb; at.Place == Signature {
				out = append(out, at)
			}
			continue
		}
		for _, clause := range clauses(strings.TrimPrefix(text, string(noteMark))) {
			d := at
			d.parse(clause)
			out = append(out, d)
		}
	}
	return out
}

// line returns the line, from 1, of an offset into the text that is parsed.
func (f *file) line(off int32) int {
	i, found := slices.BinarySearch(f.starts, off)
	if found {
		return i + 1
	}
	return i
}

func (f *file) noteSpan(n note) source.Span {
	first, last := f.line(n.off), f.line(n.end)
	return source.Span{
		Pos:     source.Pos{File: f.name, Line: f.userLine(first), Column: int(n.off-f.starts[first-1]) + 1},
		EndLine: f.userLine(last), EndColumn: int(n.end-f.starts[last-1]) + 1,
	}
}

// locate finds the function that a comment is about.
func (f *file) locate(d *Directive, n note) {
	i, _ := slices.BinarySearchFunc(f.chunks, n.off, func(c chunk, off int32) int { return cmp.Compare(c.off, off) })
	set := func(k int, place Place) {
		c := &f.chunks[k]
		if name := cmp.Or(c.name, c.declares); name != "" {
			d.Func, d.Place, d.chunk = name, place, k+1
			d.First, d.Last = f.userLine(int(c.line)), f.userLine(int(c.last))
		}
	}
	if i > 0 {
		switch c := &f.chunks[i-1]; {
		case n.off < c.end && c.isFunc() && n.off > c.body:
			set(i-1, Inside)
			return
		case n.off < c.end:
			set(i-1, Signature)
			return
		case d.Trailing && int(c.last) == f.line(n.off):
			set(i-1, After)
			return
		}
	}
	if i < len(f.chunks) && !d.Trailing {
		set(i, Before)
	}
}

// clauses splits the text of a comment into directives.
func clauses(text string) []string {
	var out []string
	for {
		text = strings.TrimSpace(text)
		head, rest, more := strings.Cut(text, ";")
		if strings.HasPrefix(text, "ignore") || !more {
			return append(out, text)
		}
		out = append(out, strings.TrimSpace(head))
		if text = rest; strings.TrimSpace(text) == "" {
			return out
		}
	}
}

var clauseForm = regexp.MustCompile(`^([A-Za-z][A-Za-z_-]*)\s*(?:\[([^\]]*)\]|\(([^)]*)\))?[\s:]*(.*)$`)

// parse reads one directive: a verb, arguments, text.
func (d *Directive) parse(clause string) {
	m := clauseForm.FindStringSubmatchIndex(clause)
	if m == nil {
		d.Text = clause
		return
	}
	d.Verb, d.Text = clause[m[2]:m[3]], clause[m[8]:m[9]]
	for _, g := range []int{4, 6} {
		if m[g] < 0 {
			continue
		}
		d.HasArgs = true
		for _, a := range strings.Split(clause[m[g]:m[g+1]], ",") {
			if a = strings.TrimSpace(a); a != "" {
				d.Args = append(d.Args, a)
			}
		}
	}
}
