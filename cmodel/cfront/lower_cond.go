package cfront

import (
	"modernc.org/cc/v4"

	"github.com/refcheck/refcheck/cmodel/ir"
)

// cond evaluates e as a condition: control goes to yes if it holds, to no if
// it does not. Nothing follows until a block is put in use.
func (b *fn) cond(e cc.ExpressionNode, yes, no *ir.Block) {
	b.branch(e, e, yes, no, false)
}

// branch is cond with the whole expression the user wrote, for the span, and
// whether it was negated on the way to e.
func (b *fn) branch(e, whole cc.ExpressionNode, yes, no *ir.Block, negated bool) {
	b.enter()
	defer b.leave()
	if n, ok := b.ty.constant(e, b.scope); ok {
		b.decide((n != 0) != negated, yes, no)
		return
	}
	switch x := b.likely(e).(type) {
	case *cc.UnaryExpression:
		if x.Case == cc.UnaryExpressionNot {
			b.branch(x.CastExpression, whole, yes, no, !negated)
			return
		}
	case *cc.LogicalAndExpression:
		b.logical(x.LogicalAndExpression, x.InclusiveOrExpression, true, yes, no, negated)
		return
	case *cc.LogicalOrExpression:
		b.logical(x.LogicalOrExpression, x.LogicalAndExpression, false, yes, no, negated)
		return
	case *cc.ConditionalExpression:
		if unwrap(x.ExpressionList) != nil {
			b.branchArms(x, yes, no, negated)
			return
		}
	case *cc.ExpressionList:
		last := b.comma(x)
		b.branch(last, last, yes, no, negated)
		return
	case *cc.EqualityExpression, *cc.RelationalExpression:
		b.comparison(x, whole, yes, no, negated)
		return
	}
	v := b.value(e)
	b.test(v, choose(negated, "==", "!="), constant(0, zeroType(v)), whole, yes, no)
}

// zeroType is the type of the zero a value is compared with.
func zeroType(v ir.Operand) *ir.Type {
	if v.Type.IsPtr() {
		return voidPtr
	}
	return intType
}

// likely strips parentheses, casts and __builtin_expect.
func (b *fn) likely(e cc.ExpressionNode) cc.ExpressionNode {
	for {
		e = uncast(e)
		x, ok := e.(*cc.PostfixExpression)
		if !ok || x.Case != cc.PostfixExpressionCall || x.ArgumentExpressionList == nil {
			return e
		}
		tok, id := identifier(unwrap(x.PostfixExpression))
		if id == nil || string(tok.Src()) != "__builtin_expect" {
			return e
		}
		e = x.ArgumentExpressionList.AssignmentExpression
	}
}

// decide jumps where a constant condition leads.
func (b *fn) decide(holds bool, yes, no *ir.Block) {
	if !holds {
		yes = no
	}
	b.jump(yes)
}

// logical evaluates l && r (and is true) or l || r. Negated, the one is the
// other of the negated operands.
func (b *fn) logical(l, r cc.ExpressionNode, and bool, yes, no *ir.Block, negated bool) {
	next := &ir.Block{}
	if and != negated {
		b.branch(l, l, next, no, negated)
	} else {
		b.branch(l, l, yes, next, negated)
	}
	b.cur = next
	b.branch(r, r, yes, no, negated)
}

// branchArms evaluates c ? x : y as a condition.
func (b *fn) branchArms(x *cc.ConditionalExpression, yes, no *ir.Block, negated bool) {
	first, second := &ir.Block{}, &ir.Block{}
	b.cond(x.LogicalOrExpression, first, second)
	b.cur = first
	b.branch(x.ExpressionList, x.ExpressionList, yes, no, negated)
	b.cur = second
	b.branch(x.ConditionalExpression, x.ConditionalExpression, yes, no, negated)
}

var (
	swapped  = map[string]string{"==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
	opposite = map[string]string{"==": "!=", "!=": "==", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}
)

// comparison branches on l op r. A constant goes to the right. A condition
// compared with 0 or 1 is that condition or its negation.
func (b *fn) comparison(e, whole cc.ExpressionNode, yes, no *ir.Block, negated bool) {
	op, l, r, _ := binaryParts(e)
	if negated {
		op = opposite[op]
	}
	if op == "==" || op == "!=" {
		if n, ok := b.ty.constant(r, b.scope); ok && (n == 0 || n == 1) && truthy(b.likely(l)) {
			b.branch(l, whole, yes, no, (op == "==") == (n == 0))
			return
		}
	}
	lv := b.value(l)
	rv := b.value(r)
	if lv.Kind == ir.Const && rv.Kind != ir.Const {
		lv, rv, op = rv, lv, swapped[op]
	}
	b.test(lv, op, rv, whole, yes, no)
}

// truthy reports whether e can only be 0 or 1.
func truthy(e cc.ExpressionNode) bool {
	switch x := e.(type) {
	case *cc.LogicalAndExpression, *cc.LogicalOrExpression, *cc.EqualityExpression, *cc.RelationalExpression:
		return true
	case *cc.UnaryExpression:
		return x.Case == cc.UnaryExpressionNot
	}
	return false
}

// test ends the block with a branch on l op r.
func (b *fn) test(l ir.Operand, op string, r ir.Operand, whole cc.ExpressionNode, yes, no *ir.Block) {
	if l.Kind == ir.Const && r.Kind == ir.Const {
		if holds, ok := compare(op, l.Int, r.Int); ok {
			b.decide(holds, yes, no)
			return
		}
	}
	if (l.Kind == ir.Addr || l.Kind == ir.String || l.Kind == ir.FuncRef) && r.Kind == ir.Const && r.Int == 0 && !throughPointer(l) {
		b.decide(op != "==", yes, no) // the address of something is not null
		return
	}
	t := ir.Term{Kind: ir.Branch, Cmp: op, X: l, Y: r, Succ: [2]*ir.Block{yes, no}}
	t.Span, t.Macro = b.exprAt(whole)
	b.seal(t)
}

// throughPointer reports whether an address depends on a pointer's value.
func throughPointer(o ir.Operand) bool {
	for _, s := range o.Place.Path {
		if s.Kind == ir.Deref {
			return true
		}
	}
	return o.Kind == ir.FuncRef // may be a weak symbol
}

// boolean reports whether e needs control flow to become a value.
func boolean(e cc.ExpressionNode) bool {
	switch x := e.(type) {
	case *cc.LogicalAndExpression, *cc.LogicalOrExpression:
		return true
	case *cc.UnaryExpression:
		return x.Case == cc.UnaryExpressionNot && boolean(uncast(x.CastExpression))
	}
	return false
}

// truthValue makes 0 or 1 of a condition, in dst if that is not nil.
func (b *fn) truthValue(e cc.ExpressionNode, dst *ir.Place) ir.Operand {
	if n, ok := b.ty.constant(e, b.scope); ok {
		return constant(n, intType)
	}
	d := b.target(dst, intType)
	yes, no, end := &ir.Block{}, &ir.Block{}, &ir.Block{}
	b.cond(e, yes, no)
	b.cur = yes
	b.copyTo(d, constant(1, intType), e)
	b.jump(end)
	b.cur = no
	b.copyTo(d, constant(0, intType), e)
	b.use(end)
	return b.load(d)
}

// logicalEffect evaluates a && or || whose value nobody wants.
func (b *fn) logicalEffect(e cc.ExpressionNode) {
	next, end := &ir.Block{}, &ir.Block{}
	var right cc.ExpressionNode
	switch x := e.(type) {
	case *cc.LogicalAndExpression:
		b.cond(x.LogicalAndExpression, next, end)
		right = x.InclusiveOrExpression
	case *cc.LogicalOrExpression:
		b.cond(x.LogicalOrExpression, end, next)
		right = x.LogicalAndExpression
	}
	b.cur = next
	b.effect(right)
	b.use(end)
}
