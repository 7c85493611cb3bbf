package cfront

import (
	"strings"

	"modernc.org/cc/v4"

	"github.com/refcheck/refcheck/cmodel/ir"
)

// load is the value at p. Arrays decay to their address and functions to a
// reference.
func (b *fn) load(p ir.Place) ir.Operand {
	if p.Type != nil && p.Type.Kind == ir.Array {
		return ir.Operand{Kind: ir.Addr, Place: p, Type: b.ty.ptrTo(elem(p.Type))}
	}
	return ir.Operand{Kind: ir.Load, Place: p, Type: p.Type}
}

func (b *fn) addr(p ir.Place) ir.Operand {
	return ir.Operand{Kind: ir.Addr, Place: p, Type: b.ty.ptrTo(p.Type)}
}

func constant(n int64, t *ir.Type) ir.Operand { return ir.Operand{Kind: ir.Const, Int: n, Type: t} }

func opaque(text string, t *ir.Type) ir.Operand {
	return ir.Operand{Kind: ir.Opaque, Str: text, Type: t}
}

// extend returns p with one more step; paths are never shared.
func extend(p ir.Place, s ir.Sel, t *ir.Type) ir.Place {
	path := make([]ir.Sel, len(p.Path)+1)
	copy(path, p.Path)
	path[len(p.Path)] = s
	return ir.Place{Base: p.Base, Path: path, Type: t}
}

// deref is the place a pointer value points to.
func (b *fn) deref(v ir.Operand) ir.Place {
	t := elem(v.Type)
	switch v.Kind {
	case ir.Addr:
		p := v.Place
		if p.Type != nil && p.Type.Kind == ir.Array {
			zero := constant(0, intType)
			return extend(p, ir.Sel{Kind: ir.Index, Index: &zero}, t)
		}
		p.Type = t
		return p
	case ir.Load:
		return extend(v.Place, ir.Sel{Kind: ir.Deref}, t)
	}
	return extend(b.spill(v), ir.Sel{Kind: ir.Deref}, t)
}

// spill puts a value into a temporary to have a place for it.
func (b *fn) spill(v ir.Operand) ir.Place {
	if v.Kind == ir.Load {
		return v.Place
	}
	t := b.temp(v.Type)
	b.emit(ir.Instr{Op: ir.Copy, Dst: t, X: v})
	return t
}

// member is the place of a member of the struct at p.
func (b *fn) member(p ir.Place, name cc.Token) ir.Place {
	src := name.Src()
	t := b.ty.member(p.Type, src)
	s := ir.Sel{Kind: ir.FieldSel, Name: string(src)}
	if p.Type != nil && p.Type.Kind == ir.StructType {
		s.Struct = p.Type.Name
	}
	return extend(p, s, t)
}

// index is the place v[i].
func (b *fn) index(v, i ir.Operand) ir.Place {
	if !v.Type.IsPtr() && i.Type.IsPtr() {
		v, i = i, v
	}
	sel := ir.Sel{Kind: ir.Index, Index: &i}
	if v.Kind == ir.Addr && v.Place.Type != nil && v.Place.Type.Kind == ir.Array {
		return extend(v.Place, sel, elem(v.Type))
	}
	if v.Kind == ir.Addr && i.Kind == ir.Const && i.Int == 0 {
		return b.deref(v)
	}
	var p ir.Place
	if v.Kind == ir.Addr {
		p = b.temp(v.Type)
		b.emit(ir.Instr{Op: ir.Copy, Dst: p, X: v})
	} else {
		p = b.spill(v)
	}
	p = extend(p, ir.Sel{Kind: ir.Deref}, elem(v.Type))
	return extend(p, sel, elem(v.Type))
}

// place evaluates e as an lvalue. What has no place is put into a temporary.
func (b *fn) place(e cc.ExpressionNode) ir.Place {
	b.enter()
	defer b.leave()
	e = unwrap(e)
	switch x := e.(type) {
	case *cc.PrimaryExpression:
		if x.Case == cc.PrimaryExpressionIdent {
			if p, ok := b.namePlace(x.Token); ok {
				return p
			}
		}
	case *cc.PostfixExpression:
		switch x.Case {
		case cc.PostfixExpressionIndex:
			v := b.value(x.PostfixExpression)
			return b.index(v, b.value(x.ExpressionList))
		case cc.PostfixExpressionSelect:
			return b.member(b.place(x.PostfixExpression), x.Token2)
		case cc.PostfixExpressionPSelect:
			return b.member(b.deref(b.value(x.PostfixExpression)), x.Token2)
		case cc.PostfixExpressionComplit:
			return b.compound(x)
		}
	case *cc.UnaryExpression:
		switch x.Case {
		case cc.UnaryExpressionDeref:
			return b.derefExpr(x)
		case cc.UnaryExpressionInc, cc.UnaryExpressionDec:
			return b.step(x.UnaryExpression, x.Case == cc.UnaryExpressionInc, x)
		}
	case *cc.CastExpression: // an lvalue in old compilers, and under Py_CLEAR
		p := b.place(x.CastExpression)
		p.Type = b.ty.typeName(x.TypeName, b.scope)
		return p
	}
	return b.spill(b.value(e))
}

// derefExpr is the place *e; *(p + i) is the same place as p[i].
func (b *fn) derefExpr(x *cc.UnaryExpression) ir.Place {
	if op, l, r, ok := binaryParts(unwrap(x.CastExpression)); ok && op == "+" {
		p, i := b.value(l), b.value(r)
		if p.Type.IsPtr() || i.Type.IsPtr() {
			return b.index(p, i)
		}
		return b.deref(b.binary(op, p, i, nil, x))
	}
	return b.deref(b.value(x.CastExpression))
}

// compound is the place of a compound literal: a fresh local variable.
func (b *fn) compound(x *cc.PostfixExpression) ir.Place {
	t := b.ty.typeName(x.TypeName, b.scope)
	v := &ir.Var{ID: len(b.f.Vars), Name: "(literal)", Kind: ir.Local, Type: t, Pos: b.sp.pos(firstToken(x))}
	b.f.Vars = append(b.f.Vars, v)
	p := ir.Place{Base: v, Type: t}
	b.initPlace(p, x.InitializerList)
	return p
}

// namePlace is the variable a name stands for.
func (b *fn) namePlace(tok cc.Token) (ir.Place, bool) {
	sym := b.scope.lookup(tok.Src())
	if sym == nil {
		name := tok.SrcStr()
		t, ok := wellKnown(name)
		if !ok && b.guess(name) != guessVar {
			return ir.Place{}, false
		}
		return ir.Place{Base: b.globalVar(name, t), Type: t}, true
	}
	if sym.kind != symVar {
		return ir.Place{}, false
	}
	v := sym.v
	if v == nil {
		v = b.globalVar(tok.SrcStr(), sym.typ)
	}
	return ir.Place{Base: v, Type: sym.typ}, true
}

// name is the value of an identifier.
func (b *fn) name(tok cc.Token) ir.Operand {
	if p, ok := b.namePlace(tok); ok {
		return b.load(p)
	}
	return b.nameValue(b.scope.lookup(tok.Src()), tok.SrcStr())
}

// nameValue is the value of a name that is not a variable.
func (ps *pass) nameValue(sym *symbol, name string) ir.Operand {
	switch {
	case sym != nil && sym.kind == symFunc:
		return ir.Operand{Kind: ir.FuncRef, Str: name, Type: ps.ty.ptrTo(sym.typ)}
	case sym != nil && sym.kind == symEnum && sym.known:
		return constant(sym.val, sym.typ)
	case sym != nil:
		return opaque(name, sym.typ)
	case name == "__func__" || name == "__FUNCTION__" || name == "__PRETTY_FUNCTION__":
		return ir.Operand{Kind: ir.String, Str: name, Type: charPtr}
	case ps.guess(name) == guessFunc:
		return ir.Operand{Kind: ir.FuncRef, Str: name, Type: unknownType}
	}
	if n, ok := missingConstant(name); ok {
		return constant(n, intType)
	}
	return opaque(name, unknownType)
}

// A guess is what an undeclared name probably is.
type guess uint8

const (
	guessConst guess = iota
	guessVar
	guessFunc
)

// guess judges an undeclared identifier: known API functions are functions,
// names in capitals and other names of the C API are constants, the rest are
// variables.
func (ps *pass) guess(name string) guess {
	switch {
	case strings.HasPrefix(name, "__") || name == strings.ToUpper(name):
		return guessConst
	case ps.returnsOf != nil && ps.returnsOf(name) != nil:
		return guessFunc
	case strings.HasPrefix(name, "Py"), strings.HasPrefix(name, "_Py"):
		_, verb, ok := strings.Cut(strings.TrimPrefix(name, "_"), "_")
		if ok && len(verb) > 1 && isUpper(verb[0]) && !isUpper(verb[1]) && !strings.HasPrefix(name, "Py_") {
			return guessFunc // PyObject_GenericGetAttr
		}
		return guessConst // Py_tp_new
	}
	return guessVar
}

func isUpper(c byte) bool { return c >= 'A' && c <= 'Z' }

var typeObject = &ir.Type{Kind: ir.StructType, Name: "PyTypeObject", Object: true}

// wellKnown types the global objects of the C API, declared or not.
func wellKnown(name string) (*ir.Type, bool) {
	switch name {
	case "Py_None", "Py_True", "Py_False", "Py_NotImplemented", "Py_Ellipsis":
		return objectPtr, true
	}
	if strings.HasPrefix(name, "PyExc_") {
		return objectPtr, true
	}
	if strings.HasPrefix(name, "Py") && strings.HasSuffix(name, "_Type") {
		return typeObject, true
	}
	return unknownType, false
}
