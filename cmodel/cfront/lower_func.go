package cfront

import (
	"slices"

	"modernc.org/cc/v4"

	"github.com/refcheck/refcheck/cmodel/ir"
	"github.com/refcheck/refcheck/cmodel/source"
)

// maxLowerDepth bounds the nesting of expressions and statements.
const maxLowerDepth = 3000

// fn is the state of lowering one function body.
type fn struct {
	*pass
	f     *ir.Func
	cur   *ir.Block // instructions go here; not reachable after a jump
	scope *scope
	depth int

	globalVars map[string]*ir.Var
	labels     map[string]*ir.Block
	brk, cont  *ir.Block // targets of break and continue
	brkIn      *scope    // around the target of break
	contIn     *scope
	sw         *switchCtx

	cleans  bool // some variable has a cleanup
	body    *cc.CompoundStatement
	labelIn map[string][]*cc.CompoundStatement
	marks   map[string]labelMark
}

// newFn starts the lowering of d.
func newFn(ps *pass, d *cc.FunctionDefinition) *fn {
	b := &fn{
		pass:       ps,
		f:          &ir.Func{},
		scope:      newScope(ps.ty.file),
		globalVars: map[string]*ir.Var{},
		labels:     map[string]*ir.Block{},
	}
	b.cur = &ir.Block{}
	return b
}

// lower fills in the function.
func (b *fn) lower(d *cc.FunctionDefinition) *ir.Func {
	f, body := b.f, d.CompoundStatement
	s := b.ty.specifiers(d.DeclarationSpecifiers, b.ty.file)
	name, t := b.ty.declarator(d.Declarator, s.typ, b.ty.file)
	f.Name = name.SrcStr()
	f.Static = s.static
	f.Result = elem(t)
	f.Span = b.sp.span(name, body.Token2)
	f.Doubts = b.doubts(name, body.Token2)
	b.params(d)

	entry := b.cur
	b.scope = newScope(b.scope)
	b.scope.body, b.body = body, body
	b.block(body.BlockItemList)
	b.runCleanups(b.scope, 0)
	b.endFunction(body.Token2)
	f.Blocks = layout(entry)
	markAddrTaken(f)
	return f
}

// endFunction returns at the closing brace.
func (b *fn) endFunction(brace cc.Token) {
	b.cur.Term = ir.Term{Kind: ir.Return, Span: b.sp.span(brace, brace)}
}

// params declares the parameters, which become the first variables.
func (b *fn) params(d *cc.FunctionDefinition) {
	dd := funcDeclarator(d.Declarator)
	if dd == nil {
		return
	}
	if dd.Case == cc.DirectDeclaratorFuncIdent {
		b.oldStyle(dd.IdentifierList, d.DeclarationList)
		return
	}
	if dd.ParameterTypeList == nil {
		return
	}
	b.f.Variadic = dd.ParameterTypeList.Case == cc.ParameterTypeListVar
	for l := dd.ParameterTypeList.ParameterList; l != nil; l = l.ParameterList {
		p := l.ParameterDeclaration
		if p == nil {
			continue
		}
		base := b.ty.specifiers(p.DeclarationSpecifiers, b.scope).typ
		var tok cc.Token
		if p.Declarator != nil {
			tok, base = b.ty.declarator(p.Declarator, base, b.scope)
		} else {
			base = b.ty.abstract(p.AbstractDeclarator, base, b.scope)
		}
		if base.Kind == ir.Void && p.Declarator == nil {
			continue // (void)
		}
		b.param(tok, b.ty.decay(base))
	}
}

func (b *fn) param(tok cc.Token, t *ir.Type) {
	v := b.newVar(tok.SrcStr(), ir.Param, t, b.sp.pos(tok))
	b.f.Params = append(b.f.Params, v)
}

// oldStyle declares the parameters of a K&R definition.
func (b *fn) oldStyle(ids *cc.IdentifierList, decls *cc.DeclarationList) {
	types := map[string]*ir.Type{}
	for ; decls != nil; decls = decls.DeclarationList {
		b.ty.declare(decls.Declaration, newScope(b.scope), false, func(_ *declSpec, _ *cc.InitDeclarator, name cc.Token, t *ir.Type) {
			types[name.SrcStr()] = t
		})
	}
	for ; ids != nil; ids = ids.IdentifierList {
		t := types[ids.Token2.SrcStr()]
		if t == nil {
			t = intType
		}
		b.param(ids.Token2, b.ty.decay(t))
	}
}

// newVar makes a variable and declares its name.
func (b *fn) newVar(name string, kind ir.VarKind, t *ir.Type, pos source.Pos) *ir.Var {
	v := &ir.Var{ID: len(b.f.Vars), Name: name, Kind: kind, Type: t, Pos: pos}
	b.f.Vars = append(b.f.Vars, v)
	b.scope.declare(name, &symbol{kind: symVar, typ: t, v: v})
	return v
}

// temp makes a temporary.
func (b *fn) temp(t *ir.Type) ir.Place {
	v := &ir.Var{ID: len(b.f.Vars), Kind: ir.Temp, Type: t}
	b.f.Vars = append(b.f.Vars, v)
	return ir.Place{Base: v, Type: t}
}

// globalVar returns the function's variable for a global.
func (b *fn) globalVar(name string, t *ir.Type) *ir.Var {
	v := b.globalVars[name]
	if v == nil {
		v = &ir.Var{ID: len(b.f.Vars), Name: name, Kind: ir.Global_, Type: t}
		b.f.Vars = append(b.f.Vars, v)
		b.globalVars[name] = v
	}
	return v
}

// emit appends an instruction.
func (b *fn) emit(in ir.Instr) {
	if b.cur.Instrs == nil {
		b.cur.Instrs = make([]ir.Instr, 0, 2)
	}
	b.cur.Instrs = append(b.cur.Instrs, in)
}

// seal ends the current block; what follows is unreachable until use.
func (b *fn) seal(t ir.Term) {
	b.cur.Term = t
	b.cur = &ir.Block{}
}

func (b *fn) jump(to *ir.Block) {
	b.seal(ir.Term{Kind: ir.Jump, Succ: [2]*ir.Block{to}})
}

// use continues in block to, falling into it from the current one.
func (b *fn) use(to *ir.Block) {
	b.jump(to)
	b.cur = to
}

// at is the place of what two tokens enclose, and the macro it came out of.
func (b *fn) at(first, last cc.Token) (source.Span, string) { return b.sp.at(first, last) }

// exprAt is at for an expression. It came out of a macro only if all of it did.
func (b *fn) exprAt(e cc.ExpressionNode) (source.Span, string) {
	first, last := firstToken(e), lastToken(e)
	span, macro := b.sp.at(first, last)
	if macro != "" && first.Position() != last.Position() {
		macro = ""
	}
	return span, macro
}

func (b *fn) enter() {
	if b.depth++; b.depth > maxLowerDepth {
		panic(tooDeep{})
	}
}

func (b *fn) leave() { b.depth-- }

// doubts lists the guessed control-flow macros used between two tokens.
func (b *fn) doubts(first, last cc.Token) []string {
	if len(b.p.synthControl) == 0 {
		return nil
	}
	from, to := first.Position(), last.Position()
	file := b.sp.file(from.Filename)
	if file == nil || to.Filename != from.Filename {
		return nil
	}
	i, end := file.offset(from.Line, from.Column), file.offset(to.Line, to.Column)
	if i < 0 || end < 0 {
		return nil
	}
	var found []string
	for i < end {
		n := i
		for n < end && identPart[file.src[n]] {
			n++
		}
		if name := string(file.src[i:n]); b.p.synthControl[name] && !slices.Contains(found, name) {
			found = append(found, name)
		}
		i = max(n, i+1)
	}
	return found
}
