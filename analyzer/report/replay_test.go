package report

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/refcheck/refcheck/analyzer/confirm"
	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/cmodel/source"
)

// TestReplayWidth: below the title, no line is wider than the terminal, whatever
// names, source lines and characters are in the way.
func TestReplayWidth(t *testing.T) {
	line := "\tself->a_rather_long_field_name = PyObject_CallFunctionObjArgs(漢字, NULL);"
	at := source.Span{Pos: source.Pos{File: "a.c", Line: 1, Column: 2}}
	f := &finding.Finding{
		Rule: "RC101", Name: "leak", Kind: "leak", Span: at, Object: "self->a_rather_long_field_name", Message: "m",
		Steps: []finding.Step{
			{Kind: finding.Acquire, Span: at, Object: 1, Owned: 1, Callee: "f", Message: strings.Repeat("many words ", 12)},
			{Kind: finding.Incref, Span: at, Object: 1, Owned: 2, Message: "once more"},
			{Kind: finding.Store, Span: at, Object: 1, Owned: 1, Slot: "self->another_rather_long_field_name", Message: "stored"},
			{Kind: finding.Exit, Span: at, Object: 1, Owned: 1, Message: "lost"},
		},
	}
	in := &Input{TargetPython: "3.14", Source: func(string) []byte { return []byte(line) }}
	r := &Replay{f, confirm.Replay(f, 14)}
	for _, width := range []int{60, 80, 120} {
		var out bytes.Buffer
		if err := WriteReplay(&out, in, r, Style{Width: width}); err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(out.String(), "\n")
		for _, l := range lines[1:] {
			if displayWidth(l) > width {
				t.Errorf("width %d: %q has %d columns", width, l, displayWidth(l))
			}
		}
		if width == 120 && !slices.ContainsFunc(lines, func(l string) bool { return strings.Contains(l, "漢字") }) {
			t.Errorf("the source line is missing:\n%s", &out)
		}
	}
}

// TestHoldersText: the table says who holds what, and what does not add up.
func TestHoldersText(t *testing.T) {
	for _, c := range []struct {
		o    finding.Object
		want string
	}{
		{finding.Object{Count: 2, Holders: []string{"this function", "this function"}}, "this function 2"},
		{finding.Object{Count: 1}, "nobody"},
		{finding.Object{Count: 3, Holders: []string{"'d'"}}, "'d', nobody 2"},
		{finding.Object{Count: 1, Holders: []string{"the caller", "'d'"}}, "the caller, 'd': 1 too few"},
		{finding.Object{Freed: true}, "-"},
		{finding.Object{Count: 1, Freed: true, Holders: []string{"'d'"}}, "'d': 1 too few"},
	} {
		if got := holdersText(&c.o); got != c.want {
			t.Errorf("%+v: got %q, want %q", c.o, got, c.want)
		}
	}
}
