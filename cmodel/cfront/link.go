package cfront

import (
	"path"
	"strconv"
	"strings"
)

// A searchPath is where and with which macros a unit looks for headers. Units
// with equal settings share one.
type searchPath struct {
	dirs            []string // absolute, slash-separated
	defines, undefs []string
}

// A link is a file's text with its includes resolved for one search path.
type link struct {
	text    []byte
	edits   []edit
	targets []*file  // included files of the project, in order
	models  []string // model headers that it includes, but for those in every unit
}

// An edit replaces src[off:end].
type edit struct {
	off, end int32
	text     string
}

// splice applies edits, which are in order of their offsets.
func splice(src []byte, edits []edit) []byte {
	if len(edits) == 0 {
		return src
	}
	out := make([]byte, 0, len(src)+len(edits)*24)
	last := int32(0)
	for _, e := range edits {
		out = append(out, src[last:e.off]...)
		out = append(out, e.text...)
		last = e.end
	}
	return append(out, src[last:]...)
}

// link resolves the includes of f. The lines of the text stay; columns change
// only on #include lines and after inserted semicolons.
func (f *file) link(sp *searchPath, p *Project) *link {
	f.linkMu.Lock()
	defer f.linkMu.Unlock()
	if l := f.linked[sp]; l != nil {
		return l
	}
	l := &link{}
	rest := f.edits
	for i, inc := range f.includes {
		for len(rest) > 0 && rest[0].off < inc.off {
			l.edits = append(l.edits, rest[0])
			rest = rest[1:]
		}
		lines := strings.Count(string(f.src[inc.off:inc.end]), "\n")
		l.edits = append(l.edits, edit{inc.off, inc.end, f.linkInclude(i, sp, p, l) + strings.Repeat("\n", lines)})
	}
	l.edits = append(l.edits, rest...)
	l.text = splice(f.src, l.edits)
	if f.linked == nil {
		f.linked = map[*searchPath]*link{}
	}
	f.linked[sp] = l
	return l
}

// linkInclude returns the line that replaces an #include.
func (f *file) linkInclude(i int, sp *searchPath, p *Project, l *link) string {
	inc := f.includes[i]
	if inc.macro {
		return "#"
	}
	target := p.resolve(f, inc, sp)
	if target == nil {
		switch h := modelHeader(inc.name); h {
		case "":
			return `#include "/M/` + strconv.Itoa(f.id) + "/" + strconv.Itoa(i) + `"`
		case "base":
			return "#"
		default:
			l.models = append(l.models, h)
			return `#include "/H/` + h + `"`
		}
	}
	if target.load(p.opt.MaxFileBytes) != nil {
		return "#"
	}
	l.targets = append(l.targets, target)
	kind := "P"
	switch {
	case target.pragmaOnce:
		kind = "O"
	case !target.guarded && p.includesItself(target, sp):
		kind = "R"
	}
	return `#include "` + strings.Replace(target.virtual(), "/P/", "/"+kind+"/", 1) + `"`
}

// resolve finds the project's file behind an #include, nil if it is a model
// header or missing: the includer's folder, -I folders, and then the nearest
// file of the project whose path ends like the include.
func (p *Project) resolve(from *file, inc include, sp *searchPath) *file {
	name := path.Clean(strings.ReplaceAll(inc.name, `\`, "/"))
	if !inc.angle && from.abs != "" {
		if f := p.byAbs[path.Join(path.Dir(toSlash(from.abs)), name)]; f != nil {
			return f
		}
	}
	for _, d := range sp.dirs {
		if f := p.byAbs[path.Join(d, name)]; f != nil {
			return f
		}
	}
	if h := modelHeader(inc.name); h != "" && !strings.HasPrefix(inc.name, "numpy/") {
		return nil
	}
	return p.nearest(from, name)
}

// nearest returns the file that name can stand for, those with a path ending in
// name first, that shares most folders with from.
func (p *Project) nearest(from *file, name string) *file {
	for strings.HasPrefix(name, "../") {
		name = name[3:]
	}
	var best *file
	score := -1 << 30
	for _, f := range p.byBase[path.Base(name)] {
		abs := toSlash(f.abs)
		if f == from || !standsFor(name, abs) {
			continue
		}
		s := closeness(toSlash(from.abs), abs)
		if strings.HasSuffix("/"+abs, "/"+name) {
			s += 1 << 20
		}
		if s > score {
			best, score = f, s
		}
	}
	return best
}

// standsFor reports whether the folders of an include's name are on the path of a
// file, in this order. Headers are often installed elsewhere than they are kept:
// <lib/x.h> is lib/src/x.h or lib/include/x.h.
func standsFor(name, abs string) bool {
	words := strings.Split(name, "/")
	for _, w := range strings.Split(abs, "/") {
		if len(words) > 0 && w == words[0] {
			words = words[1:]
		}
	}
	return len(words) == 0
}

// closeness rates how near file b is to file a: shared folders first, then
// fewer folders in all.
func closeness(a, b string) int {
	as, bs := strings.Split(path.Dir(a), "/"), strings.Split(path.Dir(b), "/")
	n := 0
	for n < len(as) && n < len(bs) && as[n] == bs[n] {
		n++
	}
	return n*100 - len(bs)
}

// includesItself reports whether f can be reached from its own includes.
func (p *Project) includesItself(f *file, sp *searchPath) bool {
	seen := map[*file]bool{}
	var visit func(g *file) bool
	visit = func(g *file) bool {
		for _, inc := range g.includes {
			t := p.resolve(g, inc, sp)
			if t == nil || t.load(p.opt.MaxFileBytes) != nil {
				continue
			}
			if t == f {
				return true
			}
			if !seen[t] {
				seen[t] = true
				if visit(t) {
					return true
				}
			}
		}
		return false
	}
	return visit(f)
}
