package cfront

import (
	"modernc.org/cc/v4"

	"github.com/refcheck/refcheck/cmodel/ir"
)

// unary evaluates a prefix operation, into dst if that is not nil and the
// operation needs an instruction at all.
func (b *fn) unary(x *cc.UnaryExpression, dst *ir.Place) ir.Operand {
	switch x.Case {
	case cc.UnaryExpressionInc, cc.UnaryExpressionDec, cc.UnaryExpressionDeref:
		if t, ok := b.vaArg(x); ok {
			return opaque("va_arg", t)
		}
		p := b.place(x)
		if p.Type.Kind == ir.FuncType && len(p.Path) > 0 { // *fp is fp
			p.Path = p.Path[:len(p.Path)-1]
			p.Type = b.ty.ptrTo(p.Type)
		}
		return b.load(p)
	case cc.UnaryExpressionAddrof:
		return b.addressOf(x.CastExpression)
	case cc.UnaryExpressionPlus:
		return b.value(x.CastExpression)
	case cc.UnaryExpressionMinus, cc.UnaryExpressionCpl:
		return b.negate(x, dst)
	case cc.UnaryExpressionNot:
		if boolean(uncast(x.CastExpression)) {
			return b.truthValue(x, dst)
		}
		return b.binary("==", b.value(x.CastExpression), constant(0, intType), dst, x)
	case cc.UnaryExpressionSizeofExpr, cc.UnaryExpressionSizeofType:
		if n, ok := b.ty.constant(x, b.scope); ok {
			return constant(n, ulongType)
		}
		return opaque(b.ty.sizeText(x, b.scope), ulongType)
	case cc.UnaryExpressionReal, cc.UnaryExpressionImag:
		b.value(x.UnaryExpression)
		return opaque("", doubleType)
	case cc.UnaryExpressionLabelAddr:
		return opaque("&&"+x.Token2.SrcStr(), voidPtr)
	}
	return opaque("", ulongType)
}

func (b *fn) negate(x *cc.UnaryExpression, dst *ir.Place) ir.Operand {
	v := b.value(x.CastExpression)
	minus := x.Case == cc.UnaryExpressionMinus
	if v.Kind == ir.Const {
		if minus {
			return constant(-v.Int, v.Type)
		}
		return constant(^v.Int, v.Type)
	}
	if v.Kind == ir.Opaque {
		return opaque("", v.Type)
	}
	d := b.target(dst, v.Type)
	span, macro := b.exprAt(x)
	b.emit(ir.Instr{Op: ir.Unary, Dst: d, Fn: choose(minus, "-", "~"), X: v, Span: span, Macro: macro})
	return b.load(d)
}

// addressOf is &e. The address of a member of a null pointer is an offset.
func (b *fn) addressOf(e cc.ExpressionNode) ir.Operand {
	switch x := unwrap(e).(type) {
	case *cc.PrimaryExpression:
		if sym := b.scope.lookup(x.Token.Src()); x.Case == cc.PrimaryExpressionIdent && sym != nil && sym.kind == symFunc {
			return b.value(x)
		}
	case *cc.UnaryExpression:
		if x.Case == cc.UnaryExpressionDeref {
			return b.value(x.CastExpression)
		}
	case *cc.PostfixExpression:
		if text, ok := b.ty.offsetOf(x, b.scope); ok {
			return opaque(text, ulongType)
		}
		if x.Case == cc.PostfixExpressionIndex {
			return b.addressOfElement(x)
		}
	}
	p := b.place(e)
	if p.IsVar() && p.Base.Kind == ir.Temp {
		return opaque("", b.ty.ptrTo(p.Type))
	}
	return b.addr(p)
}

// addressOfElement is &a[i]. For a pointer p, &p[0] is p.
func (b *fn) addressOfElement(x *cc.PostfixExpression) ir.Operand {
	v := b.value(x.PostfixExpression)
	i := b.value(x.ExpressionList)
	if v.Kind != ir.Addr && i.Kind == ir.Const && i.Int == 0 {
		return v
	}
	return b.addr(b.index(v, i))
}
