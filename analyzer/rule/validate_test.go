package rule

import (
	"strings"
	"testing"
)

const goodDoc = "# RC999 sample-rule\n\n## What it does\nSays\nthings.\n\nMore.\n\n## Why it is bad\nx\n\n" +
	"## Example\n```c\n## not a heading\nint bad;\n```\n\n## Fix\n```c\nint good;\n```\n\n## Limits\nnone\n"

func sample() *Rule {
	return &Rule{Code: "RC999", Name: "sample-rule", Kind: "leak", Doc: goodDoc,
		Judge: func(*Event) *Verdict { return nil }}
}

func TestValidate(t *testing.T) {
	tests := []struct {
		name  string
		spoil func(r *Rule)
		want  string
	}{
		{"good", func(*Rule) {}, ""},
		{"code", func(r *Rule) { r.Code = "RC1" }, "does not look like"},
		{"name", func(r *Rule) { r.Name = "Sample" }, "lower case words"},
		{"kind", func(r *Rule) { r.Kind = "other" }, `unknown kind "other"`},
		{"judge", func(r *Rule) { r.Judge = nil }, "no Judge"},
		{"undocumented", func(r *Rule) { r.Doc = "" }, "first line is"},
		{"section order", func(r *Rule) { r.Doc = strings.Replace(r.Doc, "## Fix", "## Repair", 1) }, "sections are"},
		{"empty section", func(r *Rule) { r.Doc = strings.Replace(r.Doc, "none\n", "", 1) }, `"Limits" is empty`},
		{"no code", func(r *Rule) { r.Doc = strings.Replace(r.Doc, "```c\nint good;\n```", "int good;", 1) }, "no code block"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := sample()
			tt.spoil(r)
			err := Validate([]*Rule{r})
			switch {
			case tt.want == "" && err != nil:
				t.Errorf("unexpected error: %v", err)
			case tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want)):
				t.Errorf("got %v, want an error with %q", err, tt.want)
			}
		})
	}
}

func TestValidateDuplicates(t *testing.T) {
	a, b := sample(), sample()
	if err := Validate([]*Rule{a, b}); err == nil || !strings.Contains(err.Error(), "is taken by") {
		t.Errorf("two rules with one code: got %v", err)
	}
	if err := Validate([]*Rule{a, a}); err == nil || !strings.Contains(err.Error(), "listed twice") {
		t.Errorf("one rule twice: got %v", err)
	}
	if err := Validate([]*Rule{a, nil}); err == nil {
		t.Error("nil rule: no error")
	}
}

func TestDoc(t *testing.T) {
	if got, want := Summary(goodDoc), "Says things."; got != want {
		t.Errorf("Summary = %q, want %q", got, want)
	}
	code, ok := CodeBlock(Section(goodDoc, "Example"))
	if want := "## not a heading\nint bad;\n"; !ok || code != want {
		t.Errorf("CodeBlock = %q, %v, want %q", code, ok, want)
	}
	if _, ok := CodeBlock("no code"); ok {
		t.Error("CodeBlock found a block in plain text")
	}
}
