package cfront

import (
	"bytes"
	"strconv"
	"strings"
)

// A condValue is the value of a preprocessor expression under two versions of
// Python. Macros that have nothing to do with versions are unknown but equal.
type condValue struct {
	kind condKind
	a, b int64 // under each version, if known
}

type condKind uint8

const (
	condKnown  condKind = iota
	condEqual           // unknown, the same under both
	condVaries          // unknown, may differ
)

// differs reports whether the expression may choose different branches.
func (v condValue) differs() bool {
	return v.kind == condVaries || v.kind == condKnown && (v.a != 0) != (v.b != 0)
}

// settled reports whether v is true (or false) under both versions.
func (v condValue) settled(truth bool) bool {
	return v.kind == condKnown && (v.a != 0) == truth && (v.b != 0) == truth
}

func both(n int64) condValue { return condValue{a: n, b: n} }

// condEval evaluates preprocessor expressions.
type condEval struct {
	a, b map[string]int64
	// varies names the macros whose definition depends on the version; exprs are
	// the bodies of others that mention versions.
	varies map[string]bool
	exprs  map[string]string

	src   []byte
	toks  []tok
	i     int
	depth int
	steps *int // over all macros that the expression mentions
}

// maxCondDepth bounds the nesting of an expression; real ones have two or three
// levels.
const maxCondDepth = 200

// maxCondSteps bounds the work on one expression, as macros may double it each.
const maxCondSteps = 10000

// eval evaluates the operand of #if, #ifdef and their like. What it does not
// understand is equal unless it mentions something that varies.
func (e *condEval) eval(directive string, rest []byte) condValue {
	if strings.HasSuffix(directive, "def") {
		f := bytes.Fields(rest)
		if len(f) == 0 {
			return condValue{kind: condEqual}
		}
		return e.defined(string(f[0]))
	}
	e.steps = new(int)
	return e.expression(string(comments.ReplaceAll(rest, []byte(" "))))
}

// expression evaluates the text of an expression.
func (e *condEval) expression(text string) condValue {
	x := *e
	x.src = []byte(text)
	x.toks, x.i = lex(x.src), 0
	v := x.binary(0)
	if x.i == len(x.toks) {
		return v
	}
	return x.mentioned(x.toks)
}

// mentioned is the value of text that is not understood.
func (e *condEval) mentioned(toks []tok) condValue {
	for _, t := range toks {
		if t.kind == ident && e.aboutVersions(t.text(e.src)) {
			return condValue{kind: condVaries}
		}
	}
	return condValue{kind: condEqual}
}

func (e *condEval) aboutVersions(name string) bool {
	return e.varies[name] || versionNames[name] || e.exprs[name] != ""
}

func (e *condEval) defined(name string) condValue {
	if versionNames[name] {
		_, a := e.a[name]
		_, b := e.b[name]
		return condValue{a: truth(a), b: truth(b)}
	}
	if e.varies[name] {
		return condValue{kind: condVaries}
	}
	return condValue{kind: condEqual}
}

// condLevels are the binary operators from weak to strong; what is missing is
// not used with versions.
var condLevels = []map[string]bool{
	set("||"), set("&&"), set("|"), set("^"), set("&"), set("== !="), set("< > <= >="), set("<< >>"), set("+ -"), set("* / %"),
}

func (e *condEval) binary(level int) condValue {
	if level == len(condLevels) {
		return e.unary()
	}
	x := e.binary(level + 1)
	for e.i < len(e.toks) && e.toks[e.i].kind == punct && condLevels[level][e.toks[e.i].text(e.src)] {
		op := e.toks[e.i].text(e.src)
		e.i++
		x = apply(op, x, e.binary(level+1))
	}
	return x
}

func (e *condEval) unary() condValue {
	if *e.steps++; e.i >= len(e.toks) || e.depth > maxCondDepth || *e.steps > maxCondSteps {
		return condValue{kind: condEqual}
	}
	e.depth++
	defer func() { e.depth-- }()
	t := e.toks[e.i]
	e.i++
	switch {
	case t.is('!'):
		v := e.unary()
		v.a, v.b = truth(v.a == 0), truth(v.b == 0)
		return v
	case t.is('-'):
		v := e.unary()
		v.a, v.b = -v.a, -v.b
		return v
	case t.is('('):
		v := e.binary(0)
		if e.i < len(e.toks) && e.toks[e.i].is(')') {
			e.i++
		}
		return v
	case t.kind == number:
		s := strings.TrimRight(t.text(e.src), "uUlL")
		if n, err := strconv.ParseInt(s, 0, 64); err == nil {
			return both(n)
		}
	case t.kind == ident:
		return e.name(t.text(e.src))
	}
	return condValue{kind: condEqual}
}

// name evaluates a macro, with or without arguments, and defined(NAME).
func (e *condEval) name(name string) condValue {
	var args []tok
	if e.i < len(e.toks) && e.toks[e.i].is('(') {
		depth, start := 0, e.i
		for ; e.i < len(e.toks); e.i++ {
			if e.toks[e.i].is('(') {
				depth++
			} else if e.toks[e.i].is(')') {
				if depth--; depth == 0 {
					e.i++
					break
				}
			}
		}
		args = e.toks[start:e.i]
	}
	switch {
	case name == "defined" && args != nil:
		if len(args) == 3 {
			return e.defined(args[1].text(e.src))
		}
	case name == "defined" && e.i < len(e.toks):
		e.i++
		return e.defined(e.toks[e.i-1].text(e.src))
	case versionNames[name]:
		return condValue{a: e.a[name], b: e.b[name]}
	case e.varies[name]:
		return condValue{kind: condVaries}
	case e.exprs[name] != "" && args == nil:
		return e.expression(e.exprs[name])
	}
	return e.mentioned(args)
}

// apply applies a binary operator.
func apply(op string, x, y condValue) condValue {
	switch {
	case op == "&&" && (x.settled(false) || y.settled(false)):
		return both(0)
	case op == "||" && (x.settled(true) || y.settled(true)):
		return both(1)
	case x.kind == condKnown && y.kind == condKnown:
		return condValue{a: calculate(op, x.a, y.a), b: calculate(op, x.b, y.b)}
	case x.kind == condEqual && y.kind == condEqual,
		x.kind == condKnown && x.a == x.b && y.kind == condEqual,
		y.kind == condKnown && y.a == y.b && x.kind == condEqual:
		return condValue{kind: condEqual}
	}
	return condValue{kind: condVaries}
}

func calculate(op string, x, y int64) int64 {
	switch op {
	case "||":
		return truth(x != 0 || y != 0)
	case "&&":
		return truth(x != 0 && y != 0)
	}
	n, _ := fold(op, x, y)
	return n
}
