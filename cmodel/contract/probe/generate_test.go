package probe

import (
	"fmt"
	"strings"

	"github.com/refcheck/refcheck/cmodel/contract"
)

// A call is one recipe with the contract it is checked against.
type call struct {
	recipe *Recipe
	fn     *contract.Func
	args   []arg
	// declare: the headers do not have the function; it is declared as its contract says.
	declare bool
}

// An arg is one argument as C.
type arg struct {
	setup string // statements before the call
	pass  string // what is passed
	value string // the expression whose reference the call takes or leaves
	ref   contract.Ref
	param *contract.Param
	own   bool // a reference made for the call: nobody watches it
}

// newCall finds the arguments of r.
func newCall(r *Recipe, fn *contract.Func, global map[string]string) (*call, error) {
	c := &call{recipe: r, fn: fn}
	texts := r.Args
	fixed, rest := fn.Params, (*contract.Param)(nil)
	if n := len(fixed); n > 0 && fixed[n-1].Name == "..." {
		fixed, rest = fixed[:n-1], &fixed[n-1]
	}
	if r.All {
		texts = make([]string, len(fixed))
	}
	if len(texts) < len(fixed) || len(texts) > len(fixed) && !fn.Variadic {
		return nil, fmt.Errorf("%s: %s has %d parameters, not %d", r.place, r.Func, len(fixed), len(texts))
	}
	units := c.formatUnits(texts)
	for i, text := range texts {
		var a arg
		var err error
		if i < len(fixed) {
			a, err = c.fixedArg(i, &fixed[i], text, global)
		} else {
			a = variadicArg(i, text, rest, units[i])
		}
		if err != nil {
			return nil, err
		}
		c.args = append(c.args, a)
	}
	return c, nil
}

// formatUnits says what happens to the variadic arguments that a literal format describes.
func (c *call) formatUnits(texts []string) map[int]contract.Ref {
	units := map[int]contract.Ref{}
	i := c.fn.Format
	if i == 0 || i > len(texts) || c.fn.FormatKind == "printf" {
		return units
	}
	for _, unit := range texts[i-1] {
		switch {
		case strings.ContainsRune(`"()[]{}:|$;,_ `, unit) && unit != ' ':
			continue
		case unit == 'N':
			units[i] = contract.Stolen
		case c.fn.FormatKind == "parse" && strings.ContainsRune("OSU", unit):
			units[i] = contract.OutBorrowed
		}
		i++
	}
	return units
}

func (c *call) fixedArg(i int, p *contract.Param, text string, global map[string]string) (arg, error) {
	if text == "" || text == "_" {
		keys := []string{p.Name, p.Type}
		if p.Type == "const char *" || strings.Contains(p.Type, "*const *") {
			keys = keys[1:] // names of parameters stand for objects
		}
		for _, lets := range []map[string]string{c.recipe.lets, global} {
			for _, key := range keys {
				if text == "" || text == "_" {
					text = lets[key]
				}
			}
		}
		if text == "" {
			return arg{}, fmt.Errorf("%s: %s: no default for %s %s", c.recipe.place, c.fn.Name, p.Type, p.Name)
		}
	}
	a := arg{ref: p.Ref, param: p, own: strings.HasPrefix(text, "OWN(")}
	if verbatim, ok := strings.CutPrefix(text, "="); ok || p.Type == "typename" {
		a.pass, a.ref = verbatim, contract.None
		return a, nil
	}
	name, variable := fmt.Sprintf("a%d", i), fmt.Sprintf("v%d", i)
	pointee := strings.TrimSuffix(p.Type, "*")
	switch {
	case p.Ref == contract.InOut:
		a.setup = fmt.Sprintf("%s%s = (%s)(%s);", pointee, variable, pointee, text)
		a.pass, a.value = "&"+variable, variable
		if p.Survives {
			a.setup += fmt.Sprintf(" void *was%d = %s;", i, variable)
		}
		if c.fn.Macro && (c.fn.Special == "clear" || c.fn.Special == "setref") {
			a.pass = variable
		}
	case (p.Ref == contract.OutNew || p.Ref == contract.OutBorrowed) && text != "NULL":
		if pointee == "void " {
			pointee = "PyObject *"
		}
		a.setup, a.pass, a.value = fmt.Sprintf("%s%s = SENT;", pointee, variable), "&"+variable, variable
	case p.Ref == contract.OutNew || p.Ref == contract.OutBorrowed:
		a.pass, a.ref = "NULL", contract.None
	case contract.IsObjectType(p.Type):
		a.setup, a.pass, a.value = fmt.Sprintf("%s%s = (%s)(%s);", p.Type, name, p.Type, text), name, name
	default:
		a.setup, a.pass = fmt.Sprintf("%s%s%s = %s;", p.Type, blank(p.Type), name, text), name
	}
	return a, nil
}

// variadicArg is an argument that stands for "...". OUT makes a variable for a
// reference.
func variadicArg(i int, text string, rest *contract.Param, unit contract.Ref) arg {
	a := arg{ref: unit, param: &contract.Param{Name: "..."}}
	if rest != nil {
		a.ref, a.param = rest.Ref, rest
	}
	if text == "OUT" {
		a.setup = fmt.Sprintf("PyObject *v%d = SENT;", i)
		a.pass, a.value = fmt.Sprintf("&v%d", i), fmt.Sprintf("v%d", i)
		return a
	}
	a.setup, a.pass = fmt.Sprintf("__auto_type a%d = %s;", i, text), fmt.Sprintf("a%d", i)
	a.value = a.pass
	if a.ref == contract.OutBorrowed || a.ref == contract.OutNew {
		a.ref = contract.None // a scratch variable for something else
	}
	return a
}

func blank(typ string) string {
	if strings.HasSuffix(typ, "*") {
		return ""
	}
	return " "
}

// source returns the C function that makes the call and settles it.
func (c *call) source(index int) string {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, "    "+format+"\n", args...) }
	fmt.Fprintf(&b, "static void case_%d(void)  /* %s */\n{\n", index, c.recipe.place)
	line("%s", c.recipe.Pre)
	for _, a := range c.args {
		line("%s", a.setup)
	}
	for _, a := range c.args {
		if takes(a.ref) && !a.own {
			line("give(%s);", a.value)
		}
	}
	if c.recipe.Raised {
		line("raise_error();")
	}
	line("begin_call();")
	var pass []string
	for _, a := range c.args {
		pass = append(pass, a.pass)
	}
	result := c.fn.Result.Type
	switch {
	case result == "void":
		line("%s(%s);", c.fn.Name, strings.Join(pass, ", "))
	case strings.HasSuffix(result, "*"):
		line("%sr = (%s)%s(%s);", result, result, c.fn.Name, strings.Join(pass, ", "))
	default:
		line("%s r = %s(%s);", result, c.fn.Name, strings.Join(pass, ", "))
	}
	line("end_call();")
	c.verdict(line)
	c.verdictValue(line)
	c.settleResult(line)
	for _, a := range c.args {
		c.settleArg(line, a)
	}
	line("PyErr_Clear();")
	for _, a := range c.args {
		if a.ref == contract.Borrowed && a.value != "" && !a.param.Keeps && !a.own && c.fn.Special == "" {
			line("not_kept(%s, %q);", a.value, a.param.Name)
		}
	}
	line("%s", c.recipe.Post)
	if result != "void" {
		line("(void)r;")
	}
	b.WriteString("}\n\n")
	return b.String()
}

// takes reports whether the caller's reference is, or may be, consumed.
func takes(ref contract.Ref) bool {
	switch ref {
	case contract.Stolen, contract.StolenOnSuccess, contract.StolenOnFailure, contract.InOut:
		return true
	}
	return false
}

// verdict decides whether the call failed, as the contract says, and checks the
// error indicator.
func (c *call) verdict(line func(string, ...any)) {
	f := c.fn
	minus1 := "r == (" + f.Result.Type + ")-1"
	switch f.Fail {
	case contract.FailNull:
		line("call_failed = r == NULL;")
	case contract.FailMinus1:
		line("call_failed = %s;", minus1)
	case contract.FailNegative:
		line("call_failed = r < 0;")
	case contract.FailZero:
		line("call_failed = r == 0;")
	case contract.FailNonzero:
		line("call_failed = r != 0;")
	case contract.FailAmbiguous:
		line("call_failed = exc_set && !exc_before;")
		if f.Result.Type != "void" && f.Result.Type != "Py_complex" {
			line(`if (call_failed && !(%s)) problem("an exception is set, but the result is not -1");`, minus1)
		}
	case contract.FailMaybe:
		line("call_failed = r == NULL;")
		line(`if (!call_failed) check_exception(0, "after a success");`)
		return
	case contract.FailSilent:
		line("call_failed = r == NULL;")
		line(`check_exception(0, "although the function fails silently");`)
		return
	default:
		c.verdictInfallible(line)
		return
	}
	if f.Silent {
		line(`check_exception(0, "although the function fails silently");`)
		return
	}
	line(`check_exception(call_failed, call_failed ? "after a failure" : "after a success");`)
	if f.Result.Ref != contract.None && !f.Result.Nullable {
		line(`if (!call_failed && r == NULL) problem("NULL without a failure");`)
	}
}

// verdictValue checks what a status may be that is no failure.
func (c *call) verdictValue(line func(string, ...any)) {
	switch c.fn.Success {
	case contract.SuccessZero:
		line(`if (!call_failed && r != 0) problem("a success returns %%d, not 0", (int)r);`)
	case contract.SuccessOne:
		line(`if (!call_failed && r != 1) problem("a success returns %%d, not 1", (int)r);`)
	case contract.SuccessBool:
		line(`if (!call_failed && r != 0 && r != 1) problem("a success returns %%d, not 0 or 1", (int)r);`)
	}
}

func (c *call) verdictInfallible(line func(string, ...any)) {
	f := c.fn
	switch f.Special {
	case "errset":
		line(`if (!exc_set) problem("no exception is set");`)
	case "errrestore":
		line(`if (exc_set != (%s)) problem("the exception is not what was passed");`, c.restores())
	case "errclear":
		line(`if (exc_set) problem("%%s is still set", exc_name);`)
	default:
		line(`check_exception(0, "although the function cannot fail");`)
	}
	switch {
	case f.Result.Ref == contract.Null:
		line(`if (r != NULL) problem("the result is not NULL");`)
	case f.Result.Ref != contract.None && !f.Result.Nullable:
		line(`if (r == NULL) problem("NULL although the function cannot fail");`)
	}
}

// restores is the condition that the call puts an exception back, rather than NULL.
func (c *call) restores() string {
	for _, a := range c.args {
		if a.param != nil && a.param.Ref == contract.Stolen {
			return a.value + " != NULL"
		}
	}
	return "0"
}

func (c *call) settleResult(line func(string, ...any)) {
	f := c.fn
	if f.Result.Ref != contract.New && f.Result.Ref != contract.Borrowed {
		return
	}
	line("received(r);")
	if f.Result.Ref == contract.New {
		line("take_back(r);")
	}
	for _, a := range c.args {
		if a.param == nil || a.value == "" {
			continue
		}
		if a.param.Name == f.Result.From && f.Result.Ref == contract.Borrowed {
			line("owned_by(%s, r);", a.value)
		}
		if a.param.Name == f.Result.Same {
			line(`if ((void *)r != (void *)%s) problem("the result is not %s");`, a.value, a.param.Name)
		}
	}
}

func (c *call) settleArg(line func(string, ...any), a arg) {
	switch a.ref {
	case contract.StolenOnSuccess:
		line("if (call_failed) take_back(%s);", a.value)
	case contract.StolenOnFailure:
		line("if (!call_failed) take_back(%s);", a.value)
	case contract.InOut:
		if c.fn.Fail != contract.FailNone && !a.param.Survives {
			line(`if (call_failed && %s != NULL) problem("%s is not set to NULL on failure");`, a.value, a.param.Name)
		}
		if a.param.Survives {
			line(`if (call_failed && %s != was%s) problem("%s is changed by a failure");`, a.value, a.value[1:], a.param.Name)
		}
		if !a.param.Nullable {
			line(`if (!call_failed && %s == NULL) problem("%s is set to NULL");`, a.value, a.param.Name)
		}
		line("received(%s);", a.value)
		line("take_back(%s);", a.value)
	case contract.OutNew, contract.OutBorrowed:
		c.settleOut(line, a)
	case contract.Borrowed:
		if a.own {
			line("take_back(%s);", a.value)
		}
	}
	if c.fn.Special == "incref" || c.fn.Special == "xincref" {
		line("take_back(%s);", a.value)
	}
}

func (c *call) settleOut(line func(string, ...any), a arg) {
	if c.fn.Fail != contract.FailNone && c.fn.FormatKind != "parse" {
		line(`if (call_failed && %s != NULL && %s != SENT) problem("%s is set on failure");`, a.value, a.value, a.param.Name)
	}
	nothing := "(" + a.value + " == NULL || (void *)" + a.value + " == SENT)"
	switch {
	case c.fn.Found:
		line(`if (!call_failed && (r != 0) == %s) problem("%s: %%s", r ? "found but not stored" : "stored but not found");`, nothing, a.param.Name)
	case !a.param.Nullable:
		line(`if (!call_failed && %s) problem("%s is not stored");`, nothing, a.param.Name)
	}
	line("received(%s);", a.value)
	if a.ref == contract.OutNew {
		line("take_back(%s);", a.value)
	}
}

// extension returns the source of the extension that makes all the calls.
func extension(calls []*call) string {
	var b strings.Builder
	b.WriteString("#include \"probe.h\"\n\n")
	declared := map[string]bool{}
	for _, c := range calls {
		if c.declare && !declared[c.fn.Name] {
			declared[c.fn.Name] = true
			b.WriteString(prototype(c.fn))
		}
	}
	for i, c := range calls {
		b.WriteString(c.source(i))
	}
	b.WriteString("static const struct probe probes[] = {\n")
	for i, c := range calls {
		fails := 0
		if c.recipe.Fails {
			fails = 1
		}
		fmt.Fprintf(&b, "    {%q, case_%d, %d, %q},\n", c.fn.Name, i, fails, c.recipe.Exception)
	}
	b.WriteString("};\n")
	return b.String()
}

// prototype declares a function that the headers keep to CPython itself.
func prototype(f *contract.Func) string {
	var params []string
	for _, p := range f.Params {
		if p.Name == "..." {
			continue
		}
		params = append(params, p.Type)
	}
	if f.Variadic {
		params = append(params, "...")
	}
	if len(params) == 0 {
		params = []string{"void"}
	}
	return fmt.Sprintf("extern %s%s%s(%s);\n", f.Result.Type, blank(f.Result.Type), f.Name, strings.Join(params, ", "))
}
