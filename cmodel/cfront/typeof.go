package cfront

import (
	"modernc.org/cc/v4"

	"github.com/refcheck/refcheck/cmodel/ir"
)

// typeOf types an expression without evaluating it, for typeof and sizeof.
func (ty *typer) typeOf(e cc.ExpressionNode, sc *scope) *ir.Type {
	switch x := unwrap(e).(type) {
	case *cc.PrimaryExpression:
		return primaryType(x, sc)
	case *cc.CastExpression:
		return ty.typeName(x.TypeName, sc)
	case *cc.AssignmentExpression:
		return ty.typeOf(x.UnaryExpression, sc)
	case *cc.ConditionalExpression:
		if t := ty.typeOf(x.ConditionalExpression, sc); t.IsPtr() {
			return t
		}
		return ty.typeOf(x.ExpressionList, sc)
	case *cc.UnaryExpression:
		switch x.Case {
		case cc.UnaryExpressionAddrof:
			return ty.ptrTo(ty.typeOf(x.CastExpression, sc))
		case cc.UnaryExpressionDeref:
			return elem(ty.typeOf(x.CastExpression, sc))
		case cc.UnaryExpressionSizeofExpr, cc.UnaryExpressionSizeofType:
			return ulongType
		case cc.UnaryExpressionInc, cc.UnaryExpressionDec:
			return ty.typeOf(x.UnaryExpression, sc)
		case cc.UnaryExpressionNot:
			return intType
		}
		return ty.typeOf(x.CastExpression, sc)
	case *cc.PostfixExpression:
		return ty.postfixType(x, sc)
	case *cc.AdditiveExpression:
		l := ty.decay(ty.typeOf(x.AdditiveExpression, sc))
		if r := ty.decay(ty.typeOf(x.MultiplicativeExpression, sc)); r.IsPtr() && !l.IsPtr() {
			return r
		}
		return l
	case nil:
		return unknownType
	default:
		if _, l, _, ok := binaryParts(x); ok {
			return ty.typeOf(l, sc)
		}
	}
	return intType
}

func primaryType(x *cc.PrimaryExpression, sc *scope) *ir.Type {
	switch x.Case {
	case cc.PrimaryExpressionIdent:
		if sym := sc.lookup(x.Token.Src()); sym != nil {
			return sym.typ
		}
		return unknownType
	case cc.PrimaryExpressionFloat:
		return doubleType
	case cc.PrimaryExpressionString, cc.PrimaryExpressionLString:
		return charPtr
	case cc.PrimaryExpressionInt, cc.PrimaryExpressionChar, cc.PrimaryExpressionLChar:
		return intType
	}
	return unknownType
}

func (ty *typer) postfixType(x *cc.PostfixExpression, sc *scope) *ir.Type {
	switch x.Case {
	case cc.PostfixExpressionIndex:
		return elem(ty.typeOf(x.PostfixExpression, sc))
	case cc.PostfixExpressionSelect:
		return ty.member(ty.typeOf(x.PostfixExpression, sc), x.Token2.Src())
	case cc.PostfixExpressionPSelect:
		return ty.member(elem(ty.typeOf(x.PostfixExpression, sc)), x.Token2.Src())
	case cc.PostfixExpressionCall:
		t := ty.typeOf(x.PostfixExpression, sc)
		if t.Kind == ir.Pointer {
			t = elem(t)
		}
		return elem(t)
	case cc.PostfixExpressionComplit:
		return ty.typeName(x.TypeName, sc)
	}
	return ty.typeOf(x.PostfixExpression, sc)
}

// offsetOf recognizes the address of a member of a constant pointer, which is
// what offsetof expands to, and returns it as offsetof(Type, member).
func (ty *typer) offsetOf(x *cc.PostfixExpression, sc *scope) (string, bool) {
	path := ""
	for {
		switch x.Case {
		case cc.PostfixExpressionPSelect:
			if _, ok := ty.constant(x.PostfixExpression, sc); !ok {
				return "", false
			}
			t := elem(ty.typeOf(x.PostfixExpression, sc))
			return "offsetof(" + t.String() + ", " + x.Token2.SrcStr() + path + ")", true
		case cc.PostfixExpressionSelect:
			path = "." + x.Token2.SrcStr() + path
		case cc.PostfixExpressionIndex:
			path = "[]" + path
		default:
			return "", false
		}
		next, ok := unwrap(x.PostfixExpression).(*cc.PostfixExpression)
		if !ok {
			return "", false
		}
		x = next
	}
}

// sizeText prints a sizeof whose value is not known.
func (ty *typer) sizeText(x *cc.UnaryExpression, sc *scope) string {
	t := unknownType
	if x.Case == cc.UnaryExpressionSizeofType {
		t = ty.typeName(x.TypeName, sc)
	} else {
		t = ty.typeOf(x.UnaryExpression, sc)
	}
	return "sizeof(" + t.String() + ")"
}
