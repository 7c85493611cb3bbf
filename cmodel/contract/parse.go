package contract

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// parse reads one contract file. The format is described in docs/contracts.md:
//
//	@source c-api/list.html
//	borrowed(list) PyObject *PyList_GetItem(PyObject *list, Py_ssize_t index)  fails=null
//	    -- a continuation line; what follows the dashes is a note
//
// All errors of the file are reported, joined, each with file and line.
func parse(text, filename string) ([]*Func, error) {
	p := parser{file: filename}
	p.funcs = make([]*Func, 0, strings.Count(text, "\n"))
	var line string // the logical line being collected
	start, n := 0, 0
	flush := func() {
		if line != "" {
			p.line(line, start)
		}
		line = ""
	}
	for text != "" {
		n++
		var raw string
		raw, text, _ = strings.Cut(text, "\n")
		trimmed := strings.TrimSpace(raw)
		switch {
		case trimmed == "" || trimmed[0] == '#':
			flush()
		case raw[0] != ' ' && raw[0] != '\t':
			flush()
			line, start = trimmed, n
		case line == "":
			p.errorf(n, "a continuation line (it begins with a blank) with nothing to continue")
		default:
			line += " " + trimmed
		}
	}
	flush()
	return p.funcs, errors.Join(p.errs...)
}

// A parser collects the functions and errors of one file.
type parser struct {
	file   string
	source string // from the last @source line
	funcs  []*Func
	errs   []error
}

func (p *parser) errorf(line int, format string, args ...any) {
	p.errs = append(p.errs, fmt.Errorf("%s:%d: %s", p.file, line, fmt.Sprintf(format, args...)))
}

// line parses one logical line: a directive or a function.
func (p *parser) line(s string, n int) {
	if s[0] == '@' {
		word, arg, _ := strings.Cut(s, " ")
		if word != "@source" {
			p.errorf(n, "unknown directive %s (there is only @source)", word)
		}
		p.source = strings.TrimSpace(arg)
		return
	}
	f, err := parseFunc(s)
	if err != nil {
		p.errorf(n, "%v", err)
		return
	}
	f.file, f.line = p.file, n
	if f.Source == "" {
		f.Source = p.source
	}
	if strings.HasSuffix(f.Source, ".html") {
		f.Source += "#c." + f.Name
	}
	p.funcs = append(p.funcs, f)
}

// parseFunc parses a prototype with its attributes and note.
func parseFunc(s string) (*Func, error) {
	f := new(Func)
	s, f.Note, _ = strings.Cut(s, " -- ")
	s, err := parseResultWords(f, s)
	if err != nil {
		return nil, err
	}
	decl, params, attrs, ok := cutParams(s)
	if !ok {
		return nil, errors.New("no parameter list in parentheses")
	}
	f.Result.Type, f.Name, err = splitDecl(decl)
	if err != nil {
		return nil, err
	}
	f.Private = f.Name[0] == '_'
	if err := parseParams(f, params); err != nil {
		return nil, err
	}
	if err := parseAttrs(f, attrs); err != nil {
		return nil, err
	}
	if f.Fail == FailNull || f.Fail == FailMaybe || f.Fail == FailSilent || f.Result.Ref == Null {
		f.Result.Nullable = strings.HasSuffix(f.Result.Type, "*")
	}
	return f, check(f)
}

// cutParams splits "int f(int a)  fails=-1" at the parentheses.
func cutParams(s string) (decl, params, attrs string, ok bool) {
	decl, rest, _ := strings.Cut(s, "(")
	depth := 1
	for i := range len(rest) {
		switch rest[i] {
		case '(':
			depth++
		case ')':
			depth--
		}
		if depth == 0 {
			return decl, rest[:i], rest[i+1:], true
		}
	}
	return "", "", "", false
}

// check reports contradictions inside one contract.
func check(f *Func) error {
	r := &f.Result
	isPtr := strings.HasSuffix(r.Type, "*")
	switch {
	case r.Ref == None && IsObjectType(r.Type):
		return fmt.Errorf("%s returns %s: say new, borrowed or null", f.Name, r.Type)
	case (r.Ref != None || r.Nullable) && !isPtr:
		return fmt.Errorf("%s returns %s, which is not a pointer", f.Name, r.Type)
	case (r.Shared || r.Held) && r.Ref != New:
		return fmt.Errorf("%s: shared and held go with new only", f.Name)
	case r.Held && !r.Shared:
		return fmt.Errorf("%s: held goes with shared only", f.Name)
	case r.Mutable && r.Ref != Borrowed && r.Inside == "":
		return fmt.Errorf("%s: mutable goes with borrowed and inside only", f.Name)
	case r.Inside != "" && (!isPtr || r.Ref != None):
		return fmt.Errorf("%s: inside goes with pointers that are no objects", f.Name)
	case r.Makes != "" && r.Ref != New:
		return fmt.Errorf("%s: makes= goes with new only", f.Name)
	case f.Fail == FailNull && !isPtr:
		return fmt.Errorf("%s: fails=null, but it returns %s", f.Name, r.Type)
	case f.Success != SuccessAny && (isPtr || f.Fail == FailNull || f.Fail == FailAmbiguous || f.Result.Type == "void"):
		return fmt.Errorf("%s: success= needs a status as result", f.Name)
	case f.RunsByFormat && f.Format == 0:
		return fmt.Errorf("%s: runs=format without format=", f.Name)
	case f.Fail == FailSilent && !isPtr:
		return fmt.Errorf("%s: fails=silent, but it returns %s: say what, and silent", f.Name, r.Type)
	case f.Silent && (f.Fail == FailNone || f.Fail == FailSilent || f.Fail == FailAmbiguous || f.Fail == FailMaybe):
		return fmt.Errorf("%s: silent needs fails= with a value that only a failure returns", f.Name)
	case f.OnlyNull && (f.Fail == FailNone || !slices.ContainsFunc(f.Params, func(p Param) bool { return p.NullFails })):
		return fmt.Errorf("%s: onlynull needs fails= and nullfails", f.Name)
	case f.Found && f.Result.Type != "int":
		return fmt.Errorf("%s: found, but it returns %s", f.Name, r.Type)
	case f.Deprecated != 0 && f.SoftDeprecated != 0:
		return fmt.Errorf("%s: deprecated and soft-deprecated", f.Name)
	case f.Until != 0 && f.Until <= f.Since:
		return fmt.Errorf("%s: until=%s is not after since=%s", f.Name, f.Until, f.Since)
	}
	if err := checkItems(f); err != nil {
		return err
	}
	names := []string{r.From, r.Same, r.Inside}
	for _, x := range []*Resource{&f.Acquire, &f.Release} {
		if x.Handle != "return" {
			names = append(names, x.Handle)
		} else if r.Type == "void" {
			return fmt.Errorf("%s returns nothing to hold a resource", f.Name)
		}
	}
	for i := range f.Params {
		names = append(names, f.Params[i].From, f.Params[i].Inside)
	}
	for _, name := range names {
		if name != "" && f.param(name) == nil {
			return fmt.Errorf("%s has no parameter %q", f.Name, name)
		}
	}
	for i := range f.Params {
		if f.Params[i].Name == "..." {
			break
		}
		if err := checkParam(&f.Params[i]); err != nil {
			return fmt.Errorf("%s: %v", f.Name, err)
		}
		if f.param(f.Params[i].Name) != &f.Params[i] {
			return fmt.Errorf("%s: two parameters named %q", f.Name, f.Params[i].Name)
		}
	}
	return nil
}

func checkParam(p *Param) error {
	stars := strings.Count(p.Type, "*")
	switch {
	case p.From != "" && p.Ref != OutNew && p.Ref != OutBorrowed:
		return fmt.Errorf("%s: only out parameters have an owner in parentheses", p.Name)
	case p.Inside != "" && (stars < 2 || p.Ref != None):
		return fmt.Errorf("%s: inside needs a pointer to a pointer, not %s", p.Name, p.Type)
	case p.Survives && p.Ref != InOut:
		return fmt.Errorf("%s: survives goes with in-out only", p.Name)
	case p.Mutable && p.Inside == "" && p.Ref != OutBorrowed:
		return fmt.Errorf("%s: mutable goes with inside and out-borrowed only", p.Name)
	case p.Changes != Unchanged && stars == 0:
		return fmt.Errorf("%s: %s needs a pointer, not %s", p.Name, p.Changes, p.Type)
	}
	switch p.Ref {
	case InOut, OutNew, OutBorrowed:
		if stars < 2 && p.Type != "void *" {
			return fmt.Errorf("%s: %s needs a pointer to a pointer, not %s", p.Name, p.Ref, p.Type)
		}
	case None:
	default:
		if p.Nullable {
			return fmt.Errorf("%s: %s? makes no sense; say nullok if NULL may be passed", p.Name, p.Ref)
		}
		if stars == 0 {
			return fmt.Errorf("%s: %s needs a pointer, not %s", p.Name, p.Ref, p.Type)
		}
	}
	return nil
}

// param returns the named parameter, or nil.
func (f *Func) param(name string) *Param {
	for i := range f.Params {
		if f.Params[i].Name == name {
			return &f.Params[i]
		}
	}
	return nil
}
