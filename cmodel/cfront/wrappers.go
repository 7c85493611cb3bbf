package cfront

import (
	"bytes"
	"slices"
)

// dropWrappers blanks macros that wrap the function they are named after, with the same
// arguments: they count calls, trace them, or make them fail on purpose. What the
// function does with its arguments is what matters, and its contract says that.
func dropWrappers(b []byte, toks []tok) {
	for _, t := range toks {
		if t.kind != directive {
			continue
		}
		name, rest := splitDirective(b, t)
		if name != "define" || !wrapsItself(rest) {
			continue
		}
		for k := t.off + 1; k < t.end; k++ {
			if b[k] != '\n' {
				b[k] = ' '
			}
		}
	}
}

// wrapsItself reports whether a macro, given without "#define", calls what it is named
// after with its own parameters, and neither leaves the function nor sets a parameter.
func wrapsItself(def []byte) bool {
	def = bytes.TrimLeft(def, " \t")
	n := 0
	for n < len(def) && identPart[def[n]] {
		n++
	}
	name := def[:n]
	if n == 0 || n == len(def) || def[n] != '(' || !bytes.Contains(def[n:], name) {
		return false
	}
	text := bytes.Clone(def[n:])
	toks := lex(text)
	end := slices.IndexFunc(toks, func(t tok) bool { return t.is(')') })
	if end < 0 {
		return false
	}
	params := words(text, toks[1:end])
	if k := len(params) - 1; k >= 0 && params[k] == "..." {
		params[k] = "__VA_ARGS__"
	}
	return callsItself(text, toks[end+1:], string(name), params)
}

func callsItself(text []byte, toks []tok, name string, params []string) bool {
	calls := false
	for i := 0; i < len(toks); i++ {
		switch w := toks[i].text(text); {
		case w == "return" || w == "goto":
			return false
		case i+1 < len(toks) && toks[i+1].text(text) == "=" && slices.Contains(params, w):
			return false
		case w != name:
		case i > 0 && (toks[i-1].text(text) == "." || toks[i-1].text(text) == "->"):
			return false // a member of that name
		default:
			args := toks[min(i+1, len(toks)):]
			if len(args) == 0 || !args[0].is('(') {
				return false
			}
			end := slices.IndexFunc(args, func(t tok) bool { return t.is(')') })
			if end < 0 || !slices.Equal(words(text, args[1:end]), params) {
				return false
			}
			calls, i = true, i+end
		}
	}
	return calls
}

// words are the texts of tokens but commas.
func words(text []byte, toks []tok) []string {
	var out []string
	for _, t := range toks {
		if !t.is(',') {
			out = append(out, t.text(text))
		}
	}
	return out
}
