package cfront

import (
	"bytes"
	"slices"
)

// kind classifies a lexical token.
type kind uint8

const (
	eofTok kind = iota
	ident
	number
	str
	char
	punct
	directive // a whole preprocessor line, continuations included
)

// A tok is a token of the tolerant lexer: no macro is expanded and no #if is
// evaluated. Offsets are bytes into the file; lines start at 1.
type tok struct {
	kind     kind
	first    bool // first token on its line
	col0     bool // at the very start of a line
	op       byte // punct: its only byte, 0 if it has several
	off, end int32
	line     int32
}

func (t tok) text(src []byte) string { return string(src[t.off:t.end]) }

func (t tok) is(op byte) bool { return t.op == op && t.kind == punct }

// identStart and identPart say which bytes begin and continue an identifier.
var identStart, identPart [256]bool

func init() {
	for c := 0; c < 256; c++ {
		letter := c == '_' || c == '$' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c >= 0x80
		identStart[c] = letter
		identPart[c] = letter || '0' <= c && c <= '9'
	}
}

// lexer splits one file into tokens and, in place and without moving a byte,
// replaces what the parser's scanner cannot digest: control characters, stray
// quotes, C11 literal prefixes, C23 digit separators and attributes, #error.
type lexer struct {
	b     []byte
	i     int
	line  int32
	first bool
	toks  []tok
	notes []note
}

// lex tokenizes b, rewriting it where necessary.
func lex(b []byte) []tok {
	toks, _ := lexNotes(b)
	return toks
}

// lexNotes is lex that also returns the comments addressed to refcheck.
func lexNotes(b []byte) ([]tok, []note) {
	l := &lexer{b: b, line: 1, first: true, toks: make([]tok, 0, len(b)/6+16)}
	for l.i < len(b) {
		l.next()
	}
	return blankAttributes(b, l.toks), l.notes
}

func (l *lexer) peek(k int) byte {
	if l.i+k < len(l.b) {
		return l.b[l.i+k]
	}
	return 0
}

func (l *lexer) next() {
	c := l.b[l.i]
	switch {
	case c == '\n':
		l.line++
		l.first = true
		l.i++
	case c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\v':
		l.i++
	case identStart[c]:
		l.ident()
	case c == '\\':
		l.backslash()
	case c == '/' && l.peek(1) == '*':
		l.blockComment()
	case c == '/' && l.peek(1) == '/':
		l.lineComment()
	case c == '#' && l.first:
		l.directive()
	case '0' <= c && c <= '9' || c == '.' && '0' <= l.peek(1) && l.peek(1) <= '9':
		l.number()
	case c == '"' || c == '\'':
		l.literal(c)
	case c < 0x20 || c == 0x7f || c == '@' || c == '`':
		l.b[l.i] = ' '
		l.i++
	default:
		l.punct(c)
	}
}

func (l *lexer) emit(k kind, start int, op byte) {
	l.toks = append(l.toks, tok{kind: k, first: l.first, col0: start == 0 || l.b[start-1] == '\n', op: op, off: int32(start), end: int32(l.i), line: l.line})
	l.first = false
}

// backslash skips a line continuation; any other backslash is noise.
func (l *lexer) backslash() {
	j := l.i + 1
	for j < len(l.b) && (l.b[j] == '\r' || l.b[j] == ' ' || l.b[j] == '\t') {
		j++
	}
	if j < len(l.b) && l.b[j] == '\n' {
		l.i = j + 1
		l.line++
		return
	}
	l.b[l.i] = ' '
	l.i++
}

// blockComment skips a comment. One that never ends takes the rest of the file,
// as for a compiler.
func (l *lexer) blockComment() {
	end := bytes.Index(l.b[l.i+2:], []byte("*/"))
	stop := len(l.b)
	if end >= 0 {
		stop = l.i + 2 + end + 2
	} else {
		for k := l.i; k < stop; k++ {
			if l.b[k] != '\n' {
				l.b[k] = ' '
			}
		}
	}
	if end >= 0 {
		l.note(l.i, stop)
	}
	l.line += int32(bytes.Count(l.b[l.i:stop], []byte{'\n'}))
	l.i = stop
}

func (l *lexer) lineComment() {
	start := l.i
	for l.i < len(l.b) && l.b[l.i] != '\n' {
		if l.continues() {
			l.line++
			l.i = bytes.IndexByte(l.b[l.i:], '\n') + l.i
		}
		l.i++
	}
	l.note(start, min(l.i, len(l.b)))
}

// continues reports whether a line continuation begins at the current byte.
func (l *lexer) continues() bool {
	return l.b[l.i] == '\\' && (l.peek(1) == '\n' || l.peek(1) == '\r' && l.peek(2) == '\n')
}

func (l *lexer) ident() {
	start := l.i
	ascii := true
	for l.i < len(l.b) && identPart[l.b[l.i]] {
		ascii = ascii && l.b[l.i] < 0x80
		l.i++
	}
	if !ascii && !l.asciify(start) {
		return
	}
	if c := l.peek(0); c == '"' || c == '\'' {
		switch string(l.b[start:l.i]) {
		case "u", "U":
			l.b[start] = 'L'
			return
		case "L":
			return
		case "u8":
			l.b[start], l.b[start+1] = ' ', ' '
			return
		}
	}
	l.emit(ident, start, 0)
}

// asciify replaces the bytes of non-ASCII letters in an identifier by '_', and
// blanks a run that is no identifier at all, such as a byte order mark or a
// no-break space. It reports whether an identifier is left.
func (l *lexer) asciify(start int) bool {
	word := l.b[start:l.i]
	if bytes.HasPrefix(word, []byte("\xef\xbb\xbf")) || bytes.HasPrefix(word, []byte("\xc2\xa0")) {
		n := 3
		if word[0] == 0xc2 {
			n = 2
		}
		copy(word, "   "[:n])
		l.i = start + n
		return false
	}
	for k, c := range word {
		if c >= 0x80 {
			word[k] = '_'
		}
	}
	return true
}

func (l *lexer) number() {
	start := l.i
	for l.i < len(l.b) {
		c := l.b[l.i]
		switch {
		case identPart[c] || c == '.':
			l.i++
			if n := l.peek(0); (c == 'e' || c == 'E' || c == 'p' || c == 'P') && (n == '+' || n == '-') && !l.hexAt(start, c) {
				l.i++
			}
			continue
		case c == '\'' && identPart[l.peek(1)]:
			// A C23 digit separator: shift the digits before it right by one.
			copy(l.b[start+1:l.i+1], l.b[start:l.i])
			l.b[start] = ' '
			start++
			l.i++
			continue
		}
		break
	}
	l.emit(number, start, 0)
}

// hexAt reports whether 'e' is a digit here: 0xe+1 is a sum.
func (l *lexer) hexAt(start int, c byte) bool {
	return (c == 'e' || c == 'E') && start+1 < len(l.b) && l.b[start] == '0' && (l.b[start+1] == 'x' || l.b[start+1] == 'X')
}

// literal scans a string or character constant. An unterminated one would make
// the parser drop the rest of the file, so its quote is blanked.
func (l *lexer) literal(q byte) {
	start, lines := l.i, int32(0)
	j := l.i + 1
	for j < len(l.b) && l.b[j] != q && l.b[j] != '\n' {
		if l.b[j] == '\\' && j+1 < len(l.b) {
			j++
			if l.b[j] == '\r' && j+1 < len(l.b) && l.b[j+1] == '\n' {
				j++
			}
			if l.b[j] == '\n' {
				lines++
			}
		} else if l.b[j] == 0 {
			l.b[j] = ' '
		}
		j++
	}
	if j >= len(l.b) || l.b[j] == '\n' || q == '\'' && j == start+1 {
		l.b[start] = ' '
		l.i++
		return
	}
	l.i = j + 1
	k := str
	if q == '\'' {
		k = char
		l.shorten(start)
	}
	l.emit(k, start, 0)
	l.line += lines
}

// shorten makes a multi-character constant ('abcd'), which the parser does not
// accept, a plain number of the same length.
func (l *lexer) shorten(start int) {
	body := l.b[start+1 : l.i-1]
	if len(body) < 2 || body[0] == '\\' || body[0] >= 0x80 {
		return
	}
	l.b[start] = '1'
	for k := start + 1; k < l.i; k++ {
		l.b[k] = ' '
	}
}

func (l *lexer) punct(c byte) {
	start := l.i
	n := 1
	switch d := l.peek(1); c {
	case '-':
		n = pick(d == '>' || d == '-' || d == '=')
	case '+', '&', '|', '<', '>', '=':
		n = pick(d == c || d == '=')
	case '!', '*', '/', '%', '^':
		n = pick(d == '=')
	case '#':
		n = pick(d == '#')
	case '.':
		if d == '.' && l.peek(2) == '.' {
			n = 3
		}
	}
	l.i += n
	if n > 1 {
		c = 0
	}
	l.emit(punct, start, c)
}

func pick(two bool) int {
	if two {
		return 2
	}
	return 1
}

// blankAttributes blanks C23 attributes, [[nodiscard]], and returns the tokens
// that are left.
func blankAttributes(b []byte, toks []tok) []tok {
	blanked := false
	for i := 0; i+3 < len(toks); i++ {
		if !toks[i].is('[') || !toks[i+1].is('[') {
			continue
		}
		depth, j := 0, i
		for ; j < len(toks) && j < i+64; j++ {
			if toks[j].is('[') {
				depth++
			} else if toks[j].is(']') {
				if depth--; depth == 0 {
					break
				}
			}
		}
		if depth != 0 || !toks[j-1].is(']') {
			continue
		}
		for k := i; k <= j; k++ {
			for o := toks[k].off; o < toks[k].end; o++ {
				b[o] = ' '
			}
			toks[k].kind = eofTok
			blanked = true
		}
	}
	if blanked {
		toks = slices.DeleteFunc(toks, func(t tok) bool { return t.kind == eofTok })
	}
	return toks
}
