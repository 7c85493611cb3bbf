package report

import (
	"slices"
	"strings"

	"github.com/refcheck/refcheck/analyzer/finding"
)

const (
	htmlContext = 3    // lines around a step that are never folded
	htmlReach   = 60   // lines to look for the start and end of a function in
	htmlLineMax = 2000 // bytes of a line that are shown
	htmlObjects = 8    // objects beside a step
)

type (
	// An htmlSource is the part of one file that a path goes through.
	htmlSource struct {
		File   string // empty for the finding's own
		Blocks []htmlBlock
	}
	// An htmlBlock is a run of lines, shown or folded.
	htmlBlock struct {
		Folded bool
		Via    bool // as its last line
		Lines  []htmlLine
	}
	htmlLine struct {
		N      int
		Via    bool // above it are steps of this file, and there or below as well
		Pieces []htmlPiece
		Steps  []*htmlStep
	}
	htmlPiece struct {
		Text  string
		Class string // "", "at" a step, "final" where the fix belongs
	}
	htmlStep struct {
		Num     int
		Message string
		Fault   string
		Minor   bool // a short report leaves it out
		Final   bool
		First   bool // in the order of the source, as is Last
		Last    bool
		Objects []htmlObject
		More    int // objects not shown

		step finding.Step
	}
	htmlObject struct {
		Name, Count, Holders string
		Freed, Changed       bool
	}
)

// htmlPath draws the path of f, all steps of it, into the functions it goes
// through: in the order of the source, with the order of the steps as numbers.
func (t *texts) htmlPath(in *Input, f *finding.Finding) []htmlSource {
	steps := htmlSteps(in, f)
	var files []string
	byFile := map[string][]*htmlStep{}
	for _, s := range steps {
		file := s.step.Span.File
		if byFile[file] == nil {
			files = append(files, file)
		}
		byFile[file] = append(byFile[file], s)
	}
	var out []htmlSource
	for _, file := range files {
		src := htmlSource{Blocks: t.htmlBlocks(file, byFile[file])}
		if file != f.Span.File {
			src.File = Visible(file)
		}
		out = append(out, src)
	}
	return out
}

// htmlSteps numbers the steps of f and adds what the model saw at each.
func htmlSteps(in *Input, f *finding.Finding) []*htmlStep {
	var rows []finding.Row
	if in.Replay != nil && len(f.Steps) > 0 {
		if trace := in.Replay(f); trace != nil {
			rows = trace.Rows
		}
	}
	seen, again := map[int]*finding.Row{}, map[int]bool{}
	for i := range rows {
		seen[rows[i].Step] = &rows[i]
		again[rows[i].Step] = repeats(f, rows, i)
	}
	anyMain := slices.ContainsFunc(f.Steps, func(s finding.Step) bool { return s.Main })
	var out []*htmlStep
	var before *finding.Row
	final := -1
	for i, s := range f.Steps {
		if !s.Span.IsValid() || again[i] {
			continue
		}
		h := &htmlStep{Num: len(out) + 1, Message: Visible(s.Message), Minor: anyMain && !s.Main, step: s}
		if row := seen[i]; row != nil {
			h.Fault = Visible(row.Fault)
			h.Objects = htmlObjectsOf(row, before)
			if n := len(h.Objects); n > htmlObjects {
				h.Objects, h.More = h.Objects[:htmlObjects], n-htmlObjects
			}
			before = row
		}
		if s.Span.File == f.Span.File && s.Span.Line == f.Span.Line {
			final = len(out)
		}
		out = append(out, h)
	}
	switch {
	case final >= 0:
		out[final].Final, out[final].Minor = true, false
	case f.Span.IsValid():
		out = append(out, &htmlStep{Num: len(out) + 1, Message: Visible(f.Message), Final: true, step: finding.Step{Span: f.Span}})
	}
	return out
}

func htmlObjectsOf(row, before *finding.Row) []htmlObject {
	var out []htmlObject
	for i := range row.Objects {
		o := &row.Objects[i]
		h := htmlObject{Name: objectText(o), Count: count(o), Holders: holdersText(o), Freed: o.Freed, Changed: true}
		if before != nil {
			for j := range before.Objects {
				if p := &before.Objects[j]; p.Number == o.Number {
					h.Changed = count(p) != h.Count || p.Owned != o.Owned || holdersText(p) != h.Holders
				}
			}
		}
		out = append(out, h)
	}
	return out
}

// htmlBlocks returns the lines of the functions that steps lie in. Lines far from
// any step are folded.
func (t *texts) htmlBlocks(file string, steps []*htmlStep) []htmlBlock {
	at := map[int][]*htmlStep{}
	var marked []int
	for _, s := range steps {
		line := s.step.Span.Line
		if at[line] == nil {
			marked = append(marked, line)
		}
		at[line] = append(at[line], s)
	}
	slices.Sort(marked)
	from, to := marked[0], marked[len(marked)-1]
	at[from][0].First, at[to][len(at[to])-1].Last = true, true
	first, last := t.functionStart(file, from), t.functionEnd(file, to)
	near := func(line int) bool {
		i, _ := slices.BinarySearch(marked, line-htmlContext)
		return line < first+2 || line == last || i < len(marked) && marked[i] <= line+htmlContext
	}
	var blocks []htmlBlock
	for n := first; n <= last; n++ {
		if fold := !near(n); len(blocks) == 0 || blocks[len(blocks)-1].Folded != fold {
			blocks = append(blocks, htmlBlock{Folded: fold})
		}
		b := &blocks[len(blocks)-1]
		line := t.htmlLine(file, n, at[n])
		line.Via = from < n && n <= to
		b.Via = line.Via
		b.Lines = append(b.Lines, line)
	}
	for i := range blocks {
		if len(blocks[i].Lines) <= fill {
			blocks[i].Folded = false
		}
	}
	return blocks
}

// functionStart guesses the first line of the function that a line is in: C code
// is written so that its name or type stands at the start of a line, and nothing
// inside does but labels and directives. The guess only decides what is shown.
func (t *texts) functionStart(file string, line int) int {
	for n := line; n > max(0, line-htmlReach); n-- {
		text, _ := t.line(file, n)
		if n < line && strings.HasPrefix(text, "}") {
			break
		}
		if startsAtMargin(text) && text[0] != '{' && text[0] != '}' && !strings.HasSuffix(strings.TrimSpace(text), ":") {
			if before, _ := t.line(file, n-1); startsAtMargin(before) && !strings.ContainsAny(before, ";}/*{") {
				return n - 1 // the type on a line of its own
			}
			return n
		}
	}
	return max(1, line-htmlContext)
}

// functionEnd guesses the line of the closing brace.
func (t *texts) functionEnd(file string, line int) int {
	for n := line; n < line+htmlReach; n++ {
		text, ok := t.line(file, n)
		if !ok {
			break
		}
		if strings.HasPrefix(text, "}") {
			return n
		}
	}
	end := line
	for end < line+htmlContext {
		if _, ok := t.line(file, end+1); !ok {
			break
		}
		end++
	}
	return end
}

func startsAtMargin(text string) bool { return text != "" && !strings.ContainsAny(text[:1], " \t#/*") }

// htmlLine cuts a line where what steps point at begins and ends.
func (t *texts) htmlLine(file string, n int, steps []*htmlStep) htmlLine {
	line := htmlLine{N: n, Steps: steps}
	text, ok := t.line(file, n)
	if !ok {
		line.Pieces = []htmlPiece{{Text: "(source not available)"}}
		return line
	}
	cuts := []int{0, len(text)}
	type stretch struct {
		from, to int
		class    string
	}
	var marked []stretch
	for _, s := range steps {
		from, to := extent(text, s.step.Span)
		class := "at"
		if s.Final {
			class = "final"
		}
		marked = append(marked, stretch{from, to, class})
		cuts = append(cuts, from, to)
	}
	slices.Sort(cuts)
	for i := 1; i < len(cuts); i++ {
		from, to := cuts[i-1], cuts[i]
		if from == to {
			continue
		}
		class := ""
		for _, m := range marked {
			if m.from <= from && to <= m.to && class != "final" {
				class = m.class
			}
		}
		piece := text[from:min(to, max(from, htmlLineMax))]
		if to > htmlLineMax {
			piece = strings.ToValidUTF8(piece, "") + "…"
		}
		line.Pieces = append(line.Pieces, htmlPiece{visibleTabs(piece), class})
		if to > htmlLineMax {
			break
		}
	}
	return line
}

// visibleTabs is Visible but for tabs, which the page shows as such.
func visibleTabs(s string) string {
	parts := strings.Split(s, "\t")
	for i := range parts {
		parts[i] = Visible(parts[i])
	}
	return strings.Join(parts, "\t")
}
