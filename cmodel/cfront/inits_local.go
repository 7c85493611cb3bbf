package cfront

import (
	"modernc.org/cc/v4"

	"github.com/refcheck/refcheck/cmodel/ir"
)

// maxZeros bounds the assignments made for elements an initializer leaves out.
const maxZeros = 64

// localDecl lowers a declaration in a function.
func (b *fn) localDecl(d *cc.Declaration) {
	if d != nil && d.Case == cc.DeclarationAuto {
		b.autoDecl(d)
		return
	}
	b.ty.declare(d, b.scope, false, func(s *declSpec, id *cc.InitDeclarator, name cc.Token, t *ir.Type) {
		b.local(s, id, name, b.openArray(t, id))
	})
}

// autoDecl lowers `__auto_type x = e;`.
func (b *fn) autoDecl(d *cc.Declaration) {
	name := d.Declarator.NameTok()
	t := unknownType
	if d.Initializer != nil && d.Initializer.Case == cc.InitializerExpr {
		t = b.ty.decay(b.ty.typeOf(d.Initializer.AssignmentExpression, b.scope))
	}
	b.local(&declSpec{}, &cc.InitDeclarator{Declarator: d.Declarator, Initializer: d.Initializer}, name, t)
}

// local declares one variable of a function.
func (b *fn) local(s *declSpec, id *cc.InitDeclarator, name cc.Token, t *ir.Type) {
	text := name.SrcStr()
	switch {
	case text == "__func__":
		return // put in by the parser
	case s.extern:
		b.scope.declare(text, &symbol{kind: symVar, typ: t})
		return
	}
	if s.static {
		b.newVar(text, ir.Static, t, b.sp.pos(name))
		if id.Initializer != nil {
			b.addGlobal(b.f.Name+"."+text, true, id, name, t, b.scope)
		}
		return
	}
	v := b.newVar(text, ir.Local, t, b.sp.pos(name))
	p := ir.Place{Base: v, Type: t}
	if id.Initializer == nil {
		span, macro := b.at(name, name)
		b.emit(ir.Instr{Op: ir.Declare, Dst: p, Span: span, Macro: macro})
	} else {
		b.initVar(p, id, name)
	}
	b.attach(v, cleanupOf(s, id), name)
}

// initVar assigns the initializer of a local variable.
func (b *fn) initVar(p ir.Place, id *cc.InitDeclarator, name cc.Token) {
	if id.Initializer.Case == cc.InitializerExpr {
		n := len(b.cur.Instrs)
		e := id.Initializer.AssignmentExpression
		b.valueTo(p, e, e)
		b.widen(n, name, e)
		return
	}
	b.initTo(p, b.ty.initTree(p.Type, id.Initializer, b.scope))
}

// widen lets a single Copy made by a declaration span the declarator as well.
func (b *fn) widen(n int, name cc.Token, e cc.ExpressionNode) {
	if len(b.cur.Instrs) == n+1 {
		if in := &b.cur.Instrs[n]; in.Op == ir.Copy {
			in.Span, in.Macro = b.at(name, lastToken(e))
		}
	}
}

// initPlace assigns the items of a brace list to p, for compound literals.
func (b *fn) initPlace(p ir.Place, l *cc.InitializerList) {
	n := &initNode{typ: p.Type, list: true}
	if scalar(p.Type) {
		if l != nil && l.Initializer != nil && l.Initializer.Case == cc.InitializerExpr {
			b.valueTo(p, l.Initializer.AssignmentExpression, l.Initializer.AssignmentExpression)
		}
		return
	}
	r := &initReader{ty: b.ty, sc: b.scope}
	r.fill(n, &initCursor{l}, true)
	b.initTo(p, n)
}

// initTo assigns an arranged initializer to p: the values given, then null
// for the pointers that are left out.
func (b *fn) initTo(p ir.Place, n *initNode) {
	zeros := maxZeros
	b.assignInit(p, n)
	b.zeroRest(p, n, n.first, &zeros)
}

// assignInit assigns the values of n to p and what is below it.
func (b *fn) assignInit(p ir.Place, n *initNode) {
	if !n.list {
		if n.expr != nil {
			b.valueTo(p, n.expr, n.expr)
		}
		return
	}
	for _, e := range n.elems {
		b.assignInit(b.element(p, e.field, e.index, e.typ), e)
	}
}

// element is the place of a member or array element.
func (b *fn) element(p ir.Place, field string, index int, t *ir.Type) ir.Place {
	if field != "" {
		return extend(p, ir.Sel{Kind: ir.FieldSel, Name: field, Struct: p.Type.Name}, t)
	}
	if in := b.ty.info(p.Type); in != nil && in.st != nil {
		p.Type = t // an anonymous member: its own members are those of the struct
		return p
	}
	i := constant(int64(index), intType)
	return extend(p, ir.Sel{Kind: ir.Index, Index: &i}, t)
}

// zeroRest assigns null to the pointers at p for which n has no value.
func (b *fn) zeroRest(p ir.Place, n *initNode, tok cc.Token, budget *int) {
	if n != nil && !n.list || *budget <= 0 {
		return
	}
	switch p.Type.Kind {
	case ir.Pointer:
		*budget--
		span, macro := b.at(tok, tok)
		b.emit(ir.Instr{Op: ir.Copy, Dst: p, X: constant(0, voidPtr), Span: span, Macro: macro})
	case ir.Array:
		b.zeroArray(p, n, tok, budget)
	case ir.StructType:
		b.zeroStruct(p, n, tok, budget)
	}
}

func (b *fn) zeroArray(p ir.Place, n *initNode, tok cc.Token, budget *int) {
	t := elem(p.Type)
	if t.Kind == ir.Int || t.Kind == ir.Float {
		return
	}
	length := b.ty.lens[p.Type]
	for i := 0; i < int(length) && *budget > 0; i++ {
		b.zeroRest(b.element(p, "", i, t), n.at("", i), tok, budget)
	}
}

func (b *fn) zeroStruct(p ir.Place, n *initNode, tok cc.Token, budget *int) {
	in := b.ty.info(p.Type)
	if in == nil || in.st == nil {
		if n == nil || allConst(n) {
			*budget--
			span, macro := b.at(tok, tok)
			b.emit(ir.Instr{Op: ir.Copy, Dst: p, X: constant(0, intType), Span: span, Macro: macro})
		}
		return
	}
	if in.st.Union && n != nil && len(n.elems) > 0 {
		return
	}
	for i, f := range in.fields {
		b.zeroRest(b.element(p, f.name, i, f.typ), n.at(f.name, i), tok, budget)
		if in.st.Union {
			return
		}
	}
}

// at returns the node for an element, or nil if n says nothing of it.
func (n *initNode) at(field string, index int) *initNode {
	if n == nil {
		return nil
	}
	for _, e := range n.elems {
		if field != "" && e.field == field || field == "" && e.index == index {
			return e
		}
	}
	return nil
}

// allConst reports whether an initializer of unknown layout is {0} or {}.
func allConst(n *initNode) bool {
	return len(n.elems) == 0 || len(n.elems) == 1 && n.elems[0].field == "" && !n.elems[0].list
}
