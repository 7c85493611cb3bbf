package engine

import (
	"strings"

	"github.com/refcheck/refcheck/analyzer/rule"
	"github.com/refcheck/refcheck/cmodel/contract"
	"github.com/refcheck/refcheck/cmodel/ir"
)

// An exposure says that a function uses an argument after Python code has run in it,
// without holding it.
type exposure struct {
	ice       ice
	hook, via string
	number    bool // see trigger
	own       bool // what runs is a method of the argument, which uses it to the end if written in C
}

// exposure says whether the callee uses argument i again after Python code has
// run in it.
func (r *run) exposure(in *ir.Instr, fn *contract.Func, i int, t trigger) exposure {
	if fn.Source == summarySource {
		g := r.eng.resolve(r.f, in.Fn)
		r.eng.mu.Lock()
		defer r.eng.mu.Unlock()
		if x := r.eng.exposed[g]; i < len(x) && g != r.f {
			return x[i]
		}
		return exposure{}
	}
	h := fn.Hook()
	if t.ice == solid || t.how == rule.ByThreads || !h.Again && !h.Own {
		return exposure{}
	}
	if ref := param(fn, i).Ref; ref != contract.Borrowed && ref != contract.None {
		return exposure{}
	}
	if strings.Contains(fn.Name, "Call") && (i == 0 || i == 1 && strings.Contains(fn.Name, "Method")) {
		return exposure{} // what is called is held while it runs
	}
	if !h.Again {
		t.ice = thick
	}
	return exposure{ice: t.ice, hook: t.hook, number: t.number, own: !h.Again}
}

// expose finds the arguments that the function uses after, or in, a call that runs
// Python code, and of which it never takes a reference.
func (r *run) expose() []exposure {
	f := r.f
	candidates := newBitset(len(f.Vars))
	n := 0
	for i, p := range f.Params {
		if !p.Type.IsPtr() {
			continue
		}
		if !p.Type.IsObjectPtr() && !p.AddrTaken && bytesPtr(p.Type) || p.Type.IsObjectPtr() && !p.AddrTaken && i > 0 || i == 0 && p.Type.IsObjectPtr() {
			candidates.set(p.ID)
			n++
		}
	}
	for _, b := range f.Blocks {
		for i := range b.Instrs {
			in := &b.Instrs[i]
			fn := r.eng.table.Lookup(in.Fn)
			takes := in.Op == ir.Call && fn != nil && (strings.HasSuffix(fn.Special, "incref") || strings.HasSuffix(fn.Special, "newref") || strings.HasSuffix(fn.Special, "decref"))
			if takes && len(in.Args) > 0 && in.Args[0].Kind == ir.Load && in.Args[0].Place.IsVar() {
				candidates.clear(in.Args[0].Place.Base.ID)
			}
			if in.Dst.IsVar() && in.Dst.Base.Kind == ir.Param && !walks(in) {
				candidates.clear(in.Dst.Base.ID)
			}
		}
	}
	if n == 0 || len(r.eng.trigger) == 0 || r.eng.trigger[f].ice < thin {
		return nil
	}
	walkers := walkersOf(f)
	later := r.usedLater(candidates, walkers)
	out := make([]exposure, len(f.Params))
	for _, b := range f.Blocks {
		used := newBitset(len(f.Vars))
		for _, x := range succs(b) {
			used.or(later[x.ID])
		}
		use := func(v *ir.Var) {
			used.set(v.ID)
			if p := walkers[v]; p != nil {
				used.set(p.ID)
			}
		}
		usesOf(&b.Term.X, &b.Term.Y, use)
		for i := len(b.Instrs) - 1; i >= 0; i-- {
			in := &b.Instrs[i]
			if in.Op == ir.Call {
				r.exposeAt(in, used, candidates, out)
			}
			instrUses(in, use)
		}
	}
	return out
}

// walks reports whether in moves a pointer to bytes along: p = p + 1.
func walks(in *ir.Instr) bool {
	return in.Op == ir.Binary && (in.Fn == "+" || in.Fn == "-") && in.X.Kind == ir.Load && in.X.Place.IsVar() &&
		in.X.Place.Base == in.Dst.Base && bytesPtr(in.Dst.Base.Type)
}

// walkersOf finds the local pointers that start at a parameter with bytes and walk along from
// there: what they point to is what the parameter does.
func walkersOf(f *ir.Func) map[*ir.Var]*ir.Var {
	walkers, others := map[*ir.Var]*ir.Var{}, map[*ir.Var]bool{}
	for _, b := range f.Blocks {
		for i := range b.Instrs {
			in := &b.Instrs[i]
			v := in.Dst.Base
			if !in.Dst.IsVar() || v.Kind != ir.Local || !bytesPtr(v.Type) || in.Op == ir.Declare || walks(in) {
				continue
			}
			x := &in.X.Place
			if in.Op == ir.Copy && in.X.Kind == ir.Load && x.IsVar() && x.Base.Kind == ir.Param && bytesPtr(x.Base.Type) && walkers[v] == nil {
				walkers[v] = x.Base
			} else {
				others[v] = true
			}
		}
	}
	for v := range others {
		delete(walkers, v)
	}
	return walkers
}

// exposeAt notes which parameters one call exposes: those in used are needed
// afterwards.
func (r *run) exposeAt(in *ir.Instr, used, candidates bitset, out []exposure) {
	fn := r.eng.contractOf(r.f, in.Fn)
	if in.Fn == "" {
		fn = r.eng.slotContract(&in.X)
	}
	if fn == nil {
		return
	}
	var t trigger
	if fn.Source == summarySource {
		t = r.eng.trigger[r.eng.resolve(r.f, in.Fn)]
	} else {
		t = r.eng.inHelper(r.f, fn, in)
		t.via = fn.Name
	}
	note := func(p int, x exposure) {
		if x.via == "" {
			x.via = fn.Name
		}
		if x.ice > out[p].ice && x.ice >= thin {
			out[p] = x
		}
	}
	for p, v := range r.f.Params {
		if candidates.has(v.ID) && used.has(v.ID) && t.how == rule.ByCall {
			note(p, exposure{ice: t.ice, hook: t.hook, via: t.via, number: t.number})
		}
	}
	for i := range in.Args {
		o := &in.Args[i]
		if o.Kind == ir.Load && o.Place.IsVar() && o.Place.Base.Kind == ir.Param && candidates.has(o.Place.Base.ID) {
			note(o.Place.Base.ID, r.exposure(in, fn, i, t))
		}
	}
}

// usedLater finds, by block, the variables of a set that are used from its
// beginning on, themselves or through a pointer that walks along.
func (r *run) usedLater(set bitset, walkers map[*ir.Var]*ir.Var) []bitset {
	f := r.f
	later := make([]bitset, len(f.Blocks))
	for i, b := range f.Blocks {
		later[i] = newBitset(len(f.Vars))
		mark := func(v *ir.Var) {
			if set.has(v.ID) {
				later[i].set(v.ID)
			}
			if p := walkers[v]; p != nil && set.has(p.ID) {
				later[i].set(p.ID)
			}
		}
		for j := range b.Instrs {
			instrUses(&b.Instrs[j], mark)
		}
		usesOf(&b.Term.X, &b.Term.Y, mark)
	}
	for changed := true; changed; {
		changed = false
		for k := len(r.plan.order) - 1; k >= 0; k-- {
			i := r.plan.order[k]
			for _, s := range succs(f.Blocks[i]) {
				changed = later[i].or(later[s.ID]) || changed
			}
		}
	}
	return later
}

// instrUses calls use for the variables whose object in uses: through a pointer,
// or as an argument.
func instrUses(in *ir.Instr, use func(*ir.Var)) {
	for i := range in.Args {
		if o := &in.Args[i]; o.Kind == ir.Load && o.Place.IsVar() {
			use(o.Place.Base)
		} else {
			usesOf(o, o, use)
		}
	}
	usesOf(&in.X, &in.Y, use)
	if in.Op == ir.Binary && (in.Fn == "+" || in.Fn == "-") {
		for _, o := range [...]*ir.Operand{&in.X, &in.Y} {
			if o.Kind == ir.Load && o.Place.IsVar() && bytesPtr(o.Place.Base.Type) {
				use(o.Place.Base)
			}
		}
	}
	if len(in.Dst.Path) > 0 && in.Dst.Path[0].Kind == ir.Deref {
		use(in.Dst.Base)
	}
}

// bytesPtr reports whether t points to bytes or other numbers.
func bytesPtr(t *ir.Type) bool {
	return t != nil && t.Kind == ir.Pointer && t.Elem != nil && (t.Elem.Kind == ir.Int || t.Elem.Kind == ir.Void || t.Elem.Kind == ir.Float)
}

func usesOf(x, y *ir.Operand, use func(*ir.Var)) {
	for _, o := range [...]*ir.Operand{x, y} {
		if o.Kind == ir.Load && len(o.Place.Path) > 0 && o.Place.Path[0].Kind == ir.Deref {
			use(o.Place.Base)
		}
	}
}
