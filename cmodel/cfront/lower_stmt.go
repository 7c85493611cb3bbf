package cfront

import (
	"modernc.org/cc/v4"

	"github.com/refcheck/refcheck/cmodel/ir"
)

// block lowers the statements of a compound statement in the current scope.
func (b *fn) block(l *cc.BlockItemList) {
	for ; l != nil; l = l.BlockItemList {
		b.item(l.BlockItem)
	}
}

func (b *fn) item(x *cc.BlockItem) {
	if x == nil {
		return
	}
	switch x.Case {
	case cc.BlockItemDecl:
		b.localDecl(x.Declaration)
	case cc.BlockItemStmt:
		b.stmt(x.Statement)
	case cc.BlockItemFuncDef:
		b.nested(x)
	}
}

// nested declares a nested function, which is not analysed.
func (b *fn) nested(x *cc.BlockItem) {
	s := b.ty.specifiers(x.DeclarationSpecifiers, b.scope)
	name, t := b.ty.declarator(x.Declarator, s.typ, b.scope)
	declareFunc(b.scope, name.SrcStr(), t, s.noreturn, false)
	pos := b.sp.pos(name)
	b.gap(funcKey{pos.File, pos.Line, name.SrcStr()}, pos, "nested function")
}

// compoundStmt lowers { ... } in a scope of its own.
func (b *fn) compoundStmt(x *cc.CompoundStatement) {
	if x == nil {
		return
	}
	outer := b.scope
	b.scope = newScope(outer)
	b.scope.body = x
	b.block(x.BlockItemList)
	b.runCleanups(b.scope, 0)
	b.scope = outer
}

// stmt lowers one statement. Chains of else-if are followed in a loop.
func (b *fn) stmt(s *cc.Statement) {
	b.enter()
	defer b.leave()
	if s == nil {
		return
	}
	switch s.Case {
	case cc.StatementLabeled:
		b.labeled(s.LabeledStatement)
	case cc.StatementCompound:
		b.compoundStmt(s.CompoundStatement)
	case cc.StatementExpr:
		if s.ExpressionStatement != nil && s.ExpressionStatement.ExpressionList != nil {
			b.effect(s.ExpressionStatement.ExpressionList)
		}
	case cc.StatementSelection:
		b.selection(s.SelectionStatement)
	case cc.StatementIteration:
		b.iteration(s.IterationStatement)
	case cc.StatementJump:
		b.jumpStmt(s.JumpStatement)
	case cc.StatementAsm:
		b.asm(s.AsmStatement)
	}
}

// asm gives the outputs of inline assembly unknown values.
func (b *fn) asm(s *cc.AsmStatement) {
	if s == nil || s.Asm == nil || s.Asm.AsmArgList == nil {
		return
	}
	for l := s.Asm.AsmArgList.AsmExpressionList; l != nil; l = l.AsmExpressionList {
		p, ok := unwrap(l.AssignmentExpression).(*cc.PostfixExpression)
		if !ok || p.Case != cc.PostfixExpressionCall || p.ArgumentExpressionList == nil {
			continue // an output reads as a call: "=r"(x)
		}
		e := p.ArgumentExpressionList.AssignmentExpression
		b.copyTo(b.place(e), opaque("asm", b.ty.typeOf(e, b.scope)), e)
	}
}

// selection lowers if and switch.
func (b *fn) selection(x *cc.SelectionStatement) {
	end := &ir.Block{}
	for x != nil {
		if x.Case == cc.SelectionStatementSwitch {
			b.switchStmt(x)
			break
		}
		yes, no := &ir.Block{}, end
		if x.Case == cc.SelectionStatementIfElse {
			no = &ir.Block{}
		}
		b.cond(x.ExpressionList, yes, no)
		b.cur = yes
		b.stmt(x.Statement)
		b.jump(end)
		if no == end {
			b.cur = end
			return
		}
		b.cur = no
		next := x.Statement2
		if next == nil || next.Case != cc.StatementSelection {
			b.stmt(next)
			break
		}
		x = next.SelectionStatement
	}
	b.use(end)
}

// iteration lowers the loops.
func (b *fn) iteration(x *cc.IterationStatement) {
	if x == nil {
		return
	}
	brk, brkIn, cont, contIn, sw, scope := b.brk, b.brkIn, b.cont, b.contIn, b.sw, b.scope
	b.scope = newScope(scope)
	switch x.Case {
	case cc.IterationStatementWhile:
		b.loop(x.ExpressionList, nil, x.Statement)
	case cc.IterationStatementDo:
		b.doLoop(x)
	case cc.IterationStatementFor:
		if x.ExpressionList != nil {
			b.effect(x.ExpressionList)
		}
		b.loop(x.ExpressionList2, x.ExpressionList3, x.Statement)
	case cc.IterationStatementForDecl:
		b.localDecl(x.Declaration)
		b.loop(x.ExpressionList, x.ExpressionList2, x.Statement)
	}
	b.runCleanups(b.scope, 0)
	b.brk, b.brkIn, b.cont, b.contIn, b.sw, b.scope = brk, brkIn, cont, contIn, sw, scope
}

// loop lowers while and for; a nil condition holds.
func (b *fn) loop(cond, post cc.ExpressionNode, body *cc.Statement) {
	head, start, next, end := &ir.Block{}, &ir.Block{}, &ir.Block{}, &ir.Block{}
	b.use(head)
	if cond != nil {
		b.cond(cond, start, end)
		b.cur = start
	}
	b.breakTo(end, next)
	b.stmt(body)
	b.use(next)
	if post != nil {
		b.effect(post)
	}
	b.jump(head)
	b.cur = end
}

// breakTo sets the targets of break and continue in the loop that begins here.
func (b *fn) breakTo(brk, cont *ir.Block) {
	b.brk, b.cont = brk, cont
	b.brkIn, b.contIn = b.scope, b.scope
}

func (b *fn) doLoop(x *cc.IterationStatement) {
	start, test, end := &ir.Block{}, &ir.Block{}, &ir.Block{}
	b.use(start)
	b.breakTo(end, test)
	b.stmt(x.Statement)
	b.use(test)
	b.cond(x.ExpressionList, start, end)
	b.cur = end
}

// jumpStmt lowers goto, break, continue and return.
func (b *fn) jumpStmt(x *cc.JumpStatement) {
	if x == nil {
		return
	}
	switch x.Case {
	case cc.JumpStatementGoto:
		b.jumpTo(x.Token2.SrcStr())
	case cc.JumpStatementGotoExpr:
		b.eval(x.ExpressionList)
		t := ir.Term{Kind: ir.Unreachable}
		t.Span, t.Macro = b.at(x.Token, x.Token3)
		b.seal(t)
	case cc.JumpStatementBreak:
		b.unwind(b.brkIn)
		b.jump(b.orHere(b.brk))
	case cc.JumpStatementContinue:
		b.unwind(b.contIn)
		b.jump(b.orHere(b.cont))
	case cc.JumpStatementReturn:
		b.returnStmt(x)
	}
}

// orHere guards against a break or continue outside of any loop.
func (b *fn) orHere(to *ir.Block) *ir.Block {
	if to == nil {
		return &ir.Block{Term: ir.Term{Kind: ir.Unreachable}}
	}
	return to
}

// returnStmt lowers return; a conditional expression returns from both arms.
func (b *fn) returnStmt(x *cc.JumpStatement) {
	t := ir.Term{Kind: ir.Return}
	t.Span, t.Macro = b.at(x.Token, x.Token2)
	b.returnValue(x.ExpressionList, t)
}

func (b *fn) returnValue(e cc.ExpressionNode, t ir.Term) {
	b.enter()
	defer b.leave()
	switch x := uncast(e).(type) {
	case nil:
		b.sealReturn(t)
		return
	case *cc.ConditionalExpression:
		b.arms(x, func(arm cc.ExpressionNode, v *ir.Operand) {
			if v != nil {
				t := t
				t.X = *v
				b.sealReturn(t)
				return
			}
			b.returnValue(arm, t)
		})
		return
	case *cc.ExpressionList:
		b.returnValue(b.comma(x), t)
		return
	case *cc.LogicalAndExpression, *cc.LogicalOrExpression:
		b.returnTruth(x, t)
		return
	}
	if b.f.Result.Kind == ir.Void { // return f(); in a void function
		b.effect(e)
	} else {
		t.X = b.value(e)
	}
	b.sealReturn(t)
}

// returnTruth returns 1 or 0.
func (b *fn) returnTruth(e cc.ExpressionNode, t ir.Term) {
	yes, no := &ir.Block{}, &ir.Block{}
	b.cond(e, yes, no)
	for i, to := range []*ir.Block{no, yes} {
		b.cur = to
		t.X = constant(int64(i), intType)
		b.sealReturn(t)
	}
}

// label returns the block of a label, which may not have been seen yet.
func (b *fn) label(name string) *ir.Block {
	l := b.labels[name]
	if l == nil {
		l = &ir.Block{Term: ir.Term{Kind: ir.Unreachable}}
		b.labels[name] = l
	}
	return l
}

// labeled lowers labels and cases. Runs of labels are followed in a loop.
func (b *fn) labeled(x *cc.LabeledStatement) {
	for x != nil {
		switch x.Case {
		case cc.LabeledStatementLabel:
			b.use(b.label(x.Token.SrcStr()))
			b.mark(x.Token.SrcStr())
		default:
			if b.sw != nil {
				b.caseLabel(x)
			}
		}
		if x.Statement == nil || x.Statement.Case != cc.StatementLabeled {
			b.stmt(x.Statement)
			return
		}
		x = x.Statement.LabeledStatement
	}
}

// statementExpr lowers ({ ... }). Its value is that of the last statement, put
// into dst if that is not nil.
func (b *fn) statementExpr(x *cc.CompoundStatement, dst *ir.Place, whole cc.ExpressionNode) ir.Operand {
	v := opaque("", voidType)
	if x == nil {
		return v
	}
	outer := b.scope
	b.scope = newScope(outer)
	for l := x.BlockItemList; l != nil; l = l.BlockItemList {
		e := lastExpr(l)
		switch {
		case e == nil:
			b.item(l.BlockItem)
		case dst != nil:
			b.valueTo(*dst, e, whole)
		case whole != nil:
			v = b.value(e)
		default:
			b.effect(e)
		}
	}
	if len(b.scope.cleanups) > 0 {
		v = b.before(v)
		b.runCleanups(b.scope, 0)
	}
	b.scope = outer
	return v
}

// lastExpr returns the expression of l if it is the last statement of a list.
func lastExpr(l *cc.BlockItemList) cc.ExpressionNode {
	if l.BlockItemList != nil || l.BlockItem == nil || l.BlockItem.Case != cc.BlockItemStmt {
		return nil
	}
	s := l.BlockItem.Statement
	if s == nil || s.Case != cc.StatementExpr || s.ExpressionStatement == nil {
		return nil
	}
	return s.ExpressionStatement.ExpressionList
}
