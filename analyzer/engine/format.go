package engine

import (
	"strings"

	"github.com/refcheck/refcheck/cmodel/contract"
)

// A unit is what one format unit does with one argument.
type formatUnit struct {
	ref    contract.Ref
	keeps  bool
	code   rune
	opt    bool // PyArg_Parse*: the argument may be missing
	view   bool // PyArg_Parse*: receives a buffer that must be released
	copied bool // PyArg_Parse*: receives memory that must be freed
	text   bool // PyArg_Parse*: receives a pointer into the memory of an argument
}

// formatUnits reads a call's literal format string and says what happens to the
// variadic arguments, by argument index. Without a literal nothing is known.
func (r *run) formatUnits(s *state, fn *contract.Func, args []sid) map[int]formatUnit {
	if fn.Format == 0 || fn.Format > len(args) {
		return nil
	}
	units := map[int]formatUnit{}
	d := &r.syms[args[fn.Format-1]]
	first := fn.Format
	if fn.FormatKind == "parse" {
		first = len(fn.Params)
		if n := len(fn.Params); n > 0 && fn.Params[n-1].Name == "..." {
			first--
		}
	}
	if d.kind != defString {
		for i := first; i < len(args); i++ {
			units[i] = formatUnit{ref: contract.Unknown}
		}
		return units
	}
	switch fn.FormatKind {
	case "build":
		buildUnits(d.str, first, units)
	case "parse":
		parseUnits(d.str, first, units)
	default:
		for i := first; i < len(args); i++ {
			units[i] = formatUnit{ref: contract.Borrowed}
		}
	}
	return units
}

// buildUnits follows Py_BuildValue's format (Python/modsupport.c).
func buildUnits(f string, arg int, units map[int]formatUnit) {
	for i := 0; i < len(f); i++ {
		switch c := f[i]; c {
		case '(', ')', '[', ']', '{', '}', ',', ':', ' ', '\t':
		case 'O':
			if i+1 < len(f) && f[i+1] == '&' {
				units[arg+1] = formatUnit{ref: contract.Unknown}
				arg += 2
				i++
				continue
			}
			units[arg] = formatUnit{ref: contract.Borrowed, keeps: true, code: 'O'}
			arg++
		case 'S', 'U':
			if c == 'U' && i+1 < len(f) && f[i+1] == '#' {
				arg += 2
				i++
				continue
			}
			units[arg] = formatUnit{ref: contract.Borrowed, keeps: true, code: 'O'}
			arg++
		case 'N':
			units[arg] = formatUnit{ref: contract.Stolen, keeps: true, code: 'N'}
			arg++
		case '#':
			arg++
		default:
			arg++
		}
	}
}

// parseUnits follows PyArg_ParseTuple's format (Python/getargs.c).
func parseUnits(f string, arg int, units map[int]formatUnit) {
	opt := false
	for i := 0; i < len(f); i++ {
		next := byte(0)
		if i+1 < len(f) {
			next = f[i+1]
		}
		switch f[i] {
		case '|':
			opt = true
		case '$', '(', ')', ' ', '*', '#':
			if f[i] == '#' {
				arg++
			}
		case ':', ';':
			return
		case 'O':
			switch next {
			case '!':
				units[arg+1] = formatUnit{ref: contract.OutBorrowed, opt: opt}
				arg += 2
				i++
			case '&':
				units[arg+1] = formatUnit{ref: contract.Unknown}
				arg += 2
				i++
			default:
				units[arg] = formatUnit{ref: contract.OutBorrowed, opt: opt}
				arg++
			}
		case 'S', 'U', 'Y':
			units[arg] = formatUnit{ref: contract.OutBorrowed, opt: opt}
			arg++
		case 'e':
			if i+2 >= len(f) || f[i+2] != '#' { // with a length, the memory may be the caller's
				units[arg+1] = formatUnit{ref: contract.Unknown, copied: true}
			}
			arg += 2
			i++
		default:
			units[arg] = formatUnit{ref: contract.Unknown, text: strings.IndexByte("szy", f[i]) >= 0 && next != '*',
				view: strings.IndexByte("szyw", f[i]) >= 0 && next == '*'}
			arg++
		}
	}
}
