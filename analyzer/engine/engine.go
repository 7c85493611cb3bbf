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
	// after Engine.Explain.
	Exits   []Exit
	Role    rule.Role
	Crash   string // stack of a recovered panic: a bug of refcheck
	Visits  int    // block visits, the unit of cost
	GivenUp int    // objects not followed to the end, because paths differed too much
}

// Analyze runs every function of the project, callees before their callers, on
// at most jobs goroutines, and returns the results in the order of the units.
func (e *Engine) Analyze(ctx context.Context, units []*ir.Unit, jobs int) []*Result {
	var funcs []*ir.Func
	for _, u := range units {
		funcs = append(funcs, u.Funcs...)
	}
	results := make(map[*ir.Func]*Result, len(funcs))
	for _, level := range e.levels(funcs) {
		out := make([]*Result, len(level))
		var wg sync.WaitGroup
		next := make(chan int)
		for range max(1, min(jobs, len(level))) {
			wg.Go(func() {
				for i := range next {
					out[i] = e.one(level[i])
				}
			})
		}
		for i := range level {
			if ctx.Err() != nil {
				break
			}
			next <- i
		}
		close(next)
		wg.Wait()
		for i, res := range out {
			if res == nil {
				res = &Result{Func: level[i], Incomplete: "interrupted"}
			}
			results[level[i]] = res
			if res.Incomplete == "" && res.Contract != nil {
				e.sums[level[i]] = res.Contract
			}
		}
	}
	ordered := make([]*Result, len(funcs))
	for i, f := range funcs {
		ordered[i] = results[f]
	}
	return ordered
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
	if r.givenUp > 0 && res.Incomplete == "" {
		res.Incomplete = fmt.Sprintf("budget: more than %d ways of owning things, some objects not followed to the end", maxKeys)
	}
	res.Events = r.order
	e.mu.Lock()
	if why := e.cuts[f]; why != "" && res.Incomplete == "" {
		res.Incomplete = why
	}
	e.mu.Unlock()
	if res.Incomplete == "" {
		res.Contract = r.sum.contract(r)
		if e.explain {
			res.Exits = r.why()
		}
		res.Events = r.intended()
	}
	return res
}

// levels orders functions so that each comes after the functions it calls; in a
// cycle of calls, one of them comes first and knows nothing of the others.
func (e *Engine) levels(funcs []*ir.Func) [][]*ir.Func {
	level := make(map[*ir.Func]int, len(funcs))
	open := map[*ir.Func]bool{}
	type frame struct {
		f    *ir.Func
		next int
		out  []*ir.Func
	}
	var top int
	for _, root := range funcs {
		if _, done := level[root]; done {
			continue
		}
		stack := []frame{{f: root, out: e.calls[root]}}
		open[root] = true
		for len(stack) > 0 {
			fr := &stack[len(stack)-1]
			if fr.next < len(fr.out) {
				g := fr.out[fr.next]
				fr.next++
				if _, done := level[g]; !done && !open[g] {
					open[g] = true
					stack = append(stack, frame{f: g, out: e.calls[g]})
				}
				continue
			}
			n := 0
			for _, g := range fr.out {
				if l, done := level[g]; done {
					n = max(n, l+1)
				}
			}
			level[fr.f] = n
			top = max(top, n)
			delete(open, fr.f)
			stack = stack[:len(stack)-1]
		}
	}
	out := make([][]*ir.Func, top+1)
	for _, f := range funcs {
		out[level[f]] = append(out[level[f]], f)
	}
	return slices.DeleteFunc(out, func(l []*ir.Func) bool { return len(l) == 0 })
}

// callees lists the project functions that f calls directly.
func (e *Engine) callees(f *ir.Func) []*ir.Func {
	var out []*ir.Func
	for _, b := range f.Blocks {
		for i := range b.Instrs {
			in := &b.Instrs[i]
			if in.Op != ir.Call || in.Fn == "" || e.table.Lookup(in.Fn) != nil {
				continue
			}
			if g := e.resolve(f, in.Fn); g != nil && g != f && !slices.Contains(out, g) {
				out = append(out, g)
			}
		}
	}
	return out
}
