package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/sourcegraph/jsonrpc2"
)

// lspWait is how long a test waits for what must come: long enough never to be the
// reason why it fails.
const lspWait = 2 * time.Minute

type lspRange struct {
	Start, End struct{ Line, Character int }
}

type lspDiagnostic struct {
	Range              lspRange
	Severity           int
	Code, Message      string
	RelatedInformation []struct {
		Location struct {
			URI   string
			Range lspRange
		}
		Message string
	}
}

type lspPublished struct {
	URI         string
	Version     int
	Diagnostics []lspDiagnostic
}

// An lspClient is an editor: it runs "refcheck lsp" in another folder than the
// workspace and talks to it through pipes.
type lspClient struct {
	t         *testing.T
	dir       string
	cmd       *exec.Cmd
	in        io.WriteCloser
	conn      *jsonrpc2.Conn
	published chan lspPublished
	messages  chan string // window/showMessage
}

type lspPipes struct {
	io.Reader
	io.WriteCloser
}

func startLSP(t *testing.T, files map[string]string, args ...string) *lspClient {
	t.Helper()
	c := &lspClient{t: t, dir: t.TempDir(), published: make(chan lspPublished, 100), messages: make(chan string, 100)}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(c.dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(c.dir, ".git"), 0o777); err != nil {
		t.Fatal(err)
	}
	c.cmd = exec.Command("refcheck", append([]string{"lsp"}, args...)...)
	c.cmd.Dir, c.cmd.Stderr = t.TempDir(), os.Stderr
	var err error
	if c.in, err = c.cmd.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	out, err := c.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.cmd.Process.Kill() })
	stream := jsonrpc2.NewBufferedStream(lspPipes{out, c.in}, jsonrpc2.VSCodeObjectCodec{})
	c.conn = jsonrpc2.NewConn(context.Background(), stream, c, jsonrpc2.SetLogger(log.New(io.Discard, "", 0)))
	return c
}

// Handle implements jsonrpc2.Handler.
func (c *lspClient) Handle(_ context.Context, _ *jsonrpc2.Conn, req *jsonrpc2.Request) {
	switch req.Method {
	case "textDocument/publishDiagnostics":
		var p lspPublished
		if err := json.Unmarshal(*req.Params, &p); err != nil {
			c.t.Error(err)
		}
		c.published <- p
	case "window/showMessage":
		c.messages <- string(*req.Params)
	}
}

func (c *lspClient) uri(name string) string {
	return "file://" + filepath.ToSlash(filepath.Join(c.dir, name))
}

func (c *lspClient) call(method string, params, result any) error {
	ctx, cancel := context.WithTimeout(context.Background(), lspWait)
	defer cancel()
	return c.conn.Call(ctx, method, params, result)
}

func (c *lspClient) must(method string, params, result any) {
	c.t.Helper()
	if err := c.call(method, params, result); err != nil {
		c.t.Fatalf("%s: %v", method, err)
	}
}

func (c *lspClient) notify(method string, params any) {
	c.t.Helper()
	if err := c.conn.Notify(context.Background(), method, params); err != nil {
		c.t.Fatalf("%s: %v", method, err)
	}
}

type m = map[string]any

func (c *lspClient) initialize() {
	c.t.Helper()
	var result struct{ Capabilities m }
	c.must("initialize", m{"processId": nil, "rootUri": "file://" + filepath.ToSlash(c.dir), "capabilities": m{}}, &result)
	if result.Capabilities["hoverProvider"] != true {
		c.t.Errorf("capabilities: %v", result.Capabilities)
	}
	c.notify("initialized", m{})
}

func (c *lspClient) open(name, text string) {
	c.t.Helper()
	c.notify("textDocument/didOpen", m{"textDocument": m{"uri": c.uri(name), "languageId": "c", "version": 1, "text": text}})
}

func (c *lspClient) change(name string, version int, text string) {
	c.t.Helper()
	c.notify("textDocument/didChange", m{
		"textDocument": m{"uri": c.uri(name), "version": version}, "contentChanges": []m{{"text": text}},
	})
}

// diagnostics waits for those of a file at a version, and returns how many of other
// versions came before.
func (c *lspClient) diagnostics(name string, version int) (p lspPublished, others int) {
	c.t.Helper()
	for {
		select {
		case p = <-c.published:
			if p.URI == c.uri(name) && p.Version == version {
				return p, others
			}
			others++
		case msg := <-c.messages:
			c.t.Fatalf("the server says: %s", msg)
		case <-time.After(lspWait):
			c.t.Fatalf("no diagnostics of %s, version %d", name, version)
		}
	}
}

// quit ends the session as the protocol wants it.
func (c *lspClient) quit() {
	c.t.Helper()
	c.must("shutdown", nil, nil)
	c.notify("exit", nil)
	if err := c.cmd.Wait(); err != nil {
		c.t.Errorf("after shutdown and exit: %v", err)
	}
}

func (p lspPublished) String() string {
	var b strings.Builder
	for _, d := range p.Diagnostics {
		fmt.Fprintf(&b, "%d:%d-%d:%d %s %s\n", d.Range.Start.Line, d.Range.Start.Character, d.Range.End.Line, d.Range.End.Character, d.Code, d.Message)
	}
	return b.String()
}

// lspLeak loses 'list' where PyLong_FromLong fails. The characters before the return take 1 and 2
// UTF-16 units, and 2 and 4 bytes.
const lspLeak = `#include <Python.h>
PyObject *make(long n);
PyObject *
spam(PyObject *self, PyObject *args)
{
    PyObject *list = make(3);
    if (list == NULL)
        return NULL;
    PyObject *item = PyLong_FromLong(42);
    if (item == NULL)
        /* é😀 */ return NULL;
    PyList_SET_ITEM(list, 0, item);
    return list;
}
`

const lspHelper = `#include <Python.h>
PyObject *make(long n) { return PyList_New(n); }
`

func TestLSPSession(t *testing.T) {
	c := startLSP(t, map[string]string{"spam.c": "int stale;\n", "helper.c": lspHelper})
	if err := c.call("textDocument/hover", m{}, nil); err == nil {
		t.Error("a request before initialize was answered")
	}
	c.initialize()
	c.open("spam.c", lspLeak)
	p, _ := c.diagnostics("spam.c", 1)
	if len(p.Diagnostics) != 1 {
		t.Fatalf("want one finding, by the summary of helper.c, in the unsaved text:\n%s", p)
	}
	d := p.Diagnostics[0]
	if d.Code != "RC102" || d.Severity != 2 || d.Range.Start.Line != 10 || d.Range.Start.Character != 18 || d.Range.End.Character != 30 {
		t.Errorf("want RC102 at the return, 10:18-30 in UTF-16:\n%s", p)
	}
	if n := len(d.RelatedInformation); n < 2 || d.RelatedInformation[0].Location.Range.Start.Line != 5 {
		t.Errorf("want the path, from line 5 on: %+v", d.RelatedInformation)
	}
	c.checkHover(5, 23, "where", "helper.c:2", "new reference")
	c.checkHover(8, 25, "PyLong_FromLong(long", "**return**", "new reference", "https://docs.python.org")
	c.checkHover(7, 0)
	fixed := c.ignore(lspLeak, d.Range)
	c.change("spam.c", 2, "int typing;\n")
	c.change("spam.c", 3, fixed)
	p, others := c.diagnostics("spam.c", 3)
	if others > 0 {
		t.Error("a text that was typed over at once was analysed and shown")
	}
	if len(p.Diagnostics) != 0 {
		t.Errorf("ignored, and yet:\n%s", p)
	}
	c.notify("textDocument/didClose", m{"textDocument": m{"uri": c.uri("spam.c")}})
	c.quit()
}

// checkHover looks at what is shown at a place in spam.c; nothing if no words are given.
func (c *lspClient) checkHover(line, character int, words ...string) {
	c.t.Helper()
	var h *struct{ Contents struct{ Kind, Value string } }
	c.must("textDocument/hover", m{
		"textDocument": m{"uri": c.uri("spam.c")}, "position": m{"line": line, "character": character},
	}, &h)
	if (h == nil) != (len(words) == 0) {
		c.t.Fatalf("hover at %d:%d: got %v", line, character, h)
	}
	for _, w := range words {
		if !strings.Contains(h.Contents.Value, w) || h.Contents.Kind != "markdown" {
			c.t.Errorf("hover at %d:%d: want %q in\n%s", line, character, w, h.Contents.Value)
		}
	}
}

// ignore asks for the actions on a finding and applies the one that ignores it.
func (c *lspClient) ignore(text string, at lspRange) string {
	c.t.Helper()
	var actions []struct {
		Title, Kind string
		Edit        struct {
			Changes map[string][]struct {
				Range   lspRange
				NewText string
			}
		}
	}
	ask := m{"textDocument": m{"uri": c.uri("spam.c")}, "context": m{"diagnostics": []m{}}, "range": m{
		"start": m{"line": at.Start.Line, "character": 0}, "end": m{"line": at.Start.Line, "character": 0},
	}}
	c.must("textDocument/codeAction", ask, &actions)
	mends := false
	for _, a := range actions {
		for _, e := range a.Edit.Changes[c.uri("spam.c")] {
			mends = mends || strings.HasPrefix(a.Title, "release '") && strings.Contains(e.NewText, "Py_DECREF(")
		}
	}
	if !mends {
		c.t.Errorf("no action mends the leak: %+v", actions)
	}
	for _, a := range actions {
		edits := a.Edit.Changes[c.uri("spam.c")]
		if a.Title != "Ignore RC102 here" || a.Kind != "quickfix" || len(edits) != 1 {
			continue
		}
		lines := strings.Split(text, "\n")
		e := edits[0]
		// At the end of the line.
		if n := e.Range.Start; n.Line != 10 || n.Character != 30 || e.Range.End != n {
			c.t.Fatalf("the comment goes to %+v", e.Range)
		}
		lines[e.Range.Start.Line] += e.NewText
		return strings.Join(lines, "\n")
	}
	c.t.Fatalf("no action to ignore the finding: %+v", actions)
	return ""
}

func TestLSPConfiguration(t *testing.T) {
	c := startLSP(t, map[string]string{"refcheck.toml": "ignore = [\"RC1\"]\n", "spam.c": lspLeak, "helper.c": lspHelper})
	c.initialize()
	c.open("spam.c", lspLeak)
	if p, _ := c.diagnostics("spam.c", 1); len(p.Diagnostics) != 0 {
		t.Errorf("refcheck.toml of the workspace ignores RC1, and yet:\n%s", p)
	}
	config := filepath.Join(c.dir, "refcheck.toml")
	if err := os.WriteFile(config, []byte("ignroe = []\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	save := m{"textDocument": m{"uri": c.uri("spam.c")}}
	c.notify("textDocument/didSave", save)
	select {
	case msg := <-c.messages:
		if !strings.Contains(msg, "refcheck.toml:1") || !strings.Contains(msg, "did you mean") {
			t.Errorf("about a bad configuration: %s", msg)
		}
	case <-time.After(lspWait):
		t.Fatal("nothing said about a bad configuration")
	}
	if err := os.Remove(config); err != nil {
		t.Fatal(err)
	}
	c.notify("textDocument/didSave", save)
	if p, _ := c.diagnostics("spam.c", 1); len(p.Diagnostics) != 1 {
		t.Errorf("without configuration, after saving:\n%s", p)
	}
	c.quit()
}

func TestLSPMalformed(t *testing.T) {
	c := startLSP(t, nil)
	c.initialize()
	for _, body := range []string{"{", "[]", "7", `{"jsonrpc":"2.0"}`, `{"jsonrpc":"2.0","method":"textDocument/didOpen","params":[1]}`,
		`{"jsonrpc":"2.0","method":"textDocument/didOpen"}`, `{"jsonrpc":"2.0","method":"textDocument/didChange","params":{}}`} {
		fmt.Fprintf(c.in, "Content-Length: %d\r\n\r\n%s", len(body), body)
	}
	if err := c.call("textDocument/nonsense", m{}, nil); err == nil || !strings.Contains(err.Error(), "no method") {
		t.Errorf("an unknown method: %v", err)
	}
	if err := c.call("textDocument/hover", m{"position": "here"}, nil); err == nil {
		t.Error("bad parameters were taken")
	}
	big := lspLeak + strings.Repeat("static int x(void) { return 0; }\n", 20000)
	c.open("new.c", big) // not on disk
	if p, _ := c.diagnostics("new.c", 1); len(p.Diagnostics) > 0 {
		t.Errorf("make() is unknown here:\n%s", p)
	}
	c.quit()
}

func TestLSPBrokenOff(t *testing.T) {
	for name, bytes := range map[string]string{"end": "", "header": "Content-Length: 99999999999\r\n\r\n", "no header": "hello\n\n"} {
		cmd := exec.Command("refcheck", "lsp")
		cmd.Stdin = strings.NewReader(bytes)
		out, err := cmd.CombinedOutput()
		if cmd.ProcessState.ExitCode() != exitFailed || !strings.Contains(string(out), "the client left") {
			t.Errorf("%s: %v\n%s", name, err, out)
		}
	}
}
