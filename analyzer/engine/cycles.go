package engine

import (
	"context"
	"reflect"
	"slices"

	"github.com/refcheck/refcheck/cmodel/contract"
	"github.com/refcheck/refcheck/cmodel/ir"
)

// maxRounds bounds how often the functions of a cycle of calls are analysed
// until their contracts do not change any more. What still changes then is
// unknown to its callers.
const maxRounds = 8

// component analyses functions that call each other. At first, calls among them
// are taken not to return, so that what is known of a function comes from its
// paths that end without recursion; then each function is analysed again with
// what is known of the others, until nothing changes: the least fixpoint.
func (e *Engine) component(ctx context.Context, funcs []*ir.Func) []*Result {
	out := make([]*Result, len(funcs))
	if len(funcs) == 1 && !slices.Contains(e.calls[funcs[0]], funcs[0]) {
		out[0] = e.oneUnless(ctx, funcs[0])
		return out
	}
	for _, f := range funcs {
		e.setSummary(f, waiting)
	}
	dirty := make([]bool, len(funcs))
	for i := range dirty {
		dirty[i] = true
	}
	rounds := make([]int, len(funcs))
	for round := 1; slices.Contains(dirty, true); round++ {
		for i, f := range funcs {
			if !dirty[i] {
				continue
			}
			dirty[i] = false
			visits := 0
			if out[i] != nil {
				visits = out[i].Visits
			}
			out[i] = e.oneUnless(ctx, f)
			rounds[i]++
			out[i].Rounds, out[i].Visits = rounds[i], out[i].Visits+visits
			known := e.known(out[i], round)
			if reflect.DeepEqual(known, e.summary(f)) {
				continue
			}
			e.setSummary(f, known)
			for j, g := range funcs {
				if slices.Contains(e.calls[g], f) {
					dirty[j] = true
				}
			}
		}
	}
	return out
}

// waiting stands for the contract of a function of which no path is known to
// return yet.
var waiting = &contract.Func{NoReturn: true}

// known is what the callers of a function in the same cycle may rely on after
// a round.
func (e *Engine) known(res *Result, round int) *contract.Func {
	switch old := e.summary(res.Func); {
	case old == nil: // has been found unknowable
		return nil
	case res.Contract == nil:
		return nil
	case res.pending && round < maxRounds:
		return waiting
	case res.pending, round >= maxRounds && !reflect.DeepEqual(old, res.Contract):
		return nil
	}
	return res.Contract
}

func (e *Engine) oneUnless(ctx context.Context, f *ir.Func) *Result {
	if ctx.Err() != nil {
		return &Result{Func: f, Incomplete: "interrupted"}
	}
	return e.one(f)
}

func (e *Engine) summary(f *ir.Func) *contract.Func {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.sums[f]
}

func (e *Engine) setSummary(f *ir.Func, c *contract.Func) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if c == nil {
		delete(e.sums, f)
		return
	}
	e.sums[f] = c
}

// levels orders the functions so that each comes after those it calls. The
// functions of a cycle of calls are one component, callees first as far as
// that goes; the components of one level do not depend on each other.
func (e *Engine) levels(funcs []*ir.Func) [][][]*ir.Func {
	t := tarjan{calls: e.calls, index: map[*ir.Func]int{}, low: map[*ir.Func]int{}, in: map[*ir.Func]int{}}
	for _, f := range funcs {
		if t.index[f] == 0 {
			t.walk(f)
		}
	}
	level := make([]int, len(t.components)) // callees have been found first
	var out [][][]*ir.Func
	for i, c := range t.components {
		for _, f := range c {
			for _, g := range e.calls[f] {
				if j := t.in[g]; j != i {
					level[i] = max(level[i], level[j]+1)
				}
			}
		}
		for len(out) <= level[i] {
			out = append(out, nil)
		}
		out[level[i]] = append(out[level[i]], c)
	}
	return out
}

// tarjan finds the strongly connected components of the call graph, without
// recursion.
type tarjan struct {
	calls      map[*ir.Func][]*ir.Func
	index, low map[*ir.Func]int // from 1
	in         map[*ir.Func]int // number of the component a function has been put in
	stack      []*ir.Func
	components [][]*ir.Func
	n          int
}

func (t *tarjan) enter(f *ir.Func) {
	t.n++
	t.index[f], t.low[f] = t.n, t.n
	t.stack = append(t.stack, f)
}

func (t *tarjan) walk(root *ir.Func) {
	type frame struct {
		f    *ir.Func
		next int
	}
	frames := []frame{{f: root}}
	t.enter(root)
	var post []*ir.Func // in the order in which they were left
	for len(frames) > 0 {
		fr := &frames[len(frames)-1]
		if f := fr.f; fr.next < len(t.calls[f]) {
			g := t.calls[f][fr.next]
			fr.next++
			if t.index[g] == 0 {
				t.enter(g)
				frames = append(frames, frame{f: g})
			} else if _, done := t.in[g]; !done {
				t.low[f] = min(t.low[f], t.index[g])
			}
			continue
		}
		f := fr.f
		post = append(post, f)
		frames = frames[:len(frames)-1]
		if len(frames) > 0 {
			up := frames[len(frames)-1].f
			t.low[up] = min(t.low[up], t.low[f])
		}
		if t.low[f] == t.index[f] {
			t.close(f, &post)
		}
	}
}

// close makes a component of what is on the stack down to f.
func (t *tarjan) close(f *ir.Func, post *[]*ir.Func) {
	i := len(t.stack) - 1
	for t.stack[i] != f {
		i--
	}
	size := len(t.stack) - i
	t.stack = t.stack[:i]
	// All of them have been left, f last: they are the end of post.
	c := slices.Clone((*post)[len(*post)-size:])
	*post = (*post)[:len(*post)-size]
	for _, g := range c {
		t.in[g] = len(t.components)
	}
	t.components = append(t.components, c)
}
