package lsp

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"sync"

	"github.com/sourcegraph/jsonrpc2"
)

const (
	maxMessage = 64 << 20 // bytes; more than the largest file that is analysed, escaped
	maxHeader  = 4096     // bytes of one header line
)

// A stream reads and writes messages in the base protocol. Unlike the codec of
// package jsonrpc2 it survives a body that is not a message: the sender is told,
// and the next one is read. After a broken header there is no knowing where the
// next message starts, so that ends the connection.
type stream struct {
	in  *bufio.Reader
	out io.Writer
	end io.Closer  // nil if nothing is to be closed
	mu  sync.Mutex // of out
}

// newStream returns a stream over in and out. Closing it closes in, if that can be closed.
func newStream(in io.Reader, out io.Writer) *stream {
	s := &stream{in: bufio.NewReaderSize(in, maxHeader), out: out}
	s.end, _ = in.(io.Closer)
	return s
}

// ReadObject implements jsonrpc2.ObjectStream.
func (s *stream) ReadObject(v any) error {
	for {
		body, err := s.readBody()
		if err != nil {
			return err
		}
		code := int64(jsonrpc2.CodeInvalidRequest)
		if !json.Valid(body) {
			code = jsonrpc2.CodeParseError
		}
		if err = json.Unmarshal(body, v); err == nil {
			return nil
		}
		reply := map[string]any{"jsonrpc": "2.0", "id": nil, "error": map[string]any{"code": code, "message": err.Error()}}
		if err := s.WriteObject(reply); err != nil {
			return err
		}
	}
}

func (s *stream) readBody() ([]byte, error) {
	length := -1
	for {
		line, err := s.in.ReadSlice('\n')
		if errors.Is(err, bufio.ErrBufferFull) {
			return nil, errors.New("header line too long")
		}
		if err != nil {
			return nil, err
		}
		text := strings.TrimSpace(string(line))
		if text == "" {
			break
		}
		name, value, ok := strings.Cut(text, ":")
		if !ok {
			return nil, fmt.Errorf("bad header %q", text)
		}
		if strings.EqualFold(name, "Content-Length") {
			if length, err = strconv.Atoi(strings.TrimSpace(value)); err != nil || length < 0 || length > maxMessage {
				return nil, fmt.Errorf("bad header %q: want a length of at most %d", text, maxMessage)
			}
		}
	}
	if length < 0 {
		return nil, errors.New("header without Content-Length")
	}
	body := make([]byte, length)
	_, err := io.ReadFull(s.in, body)
	return body, err
}

// WriteObject implements jsonrpc2.ObjectStream.
func (s *stream) WriteObject(v any) error {
	body, err := json.Marshal(v)
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	_, err = fmt.Fprintf(s.out, "Content-Length: %d\r\n\r\n%s", len(body), body)
	return err
}

// Close implements jsonrpc2.ObjectStream.
func (s *stream) Close() error {
	if s.end == nil {
		return nil
	}
	return s.end.Close()
}
