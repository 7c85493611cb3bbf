package cfront

import (
	"modernc.org/cc/v4"

	"github.com/refcheck/refcheck/cmodel/ir"
)

// table lowers the initializer of a variable with static storage.
func (ps *pass) table(t table) {
	defer func() {
		if r := recover(); r != nil && rethrow {
			panic(r)
		}
	}()
	t.g.Init = ps.staticInit(ps.ty.initTree(t.t, t.id.Initializer, t.sc), t.sc)
}

// staticInit converts an initializer to IR.
func (ps *pass) staticInit(n *initNode, sc *scope) *ir.Init {
	out := &ir.Init{Field: n.field, Index: n.index}
	if !n.list {
		out.Value = ps.static(n.expr, sc)
		if n.expr != nil {
			out.Span = ps.sp.span(firstToken(n.expr), lastToken(n.expr))
		}
		return out
	}
	if n.first.SrcStr() != "" {
		out.Span = ps.sp.span(n.first, n.last)
	}
	for _, e := range n.elems {
		out.Elems = append(out.Elems, ps.staticInit(e, sc))
	}
	return out
}

// static evaluates a static initializer expression.
func (ps *pass) static(e cc.ExpressionNode, sc *scope) ir.Operand {
	if n, ok := ps.ty.constant(e, sc); ok {
		return constant(n, ps.ty.typeOf(e, sc))
	}
	switch x := uncast(e).(type) {
	case *cc.PrimaryExpression:
		switch x.Case {
		case cc.PrimaryExpressionString, cc.PrimaryExpressionLString:
			return ir.Operand{Kind: ir.String, Str: stringValue(x.Token.SrcStr()), Type: charPtr}
		case cc.PrimaryExpressionFloat:
			return opaque(x.Token.SrcStr(), doubleType)
		case cc.PrimaryExpressionGeneric:
			return ps.static(generic(x.GenericSelection), sc)
		case cc.PrimaryExpressionIdent:
			return ps.staticName(x.Token, sc)
		}
	case *cc.UnaryExpression:
		switch x.Case {
		case cc.UnaryExpressionAddrof:
			return ps.staticAddr(x.CastExpression, sc)
		case cc.UnaryExpressionSizeofExpr, cc.UnaryExpressionSizeofType:
			return opaque(ps.ty.sizeText(x, sc), ulongType)
		}
	case *cc.ConditionalExpression:
		if c, ok := ps.ty.constant(x.LogicalOrExpression, sc); ok && c == 0 {
			return ps.static(x.ConditionalExpression, sc)
		}
		return ps.static(x.ExpressionList, sc)
	case *cc.PostfixExpression:
		if p, ok := ps.staticPlace(x, sc); ok {
			return staticLoad(ps.ty, p)
		}
	}
	return opaque("", ps.ty.typeOf(e, sc))
}

// staticLoad is the value of a place; arrays decay.
func staticLoad(ty *typer, p ir.Place) ir.Operand {
	if p.Type.Kind == ir.Array {
		return ir.Operand{Kind: ir.Addr, Place: p, Type: ty.ptrTo(elem(p.Type))}
	}
	return ir.Operand{Kind: ir.Load, Place: p, Type: p.Type}
}

// staticName is the value of a name: undeclared ones are functions of missing
// headers if they do not look like constants.
func (ps *pass) staticName(tok cc.Token, sc *scope) ir.Operand {
	if p, ok := ps.staticVar(tok, sc); ok {
		return staticLoad(ps.ty, p)
	}
	sym := sc.lookup(tok.Src())
	name := tok.SrcStr()
	if sym == nil && ps.guess(name) == guessVar {
		return ir.Operand{Kind: ir.FuncRef, Str: name, Type: unknownType}
	}
	return ps.nameValue(sym, name)
}

// staticAddr is &e.
func (ps *pass) staticAddr(e cc.ExpressionNode, sc *scope) ir.Operand {
	if tok, id := identifier(uncast(e)); id != nil {
		if sym := sc.lookup(tok.Src()); sym != nil && sym.kind == symFunc {
			return ps.nameValue(sym, tok.SrcStr())
		} else if sym == nil {
			if t, ok := wellKnown(tok.SrcStr()); ok || ps.guess(tok.SrcStr()) == guessVar {
				p := ir.Place{Base: ps.globalVar(tok.SrcStr(), t), Type: t}
				return ir.Operand{Kind: ir.Addr, Place: p, Type: ps.ty.ptrTo(t)}
			}
		}
	}
	if x, ok := uncast(e).(*cc.PostfixExpression); ok {
		if text, ok := ps.ty.offsetOf(x, sc); ok {
			return opaque(text, ulongType)
		}
		if x.Case == cc.PostfixExpressionComplit {
			return opaque("", ps.ty.ptrTo(ps.ty.typeOf(e, sc)))
		}
	}
	if p, ok := ps.staticPlace(e, sc); ok {
		return ir.Operand{Kind: ir.Addr, Place: p, Type: ps.ty.ptrTo(p.Type)}
	}
	return opaque("", ps.ty.ptrTo(ps.ty.typeOf(e, sc)))
}

// staticPlace is a variable, or a member or element of one.
func (ps *pass) staticPlace(e cc.ExpressionNode, sc *scope) (ir.Place, bool) {
	switch x := uncast(e).(type) {
	case *cc.PrimaryExpression:
		if x.Case == cc.PrimaryExpressionIdent {
			return ps.staticVar(x.Token, sc)
		}
	case *cc.PostfixExpression:
		p, ok := ps.staticPlace(x.PostfixExpression, sc)
		if !ok {
			return p, false
		}
		switch x.Case {
		case cc.PostfixExpressionSelect:
			t := ps.ty.member(p.Type, x.Token2.Src())
			return extend(p, ir.Sel{Kind: ir.FieldSel, Name: x.Token2.SrcStr(), Struct: p.Type.Name}, t), true
		case cc.PostfixExpressionIndex:
			if i, ok := ps.ty.constant(x.ExpressionList, sc); ok && p.Type.Kind == ir.Array {
				n := constant(i, intType)
				return extend(p, ir.Sel{Kind: ir.Index, Index: &n}, elem(p.Type)), true
			}
		}
	}
	return ir.Place{}, false
}

// staticVar is the variable a name stands for.
func (ps *pass) staticVar(tok cc.Token, sc *scope) (ir.Place, bool) {
	sym := sc.lookup(tok.Src())
	if sym == nil {
		t, ok := wellKnown(tok.SrcStr())
		if !ok {
			return ir.Place{}, false
		}
		return ir.Place{Base: ps.globalVar(tok.SrcStr(), t), Type: t}, true
	}
	if sym.kind != symVar {
		return ir.Place{}, false
	}
	v := sym.v
	if v == nil {
		v = ps.globalVar(tok.SrcStr(), sym.typ)
	}
	return ir.Place{Base: v, Type: sym.typ}, true
}

// globalVar returns the variable that stands for a global outside functions.
func (ps *pass) globalVar(name string, t *ir.Type) *ir.Var {
	v := ps.statics[name]
	if v == nil {
		v = &ir.Var{ID: -1, Name: name, Kind: ir.Global_, Type: t}
		ps.statics[name] = v
	}
	return v
}
