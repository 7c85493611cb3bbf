package ir

import (
	"bytes"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// String prints the type roughly as C would, with "?" for the unknown.
func (t *Type) String() string {
	if t == nil {
		return "?"
	}
	if t.Name != "" {
		return t.Name
	}
	switch t.Kind {
	case Void:
		return "void"
	case Int:
		return "int"
	case Float:
		return "double"
	case Pointer:
		if s := t.Elem.String(); strings.HasSuffix(s, "*") {
			return s + "*"
		} else {
			return s + " *"
		}
	case Array:
		return t.Elem.String() + "[]"
	case StructType:
		return "struct"
	case FuncType:
		return t.Elem.String() + "()"
	}
	return "?"
}

// String is the name the user gave the variable; temporaries print as %n.
func (v *Var) String() string {
	if v == nil {
		return "<nil>"
	}
	if v.Name == "" {
		return "%" + strconv.Itoa(v.ID)
	}
	return v.Name
}

// String prints the place as C: self->items[i].key, *out.
func (p Place) String() string {
	if p.Base == nil {
		return ""
	}
	s := p.Base.String()
	prefix := false // s begins with an unparenthesized *
	for i := 0; i < len(p.Path); i++ {
		sel := p.Path[i]
		if sel.Kind == Deref {
			if i+1 < len(p.Path) && p.Path[i+1].Kind != Deref {
				i++
				s = parens(s, prefix) + afterDeref(p.Path[i])
				prefix = false
				continue
			}
			s, prefix = "*"+s, true
			continue
		}
		s = parens(s, prefix) + direct(sel)
		prefix = false
	}
	return s
}

func parens(s string, need bool) string {
	if need {
		return "(" + s + ")"
	}
	return s
}

// afterDeref prints a step that follows a Deref: the two make one C operator.
func afterDeref(s Sel) string {
	if s.Kind == FieldSel {
		return "->" + s.Name
	}
	return direct(s)
}

func direct(s Sel) string {
	switch s.Kind {
	case FieldSel:
		return "." + s.Name
	case Index:
		if s.Index == nil {
			return "[?]"
		}
		return "[" + s.Index.String() + "]"
	}
	return "?"
}

// String prints the operand as C would; opaque values print as their text or "?".
func (o Operand) String() string {
	switch o.Kind {
	case NoOperand:
		return ""
	case Const:
		return strconv.FormatInt(o.Int, 10)
	case String:
		return strconv.Quote(o.Str)
	case Load:
		return o.Place.String()
	case Addr:
		return "&" + o.Place.String()
	case FuncRef:
		return "@" + o.Str
	}
	if o.Str != "" {
		return "?" + o.Str
	}
	return "?"
}

// String prints the instruction without its position.
func (in *Instr) String() string {
	dst := ""
	if in.Dst.Base != nil {
		dst = in.Dst.String() + " = "
	}
	switch in.Op {
	case Declare:
		return "declare " + in.Dst.String() + " " + in.Dst.Base.Type.String()
	case Copy:
		return dst + in.X.String()
	case Unary:
		return dst + in.Fn + in.X.String()
	case Binary:
		return dst + in.X.String() + " " + in.Fn + " " + in.Y.String()
	case Eval:
		return "eval " + in.X.String()
	}
	fn := in.Fn
	if fn == "" {
		fn = "(*" + in.X.String() + ")"
	}
	args := make([]string, len(in.Args))
	for i, a := range in.Args {
		args[i] = a.String()
	}
	return dst + "call " + fn + "(" + strings.Join(args, ", ") + ")"
}

// String prints the end of a block without its position.
func (t *Term) String() string {
	switch t.Kind {
	case Jump:
		return "goto " + blockName(t.Succ[0])
	case Branch:
		return fmt.Sprintf("if %v %s %v goto %s else %s", t.X, t.Cmp, t.Y, blockName(t.Succ[0]), blockName(t.Succ[1]))
	case Return:
		if t.X.Kind == NoOperand {
			return "return"
		}
		return "return " + t.X.String()
	}
	return "unreachable"
}

func blockName(b *Block) string {
	if b == nil {
		return "b?"
	}
	return "b" + strconv.Itoa(b.ID)
}

// String is the function in the text form of Format.
func (f *Func) String() string {
	var b bytes.Buffer
	f.Format(&b)
	return b.String()
}

// Format writes the function in text form, one instruction a line, with
// file:line (and the macro) in a trailing comment.
func (f *Func) Format(w io.Writer) {
	fmt.Fprintf(w, "%s\n", f.header())
	for _, b := range f.Blocks {
		fmt.Fprintf(w, "b%d:\n", b.ID)
		for i := range b.Instrs {
			in := &b.Instrs[i]
			line(w, in.String(), in.Span.File, in.Span.Line, in.Macro)
		}
		t := &b.Term
		if t.Kind == Jump {
			fmt.Fprintf(w, "  %s\n", t)
			continue
		}
		line(w, t.String(), t.Span.File, t.Span.Line, t.Macro)
	}
}

func (f *Func) header() string {
	var ps []string
	for _, p := range f.Params {
		s := p.Type.String()
		if p.Name != "" {
			s = p.Name + " " + s
		}
		ps = append(ps, s)
	}
	if f.Variadic {
		ps = append(ps, "...")
	}
	s := "func " + f.Name + "(" + strings.Join(ps, ", ") + ") " + f.Result.String()
	if f.Static {
		s = "static " + s
	}
	if len(f.Doubts) > 0 {
		s += " ; doubts: " + strings.Join(f.Doubts, ", ")
	}
	return s
}

// line writes one instruction with its position in a trailing comment.
func line(w io.Writer, text, file string, n int, macro string) {
	if n == 0 {
		fmt.Fprintf(w, "  %s\n", text)
		return
	}
	if macro != "" {
		macro = " " + macro
	}
	fmt.Fprintf(w, "  %-40s ; %s:%d%s\n", text, file, n, macro)
}

// Format writes the initializer of g as a tree.
func (g *Global) Format(w io.Writer) {
	kind := "global"
	if g.Static {
		kind = "static"
	}
	fmt.Fprintf(w, "%s %s %s\n", kind, g.Name, g.Type)
	g.Init.format(w, "  ")
}

func (n *Init) format(w io.Writer, indent string) {
	if n == nil {
		return
	}
	name := ""
	switch {
	case n.Field != "":
		name = "." + n.Field + " = "
	case indent != "  ":
		name = fmt.Sprintf("[%d] = ", n.Index)
	}
	if n.Value.Kind != NoOperand {
		fmt.Fprintf(w, "%s%s%v\n", indent, name, n.Value)
		return
	}
	fmt.Fprintf(w, "%s%s{\n", indent, name)
	for _, e := range n.Elems {
		e.format(w, indent+"  ")
	}
	fmt.Fprintf(w, "%s}\n", indent)
}
