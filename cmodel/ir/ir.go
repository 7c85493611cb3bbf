// Package ir is refcheck's ownership intermediate representation: what a C (or
// cgo) function does with values, after expressions, short-circuit operators,
// conditional expressions, switches and loops have been flattened to a
// control-flow graph of small instructions. It keeps the user's names, types as
// far as they matter for ownership, and the position of everything.
package ir

import "github.com/refcheck/refcheck/cmodel/source"

// A Unit is one translation unit (or Go package) after lowering.
type Unit struct {
	Path    string // the main file
	Funcs   []*Func
	Globals []*Global
	Structs map[string]*Struct // by tag, and by typedef name where there is one
	Gaps    []Gap              // functions that exist but are not in Funcs
}

// A Gap is a function that could not be lowered, and why.
type Gap struct {
	Func   string
	Pos    source.Pos
	Reason string
}

// A Struct is the layout of a struct or union, as far as it is known.
type Struct struct {
	Name   string
	Object bool // starts with PyObject_HEAD (or embeds a struct that does)
	Union  bool
	Fields []Field
}

// A Field is one member of a Struct.
type Field struct {
	Name string
	Type *Type
}

// A Global is a file-scope variable with its initializer, which is where method
// tables, type objects and module definitions are found.
type Global struct {
	Name   string
	Type   *Type
	Static bool
	Span   source.Span
	Init   *Init // nil without initializer
}

// An Init is one node of an initializer. A brace list has Elems; anything else
// is a Value. Positional elements of a known struct carry the field's name.
type Init struct {
	Field string // name of the initialized field, "" in arrays
	Index int    // position in an array, or of the field
	Elems []*Init
	Value Operand
	Span  source.Span
}

// TypeKind classifies a Type.
type TypeKind uint8

// Kinds of types. Unknown is a legitimate answer everywhere.
const (
	UnknownType TypeKind = iota
	Void
	Int // integers, enums, _Bool, char
	Float
	Pointer
	Array
	StructType // struct or union
	FuncType
)

// A Type answers only what ownership needs: object pointer, status integer,
// struct with object fields.
type Type struct {
	Kind     TypeKind
	Name     string // typedef, tag or base type name: "PyObject", "Py_ssize_t"
	Elem     *Type  // of pointers and arrays; result of functions
	Object   bool   // StructType: starts with PyObject_HEAD
	Unsigned bool
	Bool     bool // Int: _Bool
}

// IsPtr reports whether t is a pointer or decays to one.
func (t *Type) IsPtr() bool { return t != nil && (t.Kind == Pointer || t.Kind == Array) }

// IsObjectPtr reports whether t points to a Python object: PyObject *, or a
// pointer to any struct that begins with PyObject_HEAD.
func (t *Type) IsObjectPtr() bool {
	return t != nil && t.Kind == Pointer && t.Elem != nil && t.Elem.Kind == StructType && t.Elem.Object
}

// VarKind tells where a variable lives.
type VarKind uint8

// Kinds of variables.
const (
	Param VarKind = iota
	Local
	Temp   // made by lowering; assigned once per evaluation, never has its address taken
	Static // function-scope static
	Global_
)

// A Var is a variable as seen from one function. Globals get one Var in every
// function that mentions them; their Name identifies them.
type Var struct {
	ID        int // index in Func.Vars
	Name      string
	Kind      VarKind
	Type      *Type
	Pos       source.Pos
	AddrTaken bool // some instruction takes the address of the variable itself
}

// Outlives reports whether the variable is still there after the function returns.
func (v *Var) Outlives() bool { return v.Kind == Static || v.Kind == Global_ }

// A Func is a function body.
type Func struct {
	Name     string
	Span     source.Span // from the declarator to the closing brace
	Static   bool
	Variadic bool
	Params   []*Var
	Result   *Type
	Vars     []*Var   // all variables; the parameters come first
	Blocks   []*Block // Blocks[0] is the entry; Block.ID is the index here
	// Doubts names synthesized control-flow macros of missing headers that the
	// body uses: what they do is a guess, so findings here are less certain.
	Doubts []string
}

// A Block is a straight run of instructions and how it ends.
type Block struct {
	ID     int
	Instrs []Instr
	Term   Term
}

// Op is what an instruction does.
type Op uint8

// Instructions.
const (
	Declare Op = iota // Dst.Base comes into scope with an undefined value
	Copy              // Dst = X
	Unary             // Dst = Fn X          with Fn "-" or "~"
	Binary            // Dst = X Fn Y        with Fn a C operator; comparisons give 0 or 1
	Call              // [Dst =] Fn(Args...) or, when Fn is "", [Dst =] (*X)(Args...)
	Eval              // X is read and the value dropped: `(void)x;`, `x;`
)

// An Instr is one instruction.
type Instr struct {
	Op    Op
	Dst   Place // zero Base: none
	Fn    string
	X, Y  Operand
	Args  []Operand
	Span  source.Span
	Macro string // the macro the user wrote here, when this came out of its expansion
}

// TermKind is how a block ends.
type TermKind uint8

// Block endings.
const (
	Jump        TermKind = iota // to Succ[0]
	Branch                      // X Cmp Y ? Succ[0] : Succ[1]
	Return                      // X is the value, or kind NoOperand
	Unreachable                 // a noreturn call, __builtin_unreachable
)

// A Term ends a block.
type Term struct {
	Kind TermKind
	Cmp  string // "==", "!=", "<", "<=", ">", ">="
	X, Y Operand
	Succ [2]*Block
	Span source.Span // of the condition, or of the return statement
	// Macro is set as for instructions: `Py_RETURN_NONE`, `CHECK(x)`.
	Macro string
}

// SelKind is one step of an access path.
type SelKind uint8

// Steps of access paths. For a pointer p, *p, p[0] and p->f begin with Deref;
// p[i] is Deref followed by Index(i). An array member or variable is indexed
// without Deref.
const (
	Deref SelKind = iota
	FieldSel
	Index
)

// A Sel is one step of an access path.
type Sel struct {
	Kind   SelKind
	Name   string   // FieldSel: the member
	Struct string   // FieldSel: name of the struct type, "" if unknown
	Index  *Operand // Index
}

// A Place is an access path: a variable and the steps from it, such as
// self->items[i].key. The zero Place is no place.
type Place struct {
	Base *Var
	Path []Sel
	Type *Type // of what is at the place
}

// IsVar reports whether the place is a whole variable.
func (p Place) IsVar() bool { return p.Base != nil && len(p.Path) == 0 }

// OperandKind classifies an Operand.
type OperandKind uint8

// Kinds of operands.
const (
	NoOperand OperandKind = iota
	Const                 // Int; NULL is Const 0
	String                // a string literal; Str is its value
	Load                  // the value at Place
	Addr                  // the address of Place
	FuncRef               // the function named Str
	Opaque                // a value nothing is known of: a float, offsetof, ...
)

// An Operand is a value used by an instruction. Casts leave no trace but Type.
type Operand struct {
	Kind  OperandKind
	Int   int64
	Str   string
	Place Place
	Type  *Type
}
