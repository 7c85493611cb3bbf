package cfront

import (
	"fmt"
	"sort"

	"modernc.org/cc/v4"

	"github.com/refcheck/refcheck/cmodel/ir"
	"github.com/refcheck/refcheck/cmodel/source"
)

// Lower turns the parses of a unit into IR. Several parses are variants of the
// same text; each function is taken from the first parse that has it intact.
// returnsOf gives the result type of known C API functions and may return nil.
//
// A function-scope static variable with an initializer is listed among the
// globals under the name "function.variable".
func (u *Unit) Lower(returnsOf func(name string) *ir.Type) *ir.Unit {
	return lowerParses(u.Path, u.Parses, u.Gaps, returnsOf)
}

// Lower turns the functions of the view into IR, with all globals and structs of
// the unit as the version sees them.
func (o *Other) Lower(returnsOf func(name string) *ir.Type) *ir.Unit {
	return lowerParses(o.parsed.Main, []*parsed{o.parsed}, nil, returnsOf)
}

func lowerParses(path string, parses []*parsed, gaps []ir.Gap, returnsOf func(name string) *ir.Type) *ir.Unit {
	out := &ir.Unit{Path: path, Structs: map[string]*ir.Struct{}}
	l := &lowering{
		out:       out,
		returnsOf: returnsOf,
		done:      map[funcKey]bool{},
		gaps:      map[funcKey]ir.Gap{},
		globals:   map[string]*ir.Global{},
	}
	for _, p := range parses {
		if p != nil && p.AST != nil {
			l.parse(p)
		}
	}
	l.finish(gaps)
	return out
}

// A funcKey identifies a function definition across variants.
type funcKey struct {
	file string
	line int
	name string
}

// lowering is the state shared by the parses of one unit.
type lowering struct {
	out       *ir.Unit
	returnsOf func(string) *ir.Type
	done      map[funcKey]bool
	gaps      map[funcKey]ir.Gap
	globals   map[string]*ir.Global
}

// A pass lowers one parse.
type pass struct {
	*lowering
	p       *parsed
	ty      *typer
	sp      *spanner
	defs    []*cc.FunctionDefinition
	tables  []table
	statics map[string]*ir.Var // operands of static initializers
}

// A table is a file-scope variable waiting for its initializer to be lowered.
type table struct {
	g  *ir.Global
	id *cc.InitDeclarator
	t  *ir.Type
	sc *scope
}

func (l *lowering) parse(p *parsed) {
	ps := &pass{lowering: l, p: p, ty: newTyper(), sp: newSpanner(p), statics: map[string]*ir.Var{}}
	for tu := p.AST.TranslationUnit; tu != nil; tu = tu.TranslationUnit {
		if tu.ExternalDeclaration != nil {
			ps.external(tu.ExternalDeclaration)
		}
	}
	for _, d := range ps.defs {
		ps.function(d)
	}
	for _, t := range ps.tables {
		ps.table(t)
	}
	ps.structs()
}

// external declares what one top-level declaration declares. A declaration
// with holes in its tree is left out.
func (ps *pass) external(d *cc.ExternalDeclaration) {
	defer func() { _ = recover() }()
	switch d.Case {
	case cc.ExternalDeclarationFuncDef:
		ps.declareDef(d.FunctionDefinition)
	case cc.ExternalDeclarationDecl:
		if d.Declaration != nil {
			ps.declaration(d.Declaration)
		}
	}
}

func (ps *pass) declareDef(d *cc.FunctionDefinition) {
	if d == nil || d.Declarator == nil {
		return
	}
	s := ps.ty.specifiers(d.DeclarationSpecifiers, ps.ty.file)
	name, t := ps.ty.declarator(d.Declarator, s.typ, ps.ty.file)
	file := name.Position().Filename
	declareFunc(ps.ty.file, name.SrcStr(), t, s.noreturn, ps.sp.file(file) == nil)
	if ps.p.wanted(file) {
		ps.defs = append(ps.defs, d)
	}
}

// declaration declares file-scope names and notes variables of the user.
func (ps *pass) declaration(d *cc.Declaration) {
	model := ps.sp.file(d.Position().Filename) == nil
	ps.ty.declare(d, ps.ty.file, model, func(s *declSpec, id *cc.InitDeclarator, name cc.Token, t *ir.Type) {
		t = ps.openArray(t, id)
		if old := ps.ty.file.names[name.SrcStr()]; old == nil || old.kind != symVar || old.typ.Kind == ir.UnknownType || ps.ty.lens[t] > 0 {
			ps.ty.file.declare(name.SrcStr(), &symbol{kind: symVar, typ: t, model: model})
		}
		if model || s.extern && id.Initializer == nil {
			return
		}
		ps.addGlobal(name.SrcStr(), s.static, id, name, t, ps.ty.file)
	})
}

// openArray gives an array without bound the length of its initializer.
func (ps *pass) openArray(t *ir.Type, id *cc.InitDeclarator) *ir.Type {
	if t.Kind != ir.Array || id.Initializer == nil {
		return t
	}
	if _, ok := ps.ty.lens[t]; ok || id.Initializer.Case != cc.InitializerInitList {
		return t
	}
	n := int64(0)
	for l := id.Initializer.InitializerList; l != nil; l = l.InitializerList {
		n++
	}
	return ps.ty.arrayOf(elem(t), n)
}

// addGlobal lists a variable with static storage; its initializer is lowered
// when all names of the file are known.
func (ps *pass) addGlobal(name string, static bool, id *cc.InitDeclarator, tok cc.Token, t *ir.Type, sc *scope) {
	g := ps.globals[name]
	if g == nil {
		g = &ir.Global{Name: name, Type: t, Static: static, Span: ps.sp.span(tok, tok)}
		ps.globals[name] = g
		ps.out.Globals = append(ps.out.Globals, g)
	}
	if id.Initializer != nil && g.Init == nil {
		g.Span = ps.sp.span(tok, initializerEnd(id.Initializer))
		g.Type = t
		ps.tables = append(ps.tables, table{g, id, t, sc})
	}
}

// function lowers one function definition, or records why it cannot.
func (ps *pass) function(d *cc.FunctionDefinition) {
	name := d.Declarator.NameTok()
	pos := ps.sp.pos(name)
	key := funcKey{pos.File, pos.Line, name.SrcStr()}
	if ps.done[key] {
		return
	}
	body := d.CompoundStatement
	if body == nil {
		ps.gap(key, pos, "no body")
		return
	}
	if reason, bad := ps.broken(name, body.Token2); bad {
		ps.gap(key, pos, reason)
		return
	}
	f, reason := ps.tryLower(d)
	if f == nil {
		ps.gap(key, pos, reason)
		return
	}
	ps.done[key] = true
	ps.out.Funcs = append(ps.out.Funcs, f)
}

// tooDeep is the panic that abandons a function nested beyond reason.
type tooDeep struct{}

// tryLower lowers one function; a panic becomes the reason.
func (ps *pass) tryLower(d *cc.FunctionDefinition) (f *ir.Func, reason string) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case tooDeep:
			f, reason = nil, "nested too deeply"
		default:
			f, reason = nil, fmt.Sprintf("internal error: %v", r)
			if rethrow {
				panic(r)
			}
		}
	}()
	return newFn(ps, d).lower(d), ""
}

// rethrow lets panics of lowering through, for tests.
var rethrow = false

func (ps *pass) gap(key funcKey, pos source.Pos, reason string) {
	if _, ok := ps.gaps[key]; !ok {
		ps.gaps[key] = ir.Gap{Func: key.name, Pos: pos, Reason: reason}
	}
}

// structs publishes the layouts of this parse.
func (ps *pass) structs() {
	for name, in := range ps.ty.byName {
		if in.st == nil {
			continue
		}
		if old := ps.out.Structs[name]; old == nil || len(old.Fields) < len(in.st.Fields) {
			ps.out.Structs[name] = in.st
		}
	}
}

// finish orders the result and keeps the gaps no variant filled.
func (l *lowering) finish(loaded []ir.Gap) {
	for _, g := range loaded {
		key := funcKey{g.Pos.File, g.Pos.Line, g.Func}
		l.gaps[key] = g
	}
	for key, g := range l.gaps {
		if !l.done[key] {
			l.out.Gaps = append(l.out.Gaps, g)
		}
	}
	sort.Slice(l.out.Gaps, func(i, j int) bool { return l.out.Gaps[i].Pos.Before(l.out.Gaps[j].Pos) })
	sort.SliceStable(l.out.Funcs, func(i, j int) bool { return l.out.Funcs[i].Span.Before(l.out.Funcs[j].Span.Pos) })
}

// broken reports whether a syntax error lies between two tokens.
func (ps *pass) broken(first, last cc.Token) (reason string, bad bool) {
	from := first.Position()
	return ps.p.broken(from.Filename, from.Line, last.Position().Line)
}
