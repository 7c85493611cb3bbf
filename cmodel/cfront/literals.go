package cfront

import (
	"strconv"
	"strings"
)

// parseInt reads an integer literal with its suffixes.
func parseInt(s string) (int64, bool) {
	s = strings.TrimRight(s, "uUlLzZ")
	s = strings.ReplaceAll(s, "'", "")
	if n, err := strconv.ParseInt(s, 0, 64); err == nil {
		return n, true
	}
	if n, err := strconv.ParseUint(s, 0, 64); err == nil {
		return int64(n), true
	}
	return 0, false
}

// parseChar reads a character literal; several characters are unknown.
func parseChar(s string) (int64, bool) {
	i := strings.IndexByte(s, '\'')
	if i < 0 || len(s) < i+3 {
		return 0, false
	}
	text := unescape(s[i+1 : len(s)-1])
	if len(text) == 1 {
		return int64(text[0]), true
	}
	if r := []rune(text); len(r) == 1 {
		return int64(r[0]), true
	}
	return 0, false
}

// stringValue reads a string literal token.
func stringValue(s string) string {
	i := strings.IndexByte(s, '"')
	if i < 0 || len(s) < i+2 || s[len(s)-1] != '"' {
		return s
	}
	return unescape(s[i+1 : len(s)-1])
}

var simpleEscapes = map[byte]byte{'n': '\n', 't': '\t', 'r': '\r', 'a': 7, 'b': 8, 'f': 12, 'v': 11, 'e': 27}

// unescape resolves the escape sequences of a C literal.
func unescape(s string) string {
	if strings.IndexByte(s, '\\') < 0 {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' || i+1 == len(s) {
			b.WriteByte(s[i])
			continue
		}
		i++
		switch c := s[i]; {
		case c == 'x':
			j := i + 1
			for j < len(s) && isHex(s[j]) {
				j++
			}
			n, _ := strconv.ParseUint(s[i+1:j], 16, 64)
			b.WriteByte(byte(n))
			i = j - 1
		case c >= '0' && c <= '7':
			j := i
			for j < len(s) && j < i+3 && s[j] >= '0' && s[j] <= '7' {
				j++
			}
			n, _ := strconv.ParseUint(s[i:j], 8, 64)
			b.WriteByte(byte(n))
			i = j - 1
		case simpleEscapes[c] != 0:
			b.WriteByte(simpleEscapes[c])
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}
