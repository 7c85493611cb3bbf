package engine

import (
	"slices"
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
	// number: the code is a conversion to a number, which ints and floats do without.
	number bool
	// container is what the call itself takes items out of.
	container sid
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
		t := r.eng.trigger[r.eng.resolve(r.f, in.Fn)]
		if t.number && r.numbers(s, in, args) {
			t.ice = min(t.ice, thick)
		}
		return t
	}
	t := r.eng.apiTrigger(fn, in)
	if t.ice == solid || t.how == rule.ByThreads || t.hook == collection {
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
	if t.ice == thin && r.role.Role == rule.Helper {
		t.ice = thick // what callers pass may have been looked at before
	}
	if r.plainOperands(s, in, fn, args) || converter(fn) && len(args) > 0 && !r.foreign(s, args[0], 0) {
		t.ice = min(t.ice, thick)
	}
	return t
}

// converter reports whether what fn runs are conversions of its first argument, or of
// the items of that.
func converter(fn *contract.Func) bool { return fn.FormatKind == "parse" || fn.Hook().Number }

// foreign reports whether Python code may have had a say in what the object a is, or
// what is in it. What a field holds was made by the module unless something else is
// known.
func (r *run) foreign(s *state, a sid, depth int) bool {
	if !r.tracked(a) || depth > maxOwners {
		return true
	}
	switch v, d := r.get(s, a), &r.syms[a]; {
	case d.param > 0:
		return r.role.Role != rule.Helper || r.eng.reach.given(r.f, d.param-1)
	case v.fl&fBorrowed != 0 && v.owner != noSym:
		return r.foreign(s, v.owner, depth+1)
	case v.fl&fSlot != 0 && d.kind == defInit:
		k, _, ok := r.iceKey(d.loc)
		return !ok || r.eng.reach.slots[k]
	}
	return true
}

const finalizer = "__del__"

// collection stands for the finalizers and callbacks of weak references that a
// collection runs.
const collection = "a collection, and so __del__"

// lastToCollect is the last minor version in which an allocation may start a collection;
// from the next one on that waits for the next bytecode (gh-97922).
const lastToCollect = 11

// collects reports whether fn may start a collection: it allocates a container.
func (e *Engine) collects(fn *contract.Func) bool {
	if e.table.Target().Minor > lastToCollect || fn.Result.Ref != contract.New || fn.Source == summarySource {
		return false
	}
	switch fn.Result.Makes {
	case "list", "tuple", "dict", "set", "frozenset":
		return true
	}
	return false
}

// allowThreads is how the frontend calls the beginning of a window.
const allowThreads = "Py_BEGIN_ALLOW_THREADS"

var threads = trigger{ice: breaking, how: rule.ByThreads, hook: "other threads"}

// apiTrigger is triggerOf for an API function, whatever its arguments.
func (e *Engine) apiTrigger(fn *contract.Func, in *ir.Instr) trigger {
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
		if e.collects(fn) {
			return trigger{ice: thick, how: rule.ByCall, hook: collection}
		}
		return trigger{}
	}
	h := fn.Hook()
	t := trigger{ice: breaking, how: rule.ByCall, hook: h.Name, number: h.Number}
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

// inHelper is apiTrigger for the callers of f, in which in is: they cannot tell on
// which keys, names and numbers it works.
func (e *Engine) inHelper(f *ir.Func, fn *contract.Func, in *ir.Instr) trigger {
	t := e.apiTrigger(fn, in)
	if t.ice <= thick {
		return t
	}
	o := e.origins[f]
	if fn.Hook().Odd || o.allPlain(in, fn) || fn.FormatKind == "parse" && len(in.Args) > 0 && !o.reached(&in.Args[0], 0) {
		t.ice = thick
	}
	return t
}

// plain are the exact types whose methods run no Python code.
var plain = map[string]bool{"str": true, "bytes": true, "int": true, "float": true, "bool": true, "complex": true, "bytearray": true}

// shown notes what the test x has shown on this path.
func (r *run) shown(s *state, x sid) {
	d := &r.syms[max(x, 0)]
	if d.kind != defSite || d.fn == nil || !r.tracked(d.y) || !r.get(s, x).nz {
		return
	}
	switch d.fn.Shows {
	case contract.ShowsExact:
		r.ref(s, d.y).fl |= fPlain
	case contract.ShowsNumber:
		r.ref(s, d.y).fl |= fNumber
	}
}

// numbers reports whether all objects among the arguments are ints or floats.
func (r *run) numbers(s *state, in *ir.Instr, args []sid) bool {
	n := 0
	for i, a := range args {
		if !in.Args[i].Type.IsObjectPtr() {
			continue
		}
		if r.get(s, a).fl&(fNumber|fPlain) == 0 {
			return false
		}
		n++
	}
	return n > 0
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
		case v.fl&fPlain != 0, v.fl&fNumber != 0 && fn.Hook().Number:
		case d.fn != nil && plain[d.fn.Result.Makes]:
		case v.fl&fConst != 0:
		case d.kind == defInit && d.loc != noLoc && r.locs[d.loc].kind == locVar && r.f.Vars[r.locs[d.loc].parent].Outlives():
		default:
			return false
		}
	}
	return n > 0
}

// findTriggers computes for every function the most harmful code that may run in
// it before it succeeds. What runs only on the way to a failure is left out: callers
// look at nothing any more then.
func (e *Engine) findTriggers(units []*ir.Unit) {
	e.trigger = map[*ir.Func]trigger{}
	callers := map[*ir.Func][]*ir.Func{}
	raise := func(f *ir.Func, t trigger) bool {
		if d := e.declared[f]; d != nil && d.Runs != nil && *d.Runs != contract.RunsPython {
			return false
		}
		if t.ice <= e.trigger[f].ice {
			return false
		}
		e.trigger[f] = t
		return true
	}
	var work []*ir.Func
	for _, u := range units {
		for _, f := range u.Funcs {
			live := succeeding(f)
			for n, b := range f.Blocks {
				for i := range b.Instrs {
					in := &b.Instrs[i]
					if !live[n] || in.Op != ir.Call {
						continue
					}
					t, callees := e.callTrigger(f, in)
					if raise(f, t) {
						work = append(work, f)
					}
					for _, g := range callees {
						callers[g] = append(callers[g], f)
					}
				}
			}
		}
	}
	spread(work, callers, func(caller, f *ir.Func) bool { return raise(caller, e.trigger[f]) })
}

// callTrigger is the code that a call in f may run by itself, and the project functions
// that it may be a call of.
func (e *Engine) callTrigger(f *ir.Func, in *ir.Instr) (t trigger, callees []*ir.Func) {
	fn := e.table.Lookup(in.Fn)
	if in.Fn == "" {
		fn, callees = e.slotContract(&in.X), e.targets(&in.X)
	}
	switch {
	case in.Fn == allowThreads:
		t = threads
		t.via = allowThreads
	case fn != nil:
		if t = e.inHelper(f, fn, in); t.hook == finalizer {
			return trigger{}, callees
		}
		t.via = fn.Name
	default:
		if g := e.resolve(f, in.Fn); g != nil {
			callees = append(slices.Clone(callees), g)
		}
	}
	return t, callees
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
