package cfront

import (
	"bytes"
	"strings"
)

// wordFlags is what the lexical prepass learns of a name in one file.
type wordFlags uint32

const (
	isKeyword   wordFlags = 1 << iota // of the language
	isTypeWord                        // keyword of a type
	isStmtWord                        // keyword that begins a statement
	defined                           // #define
	typedefed                         // typedef
	usedAsType                        // stands where only a type can
	usedAsAttr                        // stands where only an attribute-like macro can
	usedAsStmt                        // a statement without ';'
	usedAsStr                         // next to a string literal
	callStmt                          // NAME(...) as a statement without ';'
	callLoop                          // NAME(...) { block }
	callExit                          // NAME(..., goto x): an argument is a jump
	callTop                           // NAME(...) at file scope, declaring nothing
	callType                          // NAME(type) name(...): a type made by a macro
	condVersion                       // compared in #if
	condFeature                       // tested in #if or #ifdef
	called                            // NAME(
	declared                          // declared as something that is no type: a function, variable or enumerator
)

// A summary is the result of the prepass over one file.
type summary struct {
	names  []string
	flags  []wordFlags
	uses   []int32 // how often each name occurs outside of directives
	shapes []macroShape
}

// prepass walks the tokens of one file and guesses, without any declaration at
// hand, what each unknown name must be. A name of a missing header can only be
// judged by where it stands.
type prepass struct {
	src   []byte
	toks  []tok // without directives
	ids   []int32
	words map[string]int32
	sum   *summary
}

// summarize runs the prepass.
func summarize(src []byte, toks []tok) *summary {
	p := &prepass{src: src, words: make(map[string]int32, len(toks)/8+16), sum: &summary{}}
	p.toks = make([]tok, 0, len(toks))
	for _, t := range toks {
		if t.kind == directive {
			p.directive(t)
		} else {
			p.toks = append(p.toks, t)
		}
	}
	p.ids = p.internAll(src, p.toks)
	p.sum.uses = make([]int32, len(p.sum.names))
	for _, id := range p.ids {
		if id >= 0 {
			p.sum.uses[id]++
		}
	}
	p.casts(p.toks, p.ids, nil)
	p.walk()
	return p.sum
}

// internAll numbers the identifiers among toks; other tokens get -1.
func (p *prepass) internAll(src []byte, toks []tok) []int32 {
	ids := make([]int32, len(toks))
	for i, t := range toks {
		ids[i] = -1
		if t.kind == ident {
			ids[i] = p.intern(src[t.off:t.end])
		}
	}
	return ids
}

func (p *prepass) intern(name []byte) int32 {
	if id, ok := p.words[string(name)]; ok {
		return id
	}
	s := string(name)
	id := int32(len(p.sum.names))
	p.words[s] = id
	var f wordFlags
	if keywords[s] {
		f |= isKeyword
	}
	if typeWords[s] {
		f |= isTypeWord
	}
	if statementWords[s] {
		f |= isStmtWord
	}
	p.sum.names = append(p.sum.names, s)
	p.sum.flags = append(p.sum.flags, f)
	return id
}

func (p *prepass) mark(id int32, f wordFlags) { p.sum.flags[id] |= f }

// word returns the flags of the identifier at i, 0 if there is none.
func (p *prepass) word(i int) wordFlags {
	if i < 0 || i >= len(p.ids) || p.ids[i] < 0 {
		return 0
	}
	return p.sum.flags[p.ids[i]]
}

// isName reports whether there is an identifier at i that is no keyword.
func (p *prepass) isName(i int) bool {
	return i >= 0 && i < len(p.ids) && p.ids[i] >= 0 && p.sum.flags[p.ids[i]]&isKeyword == 0
}

func (p *prepass) isIdent(i int) bool { return i >= 0 && i < len(p.ids) && p.ids[i] >= 0 }

func (p *prepass) at(i int) tok {
	if i >= 0 && i < len(p.toks) {
		return p.toks[i]
	}
	return tok{}
}

func (p *prepass) is(i int, op byte) bool { return i >= 0 && i < len(p.toks) && p.toks[i].is(op) }

// spelled reports whether the identifier at i is s.
func (p *prepass) spelled(i int, s string) bool {
	return p.isIdent(i) && p.sum.names[p.ids[i]] == s
}

// closing returns the index of the ')' that matches the '(' at i, or -1.
func (p *prepass) closing(i int) int {
	depth := 0
	for j := i; j < len(p.toks) && j < i+4000; j++ {
		if p.toks[j].is('(') {
			depth++
		} else if p.toks[j].is(')') {
			if depth--; depth == 0 {
				return j
			}
		}
	}
	return -1
}

func (p *prepass) directive(t tok) {
	switch name, rest := splitDirective(p.src, t); name {
	case "define":
		p.define(rest)
	case "undef":
		if f := bytes.Fields(rest); len(f) > 0 {
			p.intern(f[0])
		}
	case "ifdef", "ifndef", "elifdef", "elifndef":
		if f := bytes.Fields(rest); len(f) > 0 && identStart[f[0][0]] {
			id := p.intern(f[0])
			if name == "ifdef" || name == "elifdef" {
				p.mark(id, condFeature)
			}
		}
	case "if", "elif":
		p.condition(rest)
	}
}

// condition sorts the names of an #if into versions (compared with something)
// and features (everything else).
func (p *prepass) condition(rest []byte) {
	toks := lex(bytes.Clone(rest))
	ids := p.internAll(rest, toks)
	for i, id := range ids {
		if id < 0 || p.sum.names[id] == "defined" {
			continue
		}
		asked := i > 0 && ids[i-1] >= 0 || i > 1 && toks[i-1].is('(') && ids[i-2] >= 0 && p.sum.names[ids[i-2]] == "defined"
		switch {
		case asked:
			p.mark(id, condFeature)
		case i+1 < len(toks) && toks[i+1].is('('): // a call
		case i > 0 && comparison(rest, toks[i-1]) || i+1 < len(toks) && comparison(rest, toks[i+1]):
			p.mark(id, condVersion)
		default:
			p.mark(id, condFeature)
		}
	}
}

func comparison(src []byte, t tok) bool {
	if t.kind != punct {
		return false
	}
	switch t.text(src) {
	case "<", ">", "<=", ">=", "==", "!=":
		return true
	}
	return false
}

// define notes the macro and the types that its body casts to.
func (p *prepass) define(rest []byte) {
	s := bytes.TrimLeft(rest, " \t")
	n := 0
	for n < len(s) && identPart[s[n]] {
		n++
	}
	if n == 0 {
		return
	}
	id := p.intern(s[:n])
	p.mark(id, defined)
	body := s[n:]
	var params map[string]bool
	if len(body) > 0 && body[0] == '(' {
		end := bytes.IndexByte(body, ')')
		if end < 0 {
			return
		}
		params = map[string]bool{}
		for _, w := range bytes.FieldsFunc(body[1:end], func(r rune) bool { return strings.ContainsRune(" \t,\\\r\n", r) }) {
			params[string(w)] = true
		}
		body = body[end+1:]
	}
	body = bytes.Clone(body)
	toks := lex(body)
	ids := p.internAll(body, toks)
	p.casts(toks, ids, params)
	p.shape(id, toks, ids, params)
}

// casts finds types by their use in (T *), (T)x, and sizeof-like arguments.
// Names in skip are macro parameters.
func (p *prepass) casts(toks []tok, ids []int32, skip map[string]bool) {
	n := len(toks)
	qualifier := func(i int) bool {
		return i < n && ids[i] >= 0 && (p.sum.names[ids[i]] == "const" || p.sum.names[ids[i]] == "volatile")
	}
	for i := 0; i+2 < n; i++ {
		if !toks[i].is('(') && !toks[i].is(',') {
			continue
		}
		j := i + 1
		for qualifier(j) {
			j++
		}
		if j >= n || ids[j] < 0 || p.sum.flags[ids[j]]&isKeyword != 0 || skip[p.sum.names[ids[j]]] {
			continue
		}
		k, stars := j+1, 0
		for k < n && (toks[k].is('*') || qualifier(k)) {
			if toks[k].is('*') {
				stars++
			}
			k++
		}
		if k >= n || !toks[k].is(')') {
			continue
		}
		if stars > 0 || toks[i].is('(') && p.castOperand(toks, ids, i, k, p.sum.names[ids[j]]) {
			p.mark(ids[j], usedAsType)
		}
	}
}

// castOperand reports whether (name) at open..close is a cast: something follows
// that can only be an operand, and nothing precedes that makes it a call.
func (p *prepass) castOperand(toks []tok, ids []int32, open, close int, name string) bool {
	if open > 0 {
		prev := toks[open-1]
		if prev.kind == ident || prev.is(')') || prev.is(']') {
			if prev.kind != ident || p.sum.flags[ids[open-1]]&isStmtWord == 0 || p.sum.names[ids[open-1]] != "return" {
				return false
			}
		}
	}
	if close+1 >= len(toks) {
		return false
	}
	next := toks[close+1]
	switch next.kind {
	case number, str, char:
		return true
	case ident:
		return p.sum.flags[ids[close+1]]&isKeyword == 0 || p.sum.names[ids[close+1]] == "sizeof"
	case punct:
		// (name)(x) may also be a call; functions are rarely in capitals.
		return next.is('(') && (isMacroName(name) || strings.HasSuffix(name, "_t")) || next.is('~')
	}
	return false
}

// isMacroName reports whether s is written like a macro: capitals only.
func isMacroName(s string) bool {
	upper := false
	for i := 0; i < len(s); i++ {
		if 'a' <= s[i] && s[i] <= 'z' {
			return false
		}
		upper = upper || 'A' <= s[i] && s[i] <= 'Z'
	}
	return upper
}
