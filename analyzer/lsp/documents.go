package lsp

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/sourcegraph/jsonrpc2"

	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/cmodel/source"
)

// notified handles a notification. Those that it does not know are ignored.
func (s *server) notified(req *jsonrpc2.Request) error {
	switch req.Method {
	case "exit":
		s.mu.Lock()
		defer s.mu.Unlock()
		if !s.exited {
			s.exited = true
			close(s.done)
		}
	case "$/cancelRequest":
		p, err := params[cancelParams](req)
		if err != nil {
			return err
		}
		var id jsonrpc2.ID
		if err := id.UnmarshalJSON(p.ID); err != nil {
			return err
		}
		s.mu.Lock()
		defer s.mu.Unlock()
		if cancel := s.requests[id.String()]; cancel != nil {
			cancel()
		}
	case "textDocument/didOpen":
		return s.opened(req)
	case "textDocument/didChange":
		return s.changed(req)
	case "textDocument/didSave":
		s.schedule(0)
	case "textDocument/didClose":
		return s.closed(req)
	case "workspace/didChangeWatchedFiles", "workspace/didChangeConfiguration":
		s.schedule(pause)
	}
	return nil
}

func (s *server) opened(req *jsonrpc2.Request) error {
	p, err := params[openParams](req)
	if err != nil {
		return err
	}
	d := &document{uri: p.TextDocument.URI, path: pathOf(p.TextDocument.URI), version: p.TextDocument.Version, content: p.TextDocument.Text}
	if d.path == "" {
		return fmt.Errorf("%q is not a file", d.uri)
	}
	s.mu.Lock()
	s.docs[d.uri] = d
	s.mu.Unlock()
	s.schedule(0)
	return nil
}

func (s *server) changed(req *jsonrpc2.Request) error {
	p, err := params[changeParams](req)
	if err != nil {
		return err
	}
	s.mu.Lock()
	d := s.docs[p.TextDocument.URI]
	if d == nil {
		s.mu.Unlock()
		return fmt.Errorf("%q is not open", p.TextDocument.URI)
	}
	for _, c := range p.ContentChanges {
		if c.Range != nil {
			s.mu.Unlock()
			return fmt.Errorf("a part of %q was sent: the server asks for all of it", d.uri)
		}
		d.content = c.Text
	}
	d.version = p.TextDocument.Version
	s.mu.Unlock()
	s.schedule(pause)
	return nil
}

func (s *server) closed(req *jsonrpc2.Request) error {
	p, err := params[documentParams](req)
	if err != nil {
		return err
	}
	s.mu.Lock()
	delete(s.docs, p.TextDocument.URI)
	s.mu.Unlock()
	s.publish(publishParams{URI: p.TextDocument.URI, Diagnostics: []diagnostic{}})
	s.schedule(pause)
	return nil
}

func (s *server) publish(p publishParams) {
	s.conn.Notify(s.ctx, "textDocument/publishDiagnostics", p)
}

// schedule cancels the analysis that waits or runs and starts another after a while.
func (s *server) schedule(after time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.cancel()
	s.generation++
	if s.shutdown {
		return
	}
	var ctx context.Context
	ctx, s.cancel = context.WithCancel(s.ctx)
	go func() {
		select {
		case <-time.After(after):
		case <-ctx.Done():
			return
		}
		if _, err := s.safely(func() (any, error) { return nil, s.check(ctx) }); ctx.Err() == nil {
			s.explain(err)
		}
	}()
}

// explain tells the user why there are no findings, once for each reason.
func (s *server) explain(err error) {
	text := ""
	if err != nil {
		text = "refcheck: " + err.Error()
	}
	s.mu.Lock()
	again := text == s.trouble
	s.trouble = text
	s.mu.Unlock()
	if text != "" && !again {
		s.tell("window/showMessage", messageError, text)
	}
}

// alone waits until no other analysis runs.
func (s *server) alone(ctx context.Context) (release func(), err error) {
	select {
	case s.work <- struct{}{}:
		return func() { <-s.work }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// snapshot copies the documents as they are, in order of their names.
func (s *server) snapshot() (docs []document, overlay map[string][]byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	overlay = map[string][]byte{}
	for _, d := range s.docs {
		docs = append(docs, *d)
		overlay[d.path] = []byte(d.content)
	}
	slices.SortFunc(docs, func(a, b document) int { return strings.Compare(a.uri, b.uri) })
	return docs, overlay
}

// check analyses the open documents and publishes what is found.
func (s *server) check(ctx context.Context) error {
	release, err := s.alone(ctx)
	if err != nil {
		return err
	}
	defer release()
	docs, overlay := s.snapshot()
	if len(docs) == 0 {
		return nil
	}
	var files []string
	for _, d := range docs {
		files = append(files, d.path)
	}
	found, read, err := s.backend.Check(ctx, files, overlay)
	if err != nil {
		return err
	}
	byFile := map[string][]*finding.Finding{}
	for _, f := range found {
		path := absolute(f.Span.File)
		byFile[path] = append(byFile[path], f)
	}
	v := newView(read)
	for _, d := range docs {
		s.show(ctx, d, v, byFile[d.path])
	}
	return nil
}

// show publishes the findings in a document, unless its text has changed meanwhile.
func (s *server) show(ctx context.Context, d document, v *view, found []*finding.Finding) {
	list := []diagnostic{}
	var all []shown
	for _, f := range found {
		x := v.shown(f)
		all, list = append(all, x), append(list, x.diagnostic)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.docs[d.uri]
	if ctx.Err() != nil || now == nil || now.version != d.version {
		return
	}
	now.analysed, now.shown = d.content, all
	s.publish(publishParams{d.uri, &d.version, list})
}

func absolute(file string) string {
	abs, err := filepath.Abs(filepath.FromSlash(file))
	if err != nil {
		return file
	}
	return abs
}

// A view turns findings into what clients understand. It keeps the texts it needs.
type view struct {
	read  func(file string) []byte
	texts map[string]text
}

func newView(read func(string) []byte) *view { return &view{read, map[string]text{}} }

func (v *view) text(file string) text {
	t, ok := v.texts[file]
	if !ok {
		t = newText(string(v.read(file)))
		v.texts[file] = t
	}
	return t
}

func (v *view) location(at source.Span) location {
	return location{uriOf(at.File), v.text(at.File).span(at)}
}

var severities = map[finding.Severity]int{finding.Error: 1, finding.Warning: 2, finding.Note: 3}

func (v *view) shown(f *finding.Finding) shown {
	d := diagnostic{
		Range: v.location(f.Span).Range, Severity: severities[f.Severity],
		Code: f.Rule, Source: "refcheck", Message: f.Message,
	}
	if f.Help != "" {
		d.Message += "\nhelp: " + f.Help
	}
	add := func(at source.Span, text string) {
		if at.IsValid() && text != "" {
			d.RelatedInformation = append(d.RelatedInformation, related{v.location(at), text})
		}
	}
	for _, step := range f.Steps {
		if step.Main {
			add(step.Span, step.Message)
		}
	}
	for _, r := range f.Related {
		add(r.Span, r.Message)
	}
	for _, at := range f.AlsoAt {
		add(source.Span{Pos: at}, "also here")
	}
	return shown{f, d, v.fix(f.Fix)}
}

// fix is the edit for a fix, nil if there is none.
func (v *view) fix(fix *finding.Fix) *workspaceEdit {
	if fix == nil || len(fix.Edits) == 0 {
		return nil
	}
	out := &workspaceEdit{map[string][]textEdit{}}
	for _, e := range fix.Edits {
		at := v.location(e.Span)
		out.Changes[at.URI] = append(out.Changes[at.URI], textEdit{at.Range, e.NewText})
	}
	return out
}
