package cfront

// walk judges names by their surroundings, in order of the text.
func (p *prepass) walk() {
	brace := 0
	for i := range p.toks {
		t := p.toks[i]
		switch t.kind {
		case punct:
			if t.is('{') {
				brace++
			} else if t.is('}') {
				brace = max(0, brace-1)
				if t.col0 {
					brace = 0
				}
			}
		case str:
			p.nextToString(i)
		case ident:
			p.identifier(i, brace)
		}
	}
}

// nextToString finds macros that stand for string literals: "%" FMT "x".
func (p *prepass) nextToString(i int) {
	if p.isName(i+1) && !p.is(i+2, '(') {
		p.mark(p.ids[i+1], usedAsStr)
	}
	if p.isName(i-1) && (p.is(i-2, '(') || p.is(i-2, ',') || p.is(i-2, '=')) {
		p.mark(p.ids[i-1], usedAsStr)
	}
}

func (p *prepass) identifier(i, brace int) {
	if p.is(i+1, '(') && p.isName(i) {
		p.mark(p.ids[i], called)
	}
	if p.spelled(i, "typedef") {
		p.typedef(i)
	}
	if p.spelled(i, "enum") {
		p.enumerators(i)
	}
	decl, stmt := p.positions(i, brace)
	if decl && (brace == 0 || p.isName(i) || p.declWord(i)) {
		p.declaration(i, brace)
	}
	if stmt && brace > 0 && p.isName(i) {
		p.statement(i)
	}
	if brace == 0 && p.isName(i) && p.is(i+1, '(') && p.at(i).first {
		p.topLevelCall(i)
	}
}

// positions reports whether a declaration and whether a statement can begin at i.
func (p *prepass) positions(i, brace int) (decl, stmt bool) {
	if i == 0 {
		return true, true
	}
	switch prev := p.toks[i-1]; {
	case prev.is(';') || prev.is('{') || prev.is('}'):
		return true, true
	case prev.is('(') || prev.is(','):
		return brace == 0, false
	case prev.is(')') || prev.is(':'):
		return brace == 0 && p.toks[i].first, true
	case prev.kind == ident && (p.spelled(i-1, "else") || p.spelled(i-1, "do")):
		return false, true
	case prev.kind == ident || prev.kind == str:
		return brace == 0 && p.toks[i].first, false
	}
	return false, false
}

// declWord reports whether the keyword at i can begin a declaration of which the
// type is still to come, or is a tag.
func (p *prepass) declWord(i int) bool {
	switch p.sum.names[p.ids[i]] {
	case "const", "static", "register", "volatile", "extern", "struct":
		return true
	}
	return false
}

// typedef finds the names that a typedef declares.
func (p *prepass) typedef(i int) {
	depth, paren := 0, 0
	for j := i + 1; j < len(p.toks) && j < i+20000; j++ {
		t := p.toks[j]
		switch {
		case t.is('{'):
			depth++
		case t.is('}'):
			depth--
		case t.is('('):
			if depth == 0 && paren == 0 {
				p.pointerTypedef(j)
			}
			paren++
		case t.is(')'):
			paren--
		case t.is(';') && depth <= 0 && paren <= 0:
			return
		}
		if depth != 0 || paren != 0 || !p.isName(j) {
			continue
		}
		next := p.at(j + 1)
		if next.is(';') || next.is(',') || next.is('[') || next.is('(') && !p.is(j+2, '*') {
			p.mark(p.ids[j], typedefed)
		}
	}
}

// pointerTypedef handles typedef T (*Name)(...) and typedef T (Name)(...).
func (p *prepass) pointerTypedef(open int) {
	k := open + 1
	for p.is(k, '*') || p.spelled(k, "const") || p.isName(k) && (p.is(k+1, '*') || p.isName(k+1)) {
		k++
	}
	if p.isName(k) && (p.is(k+1, ')') || p.is(k+1, '[')) {
		p.mark(p.ids[k], typedefed)
	}
}

// enumerators marks the constants of an enum body.
func (p *prepass) enumerators(i int) {
	j := i + 1
	for p.isIdent(j) && j < i+4 {
		j++
	}
	if !p.is(j, '{') {
		return
	}
	for j++; j < len(p.toks) && !p.is(j, '}'); j++ {
		if p.isName(j) && (p.is(j-1, '{') || p.is(j-1, ',')) {
			p.mark(p.ids[j], declared)
		}
	}
}

// statement judges NAME and NAME(...) at the beginning of a statement.
func (p *prepass) statement(i int) {
	id, name := p.ids[i], p.sum.names[p.ids[i]]
	next := p.at(i + 1)
	switch {
	case next.first && (next.kind == ident || next.is('}') || next.is('{')):
		// NAME and a new line. It may be a type split over two lines.
		if next.kind == ident && !isMacroName(name) && (p.is(i+2, ';') || p.is(i+2, '=') || p.is(i+2, ',')) {
			return
		}
		if !p.is(i-1, ')') || isMacroName(name) {
			p.mark(id, usedAsStmt)
		}
	case next.kind == ident && !next.first && isMacroName(name) && p.word(i+1)&isStmtWord != 0:
		p.mark(id, usedAsStmt)
	case next.is('('):
		p.callStatement(i)
	}
}

func (p *prepass) callStatement(i int) {
	end := p.closing(i + 1)
	if end < 0 {
		return
	}
	after := p.at(end + 1)
	for k := i + 2; k < end; k++ {
		if p.word(k)&isStmtWord != 0 && p.jump(k) {
			p.mark(p.ids[i], callExit)
			return
		}
	}
	switch {
	case after.is('{'):
		p.mark(p.ids[i], callLoop)
	case after.is('*') && p.isName(end+2) && (p.is(end+3, '=') || p.is(end+3, ';') || p.is(end+3, ',')):
		p.typeMacro(i, end) // LIST_OF(T) *x = ...
	case after.first && (after.kind == ident || after.is('}')):
		p.mark(p.ids[i], callStmt)
	}
}

func (p *prepass) jump(i int) bool {
	switch p.sum.names[p.ids[i]] {
	case "goto", "return", "break", "continue":
		return true
	}
	return false
}

// topLevelCall judges NAME(...) at the beginning of a line at file scope.
func (p *prepass) topLevelCall(i int) {
	if prev := p.at(i - 1); prev.kind != eofTok && !prev.is(';') && !prev.is('}') && !prev.is(')') {
		return
	}
	end := p.closing(i + 1)
	if end < 0 {
		return
	}
	literal := false
	for k := i + 2; k < end; k++ {
		literal = literal || p.toks[k].kind == str || p.toks[k].kind == number
	}
	switch after := p.at(end + 1); {
	case after.kind == eofTok, after.kind == ident && after.first, literal && after.is(';'):
		p.mark(p.ids[i], callTop)
	case after.kind == ident || after.is('*'):
		p.typeMacro(i, end)
	}
}

// typeMacro marks NAME(...) as a macro that makes a type of its argument.
func (p *prepass) typeMacro(i, end int) {
	p.mark(p.ids[i], callType)
	if end == i+3 && p.isName(i+2) {
		p.mark(p.ids[i+2], usedAsType)
	}
}

// declaration reads a run of words that may begin a declaration:
// ATTR const Type ATTR name ;
func (p *prepass) declaration(i, brace int) {
	var unknown []int
	haveType, before := false, 0 // before: unknown words in front of the type
	j := i
	for ; p.isIdent(j); j++ {
		f := p.word(j)
		switch {
		case f&isStmtWord != 0 || p.spelled(j, "case") || p.spelled(j, "else") || p.spelled(j, "default") || p.spelled(j, "sizeof") || p.spelled(j, "__attribute__"):
			return
		case f&isTypeWord != 0:
			if !haveType {
				haveType, before = true, len(unknown)
			}
			if tagged := p.spelled(j, "struct") || p.spelled(j, "union") || p.spelled(j, "enum"); tagged && p.isIdent(j+1) {
				j++
			}
		case f&isKeyword == 0:
			unknown = append(unknown, j)
		}
		if j > i+12 {
			return
		}
	}
	if len(unknown) == 0 {
		return
	}
	t := p.at(j)
	switch {
	case t.is('*'):
		p.pointerDeclaration(j, brace, unknown, haveType)
	case t.is(';') || t.is('=') || t.is(',') || t.is('[') || t.is('(') || t.is(')') || t.is(':'):
		p.plainDeclaration(i, t, brace, unknown, haveType)
	case brace == 0 && t.is('{'): // BEGIN_DECLS struct S {
		p.specifiers(unknown[:before], true)
	case brace == 0 && t.kind == eofTok && j == i+1: // END_DECLS at the end of a header
		p.mark(p.ids[i], usedAsAttr)
	}
}

// pointerDeclaration handles WORDS * name; star is the first '*'.
func (p *prepass) pointerDeclaration(star, brace int, unknown []int, haveType bool) {
	k := star
	for p.is(k, '*') || p.spelled(k, "const") || p.spelled(k, "restrict") || p.spelled(k, "__restrict") || p.spelled(k, "volatile") {
		k++
	}
	after := p.at(k + 1)
	if !p.isName(k) {
		after = p.at(k)
		if brace > 0 || !after.is(',') && !after.is(')') {
			return
		}
	}
	ok := after.is(';') || after.is('=') || after.is(',') || after.is('[') || after.is(':') || brace == 0 && (after.is(')') || after.is('('))
	if !ok {
		if brace != 0 || after.kind != ident || !p.isName(k) {
			return
		}
		p.mark(p.ids[k], usedAsAttr) // T * ATTR name(
	}
	p.specifiers(unknown, haveType)
}

// specifiers marks the unknown words before a declarator: the last one is the
// type unless there is one already.
func (p *prepass) specifiers(unknown []int, haveType bool) {
	if !haveType {
		p.mark(p.ids[unknown[len(unknown)-1]], usedAsType)
		unknown = unknown[:len(unknown)-1]
	}
	for _, u := range unknown {
		p.mark(p.ids[u], usedAsAttr)
	}
}

// plainDeclaration handles WORDS name followed by t.
func (p *prepass) plainDeclaration(i int, t tok, brace int, unknown []int, haveType bool) {
	if brace > 0 && (t.is('(') || t.is(')') || t.is(':') || t.is(',') && len(unknown) < 2) {
		return
	}
	param := p.is(i-1, '(') || p.is(i-1, ',')
	if param && (t.is(';') || t.is('=') || t.is('(')) {
		return
	}
	if !haveType && len(unknown) == 1 {
		return
	}
	last := unknown[len(unknown)-1]
	if !param {
		p.mark(p.ids[last], declared)
	}
	if rest := unknown[:len(unknown)-1]; len(rest) > 0 {
		p.specifiers(rest, haveType)
	}
}
