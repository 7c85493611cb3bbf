package cfront

import (
	"strings"

	"modernc.org/cc/v4"

	"github.com/refcheck/refcheck/cmodel/ir"
)

// Basic types. They are shared by all units and never changed.
var (
	unknownType = &ir.Type{}
	voidType    = &ir.Type{Kind: ir.Void, Name: "void"}
	charType    = &ir.Type{Kind: ir.Int, Name: "char"}
	shortType   = &ir.Type{Kind: ir.Int, Name: "short"}
	intType     = &ir.Type{Kind: ir.Int, Name: "int"}
	longType    = &ir.Type{Kind: ir.Int, Name: "long"}
	ucharType   = &ir.Type{Kind: ir.Int, Name: "unsigned char", Unsigned: true}
	ushortType  = &ir.Type{Kind: ir.Int, Name: "unsigned short", Unsigned: true}
	uintType    = &ir.Type{Kind: ir.Int, Name: "unsigned int", Unsigned: true}
	ulongType   = &ir.Type{Kind: ir.Int, Name: "unsigned long", Unsigned: true}
	boolType    = &ir.Type{Kind: ir.Int, Name: "_Bool", Unsigned: true, Bool: true}
	doubleType  = &ir.Type{Kind: ir.Float, Name: "double"}
	enumType    = &ir.Type{Kind: ir.Int, Name: "int"}
	voidPtr     = &ir.Type{Kind: ir.Pointer, Elem: voidType}
	charPtr     = &ir.Type{Kind: ir.Pointer, Elem: charType}
	objectType  = &ir.Type{Kind: ir.StructType, Name: "PyObject", Object: true}
	objectPtr   = &ir.Type{Kind: ir.Pointer, Elem: objectType}
)

var basicSizes = map[*ir.Type]int64{
	charType: 1, ucharType: 1, boolType: 1, shortType: 2, ushortType: 2,
	intType: 4, uintType: 4, longType: 8, ulongType: 8, enumType: 4, doubleType: 8,
}

// A field is a member of a struct or union. An anonymous struct or union
// member has no name; its own members can be named directly.
type field struct {
	name string
	typ  *ir.Type
}

// A structInfo is the layout behind a struct type.
type structInfo struct {
	typ    *ir.Type
	st     *ir.Struct
	fields []field // with anonymous members, for initializers
}

// A typer resolves the types of one parse. It never fails: what it does not
// understand is unknownType.
type typer struct {
	file    *scope
	structs map[*ir.Type]*structInfo
	byName  map[string]*structInfo // file scope, by tag and typedef name
	ptrs    map[*ir.Type]*ir.Type
	sizes   map[*ir.Type]int64   // sizes of renamed basic types
	lens    map[*ir.Type]int64   // lengths of arrays
	enums   map[*ir.Type][]int64 // values of the constants of enums, where all are known
}

func newTyper() *typer {
	return &typer{
		file:    newScope(nil),
		structs: map[*ir.Type]*structInfo{},
		byName:  map[string]*structInfo{},
		ptrs:    map[*ir.Type]*ir.Type{},
		sizes:   map[*ir.Type]int64{},
		lens:    map[*ir.Type]int64{},
		enums:   map[*ir.Type][]int64{},
	}
}

// ptrTo returns the type of pointers to t.
func (ty *typer) ptrTo(t *ir.Type) *ir.Type {
	p := ty.ptrs[t]
	if p == nil {
		p = &ir.Type{Kind: ir.Pointer, Elem: t}
		ty.ptrs[t] = p
	}
	return p
}

// arrayOf returns a new array type; length -1 means unknown.
func (ty *typer) arrayOf(t *ir.Type, length int64) *ir.Type {
	a := &ir.Type{Kind: ir.Array, Elem: t}
	if length >= 0 {
		ty.lens[a] = length
	}
	return a
}

// decay turns arrays and functions into pointers, as C does with parameters
// and values.
func (ty *typer) decay(t *ir.Type) *ir.Type {
	switch {
	case t == nil:
		return unknownType
	case t.Kind == ir.Array:
		return ty.ptrTo(elem(t))
	case t.Kind == ir.FuncType:
		return ty.ptrTo(t)
	}
	return t
}

// elem is what t points to, is an array of, or returns.
func elem(t *ir.Type) *ir.Type {
	if t == nil || t.Elem == nil {
		return unknownType
	}
	return t.Elem
}

// sizeOf returns the size of t if it is a basic type or a pointer.
func (ty *typer) sizeOf(t *ir.Type) (int64, bool) {
	if t == nil {
		return 0, false
	}
	if t.Kind == ir.Pointer {
		return 8, true
	}
	if n, ok := basicSizes[t]; ok {
		return n, true
	}
	if n, ok := ty.sizes[t]; ok {
		return n, true
	}
	if t.Kind == ir.Array {
		n, ok := ty.lens[t]
		m, ok2 := ty.sizeOf(t.Elem)
		return n * m, ok && ok2
	}
	return 0, false
}

// info returns the layout of t, or nil. Types that did not come from this
// parse (results of known API functions) are found by name.
func (ty *typer) info(t *ir.Type) *structInfo {
	if t == nil || t.Kind != ir.StructType {
		return nil
	}
	if in := ty.structs[t]; in != nil && in.st != nil {
		return in
	}
	return ty.byName[t.Name]
}

// member returns the type of member name of struct t.
func (ty *typer) member(t *ir.Type, name []byte) *ir.Type {
	in := ty.info(t)
	if in == nil || in.st == nil {
		return unknownType
	}
	for i := range in.st.Fields {
		if f := &in.st.Fields[i]; f.Name == string(name) {
			return f.Type
		}
	}
	return unknownType
}

// rename gives t the name of a typedef. Structs keep their identity.
func (ty *typer) rename(t *ir.Type, name string) *ir.Type {
	if t == nil || t.Kind == ir.UnknownType {
		return t
	}
	if t.Kind == ir.StructType {
		ty.nameStruct(t, name)
		return t
	}
	c := *t
	c.Name = name
	if n, ok := ty.sizeOf(t); ok && t.Kind != ir.Pointer {
		ty.sizes[&c] = n
	}
	if n, ok := ty.lens[t]; ok {
		ty.lens[&c] = n
	}
	if values, ok := ty.enums[t]; ok {
		ty.enums[&c] = values
	}
	return &c
}

// nameStruct records that typedef name stands for struct t. The first typedef
// of a struct becomes its display name.
func (ty *typer) nameStruct(t *ir.Type, name string) {
	in := ty.structs[t]
	if in == nil {
		return
	}
	if prev := ty.byName[name]; prev == nil || prev.st == nil {
		ty.byName[name] = in
	}
	if sym := ty.file.names[t.Name]; sym != nil && sym.kind == symType && sym.typ == t {
		return // has a typedef name already
	}
	t.Name = name
	if in.st != nil {
		in.st.Name = name
		if headObject(in.fields) || looksObject(name) {
			t.Object, in.st.Object = true, true
		}
	} else {
		t.Object = t.Object || looksObject(name)
	}
}

// headObject reports whether a struct with these members begins as an object.
func headObject(fs []field) bool {
	if len(fs) == 0 {
		return false
	}
	if t := fs[0].typ; t != nil && t.Kind == ir.StructType && t.Object {
		return true
	}
	return fs[0].name == "ob_refcnt" || fs[0].name == "_ob_next"
}

// looksObject judges an opaque struct by its name.
func looksObject(name string) bool {
	switch name {
	case "PyObject", "_object", "PyVarObject", "PyTypeObject", "_typeobject", "PyArray_Descr":
		return true
	}
	return strings.HasPrefix(strings.TrimPrefix(name, "_"), "Py") && strings.HasSuffix(name, "Object")
}

// structSpec resolves a struct or union specifier in sc.
func (ty *typer) structSpec(n *cc.StructOrUnionSpecifier, sc *scope) *ir.Type {
	if n == nil {
		return unknownType
	}
	tag := n.Token.Src()
	if n.Case == cc.StructOrUnionSpecifierTag {
		if t := sc.lookupTag(tag); t != nil {
			return t
		}
		return ty.newStruct(string(tag), sc)
	}
	t := sc.tags[string(tag)]
	if len(tag) == 0 || t == nil || ty.structs[t].st != nil {
		t = ty.newStruct(string(tag), sc)
	}
	ty.complete(t, n, sc)
	return t
}

// newStruct makes an incomplete struct type.
func (ty *typer) newStruct(tag string, sc *scope) *ir.Type {
	t := &ir.Type{Kind: ir.StructType, Name: tag, Object: looksObject(tag)}
	in := &structInfo{typ: t}
	ty.structs[t] = in
	if tag != "" {
		sc.declareTag(tag, t)
		if sc == ty.file {
			ty.byName[tag] = in
		}
	}
	return t
}

// complete gives t the members of the definition n.
func (ty *typer) complete(t *ir.Type, n *cc.StructOrUnionSpecifier, sc *scope) {
	in := ty.structs[t]
	var fs []field
	for l := n.StructDeclarationList; l != nil; l = l.StructDeclarationList {
		fs = ty.structDecl(fs, l.StructDeclaration, sc)
	}
	in.fields = fs
	in.st = &ir.Struct{Name: t.Name, Union: n.StructOrUnion != nil && n.StructOrUnion.Case == cc.StructOrUnionUnion}
	if !in.st.Union && (headObject(fs) || looksObject(t.Name)) {
		t.Object = true
	}
	in.st.Object = t.Object
	in.st.Fields = ty.flatten(nil, fs)
}

// flatten lists members with those of anonymous structs in their place.
func (ty *typer) flatten(out []ir.Field, fs []field) []ir.Field {
	for _, f := range fs {
		if f.name != "" {
			out = append(out, ir.Field{Name: f.name, Type: f.typ})
		} else if in := ty.structs[f.typ]; in != nil && in.typ != nil {
			out = ty.flatten(out, in.fields)
		}
	}
	return out
}

// structDecl appends the members that one member declaration makes.
func (ty *typer) structDecl(fs []field, d *cc.StructDeclaration, sc *scope) []field {
	if d == nil || d.Case != cc.StructDeclarationDecl {
		return fs
	}
	base := ty.qualifiers(d.SpecifierQualifierList, sc)
	if d.StructDeclaratorList == nil {
		if base.Kind == ir.StructType {
			fs = append(fs, field{typ: base})
		}
		return fs
	}
	for l := d.StructDeclaratorList; l != nil; l = l.StructDeclaratorList {
		if l.StructDeclarator == nil || l.StructDeclarator.Declarator == nil {
			continue
		}
		name, t := ty.declarator(l.StructDeclarator.Declarator, base, sc)
		if src := name.Src(); len(src) > 0 {
			fs = append(fs, field{name: string(src), typ: t})
		}
	}
	return fs
}

// enumSpec declares the constants of an enum in sc and returns its type.
func (ty *typer) enumSpec(n *cc.EnumSpecifier, sc *scope) *ir.Type {
	if n == nil {
		return enumType
	}
	tag := n.Token2.Src()
	if n.Case != cc.EnumSpecifierDef {
		if t := sc.lookupTag(tag); t != nil && t.Kind == ir.Int {
			return t
		}
		return enumType
	}
	var values []int64
	next, known, all := int64(0), true, true
	for l := n.EnumeratorList; l != nil; l = l.EnumeratorList {
		e := l.Enumerator
		if e == nil {
			continue
		}
		if e.Case == cc.EnumeratorExpr {
			next, known = ty.constant(e.ConstantExpression, sc)
		}
		sc.declare(e.Token.SrcStr(), &symbol{kind: symEnum, typ: enumType, val: next, known: known})
		values, all = append(values, next), all && known
		next++
	}
	if !all {
		return enumType
	}
	t := *enumType
	ty.sizes[&t], ty.enums[&t] = basicSizes[enumType], values
	if len(tag) > 0 {
		sc.declareTag(string(tag), &t)
	}
	return &t
}
