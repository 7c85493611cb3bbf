package cfront

import (
	"bytes"
	"strings"

	"modernc.org/cc/v4"
	"modernc.org/token"

	"github.com/refcheck/refcheck/cmodel/source"
)

// A spanner turns tokens of one parse into places in the user's text. All
// tokens of a macro expansion carry the position of the macro's use, so the end
// of such a token is the end of the use.
type spanner struct {
	p     *parsed
	files map[string]*file // by the parser's file names; nil for model text

	lastName string // one-entry cache in front of the map
	last     *file
}

func newSpanner(p *parsed) *spanner {
	return &spanner{p: p, files: map[string]*file{}}
}

// file returns the user's file behind a parser file name, or nil.
func (s *spanner) file(name string) *file {
	if name == s.lastName {
		return s.last
	}
	f, ok := s.files[name]
	if !ok {
		f = s.p.proj.byVirtual(name)
		s.files[name] = f
	}
	s.lastName, s.last = name, f
	return f
}

// pos is where a token stands, or nowhere if that is not in the user's text.
func (s *spanner) pos(t cc.Token) source.Pos {
	p := t.Position()
	return userPos(s.file(p.Filename), p)
}

func userPos(f *file, p token.Position) source.Pos {
	if f == nil || p.Line == 0 {
		return source.Pos{}
	}
	return source.Pos{File: f.name, Line: f.userLine(p.Line), Column: p.Column}
}

// at covers the text from one token to the end of another, and names the macro
// that the first one came out of.
func (s *spanner) at(first, last cc.Token) (source.Span, string) {
	from := first.Position()
	f := s.file(from.Filename)
	sp := source.Span{Pos: userPos(f, from)}
	if !sp.IsValid() {
		return sp, ""
	}
	macro := macroName(f, from, first)
	to := last.Position()
	if to.Line == 0 || to.Filename != from.Filename {
		return sp, macro
	}
	if to.Line < from.Line || to.Line == from.Line && to.Column < from.Column {
		to = from
	}
	o := f.offset(to.Line, to.Column)
	if o < 0 || o >= len(f.src) {
		return sp, macro
	}
	end := text(f.src).tokenEnd(o, last)
	line := to.Line
	for line < len(f.starts) && int(f.starts[line]) <= end {
		line++
	}
	sp.EndLine, sp.EndColumn = f.userLine(line), end-int(f.starts[line-1])+1
	return sp, macro
}

// span is at without the macro.
func (s *spanner) span(first, last cc.Token) source.Span {
	sp, _ := s.at(first, last)
	return sp
}

// macroName returns the identifier written at p if it is not t itself. NULL and
// what the compiler defines are not worth a mention.
func macroName(f *file, p token.Position, t cc.Token) string {
	o := f.offset(p.Line, p.Column)
	if o < 0 || o >= len(f.src) || !identStart[f.src[o]] {
		return ""
	}
	end := o
	for end < len(f.src) && identPart[f.src[end]] {
		end++
	}
	word := string(f.src[o:end])
	if word == string(t.Src()) || word == "NULL" || strings.HasPrefix(word, "__") {
		return ""
	}
	return word
}

// text is source text, for finding the ends of tokens.
type text []byte

// tokenEnd returns the offset after the token that starts at o, or after the
// macro use that starts there if the token is part of an expansion.
func (t text) tokenEnd(o int, tok cc.Token) int {
	src := tok.Src()
	if n := len(src); n > 0 && o+n <= len(t) && string(t[o:o+n]) == string(src) &&
		!(identPart[src[n-1]] && o+n < len(t) && identPart[t[o+n]]) {
		return o + n
	}
	switch c := t[o]; {
	case c == '"':
		return t.stringsEnd(o)
	case identStart[c]:
		return t.macroEnd(o)
	}
	return o + 1
}

// macroEnd returns the end of a macro name at o, with its arguments if any.
func (t text) macroEnd(o int) int {
	for o < len(t) && identPart[t[o]] {
		o++
	}
	p := t.skipBlank(o)
	if p >= len(t) || t[p] != '(' {
		return o
	}
	depth := 0
	for p < len(t) {
		switch t[p] {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return p + 1
			}
		case '"', '\'':
			p = t.literalEnd(p)
			continue
		case '/':
			if q := t.skipBlank(p); q > p {
				p = q
				continue
			}
		}
		p++
	}
	return o
}

// stringsEnd returns the end of a run of adjacent string literals at o.
func (t text) stringsEnd(o int) int {
	end := o
	for o < len(t) && t[o] == '"' {
		end = t.literalEnd(o)
		o = t.skipBlank(end)
	}
	return end
}

// literalEnd returns the offset after the string or character literal at o.
func (t text) literalEnd(o int) int {
	quote := t[o]
	for o++; o < len(t); o++ {
		switch t[o] {
		case '\\':
			o++
		case quote:
			return o + 1
		case '\n':
			return o
		}
	}
	return len(t)
}

// skipBlank skips white space, line splices and comments.
func (t text) skipBlank(o int) int {
	for o < len(t) {
		switch c := t[o]; {
		case c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\\' || c == '\f' || c == '\v':
			o++
		case c == '/' && o+1 < len(t) && t[o+1] == '*':
			n := bytes.Index(t[o+2:], []byte("*/"))
			if n < 0 {
				return len(t)
			}
			o += n + 4
		case c == '/' && o+1 < len(t) && t[o+1] == '/':
			for o < len(t) && t[o] != '\n' {
				o++
			}
		default:
			return o
		}
	}
	return min(o, len(t))
}

// lastToken returns the last token of an expression as far as the tree knows.
func lastToken(e cc.ExpressionNode) cc.Token {
	for {
		next, tok, done := tail(e)
		if done {
			return tok
		}
		e = next
	}
}

// tail returns the last token of e, or the operand that ends it.
func tail(e cc.ExpressionNode) (next cc.ExpressionNode, tok cc.Token, done bool) {
	if e == nil {
		return nil, tok, true
	}
	switch x := e.(type) {
	case *cc.PrimaryExpression:
		if x != nil && (x.Case == cc.PrimaryExpressionExpr || x.Case == cc.PrimaryExpressionStmt) {
			return nil, x.Token2, true
		}
		if x != nil && x.Case == cc.PrimaryExpressionGeneric && x.GenericSelection != nil {
			return nil, x.GenericSelection.Token4, true
		}
		if x != nil {
			return nil, x.Token, true
		}
	case *cc.PostfixExpression:
		if x != nil {
			return postfixTail(x)
		}
	case *cc.UnaryExpression:
		if x != nil {
			return unaryTail(x)
		}
	case *cc.CastExpression:
		if x != nil && x.Case == cc.CastExpressionCast {
			return x.CastExpression, tok, false
		}
	case *cc.AssignmentExpression:
		if x != nil && x.Case != cc.AssignmentExpressionCond {
			return x.AssignmentExpression, tok, false
		}
	case *cc.ConditionalExpression:
		if x != nil && x.Case == cc.ConditionalExpressionCond {
			return x.ConditionalExpression, tok, false
		}
	case *cc.LogicalAndExpression:
		if x != nil && x.Case == cc.LogicalAndExpressionLAnd {
			return x.InclusiveOrExpression, tok, false
		}
	case *cc.LogicalOrExpression:
		if x != nil && x.Case == cc.LogicalOrExpressionLOr {
			return x.LogicalAndExpression, tok, false
		}
	case *cc.ExpressionList:
		for x != nil && x.ExpressionList != nil {
			x = x.ExpressionList
		}
		if x != nil {
			return x.AssignmentExpression, tok, false
		}
	default:
		if op, _, r, ok := binaryParts(e); ok && op != "" {
			return r, tok, false
		}
	}
	if next, again := inner(e); again && next != nil {
		return next, tok, false
	}
	return nil, tok, true
}

func postfixTail(x *cc.PostfixExpression) (cc.ExpressionNode, cc.Token, bool) {
	switch x.Case {
	case cc.PostfixExpressionPrimary:
		return x.PrimaryExpression, cc.Token{}, false
	case cc.PostfixExpressionInc, cc.PostfixExpressionDec:
		return nil, x.Token, true
	case cc.PostfixExpressionComplit:
		return nil, x.Token5, true
	}
	return nil, x.Token2, true // index, call, member
}

func unaryTail(x *cc.UnaryExpression) (cc.ExpressionNode, cc.Token, bool) {
	switch x.Case {
	case cc.UnaryExpressionSizeofType, cc.UnaryExpressionAlignofType:
		return nil, x.Token3, true
	case cc.UnaryExpressionLabelAddr:
		return nil, x.Token2, true
	case cc.UnaryExpressionPostfix:
		return x.PostfixExpression, cc.Token{}, false
	}
	if x.CastExpression != nil {
		return x.CastExpression, cc.Token{}, false
	}
	return x.UnaryExpression, cc.Token{}, false
}

// firstToken returns the first token of an expression as far as the tree knows.
func firstToken(e cc.ExpressionNode) cc.Token {
	for {
		next, tok := head(e)
		if next == nil {
			return tok
		}
		e = next
	}
}

// head returns the operand that begins e, or else the first token of e.
func head(e cc.ExpressionNode) (next cc.ExpressionNode, tok cc.Token) {
	switch x := e.(type) {
	case *cc.PrimaryExpression:
		if x != nil && x.Case == cc.PrimaryExpressionGeneric && x.GenericSelection != nil {
			return nil, x.GenericSelection.Token
		}
		if x != nil {
			return nil, x.Token
		}
	case *cc.PostfixExpression:
		switch {
		case x == nil:
		case x.Case == cc.PostfixExpressionPrimary:
			return x.PrimaryExpression, tok
		case x.Case == cc.PostfixExpressionComplit:
			return nil, x.Token
		default:
			return x.PostfixExpression, tok
		}
	case *cc.UnaryExpression:
		if x != nil && x.Case != cc.UnaryExpressionPostfix {
			return nil, x.Token
		}
	case *cc.CastExpression:
		if x != nil && x.Case == cc.CastExpressionCast {
			return nil, x.Token
		}
	case *cc.AssignmentExpression:
		if x != nil && x.Case != cc.AssignmentExpressionCond {
			return x.UnaryExpression, tok
		}
	case *cc.ConditionalExpression:
		if x != nil {
			return x.LogicalOrExpression, tok
		}
	case *cc.LogicalAndExpression:
		if x != nil && x.Case == cc.LogicalAndExpressionLAnd {
			return x.LogicalAndExpression, tok
		}
	case *cc.LogicalOrExpression:
		if x != nil && x.Case == cc.LogicalOrExpressionLOr {
			return x.LogicalOrExpression, tok
		}
	case *cc.ExpressionList:
		if x != nil {
			return x.AssignmentExpression, tok
		}
	default:
		if op, l, _, ok := binaryParts(e); ok && op != "" {
			return l, tok
		}
	}
	if next, again := inner(e); again {
		return next, tok
	}
	return nil, tok
}
