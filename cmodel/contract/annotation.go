package contract

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// An Annotation is what comments and attributes say about one function: parts of
// its contract. The zero value says nothing. docs/annotations.md has the words.
type Annotation struct {
	Result *Result
	Params map[int]Ref // by index
	Keeps  map[int]bool
	Fail   *Fail
	Runs   *Runs
	// SetsException: it always leaves an exception set.
	SetsException bool
	NoReturn      bool

	from, same, inside int // 1 + the parameters that Result names
}

// argEffects are the verbs about parameters.
var argEffects = map[string]Ref{
	"borrows": Borrowed, "steals": Stolen, "steals-on-success": StolenOnSuccess, "steals-on-failure": StolenOnFailure,
	"out-new": OutNew, "out-borrowed": OutBorrowed, "in-out": InOut,
}

// ArgVerbs are the verbs about what happens to an argument.
func ArgVerbs() map[string]Ref { return maps.Clone(argEffects) }

// AnnotationVerbs returns the verbs that annotations begin with.
func AnnotationVerbs() []string {
	return append(slices.Sorted(maps.Keys(argEffects)), "keeps", "returns", "fails", "runs", "negative-on-error", "sets-exception", "noreturn")
}

// Say adds one statement: a verb, arguments in parentheses, and words after it. A
// parameter is named, as in params, or numbered from 1. An error says what makes no
// sense, or contradicts an earlier statement.
func (a *Annotation) Say(verb string, args []string, text string, params []string) error {
	if ref, ok := argEffects[verb]; ok || verb == "keeps" {
		if text != "" {
			return fmt.Errorf("has '%s' after the parameters", text)
		}
		return a.sayParams(verb, ref, args, params)
	}
	if len(args) > 0 {
		return fmt.Errorf("has parameters in parentheses, which do not go with %s", verb)
	}
	text = strings.TrimSpace(strings.TrimPrefix(text, "="))
	switch verb {
	case "returns":
		return a.sayResult(text, params)
	case "fails":
		if text == "never" {
			text = failNames[FailNone]
		}
		return sayWord(&a.Fail, failNames, text)
	case "runs":
		return sayWord(&a.Runs, runsNames, text)
	}
	if text != "" {
		return fmt.Errorf("has '%s' after %s", text, verb)
	}
	switch verb {
	case "negative-on-error":
		return sayWord(&a.Fail, failNames, failNames[FailNegative])
	case "sets-exception":
		a.SetsException = true
	case "noreturn":
		a.NoReturn = true
	default:
		return fmt.Errorf("says '%s', which means nothing to refcheck", verb)
	}
	return nil
}

func (a *Annotation) sayParams(verb string, ref Ref, args, params []string) error {
	if len(args) == 0 {
		return fmt.Errorf("does not name a parameter: %s(item)", verb)
	}
	for _, arg := range args {
		i, err := paramNamed(arg, params)
		if err != nil {
			return err
		}
		if verb == "keeps" {
			a.Keeps = put(a.Keeps, i, true)
			continue
		}
		if old, ok := a.Params[i]; ok && old != ref {
			return fmt.Errorf("says of '%s' that it is %s, and %s", params[i], ref, old)
		}
		a.Params = put(a.Params, i, ref)
	}
	return nil
}

func put[V any](m map[int]V, i int, v V) map[int]V {
	if m == nil {
		m = map[int]V{}
	}
	m[i] = v
	return m
}

// paramNamed finds a parameter by name or by number from 1.
func paramNamed(arg string, params []string) (int, error) {
	if i := slices.Index(params, arg); i >= 0 {
		return i, nil
	}
	if n, err := strconv.Atoi(arg); err == nil {
		if n < 1 || n > len(params) {
			return 0, fmt.Errorf("is about parameter %d, but there are %d", n, len(params))
		}
		return n - 1, nil
	}
	return 0, fmt.Errorf("is about '%s', which is no parameter", arg)
}

// sayResult reads the words about the result, which are those of contracts.
func (a *Annotation) sayResult(text string, params []string) error {
	var f Func
	rest, err := parseResultWords(&f, text+" .")
	switch r := &f.Result; {
	case err != nil || rest != ".":
		return fmt.Errorf("says that '%s' is returned, which means nothing to refcheck", text)
	case r.Ref == None && r.Same == "" && r.Inside == "":
		return fmt.Errorf("does not say whether what is returned is new or borrowed")
	case a.Result != nil && *a.Result != *r:
		return fmt.Errorf("says something else about the result than was said before")
	}
	for _, x := range []struct {
		name string
		to   *int
	}{{f.Result.From, &a.from}, {f.Result.Same, &a.same}, {f.Result.Inside, &a.inside}} {
		if x.name == "" {
			continue
		}
		i, err := paramNamed(x.name, params)
		if err != nil {
			return err
		}
		*x.to = i + 1
	}
	a.Result = &f.Result
	return nil
}

// sayWord sets an effect by its name.
func sayWord[T ~uint8](to **T, names []string, word string) error {
	i := index(names, word)
	if i < 0 {
		return fmt.Errorf("says '%s', which is none of %s", word, strings.Join(names, ", "))
	}
	v := T(i)
	if *to != nil && **to != v {
		return fmt.Errorf("says %s, but %s was said before", word, names[**to])
	}
	*to = &v
	return nil
}

// Apply returns f with what the annotation says in place of what f says.
func (a *Annotation) Apply(f *Func) *Func {
	c := *f
	c.Params = slices.Clone(f.Params)
	for i, ref := range a.Params {
		if i < len(c.Params) {
			c.Params[i].Ref, c.Params[i].From = ref, ""
		}
	}
	for i := range a.Keeps {
		if i < len(c.Params) {
			c.Params[i].Keeps = true
		}
	}
	c.Result = a.result(&c)
	if a.Fail != nil && (*a.Fail != FailNegative || c.Fail != FailMinus1) {
		c.Fail = *a.Fail
	}
	if a.Runs != nil {
		c.Runs, c.RunsByFormat = *a.Runs, false
	}
	if a.SetsException {
		c.Special = "errset"
	}
	c.NoReturn = c.NoReturn || a.NoReturn
	c.settle()
	return &c
}

// result is what f returns according to the annotation. What was found out about
// the result besides, that others may own it too, stays; if the annotation says
// otherwise, nothing is known of it.
func (a *Annotation) result(f *Func) Result {
	r, said := f.Result, a.Result
	name := func(i int) string {
		if i < 1 || i > len(f.Params) {
			return ""
		}
		return f.Params[i-1].Name
	}
	switch {
	case said == nil:
		if p := f.param(r.Same); p != nil && (p.Ref == Stolen || p.Ref == StolenOnSuccess) {
			return Result{Type: r.Type, Ref: New, Shared: true, Nullable: r.Nullable} // it comes back
		}
		return r
	case *said == Result{Ref: r.Ref}:
		return r
	}
	out := *said
	out.Type, out.Nullable = r.Type, r.Nullable || said.Nullable
	out.From, out.Same, out.Inside = name(a.from), name(a.same), name(a.inside)
	out.Shared = out.Shared || out.Ref == New && (r.Ref != None || f.Source == "inferred")
	return out
}

// settle makes sure that callers can tell the outcomes apart on which the effects
// on parameters depend.
func (f *Func) settle() {
	split := slices.ContainsFunc(f.Params, func(p Param) bool { return p.Ref == StolenOnSuccess || p.Ref == StolenOnFailure })
	if !split || f.Fail != FailNone && f.Fail != FailAmbiguous {
		return
	}
	f.Fail = FailNegative
	if strings.HasSuffix(f.Result.Type, "*") || f.Result.Ref != None {
		f.Fail, f.Result.Nullable = FailNull, true
	}
}

// Annotation returns what the contract says as an annotation, and where it was read.
func (f *Func) Annotation() (a Annotation, file string, line int) {
	a.Fail, a.NoReturn, a.SetsException = &f.Fail, f.NoReturn, f.Special == "errset"
	if f.Result.Ref != None {
		a.Result = &f.Result
	}
	for i, p := range f.Params {
		if p.Ref != None {
			a.Params = put(a.Params, i, p.Ref)
		}
	}
	return a, f.file, f.line
}

// Prototype returns the contract of a function of which only the declaration is
// known, as written: nothing but that it may do anything.
func Prototype(name, result string, params []string) *Func {
	f := &Func{Name: name, Runs: RunsPython, Fail: FailAmbiguous, Result: Result{Type: result}}
	if strings.HasSuffix(result, "*") {
		f.Fail, f.Result.Nullable = FailNull, true
	}
	for _, text := range params {
		if text == "..." {
			f.Variadic = true
			continue
		}
		p := Param{Type: text, NullOK: true}
		if typ, name, err := splitDecl(text); err == nil {
			p.Type, p.Name = typ, name
		}
		if IsObjectType(p.Type) {
			p.Ref = Unknown
		}
		f.Params = append(f.Params, p)
	}
	return f
}
