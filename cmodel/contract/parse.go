package contract

import (
	"errors"
	"fmt"
	"strconv"
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
	decl, rest, ok1 := strings.Cut(s, "(")
	params, attrs, ok2 := strings.Cut(rest, ")")
	if !ok1 || !ok2 {
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

// parseResultWords takes the words before the result type off s: new, borrowed,
// borrowed(param), null, shared, same(param), each perhaps followed by "?".
func parseResultWords(f *Func, s string) (string, error) {
	for {
		word, rest, ok := strings.Cut(s, " ")
		if !ok {
			return s, nil
		}
		bare, nullable := strings.CutSuffix(word, "?")
		arg := ""
		if i := strings.IndexByte(bare, '('); i > 0 && bare[len(bare)-1] == ')' {
			bare, arg = bare[:i], bare[i+1:len(bare)-1]
		}
		switch bare {
		case "new":
			f.Result.Ref = New
		case "borrowed":
			f.Result.Ref, f.Result.From = Borrowed, arg
		case "null":
			f.Result.Ref = Null
		case "shared":
			f.Result.Shared = true
		case "same":
			f.Result.Same = arg
		default:
			if nullable {
				return "", fmt.Errorf("unknown word %q before the result", word)
			}
			return s, nil
		}
		if nullable {
			f.Result.Nullable = true
		}
		s = strings.TrimLeft(rest, " ")
	}
}

// parseParams parses what is between the parentheses.
func parseParams(f *Func, s string) error {
	s = strings.TrimSpace(s)
	if s == "void" || s == "" {
		return nil
	}
	f.Params = make([]Param, 0, strings.Count(s, ",")+1)
	for s != "" {
		var one string
		one, s, _ = strings.Cut(s, ",")
		p, err := parseParam(strings.TrimSpace(one))
		switch {
		case err != nil:
			return err
		case f.Variadic:
			return errors.New("a parameter after ...")
		case p.Type == "...":
			f.Variadic = true
			if p.Ref != None || p.Keeps {
				f.Params = append(f.Params, p)
			}
		default:
			f.Params = append(f.Params, p)
		}
	}
	return nil
}

// parseParam parses "stolen nullok PyObject *item".
func parseParam(s string) (Param, error) {
	var p Param
	given := false
	for {
		word, rest, ok := strings.Cut(s, " ")
		if !ok {
			break
		}
		bare, nullable := strings.CutSuffix(word, "?")
		ref, isRef := paramRef(bare)
		switch {
		case isRef && given:
			return p, fmt.Errorf("a second effect %q in one parameter", word)
		case isRef:
			p.Ref, p.Nullable, given = ref, nullable, true
		case word == "none":
			given = true
		case word == "nullok":
			p.NullOK = true
		case word == "nullfails":
			p.NullFails = true
		case word == "keeps":
			p.Keeps = true
		default:
			rest = ""
		}
		if rest == "" {
			break
		}
		s = strings.TrimLeft(rest, " ")
	}
	if s == "..." {
		p.Name, p.Type = "...", "..."
		return p, nil
	}
	var err error
	p.Type, p.Name, err = splitDecl(s)
	if err == nil && !given && IsObjectType(p.Type) {
		p.Ref = Borrowed
	}
	return p, err
}

// parseAttrs parses the words after the parameter list.
func parseAttrs(f *Func, s string) error {
	attrs := strings.Fields(s)
	for i, attr := range attrs {
		key, value, valued := strings.Cut(attr, "=")
		for _, before := range attrs[:i] {
			if k, _, _ := strings.Cut(before, "="); k == key {
				return fmt.Errorf("attribute %s twice", key)
			}
		}
		var err error
		if valued {
			err = setAttr(f, key, value)
		} else {
			err = setFlag(f, key)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// setFlag sets an attribute without a value.
func setFlag(f *Func, key string) error {
	switch key {
	case "macro":
		f.Macro = true
	case "found":
		f.Found = true
	case "noreturn":
		f.NoReturn = true
	case "gil":
		f.GIL = true
	case "nogil":
		f.NoGIL = true
	case "python2":
		f.Python2 = true
	default:
		return fmt.Errorf("unknown attribute %q", key)
	}
	return nil
}

// setAttr sets an attribute with a value.
func setAttr(f *Func, key, value string) (err error) {
	switch key {
	case "fails":
		i := index(failNames, value)
		if i < 0 {
			return fmt.Errorf("unknown failure fails=%s", value)
		}
		f.Fail = Fail(i)
	case "runs":
		i := index(runsNames, value)
		if i < 0 {
			return fmt.Errorf("unknown runs=%s", value)
		}
		f.Runs = Runs(i)
	case "special":
		if Specials[value] == "" {
			return fmt.Errorf("unknown special=%s", value)
		}
		f.Special = value
	case "format":
		f.FormatKind = value
		return setFormat(f)
	case "since":
		f.Since, err = parseVersion(value)
	case "until":
		f.Until, err = parseVersion(value)
	case "deprecated":
		f.Deprecated, err = parseVersion(value)
	case "use":
		f.Replacement = strings.ReplaceAll(value, ",", ", ")
	case "source":
		f.Source = value
	default:
		return fmt.Errorf("unknown attribute %q", key)
	}
	return err
}

// setFormat finds the format parameter: the one whose name begins with "format".
func setFormat(f *Func) error {
	if f.FormatKind != "build" && f.FormatKind != "parse" && f.FormatKind != "printf" {
		return fmt.Errorf("unknown format=%s (build, parse or printf)", f.FormatKind)
	}
	for i, p := range f.Params {
		if strings.HasPrefix(p.Name, "format") {
			f.Format = i + 1
			return nil
		}
	}
	return errors.New("format= without a parameter named format")
}

func parseVersion(s string) (Version, error) {
	minor, ok := strings.CutPrefix(s, "3.")
	n, err := strconv.Atoi(minor)
	if !ok || err != nil || n < 0 || n > 99 {
		return 0, fmt.Errorf("bad version %q: want 3.N", s)
	}
	return Version(n), nil
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
	case r.Shared && r.Ref != New:
		return fmt.Errorf("%s: shared goes with new only", f.Name)
	case f.Fail == FailNull && !isPtr:
		return fmt.Errorf("%s: fails=null, but it returns %s", f.Name, r.Type)
	case f.Found && f.Result.Type != "int":
		return fmt.Errorf("%s: found, but it returns %s", f.Name, r.Type)
	case f.Until != 0 && f.Until <= f.Since:
		return fmt.Errorf("%s: until=%s is not after since=%s", f.Name, f.Until, f.Since)
	}
	for _, name := range []string{r.From, r.Same} {
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
