package report

import (
	"fmt"
	"strings"

	"github.com/refcheck/refcheck/analyzer/finding"
)

// fill is the largest gap between two shown lines that is shown as well.
const fill = 2

// minText is how many columns a text below a mark gets, if it needs them.
const minText = 36

// excerpt draws the path of f into its source and reports whether there was
// anything to draw. The path is read from top to bottom; where it goes back up
// or to another file, a new stretch begins.
func (w *fullWriter) excerpt(f *finding.Finding) bool {
	ms := marks(f)
	if len(ms) == 1 && ms[0].text == "" {
		if _, ok := w.t.line(ms[0].span.File, ms[0].span.Line); !ok {
			return false
		}
	}
	digits := 1
	for _, m := range ms {
		digits = max(digits, len(fmt.Sprint(m.span.Line)))
	}
	e := &excerptWriter{fullWriter: w, gutter: digits + 5, digits: digits, severity: f.Severity}
	drawn := false
	file, below := f.Span.File, 0
	for start := 0; start < len(ms); {
		end := start + 1
		for end < len(ms) && ms[end].span.File == ms[start].span.File && ms[end].span.Line >= ms[end-1].span.Line {
			end++
		}
		if name := ms[start].span.File; name != file {
			fmt.Fprintf(w.out, "%s%s\n", strings.Repeat(" ", digits), w.bold(" ─ in "+Visible(name)))
			file = name
		} else if drawn && ms[start].span.Line < below {
			e.gap("  back up")
		} else if drawn {
			e.gap("")
		}
		drawn = e.stretch(ms[start:end]) || drawn
		below = ms[end-1].span.Line
		start = end
	}
	return drawn
}

type excerptWriter struct {
	*fullWriter
	gutter   int // columns before the source
	digits   int // width of line numbers
	severity finding.Severity
}

// stretch draws marks whose lines do not decrease.
func (e *excerptWriter) stretch(ms []mark) bool {
	file, first := ms[0].span.File, ms[0].span.Line
	last := ms[len(ms)-1].span.Line
	shown := map[int][]mark{}
	for _, m := range ms {
		shown[m.span.Line] = append(shown[m.span.Line], m)
	}
	prev := 0
	for i := range ms {
		line := ms[i].span.Line
		if line == prev {
			continue
		}
		if prev != 0 {
			e.between(file, prev, line, prev == first, line == last)
		}
		e.line(file, line, shown[line])
		prev = line
	}
	return true
}

// between draws what lies between two marked lines: all of a short gap,
// otherwise a line of context at the start and the end of the path.
func (e *excerptWriter) between(file string, from, to int, after, before bool) {
	n := to - from - 1
	context := func(line int) {
		if text, ok := e.t.line(file, line); ok && strings.TrimSpace(text) != "" {
			e.line(file, line, nil)
		}
	}
	if n <= fill {
		for line := from + 1; line < to; line++ {
			e.line(file, line, nil)
		}
		return
	}
	if after {
		context(from + 1)
	}
	e.gap("")
	if before {
		context(to - 1)
	}
}

// gap draws the sign for lines left out.
func (e *excerptWriter) gap(note string) {
	fmt.Fprintf(e.out, "%s%s\n", strings.Repeat(" ", e.digits+3), e.dim("┆"+note))
}

// margin is what stands left of the source; line 0 has no number.
func (e *excerptWriter) margin(line int) string {
	num := strings.Repeat(" ", e.digits)
	if line > 0 {
		num = fmt.Sprintf("%*d", e.digits, line)
	}
	return e.dim("  " + num + " │ ")
}

// line draws one source line and the marks below it.
func (e *excerptWriter) line(file string, n int, ms []mark) {
	text, ok := e.t.line(file, n)
	if !ok {
		if len(ms) == 0 {
			return
		}
		text = "(source not available)"
	}
	row := newRow(text)
	spans := make([][2]int, len(ms))
	for i, m := range ms {
		if ok {
			spans[i] = row.columns(m.span)
		}
	}
	// Marks that do not fit into one window get a copy of the line each.
	for start := 0; start == 0 || start < len(ms); {
		end := min(start+1, len(ms))
		left, right := 0, 0
		if start < end {
			left, right = spans[start][0], spans[start][1]
		}
		for ; end < len(ms); end++ {
			l, r := min(left, spans[end][0]), max(right, spans[end][1])
			if e.offset(row, l, r) > l {
				break
			}
			left, right = l, r
		}
		e.window(row, n, e.offset(row, left, right), spans[start:end], ms[start:end])
		start = max(end, 1)
	}
}

// offset returns the first column to show of a row, so that the columns from left
// to right are in view with as much as possible before them. It is greater than
// left where they are too many.
func (e *excerptWriter) offset(r *row, left, right int) int {
	return max(0, right-e.markRoom())
}

// markRoom is how many columns source and marks may take: a mark is followed by
// its number.
func (e *excerptWriter) markRoom() int { return e.width - e.gutter - len(" 99") }

// window draws a source line from a column on, and marks below it.
func (e *excerptWriter) window(r *row, n, offset int, spans [][2]int, ms []mark) {
	const before = 4 // columns to show before a mark that is cut off
	room := e.width - e.gutter
	if len(spans) > 0 {
		offset = min(offset, max(0, spans[0][0]-before))
	}
	fmt.Fprintf(e.out, "%s%s\n", e.margin(n), strings.TrimRight(r.clip(offset, room), " "))
	for i, m := range ms {
		start := min(max(spans[i][0]-offset, 0), e.markRoom()-1)
		e.underline(start, min(max(spans[i][1]-offset, start+1), e.markRoom()), m)
	}
}

// underline draws a mark from column start to end, followed by its number and
// text, which continues below where there is no room beside it.
func (e *excerptWriter) underline(start, end int, m mark) {
	sign, paint := "━", e.step
	if m.final {
		sign = "^"
		paint = func(s string) string { return e.fullWriter.severity(e.severity, s) }
	}
	blank := e.margin(0)
	line := blank + strings.Repeat(" ", start) + paint(strings.Repeat(sign, end-start))
	num := ""
	if m.num > 0 {
		num = fmt.Sprint(m.num)
		line += " " + paint(num)
	}
	room := e.width - e.gutter
	text := Visible(m.text)
	beside := min(end+1+len(num)+2, room)
	switch n := displayWidth(text); {
	case beside+n <= room:
		line += "  " + text
	default:
		start = textColumn(start, n, room)
		for _, l := range wrap(text, room-start) {
			line += "\n" + blank + strings.Repeat(" ", start) + l
		}
	}
	for l := range strings.Lines(line + "\n") {
		e.out.WriteString(strings.TrimRight(l, " \n") + "\n")
	}
}

// textColumn returns where to begin a text of n columns below a mark that begins
// at start: there, or further left if it then fits into one line or else has too
// little room.
func textColumn(start, n, room int) int {
	const shift = 8
	if start+n <= room {
		return start
	}
	if flush := room - n; flush >= 0 && (flush >= start-shift || room-start < minText) {
		return flush
	}
	return min(start, max(room-minText, 0))
}
