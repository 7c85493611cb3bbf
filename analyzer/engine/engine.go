package engine

import (
	"context"
	"fmt"
	"runtime/debug"
	"slices"
	"sync"

	"github.com/refcheck/refcheck/analyzer/rule"
	"github.com/refcheck/refcheck/cmodel/contract"
	"github.com/refcheck/refcheck/cmodel/ir"
)

// A Result is what the analysis of one function gave.
type Result struct {
	Func   *ir.Func
	Events []*Event
	// Contract is what callers may rely on, nil if nothing is known.
	Contract *contract.Func
	// Incomplete says why part of the function was not explored, "" if all was.
	Incomplete string
	// Exits are the ways out of the function that Contract comes from; kept only
	// after Engine.Explain, and if something was declared.
	Exits []Exit
	// Declared is what comments and attributes say about the function, nil if nothing;
	// the rest of Contract was inferred.
	Declared *Declared
	Role     rule.Role
	Crash    string // stack of a recovered panic: a bug of refcheck
	Visits   int    // block visits, the unit of cost
	Rounds   int    // how often it was analysed: more than once if it calls itself, also through others
	GivenUp  int    // objects not followed to the end, because paths differed too much
	// Handled are the calls that change a count and may be in trouble.
	Handled map[Handled]bool

	pending bool // no path ends before a call that waits for its own cycle
}

// Analyze runs every function of the project, callees before their callers, on
// at most jobs goroutines, and returns the results in the order of the units.
func (e *Engine) Analyze(ctx context.Context, units []*ir.Unit, jobs int) []*Result {
	var funcs []*ir.Func
	for _, u := range units {
		funcs = append(funcs, u.Funcs...)
	}
	e.findRuns(units)
	e.findDrops(units)
	e.findFreed(units)
	e.findTriggers(units)
	if e.threads {
		e.findCalled(units)
		e.findShared(units) // with what Python code passes, for what follows
		e.findChanging(units)
		e.findShared(units)
	}
	results := make(map[*ir.Func]*Result, len(funcs))
	for _, level := range e.levels(funcs) {
		out := make([][]*Result, len(level))
		var wg sync.WaitGroup
		next := make(chan int)
		for range max(1, min(jobs, len(level))) {
			wg.Go(func() {
				for i := range next {
					out[i] = e.component(ctx, level[i])
				}
			})
		}
		for i := range level {
			next <- i
		}
		close(next)
		wg.Wait()
		for _, component := range out {
			for _, res := range component {
				results[res.Func] = res
				e.setSummary(res.Func, res.Contract)
			}
		}
	}
	ordered := make([]*Result, len(funcs))
	for i, f := range funcs {
		ordered[i] = results[f]
	}
	return ordered
}

func (e *Engine) setExposed(f *ir.Func, x []exposure) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.exposed == nil {
		e.exposed = map[*ir.Func][]exposure{}
	}
	e.exposed[f] = x
}

// Reuse takes over what the analysis of the same functions for another target
// found about them: Analyze then relies on it instead of analysing them.
func (e *Engine) Reuse(results []*Result) {
	e.reused = true
	known := map[*ir.Func]bool{}
	for _, res := range results {
		known[res.Func] = true
		e.setSummary(res.Func, res.Contract)
		delete(e.calls, res.Func)
	}
	for f, callees := range e.calls {
		e.calls[f] = slices.DeleteFunc(callees, func(g *ir.Func) bool { return known[g] })
	}
}

// one analyses a function, turning a panic into a result.
func (e *Engine) one(f *ir.Func) (res *Result) {
	res = &Result{Func: f, Role: e.roles[f].Role}
	defer func() {
		if p := recover(); p != nil {
			res.Events, res.Contract = nil, nil
			res.Incomplete = fmt.Sprintf("internal error: %v", p)
			res.Crash = string(debug.Stack())
		}
	}()
	r := newRun(e, f, e.roles[f])
	res.Incomplete = r.execute()
	res.Visits, res.GivenUp = r.visits, r.givenUp
	res.Events, res.Handled = r.order, r.handled
	if r.cut != "" && res.Incomplete == "" {
		res.Incomplete = r.cut
	}
	if res.Incomplete == "" {
		res.Contract = r.sum.contract(r)
		if e.explain || e.tells(f) {
			res.Exits = r.why()
		}
		res.pending = len(r.sum.exits) == 0 && r.waited
		e.declare(res)
		e.setExposed(f, r.expose())
		r.disagreements()
		res.Events = r.intended()
	}
	if r.givenUp > 0 && res.Incomplete == "" {
		// All ways out have been seen; what was given up is unknown in the contract.
		res.Incomplete = fmt.Sprintf("budget: more than %d ways of owning things, some objects not followed to the end", maxKeys)
	}
	return res
}

// callees lists the project functions that f calls, directly or through a table
// whose functions are all known.
func (e *Engine) callees(f *ir.Func) []*ir.Func {
	var out []*ir.Func
	for _, b := range f.Blocks {
		for i := range b.Instrs {
			in := &b.Instrs[i]
			switch {
			case in.Op != ir.Call:
			case in.Fn == "":
				for _, g := range e.targets(&in.X) {
					if !slices.Contains(out, g) {
						out = append(out, g)
					}
				}
			case e.table.Lookup(in.Fn) == nil:
				if g := e.resolve(f, in.Fn); g != nil && !slices.Contains(out, g) {
					out = append(out, g)
				}
			}
		}
	}
	return out
}
