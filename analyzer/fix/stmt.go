package fix

import (
	"strings"

	"github.com/refcheck/refcheck/cmodel/cfront"
)

type stmtKind uint8

const (
	simple stmtKind = iota // also a macro without semicolon
	block
	ifStmt
	loopStmt // for, while, do, switch, and macros that look like them
	label    // also case and default, up to the colon
)

// A stmt is a statement, found by its brackets and semicolons alone.
type stmt struct {
	kind        stmtKind
	first, last int // tokens
	head        int // the last token before the first part: ) or else or do
	parts       []*stmt
	parent      *stmt
	odd         bool // a preprocessor directive cuts through it
}

// body returns the statements of the function that has an offset, nil outside of functions.
func (t *Text) body(o int) *stmt {
	i := t.token(o)
	if i >= len(t.toks) {
		return nil
	}
	open := t.around[i]
	if t.toks[i].Op == '{' && open < 0 {
		open = i
	}
	for open >= 0 {
		up := t.around[open]
		if up < 0 || up > 0 && t.toks[up-1].Kind == cfront.StringToken { // extern "C" {
			break
		}
		open = up
	}
	return t.bodyAt(open)
}

func (t *Text) bodyAt(open int) *stmt {
	if open < 0 || t.mate[open] < 0 {
		return nil
	}
	if t.bodies[open] == nil {
		p := &parser{t: t, end: t.mate[open]}
		t.bodies[open] = p.block(open)
	}
	return t.bodies[open]
}

// function returns the body of the function whose name, or return type, stands at an offset.
func (t *Text) function(o int) *stmt {
	i := t.token(o)
	for ; i < len(t.toks); i++ {
		switch t.toks[i].Op {
		case '(':
			if t.mate[i] > 0 {
				i = t.mate[i]
			}
		case '{':
			return t.bodyAt(i)
		case ';':
			return nil
		}
	}
	return nil
}

// at returns the innermost statement that has an offset in its own text, not in one of its parts.
func (t *Text) at(o int) *stmt {
	s := t.body(o)
	i := t.token(o)
	for s != nil {
		next := (*stmt)(nil)
		for _, p := range s.parts {
			if p.first <= i && i <= p.last {
				next = p
			}
		}
		if next == nil {
			break
		}
		s = next
	}
	return s
}

type parser struct {
	t   *Text
	end int
}

// block parses what stands in braces.
func (p *parser) block(open int) *stmt {
	s := &stmt{kind: block, first: open, head: open, last: p.t.mate[open]}
	outer := p.end
	p.end = s.last
	for i := open + 1; i < s.last; {
		if p.t.toks[i].Kind == cfront.DirectiveToken || p.t.toks[i].Op == ';' || p.t.is(i, "else") {
			i++
			continue
		}
		part := p.statement(i)
		p.adopt(s, part)
		i = part.last + 1
	}
	p.end = outer
	return s
}

func (p *parser) adopt(s, part *stmt) {
	part.parent = s
	s.parts = append(s.parts, part)
}

// statement parses the statement that begins with token i.
func (p *parser) statement(i int) *stmt {
	t := p.t
	if t.toks[i].Op == '{' && t.mate[i] > 0 {
		return p.block(i)
	}
	if t.toks[i].Kind == cfront.IdentToken {
		switch word := t.text(i); word {
		case "if":
			return p.ifStatement(i)
		case "for", "while", "switch":
			return p.loop(i)
		case "do":
			return p.doLoop(i)
		case "case", "default":
			return p.label(i)
		default:
			if t.is(i+1, ":") && !t.is(i+2, ":") {
				return &stmt{kind: label, first: i, last: i + 1}
			}
			if t.is(i+1, "(") && t.mate[i+1] > 0 && t.is(t.mate[i+1]+1, "{") {
				return p.loop(i) // FOR_EACH(x) {
			}
		}
	}
	return p.simple(i)
}

// part parses a statement that belongs to s and begins after token after.
func (p *parser) part(s *stmt, after int) {
	i := after + 1
	for i < p.end && p.t.toks[i].Kind == cfront.DirectiveToken {
		s.odd = true
		i++
	}
	if i >= p.end {
		s.odd = true
		return
	}
	s.head = after
	part := p.statement(i)
	p.adopt(s, part)
	s.last = part.last
	s.odd = s.odd || part.odd && part.kind != block
}

func (p *parser) ifStatement(i int) *stmt {
	s := &stmt{kind: ifStmt, first: i, last: i}
	if !p.t.is(i+1, "(") || p.t.mate[i+1] < 0 {
		return p.simple(i)
	}
	p.part(s, p.t.mate[i+1])
	n := s.last + 1
	for n < p.end && p.t.toks[n].Kind == cfront.DirectiveToken {
		n++
	}
	if n < p.end && p.t.is(n, "else") {
		s.odd = s.odd || n > s.last+1
		p.part(s, n)
		s.head = p.t.mate[i+1]
	}
	return s
}

func (p *parser) loop(i int) *stmt {
	if !p.t.is(i+1, "(") || p.t.mate[i+1] < 0 {
		return p.simple(i)
	}
	s := &stmt{kind: loopStmt, first: i, last: i}
	p.part(s, p.t.mate[i+1])
	return s
}

func (p *parser) doLoop(i int) *stmt {
	s := &stmt{kind: loopStmt, first: i, last: i}
	p.part(s, i)
	for n := s.last + 1; n < p.end; n++ {
		s.last = n
		if p.t.toks[n].Op == ';' {
			break
		}
	}
	return s
}

func (p *parser) label(i int) *stmt {
	s := &stmt{kind: label, first: i, last: i}
	for n := i; n < p.end; n++ {
		s.last = n
		if p.t.toks[n].Op == ':' {
			break
		}
	}
	return s
}

// simple parses up to a semicolon, or a macro that stands on a line of its own without one.
func (p *parser) simple(i int) *stmt {
	t := p.t
	s := &stmt{kind: simple, first: i, last: i}
	if t.toks[i].Kind == cfront.IdentToken {
		end := i
		if t.is(i+1, "(") && t.mate[i+1] > 0 {
			end = t.mate[i+1]
		}
		if name := t.text(i); name == strings.ToUpper(name) || strings.HasPrefix(name, "Py_") {
			if end+1 < p.end && t.toks[end+1].First && (t.toks[end+1].Kind == cfront.IdentToken || t.toks[end+1].Op == '{') || end+1 == p.end {
				s.last = end
				return s
			}
		}
	}
	for n := i; n < p.end; n++ {
		s.last = n
		switch k := t.toks[n]; {
		case k.Kind == cfront.DirectiveToken:
			s.odd = true
		case k.Op == ';':
			return s
		case (k.Op == '(' || k.Op == '[' || k.Op == '{') && t.mate[n] > 0:
			n = t.mate[n]
			s.last = n
		}
	}
	return s
}

// off and end are where a statement begins and ends in the text.
func (t *Text) off(s *stmt) int { return t.toks[s.first].Off }
func (t *Text) end(s *stmt) int { return t.toks[s.last].End }

// reads is the text of a statement.
func (t *Text) reads(s *stmt) string { return string(t.src[t.off(s):t.end(s)]) }

// each calls visit for s and everything in it.
func (s *stmt) each(visit func(*stmt)) {
	visit(s)
	for _, p := range s.parts {
		p.each(visit)
	}
}

// isDeclaration guesses whether a statement declares variables.
func (t *Text) isDeclaration(s *stmt) bool {
	if s.kind != simple || t.toks[s.first].Kind != cfront.IdentToken {
		return false
	}
	switch t.text(s.first) {
	case "return", "goto", "break", "continue":
		return false
	case "static", "const", "struct", "unsigned", "enum", "union", "volatile", "register":
		return true
	}
	i := s.first + 1
	for i < s.last && t.is(i, "*") {
		i++
	}
	return i < s.last && t.toks[i].Kind == cfront.IdentToken
}
