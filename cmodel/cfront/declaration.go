package cfront

import (
	"bytes"
	"cmp"
	"regexp"
	"slices"
	"strings"

	"github.com/refcheck/refcheck/cmodel/source"
)

// A Declaration is a function's prototype or definition that says something about
// references, in comments or with attributes. It is read without the preprocessor,
// so that a macro counts that is empty in this configuration.
type Declaration struct {
	Func   string      // "" if it declares no function, but is commented like one
	Span   source.Span // of the name
	Result string      // as written: "PyObject *"
	Params []string    // as written: "PyObject *item"; "..." at the end if variadic
	// Defined: there is a body, on the lines First to Last.
	Defined     bool
	Static      bool
	First, Last int
	Says        []Directive
	// Clinic: Argument Clinic marks it as the implementation of a function that a
	// generated wrapper calls for Python.
	Clinic bool
}

// The attributes of gcc-python-plugin, and the verbs of comments that say the
// same.
var attributeVerbs = map[string]Directive{
	"cpychecker_returns_borrowed_ref":           {Verb: "returns", Text: "borrowed"},
	"cpychecker_steals_reference_to_arg":        {Verb: "steals", HasArgs: true},
	"cpychecker_sets_exception":                 {Verb: "sets-exception"},
	"cpychecker_negative_result_sets_exception": {Verb: "negative-on-error"},
	"cpychecker_type_object_for_typedef":        {HasArgs: true}, // is about a variable
}

const attributePrefix = "cpychecker_"

// Declarations returns the functions that something is said about, by file and
// place. All units must have been loaded.
func (p *Project) Declarations() []Declaration {
	var files []*file
	for _, f := range p.files {
		if f.src != nil && f.err == nil {
			files = append(files, f)
		}
	}
	macros := attributeMacros(files)
	var out []Declaration
	for _, f := range files {
		out = append(out, f.declarations(macros)...)
	}
	slices.SortStableFunc(out, func(a, b Declaration) int {
		return cmp.Or(cmp.Compare(a.Span.File, b.Span.File), cmp.Compare(a.Span.Line, b.Span.Line))
	})
	return out
}

// An attributeMacro is a macro that stands for an attribute.
type attributeMacro struct {
	attr string
	arg  string // the attribute's argument, "" if it has none or is a parameter
	at   int    // which argument of the macro it is
}

// attributeMacros finds the macros that stand for attributes, under whatever
// condition. Those that gcc-python-plugin proposes are known in any case.
func attributeMacros(files []*file) map[string]attributeMacro {
	macros := map[string]attributeMacro{}
	for attr := range attributeVerbs {
		macros[attr] = attributeMacro{attr: attr}
		macros[strings.ToUpper(attr)] = attributeMacro{attr: attr}
	}
	for _, f := range files {
		if !bytes.Contains(f.src, []byte(attributePrefix)) {
			continue
		}
		for _, m := range attributeDefine.FindAllSubmatch(f.src, -1) {
			a := attributeMacro{attr: strings.Trim(string(m[3]), "_"), arg: string(m[4])}
			if i := slices.Index(splitArgs(string(m[2])), a.arg); i >= 0 && a.arg != "" {
				a.arg, a.at = "", i
			}
			if _, known := attributeVerbs[a.attr]; known {
				macros[string(m[1])] = a
			}
		}
	}
	return macros
}

var attributeDefine = regexp.MustCompile(`(?m)^[ \t]*#[ \t]*define[ \t]+(\w+)(?:\(([^)\n]*)\))?(?:[ \t]|\\\r?\n)+__attribute__[ \t]*\([ \t]*\([ \t]*(\w*cpychecker_\w+)[ \t]*(?:\([ \t]*([^)\n]*?)[ \t]*\))?`)

func splitArgs(s string) []string {
	var out []string
	for _, a := range strings.Split(s, ",") {
		out = append(out, strings.TrimSpace(a))
	}
	return out
}

// declarations reads the chunks of a file that say something.
func (f *file) declarations(macros map[string]attributeMacro) []Declaration {
	marked := slices.ContainsFunc(f.sum.names, func(name string) bool { _, ok := macros[name]; return ok })
	said := map[int][]Directive{}
	for _, d := range f.directives {
		if d.chunk > 0 && d.Place != Inside {
			said[d.chunk-1] = append(said[d.chunk-1], d)
		}
	}
	if !marked && len(said) == 0 {
		return nil
	}
	var out []Declaration
	for i := range f.chunks {
		if !marked && said[i] == nil {
			continue
		}
		s := f.readSignature(&f.chunks[i], macros)
		if says := append(said[i], s.says...); len(said[i]) > 0 || len(says) > 0 && s.name.end > 0 {
			out = append(out, f.declaration(&f.chunks[i], s, says))
		}
	}
	return out
}

func (f *file) declaration(c *chunk, s *signature, says []Directive) Declaration {
	d := Declaration{
		Func: s.name.text(f.src), Span: f.noteSpan(note{s.name.off, s.name.end}), Result: s.result, Params: s.params,
		Defined: c.isFunc(), Static: s.static, First: f.userLine(int(c.line)), Last: f.userLine(int(c.last)),
	}
	for _, say := range says {
		if say.Verb == clinicVerb {
			d.Clinic = true
			continue
		}
		say.Func, say.First, say.Last = d.Func, d.First, d.Last
		d.Says = append(d.Says, say)
	}
	return d
}

// A signature is what stands before the body of a function, or in a prototype.
type signature struct {
	name   tok // zero if it is no function
	result string
	params []string
	static bool
	says   []Directive
}

// readSignature takes a declaration apart: attributes, result, name, parameters.
func (f *file) readSignature(c *chunk, macros map[string]attributeMacro) *signature {
	end := c.end
	if c.isFunc() {
		end = c.body
	}
	text := bytes.Clone(f.src[c.off:end])
	toks := slices.DeleteFunc(lex(text), func(t tok) bool { return t.kind == directive })
	for i := range toks {
		toks[i].off += c.off
		toks[i].end += c.off
	}
	s := &signature{}
	var plain []tok // without attributes
	for i := 0; i < len(toks); i++ {
		t := toks[i]
		word := ""
		if t.kind == ident {
			word = t.text(f.src)
		}
		m, isMacro := macros[word]
		switch {
		case isMacro:
			args := toks[i+1 : i+1]
			if i+1 < len(toks) && toks[i+1].is('(') {
				close := closingTok(toks, i+1)
				args = toks[i+2 : close]
				i = close
			}
			s.attribute(f, t, m, args)
		case attributeWord(word) && i+1 < len(toks) && toks[i+1].is('('):
			close := closingTok(toks, i+1)
			for k := i + 2; k < close; k++ {
				m, ok := macros[strings.Trim(toks[k].text(f.src), "_")]
				if !ok || toks[k].kind != ident {
					continue
				}
				args := toks[k+1 : k+1]
				if toks[k+1].is('(') {
					args = toks[k+2 : closingTok(toks, k+1)]
				}
				s.attribute(f, toks[k], m, args)
			}
			i = close
		default:
			plain = append(plain, t)
		}
	}
	s.split(f, plain)
	return s
}

// closingTok is the index of the token that closes the parenthesis at i, or the
// last one.
func closingTok(toks []tok, i int) int {
	depth := 0
	for k := i; k < len(toks); k++ {
		switch {
		case toks[k].is('('):
			depth++
		case toks[k].is(')'):
			if depth--; depth == 0 {
				return k
			}
		}
	}
	return len(toks) - 1
}

// attribute notes what an attribute, or a macro that stands for it, says.
func (s *signature) attribute(f *file, at tok, m attributeMacro, args []tok) {
	d := attributeVerbs[m.attr]
	if d.Verb == "" {
		return
	}
	d.Attribute = m.attr
	d.Span = f.noteSpan(note{at.off, at.end})
	d.Place = Signature
	if d.HasArgs {
		arg := m.arg
		if given := splitArgs(tokensText(f.src, args)); arg == "" && m.at < len(given) {
			arg = given[m.at]
		}
		d.Args = []string{arg}
	}
	s.says = append(s.says, d)
}

// split finds the name, which is the last one before a parenthesis, the
// parameters in it, and the result before it.
func (s *signature) split(f *file, toks []tok) {
	name, depth := -1, 0
	for i, t := range toks {
		switch {
		case t.is('('):
			// int (*variable)(...) is no function called int.
			if depth == 0 && i > 0 && toks[i-1].kind == ident && i+1 < len(toks) && !toks[i+1].is('*') {
				name = i - 1
			}
			depth++
		case t.is(')'):
			depth--
		case t.is('='):
			return
		}
	}
	if name < 0 {
		return
	}
	s.name = toks[name]
	close := closingTok(toks, name+1)
	start := name + 2
	depth = 0
	for i := start; i <= close; i++ {
		switch {
		case toks[i].is('('), toks[i].is('['):
			depth++
		case toks[i].is(')') && i < close, toks[i].is(']'):
			depth--
		case depth == 0 && (toks[i].is(',') || i == close):
			if text := tokensText(f.src, toks[start:i]); text != "" && text != "void" {
				s.params = append(s.params, text)
			}
			start = i + 1
		}
	}
	var result []tok
	for _, t := range toks[:name] {
		switch t.text(f.src) {
		case "static":
			s.static = true
		case "extern", "inline", "__inline", "__inline__", "Py_LOCAL_INLINE":
		default:
			result = append(result, t)
		}
	}
	s.result = tokensText(f.src, result)
}

// tokensText writes tokens with single blanks between words, as in "PyObject *x".
func tokensText(src []byte, toks []tok) string {
	var b strings.Builder
	for i, t := range toks {
		if i > 0 && (t.kind == ident || t.is('*') && !toks[i-1].is('*')) && !toks[i-1].is('*') && !toks[i-1].is('(') {
			b.WriteByte(' ')
		}
		b.Write(src[t.off:t.end])
	}
	return b.String()
}

// ParamName is the name in a parameter as written, "" if there is none.
func ParamName(param string) string {
	toks := lex([]byte(param))
	name := ""
	for i, t := range toks {
		switch {
		case t.is('['):
			return name
		case t.kind == ident:
			name = t.text([]byte(param))
		case t.is(')') && i > 1 && toks[i-1].kind == ident && toks[i-2].is('*'): // (*callback)(...)
			return toks[i-1].text([]byte(param))
		}
	}
	return name
}
