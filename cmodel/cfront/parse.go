package cfront

import (
	"context"
	"fmt"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"

	"modernc.org/cc/v4"
)

// parsed is one syntax tree of a translation unit, with what is needed to relate
// it to the user's text. It is used by one goroutine.
type parsed struct {
	Main string // path of the unit's main file
	AST  *cc.AST

	proj *Project
	// synthControl names the control-flow macros that were made up because their
	// header is missing.
	synthControl map[string]bool
	errors       map[*file][]parseError
	blanked      map[*file]map[int]string // chunks left out, and why
}

// A parseError is a syntax error that the parser got over.
type parseError struct {
	line, column int
	text         string
}

// broken reports whether a syntax error lies within some lines of a file. file
// is a token position's file name; the lines are the token's. The tree of such a
// function may hold nil nodes behind non-nil interfaces.
func (p *parsed) broken(file string, first, last int) (reason string, bad bool) {
	f := p.proj.byVirtual(file)
	for _, e := range p.errors[f] {
		if first <= e.line && e.line <= last {
			return e.text, true
		}
	}
	return "", false
}

// wanted reports whether functions in a file, given as a token position's file
// name, are to be analysed: those of the project, but not of vendored folders.
func (p *parsed) wanted(tokFilename string) bool {
	f := p.proj.byVirtual(tokFilename)
	return f != nil && !p.proj.foreign[f]
}

// unitParse is the work on one translation unit: the files it reaches and the
// attempts to parse it.
type unitParse struct {
	proj  *Project
	main  *file
	paths *searchPath
	reach []*file
	model *model
	words map[string]wordFlags // what the prepass learned of every name

	// stripped are functions whose body a view leaves out: it is interested in
	// others.
	stripped map[*file]map[int]bool
	prelude  prelude
	headers  map[string]string // model header -> text
	attempts int
	blanked  map[*file]map[int]string // chunk index -> why
	missing  map[string]bool
}

// How often a unit is parsed at most; each attempt but the first leaves out the
// functions that the parser could not get over.
const (
	maxAttempts     = 25
	variantAttempts = 5
)

// run parses the unit. ctx is looked at between attempts.
func (u *unitParse) run(ctx context.Context) (*parsed, error) {
	u.blankHopeless()
	for attempt := 1; ; attempt++ {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		ast, err := u.attempt()
		errs, loose := u.sortErrors(err)
		if ast != nil && (attempt >= u.attempts || !u.swallowed(ast, errs) || !u.blankBroken(errs)) {
			return &parsed{Main: u.main.name, AST: ast, proj: u.proj, synthControl: u.prelude.control, errors: errs, blanked: u.blanked}, nil
		}
		if ast == nil && (attempt >= u.attempts || !u.blankBroken(errs)) {
			return nil, fmt.Errorf("%s: cannot parse: %s", u.main.name, firstError(errs, loose, err))
		}
	}
}

// attempt calls the parser once. A panic in it becomes an error.
func (u *unitParse) attempt() (ast *cc.AST, err error) {
	defer func() {
		if e := recover(); e != nil {
			ast, err = nil, fmt.Errorf("%s: parser failure: %v", u.main.name, e)
			if debugPanics {
				err = fmt.Errorf("%w\n%s", err, debug.Stack())
			}
		}
	}()
	cfg := &cc.Config{
		FS:                 &unitFS{u: u},
		FSOnly:             true,
		IgnoreStaticAssert: true,
		ExpansionLimit:     5_000_000,
		IncludePaths:       []string{"/"},
		SysIncludePaths:    []string{"/"},
	}
	return cc.Parse(cfg, []cc.Source{
		{Name: "<model>", Value: u.prelude.text},
		// Clipped: the parser appends what it makes up to the text it is given.
		{Name: u.main.virtual(), Value: slices.Clip(u.text(u.main))},
		{Name: "<end>", Value: sentinel},
	})
}

// sentinel ends every unit: after a '*' in a declaration the parser skips what it
// does not expect until it meets an identifier, even beyond the end of the text.
const sentinel = "\n;\nint __rc_end;\n"

// debugPanics adds the stack to errors made of parser panics.
const debugPanics = false

// text returns a file's text for the parser: includes resolved, and without the
// chunks that could not be parsed.
func (u *unitParse) text(f *file) []byte {
	l := f.link(u.paths, u.proj)
	if len(u.blanked[f]) == 0 && len(u.stripped[f]) == 0 {
		return l.text
	}
	src := slices.Clone(f.src)
	for i := range u.stripped[f] {
		stripBody(src, f.chunks[i])
	}
	for i := range u.blanked[f] {
		blankChunk(src, f.chunks[i])
	}
	return splice(src, l.edits)
}

// blankChunk blanks a chunk but for its directives, so that #if stays balanced.
func blankChunk(b []byte, c chunk) {
	lineStart := true
	for i := int(c.off); i < int(c.end) && i < len(b); {
		if lineStart {
			j := i
			for j < len(b) && (b[j] == ' ' || b[j] == '\t') {
				j++
			}
			if j < len(b) && b[j] == '#' {
				i = logicalLineEnd(b, j)
				continue
			}
		}
		lineStart = b[i] == '\n'
		if b[i] != '\n' {
			b[i] = ' '
		}
		i++
	}
}

// logicalLineEnd returns the offset of the newline that ends a directive.
func logicalLineEnd(b []byte, i int) int {
	for i < len(b) && b[i] != '\n' {
		if b[i] == '\\' && i+1 < len(b) {
			if b[i+1] == '\r' {
				i++
			}
			i++
		}
		i++
	}
	return min(i, len(b))
}

// maxElseIfs bounds an else-if chain: the parser's cost grows with its square.
const maxElseIfs = 2000

// blankHopeless leaves out functions that would cost the parser too much.
func (u *unitParse) blankHopeless() {
	for _, f := range u.reach {
		for i := range f.chunks {
			if f.chunks[i].elseIfs > maxElseIfs {
				u.blank(f, i, fmt.Sprintf("else-if chain of %d links", f.chunks[i].elseIfs))
			}
		}
	}
}

func (u *unitParse) blank(f *file, chunk int, reason string) bool {
	if _, done := u.blanked[f][chunk]; done {
		return false
	}
	if u.blanked[f] == nil {
		u.blanked[f] = map[int]string{}
	}
	u.blanked[f][chunk] = reason
	return true
}

// blankBroken leaves out the chunks that hold errors; false if there is nothing
// more to leave out. An error right after a chunk with an error is likely to be
// its consequence; if it is not, it comes again.
func (u *unitParse) blankBroken(errs map[*file][]parseError) bool {
	progress := false
	for f, list := range errs {
		var at []int
		why := map[int]string{}
		for _, e := range list {
			i := f.culprit(e)
			if _, done := u.blanked[f][i]; done {
				i = f.chunkAt(e.line)
			}
			if i >= 0 && why[i] == "" {
				at = append(at, i)
				why[i] = e.text
			}
		}
		slices.Sort(at)
		last := -2
		for _, i := range at {
			if i == last+1 {
				continue
			}
			if u.blank(f, i, why[i]) {
				progress = true
				last = i
			}
		}
	}
	return progress
}

// swallowed reports whether a function of a file with errors is not in the tree
// although no #if hides it: getting over an error, the parser may skip the text
// after it.
func (u *unitParse) swallowed(ast *cc.AST, errs map[*file][]parseError) bool {
	if len(errs) == 0 {
		return false
	}
	found := map[*file]map[int]bool{}
	for f := range errs {
		found[f] = map[int]bool{}
	}
	eachFunction(ast, func(d *cc.Declarator, _ *cc.CompoundStatement) {
		at := d.Position()
		if f := u.proj.byVirtual(at.Filename); found[f] != nil {
			found[f][f.functionAt(at.Line)] = true
		}
	})
	for f, have := range found {
		for i := range f.chunks {
			c := &f.chunks[i]
			if _, out := u.blanked[f][i]; c.isFunc() && !c.conditional && !out && !u.stripped[f][i] && !have[i] {
				return true
			}
		}
	}
	return false
}

// eachFunction calls visit for the function definitions of a tree.
func eachFunction(ast *cc.AST, visit func(d *cc.Declarator, body *cc.CompoundStatement)) {
	for tu := ast.TranslationUnit; tu != nil; tu = tu.TranslationUnit {
		e := tu.ExternalDeclaration
		if e == nil || e.Case != cc.ExternalDeclarationFuncDef {
			continue
		}
		if d, body := e.FunctionDefinition.Declarator, e.FunctionDefinition.CompoundStatement; d != nil && body != nil {
			visit(d, body)
		}
	}
}

// culprit returns the chunk to leave out because of an error. One at the very
// first token of a chunk was caused by what comes before, unless that is a
// function, which is complete in itself.
func (f *file) culprit(e parseError) int {
	i := f.chunkAt(e.line)
	if i > 0 && f.offset(e.line, e.column) == int(f.chunks[i].off) && !f.chunks[i-1].isFunc() {
		return i - 1
	}
	return i
}

// chunkAt returns the index of the first chunk on a line, or the one before it.
// -1 if there is none.
func (f *file) chunkAt(line int) int {
	for i := range f.chunks {
		if int32(line) <= f.chunks[i].last {
			if int32(line) < f.chunks[i].line && i > 0 {
				return i - 1
			}
			return i
		}
	}
	return len(f.chunks) - 1
}

// sortErrors assigns the parser's messages to the user's files. loose are those
// that belong nowhere.
func (u *unitParse) sortErrors(err error) (byFile map[*file][]parseError, loose []string) {
	if err == nil {
		return nil, nil
	}
	byFile = map[*file][]parseError{}
	for _, s := range strings.Split(err.Error(), "\n") {
		name, line, column, text, ok := splitMessage(s)
		if text == "internal error" {
			continue // the parser's word for an odd #if, which it takes for false
		}
		f := u.proj.byVirtual(name)
		if !ok || f == nil {
			loose = append(loose, s)
			continue
		}
		byFile[f] = append(byFile[f], parseError{line: line, column: column, text: text})
	}
	return byFile, loose
}

// splitMessage takes "file:line:column: text" apart.
func splitMessage(s string) (file string, line, column int, text string, ok bool) {
	for i := 0; i+1 < len(s); i++ {
		if s[i] != ':' || s[i+1] < '0' || s[i+1] > '9' {
			continue
		}
		rest := s[i+1:]
		num, tail, _ := strings.Cut(rest, ":")
		n, err := strconv.Atoi(num)
		if err != nil {
			continue
		}
		col, msg, found := strings.Cut(tail, ": ")
		if !found {
			msg = tail
		}
		c, _ := strconv.Atoi(col) // 0 if there is no column
		return filepath.ToSlash(s[:i]), n, c, strings.TrimSpace(msg), true
	}
	return "", 0, 0, s, false
}

func firstError(errs map[*file][]parseError, loose []string, err error) string {
	var all []string
	for f, list := range errs {
		for _, e := range list {
			all = append(all, fmt.Sprintf("%s:%d: %s", f.name, f.userLine(e.line), e.text))
		}
	}
	slices.Sort(all)
	all = append(all, loose...)
	if len(all) > 0 {
		return all[0]
	}
	if err != nil {
		return err.Error()
	}
	return "no syntax tree"
}

// parseText parses one file given as text, with nothing around it.
func parseText(name, src string, o Options) (*parsed, error) {
	p := newProject(o)
	f := p.addMemory(name, []byte(src))
	if err := f.load(p.opt.MaxFileBytes); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	u, err := p.newUnitParse(f)
	if err != nil {
		return nil, err
	}
	return u.run(context.Background())
}
