package cfront

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

// A file is one C source or header of the project: its text, cut up once and
// then shared, read-only, by all translation units.
type file struct {
	id   int
	abs  string // where it is on disk; "" for text from memory
	name string // as reported: relative to the working directory where possible

	once       sync.Once
	mem        []byte // text of a file that is not on disk
	err        error
	src        []byte    // sanitized: same length and lines as the user's text (or as the expanded template)
	goCode     *preamble // of a Go file
	lines      []int32   // template: line of the template for each expanded line, 0-based; nil otherwise
	starts     []int32   // offset of each line
	sum        *summary
	chunks     []chunk
	directives []Directive
	includes   []include
	conds      []tok  // directives of conditions and macros
	edits      []edit // changes to src before it is parsed, apart from includes
	depth      int    // deepest nesting of brackets
	guarded    bool   // has an include guard or #pragma once
	pragmaOnce bool   // has #pragma once

	linkMu sync.Mutex
	linked map[*searchPath]*link
}

// An include is one #include line.
type include struct {
	name     string
	angle    bool
	macro    bool  // #include MACRO
	off, end int32 // of the directive
	conds    []string
}

// load reads and cuts up the file. It is safe for concurrent use.
func (f *file) load(maxBytes int64) error {
	f.once.Do(func() { f.err = f.read(maxBytes) })
	return f.err
}

func (f *file) read(maxBytes int64) error {
	text := f.mem
	if f.mem == nil {
		var err error
		if text, err = readBounded(f.abs, maxBytes); err != nil {
			return err
		}
	}
	if reason := notText(text); reason != "" {
		return fmt.Errorf("%s", reason)
	}
	switch {
	case fileKind(f.name) == goFile:
		var err error
		if f.goCode, err = readPreamble(text); err != nil {
			return err
		}
		text = f.goCode.text
	case isTemplate(f.name):
		var err error
		if text, f.lines, err = expandTemplate(text, maxBytes); err != nil {
			return err
		}
	default:
		text = bytes.Clone(text)
	}
	toks, notes := lexNotes(text)
	if err := nestingError(text, toks); err != nil {
		return err
	}
	f.depth = bracketDepth(toks)
	elideTables(text, toks)
	dropWrappers(text, toks)
	f.src = text
	f.starts = lineStarts(text)
	f.findIncludes(toks)
	f.edits = append(bareLabels(text, toks), namedVariadics(text, toks)...)
	slices.SortFunc(f.edits, func(a, b edit) int { return int(a.off - b.off) })
	f.chunks = cut(text, toks)
	f.directives = f.readNotes(notes, toks)
	f.sum = summarize(text, toks)
	return nil
}

// readBounded reads a regular file of at most limit bytes.
func readBounded(path string, limit int64) ([]byte, error) {
	st, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("unreadable: %v", unwrapPath(err))
	}
	if !st.Mode().IsRegular() {
		return nil, fmt.Errorf("not a regular file")
	}
	if st.Size() > limit {
		return nil, fmt.Errorf("larger than %s", sizeText(limit))
	}
	r, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("unreadable: %v", unwrapPath(err))
	}
	defer r.Close()
	b, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err != nil {
		return nil, fmt.Errorf("unreadable: %v", unwrapPath(err))
	}
	if int64(len(b)) > limit {
		return nil, fmt.Errorf("larger than %s", sizeText(limit))
	}
	return b, nil
}

func unwrapPath(err error) error {
	if pe, ok := err.(*os.PathError); ok {
		return pe.Err
	}
	return err
}

func sizeText(n int64) string {
	if n >= 1<<20 && n%(1<<20) == 0 {
		return fmt.Sprintf("%d MiB", n>>20)
	}
	return fmt.Sprintf("%d bytes", n)
}

// notText says why b is not C source, or "".
func notText(b []byte) string {
	head := b[:min(len(b), 8192)]
	if bytes.HasPrefix(head, []byte("\xff\xfe")) || bytes.HasPrefix(head, []byte("\xfe\xff")) {
		return "UTF-16 text"
	}
	if bytes.IndexByte(head, 0) >= 0 {
		return "binary file"
	}
	odd := 0
	for i := 0; i < len(head); {
		r, n := utf8.DecodeRune(head[i:])
		if r == utf8.RuneError && n == 1 || r < ' ' && r != '\n' && r != '\r' && r != '\t' && r != '\f' && r != '\v' {
			odd++
		}
		i += n
	}
	if odd > 16 && odd > len(head)/10 {
		return "binary file"
	}
	return ""
}

func lineStarts(b []byte) []int32 {
	starts := make([]int32, 1, bytes.Count(b, []byte{'\n'})+1)
	for i, c := range b {
		if c == '\n' {
			starts = append(starts, int32(i+1))
		}
	}
	return starts
}

// offset returns the byte offset of a line and column, both from 1, or -1.
func (f *file) offset(line, col int) int {
	if line < 1 || line > len(f.starts) || col < 1 {
		return -1
	}
	if o := int(f.starts[line-1]) + col - 1; o <= len(f.src) {
		return o
	}
	return -1
}

// userLine maps a line of the parsed text to the user's file.
func (f *file) userLine(line int) int {
	if f.lines != nil && line >= 1 && line <= len(f.lines) {
		return int(f.lines[line-1])
	}
	return line
}

func (f *file) findIncludes(toks []tok) {
	var conds []string
	for i, t := range toks {
		if t.kind != directive {
			continue
		}
		name, rest := splitDirective(f.src, t)
		if condDirective[name] {
			f.conds = append(f.conds, t)
		}
		switch name {
		case "include", "include_next", "import":
			inc, angle, ok := includeTarget(rest)
			f.includes = append(f.includes, include{name: inc, angle: angle, macro: !ok, off: t.off, end: t.end, conds: slices.Clone(conds)})
		case "pragma":
			f.pragmaOnce, f.guarded = true, true
		case "ifndef", "if", "ifdef":
			f.guarded = f.guarded || i == 0 && hasGuardAny(f.src, toks, name, rest)
			conds = append(conds, condText(name, rest))
		case "elif", "else":
			if n := len(conds); n > 0 {
				conds[n-1] = condText(name, rest) + " " + conds[n-1]
			}
		case "endif":
			conds = conds[:max(0, len(conds)-1)]
		}
	}
}

// hasGuard reports whether the second token is #define of the macro that the
// first one tests.
func hasGuard(src []byte, toks []tok, macro []string) bool {
	if len(toks) < 2 || len(macro) == 0 || toks[1].kind != directive {
		return false
	}
	name, rest := splitDirective(src, toks[1])
	f := strings.Fields(string(rest))
	return name == "define" && len(f) > 0 && f[0] == macro[0]
}
