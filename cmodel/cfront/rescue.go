package cfront

import "slices"

// A rescue is what a last view of a unit assumes to get at functions that the
// parser could not get over: it is cruder than the prelude's other guesses, so
// only functions that are lost otherwise are taken from that view.
type rescue struct {
	calls map[string]bool // macros to be taken for calls without arguments
}

// newRescue looks for macros to blame in the chunks that were lost; nil if
// nothing was.
func (c *coverage) newRescue() *rescue {
	r := &rescue{calls: map[string]bool{}}
	lost := false
	for _, f := range c.files {
		for i, st := range c.state[f] {
			if st.broken == "" || st.intact > 0 {
				continue
			}
			lost = true
			ch := f.chunks[i]
			text := slices.Clone(f.src[max(ch.off, ch.body):ch.end])
			r.suspects(text, lex(text))
		}
	}
	if !lost {
		return nil
	}
	return r
}

// suspects notes calls that may be macros with arguments that are no
// expressions: names in capitals, and calls with a type or an operator among
// their arguments.
func (r *rescue) suspects(src []byte, toks []tok) {
	for i := 0; i+1 < len(toks); i++ {
		if toks[i].kind != ident || !toks[i+1].is('(') {
			continue
		}
		name := toks[i].text(src)
		if keywords[name] || typeWords[name] {
			continue
		}
		if isMacroName(name) || oddArguments(src, toks[i+1:]) {
			r.calls[name] = true
		}
	}
}

// oddArguments reports whether the argument list that begins toks has an
// argument that is an operator or begins with a type.
func oddArguments(src []byte, toks []tok) bool {
	depth := 0
	for i, t := range toks {
		switch {
		case t.is('('):
			depth++
		case t.is(')'):
			if depth--; depth == 0 {
				return false
			}
		}
		if depth != 1 || i+1 >= len(toks) || !t.is('(') && !t.is(',') {
			continue
		}
		next := toks[i+1]
		if next.kind == ident && typeWords[next.text(src)] {
			return true
		}
		if next.kind == punct && i+2 < len(toks) && (toks[i+2].is(',') || toks[i+2].is(')')) && !next.is(')') {
			return true
		}
	}
	return false
}

// add writes the assumptions after the other synthesized declarations.
func (r *rescue) add(s *synth, words map[string]wordFlags) {
	for _, name := range sortedNames(words, typedefed|usedAsStr) {
		f := words[name]
		switch {
		case f&isKeyword != 0 || s.isMacro(name) || s.isType(name):
		case f&typedefed != 0 && f&(usedAsType|defined) == 0:
			s.b.WriteString("typedef struct __rc_" + name + " " + name + ";\n")
		case f&usedAsStr != 0 && f&defined != 0 && f&called == 0 && isMacroName(name):
			s.define(name, ` "?"`)
		}
	}
	for _, name := range sortedNames(words, called) {
		if r.calls[name] && !s.isMacro(name) {
			s.control[name] = true
			s.define(name, "(...) __rc_unknown()")
		}
	}
}
