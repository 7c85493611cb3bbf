package report

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/cmodel/source"
)

const (
	maxSteps     = 8   // steps shown; the others are in json and sarif
	defaultWidth = 100 // columns, where the terminal does not say
	minWidth     = 40
	maxAlso      = 6
	maxRelated   = 4
)

// writeFull prints each finding with the source it is about and its path drawn
// into it, and ends with a summary.
func writeFull(w io.Writer, in *Input, st Style) error {
	f := &fullWriter{out: bufio.NewWriter(w), t: newTexts(in), width: defaultWidth, palette: newPalette(st.Color)}
	if st.Width > 0 {
		f.width, f.wrap = max(st.Width, minWidth), true
	}
	for _, x := range in.Findings {
		f.finding(x)
	}
	if !st.Quiet {
		f.summary(Summary(in))
	}
	return f.out.Flush()
}

type fullWriter struct {
	out   *bufio.Writer
	t     *texts
	width int
	// On a terminal; elsewhere titles and the summary are lines of their own, for grep.
	wrap bool
	palette
}

// summary prints the last lines, wrapped on a terminal.
func (w *fullWriter) summary(text string) {
	for line := range strings.Lines(text) {
		lines := []string{strings.TrimSuffix(line, "\n")}
		if w.wrap {
			lines = wrap(line, w.width)
		}
		fmt.Fprintln(w.out, strings.Join(lines, "\n"))
	}
}

// title prints what the finding is and where.
func (w *fullWriter) title(f *finding.Finding) {
	at := w.t.place(f.Span)
	text := fmt.Sprintf("%s: %s: %s", w.bold(fmt.Sprintf("%s:%d:%d", Visible(at.File), at.Line, at.Column)),
		w.severity(f.Severity, f.Rule+" "+f.Name), Visible(f.Message))
	in := ""
	if f.Function != "" {
		in = "   " + w.dim("[in "+Visible(f.Function)+"]")
	}
	if !w.wrap || displayWidth(text+in) <= w.width {
		fmt.Fprintln(w.out, text+in)
		return
	}
	const indent = 4
	lines := wrap(text, w.width-indent)
	if last := lines[len(lines)-1]; displayWidth(last+in)+indent > w.width && in != "" {
		lines = append(lines, strings.TrimLeft(in, " "))
	} else {
		lines[len(lines)-1] += in
	}
	fmt.Fprintln(w.out, strings.Join(lines, "\n"+strings.Repeat(" ", indent)))
}

func (w *fullWriter) finding(f *finding.Finding) {
	w.title(f)
	w.out.WriteString("\n")
	if w.excerpt(f) {
		w.out.WriteString("\n")
	}
	w.footer(f)
	w.out.WriteString("\n")
}

// footer prints the lines below the excerpt.
func (w *fullWriter) footer(f *finding.Finding) {
	if len(f.Steps) > 0 { // else there is no path to replay
		w.model(f)
	}
	if help := helpText(f); help != "" {
		w.label("help", help)
	}
	if also := alsoText(f); also != "" {
		w.label("also", also)
	}
	for i, r := range f.Related {
		if more := len(f.Related) - i; i == maxRelated && more > 1 {
			w.label("with", fmt.Sprintf("%d more", more))
			break
		}
		w.label("with", relatedText(f, r))
	}
	for _, a := range f.Assumptions[:min(len(f.Assumptions), maxNamed)] {
		w.label("assume", Visible(a))
	}
}

// model prints what the reference model said about the path.
func (w *fullWriter) model(f *finding.Finding) {
	m := modelOf(f)
	verdict := m.Verdict
	if verdict == "confirmed" {
		verdict = w.good(verdict)
	}
	detail := Visible(m.Detail)
	if detail != "" {
		detail = ": " + detail
	}
	w.label("model", verdict+detail)
}

// label prints "  name    text", wrapped.
func (w *fullWriter) label(name, text string) {
	const indent = 10
	lines := wrap(text, w.width-indent)
	for i, l := range lines {
		if i > 0 {
			name = ""
		}
		fmt.Fprintf(w.out, "  %s%s\n", w.bold(name)+strings.Repeat(" ", indent-2-len(name)), l)
	}
}

// helpText is what to do, with the option that does it where there is one.
func helpText(f *finding.Finding) string {
	help := Visible(f.Help)
	if f.Fix == nil {
		return help
	}
	if help == "" {
		help = Visible(f.Fix.Message)
	}
	if f.Fix.Safe {
		return help + " (refcheck --fix)"
	}
	return help + " (refcheck --unsafe-fixes)"
}

// alsoText names the other places of a finding.
func alsoText(f *finding.Finding) string {
	if len(f.AlsoAt) == 0 {
		return ""
	}
	var places []string
	for _, p := range f.AlsoAt[:min(len(f.AlsoAt), maxAlso)] {
		place := strconv.Itoa(p.Line)
		if p.File != f.Span.File {
			place = Visible(p.File) + ":" + place
		}
		places = append(places, place)
	}
	what := "the same happens at line "
	if f.Kind == "leak" && len(f.Related) == 0 {
		what = "the same object is lost at line "
	}
	if len(f.AlsoAt) > 1 {
		what = strings.Replace(what, "line ", "lines ", 1)
	}
	text := what + strings.Join(places, ", ")
	if more := len(f.AlsoAt) - len(places); more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	return text
}

// relatedText says which other object shares the fate of the finding's own.
func relatedText(f *finding.Finding, r finding.Related) string {
	place := fmt.Sprintf("line %d", r.Span.Line)
	if r.Span.File != f.Span.File {
		place = Visible(r.Span.File) + ":" + strconv.Itoa(r.Span.Line)
	}
	name := "another object"
	if r.Object != "" {
		name = "'" + Visible(r.Object) + "'"
	}
	if r.Message == "" {
		return fmt.Sprintf("%s from %s", name, place)
	}
	return fmt.Sprintf("%s from %s: %s", name, place, Visible(r.Message))
}

// A mark is a step as it is drawn.
type mark struct {
	span  source.Span
	text  string
	num   int  // shown number, 0 for none
	final bool // where the fix belongs
}

// marks picks the steps to draw, numbers them, and makes sure that the
// finding's own place is among them.
func marks(f *finding.Finding) []mark {
	steps := decisive(f.Steps)
	var ms []mark
	final := -1
	for _, s := range steps {
		if !s.Span.IsValid() {
			continue
		}
		if s.Span.File == f.Span.File && s.Span.Line == f.Span.Line {
			final = len(ms)
		}
		ms = append(ms, mark{span: s.Span, text: s.Message, num: len(ms) + 1})
	}
	if final < 0 && f.Span.IsValid() {
		final = len(ms)
		m := mark{span: f.Span}
		if len(ms) > 0 {
			m.num, m.text = len(ms)+1, "here"
		}
		ms = append(ms, m)
	}
	if final >= 0 {
		ms[final].final = true
	}
	return ms
}

// decisive returns the main steps (all, if none is marked), at most maxSteps.
func decisive(steps []finding.Step) []finding.Step {
	var main []finding.Step
	for _, s := range steps {
		if s.Main {
			main = append(main, s)
		}
	}
	if len(main) == 0 {
		main = slices.Clone(steps)
	}
	for len(main) > maxSteps {
		drop := 1
		for i := 1; i < len(main)-1; i++ {
			if weight(main[i]) < weight(main[drop]) {
				drop = i
			}
		}
		main = slices.Delete(main, drop, drop+1)
	}
	return main
}

// weight says how much a step tells about the object's ownership.
func weight(s finding.Step) int {
	switch s.Kind {
	case finding.Branch:
		return 0
	case finding.Use:
		return 1
	case finding.Call:
		if s.Failed {
			return 3
		}
		return 1
	case finding.Borrow, finding.Escape:
		return 2
	}
	return 4
}
