// Package inferred shows what refcheck believes about the functions of a
// project: the contract that their callers rely on, in words and as JSON, and the
// lines that decided it.
package inferred

import (
	"slices"
	"strings"

	"github.com/refcheck/refcheck/analyzer/engine"
	"github.com/refcheck/refcheck/analyzer/rule"
	"github.com/refcheck/refcheck/cmodel/contract"
	"github.com/refcheck/refcheck/cmodel/source"
)

// A Func is what is believed of one function.
type Func struct {
	// Contract has the types of the source. What is not known is contract.Unknown.
	Contract *contract.Func
	At       source.Span
	Static   bool
	Role     rule.Role
	// Unknown says why nothing is known, "" if something is.
	Unknown string
	// Partly says why some objects were not followed, "" if all were.
	Partly string
	// Said is what its author says, which wins.
	Said   []engine.Statement
	Params [][]Reason // by parameter
	Result []Reason
	Fails  []Reason
}

// A Reason is a place that decided something, on some ways out of the function.
type Reason struct {
	Failed  bool // they are those on which the function fails
	Unknown bool // this is where refcheck lost sight of it
	Text    string
	At      source.Span
	Exits   []source.Span // the returns
}

// New makes the belief about a function from its analysis, which must have kept
// the exits (engine.Engine.Explain).
func New(res *engine.Result) *Func {
	f := &Func{At: res.Func.Span, Static: res.Func.Static, Role: res.Role, Params: make([][]Reason, len(res.Func.Params))}
	if res.Declared != nil {
		f.Said = res.Declared.Says
	}
	switch {
	case res.Contract != nil:
		f.Partly = res.Incomplete
	case res.Incomplete != "":
		f.Unknown = "not analysed to the end: " + res.Incomplete
	default:
		f.Unknown = "its calls of itself, also through others, do not settle"
	}
	f.Contract = typed(res)
	if f.Unknown != "" {
		return f
	}
	for i := range res.Func.Params {
		f.Params[i] = paramReasons(res, i, f.Contract.Params)
	}
	f.Result = resultReasons(res)
	f.Fails = failReasons(res, f.Contract.Fail)
	return f
}

// FromDeclaration is the belief about a function without a body.
func FromDeclaration(x *engine.Foreign) *Func {
	c := *x.Contract
	c.Params = slices.Clone(c.Params)
	for i := range c.Params {
		c.Params[i].NullOK = false // nobody has said so
	}
	return &Func{Contract: &c, At: x.At, Said: x.Says, Params: make([][]Reason, len(x.Contract.Params))}
}

// typed copies the contract that was inferred, with the types of the function.
func typed(res *engine.Result) *contract.Func {
	f := res.Func
	c := contract.Func{Name: f.Name, Variadic: f.Variadic, Source: "inferred"}
	known := res.Contract != nil
	if known {
		c = *res.Contract
	}
	c.Params = make([]contract.Param, len(f.Params))
	for i, p := range f.Params {
		c.Params[i].Ref = contract.Unknown
		if known && i < len(res.Contract.Params) {
			c.Params[i] = res.Contract.Params[i]
		}
		q := &c.Params[i]
		q.Name, q.Type = p.Name, p.Type.String()
		q.NullOK = false
		for _, x := range res.Exits {
			q.NullOK = q.NullOK || x.Params[i].Effect == engine.NullArgument
		}
		if !p.Type.IsObjectPtr() && !(p.Type.IsPtr() && p.Type.Elem.IsObjectPtr()) && q.Ref == contract.Unknown {
			q.Ref = contract.None
		}
	}
	c.Result.Type = f.Result.String()
	if f.Result.IsObjectPtr() && c.Result.Ref == contract.None && c.Result.Same == "" && !c.NoReturn {
		c.Result.Ref = contract.Unknown
	}
	return &c
}

// Find returns the functions and owners of these names, all for none, and the
// names that nothing in the project has. A field is named Struct.field.
func Find(funcs []*Func, owners []engine.Owner, names []string) (fs []*Func, os []engine.Owner, missing []string) {
	if len(names) == 0 {
		return funcs, owners, nil
	}
	for _, name := range names {
		name = strings.TrimSuffix(name, "()")
		found := false
		for _, f := range funcs {
			if f.Contract.Name == name {
				fs, found = append(fs, f), true
			}
		}
		for _, o := range owners {
			if OwnerName(o) == name {
				os, found = append(os, o), true
			}
		}
		if !found {
			missing = append(missing, name)
		}
	}
	return fs, os, missing
}

// OwnerName is how users name a field or global variable.
func OwnerName(o engine.Owner) string {
	if o.Struct == "" {
		return o.Name
	}
	return o.Struct + "." + o.Name
}
