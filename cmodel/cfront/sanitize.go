package cfront

import (
	"regexp"
	"strings"
)

var comments = regexp.MustCompile(`(?s)/\*.*?(\*/|$)|//[^\n]*`)

// condText is a condition as shown in reports: "#ifdef HAVE_X".
func condText(name string, rest []byte) string {
	s := string(rest)
	s = strings.NewReplacer("\\\r\n", " ", "\\\n", " ").Replace(comments.ReplaceAllString(s, " "))
	return strings.TrimSpace("#" + name + " " + strings.Join(strings.Fields(s), " "))
}

// hasGuardAny reports whether the file's first line opens an include guard.
func hasGuardAny(src []byte, toks []tok, name string, rest []byte) bool {
	switch name {
	case "ifndef":
		return hasGuard(src, toks, strings.Fields(string(rest)))
	case "if":
		w := strings.FieldsFunc(string(rest), func(r rune) bool { return strings.ContainsRune(" \t!()", r) })
		return len(w) == 2 && w[0] == "defined" && hasGuard(src, toks, w[1:])
	}
	return false
}

// elideTables blanks the interior of big constant initializers ({1, 2, "x", ...});
// they hold nothing to analyse and cost the parser seconds.
func elideTables(b []byte, toks []tok) {
	for i := 1; i < len(toks); i++ {
		if !toks[i].is('{') || !toks[i-1].is('=') {
			continue
		}
		end, n := tableEnd(toks, i)
		if end > 0 && n > 512 {
			for k := toks[i+1].end; k < toks[end].off; k++ {
				if b[k] != '\n' {
					b[k] = ' '
				}
			}
			if toks[i+1].is('{') {
				b[toks[i+1].off] = '0'
			}
		}
		if end > 0 {
			i = end
		}
	}
}

// tableEnd returns the closing brace of an initializer made of literals only and
// how many there are; 0 if it holds anything else.
func tableEnd(toks []tok, open int) (end, literals int) {
	depth := 1
	for j := open + 1; j < len(toks); j++ {
		t := toks[j]
		switch {
		case t.kind == number || t.kind == str || t.kind == char:
			literals++
		case t.is('{'):
			depth++
		case t.is('}'):
			if depth--; depth == 0 {
				return j, literals
			}
		case t.is(',') || t.is('-') || t.is('+'):
		default:
			return 0, 0
		}
	}
	return 0, 0
}

// bareLabels returns edits that add the ';' after labels that C23 allows and the
// parser does not: before '}' and before a declaration.
func bareLabels(src []byte, toks []tok) []edit {
	var out []edit
	for i := 1; i+1 < len(toks); i++ {
		if !toks[i].is(':') {
			continue
		}
		next := toks[i+1]
		if next.is('}') {
			out = append(out, edit{toks[i].end, toks[i].end, ";"})
			continue
		}
		if next.kind != ident {
			continue
		}
		w := next.text(src)
		if typeWords[w] && w != "size_t" && w != "ssize_t" || w == "const" || w == "static" {
			out = append(out, edit{toks[i].end, toks[i].end, ";"})
		}
	}
	return out
}
