package cfront

import (
	"bytes"
	"slices"

	"modernc.org/cc/v4"

	"github.com/refcheck/refcheck/cmodel/ir"
	"github.com/refcheck/refcheck/cmodel/source"
)

// A cleanup is a call that the compiler makes when a variable goes out of scope:
// PyObject *x __attribute__((cleanup(f))) ends in f(&x).
type cleanup struct {
	v    *ir.Var
	fn   string
	span source.Span // of the declaration
}

// A labelMark says how much had been declared when a label was seen.
type labelMark struct {
	in *scope
	n  int // cleanups of in
}

// attach gives a variable the cleanup that its declaration asks for.
func (b *fn) attach(v *ir.Var, fn string, name cc.Token) {
	if fn == "" {
		return
	}
	b.cleans = true
	b.scope.cleanups = append(b.scope.cleanups, cleanup{v, fn, b.sp.span(name, name)})
}

// runCleanups calls the cleanups of sc from the n-th on, latest first.
func (b *fn) runCleanups(sc *scope, n int) {
	for _, c := range slices.Backward(sc.cleanups[n:]) {
		b.emit(ir.Instr{Op: ir.Call, Fn: c.fn, Args: []ir.Operand{b.addr(ir.Place{Base: c.v, Type: c.v.Type})}, Span: c.span})
	}
}

// unwind calls the cleanups of all scopes inside of to; nil stands for the
// function.
func (b *fn) unwind(to *scope) {
	if !b.cleans {
		return
	}
	for sc := b.scope; sc != nil && sc != to; sc = sc.parent {
		b.runCleanups(sc, 0)
	}
}

// sealReturn ends the function. What is returned is read before the cleanups.
func (b *fn) sealReturn(t ir.Term) {
	if b.cleans && t.X.Kind != ir.NoOperand {
		t.X = b.before(t.X)
	}
	b.unwind(nil)
	b.seal(t)
}

// before reads a value now rather than when it is used.
func (b *fn) before(v ir.Operand) ir.Operand {
	if v.Kind != ir.Load || v.Type != nil && v.Type.Kind == ir.StructType {
		return v
	}
	t := b.temp(v.Type)
	b.emit(ir.Instr{Op: ir.Copy, Dst: t, X: v})
	return b.load(t)
}

// jumpTo lowers goto.
func (b *fn) jumpTo(name string) {
	if b.cleans {
		around := b.around(name)
		for sc := b.scope; sc != nil; sc = sc.parent {
			if sc.body != nil && slices.Contains(around, sc.body) {
				if m := b.marks[name]; m.in == sc {
					b.runCleanups(sc, m.n)
				}
				break
			}
			b.runCleanups(sc, 0)
		}
	}
	b.jump(b.label(name))
}

// mark notes what has been declared in front of a label.
func (b *fn) mark(name string) {
	if b.marks == nil {
		b.marks = map[string]labelMark{}
	}
	b.marks[name] = labelMark{b.scope, len(b.scope.cleanups)}
}

// around lists the compound statements that a label stands in.
func (b *fn) around(name string) []*cc.CompoundStatement {
	if b.labelIn == nil {
		b.labelIn = map[string][]*cc.CompoundStatement{}
		b.findLabels(&cc.Statement{Case: cc.StatementCompound, CompoundStatement: b.body}, nil)
	}
	return b.labelIn[name]
}

func (b *fn) findLabels(s *cc.Statement, around []*cc.CompoundStatement) {
	b.enter()
	defer b.leave()
	if s == nil {
		return
	}
	switch s.Case {
	case cc.StatementLabeled:
		if l := s.LabeledStatement; l != nil {
			if l.Case == cc.LabeledStatementLabel {
				b.labelIn[l.Token.SrcStr()] = around
			}
			b.findLabels(l.Statement, around)
		}
	case cc.StatementCompound:
		if s.CompoundStatement == nil {
			return
		}
		around = append(slices.Clip(around), s.CompoundStatement)
		for l := s.CompoundStatement.BlockItemList; l != nil; l = l.BlockItemList {
			if l.BlockItem != nil && l.BlockItem.Case == cc.BlockItemStmt {
				b.findLabels(l.BlockItem.Statement, around)
			}
		}
	case cc.StatementSelection:
		if x := s.SelectionStatement; x != nil {
			b.findLabels(x.Statement, around)
			b.findLabels(x.Statement2, around)
		}
	case cc.StatementIteration:
		if x := s.IterationStatement; x != nil {
			b.findLabels(x.Statement, around)
		}
	}
}

// cleanupAttr returns the function named by a cleanup attribute, or "".
func cleanupAttr(l *cc.AttributeSpecifierList) string {
	for ; l != nil; l = l.AttributeSpecifierList {
		if l.AttributeSpecifier == nil {
			continue
		}
		for v := l.AttributeSpecifier.AttributeValueList; v != nil; v = v.AttributeValueList {
			a := v.AttributeValue
			if a == nil || a.Case != cc.AttributeValueExpr || a.ArgumentExpressionList == nil {
				continue
			}
			if string(bytes.Trim(a.Token.Src(), "_")) != "cleanup" {
				continue
			}
			if tok, id := identifier(uncast(a.ArgumentExpressionList.AssignmentExpression)); id != nil {
				return tok.SrcStr()
			}
		}
	}
	return ""
}

// cleanupOf returns the cleanup function of one declared variable, or "".
func cleanupOf(s *declSpec, id *cc.InitDeclarator) string {
	if fn := cleanupAttr(id.AttributeSpecifierList); fn != "" {
		return fn
	}
	for p := id.Declarator.Pointer; p != nil; p = p.Pointer {
		for q := p.TypeQualifiers; q != nil; q = q.TypeQualifiers {
			if q.TypeQualifier == nil {
				continue
			}
			if fn := cleanupAttr(q.TypeQualifier.AttributeSpecifierList); fn != "" {
				return fn
			}
		}
	}
	return s.cleanup
}
