package cfront

import (
	"bytes"
	"io/fs"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// The parser sees a virtual file system, so that it never touches the disk and
// that each name means one thing:
//
//	/P/<id>/<base>   a file of the project
//	/O/<id>/<base>   the same, at most once per unit (#pragma once)
//	/R/<id>/<base>   the same, a few times per unit (it includes itself)
//	/H/<header>      a model header
//	/M/<id>/<n>      the n-th include of a file, which is not there
//
// Every #include is rewritten to one of them before the parser sees it. Any
// other name comes from __has_include.

func (f *file) virtual() string {
	return "/P/" + strconv.Itoa(f.id) + "/" + path.Base(f.name)
}

// byVirtual returns the file behind a virtual name, nil if it is none of the
// project's.
func (p *Project) byVirtual(name string) *file {
	name = filepath.ToSlash(name)
	if !strings.HasPrefix(name, "/P/") {
		return nil
	}
	id, _, _ := strings.Cut(name[len("/P/"):], "/")
	return p.byID(id)
}

func (p *Project) byID(id string) *file {
	n, err := strconv.Atoi(id)
	if err != nil || n < 0 || n >= len(p.files) {
		return nil
	}
	return p.files[n]
}

// unitFS serves the includes of one translation unit.
type unitFS struct{ u *unitParse }

func (s *unitFS) Open(name string) (fs.File, error) {
	name = filepath.ToSlash(name)
	if len(name) < 4 || name[0] != '/' || name[2] != '/' {
		return s.probe(strings.TrimPrefix(name, "/"))
	}
	rest := name[3:]
	id, _, _ := strings.Cut(rest, "/")
	f := s.u.proj.byID(id)
	switch {
	case name[1] == 'P' && f != nil:
		return newMemFile(name, s.u.text(f)), nil
	case name[1] == 'O' && f != nil:
		return newMemFile(name, onceText(f, 1)), nil
	case name[1] == 'R' && f != nil:
		return newMemFile(name, onceText(f, maxSelfIncludes)), nil
	case name[1] == 'H':
		return newMemFile(name, []byte(s.u.headers[rest])), nil
	case name[1] == 'M' && f != nil:
		_, i, _ := strings.Cut(rest, "/")
		if k, err := strconv.Atoi(i); err == nil && k < len(f.includes) {
			s.u.missing[f.includes[k].name] = true
		}
		return newMemFile(name, nil), nil
	}
	return s.probe(strings.TrimPrefix(name, "/"))
}

// probe answers __has_include.
func (s *unitFS) probe(name string) (fs.File, error) {
	if modelHeader(name) != "" || s.u.proj.resolve(s.u.main, include{name: name}, s.u.paths) != nil {
		return newMemFile(name, nil), nil
	}
	return nil, fs.ErrNotExist
}

// maxSelfIncludes bounds how often a file without guard that includes itself is
// read; such files exist (templates), endless recursion must not.
const maxSelfIncludes = 8

// onceText includes f unless that happened n times before.
func onceText(f *file, n int) []byte {
	var b strings.Builder
	for i := 0; i < n; i++ {
		m := "__rc_seen_" + strconv.Itoa(f.id) + "_" + strconv.Itoa(i)
		if i == 0 {
			b.WriteString("#ifndef " + m + "\n")
		} else {
			b.WriteString("#elif !defined(" + m + ")\n")
		}
		b.WriteString("#define " + m + "\n#include \"" + f.virtual() + "\"\n")
	}
	b.WriteString("#endif\n")
	return []byte(b.String())
}

// memFile is a read-only file in memory.
type memFile struct {
	bytes.Reader
	name string
	size int64
}

func newMemFile(name string, b []byte) *memFile {
	f := &memFile{name: path.Base(name), size: int64(len(b))}
	f.Reset(b)
	return f
}

func (f *memFile) Stat() (fs.FileInfo, error) { return memInfo{f.name, f.size}, nil }
func (f *memFile) Close() error               { return nil }

type memInfo struct {
	name string
	size int64
}

func (i memInfo) Name() string       { return i.name }
func (i memInfo) Size() int64        { return i.size }
func (i memInfo) Mode() fs.FileMode  { return 0o444 }
func (i memInfo) ModTime() time.Time { return time.Time{} }
func (i memInfo) IsDir() bool        { return false }
func (i memInfo) Sys() any           { return nil }
