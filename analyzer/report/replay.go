package report

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/refcheck/refcheck/analyzer/finding"
)

// A Replay is a finding with what the reference model saw along its path.
type Replay struct {
	Finding *finding.Finding
	Trace   *finding.Trace
}

// WriteReplay prints, step by step, the source line, what happens there, and a
// table of the objects: how many references each has, how many of them the
// function owns, and who holds them.
func WriteReplay(w io.Writer, in *Input, r *Replay, st Style) error {
	if st.Width == 0 {
		st.Width = defaultWidth
	}
	out := &replayWriter{
		fullWriter: &fullWriter{out: bufio.NewWriter(w), t: newTexts(in), width: max(st.Width, minWidth), palette: newPalette(st.Color)},
	}
	f := r.Finding
	out.title(f)
	fmt.Fprintf(out.out, "%s\n\n", out.dim("finding "+f.Fingerprint+", on the model of CPython "+in.TargetPython))
	out.measure(r.Trace.Rows)
	for i := range r.Trace.Rows {
		if !repeats(f, r.Trace.Rows, i) {
			out.row(f, &r.Trace.Rows[i])
		}
	}
	out.verdict(r.Trace.Model)
	return out.out.Flush()
}

// repeats reports whether row i says again what the one before it said: a call
// fails, and the branch finds that it did.
func repeats(f *finding.Finding, rows []finding.Row, i int) bool {
	if i == 0 {
		return false
	}
	s, p := &f.Steps[rows[i].Step], &f.Steps[rows[i-1].Step]
	return s.Message == p.Message && s.Span.File == p.Span.File && s.Span.Line == p.Span.Line && s.Object == 0 && p.Object == 0
}

// minHolders is the width of the column of holders, where the terminal allows it.
const minHolders = 22

type replayWriter struct {
	*fullWriter
	name   int // width of the column of names
	shown  int // steps so far
	headed bool
}

// measure makes the column of names as wide as the tables of all steps need.
func (w *replayWriter) measure(rows []finding.Row) {
	w.name = len("object")
	for _, r := range rows {
		for i := range r.Objects {
			w.name = max(w.name, displayWidth(objectText(&r.Objects[i])))
		}
	}
	w.name = min(w.name, max(10, w.width-minHolders-23)) // 23 for the numbers and gaps
}

// row prints one step and the objects after it.
func (w *replayWriter) row(f *finding.Finding, r *finding.Row) {
	s := &f.Steps[r.Step]
	place := fmt.Sprintf("line %d", s.Span.Line)
	if s.Span.File != f.Span.File {
		place = fmt.Sprintf("%s:%d", Visible(s.Span.File), s.Span.Line)
	}
	w.shown++
	head := fmt.Sprintf("%3d  %s", w.shown, place)
	if text, ok := w.t.line(s.Span.File, s.Span.Line); ok {
		source := newRow(strings.TrimSpace(text)).clip(0, max(10, w.width-displayWidth(head)-3))
		fmt.Fprintf(w.out, "%s%s%s\n", w.bold(head), w.dim(" │ "), source)
	} else {
		fmt.Fprintf(w.out, "%s\n", w.bold(head))
	}
	for _, l := range wrap(Visible(s.Message), w.width-5) {
		fmt.Fprintf(w.out, "     %s\n", w.step(l))
	}
	if r.Fault != "" {
		for _, l := range wrap("in the model: "+Visible(r.Fault), w.width-5) {
			fmt.Fprintf(w.out, "     %s\n", w.severity(finding.Error, l))
		}
	}
	w.table(r.Objects)
	w.out.WriteString("\n")
}

// table prints the objects; the first one has a head.
func (w *replayWriter) table(objects []finding.Object) {
	if len(objects) > 0 && !w.headed {
		w.headed = true
		fmt.Fprintf(w.out, "       %s\n", w.dim(pad("object", w.name)+"  count  owned  held by"))
	}
	for i := range objects {
		o := &objects[i]
		line := fmt.Sprintf("       %s  %5s  %5d  ", pad(newRow(objectText(o)).clip(0, w.name), w.name), count(o), o.Owned)
		indent := displayWidth(line)
		for n, l := range wrap(holdersText(o), w.width-indent) {
			if n > 0 {
				line = strings.Repeat(" ", indent)
			}
			w.out.WriteString(line + newRow(l).clip(0, w.width-indent) + "\n")
		}
	}
}

func (w *replayWriter) verdict(m finding.Model) {
	verdict := m.Verdict
	if verdict == "confirmed" {
		verdict = w.good(verdict)
	}
	w.label("model", verdict+": "+Visible(m.Detail))
}

// count is the number of references, or "freed".
func count(o *finding.Object) string {
	if o.Freed {
		return "freed"
	}
	return strconv.Itoa(o.Count)
}

// objectText is "'list' (line 12)".
func objectText(o *finding.Object) string {
	return fmt.Sprintf("%s (line %d)", Visible(o.Name), o.Born.Line)
}

// holdersText says who holds the references: "this function 2, 'self->x'", and
// how many nobody has, or how many there are too few for them.
func holdersText(o *finding.Object) string {
	var parts []string
	for i := 0; i < len(o.Holders); {
		n := 1
		for i+n < len(o.Holders) && o.Holders[i+n] == o.Holders[i] {
			n++
		}
		part := Visible(o.Holders[i])
		if n > 1 {
			part += fmt.Sprintf(" %d", n)
		}
		parts = append(parts, part)
		i += n
	}
	count := o.Count
	if o.Freed {
		count = 0
	}
	switch extra := count - len(o.Holders); {
	case extra > 0 && len(parts) == 0:
		parts = append(parts, "nobody")
	case extra > 0:
		parts = append(parts, fmt.Sprintf("nobody %d", extra))
	case extra < 0:
		return fmt.Sprintf("%s: %d too few", strings.Join(parts, ", "), -extra)
	case len(parts) == 0:
		return "-"
	}
	return strings.Join(parts, ", ")
}

func pad(s string, width int) string {
	return s + strings.Repeat(" ", max(0, width-displayWidth(s)))
}

type (
	jsonReplay struct {
		Version      int         `json:"version"`
		Tool         jsonTool    `json:"tool"`
		TargetPython string      `json:"targetPython"`
		Finding      jsonFinding `json:"finding"`
		Rows         []jsonRow   `json:"rows"`
		Model        jsonModel   `json:"model"`
	}
	jsonRow struct {
		Step    jsonStep     `json:"step"`
		Fault   string       `json:"fault"`
		Objects []jsonObject `json:"objects"`
	}
	jsonObject struct {
		Number  int      `json:"number"`
		Name    string   `json:"name"`
		File    string   `json:"file"`
		Line    int      `json:"line"`
		Count   int      `json:"count"`
		Freed   bool     `json:"freed"`
		Owned   int      `json:"owned"`
		Holders []string `json:"holders"`
	}
)

// WriteReplayJSON prints a replay as one JSON object.
func WriteReplayJSON(w io.Writer, in *Input, r *Replay) error {
	j := jsonReplay{
		Version: 1, Tool: jsonTool{"refcheck", in.Version}, TargetPython: in.TargetPython,
		Finding: newTexts(in).jsonFinding(r.Finding), Rows: []jsonRow{}, Model: newJSONModel(r.Trace.Model),
	}
	for _, row := range r.Trace.Rows {
		jr := jsonRow{Step: j.Finding.Steps[row.Step], Fault: row.Fault, Objects: []jsonObject{}}
		for _, o := range row.Objects {
			jr.Objects = append(jr.Objects, jsonObject{
				Number: o.Number, Name: o.Name, File: o.Born.File, Line: o.Born.Line,
				Count: o.Count, Freed: o.Freed, Owned: o.Owned, Holders: append([]string{}, o.Holders...),
			})
		}
		j.Rows = append(j.Rows, jr)
	}
	return encodeJSON(w, j)
}
