package report

import (
	"slices"
	"strings"

	"github.com/refcheck/refcheck/analyzer/finding"
)

// maxFixLines is how many lines of a file a fix may go through to be shown.
const maxFixLines = 200

type (
	// An htmlPatch is what a fix does to a stretch of a file.
	htmlPatch struct {
		File  string // empty for the finding's own
		Lines []htmlPatchLine
	}
	htmlPatchLine struct {
		Class string // "del" or "add"
		N     int    // 0 for new lines
		Text  string
	}
)

// htmlFix shows the fix of f as lines that go and lines that come; nothing if it has
// none, or the source is not at hand.
func (t *texts) htmlFix(f *finding.Finding) []htmlPatch {
	if f.Fix == nil {
		return nil
	}
	edits := slices.Clone(f.Fix.Edits)
	slices.SortStableFunc(edits, func(a, b finding.Edit) int {
		if c := strings.Compare(a.Span.File, b.Span.File); c != 0 {
			return c
		}
		if a.Span.Line != b.Span.Line {
			return a.Span.Line - b.Span.Line
		}
		return a.Span.Column - b.Span.Column
	})
	var out []htmlPatch
	for start := 0; start < len(edits); {
		last := max(edits[start].Span.Line, edits[start].Span.EndLine)
		end := start + 1
		for end < len(edits) && edits[end].Span.File == edits[start].Span.File && edits[end].Span.Line <= last+1 {
			last = max(last, edits[end].Span.Line, edits[end].Span.EndLine)
			end++
		}
		p, ok := t.htmlPatch(edits[start:end], last)
		if !ok {
			return nil
		}
		if name := edits[start].Span.File; name != f.Span.File {
			p.File = Visible(name)
		}
		out = append(out, p)
		start = end
	}
	return out
}

// htmlPatch applies edits, sorted by their places in one file, to the lines up to last.
func (t *texts) htmlPatch(edits []finding.Edit, last int) (htmlPatch, bool) {
	file, first := edits[0].Span.File, edits[0].Span.Line
	if last-first > maxFixLines {
		return htmlPatch{}, false
	}
	var old []string
	starts := map[int]int{} // offset of each line
	size := 0
	for n := first; n <= last; n++ {
		line, ok := t.line(file, n)
		if !ok && n < last {
			return htmlPatch{}, false
		}
		starts[n] = size
		old, size = append(old, line), size+len(line)+1
	}
	text := strings.Join(old, "\n")
	var b strings.Builder
	done := 0
	for _, e := range edits {
		from := min(starts[e.Span.Line]+max(e.Span.Column-1, 0), len(text))
		to := from
		if e.Span.EndLine > 0 {
			to = min(starts[e.Span.EndLine]+max(e.Span.EndColumn-1, 0), len(text))
		}
		if from < done || to < from {
			return htmlPatch{}, false
		}
		b.WriteString(text[done:from] + e.NewText)
		done = to
	}
	b.WriteString(text[done:])
	return patchLines(first, old, strings.Split(b.String(), "\n")), true
}

// patchLines leaves out what is the same at both ends.
func patchLines(first int, old, now []string) htmlPatch {
	for len(old) > 0 && len(now) > 0 && old[0] == now[0] {
		first, old, now = first+1, old[1:], now[1:]
	}
	for len(old) > 0 && len(now) > 0 && old[len(old)-1] == now[len(now)-1] {
		old, now = old[:len(old)-1], now[:len(now)-1]
	}
	var p htmlPatch
	for i, l := range old {
		p.Lines = append(p.Lines, htmlPatchLine{"del", first + i, visibleTabs(l)})
	}
	for _, l := range now {
		p.Lines = append(p.Lines, htmlPatchLine{"add", 0, visibleTabs(l)})
	}
	return p
}

// patchBytes is about what patches take on the page.
func patchBytes(patches []htmlPatch) int {
	const markup = 100 // of a line
	n := 0
	for _, p := range patches {
		for _, l := range p.Lines {
			n += markup + len(l.Text)
		}
	}
	return n
}
