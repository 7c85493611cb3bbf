package cfront

import "bytes"

// directive scans a preprocessor line with its continuations and comments.
// #error, #warning, #pragma and their like become null directives: an active
// #error is an error of the build, not of the function after it.
func (l *lexer) directive() {
	start, line := l.i, l.line
	l.i++
	for l.peek(0) == ' ' || l.peek(0) == '\t' {
		l.i++
	}
	word := l.i
	for l.i < len(l.b) && identPart[l.b[l.i]] {
		l.i++
	}
	name := string(l.b[word:l.i])
	prose := name == "error" || name == "warning" || name == "pragma" || name == "ident" || name == "sccs" || name == "line"
	for l.i < len(l.b) && l.b[l.i] != '\n' {
		l.directiveByte(prose)
	}
	if l.i > len(l.b) {
		l.i = len(l.b)
	}
	l.toks = append(l.toks, tok{kind: directive, first: true, off: int32(start), end: int32(l.i), line: line})
	l.first = true
	if prose && !isPragmaOnce(l.b[word:l.i]) {
		for k := start + 1; k < l.i; k++ {
			if l.b[k] != '\n' && l.b[k] != '\\' {
				l.b[k] = ' '
			}
		}
	}
}

// directiveByte consumes one piece of a directive's text.
func (l *lexer) directiveByte(prose bool) {
	switch c := l.b[l.i]; {
	case l.continues():
		l.i += bytes.IndexByte(l.b[l.i:], '\n') + 1
		l.line++
	case c == '/' && l.peek(1) == '*':
		l.blockComment()
	case c == '/' && l.peek(1) == '/':
		l.lineComment()
	case (c == '"' || c == '\'') && !prose:
		l.directiveLiteral(c)
	case c == 0:
		l.b[l.i] = ' '
		l.i++
	default:
		l.i++
	}
}

// directiveLiteral skips a literal inside a directive, or blanks a quote that
// opens none (an apostrophe in prose).
func (l *lexer) directiveLiteral(q byte) {
	j, lines := l.i+1, int32(0)
	for j < len(l.b) && l.b[j] != q && l.b[j] != '\n' {
		if l.b[j] == '\\' && j+1 < len(l.b) {
			j++
			if l.b[j] == '\r' && j+1 < len(l.b) && l.b[j+1] == '\n' {
				j++
			}
			if l.b[j] == '\n' {
				lines++
			}
		}
		j++
	}
	if j >= len(l.b) || l.b[j] == '\n' || q == '\'' && j-l.i > 12 {
		l.b[l.i] = ' '
		l.i++
		return
	}
	l.line += lines
	l.i = j + 1
}

func isPragmaOnce(text []byte) bool {
	f := bytes.Fields(text)
	return len(f) >= 2 && string(f[0]) == "pragma" && string(f[1]) == "once"
}

// splitDirective returns a directive's name and the rest of its line, comments
// and continuations included.
func splitDirective(src []byte, t tok) (name string, rest []byte) {
	s := bytes.TrimLeft(src[t.off+1:t.end], " \t")
	n := 0
	for n < len(s) && identPart[s[n]] {
		n++
	}
	return string(s[:n]), s[n:]
}

// includeTarget reads the operand of an #include. ok is false for a macro.
func includeTarget(rest []byte) (name string, angle, ok bool) {
	rest = bytes.TrimLeft(rest, " \t")
	if len(rest) < 3 || rest[0] != '"' && rest[0] != '<' {
		return "", false, false
	}
	stop := byte('"')
	if rest[0] == '<' {
		stop = '>'
	}
	n := bytes.IndexByte(rest[1:], stop)
	if n <= 0 {
		return "", false, false
	}
	return string(rest[1 : 1+n]), stop == '>', true
}
