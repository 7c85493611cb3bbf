package cfront

import (
	"bytes"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"regexp"
	"strings"
)

// errNoPreamble is the error of Go files without C code, which are no loss.
var errNoPreamble = errors.New("no C code")

// A preamble is the C code of a Go file: the comment above import "C".
type preamble struct {
	text []byte // as long as the Go file, with blanks for what is no C: places are those of the file
	line int32  // of import "C"
	// calls counts the calls of functions of the C API in the Go code.
	calls int
}

// maybeCgo finds in the text of a Go file what may import "C".
var maybeCgo = regexp.MustCompile(`(?m)^[^/\n]*"C"`)

// readPreamble reads a Go file as cgo does (https://pkg.go.dev/cmd/cgo). The error
// is errNoPreamble if it has no C code.
func readPreamble(src []byte) (*preamble, error) {
	if !maybeCgo.Match(src) {
		return nil, errNoPreamble
	}
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "", src, parser.ParseComments|parser.SkipObjectResolution)
	if f == nil {
		return nil, fmt.Errorf("cannot parse the Go code: %w", err)
	}
	p := &preamble{text: blank(src)}
	for _, d := range f.Decls {
		decl, ok := d.(*ast.GenDecl)
		if !ok || decl.Tok != token.IMPORT {
			continue
		}
		for _, s := range decl.Specs {
			spec := s.(*ast.ImportSpec)
			if spec.Path.Value != `"C"` {
				continue
			}
			doc := spec.Doc
			if doc == nil && len(decl.Specs) == 1 {
				doc = decl.Doc
			}
			p.line = int32(fset.Position(spec.Pos()).Line)
			p.copy(src, fset, doc)
		}
	}
	switch {
	case p.line > 0:
		p.calls = apiCalls(f)
		return p, nil // whatever is wrong further down
	case err != nil:
		return nil, fmt.Errorf("cannot parse the Go code: %w", err)
	}
	return nil, errNoPreamble
}

// blank is as long as src and has the same lines, and nothing else.
func blank(src []byte) []byte {
	out := bytes.Repeat([]byte{' '}, len(src))
	for i, c := range src {
		if c == '\n' || c == '\r' {
			out[i] = c
		}
	}
	return out
}

// copy takes over the text of comments, without what makes them comments in Go, and
// without the lines that are for cgo.
func (p *preamble) copy(src []byte, fset *token.FileSet, doc *ast.CommentGroup) {
	if doc == nil {
		return
	}
	for _, c := range doc.List {
		// The parser's text lacks carriage returns: only its beginning counts.
		start := fset.Position(c.Slash).Offset + len("//")
		end := start + bytes.IndexByte(append(src[start:len(src):len(src)], '\n'), '\n')
		if strings.HasPrefix(c.Text, "/*") {
			end = start + max(0, bytes.Index(src[start:], []byte("*/")))
		}
		at := start
		for line := range bytes.Lines(src[start:end]) {
			if word, _, _ := strings.Cut(strings.TrimSpace(string(line)), " "); word != "#cgo" {
				copy(p.text[at:], line)
			}
			at += len(line)
		}
	}
}

// apiCalls counts the calls C.PyX(...) in Go code.
func apiCalls(f *ast.File) int {
	n := 0
	ast.Inspect(f, func(node ast.Node) bool {
		call, ok := node.(*ast.CallExpr)
		if !ok {
			return true
		}
		if sel, ok := call.Fun.(*ast.SelectorExpr); ok {
			if x, ok := sel.X.(*ast.Ident); ok && x.Name == "C" && strings.HasPrefix(strings.TrimPrefix(sel.Sel.Name, "_"), "Py") {
				n++
			}
		}
		return true
	})
	return n
}

// goGap says what of a Go file is not analysed, "" if there is nothing about Python.
func (p *preamble) goGap() string {
	switch p.calls {
	case 0:
		return ""
	case 1:
		return "Go code is not analysed: 1 call of the C API"
	}
	return fmt.Sprintf("Go code is not analysed: %d calls of the C API", p.calls)
}
