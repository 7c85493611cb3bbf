package cfront

// A chunk is a piece of a file at file scope: a function definition or some
// other declaration.
type chunk struct {
	name        string // of a function that is defined; "" for anything else
	declares    string // name of a function that is only declared
	off, end    int32
	body        int32 // offset of the function's '{'
	line, last  int32
	nameLine    int32 // line of the function's name
	elseIfs     int32 // longest else-if chain
	conds       []string
	conditional bool // under some #if, #ifdef or #else other than the include guard
}

func (c *chunk) isFunc() bool { return c.name != "" }

// cutter finds chunks with brackets alone. At #else the depth goes back to what
// it was at the #if, since both branches continue the same text. Where braces do
// not come out even, one in column 0 ends whatever was open.
type cutter struct {
	src          []byte
	toks         []tok
	out          []chunk
	conds        []condition
	brace, paren int
	start        int // token where the current chunk began, -1 between chunks
	body         int // token of the function's '{', -1
	name         int // token of the last identifier before '(' at file scope
	assigned     bool
	open         []condition // conditions open where the chunk began
	chains       []int32     // else-if chain under way at each brace depth
	chain        int32       // the longest one
	strict       bool        // braces are counted wherever they stand
	inner        []int       // strict: tokens '}' in column 0 that end no function
}

type condition struct {
	text         string
	brace, paren int
	guard        bool
}

// cut splits a file at file scope. If braces can be counted, those in column 0 that
// end no function lose their mark.
func cut(src []byte, toks []tok) []chunk {
	c := cutting(src, toks, true)
	if c.brace > 0 {
		return cutting(src, toks, false).out
	}
	for _, i := range c.inner {
		toks[i].col0 = false
	}
	return c.out
}

func cutting(src []byte, toks []tok, strict bool) *cutter {
	c := &cutter{src: src, toks: toks, start: -1, strict: strict}
	for i := range toks {
		if toks[i].kind == directive {
			c.directive(i)
			continue
		}
		if c.start < 0 {
			c.begin(i)
		}
		c.token(i)
	}
	if c.start >= 0 && len(toks) > 0 {
		c.finish(len(toks) - 1)
	}
	return c
}

func (c *cutter) begin(i int) {
	c.start, c.body, c.name = i, -1, -1
	c.assigned = false
	c.chain, c.chains = 0, c.chains[:0]
	c.open = append([]condition(nil), c.conds...)
}

func (c *cutter) directive(i int) {
	switch name, rest := splitDirective(c.src, c.toks[i]); name {
	case "if", "ifdef", "ifndef":
		guard := i == 0 && hasGuardAny(c.src, c.toks, name, rest)
		c.conds = append(c.conds, condition{text: condText(name, rest), brace: c.brace, paren: c.paren, guard: guard})
	case "else", "elif", "elifdef", "elifndef":
		if n := len(c.conds); n > 0 {
			top := &c.conds[n-1]
			if c.start >= 0 || top.brace > 0 {
				c.brace, c.paren = top.brace, top.paren
			}
			if name == "else" {
				top.text = "else of " + top.text
			} else {
				top.text = condText(name, rest)
			}
			top.guard = false
		}
	case "endif":
		if n := len(c.conds); n > 0 {
			c.conds = c.conds[:n-1]
		}
	}
}

func (c *cutter) token(i int) {
	t := c.toks[i]
	if t.kind == ident && c.brace > 0 && t.end-t.off == 2 && string(c.src[t.off:t.end]) == "if" {
		c.countIf(i)
	}
	if t.kind != punct {
		return
	}
	switch t.op {
	case '(':
		if c.brace == 0 && c.paren == 0 && i > c.start && c.toks[i-1].kind == ident && !attributeWord(c.toks[i-1].text(c.src)) {
			c.name = i - 1
		}
		c.paren++
	case ')':
		c.paren = max(0, c.paren-1)
	case '=':
		c.assigned = c.assigned || c.brace == 0 && c.paren == 0
	case '{':
		c.openBrace(i)
	case '}':
		c.closeBrace(i)
	case ';':
		if c.brace == 0 && c.paren == 0 && !c.oldStyleParam(i) {
			c.finish(i)
		}
	}
}

// openBrace decides whether a function body begins.
func (c *cutter) openBrace(i int) {
	if c.brace == 0 && !c.assigned && c.name >= 0 && i > c.start {
		prev := c.toks[i-1]
		if prev.is(')') || prev.is(';') || prev.kind == ident && !c.tag(i-1) && !c.tag(i-2) {
			c.body = i
		}
	}
	// extern "C" { is no nesting.
	if c.brace == 0 && i > 0 && c.toks[i-1].kind == str {
		c.start = -1
		return
	}
	c.paren = 0
	c.brace++
}

// tag reports whether the token at i is the word before the name of a struct:
// MACRO(x) struct S { is no function.
func (c *cutter) tag(i int) bool {
	if i < c.start || c.toks[i].kind != ident {
		return false
	}
	w := c.toks[i].text(c.src)
	return w == "struct" || w == "union" || w == "enum"
}

func (c *cutter) closeBrace(i int) {
	c.brace = max(0, c.brace-1)
	switch {
	case c.brace == 0:
	case c.strict && c.toks[i].col0:
		c.inner = append(c.inner, i)
	case c.toks[i].col0:
		c.brace = 0
	}
	if c.brace > 0 {
		return
	}
	c.paren = 0
	switch {
	case c.body >= 0:
		c.finish(i)
	case c.start == i: // stray, or the end of extern "C"
		c.start = -1
	}
}

// oldStyleParam reports whether the ';' ends a K&R parameter declaration:
// f(a) int a; {
func (c *cutter) oldStyleParam(i int) bool {
	if c.name < 0 || c.assigned || i+1 >= len(c.toks) || !c.toks[i+1].is('{') {
		return false
	}
	return !c.toks[i-1].is(')')
}

func (c *cutter) finish(i int) {
	first, last := c.toks[c.start], c.toks[i]
	ch := chunk{off: first.off, end: last.end, line: first.line, last: last.line, elseIfs: c.chain}
	if c.body >= 0 {
		ch.name = c.toks[c.name].text(c.src)
		ch.nameLine = c.toks[c.name].line
		ch.body = c.toks[c.body].off
	} else if c.name >= 0 && !c.assigned {
		ch.declares = c.toks[c.name].text(c.src)
	}
	for _, k := range c.open {
		if !k.guard {
			ch.conditional = true
			ch.conds = append(ch.conds, k.text)
		}
	}
	c.out = append(c.out, ch)
	c.start = -1
	c.paren = 0
}

// countIf follows else-if chains: each link nests one level deeper in the parser.
func (c *cutter) countIf(i int) {
	for len(c.chains) <= c.brace {
		c.chains = append(c.chains, 0)
	}
	if p := c.toks[i-1]; p.kind == ident && string(c.src[p.off:p.end]) == "else" {
		c.chains[c.brace]++
		c.chain = max(c.chain, c.chains[c.brace])
	} else {
		c.chains[c.brace] = 0
	}
}

func attributeWord(s string) bool {
	return s == "__attribute__" || s == "__attribute" || s == "__declspec" || s == "_Alignas" || s == "__asm__" || s == "asm"
}
