package cfront

import (
	"modernc.org/cc/v4"

	"github.com/refcheck/refcheck/cmodel/ir"
)

// value evaluates e. Reading a variable emits nothing: the operand is read by
// the instruction that uses it.
func (b *fn) value(e cc.ExpressionNode) ir.Operand {
	b.enter()
	defer b.leave()
	switch x := unwrap(e).(type) {
	case nil:
		return opaque("", unknownType)
	case *cc.PrimaryExpression:
		return b.primary(x)
	case *cc.PostfixExpression:
		return b.postfix(x)
	case *cc.UnaryExpression:
		return b.unary(x, nil)
	case *cc.CastExpression:
		return b.cast(x)
	case *cc.AssignmentExpression:
		return b.load(b.assign(x))
	case *cc.ConditionalExpression:
		return b.ternary(x)
	case *cc.LogicalAndExpression, *cc.LogicalOrExpression:
		return b.truthValue(x, nil)
	case *cc.ExpressionList:
		return b.value(b.comma(x))
	default:
		if op, l, r, ok := binaryParts(x); ok {
			lv := b.value(l)
			return b.binary(op, lv, b.value(r), nil, x)
		}
	}
	return opaque("", unknownType)
}

// valueTo evaluates e into dst. Calls, operations and the arms of conditional
// expressions write dst themselves.
func (b *fn) valueTo(dst ir.Place, e cc.ExpressionNode, whole cc.ExpressionNode) {
	b.enter()
	defer b.leave()
	switch x := uncast(e).(type) {
	case *cc.PostfixExpression:
		if x.Case == cc.PostfixExpressionCall {
			if v := b.call(x, &dst, true); v.Kind != ir.Load || !samePlace(v.Place, dst) {
				b.copyTo(dst, v, whole)
			}
			return
		}
	case *cc.PrimaryExpression:
		if x.Case == cc.PrimaryExpressionStmt {
			b.statementExpr(x.CompoundStatement, &dst, whole)
			return
		}
	case *cc.UnaryExpression:
		if v := b.unary(x, &dst); v.Kind != ir.Load || !samePlace(v.Place, dst) {
			b.copyTo(dst, b.retype(v, e), whole)
		}
		return
	case *cc.ConditionalExpression:
		b.arms(x, func(arm cc.ExpressionNode, v *ir.Operand) {
			if v != nil {
				b.copyTo(dst, *v, whole)
				return
			}
			b.valueTo(dst, arm, whole)
		})
		return
	case *cc.LogicalAndExpression, *cc.LogicalOrExpression:
		b.truthValue(x, &dst)
		return
	case *cc.ExpressionList:
		b.valueTo(dst, b.comma(x), whole)
		return
	case *cc.AssignmentExpression:
	case nil:
	default:
		if op, l, r, ok := binaryParts(x); ok {
			lv := b.value(l)
			if v := b.binary(op, lv, b.value(r), &dst, x); v.Kind != ir.Load || !samePlace(v.Place, dst) {
				b.copyTo(dst, b.retype(v, e), whole)
			}
			return
		}
	}
	b.copyTo(dst, b.value(e), whole)
}

func samePlace(p, q ir.Place) bool {
	return p.Base == q.Base && len(p.Path) == len(q.Path) && (len(p.Path) == 0 || &p.Path[0] == &q.Path[0])
}

// retype gives v the type of the outermost cast around e.
func (b *fn) retype(v ir.Operand, e cc.ExpressionNode) ir.Operand {
	if c, ok := unwrap(e).(*cc.CastExpression); ok {
		v.Type = b.ty.typeName(c.TypeName, b.scope)
	}
	return v
}

// copyTo emits dst = v, placed at the expression whole.
func (b *fn) copyTo(dst ir.Place, v ir.Operand, whole cc.ExpressionNode) {
	in := ir.Instr{Op: ir.Copy, Dst: dst, X: v}
	if whole != nil {
		in.Span, in.Macro = b.exprAt(whole)
	}
	b.emit(in)
}

// effect evaluates e for its side effects.
func (b *fn) effect(e cc.ExpressionNode) {
	b.enter()
	defer b.leave()
	switch x := uncast(e).(type) {
	case nil:
	case *cc.PostfixExpression:
		switch x.Case {
		case cc.PostfixExpressionCall:
			b.call(x, nil, false)
		case cc.PostfixExpressionInc, cc.PostfixExpressionDec:
			b.step(x.PostfixExpression, x.Case == cc.PostfixExpressionInc, x)
		default:
			b.eval(x)
		}
	case *cc.AssignmentExpression:
		b.assign(x)
	case *cc.UnaryExpression:
		switch x.Case {
		case cc.UnaryExpressionInc, cc.UnaryExpressionDec:
			b.step(x.UnaryExpression, x.Case == cc.UnaryExpressionInc, x)
		case cc.UnaryExpressionDeref, cc.UnaryExpressionAddrof:
			b.eval(x)
		default:
			b.effect(pickExpr(x.CastExpression, x.UnaryExpression))
		}
	case *cc.ConditionalExpression:
		b.arms(x, func(arm cc.ExpressionNode, _ *ir.Operand) { b.effect(arm) })
	case *cc.LogicalAndExpression, *cc.LogicalOrExpression:
		b.logicalEffect(x)
	case *cc.ExpressionList:
		b.effect(b.comma(x))
	case *cc.PrimaryExpression:
		if x.Case == cc.PrimaryExpressionStmt {
			b.statementExpr(x.CompoundStatement, nil, nil)
		} else {
			b.eval(x)
		}
	default:
		if _, l, r, ok := binaryParts(x); ok {
			b.effect(l)
			b.effect(r)
		}
	}
}

func pickExpr(a, b cc.ExpressionNode) cc.ExpressionNode {
	if a != nil {
		return a
	}
	return b
}

// eval reads the value of e and drops it.
func (b *fn) eval(e cc.ExpressionNode) {
	v := b.value(e)
	if v.Kind != ir.Load || v.Place.IsVar() && v.Place.Base.Kind == ir.Temp {
		return
	}
	span, macro := b.exprAt(e)
	b.emit(ir.Instr{Op: ir.Eval, X: v, Span: span, Macro: macro})
}

// comma evaluates all but the last expression of a comma list and returns that.
func (b *fn) comma(x *cc.ExpressionList) cc.ExpressionNode {
	for ; x.ExpressionList != nil; x = x.ExpressionList {
		b.effect(x.AssignmentExpression)
	}
	return x.AssignmentExpression
}

func (b *fn) primary(x *cc.PrimaryExpression) ir.Operand {
	switch x.Case {
	case cc.PrimaryExpressionIdent:
		return b.name(x.Token)
	case cc.PrimaryExpressionString, cc.PrimaryExpressionLString:
		return ir.Operand{Kind: ir.String, Str: stringValue(x.Token.SrcStr()), Type: charPtr}
	case cc.PrimaryExpressionFloat:
		return opaque(x.Token.SrcStr(), doubleType)
	case cc.PrimaryExpressionStmt:
		return b.statementExpr(x.CompoundStatement, nil, x)
	case cc.PrimaryExpressionGeneric:
		return b.value(generic(x.GenericSelection))
	}
	if n, ok := primaryConstant(x, b.scope); ok {
		return constant(n, intType)
	}
	return opaque(x.Token.SrcStr(), intType)
}

// generic picks an association of a _Generic selection: the default, or else
// the first.
func generic(g *cc.GenericSelection) cc.ExpressionNode {
	if g == nil {
		return nil
	}
	var first cc.ExpressionNode
	for l := g.GenericAssociationList; l != nil; l = l.GenericAssociationList {
		a := l.GenericAssociation
		if a == nil {
			continue
		}
		if a.Case == cc.GenericAssociationDefault {
			return a.AssignmentExpression
		}
		if first == nil {
			first = a.AssignmentExpression
		}
	}
	return first
}

func (b *fn) postfix(x *cc.PostfixExpression) ir.Operand {
	switch x.Case {
	case cc.PostfixExpressionCall:
		return b.call(x, nil, true)
	case cc.PostfixExpressionInc, cc.PostfixExpressionDec:
		p := b.place(x.PostfixExpression)
		old := b.temp(p.Type)
		b.copyTo(old, b.load(p), x)
		b.stepPlace(p, x.Case == cc.PostfixExpressionInc, x)
		return b.load(old)
	}
	return b.load(b.place(x))
}

// step emits e++ or e-- and returns the place.
func (b *fn) step(e cc.ExpressionNode, up bool, whole cc.ExpressionNode) ir.Place {
	p := b.place(e)
	b.stepPlace(p, up, whole)
	return p
}

func (b *fn) stepPlace(p ir.Place, up bool, whole cc.ExpressionNode) {
	span, macro := b.exprAt(whole)
	b.emit(ir.Instr{Op: ir.Binary, Dst: p, Fn: choose(up, "+", "-"), X: b.load(p), Y: constant(1, intType), Span: span, Macro: macro})
}

// target is *dst, or a new temporary.
func (b *fn) target(dst *ir.Place, t *ir.Type) ir.Place {
	if dst != nil {
		return *dst
	}
	return b.temp(t)
}

// cast changes the type of a value.
func (b *fn) cast(x *cc.CastExpression) ir.Operand {
	t := b.ty.typeName(x.TypeName, b.scope)
	if t.Kind == ir.Void {
		b.effect(x.CastExpression)
		return opaque("", t)
	}
	v := b.value(x.CastExpression)
	if v.Kind == ir.Const && t.Bool {
		v.Int = truth(v.Int != 0)
	}
	v.Type = t
	return v
}

// binary evaluates l op r, into dst if that is not nil and an instruction is
// needed.
func (b *fn) binary(op string, l, r ir.Operand, dst *ir.Place, e cc.ExpressionNode) ir.Operand {
	t := arithType(op, l.Type, r.Type)
	if l.Kind == ir.Const && r.Kind == ir.Const {
		if n, ok := fold(op, l.Int, r.Int); ok {
			return constant(n, t)
		}
	}
	if r.Kind == ir.Const && r.Int == 0 && (op == "+" || op == "-") && l.Type.IsPtr() {
		return l
	}
	d := b.target(dst, t)
	span, macro := b.exprAt(e)
	b.emit(ir.Instr{Op: ir.Binary, Dst: d, Fn: op, X: l, Y: r, Span: span, Macro: macro})
	return b.load(d)
}

// arithType is the type of l op r.
func arithType(op string, l, r *ir.Type) *ir.Type {
	if _, ok := compare(op, 0, 0); ok {
		return intType
	}
	switch {
	case l.IsPtr() && r.IsPtr() && op == "-":
		return longType
	case l.IsPtr():
		return l
	case r.IsPtr() && op == "+":
		return r
	case r.Kind == ir.Float || l.Kind == ir.UnknownType && r.Kind != ir.Int:
		return r
	}
	return l
}

// assign evaluates an assignment and returns the place it wrote.
func (b *fn) assign(x *cc.AssignmentExpression) ir.Place {
	p := b.place(x.UnaryExpression)
	op := assignOps[x.Case]
	if op == "" {
		b.valueTo(p, x.AssignmentExpression, x)
		return p
	}
	v := b.value(x.AssignmentExpression)
	span, macro := b.exprAt(x)
	b.emit(ir.Instr{Op: ir.Binary, Dst: p, Fn: op, X: b.load(p), Y: v, Span: span, Macro: macro})
	return p
}

var assignOps = map[cc.AssignmentExpressionCase]string{
	cc.AssignmentExpressionMul: "*", cc.AssignmentExpressionDiv: "/", cc.AssignmentExpressionMod: "%",
	cc.AssignmentExpressionAdd: "+", cc.AssignmentExpressionSub: "-",
	cc.AssignmentExpressionLsh: "<<", cc.AssignmentExpressionRsh: ">>",
	cc.AssignmentExpressionAnd: "&", cc.AssignmentExpressionXor: "^", cc.AssignmentExpressionOr: "|",
}

// ternary evaluates a conditional expression into a temporary.
func (b *fn) ternary(x *cc.ConditionalExpression) ir.Operand {
	if c, ok := b.ty.constant(x.LogicalOrExpression, b.scope); ok && x.ExpressionList != nil {
		if c != 0 {
			return b.value(x.ExpressionList)
		}
		return b.value(x.ConditionalExpression)
	}
	t := b.temp(unknownType)
	v := t.Base
	b.arms(x, func(arm cc.ExpressionNode, known *ir.Operand) {
		var o ir.Operand
		if known != nil {
			o = *known
		} else {
			o = b.value(arm)
		}
		v.Type = joinTypes(v.Type, o)
		b.copyTo(ir.Place{Base: v, Type: o.Type}, o, x)
	})
	t.Type = v.Type
	return b.load(t)
}

// joinTypes is the type of a conditional expression given one arm's type so
// far and the value of the other: pointers win over null.
func joinTypes(t *ir.Type, o ir.Operand) *ir.Type {
	switch {
	case t.Kind == ir.UnknownType:
		return o.Type
	case o.Kind == ir.Const, o.Type.Kind == ir.UnknownType:
		return t
	case !t.IsPtr(), t.Elem != nil && t.Elem.Kind == ir.Void:
		return o.Type
	}
	return t
}

// arms branches on the condition of x and runs each for both arms. The first
// arm of the GNU form `a ?: b` is the value of a, which is passed along.
func (b *fn) arms(x *cc.ConditionalExpression, each func(arm cc.ExpressionNode, v *ir.Operand)) {
	yes, no, end := &ir.Block{}, &ir.Block{}, &ir.Block{}
	var known *ir.Operand
	if unwrap(x.ExpressionList) != nil {
		b.cond(x.LogicalOrExpression, yes, no)
	} else {
		v := b.value(x.LogicalOrExpression)
		b.test(v, "!=", constant(0, zeroType(v)), x.LogicalOrExpression, yes, no)
		known = &v
	}
	b.cur = yes
	each(x.ExpressionList, known)
	b.jump(end)
	b.cur = no
	each(x.ConditionalExpression, nil)
	b.use(end)
}
