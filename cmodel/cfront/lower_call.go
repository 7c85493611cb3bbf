package cfront

import (
	"strings"

	"modernc.org/cc/v4"

	"github.com/refcheck/refcheck/cmodel/ir"
)

// takesPlace reports whether argument 0 of a function-like macro is a place
// rather than a value.
func takesPlace(name string) bool {
	return name == "Py_CLEAR" || name == "Py_SETREF" || name == "Py_XSETREF"
}

// renamed maps what the model headers write to what the user wrote.
var renamed = map[string]string{
	"__rc_allow_threads_begin": "Py_BEGIN_ALLOW_THREADS",
	"__rc_allow_threads_end":   "Py_END_ALLOW_THREADS",

	"__rc_critical_section_begin":       "Py_BEGIN_CRITICAL_SECTION",
	"__rc_critical_section2_begin":      "Py_BEGIN_CRITICAL_SECTION2",
	"__rc_critical_section_mutex_begin": "Py_BEGIN_CRITICAL_SECTION_MUTEX",
	"__rc_critical_section_end":         "Py_END_CRITICAL_SECTION",

	"__rc_trashcan_begin":           "Py_TRASHCAN_BEGIN",
	"__rc_trashcan_begin_condition": "Py_TRASHCAN_BEGIN_CONDITION",
	"__rc_trashcan_safe_begin":      "Py_TRASHCAN_SAFE_BEGIN",
	"__rc_trashcan_end":             "Py_TRASHCAN_END",
}

// neverReturns lists functions that do not return, wherever they are declared.
var neverReturns = map[string]bool{
	"abort": true, "exit": true, "_exit": true, "_Exit": true, "quick_exit": true,
	"Py_FatalError": true, "_Py_FatalErrorFunc": true, "_Py_FatalErrorFormat": true,
	"Py_UNREACHABLE": true, "__builtin_unreachable": true, "__builtin_trap": true,
	"__builtin_abort": true, "__rc_assert_fail": true, "__assert_fail": true,
	"longjmp": true, "siglongjmp": true, "_longjmp": true, "Py_Exit": true,
	"Py_ExitStatusException": true, "PyThread_exit_thread": true,
}

// A callee is what a call calls.
type callee struct {
	name   string // direct
	sym    *symbol
	expr   cc.ExpressionNode // indirect
	result *ir.Type          // from a cast of the function, or nil
}

// callee takes parentheses, casts and the redundant & and * off a called
// expression.
func (b *fn) callee(e cc.ExpressionNode) callee {
	var c callee
	for {
		switch x := unwrap(e).(type) {
		case *cc.CastExpression:
			if c.result == nil {
				c.result = funcResult(b.ty.typeName(x.TypeName, b.scope))
			}
			e = x.CastExpression
			continue
		case *cc.UnaryExpression:
			if x.Case == cc.UnaryExpressionAddrof || x.Case == cc.UnaryExpressionDeref && b.plainDeref(x) {
				e = x.CastExpression
				continue
			}
			c.expr = x
		case *cc.PrimaryExpression:
			if x.Case == cc.PrimaryExpressionIdent {
				c.sym = b.scope.lookup(x.Token.Src())
				if c.sym == nil || c.sym.kind != symVar {
					c.name = x.Token.SrcStr()
					return c
				}
			}
			c.expr = x
		default:
			c.expr = x
		}
		return c
	}
}

// plainDeref reports whether *e calls e itself, e being a function pointer.
func (b *fn) plainDeref(x *cc.UnaryExpression) bool {
	t := b.ty.typeOf(x.CastExpression, b.scope)
	return !(t.IsPtr() && elem(t).Kind == ir.Pointer)
}

// funcResult is the result of calling a value of type t, or nil.
func funcResult(t *ir.Type) *ir.Type {
	if t != nil && t.Kind == ir.Pointer {
		t = t.Elem
	}
	if t != nil && t.Kind == ir.FuncType {
		return elem(t)
	}
	return nil
}

// call emits a call. The result goes to dst, or to a temporary if only its
// value is wanted.
func (b *fn) call(x *cc.PostfixExpression, dst *ir.Place, want bool) ir.Operand {
	c := b.callee(x.PostfixExpression)
	if v, ok := b.builtin(c.name, x); ok {
		return v
	}
	in := ir.Instr{Op: ir.Call, Fn: c.name}
	if n := renamed[c.name]; n != "" {
		in.Fn = n
	}
	if c.name == "" {
		in.X = b.value(c.expr)
	}
	for l := x.ArgumentExpressionList; l != nil; l = l.ArgumentExpressionList {
		if len(in.Args) == 0 && takesPlace(in.Fn) {
			in.Args = append(in.Args, b.addr(b.place(uncast(l.AssignmentExpression))))
			continue
		}
		in.Args = append(in.Args, b.value(l.AssignmentExpression))
	}
	t := b.resultType(&c, &in)
	if want {
		if t.Kind == ir.Void {
			t = unknownType // the value is used, so the declaration is wrong
		}
		in.Dst = b.target(dst, t)
	}
	in.Span, in.Macro = b.at(firstToken(x), x.Token2)
	b.emit(in)
	if neverReturns[c.name] || c.sym != nil && c.sym.noreturn {
		b.seal(ir.Term{Kind: ir.Unreachable, Span: in.Span, Macro: in.Macro})
	}
	if in.Dst.Base == nil {
		return opaque("", t)
	}
	v := b.load(in.Dst)
	if dst == nil {
		v.Type = t
	}
	return v
}

// resultType types a call: by the cast of its function, the user's
// declaration, the table of known functions, the model's declaration.
func (b *fn) resultType(c *callee, in *ir.Instr) *ir.Type {
	if c.result != nil {
		return c.result
	}
	if c.name == "" {
		if t := funcResult(in.X.Type); t != nil {
			return t
		}
		return unknownType
	}
	if c.sym != nil && c.sym.kind == symFunc && !c.sym.model {
		return elem(c.sym.typ)
	}
	if b.returnsOf != nil {
		if t := b.returnsOf(c.name); t != nil {
			return t
		}
	}
	if c.sym != nil && c.sym.kind == symFunc {
		return elem(c.sym.typ)
	}
	return unknownType
}

// builtin handles compiler builtins that are not calls at heart.
func (b *fn) builtin(name string, x *cc.PostfixExpression) (ir.Operand, bool) {
	if !strings.HasPrefix(name, "__") && name != "offsetof" {
		return ir.Operand{}, false
	}
	args := x.ArgumentExpressionList
	switch name {
	case "__builtin_expect", "__builtin_expect_with_probability", "__builtin_assume_aligned":
		if args != nil {
			return b.value(args.AssignmentExpression), true
		}
	case "__builtin_constant_p":
		return constant(0, intType), true
	case "__builtin_offsetof", "offsetof", "__rc_offsetof":
		return opaque("offsetof", ulongType), true
	case "__builtin_va_arg_impl", "__builtin_va_arg", "__rc_va_arg":
		return opaque("va_arg", voidPtr), true
	case "__builtin_object_size":
		return opaque("", ulongType), true
	}
	return ir.Operand{}, false
}

// vaArg reports whether x is an expanded va_arg, *(T *)impl(list), and its type.
func (b *fn) vaArg(x *cc.UnaryExpression) (*ir.Type, bool) {
	if x.Case != cc.UnaryExpressionDeref {
		return nil, false
	}
	call, ok := uncast(x.CastExpression).(*cc.PostfixExpression)
	if !ok || call.Case != cc.PostfixExpressionCall {
		return nil, false
	}
	tok, _ := identifier(unwrap(call.PostfixExpression))
	if string(tok.Src()) != "__builtin_va_arg_impl" {
		return nil, false
	}
	return elem(b.ty.typeOf(x.CastExpression, b.scope)), true
}
