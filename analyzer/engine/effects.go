package engine

import (
	"github.com/refcheck/refcheck/cmodel/contract"
	"github.com/refcheck/refcheck/cmodel/ir"
)

// findWrites computes for every function the names of the fields that it or
// anything it calls in the project may write.
func (e *Engine) findWrites(units []*ir.Unit) {
	e.writes = map[*ir.Func]map[string]bool{}
	var work []*ir.Func
	for _, u := range units {
		for _, f := range u.Funcs {
			if w := e.directWrites(f); len(w) > 0 {
				e.writes[f] = w
				work = append(work, f)
			}
		}
	}
	spread(work, e.callersIn(units), func(caller, f *ir.Func) bool { return e.addWrites(caller, e.writes[f]) })
}

// callersIn lists, by function, those of some units that call it.
func (e *Engine) callersIn(units []*ir.Unit) map[*ir.Func][]*ir.Func {
	callers := map[*ir.Func][]*ir.Func{}
	for _, u := range units {
		for _, f := range u.Funcs {
			for _, g := range e.calls[f] {
				callers[g] = append(callers[g], f)
			}
		}
	}
	return callers
}

// spread carries a fact about some functions to those that call them, until nothing
// changes any more: tell tells a caller, and reports whether that was news.
func spread(work []*ir.Func, callers map[*ir.Func][]*ir.Func, tell func(caller, f *ir.Func) bool) {
	for len(work) > 0 {
		f := work[len(work)-1]
		work = work[:len(work)-1]
		for _, c := range callers[f] {
			if tell(c, f) {
				work = append(work, c)
			}
		}
	}
}

func (e *Engine) addWrites(f *ir.Func, names map[string]bool) (changed bool) {
	w := e.writes[f]
	if w == nil {
		w = map[string]bool{}
		e.writes[f] = w
	}
	for n := range names {
		if !w[n] {
			w[n], changed = true, true
		}
	}
	return changed
}

// directWrites lists the fields f stores to or takes the address of.
func (e *Engine) directWrites(f *ir.Func) map[string]bool {
	w := map[string]bool{}
	note := func(p *ir.Place) {
		for i := len(p.Path) - 1; i >= 0; i-- {
			if p.Path[i].Kind == ir.FieldSel {
				w[p.Path[i].Name] = true
				return
			}
		}
	}
	for _, b := range f.Blocks {
		for i := range b.Instrs {
			in := &b.Instrs[i]
			note(&in.Dst)
			if c := e.table.Lookup(in.Fn); in.Op == ir.Call && c != nil && len(in.Args) > 0 && (c.Special == "decref" || c.Special == "xdecref") {
				note(&in.Args[0].Place) // what it held belongs to nobody now
			}
			for _, o := range append([]ir.Operand{in.X, in.Y}, in.Args...) {
				if o.Kind == ir.Addr {
					note(&o.Place)
				}
			}
		}
	}
	return w
}

// mayWrite reports whether a call of g can change the location l; without a
// body to look at, anything can.
func (r *run) mayWrite(g *ir.Func, l locID) bool {
	if g == nil {
		return true
	}
	for {
		d := &r.locs[l]
		switch d.kind {
		case locField:
			return r.eng.writes[g][d.name]
		case locVar, locTarget:
			return true
		}
		l = locID(d.parent)
	}
}

// findPure finds the functions that write nothing and call nothing but
// pure ones and each other: get_state(module) and its like.
func (e *Engine) findPure(units []*ir.Unit) {
	e.pure = map[*ir.Func]bool{}
	for _, u := range units {
		for _, f := range u.Funcs {
			e.pure[f] = f.Result.IsPtr()
		}
	}
	for changed := true; changed; {
		changed = false
		for _, u := range units {
			for _, f := range u.Funcs {
				if e.pure[f] && !e.looksPure(f) {
					e.pure[f], changed = false, true
				}
			}
		}
	}
}

func (e *Engine) looksPure(f *ir.Func) bool {
	for _, b := range f.Blocks {
		for i := range b.Instrs {
			in := &b.Instrs[i]
			if in.Dst.Base != nil && (len(in.Dst.Path) > 0 || in.Dst.Base.Outlives()) {
				return false
			}
			if in.Op != ir.Call {
				continue
			}
			if c := e.table.Lookup(in.Fn); c != nil {
				if !c.NoReturn && !c.Pure && (c.Special != "" || c.Result.Ref != contract.None || c.Runs != contract.RunsNothing) {
					return false
				}
			} else if g := e.resolve(f, in.Fn); in.Fn == "" || g == nil || !e.pure[g] {
				return false
			}
		}
	}
	return true
}
