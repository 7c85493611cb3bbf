package cfront

import "fmt"

// The parser recurses on brackets, operators and statements inside each other,
// and a Go stack overflow cannot be recovered from. So nesting is bounded
// beforehand: in the text as it stands, and in what macros make of it.
const (
	maxNesting  = 1000  // brackets and #if in a file
	maxChain    = 10000 // operators or statements, each within the one before
	maxBrackets = 20000 // brackets after macro expansion, as estimated
)

// nestingError says why a file cannot be parsed safely, nil if it can.
func nestingError(src []byte, toks []tok) error {
	n := nester{src: src}
	for i, t := range toks {
		n.token(t, i+1 < len(toks) && toks[i+1].is(':'))
	}
	switch {
	case n.deepest > maxNesting:
		return fmt.Errorf("brackets or #if nested %d deep", n.deepest)
	case n.longest > maxChain:
		return fmt.Errorf("statement with %d operators or statements in each other", n.longest)
	}
	return nil
}

// A nester follows how deep the parser would have to recurse.
type nester struct {
	src                        []byte
	depth, conds, unary, chain int
	deepest, longest           int
}

func (n *nester) token(t tok, label bool) {
	switch t.kind {
	case directive:
		switch name, _ := splitDirective(n.src, t); name {
		case "if", "ifdef", "ifndef":
			n.conds++
		case "endif":
			n.conds = max(0, n.conds-1)
		}
	case ident:
		n.word(t, label)
	case punct:
		n.punct(t)
	default:
		n.unary = 0
	}
	n.deepest = max(n.deepest, n.depth, n.conds, n.unary)
	n.longest = max(n.longest, n.chain)
}

func (n *nester) word(t tok, label bool) {
	if !label { // labels nest like operators: a: b: c: statement
		n.unary = 0
	} else {
		n.unary++
	}
	if t.end-t.off > 6 {
		return
	}
	switch string(n.src[t.off:t.end]) {
	case "if", "else", "for", "while", "do", "switch", "case", "sizeof":
		n.chain++
	}
}

func (n *nester) punct(t tok) {
	switch t.op {
	case '(', '[', '{':
		n.depth++
		n.unary++
	case ')', ']', '}':
		n.depth = max(0, n.depth-1)
		n.unary = 0
		if t.op == '}' && t.col0 {
			n.depth = 0
		}
	case ',':
		n.unary = 0
		return
	case ':', '?', '=':
		n.chain++
		return
	case ';':
		n.unary = 0
	default:
		n.unary++
		return
	}
	if t.op == ';' || t.op == '{' || t.op == '}' {
		n.chain = 0
	}
}

// bracketDepth returns the deepest nesting of brackets.
func bracketDepth(toks []tok) int {
	depth, deepest := 0, 0
	for _, t := range toks {
		switch {
		case t.is('(') || t.is('[') || t.is('{'):
			depth++
			deepest = max(deepest, depth)
		case t.is(')') || t.is(']') || t.is('}'):
			depth = max(0, depth-1)
			if t.is('}') && t.col0 {
				depth = 0
			}
		}
	}
	return deepest
}

// A macroShape is what a macro's body does to nesting.
type macroShape struct {
	name   int32
	params bool
	// body: brackets as openMark and closeMark, parameters as paramMark, other
	// identifiers as their number.
	body []int32
}

const (
	openMark  = -1
	closeMark = -2
	paramMark = -3
)

// shape records a macro body.
func (p *prepass) shape(name int32, toks []tok, ids []int32, params map[string]bool) {
	s := macroShape{name: name, params: params != nil}
	for i, t := range toks {
		switch {
		case t.is('(') || t.is('[') || t.is('{'):
			s.body = append(s.body, openMark)
		case t.is(')') || t.is(']') || t.is('}'):
			s.body = append(s.body, closeMark)
		case ids[i] >= 0 && params[p.sum.names[ids[i]]]:
			s.body = append(s.body, paramMark)
		case ids[i] >= 0 && p.sum.flags[ids[i]]&isKeyword == 0:
			s.body = append(s.body, ids[i])
		}
	}
	if len(s.body) > 0 {
		p.sum.shapes = append(p.sum.shapes, s)
	}
}

// A growth is how a macro use nests: net brackets left open, the deepest point,
// and how deep an argument ends up.
type growth struct{ net, peak, arg int }

// grower computes the growth of the macros of a unit.
type grower struct {
	shapes map[string][]shapeOf
	known  map[string]growth
}

type shapeOf struct {
	*macroShape
	names []string
}

// macroNesting estimates the nesting of brackets in a unit after expansion. The
// estimate is crude but not below the truth.
func (u *unitParse) macroNesting() int {
	g := &grower{shapes: map[string][]shapeOf{}, known: map[string]growth{}}
	for _, f := range u.reach {
		for i := range f.sum.shapes {
			s := &f.sum.shapes[i]
			name := f.sum.names[s.name]
			g.shapes[name] = append(g.shapes[name], shapeOf{s, f.sum.names})
		}
	}
	var most growth
	left := 0
	for name := range g.shapes {
		m := g.of(name)
		most.peak, most.arg = max(most.peak, m.peak), max(most.arg, m.arg)
		if m.net > 0 {
			for _, f := range u.reach {
				left = min(left+m.net*f.sum.count(name), maxBrackets*10)
			}
		}
	}
	deepest := 0
	for _, f := range u.reach {
		deepest = max(deepest, f.depth)
	}
	return deepest*max(1, most.arg) + most.peak + left
}

// of returns the growth of a macro, the worst over its definitions. Recursion
// ends as expansion does: a macro is not expanded inside itself.
func (g *grower) of(name string) growth {
	if m, ok := g.known[name]; ok {
		return m
	}
	g.known[name] = growth{}
	var worst growth
	for _, s := range g.shapes[name] {
		m := g.body(s)
		worst = growth{max(worst.net, m.net), max(worst.peak, m.peak), max(worst.arg, m.arg)}
	}
	g.known[name] = worst
	return worst
}

func (g *grower) body(s shapeOf) growth {
	var m growth
	var open []int
	depth := 0
	for i, e := range s.body {
		switch e {
		case openMark:
			w := 1
			if i > 0 && s.body[i-1] >= 0 {
				w += g.of(s.names[s.body[i-1]]).arg
			}
			open = append(open, w)
			depth += w
		case closeMark:
			if n := len(open); n > 0 {
				depth -= open[n-1]
				open = open[:n-1]
			} else {
				depth--
			}
		case paramMark:
			m.arg = max(m.arg, depth)
		default:
			in := g.of(s.names[e])
			m.peak = max(m.peak, depth+in.peak)
			depth += in.net
		}
		depth = min(max(depth, -maxBrackets), 10*maxBrackets)
		m.peak = max(m.peak, depth)
	}
	m.net = depth
	return m
}

// count returns how often a name occurs in a file outside of directives.
func (s *summary) count(name string) int {
	for i, n := range s.names {
		if n == name {
			return int(s.uses[i])
		}
	}
	return 0
}
