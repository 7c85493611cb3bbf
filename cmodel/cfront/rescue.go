package cfront

import (
	"maps"
	"slices"
)

// A rescue is what a last view of a unit assumes to get at functions that the
// parser could not get over: it is cruder than the prelude's other guesses, so
// only functions that are lost otherwise are taken from that view.
type rescue struct {
	calls map[string]bool // macros to be taken for calls without arguments
	casts map[string]bool // macros to be taken for casts in front of an operand
	words map[string]wordFlags
}

// newRescue looks for macros to blame in the chunks that were lost; nil if
// nothing was.
func (c *coverage) newRescue() *rescue {
	r := &rescue{calls: map[string]bool{}, casts: map[string]bool{}, words: c.u.words}
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
// their arguments. It also notes names in capitals between a bracket and an operand.
func (r *rescue) suspects(src []byte, toks []tok) {
	for i := 0; i+1 < len(toks); i++ {
		if toks[i].kind != ident {
			continue
		}
		name, next := toks[i].text(src), toks[i+1]
		switch {
		case keywords[name] || typeWords[name]:
		case next.is('(') && (isMacroName(name) || r.oddArguments(src, toks[i+1:])):
			r.calls[name] = true
		case i > 0 && next.kind == ident && isMacroName(name) && !keywords[next.text(src)] &&
			(toks[i-1].is('(') || toks[i-1].is(',') || toks[i-1].is('=')):
			r.casts[name] = true
		}
	}
}

// oddArguments reports whether the argument list that begins toks has an
// argument that is an operator or begins with a type.
func (r *rescue) oddArguments(src []byte, toks []tok) bool {
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
		alone := i+2 < len(toks) && (toks[i+2].is(',') || toks[i+2].is(')'))
		if next.kind == ident && alone && r.words[next.text(src)]&(usedAsType|typedefed) != 0 {
			return true
		}
		if next.kind == punct && alone && !next.is(')') {
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
	for _, name := range slices.Sorted(maps.Keys(r.casts)) {
		if words[name]&(defined|declared|usedAsType) == 0 && !s.isMacro(name) {
			s.b.WriteString("#undef " + name + "\n#define " + name + "\n")
		}
	}
	for _, name := range sortedNames(words, called) {
		if r.calls[name] && !s.isMacro(name) {
			s.control[name] = true
			s.define(name, "(...) __rc_unknown()")
		}
	}
}
