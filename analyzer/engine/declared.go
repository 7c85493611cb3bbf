package engine

import (
	"fmt"
	"path"

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
}

// A Statement is one thing that a comment or an attribute says.
type Statement struct {
	Verb, Text string
	Args       []string
	At         source.Span
	Attribute  string // "" for a comment
	Own        bool   // stands at the definition
}

// Declared is all that is said about one function.
type Declared struct {
	contract.Annotation
	Says []Statement
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
	foreign := map[string]*Declared{} // functions without a body
	e.foreign = map[string]*contract.Func{}
	for i := range ds {
		d := &ds[i]
		funcs := e.declares(d, byName[d.Func])
		for _, f := range funcs {
			if e.declared[f] == nil {
				e.declared[f] = &Declared{}
			}
			bad = append(bad, e.declared[f].read(d, len(f.Params))...)
		}
		if len(funcs) > 0 || d.Static {
			continue
		}
		if foreign[d.Func] == nil {
			foreign[d.Func] = &Declared{}
			e.foreign[d.Func] = contract.Prototype(d.Func, d.Result, d.Params)
		}
		bad = append(bad, foreign[d.Func].read(d, len(d.Names))...)
	}
	for name, d := range foreign {
		if len(d.Says) == 0 {
			delete(e.foreign, name)
			continue
		}
		c := d.Apply(e.foreign[name])
		c.Source = fmt.Sprintf("%s:%d", d.Says[0].At.File, d.Says[0].At.Line)
		e.foreign[name] = c
	}
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
	if len(out) > 0 || d.Defined || d.Static && path.Ext(d.At.File) == ".c" {
		return out
	}
	if f := nearest(d.At.File, e.global[d.Func]); f != nil {
		out = append(out, f)
	}
	return out
}

// declare puts what is said about the function in place of what was inferred.
func (e *Engine) declare(res *Result) {
	d := e.declared[res.Func]
	if d == nil || len(d.Says) == 0 {
		return
	}
	res.Declared = d
	res.Contract = d.Apply(typed(res.Contract, res.Func))
}

// said is the contract of a function whose body could not be followed to the end,
// as far as its declarations give one; nil if they say nothing.
func (e *Engine) said(g *ir.Func) *contract.Func {
	d := e.declared[g]
	if d == nil || len(d.Says) == 0 {
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
