package typemodel

import (
	"slices"
	"strings"

	"github.com/refcheck/refcheck/cmodel/ir"
)

// parsed says what PyArg_Parse* stores in a variable: whatever Python code
// passes, unless the format asks for a string.
func (d *defs) parsed(v *ir.Var) Content {
	out := Unknown
	for _, b := range d.f.Blocks {
		for i := range b.Instrs {
			in := &b.Instrs[i]
			if !strings.HasPrefix(in.Fn, "PyArg_") && !strings.HasPrefix(in.Fn, "_PyArg_") {
				continue
			}
			for j := range in.Args {
				if a := &in.Args[j]; a.Kind == ir.Addr && a.Place.IsVar() && a.Place.Base == v {
					out = parsedAs(in, j)
				}
			}
		}
	}
	return out
}

// parsedAs says what the argument at index j of a PyArg_Parse call can receive.
func parsedAs(in *ir.Instr, j int) Content {
	for k := range in.Args[:j] {
		if in.Args[k].Kind != ir.String {
			continue
		}
		first := k + 1 // of the arguments that the format is about
		if in.Fn == "PyArg_ParseTupleAndKeywords" || in.Fn == "PyArg_VaParseTupleAndKeywords" {
			first = k + 2
		}
		switch unit := parseUnit(in.Args[k].Str, j-first); unit {
		case 'U', 'S', 'Y':
			return Atomic
		case '!':
			if isBuiltinAtom(&in.Args[j-1]) {
				return Atomic
			}
			return Unknown
		case '&':
			return Unknown
		}
		return Any
	}
	return Any // a parser without a format
}

func isBuiltinAtom(x *ir.Operand) bool {
	return x.Kind == ir.Addr && x.Place.Base != nil && slices.Contains(builtinAtoms, x.Place.Base.Name)
}

// parseUnit is the unit of a PyArg_Parse format that stores through the argument at
// index n: its letter, or '!' and '&' for "O!" and "O&".
func parseUnit(format string, n int) byte {
	for i := 0; i < len(format) && format[i] != ':' && format[i] != ';'; i++ {
		c, takes := format[i], 1
		next := byte(0)
		if i+1 < len(format) {
			next = format[i+1]
		}
		switch {
		case c == '|' || c == '$' || c == '(' || c == ')' || c == ' ':
			continue
		case c == 'O' && (next == '!' || next == '&'):
			c, takes = next, 2
			i++
		case c == 'e' && next != 0: // es, et: an encoding first
			takes = 2
			if i++; i+1 < len(format) && format[i+1] == '#' {
				takes, i = 3, i+1
			}
		case next == '#':
			takes = 2
			i++
		case next == '*':
			i++
		}
		if n -= takes; n < 0 {
			return c
		}
	}
	return 0
}
