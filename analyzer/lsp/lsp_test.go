package lsp

import (
	"context"
	"encoding/json"
	"io"
	"strings"
	"testing"

	"github.com/sourcegraph/jsonrpc2"

	"github.com/refcheck/refcheck/analyzer"
	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/cmodel/contract"
	"github.com/refcheck/refcheck/cmodel/source"
)

func TestCommentPlace(t *testing.T) {
	for line, want := range map[string]int{
		"return x;":            9,
		"return x;  \r":        9,
		"return x; // why":     9,
		"f(\"// no\"); // yes": 11,
		"f('\"', \"\\\"//\");": 15,
		"    drop(x); \\":      12,
		"x; /* a // b */ y;":   18,
		"x; /* to the next":    2,
		"é😀;":                  4,
	} {
		if got := newText(line).commentPlace(1); got != (position{0, want}) {
			t.Errorf("%q: got %v, want %d", line, got, want)
		}
	}
}

func TestWord(t *testing.T) {
	lines := newText("é = 😀 + PyList_New(3);")
	for at, want := range map[int]string{9: "PyList_New", 18: "PyList_New", 13: "PyList_New", 20: "", 7: "", 500: "", -1: "é"} {
		if got, _ := lines.word(position{0, at}); got != want {
			t.Errorf("at %d: got %q, want %q", at, got, want)
		}
	}
	if _, r := lines.word(position{0, 10}); r != (textRange{position{0, 9}, position{0, 19}}) {
		t.Errorf("range %v", r)
	}
	if got, _ := lines.word(position{9, 0}); got != "" {
		t.Errorf("past the end: %q", got)
	}
}

func TestURI(t *testing.T) {
	const path = "/a b/é#%.c"
	if got := pathOf(uriOf(path)); got != path {
		t.Errorf("got %q by way of %s", got, uriOf(path))
	}
	for _, bad := range []string{"untitled:x", "http://h/x.c", "file://", "%zz"} {
		if got := pathOf(bad); got != "" {
			t.Errorf("%s: got %q", bad, got)
		}
	}
}

// fake finds a defect with a fix in every file, and panics where it is told to.
type fake struct{}

func (fake) Check(_ context.Context, files []string, overlay map[string][]byte) ([]*finding.Finding, func(string) []byte, error) {
	var out []*finding.Finding
	for _, f := range files {
		if string(overlay[f]) == "PANIC" {
			panic("as told")
		}
		at := source.Span{Pos: source.Pos{File: f, Line: 1, Column: 1}, EndLine: 1, EndColumn: 2}
		out = append(out, &finding.Finding{Rule: "RC101", Span: at, Message: "lost", Fix: &finding.Fix{
			Message: "release it", Safe: true, Edits: []finding.Edit{{Span: at, NewText: "y"}},
		}})
	}
	return out, func(f string) []byte { return overlay[f] }, nil
}

func (fake) Infer(context.Context, []string, map[string][]byte) (*analyzer.Beliefs, error) {
	panic("as told")
}

func (fake) Contract(string) (*contract.Func, error) { return nil, nil }

// A client hears what the server says by itself.
type client chan *jsonrpc2.Request

func (c client) Handle(_ context.Context, _ *jsonrpc2.Conn, req *jsonrpc2.Request) { c <- req }

func (c client) wait(t *testing.T, method string) string {
	t.Helper()
	for req := range c {
		if req.Method == method {
			return string(*req.Params)
		}
	}
	return ""
}

type duplex struct {
	io.Reader
	io.WriteCloser
}

func TestFixesAndPanics(t *testing.T) {
	serverIn, clientOut := io.Pipe()
	clientIn, serverOut := io.Pipe()
	served := make(chan error)
	go func() { served <- Serve(context.Background(), serverIn, serverOut, fake{}, "test") }()
	heard := make(client, 100)
	ctx := context.Background()
	conn := jsonrpc2.NewConn(ctx, jsonrpc2.NewBufferedStream(duplex{clientIn, clientOut}, jsonrpc2.VSCodeObjectCodec{}), heard)
	call := func(method, params string) (string, error) {
		var result json.RawMessage
		err := conn.Call(ctx, method, json.RawMessage(params), &result)
		return string(result), err
	}
	if _, err := call("initialize", `{}`); err != nil {
		t.Fatal(err)
	}
	conn.Notify(ctx, "textDocument/didOpen", json.RawMessage(`{"textDocument":{"uri":"file:///a.c","version":1,"text":"x;"}}`))
	heard.wait(t, "textDocument/publishDiagnostics")
	ask := `{"textDocument":{"uri":"file:///a.c"},"range":{"start":{"line":0},"end":{"line":0}},"context":{}}`
	got, err := call("textDocument/codeAction", ask)
	want := `"edit":{"changes":{"file:///a.c":[{"range":{"start":{"line":0,"character":0},"end":{"line":0,"character":1}},"newText":"y"}]}}`
	if err != nil || !strings.Contains(got, want) || !strings.Contains(got, `"isPreferred":true`) {
		t.Errorf("the fix: %v\n%s", err, got)
	}
	if got, _ := call("textDocument/codeAction", strings.Replace(ask, `"context":{}`, `"context":{"only":["refactor"]}`, 1)); got != "[]" {
		t.Errorf("refactorings: %s", got)
	}
	change := `{"textDocument":{"uri":"file:///a.c","version":2},"contentChanges":[{"text":"PANIC"}]}`
	conn.Notify(ctx, "textDocument/didChange", json.RawMessage(change))
	if got, _ := call("textDocument/codeAction", ask); got != "[]" {
		t.Errorf("the text has changed, and yet: %s", got)
	}
	if got := heard.wait(t, "window/showMessage"); !strings.Contains(got, "bug in refcheck") {
		t.Errorf("about the panic: %s", got)
	}
	if _, err := call("textDocument/hover", `{"textDocument":{"uri":"file:///a.c"},"position":{}}`); err == nil || !strings.Contains(err.Error(), "as told") {
		t.Errorf("a panic in a request: %v", err)
	}
	if _, err := call("shutdown", `null`); err != nil {
		t.Error(err)
	}
	conn.Notify(ctx, "exit", nil)
	if err := <-served; err != nil {
		t.Error(err)
	}
}
