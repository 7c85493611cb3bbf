package lsp

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/sourcegraph/jsonrpc2"

	"github.com/refcheck/refcheck/analyzer"
	"github.com/refcheck/refcheck/analyzer/inferred"
	"github.com/refcheck/refcheck/cmodel/contract"
)

// reasonToGive is where the user says why a finding is not to be reported.
const reasonToGive = "TODO: say why"

// codeActions offers the fixes of the findings in a range, and comments that
// ignore them. There are none while the text is newer than the findings: their
// places would be wrong.
func (s *server) codeActions(req *jsonrpc2.Request) (any, error) {
	p, err := params[codeActionParams](req)
	if err != nil {
		return nil, err
	}
	actions := []codeAction{}
	s.mu.Lock()
	defer s.mu.Unlock()
	d := s.docs[p.TextDocument.URI]
	if d == nil || d.content != d.analysed || !wanted(p.Context.Only) {
		return actions, nil
	}
	lines := newText(d.content)
	for _, x := range d.shown {
		r := x.diagnostic.Range
		if r.End.Line < p.Range.Start.Line || p.Range.End.Line < r.Start.Line {
			continue
		}
		about := []diagnostic{x.diagnostic}
		if x.fix != nil {
			actions = append(actions, codeAction{x.finding.Fix.Message, quickFix, about, x.finding.Fix.Safe, *x.fix})
		}
		at := lines.commentPlace(x.finding.Span.Line)
		edit := textEdit{textRange{at, at}, fmt.Sprintf(" /* refcheck: ignore[%s] %s */", x.finding.Rule, reasonToGive)}
		actions = append(actions, codeAction{
			Title: "Ignore " + x.finding.Rule + " here", Kind: quickFix, Diagnostics: about,
			Edit: workspaceEdit{map[string][]textEdit{d.uri: {edit}}},
		})
	}
	return actions, nil
}

// wanted reports whether a client that asks for some kinds of actions wants quick fixes.
func wanted(only []string) bool {
	return len(only) == 0 || slices.Contains(only, quickFix) || slices.Contains(only, "")
}

// hover shows the contract of the function whose name is at a place.
func (s *server) hover(ctx context.Context, req *jsonrpc2.Request) (any, error) {
	p, err := params[hoverParams](req)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	var d document
	if open := s.docs[p.TextDocument.URI]; open != nil {
		d = *open
	}
	s.mu.Unlock()
	name, at := newText(d.content).word(p.Position)
	if name == "" {
		return nil, nil
	}
	c, err := s.backend.Contract(name)
	if err != nil {
		return nil, err
	}
	if c != nil {
		return hover{markup{"markdown", contractMarkdown(c)}, &at}, nil
	}
	b, err := s.believed(ctx, d.path)
	if err != nil {
		return nil, err
	}
	funcs, _, _ := inferred.Find(b.Funcs, nil, []string{name})
	if len(funcs) == 0 {
		return nil, nil
	}
	var parts []string
	for _, f := range funcs {
		parts = append(parts, inferredMarkdown(f))
	}
	return hover{markup{"markdown", strings.Join(parts, "\n\n---\n\n")}, &at}, nil
}

// A beliefKey says what beliefs are about: some state of the documents, and a
// file or folder.
type beliefKey struct {
	generation int
	path       string
}

// believed returns what is believed about the functions of the project of a file,
// those of the workspace if the file is in it. It is kept until a document changes.
func (s *server) believed(ctx context.Context, file string) (*analyzer.Beliefs, error) {
	release, err := s.alone(ctx)
	if err != nil {
		return nil, err
	}
	defer release()
	dir := filepath.Dir(file)
	s.mu.Lock()
	if rel, err := filepath.Rel(s.root, file); s.root != "" && err == nil && filepath.IsLocal(rel) {
		dir = s.root
	}
	key := beliefKey{s.generation, dir}
	if s.beliefs != nil && s.beliefsOf == key {
		defer s.mu.Unlock()
		return s.beliefs, nil
	}
	s.mu.Unlock()
	_, overlay := s.snapshot()
	b, err := s.backend.Infer(ctx, []string{dir, file}, overlay)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.beliefs, s.beliefsOf = b, key
	return b, nil
}

// contractMarkdown has the words of "refcheck api NAME".
func contractMarkdown(c *contract.Func) string {
	var b strings.Builder
	fmt.Fprintf(&b, "```c\n%s\n```\n", c.Signature())
	for _, r := range c.Rows() {
		text := escape(r.Text)
		if strings.HasPrefix(r.Text, "https://") {
			text = "<" + r.Text + ">"
		}
		name := "**" + escape(r.Name) + "**"
		if r.Param {
			name = "`" + r.Name + "`"
		}
		fmt.Fprintf(&b, "\n- %s: %s", name, text)
	}
	return b.String()
}

// inferredMarkdown has the words of "refcheck api --project PATH NAME".
func inferredMarkdown(f *inferred.Func) string {
	var b strings.Builder
	f.Explain(&b)
	signature, rest, _ := strings.Cut(b.String(), "\n")
	return fmt.Sprintf("```c\n%s\n```\n```text\n%s\n```", signature, strings.TrimRight(rest, "\n"))
}

// escape keeps Markdown from reading text as anything but text.
func escape(s string) string {
	return strings.NewReplacer(`\`, `\\`, "*", `\*`, "_", `\_`, "`", "\\`", "<", `\<`, "[", `\[`).Replace(s)
}
