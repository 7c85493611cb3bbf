// Package lsp is a language server: findings while a file is edited, what
// functions do on hover, fixes and ignoring comments as code actions.
//
// There is one analysis at a time. It covers all open files, with the text they
// have in the editor; a change cancels it and starts another after a pause. What
// clients ask in the meantime is answered from the last one, as far as the text is
// still the same.
package lsp

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"sync"
	"time"

	"github.com/sourcegraph/jsonrpc2"

	"github.com/refcheck/refcheck/analyzer"
	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/cmodel/contract"
)

// pause is how long nothing must be typed before the text is analysed.
const pause = 400 * time.Millisecond

// codeNotInitialized is the error of requests before initialize.
const codeNotInitialized = -32002

// A Backend analyses. Files are absolute paths; overlay has the text of those that
// are open in the editor.
type Backend interface {
	// Check returns the findings to show in files.
	Check(ctx context.Context, files []string, overlay map[string][]byte) ([]*finding.Finding, func(file string) []byte, error)
	// Infer returns what is believed about the functions in paths, files or folders.
	Infer(ctx context.Context, paths []string, overlay map[string][]byte) (*analyzer.Beliefs, error)
	// Contract returns the contract of a C API function, nil if there is none.
	Contract(name string) (*contract.Func, error)
}

// A document is a file that is open in the editor.
type document struct {
	uri, path string
	version   int
	content   string
	// analysed is the text that shown is about.
	analysed string
	shown    []shown
}

// A shown is a finding as the client knows it.
type shown struct {
	finding    *finding.Finding
	diagnostic diagnostic
	fix        *workspaceEdit // nil if there is none
}

type server struct {
	backend Backend
	version string
	ctx     context.Context
	conn    *jsonrpc2.Conn
	done    chan struct{}
	work    chan struct{} // held while analysing

	mu          sync.Mutex
	root        string // folder of the workspace, "" if none is open
	initialized bool
	shutdown    bool
	exited      bool
	docs        map[string]*document // by URI
	generation  int                  // counts changes of docs
	cancel      context.CancelFunc   // of the analysis that waits or runs
	requests    map[string]context.CancelFunc
	trouble     string // what the user was told last
	beliefs     *analyzer.Beliefs
	beliefsOf   beliefKey
}

// Serve answers a client on in and out until it says goodbye. It reports an error
// if the client leaves in another way.
func Serve(ctx context.Context, in io.Reader, out io.Writer, backend Backend, version string) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	s := &server{
		backend: backend, version: version, ctx: ctx, cancel: func() {},
		done: make(chan struct{}), work: make(chan struct{}, 1),
		docs: map[string]*document{}, requests: map[string]context.CancelFunc{},
	}
	ready := make(chan struct{})
	handler := handlerFunc(func(ctx context.Context, req *jsonrpc2.Request) {
		<-ready
		s.handle(ctx, req)
	})
	s.conn = jsonrpc2.NewConn(ctx, newStream(in, out), handler, jsonrpc2.SetLogger(silent{}))
	close(ready)
	select {
	case <-s.done:
	case <-s.conn.DisconnectNotify():
	case <-ctx.Done():
		return ctx.Err()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.exited || !s.shutdown {
		return errors.New("the client left without shutdown and exit")
	}
	return nil
}

type handlerFunc func(context.Context, *jsonrpc2.Request)

// Handle implements jsonrpc2.Handler.
func (f handlerFunc) Handle(ctx context.Context, _ *jsonrpc2.Conn, req *jsonrpc2.Request) {
	f(ctx, req)
}

type silent struct{}

func (silent) Printf(string, ...any) {}

// handle takes one message. Notifications are handled in order; a request that may
// take time runs beside them, and can be cancelled.
func (s *server) handle(ctx context.Context, req *jsonrpc2.Request) {
	if req.Notif {
		if _, err := s.safely(func() (any, error) { return nil, s.notified(req) }); err != nil {
			s.tell("window/logMessage", messageWarning, req.Method+": "+err.Error())
		}
		return
	}
	s.mu.Lock()
	initialized, down := s.initialized, s.shutdown
	s.mu.Unlock()
	switch {
	case req.Method == "initialize" && !initialized:
		s.answer(req, func() (any, error) { return s.initialize(req) })
	case !initialized:
		s.refuse(req, codeNotInitialized, "initialize comes first")
	case req.Method == "initialize" || down:
		s.refuse(req, jsonrpc2.CodeInvalidRequest, "too late for "+req.Method)
	case req.Method == "shutdown":
		s.mu.Lock()
		s.shutdown = true
		s.cancel()
		s.mu.Unlock()
		s.answer(req, func() (any, error) { return nil, nil })
	case req.Method == "textDocument/hover":
		s.background(ctx, req, s.hover)
	case req.Method == "textDocument/codeAction":
		s.answer(req, func() (any, error) { return s.codeActions(req) })
	default:
		s.refuse(req, jsonrpc2.CodeMethodNotFound, "no method "+req.Method)
	}
}

// background answers a request in its own time.
func (s *server) background(ctx context.Context, req *jsonrpc2.Request, f func(context.Context, *jsonrpc2.Request) (any, error)) {
	ctx, cancel := context.WithCancel(ctx)
	id := req.ID.String()
	s.mu.Lock()
	s.requests[id] = cancel
	s.mu.Unlock()
	go func() {
		s.answer(req, func() (any, error) { return f(ctx, req) })
		s.mu.Lock()
		delete(s.requests, id)
		s.mu.Unlock()
		cancel()
	}()
}

// codeCancelled is the error of a request that the client takes back.
const codeCancelled = -32800

func (s *server) answer(req *jsonrpc2.Request, f func() (any, error)) {
	result, err := s.safely(f)
	var known *jsonrpc2.Error
	switch {
	case err == nil:
		s.conn.Reply(s.ctx, req.ID, result)
	case errors.As(err, &known):
		s.refuse(req, known.Code, known.Message)
	case errors.Is(err, context.Canceled):
		s.refuse(req, codeCancelled, "cancelled")
	default:
		s.refuse(req, jsonrpc2.CodeInternalError, err.Error())
	}
}

func (s *server) refuse(req *jsonrpc2.Request, code int64, message string) {
	s.conn.ReplyWithError(s.ctx, req.ID, &jsonrpc2.Error{Code: code, Message: message})
}

// safely turns a panic into an error, and writes its stack to the client's log.
func (s *server) safely(f func() (any, error)) (result any, err error) {
	defer func() {
		if p := recover(); p != nil {
			s.tell("window/logMessage", messageError, fmt.Sprintf("bug in refcheck: %v\n%s", p, debug.Stack()))
			err = fmt.Errorf("bug in refcheck, its log says more: %v", p)
		}
	}()
	return f()
}

// tell sends a text for the user's eyes or for the log.
func (s *server) tell(method string, kind messageType, text string) {
	s.conn.Notify(s.ctx, method, messageParams{kind, text})
}

// params decodes what a message brings.
func params[T any](req *jsonrpc2.Request) (*T, error) {
	var p T
	if req.Params == nil {
		return nil, &jsonrpc2.Error{Code: jsonrpc2.CodeInvalidParams, Message: "params are missing"}
	}
	if err := json.Unmarshal(*req.Params, &p); err != nil {
		return nil, &jsonrpc2.Error{Code: jsonrpc2.CodeInvalidParams, Message: err.Error()}
	}
	return &p, nil
}

// initialize enters the folder of the workspace: there the configuration is looked
// for, and from there files are named, as on a command line.
func (s *server) initialize(req *jsonrpc2.Request) (any, error) {
	p, err := params[initializeParams](req)
	if err != nil {
		return nil, err
	}
	root := pathOf(p.RootURI)
	if len(p.WorkspaceFolders) > 0 {
		root = pathOf(p.WorkspaceFolders[0].URI)
	}
	if root == "" {
		root = p.RootPath
	}
	if root != "" {
		if err := os.Chdir(root); err != nil {
			return nil, err
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.root, s.initialized = root, true
	return capabilities(s.version), nil
}
