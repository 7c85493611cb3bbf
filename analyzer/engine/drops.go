package engine

import (
	"iter"
	"strings"

	"github.com/refcheck/refcheck/analyzer/rule"
	"github.com/refcheck/refcheck/cmodel/contract"
	"github.com/refcheck/refcheck/cmodel/ir"
)

// findDrops grades every slot by the code that releases what is in it: code that
// Python can run at any time counts most, code that runs when the object is set up
// less, and code that runs when nobody can reach the object any more not at all.
func (e *Engine) findDrops(units []*ir.Unit) {
	e.drops = map[fieldKey]ice{}
	called := e.reachedFrom(units, func(f *ir.Func) bool {
		x := e.roles[f].Role
		return (x == rule.Entry || x == rule.Setter) && !e.restorers[f]
	})
	e.findReach(units, called)
	setup := e.reachedFrom(units, func(f *ir.Func) bool { return e.roles[f].Role == rule.Init || e.restorers[f] })
	e.findNodes(units, called, setup)
	e.findChecks(units, called, setup)
	local := e.localParams(called)
	for _, u := range units {
		for _, f := range u.Funcs {
			grade := solid
			switch {
			case called[f]:
				grade = breaking
			case setup[f]:
				grade = thin
			}
			if grade == solid {
				continue
			}
			for _, k := range e.released(f, local[f]) {
				e.drops[k] = max(e.drops[k], grade)
			}
		}
	}
}

// reachedFrom finds the functions that those that start accepts call, directly or
// not, with themselves.
func (e *Engine) reachedFrom(units []*ir.Unit, start func(*ir.Func) bool) map[*ir.Func]bool {
	seen := map[*ir.Func]bool{}
	var work []*ir.Func
	for _, u := range units {
		for _, f := range u.Funcs {
			if start(f) {
				seen[f] = true
				work = append(work, f)
			}
		}
	}
	for len(work) > 0 {
		f := work[len(work)-1]
		work = work[:len(work)-1]
		for _, g := range e.calls[f] {
			if x := e.roles[g].Role; !seen[g] && x != rule.Dealloc {
				seen[g] = true
				work = append(work, g)
			}
		}
	}
	return seen
}

// localParams finds the parameters, by bit, that in all calls which the functions in
// funcs make point to local variables of a caller.
func (e *Engine) localParams(funcs map[*ir.Func]bool) map[*ir.Func]uint64 {
	return e.alwaysParams(funcs, e.local)
}

// madeParams finds those that are objects which a caller has made.
func (e *Engine) madeParams(funcs map[*ir.Func]bool) map[*ir.Func]uint64 {
	made := map[*ir.Func]map[*ir.Var]bool{}
	for f := range funcs {
		made[f] = madeByCalls(f)
	}
	return e.alwaysParams(funcs, func(f *ir.Func, x *ir.Operand, other uint64) bool {
		p := &x.Place
		switch {
		case x.Kind != ir.Load:
			return false
		case p.IsVar():
			return made[f][p.Base] || e.local(f, x, other)
		}
		return p.Base.Kind == ir.Local && p.Path[0].Kind == ir.FieldSel // of a structure of its own
	})
}

// alwaysParams finds the parameters, by bit, whose arguments is accepts in all calls which
// the functions in funcs make. is gets the bits of the caller's parameters that are not so.
func (e *Engine) alwaysParams(funcs map[*ir.Func]bool, is func(*ir.Func, *ir.Operand, uint64) bool) map[*ir.Func]uint64 {
	passed, other := map[*ir.Func]uint64{}, map[*ir.Func]uint64{}
	for changed := true; changed; {
		changed = false
		for f := range funcs {
			for in, g := range e.helperCalls(f) {
				for n := range min(len(in.Args), len(g.Params), 64) {
					bit := uint64(1) << n
					passed[g] |= bit
					if other[g]&bit == 0 && !is(f, &in.Args[n], other[f]) {
						other[g] |= bit
						changed = true
					}
				}
			}
		}
	}
	for g := range passed {
		passed[g] &^= other[g]
	}
	return passed
}

// helperCalls are the calls by name that f makes of functions of the project.
func (e *Engine) helperCalls(f *ir.Func) iter.Seq2[*ir.Instr, *ir.Func] {
	return func(yield func(*ir.Instr, *ir.Func) bool) {
		for _, b := range f.Blocks {
			for i := range b.Instrs {
				in := &b.Instrs[i]
				if in.Op != ir.Call {
					continue
				}
				if g := e.resolve(f, in.Fn); g != nil && !yield(in, g) {
					return
				}
			}
		}
	}
}

// local reports whether x points to a local variable of f or, unless other has the
// bit of the parameter that it is, of one of its callers.
func (e *Engine) local(f *ir.Func, x *ir.Operand, other uint64) bool {
	p := &x.Place
	switch {
	case x.Kind == ir.Addr:
		return p.Base.Kind == ir.Local && (len(p.Path) == 0 || p.Path[0].Kind != ir.Deref)
	case x.Kind == ir.Load && p.IsVar() && p.Base.Kind == ir.Param && e.roles[f].Role == rule.Helper:
		return p.Base.ID < 64 && other&(1<<p.Base.ID) == 0
	}
	return false
}

// A release is what a function does to slots: see released.
type release struct {
	e      *Engine
	from   map[*ir.Var]ir.Place // locals that are copies of a slot, or of each other
	made   map[*ir.Var]bool     // locals that are, or point into, what the function has made
	stored map[fieldKey]bool
	taken  map[fieldKey]bool // slots of whose object the function takes a reference
	kept   map[*ir.Var]bool  // locals that are stored in slots, or of which a reference is taken
}

// released lists the slots of objects that f has not made itself and releases:
// directly, or after taking what was there out and storing something else.
// Those that local, a set of parameters by bit, points to, are nobody else's.
func (e *Engine) released(f *ir.Func, local uint64) []fieldKey {
	x := release{e, map[*ir.Var]ir.Place{}, map[*ir.Var]bool{}, map[fieldKey]bool{}, map[fieldKey]bool{}, map[*ir.Var]bool{}}
	for i, p := range f.Params {
		x.made[p] = i < 64 && local&(1<<i) != 0
	}
	for _, b := range f.Blocks {
		for i := range b.Instrs {
			x.read(&b.Instrs[i])
		}
	}
	var out []fieldKey
	for _, b := range f.Blocks {
		for i := range b.Instrs {
			in := &b.Instrs[i]
			if in.Op != ir.Call || len(in.Args) == 0 {
				continue
			}
			if fn := e.table.Lookup(in.Fn); fn != nil && releases[fn.Special] {
				out = x.slots(&in.Args[0].Place, out)
			}
		}
		// What was there goes to the caller.
		if p := &b.Term.X.Place; b.Term.Kind == ir.Return && p.IsVar() && f.Result.IsObjectPtr() && !x.kept[p.Base] {
			out = x.slots(p, out)
		}
	}
	return out
}

// read notes what in assigns.
func (x *release) read(in *ir.Instr) {
	if k, ok := slotKey(&in.Dst); ok {
		x.stored[k] = true
		if in.X.Kind == ir.Load {
			x.kept[in.X.Place.Base] = true
		}
	}
	if in.Op == ir.Call {
		fn := x.e.table.Lookup(in.Fn)
		if fn != nil && len(in.Args) > 0 && (strings.HasSuffix(fn.Special, "incref") || strings.HasSuffix(fn.Special, "newref")) {
			if p := in.Args[0].Place; p.IsVar() {
				x.kept[p.Base] = true
			}
			if k, ok := slotKey(&in.Args[0].Place); ok {
				x.taken[k] = true
			}
		}
		if in.Dst.IsVar() && !in.Dst.Base.Outlives() {
			x.made[in.Dst.Base] = fn == nil || fn.Result.Ref == contract.New && !fn.Result.Shared
		}
	}
	if in.Op == ir.Copy && in.Dst.IsVar() && in.X.Kind == ir.Load {
		p := in.X.Place
		if _, again := x.from[in.Dst.Base]; !again || len(p.Path) > 0 {
			x.from[in.Dst.Base] = p
		}
		if x.made[p.Base] && (p.IsVar() || !in.X.Type.IsObjectPtr()) {
			x.made[in.Dst.Base] = true
		}
	}
}

// slots appends to out the slots that the object at p was read from.
func (x *release) slots(at *ir.Place, out []fieldKey) []fieldKey {
	p := *at
	for hop := range maxOwners {
		k, ok := elementKey(&p)
		switch {
		case !ok, len(p.Path) > 0 && x.made[p.Base], x.taken[k] && !x.stored[k]:
		case hop == 0, x.stored[k], len(p.Path) > 0 && p.Path[len(p.Path)-1].Kind == ir.Index:
			out = append(out, k)
		}
		q, more := x.from[p.Base]
		if ok || !more {
			break
		}
		p = q
	}
	return out
}

// releases are the special functions that release what a slot holds.
var releases = map[string]bool{"decref": true, "xdecref": true, "clear": true, "setref": true}

// elementKey names the slot that p is, or an element of.
func elementKey(p *ir.Place) (fieldKey, bool) {
	if k, ok := slotKey(p); ok {
		return k, true
	}
	n := len(p.Path)
	for n > 0 && p.Path[n-1].Kind != ir.FieldSel {
		n--
	}
	q := *p
	q.Path = p.Path[:n]
	if q.Base == nil || len(p.Path) == 0 {
		return fieldKey{}, false
	}
	return slotKey(&q)
}
