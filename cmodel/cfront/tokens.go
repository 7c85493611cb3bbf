package cfront

import "bytes"

// TokenKind classifies a Token.
type TokenKind uint8

// Kinds of tokens.
const (
	IdentToken TokenKind = iota
	NumberToken
	StringToken
	CharToken
	PunctToken
	DirectiveToken // a whole preprocessor line, continuations included
)

// A Token is a piece of C text between two byte offsets, before any macro is expanded. Comments
// and white space are none.
type Token struct {
	Kind     TokenKind
	First    bool // first on its line
	Op       byte // of punctuation of one byte, else 0
	Off, End int
}

// Tokens cuts up C text as the frontend does, tolerant of whatever is in it.
func Tokens(text []byte) []Token {
	toks := lex(bytes.Clone(text)) // the lexer blanks what the parser chokes on
	out := make([]Token, 0, len(toks))
	kinds := map[kind]TokenKind{ident: IdentToken, number: NumberToken, str: StringToken, char: CharToken, punct: PunctToken, directive: DirectiveToken}
	for _, t := range toks {
		if k, ok := kinds[t.kind]; ok {
			out = append(out, Token{k, t.first, t.op, int(t.off), int(t.end)})
		}
	}
	return out
}

// Editable reports whether a file of the project is text that people wrote and can change by
// its lines: no template whose lines are expanded first, and no Go file, of which a new line
// might not be a comment.
func (p *Project) Editable(path string) bool {
	f := p.byPath[path]
	return f != nil && p.named[f] && f.lines == nil && f.goCode == nil
}

// Abs returns the absolute path of a file of the project, "" if it is not on disk.
func (p *Project) Abs(path string) string {
	if f := p.byPath[path]; f != nil {
		return f.abs
	}
	return ""
}
