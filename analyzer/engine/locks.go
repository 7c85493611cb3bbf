package engine

import (
	"slices"

	"github.com/refcheck/refcheck/analyzer/rule"
	"github.com/refcheck/refcheck/cmodel/contract"
	"github.com/refcheck/refcheck/cmodel/ir"
)

// A lock is one that is held: the critical section of one object or two, or, with
// anyObject, a lock of which nobody knows what it protects.
type lock struct{ a, b sid }

const anyObject = symNil

// locking are the resources that keep other threads away.
var locking = map[string]bool{"critical-section": true, "mutex": true, "lock": true}

// lockCall follows the locks through a call.
func (r *run) lockCall(s *state, fn *contract.Func, args []sid) {
	if fn == nil || !r.eng.threads {
		return
	}
	switch {
	case locking[fn.Acquire.Kind]:
		l := lock{anyObject, anyObject}
		for i, a := range args {
			if !contract.IsObjectType(param(fn, i).Type) || !r.tracked(a) {
				continue
			}
			if l.a == anyObject {
				l.a = a
			}
			l.b = a
		}
		s.locks = append(slices.Clip(s.locks), l)
	case locking[fn.Release.Kind] && len(s.locks) > 0:
		s.locks = s.locks[:len(s.locks)-1]
	}
}

// commonLocks are the locks held on both of two paths.
func commonLocks(a, b []lock) []lock {
	return slices.DeleteFunc(slices.Clone(a), func(l lock) bool { return !slices.Contains(b, l) })
}

// protected reports whether a lock is held that keeps others from changing container c:
// its own critical section, that of the object that it is a field of or was made from, or
// one of which nobody knows what it protects.
func (r *run) protected(s *state, c sid) bool {
	if r.eng.locked[r.f] {
		return true
	}
	for _, l := range s.locks {
		if l.a == anyObject || c <= symNil {
			return true
		}
		for id, hops := c, 0; id > symNil && hops < maxOwners; hops++ {
			if id == l.a || id == l.b {
				return true
			}
			switch d := &r.syms[id]; {
			case d.kind == defInit && d.loc != noLoc:
				id = r.locs[d.loc].root
			case d.kind == defSite:
				id = d.y
			default:
				id = noSym
			}
		}
	}
	return false
}

// findCalled says of the functions of the project from where they are called: locked are those that
// are only called while a lock is held, setup those that only run while a module is initialized.
func (e *Engine) findCalled(units []*ir.Unit) {
	unlocked := map[*ir.Func][]*ir.Func{} // by callee: who calls it without a lock
	callers := map[*ir.Func][]*ir.Func{}
	for _, u := range units {
		for _, f := range u.Funcs {
			e.projectCalls(f, func(g *ir.Func, locked bool) {
				callers[g] = append(callers[g], f)
				if !locked {
					unlocked[g] = append(unlocked[g], f)
				}
			})
		}
	}
	e.locked, e.setup = map[*ir.Func]bool{}, map[*ir.Func]bool{}
	for changed := true; changed; {
		changed = false
		all := func(is map[*ir.Func]bool, g *ir.Func, from []*ir.Func, begins func(*ir.Func) bool) {
			if is[g] || e.roles[g].Role != rule.Helper || slices.ContainsFunc(from, func(f *ir.Func) bool { return !is[f] && !begins(f) }) {
				return
			}
			is[g], changed = true, true
		}
		for g := range callers {
			all(e.locked, g, unlocked[g], func(*ir.Func) bool { return false })
			all(e.setup, g, callers[g], func(f *ir.Func) bool { return e.roles[f].Role == rule.ModuleInit })
		}
	}
}

// projectCalls visits the calls of project functions in f, each with whether a lock is held there.
func (e *Engine) projectCalls(f *ir.Func, visit func(g *ir.Func, locked bool)) {
	depth := map[*ir.Block]int{f.Blocks[0]: 0}
	for work := []*ir.Block{f.Blocks[0]}; len(work) > 0; {
		b := work[len(work)-1]
		work = work[:len(work)-1]
		n := depth[b]
		for i := range b.Instrs {
			in := &b.Instrs[i]
			if in.Op != ir.Call || in.Fn == "" {
				continue
			}
			if fn := e.table.Lookup(in.Fn); fn == nil {
				if g := e.resolve(f, in.Fn); g != nil {
					visit(g, n > 0)
				}
			} else if locking[fn.Acquire.Kind] {
				n++
			} else if locking[fn.Release.Kind] {
				n--
			}
		}
		for _, x := range succs(b) {
			if _, seen := depth[x]; !seen {
				depth[x] = n
				work = append(work, x)
			}
		}
	}
}
