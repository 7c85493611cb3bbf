package report

import (
	"bufio"
	"fmt"
	"io"

	"github.com/refcheck/refcheck/analyzer/finding"
)

// writeConcise prints one line per finding, for editors and grep:
//
//	file:line:col: RC101 leak: message [in func]
func writeConcise(w io.Writer, in *Input, st Style) error {
	out := bufio.NewWriter(w)
	t := newTexts(in)
	p := newPalette(st.Color)
	for _, f := range in.Findings {
		at := t.place(f.Span)
		fmt.Fprintf(out, "%s: %s: %s%s\n",
			p.bold(fmt.Sprintf("%s:%d:%d", Visible(at.File), at.Line, at.Column)),
			p.severity(f.Severity, f.Rule+" "+f.Name),
			Visible(f.Message), p.dim(Visible(inFunc(f.Function))))
	}
	return out.Flush()
}

// A palette colours text, or leaves it alone when it is the zero value.
type palette struct{ on bool }

func newPalette(on bool) palette { return palette{on} }

func (p palette) paint(code, s string) string {
	if !p.on || s == "" {
		return s
	}
	return "\x1b[" + code + "m" + s + "\x1b[0m"
}

func (p palette) bold(s string) string { return p.paint("1", s) }
func (p palette) dim(s string) string  { return p.paint("2", s) }
func (p palette) step(s string) string { return p.paint("36", s) }
func (p palette) good(s string) string { return p.paint("32", s) }

// severity paints s in the colour of a severity.
func (p palette) severity(sev finding.Severity, s string) string {
	switch sev {
	case finding.Error:
		return p.paint("1;31", s)
	case finding.Warning:
		return p.paint("1;33", s)
	}
	return p.paint("1;34", s)
}
