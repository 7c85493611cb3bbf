package report

import (
	"bytes"
	"strings"
	"testing"

	"github.com/refcheck/refcheck/analyzer/finding"
)

func html(t *testing.T, in *Input) string {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, "html", in, Style{}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestHTML: the path, the counts and what was not analysed are on the page, which
// does not depend on the time taken.
func TestHTML(t *testing.T) {
	in := sample(t)
	in.Replay = func(f *finding.Finding) *finding.Trace {
		return &finding.Trace{Rows: []finding.Row{{Step: 0, Objects: []finding.Object{
			{Number: 1, Name: "'list'", Born: f.Span, Count: 7, Owned: 1, Holders: []string{"this function"}}}}}}
	}
	page := html(t, in)
	for _, want := range []string{
		`id="` + in.Findings[0].Fingerprint + `" data-rule="RC102" data-severity="warning" data-file="src/spam.c" open>`,
		`<mark class="at">PyList_New(1)</mark>`, `<mark class="final">return NULL</mark>`,
		`<b class="count">7</b>`, `held by this function, nobody 6`,
		`budget: 4096 states`, `src/y.cpp`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("no %s on the page", want)
		}
	}
	in.Seconds = 9
	if html(t, in) != page {
		t.Error("the page depends on the time taken")
	}
}

// TestHTMLUntrusted: text from sources never becomes markup.
func TestHTMLUntrusted(t *testing.T) {
	const evil = `"></mark><script>alert(1)</script>`
	in := sample(t)
	f := leak()
	f.Message, f.Function, f.Help, f.Fix, f.Fingerprint = evil, evil, evil, nil, "0123"
	f.Steps[0].Message = evil
	f.Assumptions = []string{evil}
	in.Findings = []*finding.Finding{f}
	in.Coverage.SkippedFiles = []finding.SkippedFile{{File: evil, Reason: evil}}
	in.Source = func(string) []byte { return []byte(strings.Repeat(evil+"\n", 20)) }
	if page := html(t, in); strings.Contains(page, "<script>alert") {
		t.Error("a script of the source is on the page")
	}
}

// TestHTMLSize: none, and too many to draw the path of each.
func TestHTMLSize(t *testing.T) {
	in := sample(t)
	in.Findings = nil
	if page := html(t, in); !strings.Contains(page, "Nothing to report.") {
		t.Error("no findings: the page does not say so")
	}
	line := strings.Repeat("x", htmlLineMax)
	in.Source = func(string) []byte { return []byte(strings.Repeat(line+"\n", 60)) }
	for range 2000 {
		in.Findings = append(in.Findings, leak())
	}
	page := html(t, in)
	if n := strings.Count(page, `<details class="finding`); n != 2000 {
		t.Errorf("%d findings on the page, want 2000", n)
	}
	if !strings.Contains(page, "The path is left out") || len(page) > maxPathBytes+4<<20 {
		t.Errorf("%d bytes: want paths left out and less than %d", len(page), maxPathBytes+4<<20)
	}
}
