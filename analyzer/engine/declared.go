package engine

import (
	"cmp"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/refcheck/refcheck/cmodel/contract"
	"github.com/refcheck/refcheck/cmodel/ir"
	"github.com/refcheck/refcheck/cmodel/source"
)

// A Declaration is a prototype or definition whose author says what the function
// does with references.
type Declaration struct {
	Func   string
	At     source.Span
	Result string   // as written
	Params []string // as written
	Names  []string // of the parameters
	Static bool
	// Defined: it has a body, on the lines First to Last.
	Defined     bool
	First, Last int
	Says        []Statement
	// Clinic: it is the implementation of a function that a generated wrapper calls for
	// Python (Argument Clinic).
	Clinic bool
}

// A Statement is one thing that a comment or an attribute says.
type Statement struct {
	Verb, Text string
	Args       []string
	At         source.Span
	Attribute  string // "" for a comment
	Own        bool   // stands at the definition
	Contract   bool   // is from a contract file
}

// Declared is all that is said about one function.
type Declared struct {
	contract.Annotation
	Says []Statement
}

// A Foreign is a function of which the project has no body, with what is said
// about it.
type Foreign struct {
	Declared
	Contract *contract.Func
	At       source.Span
}

// Foreign lists the functions without a body that something is said about, by name.
func (e *Engine) Foreign() []*Foreign {
	return slices.SortedFunc(maps.Values(e.foreign), func(a, b *Foreign) int {
		return strings.Compare(a.Contract.Name, b.Contract.Name)
	})
}

// foreignContract is what is said about a function without a body, or nil.
func (e *Engine) foreignContract(name string) *contract.Func {
	if x := e.foreign[name]; x != nil {
		return x.Contract
	}
	return nil
}

// String is the statement as it is written in comments, or the attribute.
func (s *Statement) String() string {
	text := cmp.Or(s.Attribute, s.Verb)
	if len(s.Args) > 0 {
		text += "(" + strings.Join(s.Args, ", ") + ")"
	}
	if s.Text != "" && s.Attribute == "" {
		text += " " + s.Text
	}
	return text
}

// A BadStatement is one that makes no sense, or contradicts another one.
type BadStatement struct {
	Statement
	Func string
	Err  error
}

// Declare takes notice of what declarations say, which callers then rely on. It
// returns the statements that cannot be followed.
func (e *Engine) Declare(ds []Declaration) []BadStatement {
	if len(ds) == 0 {
		return nil
	}
	var bad []BadStatement
	byName := map[string][]*ir.Func{}
	for f := range e.units {
		byName[f.Name] = append(byName[f.Name], f)
	}
	e.declared = map[*ir.Func]*Declared{}
	foreign := map[string]*Foreign{}
	for i := range ds {
		d := &ds[i]
		funcs := e.declares(d, byName[d.Func])
		for i, f := range funcs {
			if e.declared[f] == nil {
				e.declared[f] = &Declared{}
			}
			wrong := e.declared[f].read(d, len(f.Params))
			if i == 0 {
				bad = append(bad, wrong...)
			}
			if d.Clinic {
				e.clinicRole(f)
			}
		}
		if len(funcs) > 0 || d.Static {
			continue
		}
		x := foreign[d.Func]
		if x == nil {
			x = &Foreign{Contract: contract.Prototype(d.Func, d.Result, d.Params), At: d.At}
			foreign[d.Func] = x
		}
		bad = append(bad, x.read(d, len(d.Names))...)
	}
	maps.DeleteFunc(e.declared, func(_ *ir.Func, d *Declared) bool { return len(d.Says) == 0 })
	maps.DeleteFunc(foreign, func(_ string, x *Foreign) bool { return len(x.Says) == 0 })
	for _, x := range foreign {
		x.Contract = x.Apply(x.Contract)
	}
	e.foreign = foreign
	return bad
}

// read adds the statements of a declaration of a function with so many parameters.
func (to *Declared) read(d *Declaration, params int) (bad []BadStatement) {
	for _, s := range d.Says {
		err := fmt.Errorf("stands at a declaration with %d parameters, but the function has %d", len(d.Names), params)
		if len(d.Names) == params {
			err = to.Say(s.Verb, s.Args, s.Text, d.Names)
		}
		if err != nil {
			bad = append(bad, BadStatement{s, d.Func, err})
		} else {
			to.Says = append(to.Says, s)
		}
	}
	return bad
}

// declares finds the functions in the project that d is about, several if they
// belong to different configurations. funcs are all of that name.
func (e *Engine) declares(d *Declaration, funcs []*ir.Func) []*ir.Func {
	var out []*ir.Func
	for _, f := range funcs {
		if f.Span.File == d.At.File && (!d.Defined || d.First <= f.Span.Line && f.Span.Line <= d.Last) {
			out = append(out, f)
		}
	}
	slices.SortFunc(out, func(a, b *ir.Func) int { return cmp.Compare(a.Span.Line, b.Span.Line) })
	if len(out) > 0 || d.Defined || d.Static && path.Ext(d.At.File) == ".c" {
		return out
	}
	if f := e.names.Shared(d.At.File, d.Func); f != nil {
		out = append(out, f)
	}
	return out
}

// declare puts what is said about the function in place of what was inferred. A
// contract from a file of the user's says all.
func (e *Engine) declare(res *Result) {
	if res.Declared = e.declared[res.Func]; e.table.Added(res.Func.Name) != nil {
		res.Declared = e.fromFile(res.Func)
	}
	if res.Declared != nil {
		res.Contract = res.Declared.Apply(typed(res.Contract, res.Func))
	}
}

// tells reports whether somebody says what f does.
func (e *Engine) tells(f *ir.Func) bool {
	return e.declared[f] != nil || e.table.Added(f.Name) != nil
}

// fromFile is what a contract of the user's says about f.
func (e *Engine) fromFile(f *ir.Func) *Declared {
	a, file, line := e.table.Added(f.Name).Annotation()
	d := &Declared{Annotation: a}
	say := func(verb, text string, args ...string) {
		s := Statement{Verb: verb, Text: text, Args: args, Contract: true}
		s.At.File, s.At.Line = file, line
		d.Says = append(d.Says, s)
	}
	for verb, ref := range contract.ArgVerbs() {
		for i, p := range f.Params {
			if said, ok := a.Params[i]; ok && said == ref {
				say(verb, "", p.Name)
			}
		}
	}
	if a.Result != nil {
		say("returns", a.Result.Ref.String())
	}
	if a.NoReturn {
		say("noreturn", "")
	}
	if a.SetsException {
		say("sets-exception", "")
	}
	say("fails", a.Fail.String())
	return d
}

// said is the contract of a function whose body could not be followed to the end,
// as far as its declarations give one; nil if they say nothing.
func (e *Engine) said(g *ir.Func) *contract.Func {
	d := e.declared[g]
	if d == nil {
		return nil
	}
	c := &contract.Func{Name: g.Name, Source: summarySource, Variadic: g.Variadic, Runs: contract.RunsPython, Fail: contract.FailAmbiguous}
	for _, p := range g.Params {
		c.Params = append(c.Params, contract.Param{Name: p.Name, Ref: contract.Unknown, NullOK: true})
	}
	if g.Result.IsPtr() {
		c.Fail = contract.FailNull
	}
	return d.Apply(typed(c, g))
}

// typed gives a contract the type of the function's result, on which it depends
// how failure can show.
func typed(c *contract.Func, f *ir.Func) *contract.Func {
	t := *c
	t.Result.Type = f.Result.String()
	return &t
}
