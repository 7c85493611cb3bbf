package engine

import (
	"github.com/refcheck/refcheck/cmodel/contract"
	"github.com/refcheck/refcheck/cmodel/ir"
)

// findRuns computes for every function whether Python code may run during a call
// of it: what the worst of the calls in it or its callees says. Code that nobody
// has seen may run anything.
func (e *Engine) findRuns(units []*ir.Unit) {
	callers := e.callersIn(units)
	e.runs = e.runsWith(units, callers, contract.RunsPython)
	e.surely = e.runsWith(units, callers, contract.RunsNothing)
	e.findMovable(units)
	e.findTakes(units)
	e.findNeedy(units)
}

// runsWith is findRuns for one assumption about code that nobody has seen.
func (e *Engine) runsWith(units []*ir.Unit, callers map[*ir.Func][]*ir.Func, unseen contract.Runs) map[*ir.Func]contract.Runs {
	runs := map[*ir.Func]contract.Runs{}
	raise := func(f *ir.Func, n contract.Runs) bool {
		if d := e.declared[f]; d != nil && d.Runs != nil {
			n = *d.Runs
		}
		if n <= runs[f] {
			return false
		}
		runs[f] = n
		return true
	}
	var work []*ir.Func
	for _, u := range units {
		for _, f := range u.Funcs {
			if raise(f, e.directRuns(f, unseen)) {
				work = append(work, f)
			}
		}
	}
	spread(work, callers, func(caller, f *ir.Func) bool { return raise(caller, runs[f]) })
	return runs
}

// surelyRuns reports whether code that has been seen, or is under contract, runs
// Python code during a call.
func (r *run) surelyRuns(in *ir.Instr) bool {
	if r.called == nil || runsOf(r.called, in) != contract.RunsPython {
		return false
	}
	if in.Fn == "" || r.eng.table.Lookup(in.Fn) != nil {
		return r.called.Source != summarySource
	}
	g := r.eng.resolve(r.f, in.Fn)
	return g != nil && r.eng.surely[g] == contract.RunsPython
}

// runsOf is what fn says about one call of it: where the format decides, and is
// given as a literal, what that format does.
func runsOf(fn *contract.Func, in *ir.Instr) contract.Runs {
	if n := fn.Format; n > 0 && n <= len(in.Args) && in.Args[n-1].Kind == ir.String {
		return fn.RunsWith(in.Args[n-1].Str)
	}
	return fn.Runs
}

// directRuns is findRuns for one function without its callees in the project.
func (e *Engine) directRuns(f *ir.Func, unseen contract.Runs) contract.Runs {
	worst := contract.RunsNothing
	for _, b := range f.Blocks {
		for i := range b.Instrs {
			in := &b.Instrs[i]
			if in.Op != ir.Call {
				continue
			}
			fn := e.table.Lookup(in.Fn)
			known := in.Fn != "" && e.resolve(f, in.Fn) != nil
			switch {
			case in.Fn == "":
				fn = e.slotContract(&in.X)
			case fn == nil && !known:
				fn = e.foreignContract(in.Fn)
			}
			switch {
			case fn != nil:
				worst = max(worst, runsOf(fn, in))
			case !known:
				worst = max(worst, unseen)
			}
		}
	}
	return worst
}
