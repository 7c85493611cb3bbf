package cfront

import (
	"modernc.org/cc/v4"

	"github.com/refcheck/refcheck/cmodel/ir"
)

// A switchCtx collects the cases of a switch while its body is lowered.
type switchCtx struct {
	cases []switchCase
	other *ir.Block // default
}

type switchCase struct {
	lo, hi cc.ExpressionNode // hi is nil but for ranges
	tok    cc.Token
	colon  cc.Token
	to     *ir.Block
}

func (b *fn) caseLabel(x *cc.LabeledStatement) {
	to := &ir.Block{}
	b.use(to)
	if x.Case == cc.LabeledStatementDefault {
		b.sw.other = to
		return
	}
	b.sw.cases = append(b.sw.cases, switchCase{
		lo: x.ConstantExpression, hi: x.ConstantExpression2, tok: x.Token, colon: x.Token2, to: to,
	})
}

// switchStmt lowers a switch to a chain of comparisons. The body goes first,
// to know the cases.
func (b *fn) switchStmt(x *cc.SelectionStatement) {
	v := b.value(x.ExpressionList)
	chain, end := b.cur, &ir.Block{}
	brk, brkIn, sw := b.brk, b.brkIn, b.sw
	b.cur = &ir.Block{} // what stands before the first case is never run
	b.brk, b.brkIn, b.sw = end, b.scope, &switchCtx{}
	b.stmt(x.Statement)
	b.jump(end)
	cases, other := b.sw.cases, b.sw.other
	b.brk, b.brkIn, b.sw = brk, brkIn, sw

	b.cur = chain
	for _, c := range cases {
		b.testCase(v, c)
	}
	switch {
	case other != nil:
		b.jump(other)
	case b.exhaustive(v.Type, cases):
		b.seal(ir.Term{Kind: ir.Unreachable})
	default:
		b.jump(end)
	}
	b.cur = end
}

// exhaustive reports whether v, of type t, always matches one of the cases: t is an
// enum and each of its constants has a case. Other values of the type are possible
// in C, but nobody means them who writes such a switch.
func (b *fn) exhaustive(t *ir.Type, cases []switchCase) bool {
	values, ok := b.ty.enums[t]
	if !ok {
		return false
	}
	have := map[int64]bool{}
	for _, c := range cases {
		if n, ok := b.ty.constant(c.lo, b.scope); ok && c.hi == nil {
			have[n] = true
		}
	}
	for _, n := range values {
		if !have[n] {
			return false
		}
	}
	return true
}

// testCase branches to a case if it matches v, and else goes on.
func (b *fn) testCase(v ir.Operand, c switchCase) {
	next := &ir.Block{}
	lo := b.caseValue(c.lo)
	if c.hi == nil {
		b.caseTest(v, "==", lo, c, c.to, next)
	} else {
		mid := &ir.Block{}
		b.caseTest(v, ">=", lo, c, mid, next)
		b.cur = mid
		b.caseTest(v, "<=", b.caseValue(c.hi), c, c.to, next)
	}
	b.cur = next
}

func (b *fn) caseValue(e cc.ExpressionNode) ir.Operand {
	if n, ok := b.ty.constant(e, b.scope); ok {
		return constant(n, intType)
	}
	if tok, id := identifier(uncast(e)); id != nil {
		return opaque(tok.SrcStr(), intType)
	}
	return opaque("", intType)
}

func (b *fn) caseTest(v ir.Operand, op string, to ir.Operand, c switchCase, yes, no *ir.Block) {
	if v.Kind == ir.Const && to.Kind == ir.Const {
		holds, _ := compare(op, v.Int, to.Int)
		b.decide(holds, yes, no)
		return
	}
	t := ir.Term{Kind: ir.Branch, Cmp: op, X: v, Y: to, Succ: [2]*ir.Block{yes, no}}
	t.Span, t.Macro = b.at(c.tok, c.colon)
	b.seal(t)
}
