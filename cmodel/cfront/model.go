package cfront

import (
	"bytes"
	"embed"
	"slices"
	"strconv"
	"strings"
	"sync"
)

//go:embed model/*.h
var modelFS embed.FS

// baseHeaders are seen by every translation unit, whatever it includes: it may
// get them through a header that is not there. Their names collide with nobody.
var baseHeaders = []string{"predef.h", "libc.h", "Python.h", "datetime.h"}

// ownHeaders are seen where they are included.
var ownHeaders = []string{"structmember.h", "numpy.h", "iso646.h"}

// A modelItem is one declaration or macro of the model headers.
type modelItem struct {
	text  string
	keys  []string // names that make it wanted
	needs []string // names it mentions
	// weak items (struct bodies) are wanted only when the user's text mentions
	// a key, not because another item does: a pointer needs no layout.
	weak bool
}

// A model is the model headers for one target.
type model struct {
	headers map[string][]*modelItem
	index   map[string][]*modelItem
	macros  map[string]string // name -> header
	types   map[string]string
}

var models struct {
	sync.Mutex
	byTarget map[Version]*model
}

// modelFor returns the model headers for a version of Python; they are cut into
// items once per process and version.
func modelFor(t Version) *model {
	models.Lock()
	defer models.Unlock()
	if m := models.byTarget[t]; m != nil {
		return m
	}
	m := &model{headers: map[string][]*modelItem{}, index: map[string][]*modelItem{}, macros: map[string]string{}, types: map[string]string{}}
	entries, err := modelFS.ReadDir("model")
	if err != nil {
		panic(err) // the files are embedded
	}
	for _, e := range entries {
		text, err := modelFS.ReadFile("model/" + e.Name())
		if err != nil {
			panic(err)
		}
		m.add(e.Name(), selectVersion(text, t))
	}
	m.add("Python.h", t.header())
	if models.byTarget == nil {
		models.byTarget = map[Version]*model{}
	}
	models.byTarget[t] = m
	return m
}

// selectVersion evaluates the model's own conditions, #if RC_PY op N, by
// blanking what does not apply to CPython 3.N. Python 2 is 0.
func selectVersion(text []byte, v Version) []byte {
	minor := v.Minor
	if v.python2() {
		minor = 0
	}
	var out []byte
	active := []bool{true}
	for line := range bytes.Lines(text) {
		f := strings.Fields(string(line))
		on := active[len(active)-1]
		switch {
		case len(f) == 4 && f[0] == "#if" && f[1] == "RC_PY":
			n, _ := strconv.Atoi(f[3])
			ok := f[2] == ">=" && minor >= n || f[2] == "<" && minor < n || f[2] == "==" && minor == n
			active = append(active, on && ok)
		case len(f) > 0 && f[0] == "#else":
			active[len(active)-1] = !on && active[len(active)-2]
		case len(f) > 0 && f[0] == "#endif":
			active = active[:len(active)-1]
		case on:
			out = append(out, line...)
		}
	}
	return out
}

// add cuts a header's text into items.
func (m *model) add(header string, text []byte) {
	var code []byte
	for line := range bytes.Lines(text) {
		if list, ok := bytes.CutPrefix(line, []byte("//@")); ok {
			m.addCode(header, code)
			m.addList(header, strings.TrimSpace(string(list)))
			code = nil
			continue
		}
		code = append(code, line...)
	}
	m.addCode(header, code)
}

func (m *model) addCode(header string, code []byte) {
	toks := lex(code)
	start, depth := -1, 0
	for i, t := range toks {
		if t.kind == directive {
			m.addMacro(header, string(code[t.off:t.end]))
			continue
		}
		if start < 0 {
			start = i
		}
		switch {
		case t.is('{') || t.is('('):
			depth++
		case t.is('}') || t.is(')'):
			depth--
		case t.is(';') && depth == 0:
			m.addDecl(header, code, toks[start:i+1])
			start = -1
		}
	}
}

func (m *model) insert(header string, it *modelItem) {
	m.headers[header] = append(m.headers[header], it)
	for _, k := range it.keys {
		m.index[k] = append(m.index[k], it)
	}
}

// addList expands the model's shorthand for many similar names:
//
//	//@self A B             macros that CPython defines and that stay as they are
//	//@extern TYPE : A B    objects
//	//@fn TYPE : a b        functions
func (m *model) addList(header, s string) {
	what, rest, _ := strings.Cut(s, " ")
	typ, names, ok := strings.Cut(rest, " : ")
	if !ok {
		names = rest
	}
	for _, n := range strings.Fields(names) {
		it := &modelItem{keys: []string{n}}
		switch what {
		case "self":
			it.text = "#define " + n + " " + n
			m.macros[n] = header
		case "extern":
			it.text = "extern " + typ + " " + n + ";"
			it.needs = strings.Fields(typ)
		case "fn":
			it.text = typ + " " + n + "();"
			it.needs = strings.Fields(typ)
		}
		m.insert(header, it)
	}
}

func (m *model) addMacro(header, text string) {
	f := strings.Fields(text)
	if len(f) < 2 || f[0] != "#define" {
		return
	}
	name, _, _ := strings.Cut(f[1], "(")
	it := &modelItem{text: text, keys: []string{name}}
	body := []byte(text[strings.Index(text, name)+len(name):])
	for _, t := range lex(body) {
		if t.kind == ident {
			it.needs = append(it.needs, t.text(body))
		}
	}
	m.macros[name] = header
	m.insert(header, it)
}

// addDecl adds a declaration. Its keys are the names it declares, the
// enumerators, and for a struct body also the tag, its typedef and its fields.
func (m *model) addDecl(header string, src []byte, toks []tok) {
	it := &modelItem{text: string(src[toks[0].off:toks[len(toks)-1].end])}
	isTypedef := toks[0].text(src) == "typedef"
	isEnum, depth := false, 0
	for i, t := range toks {
		switch {
		case t.is('{'):
			depth++
		case t.is('}'):
			depth--
		}
		name := t.text(src)
		if t.kind != ident || keywords[name] && name != "enum" {
			continue
		}
		it.needs = append(it.needs, name)
		isEnum = isEnum || name == "enum" && depth == 0
		next := toks[i+1]
		declared := next.is(';') || next.is(',') || next.is('[') || next.is('=') || next.is(')') && (toks[i-1].is('*') || toks[i-1].is('('))
		switch {
		case depth == 0 && declared, depth > 0 && isEnum && (declared || next.is('}')):
			it.keys = append(it.keys, name)
			if isTypedef && depth == 0 {
				m.types[name] = header
			}
		case depth > 0 && declared && !isTypedef:
			it.keys = append(it.keys, name)
		case depth == 0 && next.is('{') && !isTypedef:
			it.keys = append(it.keys, name)
			it.weak = !isEnum
			it.keys = append(it.keys, m.aliases(header, name)...)
		}
	}
	m.insert(header, it)
}

// aliases finds typedef names of a tag declared earlier: typedef struct tag Name;
func (m *model) aliases(header, tag string) []string {
	var out []string
	for _, it := range m.headers[header] {
		if strings.HasPrefix(it.text, "typedef struct "+tag+" ") {
			out = append(out, it.keys...)
		}
	}
	return out
}

// wanted returns the items that uses asks for, with everything they mention.
func (m *model) wanted(uses func(string) bool) map[*modelItem]bool {
	want := map[*modelItem]bool{}
	var work []*modelItem
	take := func(it *modelItem) {
		if !want[it] {
			want[it] = true
			work = append(work, it)
		}
	}
	for key, items := range m.index {
		if uses(key) {
			for _, it := range items {
				take(it)
			}
		}
	}
	for len(work) > 0 {
		it := work[len(work)-1]
		work = work[:len(work)-1]
		for _, n := range it.needs {
			for _, dep := range m.index[n] {
				if !dep.weak {
					take(dep)
				}
			}
		}
	}
	return want
}

// render writes the wanted items of some headers in their order.
func (m *model) render(headers []string, want map[*modelItem]bool) string {
	var b strings.Builder
	for _, h := range headers {
		for _, it := range m.headers[h] {
			if want[it] {
				b.WriteString(it.text)
				b.WriteByte('\n')
			}
		}
	}
	return b.String()
}

// modelHeader names the model header behind an #include, "" if there is none.
// "base" means that the text is in every translation unit already.
func modelHeader(name string) string {
	switch {
	case slices.Contains(ownHeaders, name):
		return name
	case strings.HasPrefix(name, "numpy/"):
		return "numpy.h"
	case pythonHeaders[name] || systemHeaders[name]:
		return "base"
	}
	return ""
}
