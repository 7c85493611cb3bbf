package contract

import "strings"

// RunsWith says whether Python code can run during a call of f whose format is
// the given literal. It is more exact than f.Runs, which stands for any format:
// "%s" prints a C string, "%R" calls __repr__; "O" stores an object, "i" calls
// __index__.
func (f *Func) RunsWith(format string) Runs {
	if !f.RunsByFormat {
		return f.Runs
	}
	switch f.FormatKind {
	case "printf":
		return printfRuns(format)
	case "build":
		// Only "O&" calls back; the keys of "{...}" are hashed and compared.
		if strings.ContainsAny(format, "&{") {
			return RunsPython
		}
		return RunsNothing
	default:
		return parseRuns(format)
	}
}

// printfRuns looks for the conversions that call __str__, __repr__ or a type's
// metaclass.
func printfRuns(format string) Runs {
	for {
		_, rest, ok := strings.Cut(format, "%")
		if !ok {
			return RunsNothing
		}
		rest = strings.TrimLeft(rest, "0123456789.*-#lzjt")
		if rest == "" {
			return RunsNothing
		}
		if strings.IndexByte("ARS", rest[0]) >= 0 {
			return RunsPython
		}
		format = rest[1:]
	}
}

// parseRuns looks for the units that call methods of the argument: numbers
// (__index__, __float__), p (__bool__), buffers, converters and encodings.
// Parenthesised units iterate over any sequence before 3.14.
func parseRuns(format string) Runs {
	format, _, _ = strings.Cut(format, ";")
	format, _, _ = strings.Cut(format, ":")
	for i := range len(format) {
		if strings.IndexByte("bBhHiIlkLKnfdDpwsyze&(", format[i]) < 0 {
			continue
		}
		if strings.IndexByte("szy", format[i]) >= 0 {
			// Only s*, z* and the y units ask for a buffer; s and z read a str, s# and
			// z# also bytes-like objects.
			if format[i] != 'y' && (i+1 == len(format) || format[i+1] != '*' && format[i+1] != '#') {
				continue
			}
		}
		return RunsPython
	}
	return RunsNothing
}
