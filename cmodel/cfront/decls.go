package cfront

import (
	"bytes"

	"modernc.org/cc/v4"

	"github.com/refcheck/refcheck/cmodel/ir"
)

// A declSpec is what the specifiers of a declaration say.
type declSpec struct {
	typ      *ir.Type
	typedef  bool
	extern   bool
	static   bool
	noreturn bool
	cleanup  string // function to call when the variable goes out of scope

	long, short, unsigned, char, float bool
	basic                              bool // some arithmetic keyword was seen
}

// specifiers resolves declaration specifiers.
func (ty *typer) specifiers(l *cc.DeclarationSpecifiers, sc *scope) declSpec {
	var s declSpec
	for ; l != nil; l = l.DeclarationSpecifiers {
		switch l.Case {
		case cc.DeclarationSpecifiersStorage:
			s.storage(l.StorageClassSpecifier)
		case cc.DeclarationSpecifiersTypeSpec:
			ty.typeSpec(&s, l.TypeSpecifier, sc)
		case cc.DeclarationSpecifiersFunc:
			if f := l.FunctionSpecifier; f != nil && f.Case == cc.FunctionSpecifierNoreturn {
				s.noreturn = true
			}
		case cc.DeclarationSpecifiersTypeQual:
			if l.TypeQualifier != nil {
				s.attributes(l.TypeQualifier.AttributeSpecifierList)
			}
		}
		s.attributes(l.AttributeSpecifierList)
	}
	s.finish()
	return s
}

func (s *declSpec) attributes(l *cc.AttributeSpecifierList) {
	if l == nil {
		return
	}
	if noreturnAttr(l) {
		s.noreturn = true
	}
	if fn := cleanupAttr(l); fn != "" {
		s.cleanup = fn
	}
}

// qualifiers resolves the specifiers of a member or a type name.
func (ty *typer) qualifiers(l *cc.SpecifierQualifierList, sc *scope) *ir.Type {
	var s declSpec
	for ; l != nil; l = l.SpecifierQualifierList {
		if l.Case == cc.SpecifierQualifierListTypeSpec {
			ty.typeSpec(&s, l.TypeSpecifier, sc)
		}
	}
	s.finish()
	return s.typ
}

// typeName resolves the type of a cast, sizeof or compound literal.
func (ty *typer) typeName(n *cc.TypeName, sc *scope) *ir.Type {
	if n == nil {
		return unknownType
	}
	return ty.abstract(n.AbstractDeclarator, ty.qualifiers(n.SpecifierQualifierList, sc), sc)
}

func (s *declSpec) storage(n *cc.StorageClassSpecifier) {
	if n == nil {
		return
	}
	switch n.Case {
	case cc.StorageClassSpecifierTypedef:
		s.typedef = true
	case cc.StorageClassSpecifierExtern:
		s.extern = true
	case cc.StorageClassSpecifierStatic:
		s.static = true
	}
}

// typeSpec adds one type specifier to s.
func (ty *typer) typeSpec(s *declSpec, n *cc.TypeSpecifier, sc *scope) {
	if n == nil {
		return
	}
	switch n.Case {
	case cc.TypeSpecifierVoid:
		s.typ = voidType
	case cc.TypeSpecifierBool:
		s.typ = boolType
	case cc.TypeSpecifierStructOrUnion:
		s.typ = ty.structSpec(n.StructOrUnionSpecifier, sc)
	case cc.TypeSpecifierEnum:
		s.typ = ty.enumSpec(n.EnumSpecifier, sc)
	case cc.TypeSpecifierTypeName:
		s.typ = ty.named(n.Token.Src(), sc)
	case cc.TypeSpecifierTypeofExpr:
		s.typ = ty.typeOf(n.ExpressionList, sc)
	case cc.TypeSpecifierTypeofType:
		s.typ = ty.typeName(n.TypeName, sc)
	case cc.TypeSpecifierAtomic:
		if n.AtomicTypeSpecifier != nil {
			s.typ = ty.typeName(n.AtomicTypeSpecifier.TypeName, sc)
		}
	default:
		s.arithmetic(n.Case)
	}
}

// arithmetic notes a keyword of an arithmetic type.
func (s *declSpec) arithmetic(c cc.TypeSpecifierCase) {
	s.basic = true
	switch c {
	case cc.TypeSpecifierChar:
		s.char = true
	case cc.TypeSpecifierShort:
		s.short = true
	case cc.TypeSpecifierLong, cc.TypeSpecifierInt128:
		s.long = true
	case cc.TypeSpecifierUnsigned:
		s.unsigned = true
	case cc.TypeSpecifierUint128:
		s.long, s.unsigned = true, true
	case cc.TypeSpecifierInt, cc.TypeSpecifierSigned:
	default:
		s.float = true
	}
}

// finish settles the type once all specifiers are known.
func (s *declSpec) finish() {
	if s.typ != nil {
		return
	}
	pick := func(signed, unsigned *ir.Type) *ir.Type {
		if s.unsigned {
			return unsigned
		}
		return signed
	}
	switch {
	case s.float:
		s.typ = doubleType
	case s.char:
		s.typ = pick(charType, ucharType)
	case s.short:
		s.typ = pick(shortType, ushortType)
	case s.long:
		s.typ = pick(longType, ulongType)
	default:
		s.typ = pick(intType, uintType) // also the implicit int of old C
	}
}

// named resolves a typedef name.
func (ty *typer) named(name []byte, sc *scope) *ir.Type {
	if sym := sc.lookup(name); sym != nil && sym.kind == symType {
		return sym.typ
	}
	if in := ty.byName[string(name)]; in != nil {
		return in.typ
	}
	t := ty.newStruct("", ty.file)
	t.Name, t.Object = string(name), looksObject(string(name))
	ty.byName[t.Name] = ty.structs[t]
	return t
}

// declarator applies a declarator to the base type and returns the name's
// token and the declared type.
func (ty *typer) declarator(d *cc.Declarator, base *ir.Type, sc *scope) (cc.Token, *ir.Type) {
	if d == nil {
		return cc.Token{}, base
	}
	t := ty.pointers(d.Pointer, base)
	for dd := d.DirectDeclarator; dd != nil; dd = dd.DirectDeclarator {
		switch dd.Case {
		case cc.DirectDeclaratorIdent:
			return dd.Token, t
		case cc.DirectDeclaratorDecl:
			return ty.declarator(dd.Declarator, t, sc)
		case cc.DirectDeclaratorFuncParam, cc.DirectDeclaratorFuncIdent:
			t = &ir.Type{Kind: ir.FuncType, Elem: t}
		default:
			t = ty.arrayOf(t, ty.length(dd.AssignmentExpression, sc))
		}
	}
	return cc.Token{}, t
}

func (ty *typer) pointers(p *cc.Pointer, t *ir.Type) *ir.Type {
	for ; p != nil; p = p.Pointer {
		t = ty.ptrTo(t)
	}
	return t
}

// length evaluates an array bound; -1 means unknown.
func (ty *typer) length(e cc.ExpressionNode, sc *scope) int64 {
	if n, ok := ty.constant(e, sc); ok {
		return n
	}
	return -1
}

// abstract applies an abstract declarator to the base type.
func (ty *typer) abstract(d *cc.AbstractDeclarator, base *ir.Type, sc *scope) *ir.Type {
	if d == nil {
		return base
	}
	t := ty.pointers(d.Pointer, base)
	for dd := d.DirectAbstractDeclarator; dd != nil; dd = dd.DirectAbstractDeclarator {
		switch dd.Case {
		case cc.DirectAbstractDeclaratorDecl:
			return ty.abstract(dd.AbstractDeclarator, t, sc)
		case cc.DirectAbstractDeclaratorFunc:
			t = &ir.Type{Kind: ir.FuncType, Elem: t}
		default:
			t = ty.arrayOf(t, ty.length(dd.AssignmentExpression, sc))
		}
	}
	return t
}

// funcDeclarator returns the part of d that holds the parameters of the
// declared function, which is the one nearest to the name.
func funcDeclarator(d *cc.Declarator) *cc.DirectDeclarator {
	var found *cc.DirectDeclarator
	for d != nil {
		dd := d.DirectDeclarator
		d = nil
		for ; dd != nil; dd = dd.DirectDeclarator {
			switch dd.Case {
			case cc.DirectDeclaratorFuncParam, cc.DirectDeclaratorFuncIdent:
				found = dd
			case cc.DirectDeclaratorDecl:
				d = dd.Declarator
			}
		}
	}
	return found
}

// noreturnAttr reports whether an attribute list has noreturn in it.
func noreturnAttr(l *cc.AttributeSpecifierList) bool {
	for ; l != nil; l = l.AttributeSpecifierList {
		if l.AttributeSpecifier == nil {
			continue
		}
		for v := l.AttributeSpecifier.AttributeValueList; v != nil; v = v.AttributeValueList {
			if v.AttributeValue == nil {
				continue
			}
			src := bytes.Trim(v.AttributeValue.Token.Src(), "_")
			if string(src) == "noreturn" || string(src) == "Noreturn" {
				return true
			}
		}
	}
	return false
}

// declare declares everything that d declares in sc, as file-scope names are:
// variables get no ir.Var. It calls each for every variable (with its
// initializer, or nil).
func (ty *typer) declare(d *cc.Declaration, sc *scope, model bool, each func(s *declSpec, id *cc.InitDeclarator, name cc.Token, t *ir.Type)) {
	if d == nil || d.Case != cc.DeclarationDecl {
		return
	}
	s := ty.specifiers(d.DeclarationSpecifiers, sc)
	attr := noreturnAttr(d.AttributeSpecifierList)
	if fn := cleanupAttr(d.AttributeSpecifierList); fn != "" {
		s.cleanup = fn
	}
	for l := d.InitDeclaratorList; l != nil; l = l.InitDeclaratorList {
		id := l.InitDeclarator
		if id == nil || id.Declarator == nil {
			continue
		}
		name, t := ty.declarator(id.Declarator, s.typ, sc)
		switch {
		case s.typedef:
			ty.typedef(name.SrcStr(), t, sc)
		case t.Kind == ir.FuncType:
			nr := s.noreturn || attr || noreturnAttr(id.AttributeSpecifierList) || noreturnAttr(l.AttributeSpecifierList)
			declareFunc(sc, name.SrcStr(), t, nr, model)
		default:
			each(&s, id, name, t)
		}
	}
}

// declareFunc declares a function; noreturn sticks once it was said.
func declareFunc(sc *scope, name string, t *ir.Type, noreturn, model bool) {
	if old := sc.names[name]; old != nil && old.kind == symFunc {
		noreturn = noreturn || old.noreturn
		model = model && old.model
	}
	sc.declare(name, &symbol{kind: symFunc, typ: t, noreturn: noreturn, model: model})
}

// typedef declares a typedef name. A typedef the prelude made up for an
// unknown name gives way to a real one.
func (ty *typer) typedef(name string, t *ir.Type, sc *scope) {
	if old := sc.names[name]; old != nil && old.kind == symType && isSynthetic(t) {
		return
	}
	sc.declare(name, &symbol{kind: symType, typ: ty.rename(t, name)})
}

// isSynthetic reports whether t is an opaque struct the prelude made up.
func isSynthetic(t *ir.Type) bool {
	return t.Kind == ir.StructType && len(t.Name) > 5 && t.Name[:5] == "__rc_"
}
