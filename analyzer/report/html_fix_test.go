package report

import (
	"fmt"
	"strings"
	"testing"

	"github.com/refcheck/refcheck/analyzer/finding"
)

// TestHTMLFix: what edits do to lines of the file.
func TestHTMLFix(t *testing.T) {
	in := sample(t)
	in.Source = func(string) []byte { return []byte("one\ntwo two\nthree\nfour\r\nfive\n") }
	edit := func(line, col, endLine, endCol int, text string) finding.Edit {
		s := span(line, col, 0)
		s.EndLine, s.EndColumn = endLine, endCol
		return finding.Edit{Span: s, NewText: text}
	}
	for _, test := range []struct {
		name  string
		edits []finding.Edit
		want  string
	}{
		{"insert", []finding.Edit{edit(3, 1, 3, 1, "new\n")}, "+new"},
		{"remove a line", []finding.Edit{edit(2, 1, 3, 1, "")}, "-2 two two"},
		{"in a line, in any order", []finding.Edit{edit(2, 8, 2, 8, ")"), edit(2, 1, 2, 4, "f(")}, "-2 two two +f( two)"},
		{"two lines", []finding.Edit{edit(3, 1, 3, 1, "{ "), edit(4, 5, 4, 5, " }")}, "-3 three -4 four +{ three +four }"},
		{"apart", []finding.Edit{edit(1, 1, 1, 1, "a"), edit(5, 1, 5, 5, "b")}, "-1 one +aone | -5 five +b"},
		{"overlapping", []finding.Edit{edit(1, 1, 1, 3, "a"), edit(1, 2, 1, 3, "b")}, ""},
		{"not there", []finding.Edit{edit(8, 1, 9, 1, "a")}, ""},
	} {
		f := leak()
		f.Fix.Edits = test.edits
		var patches []string
		for _, p := range newTexts(in).htmlFix(f) {
			var lines []string
			for _, l := range p.Lines {
				if l.Class == "del" {
					lines = append(lines, fmt.Sprintf("-%d %s", l.N, l.Text))
				} else {
					lines = append(lines, "+"+l.Text)
				}
			}
			patches = append(patches, strings.Join(lines, " "))
		}
		if got := strings.Join(patches, " | "); got != test.want {
			t.Errorf("%s: got %q, want %q", test.name, got, test.want)
		}
	}
}
