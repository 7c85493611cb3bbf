package engine

import (
	"strings"

	"github.com/refcheck/refcheck/analyzer/rule"
	"github.com/refcheck/refcheck/cmodel/contract"
	"github.com/refcheck/refcheck/cmodel/ir"
)

// A trigger is the code that a call may run.
type trigger struct {
	ice  ice // how likely it is that it changes somebody else's container
	how  rule.How
	hook string // what is called: "__eq__"
	via  string // the API function that calls it, if the call is of a project function
	// container is what the call itself takes items out of.
	container sid
}

// An exposure says that a function uses an argument after Python code has run in it,
// without holding it.
type exposure struct {
	ice       ice
	hook, via string
}

// triggerOf says which code a call may run before it succeeds.
func (r *run) triggerOf(s *state, in *ir.Instr, fn *contract.Func, args []sid) trigger {
	if in.Fn == allowThreads {
		return threads
	}
	if fn == nil {
		return trigger{}
	}
	if fn.Source == summarySource {
		return r.eng.trigger[r.eng.resolve(r.f, in.Fn)]
	}
	t := apiTrigger(fn, in)
	if t.ice == solid || t.how == rule.ByThreads {
		return t
	}
	for i, a := range args {
		if param(fn, i).Changes >= contract.Replaces && r.tracked(a) {
			if v := r.get(s, a); v.fl&(fNew|fShared|fEscaped|fKept) == fNew {
				if t.hook == finalizer {
					return trigger{}
				}
				continue
			}
			t.container = a
		}
	}
	if t.container == noSym && t.hook == finalizer {
		t.ice = solid
	}
	if r.plainOperands(s, in, fn, args) {
		t.ice = min(t.ice, thick)
	}
	return t
}

const finalizer = "__del__"

// allowThreads is how the frontend calls the beginning of a window.
const allowThreads = "Py_BEGIN_ALLOW_THREADS"

var threads = trigger{ice: breaking, how: rule.ByThreads, hook: "other threads"}

// apiTrigger is triggerOf for an API function, whatever its arguments.
func apiTrigger(fn *contract.Func, in *ir.Instr) trigger {
	if fn.Acquire.Kind == "thread" || fn.Release.Kind == "gil" {
		return threads
	}
	switch {
	case fn.NoReturn, fn.Special == "errset", fn.Special == "errrestore", fn.Special == "errclear":
		return trigger{}
	case fn.Special != "" && fn.Special != "type":
		return trigger{}
	}
	runs := runsOf(fn, in)
	if runs == contract.RunsNothing {
		return trigger{}
	}
	h := fn.Hook()
	t := trigger{ice: breaking, how: rule.ByCall, hook: h.Name}
	switch {
	case runs == contract.RunsDecref:
		t.ice, t.hook = thick, finalizer
	case h.Rare, h.Key:
		t.ice = thick
	case h.Odd:
		t.ice = thin
	}
	return t
}

// inHelper is apiTrigger for the callers of the function that in is in: they cannot
// tell on which keys, names and numbers it works.
func inHelper(fn *contract.Func, in *ir.Instr) trigger {
	t := apiTrigger(fn, in)
	if fn.Hook().Odd {
		t.ice = min(t.ice, thick)
	}
	return t
}

// plain are the exact types whose methods run no Python code.
var plain = map[string]bool{"str": true, "bytes": true, "int": true, "float": true, "bool": true, "complex": true, "bytearray": true}

// checks are the tests after which an object is known to be plain. Those that
// subclasses pass too are left out: a subclass of str has an __eq__ of its own.
var checks = map[string]bool{"PyUnicode_CheckExact": true, "PyBytes_CheckExact": true, "PyLong_CheckExact": true,
	"PyFloat_CheckExact": true, "PyBool_Check": true, "PyComplex_CheckExact": true, "PyByteArray_CheckExact": true}

// shown notes what the test x has shown on this path.
func (r *run) shown(s *state, x sid) {
	d := &r.syms[max(x, 0)]
	if d.kind != defSite || d.fn == nil || !r.tracked(d.y) || !r.get(s, x).nz {
		return
	}
	switch {
	case checks[d.fn.Name]:
		r.ref(s, d.y).fl |= fPlain
	case d.fn.Name == "PyLong_Check", d.fn.Name == "PyFloat_Check":
		r.ref(s, d.y).fl |= fNumber
	}
}

// converts reports whether fn takes the value of a number, which runs nothing for an
// int or a float even of a subclass.
func converts(fn *contract.Func) bool {
	return strings.HasPrefix(fn.Name, "PyLong_As") || strings.HasPrefix(fn.Name, "PyFloat_As")
}

// plainOperands reports whether the operands that decide what runs are known not
// to bring code of their own: new strings and numbers, the module's constants.
func (r *run) plainOperands(s *state, in *ir.Instr, fn *contract.Func, args []sid) bool {
	if fn.Format > 0 {
		return false
	}
	deciding := args
	switch {
	case strings.HasPrefix(fn.Name, "PyDict_"), strings.HasPrefix(fn.Name, "_PyDict_"), strings.HasPrefix(fn.Name, "PySet_"):
		if len(args) > 1 {
			deciding = args[1:2] // the key
		}
	case strings.Contains(fn.Name, "Attr"):
		deciding = args[:min(1, len(args))]
	case strings.Contains(fn.Name, "Call"):
		return false
	}
	n := 0
	for _, a := range deciding {
		if !r.tracked(a) {
			continue
		}
		n++
		d := &r.syms[a]
		switch v := r.get(s, a); {
		case v.fl&fPlain != 0, v.fl&fNumber != 0 && converts(fn):
		case d.fn != nil && plain[d.fn.Result.Makes]:
		case v.fl&fConst != 0:
		case d.kind == defInit && d.loc != noLoc && r.locs[d.loc].kind == locVar && r.f.Vars[r.locs[d.loc].parent].Outlives():
		default:
			return false
		}
	}
	return n > 0
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
	if t.ice == solid || t.how == rule.ByThreads || !fn.Hook().Again {
		return exposure{}
	}
	if ref := param(fn, i).Ref; ref != contract.Borrowed && ref != contract.None {
		return exposure{}
	}
	if strings.Contains(fn.Name, "Call") && (i == 0 || i == 1 && strings.Contains(fn.Name, "Method")) {
		return exposure{} // what is called is held while it runs
	}
	return exposure{ice: t.ice, hook: t.hook}
}

// findTriggers computes for every function the most harmful code that may run in
// it before it succeeds. What runs only on the way to a failure is left out: callers
// look at nothing any more then.
func (e *Engine) findTriggers(units []*ir.Unit) {
	e.trigger = map[*ir.Func]trigger{}
	type site struct{ f *ir.Func }
	callers := map[*ir.Func][]site{}
	var work []*ir.Func
	raise := func(f *ir.Func, t trigger) {
		if d := e.declared[f]; d != nil && d.Runs != nil && *d.Runs != contract.RunsPython {
			return
		}
		if t.ice > e.trigger[f].ice {
			e.trigger[f] = t
			work = append(work, f)
		}
	}
	for _, u := range units {
		for _, f := range u.Funcs {
			live := succeeding(f)
			for n, b := range f.Blocks {
				if !live[n] {
					continue
				}
				for i := range b.Instrs {
					in := &b.Instrs[i]
					if in.Op != ir.Call {
						continue
					}
					fn := e.table.Lookup(in.Fn)
					if in.Fn == "" {
						fn = e.slotContract(&in.X)
						for _, g := range e.targets(&in.X) {
							callers[g] = append(callers[g], site{f})
						}
					}
					if in.Fn == allowThreads {
						t := threads
						t.via = allowThreads
						raise(f, t)
					} else if fn != nil {
						if t := inHelper(fn, in); t.hook != finalizer {
							t.via = fn.Name
							raise(f, t)
						}
					} else if g := e.resolve(f, in.Fn); g != nil {
						callers[g] = append(callers[g], site{f})
					}
				}
			}
		}
	}
	for len(work) > 0 {
		g := work[len(work)-1]
		work = work[:len(work)-1]
		for _, c := range callers[g] {
			raise(c.f, e.trigger[g])
		}
	}
}

// succeeding marks the blocks from which f can return something other than the
// sign of a failure.
func succeeding(f *ir.Func) []bool {
	preds := make([][]int, len(f.Blocks))
	live := make([]bool, len(f.Blocks))
	var work []int
	for _, b := range f.Blocks {
		for _, s := range succs(b) {
			preds[s.ID] = append(preds[s.ID], b.ID)
		}
		if b.Term.Kind == ir.Return && !failure(f, &b.Term.X) {
			live[b.ID] = true
			work = append(work, b.ID)
		}
	}
	for len(work) > 0 {
		b := work[len(work)-1]
		work = work[:len(work)-1]
		for _, p := range preds[b] {
			if !live[p] {
				live[p] = true
				work = append(work, p)
			}
		}
	}
	return live
}

// failure reports whether returning x is the usual sign of a failure.
func failure(f *ir.Func, x *ir.Operand) bool {
	return x.Kind == ir.Const && (f.Result.IsPtr() && x.Int == 0 || !f.Result.IsPtr() && x.Int < 0)
}

// expose finds the arguments that the function uses after, or in, a call that runs
// Python code, and of which it never takes a reference.
func (r *run) expose() []exposure {
	f := r.f
	candidates := newBitset(len(f.Vars))
	n := 0
	for i, p := range f.Params {
		if p.Type.IsObjectPtr() && !p.AddrTaken && i > 0 || i == 0 && p.Type.IsObjectPtr() {
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
			if in.Dst.IsVar() && in.Dst.Base.Kind == ir.Param {
				candidates.clear(in.Dst.Base.ID)
			}
		}
	}
	if n == 0 || len(r.eng.trigger) == 0 || r.eng.trigger[f].ice < thin {
		return nil
	}
	later := r.usedLater(candidates)
	out := make([]exposure, len(f.Params))
	for _, b := range f.Blocks {
		used := newBitset(len(f.Vars))
		for _, x := range succs(b) {
			used.or(later[x.ID])
		}
		usesOf(&b.Term.X, &b.Term.Y, func(v *ir.Var) { used.set(v.ID) })
		for i := len(b.Instrs) - 1; i >= 0; i-- {
			in := &b.Instrs[i]
			if in.Op == ir.Call {
				r.exposeAt(in, used, candidates, out)
			}
			instrUses(in, func(v *ir.Var) { used.set(v.ID) })
		}
	}
	return out
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
		t = inHelper(fn, in)
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
			note(p, exposure{t.ice, t.hook, t.via})
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
// beginning on.
func (r *run) usedLater(set bitset) []bitset {
	f := r.f
	later := make([]bitset, len(f.Blocks))
	for i, b := range f.Blocks {
		later[i] = newBitset(len(f.Vars))
		mark := func(v *ir.Var) {
			if set.has(v.ID) {
				later[i].set(v.ID)
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
	if len(in.Dst.Path) > 0 && in.Dst.Path[0].Kind == ir.Deref {
		use(in.Dst.Base)
	}
}

func usesOf(x, y *ir.Operand, use func(*ir.Var)) {
	for _, o := range [...]*ir.Operand{x, y} {
		if o.Kind == ir.Load && len(o.Place.Path) > 0 && o.Place.Path[0].Kind == ir.Deref {
			use(o.Place.Base)
		}
	}
}
