package cfront

import "modernc.org/cc/v4"

// binaryParts splits a binary operation. A node that only passes its operand
// through has operator "" and the operand on the left; ok is false for nodes
// of other kinds.
func binaryParts(e cc.ExpressionNode) (op string, l, r cc.ExpressionNode, ok bool) {
	switch x := e.(type) {
	case *cc.AdditiveExpression:
		switch {
		case x == nil:
		case x.Case == cc.AdditiveExpressionMul:
			return "", x.MultiplicativeExpression, nil, true
		default:
			return choose(x.Case == cc.AdditiveExpressionAdd, "+", "-"), x.AdditiveExpression, x.MultiplicativeExpression, true
		}
	case *cc.MultiplicativeExpression:
		if x != nil {
			ops := [...]string{"", "*", "/", "%"}
			if x.Case == cc.MultiplicativeExpressionCast {
				return "", x.CastExpression, nil, true
			}
			return ops[x.Case], x.MultiplicativeExpression, x.CastExpression, true
		}
	case *cc.ShiftExpression:
		switch {
		case x == nil:
		case x.Case == cc.ShiftExpressionAdd:
			return "", x.AdditiveExpression, nil, true
		default:
			return choose(x.Case == cc.ShiftExpressionLsh, "<<", ">>"), x.ShiftExpression, x.AdditiveExpression, true
		}
	case *cc.RelationalExpression:
		if x != nil {
			ops := [...]string{"", "<", ">", "<=", ">="}
			if x.Case == cc.RelationalExpressionShift {
				return "", x.ShiftExpression, nil, true
			}
			return ops[x.Case], x.RelationalExpression, x.ShiftExpression, true
		}
	case *cc.EqualityExpression:
		switch {
		case x == nil:
		case x.Case == cc.EqualityExpressionRel:
			return "", x.RelationalExpression, nil, true
		default:
			return choose(x.Case == cc.EqualityExpressionEq, "==", "!="), x.EqualityExpression, x.RelationalExpression, true
		}
	default:
		return bitParts(e)
	}
	return "", nil, nil, true
}

// bitParts is binaryParts for & ^ and |.
func bitParts(e cc.ExpressionNode) (op string, l, r cc.ExpressionNode, ok bool) {
	switch x := e.(type) {
	case *cc.AndExpression:
		switch {
		case x == nil:
		case x.Case == cc.AndExpressionEq:
			return "", x.EqualityExpression, nil, true
		default:
			return "&", x.AndExpression, x.EqualityExpression, true
		}
	case *cc.ExclusiveOrExpression:
		switch {
		case x == nil:
		case x.Case == cc.ExclusiveOrExpressionAnd:
			return "", x.AndExpression, nil, true
		default:
			return "^", x.ExclusiveOrExpression, x.AndExpression, true
		}
	case *cc.InclusiveOrExpression:
		switch {
		case x == nil:
		case x.Case == cc.InclusiveOrExpressionXor:
			return "", x.ExclusiveOrExpression, nil, true
		default:
			return "|", x.InclusiveOrExpression, x.ExclusiveOrExpression, true
		}
	default:
		return "", nil, nil, false
	}
	return "", nil, nil, true
}

func choose(c bool, a, b string) string {
	if c {
		return a
	}
	return b
}

// unwrap strips parentheses and nodes that only pass their operand through.
// It returns nil for missing expressions, including typed nils.
func unwrap(e cc.ExpressionNode) cc.ExpressionNode {
	for e != nil {
		next, again := inner(e)
		if !again {
			return e
		}
		e = next
	}
	return nil
}

// inner returns the operand of a node that has no meaning of its own.
func inner(e cc.ExpressionNode) (cc.ExpressionNode, bool) {
	switch x := e.(type) {
	case *cc.PrimaryExpression:
		if x == nil {
			return nil, true
		}
		return x.ExpressionList, x.Case == cc.PrimaryExpressionExpr
	case *cc.PostfixExpression:
		if x == nil {
			return nil, true
		}
		return x.PrimaryExpression, x.Case == cc.PostfixExpressionPrimary
	case *cc.UnaryExpression:
		if x == nil {
			return nil, true
		}
		return x.PostfixExpression, x.Case == cc.UnaryExpressionPostfix
	case *cc.CastExpression:
		if x == nil {
			return nil, true
		}
		return x.UnaryExpression, x.Case == cc.CastExpressionUnary
	case *cc.AssignmentExpression:
		if x == nil {
			return nil, true
		}
		return x.ConditionalExpression, x.Case == cc.AssignmentExpressionCond
	case *cc.ConditionalExpression:
		if x == nil {
			return nil, true
		}
		return x.LogicalOrExpression, x.Case == cc.ConditionalExpressionLOr
	case *cc.ConstantExpression:
		if x == nil {
			return nil, true
		}
		return x.ConditionalExpression, true
	case *cc.ExpressionList:
		if x == nil {
			return nil, true
		}
		return x.AssignmentExpression, x.ExpressionList == nil
	case *cc.LogicalAndExpression:
		if x == nil {
			return nil, true
		}
		return x.InclusiveOrExpression, x.Case == cc.LogicalAndExpressionOr
	case *cc.LogicalOrExpression:
		if x == nil {
			return nil, true
		}
		return x.LogicalAndExpression, x.Case == cc.LogicalOrExpressionLAnd
	}
	if op, l, _, ok := binaryParts(e); ok && op == "" {
		return l, true
	}
	return nil, false
}

// uncast strips parentheses and casts.
func uncast(e cc.ExpressionNode) cc.ExpressionNode {
	for {
		e = unwrap(e)
		c, ok := e.(*cc.CastExpression)
		if !ok {
			return e
		}
		e = c.CastExpression
	}
}

// identifier returns the token of an expression that is just a name.
func identifier(e cc.ExpressionNode) (cc.Token, *cc.PrimaryExpression) {
	if p, ok := e.(*cc.PrimaryExpression); ok && p != nil && p.Case == cc.PrimaryExpressionIdent {
		return p.Token, p
	}
	return cc.Token{}, nil
}

// constant evaluates an integer constant expression without emitting anything.
func (ty *typer) constant(e cc.ExpressionNode, sc *scope) (int64, bool) {
	return ty.constantDepth(e, sc, 0)
}

func (ty *typer) constantDepth(e cc.ExpressionNode, sc *scope, depth int) (int64, bool) {
	if depth > 200 {
		return 0, false
	}
	depth++
	switch x := unwrap(e).(type) {
	case *cc.PrimaryExpression:
		return primaryConstant(x, sc)
	case *cc.CastExpression:
		return ty.constantDepth(x.CastExpression, sc, depth)
	case *cc.UnaryExpression:
		return ty.unaryConstant(x, sc, depth)
	case *cc.ConditionalExpression:
		c, ok := ty.constantDepth(x.LogicalOrExpression, sc, depth)
		if !ok {
			return 0, false
		}
		if c != 0 {
			return ty.constantDepth(x.ExpressionList, sc, depth)
		}
		return ty.constantDepth(x.ConditionalExpression, sc, depth)
	case *cc.LogicalAndExpression:
		l, ok := ty.constantDepth(x.LogicalAndExpression, sc, depth)
		if !ok || l == 0 {
			return 0, ok
		}
		r, ok := ty.constantDepth(x.InclusiveOrExpression, sc, depth)
		return truth(r != 0), ok
	case *cc.LogicalOrExpression:
		l, ok := ty.constantDepth(x.LogicalOrExpression, sc, depth)
		if !ok || l != 0 {
			return 1, ok
		}
		r, ok := ty.constantDepth(x.LogicalAndExpression, sc, depth)
		return truth(r != 0), ok
	case nil:
		return 0, false
	default:
		op, le, re, ok := binaryParts(x)
		if !ok {
			return 0, false
		}
		l, ok := ty.constantDepth(le, sc, depth)
		if !ok {
			return 0, false
		}
		r, ok := ty.constantDepth(re, sc, depth)
		if !ok {
			return 0, false
		}
		return fold(op, l, r)
	}
}

// missingConstant knows the constants of headers that nobody has: windows.h and
// its like.
func missingConstant(name string) (int64, bool) {
	switch name {
	case "TRUE":
		return 1, true
	case "FALSE":
		return 0, true
	}
	return 0, false
}

// primaryConstant evaluates literals and enum constants.
func primaryConstant(x *cc.PrimaryExpression, sc *scope) (int64, bool) {
	switch x.Case {
	case cc.PrimaryExpressionInt:
		return parseInt(x.Token.SrcStr())
	case cc.PrimaryExpressionChar, cc.PrimaryExpressionLChar:
		return parseChar(x.Token.SrcStr())
	case cc.PrimaryExpressionIdent:
		sym := sc.lookup(x.Token.Src())
		if sym == nil {
			return missingConstant(x.Token.SrcStr())
		}
		if sym.kind == symEnum {
			return sym.val, sym.known
		}
	}
	return 0, false
}

func (ty *typer) unaryConstant(x *cc.UnaryExpression, sc *scope, depth int) (int64, bool) {
	switch x.Case {
	case cc.UnaryExpressionPlus, cc.UnaryExpressionMinus, cc.UnaryExpressionCpl, cc.UnaryExpressionNot:
		v, ok := ty.constantDepth(x.CastExpression, sc, depth)
		switch x.Case {
		case cc.UnaryExpressionMinus:
			v = -v
		case cc.UnaryExpressionCpl:
			v = ^v
		case cc.UnaryExpressionNot:
			v = truth(v == 0)
		}
		return v, ok
	case cc.UnaryExpressionSizeofType:
		return ty.sizeOf(ty.typeName(x.TypeName, sc))
	case cc.UnaryExpressionSizeofExpr:
		if p, ok := unwrap(x.UnaryExpression).(*cc.PrimaryExpression); ok && p.Case == cc.PrimaryExpressionString {
			return int64(len(stringValue(p.Token.SrcStr()))) + 1, true
		}
		return ty.sizeOf(ty.typeOf(x.UnaryExpression, sc))
	}
	return 0, false
}

func truth(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// fold applies a binary operator to constants.
func fold(op string, l, r int64) (int64, bool) {
	switch op {
	case "+":
		return l + r, true
	case "-":
		return l - r, true
	case "*":
		return l * r, true
	case "&":
		return l & r, true
	case "|":
		return l | r, true
	case "^":
		return l ^ r, true
	case "<<":
		return l << (uint64(r) & 63), true
	case ">>":
		return l >> (uint64(r) & 63), true
	case "/", "%":
		if r == 0 || r == -1 {
			return 0, false
		}
		if op == "/" {
			return l / r, true
		}
		return l % r, true
	}
	if b, ok := compare(op, l, r); ok {
		return truth(b), true
	}
	return 0, false
}

// compare applies a comparison operator to constants.
func compare(op string, l, r int64) (result, ok bool) {
	switch op {
	case "==":
		return l == r, true
	case "!=":
		return l != r, true
	case "<":
		return l < r, true
	case "<=":
		return l <= r, true
	case ">":
		return l > r, true
	case ">=":
		return l >= r, true
	}
	return false, false
}
