package engine

import (
	"slices"
	"strings"

	"github.com/refcheck/refcheck/analyzer/rule"
	"github.com/refcheck/refcheck/cmodel/contract"
	"github.com/refcheck/refcheck/cmodel/ir"
)

// A reach says which objects Python code has, or can have, a reference to, beyond the
// arguments of the functions that it calls: it can change those that are containers at
// any time.
type reach struct {
	slots  map[fieldKey]bool   // fields and globals that hold such objects
	params map[*ir.Func]uint64 // parameters, by bit, that are given such objects
	edited map[fieldKey]bool   // fields with tuples that methods change in place
	// inner are the C structures that Python objects point to, directly or through
	// others of them.
	inner map[string]bool
}

// findReach computes e.reach, given the functions that Python code can make run at any time. What reaches Python code in one function may be passed
// to others and kept by them, so that it is asked again until nothing new comes up.
func (e *Engine) findReach(units []*ir.Unit, methods map[*ir.Func]bool) {
	e.reach = reach{slots: map[fieldKey]bool{}, params: map[*ir.Func]uint64{}, edited: map[fieldKey]bool{}, inner: innerStructs(units)}
	e.origins = map[*ir.Func]*origins{}
	for _, u := range units {
		for _, f := range u.Funcs {
			o := e.originsOf(f)
			o.method = methods[f]
			e.origins[f] = o
		}
	}
	for changed := true; changed; {
		changed = false
		for _, u := range units {
			for _, f := range u.Funcs {
				changed = e.origins[f].spread() || changed
			}
		}
	}
}

// given reports whether Python code has what is passed to f as its parameter i.
func (x *reach) given(f *ir.Func, i int) bool {
	return i >= 0 && i < 64 && x.params[f]&(1<<i) != 0
}

// innerStructs finds the structures that are no objects, and that objects point to.
func innerStructs(units []*ir.Unit) map[string]bool {
	inner := map[string]bool{}
	for changed := true; changed; {
		changed = false
		for _, u := range units {
			for _, st := range u.Structs {
				if !st.Object && !inner[st.Name] {
					continue
				}
				for i := range st.Fields {
					t := st.Fields[i].Type
					for t != nil && (t.Kind == ir.Pointer || t.Kind == ir.Array) {
						t = t.Elem
					}
					if t != nil && t.Kind == ir.StructType && !t.Object && t.Name != "" && !inner[t.Name] {
						inner[t.Name], changed = true, true
					}
				}
			}
		}
	}
	return inner
}

// origins knows where the local variables of a function get their values.
type origins struct {
	e    *Engine
	f    *ir.Func
	role rule.Role
	// method: Python code can make it run on an object that exists.
	method bool
	defs   map[*ir.Var][]def
	calls  []*ir.Instr
	// stores are the assignments to fields and globals.
	stores []*ir.Instr
}

// A def is an instruction that gives a variable a value: as its result, or, if arg
// is not negative, through its address.
type def struct {
	in  *ir.Instr
	arg int
}

func (e *Engine) originsOf(f *ir.Func) *origins {
	o := &origins{e: e, f: f, role: e.roles[f].Role, defs: map[*ir.Var][]def{}}
	for _, b := range f.Blocks {
		for i := range b.Instrs {
			in := &b.Instrs[i]
			if in.Dst.IsVar() && !in.Dst.Base.Outlives() {
				o.defs[in.Dst.Base] = append(o.defs[in.Dst.Base], def{in, -1})
			}
			if _, ok := slotKey(&in.Dst); ok && in.Op == ir.Copy {
				o.stores = append(o.stores, in)
			}
			if in.Op != ir.Call {
				continue
			}
			o.calls = append(o.calls, in)
			for n := range in.Args {
				if a := &in.Args[n]; a.Kind == ir.Addr && a.Place.IsVar() {
					o.defs[a.Place.Base] = append(o.defs[a.Place.Base], def{in, n})
				}
			}
		}
	}
	return o
}

// spread notes which slots and parameters of other functions get what Python code
// can reach, and reports whether that was news.
func (o *origins) spread() (changed bool) {
	slot := func(k fieldKey, ok bool) {
		if ok && !o.e.reach.slots[k] {
			o.e.reach.slots[k], changed = true, true
		}
	}
	for _, in := range o.stores {
		if in.X.Type.IsObjectPtr() && o.reached(&in.X, 0) {
			slot(slotKey(&in.Dst))
		}
	}
	if o.role == rule.Entry {
		for _, b := range o.f.Blocks {
			if b.Term.Kind == ir.Return {
				slot(o.slotOf(&b.Term.X, 0))
			}
		}
	}
	for _, in := range o.calls {
		if fn := o.e.table.Lookup(in.Fn); fn != nil {
			switch {
			case fn.Special == "setref" && len(in.Args) > 1 && in.Args[0].Kind == ir.Addr && o.reached(&in.Args[1], 0):
				slot(slotKey(&in.Args[0].Place))
			case o.method && len(fn.Params) > 0 && fn.Params[0].Changes == contract.Removes && len(in.Args) > 0:
				slot(o.slotOf(&in.Args[0], 0))
			case o.method && strings.HasPrefix(fn.Name, "PyTuple_") && param(fn, 2).Ref == contract.Stolen && len(in.Args) > 2:
				if k, ok := o.slotOf(&in.Args[0], 0); ok {
					o.e.reach.edited[k] = true
				}
			}
		}
		g := o.e.resolve(o.f, in.Fn)
		if in.Fn == "" || g == nil {
			continue
		}
		for i := range min(len(in.Args), len(g.Params), 64) {
			if !o.e.reach.given(g, i) && in.Args[i].Type.IsObjectPtr() && o.reached(&in.Args[i], 0) {
				o.e.reach.params[g] |= 1 << i
				changed = true
			}
		}
	}
	return changed
}

// maxOrigins bounds how far values are followed from one variable to another.
const maxOrigins = 8

// reached reports whether x may be an object that Python code has, too.
func (o *origins) reached(x *ir.Operand, depth int) bool {
	if x.Kind != ir.Load || depth > maxOrigins {
		return false
	}
	if k, ok := slotKey(&x.Place); ok {
		return o.e.reach.slots[k]
	}
	if !x.Place.IsVar() {
		return false
	}
	v := x.Place.Base
	if v.Kind == ir.Param && o.given(v) {
		return true
	}
	return slices.ContainsFunc(o.defs[v], func(d def) bool { return o.reachedBy(d, depth+1) })
}

// given reports whether Python code has what is passed for the parameter v.
func (o *origins) given(v *ir.Var) bool {
	i := slices.Index(o.f.Params, v)
	switch o.role {
	case rule.Entry, rule.Setter, rule.Init:
		return i > 0 && !o.e.restorers[o.f] && !(i == 2 && len(o.f.Params) == 3) // the keyword arguments are made for the call
	}
	return o.e.reach.given(o.f, i)
}

// reachedBy is reached for what one instruction makes of a variable.
func (o *origins) reachedBy(d def, depth int) bool {
	in := d.in
	if in.Op == ir.Copy {
		return o.reached(&in.X, depth)
	}
	fn := o.e.table.Lookup(in.Fn)
	if in.Op != ir.Call || fn == nil || len(in.Args) == 0 {
		return false
	}
	from := fn.Result.From
	if d.arg >= 0 {
		if fn.FormatKind == "parse" {
			return !o.e.restorers[o.f] && o.reached(&in.Args[0], depth)
		}
		from = param(fn, d.arg).From
	}
	switch {
	case strings.HasSuffix(fn.Special, "newref"), fn.Special == "isnull":
		from = fn.Params[0].Name
	case fn.Result.Same != "":
		from = fn.Result.Same
	case fn.Result.Items == contract.EasePlain:
		return true
	case d.arg < 0 && fn.Result.Ref == contract.New && !fn.Result.Shared:
		return fn.Result.Makes == "" && fn.Runs == contract.RunsPython && strings.Contains(fn.Name, "Call")
	case d.arg < 0 && fn.Result.Shared:
		if fn.Runs == contract.RunsPython {
			return true
		}
	}
	k := paramIndex(fn, from)
	return k >= 0 && k < len(in.Args) && o.reached(&in.Args[k], depth)
}

// slotOf is the field that x was read from.
func (o *origins) slotOf(x *ir.Operand, depth int) (fieldKey, bool) {
	if x.Kind != ir.Load || depth > maxOrigins {
		return fieldKey{}, false
	}
	if k, ok := slotKey(&x.Place); ok || !x.Place.IsVar() {
		return k, ok
	}
	for _, d := range o.defs[x.Place.Base] {
		in := d.in
		y := &in.X
		if in.Op == ir.Call {
			fn := o.e.table.Lookup(in.Fn)
			if d.arg >= 0 || fn == nil || !strings.HasSuffix(fn.Special, "newref") || len(in.Args) == 0 {
				continue
			}
			y = &in.Args[0]
		}
		if k, ok := o.slotOf(y, depth+1); ok {
			return k, true
		}
	}
	return fieldKey{}, false
}

// allPlain reports whether the operands of a call are all objects of types whose
// methods run no Python code, made in this function.
func (o *origins) allPlain(in *ir.Instr, fn *contract.Func) bool {
	if fn.Format > 0 || strings.Contains(fn.Name, "Call") {
		return false
	}
	n := 0
	for i := range in.Args {
		a := &in.Args[i]
		if !a.Type.IsObjectPtr() {
			continue
		}
		n++
		if a.Kind != ir.Load || !a.Place.IsVar() || len(o.defs[a.Place.Base]) == 0 {
			return false
		}
		for _, d := range o.defs[a.Place.Base] {
			if d.in.Op == ir.Copy && d.in.X.Kind == ir.Const {
				continue
			}
			if made := o.e.table.Lookup(d.in.Fn); d.arg >= 0 || d.in.Op != ir.Call || made == nil || !plain[made.Result.Makes] {
				return false
			}
		}
	}
	return n > 0
}
