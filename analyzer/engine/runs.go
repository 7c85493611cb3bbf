package engine

import (
	"github.com/refcheck/refcheck/cmodel/contract"
	"github.com/refcheck/refcheck/cmodel/ir"
)

// findRuns computes for every function whether Python code may run during a call
// of it: what the worst of the calls in it or its callees says. Code that nobody
// has seen may run anything.
func (e *Engine) findRuns(units []*ir.Unit) {
	e.runs = e.runsWith(units, contract.RunsPython)
	e.surely = e.runsWith(units, contract.RunsNothing)
	e.findMovable(units)
	e.findTakes(units)
	e.findNeedy(units)
}

// runsWith is findRuns for one assumption about code that nobody has seen.
func (e *Engine) runsWith(units []*ir.Unit, unseen contract.Runs) map[*ir.Func]contract.Runs {
	runs := map[*ir.Func]contract.Runs{}
	callers := map[*ir.Func][]*ir.Func{}
	var work []*ir.Func
	raise := func(f *ir.Func, n contract.Runs) {
		if d := e.declared[f]; d != nil && d.Runs != nil {
			n = *d.Runs
		}
		if n > runs[f] {
			runs[f] = n
			work = append(work, f)
		}
	}
	for _, u := range units {
		for _, f := range u.Funcs {
			raise(f, e.directRuns(f, unseen))
			for _, g := range e.calls[f] {
				callers[g] = append(callers[g], f)
			}
		}
	}
	for len(work) > 0 {
		g := work[len(work)-1]
		work = work[:len(work)-1]
		for _, f := range callers[g] {
			raise(f, runs[g])
		}
	}
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
