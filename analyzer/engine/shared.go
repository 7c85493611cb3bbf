package engine

import (
	"github.com/refcheck/refcheck/analyzer/rule"
	"github.com/refcheck/refcheck/cmodel/contract"
	"github.com/refcheck/refcheck/cmodel/ir"
)

// findShared says of the parameters of every function how surely other threads see the object
// that is passed: what Python code passes to a method, they do, and what helpers are given
// follows from the calls of them. Where no call is known, it is doubtful.
func (e *Engine) findShared(units []*ir.Unit) {
	e.findModuleState(units)
	e.shared = map[*ir.Func][]ice{}
	called := map[*ir.Func]bool{}
	for _, u := range units {
		for _, f := range u.Funcs {
			e.shared[f] = make([]ice, len(f.Params))
			for _, g := range e.calls[f] {
				called[g] = true
			}
		}
	}
	for f, x := range e.shared {
		for i := range x {
			switch role := e.roles[f].Role; {
			case role == rule.Entry || role == rule.Setter || role == rule.Init && i > 0:
				x[i] = breaking
			case role == rule.Helper && !called[f]:
				x[i] = thick
			}
		}
	}
	for changed := true; changed; {
		changed = false
		for _, u := range units {
			for _, f := range u.Funcs {
				changed = e.passShared(f) || changed
			}
		}
	}
}

// passShared raises the grades of the parameters of the functions that f calls. It reports
// whether any has changed.
func (e *Engine) passShared(f *ir.Func) (changed bool) {
	vars := e.sharedVars(f)
	for _, b := range f.Blocks {
		for i := range b.Instrs {
			in := &b.Instrs[i]
			if in.Op != ir.Call || in.Fn == "" || e.table.Lookup(in.Fn) != nil {
				continue
			}
			x := e.shared[e.resolve(f, in.Fn)]
			for n := range min(len(in.Args), len(x)) {
				if grade := e.sharedOperand(f, vars, &in.Args[n]); grade > x[n] {
					x[n], changed = grade, true
				}
			}
		}
	}
	return changed
}

// sharedVars grades the variables of f by what is ever assigned to them.
func (e *Engine) sharedVars(f *ir.Func) []ice {
	vars := make([]ice, len(f.Vars))
	for i, x := range e.shared[f] {
		vars[f.Params[i].ID] = x
	}
	if r := e.roles[f].Role; len(f.Params) == 3 && (r == rule.Entry || r == rule.Init) {
		vars[f.Params[2].ID] = solid // keywords
	}
	changed := true
	raise := func(p *ir.Place, grade ice) {
		if p.IsVar() && grade > vars[p.Base.ID] {
			vars[p.Base.ID], changed = grade, true
		}
	}
	for changed {
		changed = false
		for _, b := range f.Blocks {
			for i := range b.Instrs {
				switch in := &b.Instrs[i]; in.Op {
				case ir.Copy:
					raise(&in.Dst, e.sharedOperand(f, vars, &in.X))
				case ir.Call:
					e.sharedCall(f, vars, in, raise)
				}
			}
		}
	}
	return vars
}

// sharedOperand grades what o stands for.
func (e *Engine) sharedOperand(f *ir.Func, vars []ice, o *ir.Operand) ice {
	if o.Kind != ir.Load || o.Place.Base == nil {
		return solid
	}
	switch k, ok := elementKey(&o.Place); {
	case ok && e.changing[k]:
		return e.sharedField(k)
	case len(o.Place.Path) == 0:
		return vars[o.Place.Base.ID]
	case !ok && o.Place.Base.Kind == ir.Param && e.roles[f].Role == rule.Entry:
		return breaking // an argument, of an array of them
	}
	return thick
}

// sharedField grades what is in k, which code that runs at any time changes. Globals and the
// state of a module are what threads share; an object is often one thread's own.
func (e *Engine) sharedField(k fieldKey) ice {
	if k.strct == "" || e.moduleState[k.strct] {
		return thin
	}
	return thick
}

// stateGetters are the functions that return the state of a module.
var stateGetters = map[string]bool{"PyModule_GetState": true, "_PyModule_GetState": true, "PyType_GetModuleState": true}

// findModuleState finds the structs that hold the state of a module: what functions that ask for
// one make of it.
func (e *Engine) findModuleState(units []*ir.Unit) {
	e.moduleState = map[string]bool{}
	for _, u := range units {
		for _, f := range u.Funcs {
			if !asksForState(f) {
				continue
			}
			for _, v := range f.Vars {
				if t := v.Type; v.Kind != ir.Param && t.IsPtr() && t.Elem != nil && t.Elem.Kind == ir.StructType && !t.Elem.Object {
					e.moduleState[t.Elem.Name] = true
				}
			}
			if t := f.Result; t.IsPtr() && t.Elem != nil && t.Elem.Kind == ir.StructType && !t.Elem.Object {
				e.moduleState[t.Elem.Name] = true
			}
		}
	}
}

func asksForState(f *ir.Func) bool {
	for _, b := range f.Blocks {
		for i := range b.Instrs {
			if in := &b.Instrs[i]; in.Op == ir.Call && stateGetters[in.Fn] {
				return true
			}
		}
	}
	return false
}

// sharedCall grades what a call hands out.
func (e *Engine) sharedCall(f *ir.Func, vars []ice, in *ir.Instr, raise func(*ir.Place, ice)) {
	fn := e.table.Lookup(in.Fn)
	if fn == nil {
		raise(&in.Dst, thick)
		return
	}
	if fn.FormatKind == "parse" {
		for n := range in.Args {
			if in.Args[n].Kind == ir.Addr {
				raise(&in.Args[n].Place, breaking)
			}
		}
	}
	from := paramIndex(fn, fn.Result.From)
	switch {
	case fn.Result.Same != "":
		from = paramIndex(fn, fn.Result.Same)
	case fn.Special == "newref" || fn.Special == "xnewref":
		from = 0
	case fn.Result.Ref == contract.New && !fn.Result.Shared:
		return
	}
	grade := thick
	if from >= 0 && from < len(in.Args) {
		grade = min(thin, e.sharedOperand(f, vars, &in.Args[from]))
	}
	raise(&in.Dst, grade)
}
