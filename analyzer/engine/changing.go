package engine

import (
	"github.com/refcheck/refcheck/analyzer/rule"
	"github.com/refcheck/refcheck/cmodel/contract"
	"github.com/refcheck/refcheck/cmodel/ir"
)

// A changer finds the slots whose container may change while the program runs.
type changer struct {
	eng    *Engine
	params map[*ir.Func]map[*ir.Var]bool // parameters whose container a call of the function may change
	again  bool
}

// findChanging finds the slots that hold a container which code that Python can run changes or
// replaces, or which Python code has passed or sees. What only the initialization of a module or an object fills in
// stays as it is.
func (e *Engine) findChanging(units []*ir.Unit) {
	e.changing = map[fieldKey]bool{}
	for k, grade := range e.drops {
		if grade == breaking {
			e.changing[k] = true
		}
	}
	called := map[*ir.Func]bool{}
	for _, callees := range e.calls {
		for _, g := range callees {
			called[g] = true
		}
	}
	running := e.reachedFrom(units, func(f *ir.Func) bool {
		x := e.roles[f].Role
		return x == rule.Entry || x == rule.Setter || x == rule.Helper && !called[f]
	})
	c := &changer{eng: e, params: map[*ir.Func]map[*ir.Var]bool{}, again: true}
	for c.again {
		c.again = false
		for _, u := range units {
			for _, f := range u.Funcs {
				c.scan(f, running[f])
			}
		}
	}
}

// scan looks at what f does to the containers in its parameters and, if it runs when other threads
// do, in slots.
func (c *changer) scan(f *ir.Func, running bool) {
	from := copiedFrom(f)
	for _, b := range f.Blocks {
		for i := range b.Instrs {
			in := &b.Instrs[i]
			switch in.Op {
			case ir.Copy:
				if k, ok := elementKey(&in.Dst); ok && c.given(f, from, &in.X) {
					c.slot(k)
				}
			case ir.Call:
				for n := range in.Args {
					if c.changes(f, in, n) {
						c.mark(f, from, &in.Args[n], running)
					} else if fn := c.eng.table.Lookup(in.Fn); fn != nil && shows(param(fn, n)) {
						c.show(from, &in.Args[n])
					}
				}
			}
		}
		if b.Term.Kind == ir.Return && c.eng.roles[f].Role == rule.Entry {
			c.show(from, &b.Term.X)
		}
	}
}

// shows reports whether what is passed gets into some container or attribute, where Python
// code may find it.
func shows(p *contract.Param) bool {
	return p.Keeps || p.Ref == contract.Stolen && p.Type != "" || p.Ref == contract.StolenOnSuccess
}

// show notes that Python code sees the container that o stands for.
func (c *changer) show(from map[*ir.Var][]ir.Place, o *ir.Operand) {
	if o.Kind != ir.Load || o.Place.Base == nil {
		return
	}
	for _, p := range append(from[o.Place.Base], o.Place) {
		if k, ok := elementKey(&p); ok && (len(p.Path) > 0 || p.Base.Outlives()) {
			c.slot(k)
		}
	}
}

// changes reports whether a call changes the container that is its n-th argument.
func (c *changer) changes(f *ir.Func, in *ir.Instr, n int) bool {
	if fn := c.eng.table.Lookup(in.Fn); fn != nil {
		return param(fn, n).Changes != contract.Unchanged
	}
	g := c.eng.resolve(f, in.Fn)
	return g != nil && n < len(g.Params) && c.params[g][g.Params[n]]
}

// given reports whether Python code has passed what o stands for, and may keep it.
func (c *changer) given(f *ir.Func, from map[*ir.Var][]ir.Place, o *ir.Operand) bool {
	if o.Kind != ir.Load || !o.Place.IsVar() {
		return false
	}
	v := o.Place.Base
	if v.Kind != ir.Param {
		return v.AddrTaken && v.Kind == ir.Local && v.Type.IsObjectPtr() // stored by PyArg_ParseTuple, as a rule
	}
	for i, p := range f.Params {
		if x := c.eng.shared[f]; p == v && i < len(x) {
			return x[i] == breaking
		}
	}
	return false
}

// mark notes that the container that o stands for is changed.
func (c *changer) mark(f *ir.Func, from map[*ir.Var][]ir.Place, o *ir.Operand, running bool) {
	if o.Kind != ir.Load || o.Place.Base == nil {
		return
	}
	places := []ir.Place{o.Place}
	if o.Place.IsVar() {
		places = append(places, from[o.Place.Base]...)
	}
	for _, p := range places {
		if k, ok := elementKey(&p); ok {
			if running {
				c.slot(k)
			}
		} else if p.IsVar() && p.Base.Kind == ir.Param && !c.params[f][p.Base] {
			if c.params[f] == nil {
				c.params[f] = map[*ir.Var]bool{}
			}
			c.params[f][p.Base], c.again = true, true
		}
	}
}

func (c *changer) slot(k fieldKey) {
	if !c.eng.changing[k] {
		c.eng.changing[k], c.again = true, true
	}
}

// copiedFrom lists the places from which the variables of f are copied.
func copiedFrom(f *ir.Func) map[*ir.Var][]ir.Place {
	from := map[*ir.Var][]ir.Place{}
	for _, b := range f.Blocks {
		for i := range b.Instrs {
			if in := &b.Instrs[i]; in.Op == ir.Copy && in.Dst.IsVar() && in.X.Kind == ir.Load && in.X.Place.Base != nil {
				from[in.Dst.Base] = append(from[in.Dst.Base], in.X.Place)
			}
		}
	}
	return from
}
