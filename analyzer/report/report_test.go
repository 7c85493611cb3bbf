package report

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/rule"
	"github.com/refcheck/refcheck/cmodel/source"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// span is a piece of one line of src/spam.c that starts at byte column col.
func span(line, col, n int) source.Span {
	return source.Span{Pos: source.Pos{File: "src/spam.c", Line: line, Column: col}, EndLine: line, EndColumn: col + n}
}

// sample is a report with one finding of every severity.
func sample(t *testing.T) *Input {
	t.Helper()
	text, err := os.ReadFile("testdata/spam.c")
	if err != nil {
		t.Fatal(err)
	}
	in := &Input{
		Findings: []*finding.Finding{leak(), released(), note()},
		Coverage: finding.Coverage{
			Files: 12, Functions: 310, Analysed: 309,
			Incomplete:   []finding.Incomplete{{File: "src/x.c", Line: 90, Function: "big", Reason: "budget: 4096 states"}},
			SkippedFiles: []finding.SkippedFile{{File: "src/y.cpp", Reason: "C++ is not analysed"}},
		},
		Rules: []*rule.Rule{
			{Code: "RC102", Name: "leak-error-path", Kind: "leak", Severity: finding.Warning, CWE: 772,
				Doc: "# RC102 leak-error-path\n\n## What it does\n\nFinds references that are lost when something fails. More text.\n\n## Why it is bad\n\nMemory.\n"},
			{Code: "RC203", Name: "use-after-release", Kind: "use-after-release", Severity: finding.Error, CWE: 416,
				Doc: "# RC203 use-after-release\n\n## What it does\n\nFinds uses of freed objects.\n"},
		},
		Version: "0.1.0", TargetPython: "3.14", Seconds: 0.42, Refuted: 1, BelowConfidence: 2,
		Source: func(path string) []byte {
			if path == "src/spam.c" {
				return text
			}
			return nil
		},
	}
	silent := leak()
	silent.Span, silent.AlsoAt = span(41, 9, 0), nil
	silent.Suppressed = &finding.Suppression{Reason: "the table [x](y) lives for ever", Span: span(17, 30, 12)}
	in.Suppressed = []*finding.Finding{silent}
	finding.SetFingerprints(in.Suppressed, func(file string) string { return "other " + file })
	finding.SetFingerprints(in.Findings, func(file string) string { return file })
	return in
}

func leak() *finding.Finding {
	return &finding.Finding{
		Rule: "RC102", Name: "leak-error-path", Kind: "leak", Severity: finding.Warning, Confidence: finding.High,
		Message: "'list' (new reference from PyList_New, line 10) is not released when PyLong_FromLong fails",
		Help:    "Py_DECREF(list) before returning",
		Span:    span(17, 9, 11), Function: "spam_list", Object: "list",
		AlsoAt: []source.Pos{{File: "src/spam.c", Line: 41, Column: 9}},
		Steps: []finding.Step{
			{Kind: finding.Acquire, Span: span(10, 12, 13), Message: "new reference: this function owns 1", Object: 1, Owned: 1, Callee: "PyList_New", Main: true},
			{Kind: finding.Branch, Span: span(11, 9, 5), Message: "'list' is not NULL", Object: 1, Owned: 1},
			{Kind: finding.Call, Span: span(15, 12, 19), Message: "fails: returns NULL with an exception set", Object: 2, Callee: "PyLong_FromLong", Failed: true, Main: true},
			{Kind: finding.Exit, Span: span(17, 9, 11), Message: "'list' still has 1 reference and nobody owns it", Object: 1, Owned: 1, Main: true},
		},
		Model: finding.Model{Verdict: "confirmed", Detail: "at return the object from line 10 has count 1, owned by nobody"},
		Fix: &finding.Fix{Message: "release 'list' before returning", Edits: []finding.Edit{
			{Span: span(17, 9, 0), NewText: "Py_DECREF(list);\n        "}}},
	}
}

// released has tabs, wide and multi-byte characters, and a line to be clipped.
func released() *finding.Finding {
	const col = len("\tPyObject *größe = self->größe; /* 宽 */ ") + 1
	return &finding.Finding{
		Rule: "RC203", Name: "use-after-release", Kind: "use-after-release", Severity: finding.Error, Confidence: finding.Medium,
		Message: "'größe' is used after its last reference was released",
		Span:    span(26, 2, 15), Function: "spam_tabs", Object: "größe",
		Steps: []finding.Step{
			{Kind: finding.Borrow, Span: span(25, len("\tPyObject *größe = ")+1, len("self->größe")), Message: "borrowed from self", Object: 1, Main: true},
			{Kind: finding.Release, Span: span(25, col, len("Py_DECREF(größe)")), Message: "the last reference that is known goes here, and the object with it", Object: 1, Main: true},
			{Kind: finding.Use, Span: span(26, 2, 15), Message: "returned", Object: 1, Main: true},
		},
		Related: []finding.Related{
			{Object: "maß", Span: span(25, 2, 8), Message: "field_new returns a new reference: this function owns 1"},
			{Span: source.Span{Pos: source.Pos{File: "src/other.h", Line: 3}}},
		},
		Model:       finding.Model{Verdict: "unsupported", Detail: "field of unknown owner"},
		Assumptions: []string{"helper() keeps no reference"},
	}
}

// note is in a file whose text is not at hand and whose name is hostile.
func note() *finding.Finding {
	return &finding.Finding{
		Rule: "RC805", Name: "removed-api", Kind: "modernize", Severity: finding.Note, Confidence: finding.Low,
		Message: "PyErr_Fetch is deprecated: tables[i](x) \x1b[31m100%",
		Span:    source.Span{Pos: source.Pos{File: "src/a,b:\x1b]0;x.c", Line: 3, Column: 5}},
	}
}

func render(t *testing.T, format string, in *Input, st Style) string {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, format, in, st); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// golden compares got with a file in testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s is out of date; run go test ./analyzer/report -update\n%s", path, got)
	}
}

func TestGolden(t *testing.T) {
	for _, format := range Formats() {
		t.Run(format, func(t *testing.T) {
			golden(t, format+".golden", render(t, format, sample(t), Style{}))
			empty := &Input{Version: "0.1.0", TargetPython: "3.14", Coverage: finding.Coverage{Files: 1, Functions: 2, Analysed: 2}}
			golden(t, format+"-empty.golden", render(t, format, empty, Style{}))
		})
	}
	t.Run("narrow", func(t *testing.T) {
		golden(t, "full-narrow.golden", render(t, "full", sample(t), Style{Width: 50}))
	})
	t.Run("color", func(t *testing.T) {
		golden(t, "full-color.golden", render(t, "full", sample(t), Style{Color: true}))
	})
	t.Run("long", func(t *testing.T) {
		golden(t, "full-long.golden", render(t, "full", longPath(t), Style{Quiet: true}))
	})
}

// longPath has more steps than are shown, goes back up, and visits another file.
func longPath(t *testing.T) *Input {
	in := sample(t)
	f := leak()
	f.Steps = nil
	for i := range 12 {
		kind := finding.Branch
		if i%4 == 0 {
			kind = finding.Incref
		}
		f.Steps = append(f.Steps, finding.Step{Kind: kind, Span: span(10+i%6, 5, 4), Message: string(kind), Main: true})
	}
	other := source.Span{Pos: source.Pos{File: "src/other.c", Line: 7, Column: 3}}
	f.Steps = append(f.Steps, finding.Step{Kind: finding.Steal, Span: other, Message: "given away", Main: true},
		finding.Step{Kind: finding.Exit, Span: f.Span, Message: "lost", Main: true})
	in.Findings = []*finding.Finding{f}
	return in
}

func TestNothingHidden(t *testing.T) {
	for _, format := range []string{"full", "concise", "github"} {
		if out := render(t, format, sample(t), Style{}); strings.ContainsAny(out, "\x1b\x07") {
			t.Errorf("%s lets control characters through", format)
		}
	}
}

// TestNarrowWidth: nothing is wider than the terminal, however narrow that is and
// wherever a mark and its text stand.
func TestNarrowWidth(t *testing.T) {
	in := sample(t)
	text := in.Source("src/spam.c")
	in.Source = func(path string) []byte {
		if path == "src/spam.c" {
			return append(text, strings.Repeat("\tword(漢字);", 20)...)
		}
		return nil
	}
	last := strings.Count(string(text), "\n") + 1
	for col := 1; col < 200; col += 3 {
		f := leak()
		f.Steps[0].Span, f.Steps[0].Message = span(last, col, 5+col%40), strings.Repeat("word ", col%19)
		in.Findings = append(in.Findings, f)
	}
	for width := minWidth; width < 120; width += 7 {
		for line := range strings.Lines(render(t, "full", in, Style{Width: width, Quiet: true})) {
			// A name that is too long is not cut.
			if n := displayWidth(strings.TrimRight(line, "\n")); n > width && strings.Contains(strings.TrimSpace(line), " ") {
				t.Fatalf("%d columns of %d: %s", n, width, line)
			}
		}
	}
}

func TestColumnsCountCodePoints(t *testing.T) {
	in := sample(t)
	p := newTexts(in).place(in.Findings[1].Steps[1].Span)
	if p.Column != 41 || p.EndColumn != 57 {
		t.Errorf("got columns %d to %d, want 41 to 57", p.Column, p.EndColumn)
	}
	in.Source = nil
	if p := newTexts(in).place(in.Findings[1].Steps[1].Span); p.Column != 47 {
		t.Errorf("without text: got column %d, want the byte column 47", p.Column)
	}
}

func TestRootPath(t *testing.T) {
	in := &Input{BaseDir: "/repo/sub", Root: "/repo"}
	for path, want := range map[string]string{
		"a.c": "sub/a.c", "../b.c": "b.c", "/repo/c.c": "c.c", "/elsewhere/d.c": "/elsewhere/d.c",
	} {
		if got := in.rootPath(path); got != want {
			t.Errorf("rootPath(%q) = %q, want %q", path, got, want)
		}
	}
}

func TestUnknownFormat(t *testing.T) {
	err := Write(&bytes.Buffer{}, "xhtml", &Input{}, Style{})
	if err == nil || !strings.Contains(err.Error(), "full, concise, json, sarif, github, gitlab, junit, html") {
		t.Errorf("got %v, want an error that names the formats", err)
	}
}
