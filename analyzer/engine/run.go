package engine

import (
	"fmt"

	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/cmodel/contract"
	"github.com/refcheck/refcheck/cmodel/ir"
	"github.com/refcheck/refcheck/cmodel/source"
)

// Limits of one function's analysis. What they cut is counted and named.
const (
	maxVisits      = 20000 // block visits, about a second
	visitsPerBlock = 16    // and so many more per block
	exactStates    = 6     // states per block that differ in facts only
	loopStates     = 2     // the same at loop heads
	maxKeys        = 96    // states per block that differ in ownership
	maxFanOut      = 64    // states one block may turn one state into
)

// A run is the analysis of one function.
type run struct {
	eng    *Engine
	f      *ir.Func
	plan   *plan
	role   role
	opaque sid

	syms   []symDef
	phis   map[sid]icePhi
	nodes  []ice // by variable: see nodeVars; nil if there are none
	symIDs map[symKey]sid
	locs   []locDef
	locIDs map[locKey]locID

	block   int
	at      int32       // number of the current instruction in the function
	span    source.Span // of the current instruction
	callee  string
	called  *contract.Func // its contract, nil if not known
	givenUp int            // objects not followed to the end
	cut     string         // why part of the function was not explored
	waited  bool           // for a function of its own cycle, on some path
	moving  bool           // the value being overwritten is released right after
	melting *step          // the call that an event about thin ice follows
	storing bool           // the current call puts arguments into a container

	pending [][]*state
	seen    []map[uint64]bool
	visited []map[uint64]*group
	spill   []*state // by block: what came after maxKeys, merged
	visits  int
	budget  int

	events  map[eventKey]*Event
	order   []*Event
	handled map[Handled]bool
	sum     summarizer
}

// A group is the states of one block that agree on ownership.
type group struct {
	n   int
	acc *state
}

func newRun(e *Engine, f *ir.Func, rl role) *run {
	r := &run{eng: e, f: f, plan: newPlan(f), role: rl, symIDs: map[symKey]sid{}, locIDs: map[locKey]locID{},
		events: map[eventKey]*Event{}}
	r.syms = append(r.syms, symDef{})
	r.intern(symKey{kind: defConst, num: 0}) // symNil
	r.opaque = r.intern(symKey{kind: defSite, a: -1})
	r.nodes = r.nodeVars()
	for i := range f.Vars {
		r.internLoc(locKey{kind: locVar, parent: int32(i)}, "")
	}
	n := len(f.Blocks)
	r.budget = maxVisits + visitsPerBlock*n
	r.pending = make([][]*state, n)
	r.seen = make([]map[uint64]bool, n)
	r.visited = make([]map[uint64]*group, n)
	r.spill = make([]*state, n)
	return r
}

// execute explores the function. It returns why it stopped early, or "".
func (r *run) execute() string {
	s := &state{vars: make([]sid, len(r.f.Vars)), err: errUnknown}
	if r.role.borrowsArgs() {
		s.err = errClear // called by the interpreter
	}
	for i, p := range r.f.Params {
		s.vars[i] = r.initial(locID(p.ID), p.Type)
	}
	r.push(0, s)
	for {
		k := r.next()
		if k < 0 {
			return ""
		}
		states := r.pending[k]
		r.pending[k] = nil
		for _, s := range states {
			if s = r.admit(k, s); s == nil {
				continue
			}
			if r.visits++; r.visits > r.budget {
				return fmt.Sprintf("budget: %d states", r.budget)
			}
			r.visit(r.f.Blocks[k], s)
		}
	}
}

// next is the pending block that comes first in reverse postorder, or -1.
func (r *run) next() int {
	for _, b := range r.plan.order {
		if len(r.pending[b]) > 0 {
			return b
		}
	}
	return -1
}

func (r *run) push(b int, s *state) { r.pending[b] = append(r.pending[b], s) }

// visit runs a state through a block.
func (r *run) visit(b *ir.Block, s *state) {
	states := []*state{s}
	for i := range b.Instrs {
		in := &b.Instrs[i]
		r.at = int32(r.plan.base[b.ID] + i)
		r.span, r.callee = in.Span, in.Fn
		if in.Op != ir.Call {
			r.callee = ""
		}
		if len(states) == 1 {
			states = r.instr(states[0], in)
		} else {
			var out []*state
			for _, s := range states {
				out = append(out, r.instr(s, in)...)
			}
			states = out
		}
		if len(states) > maxFanOut {
			states = states[:maxFanOut]
			r.cut = "budget: paths through one block"
		}
	}
	r.at = int32(r.plan.base[b.ID] + len(b.Instrs))
	r.span, r.callee = b.Term.Span, ""
	for _, s := range states {
		r.term(b, s)
	}
}

func (r *run) term(b *ir.Block, s *state) {
	t := &b.Term
	r.melted(s, &t.X, false)
	r.melted(s, &t.Y, false)
	r.racyTerm(s, t)
	switch t.Kind {
	case ir.Jump:
		r.push(t.Succ[0].ID, s)
	case ir.Return:
		r.leave(s, t)
	case ir.Branch:
		r.nodesChecked(s, &t.X, &t.Y)
		r.checked(s, t)
		x, y := r.value(s, &t.X), r.value(s, &t.Y)
		r.uniqueByCount(s, t, x, y)
		op := cmpOps[t.Cmp]
		u := s.clone()
		yes, no := r.assume(s, op, x, y), r.assume(u, op.not(), x, y)
		if yes && no {
			about := x
			if !r.tracked(about) {
				about = y
			}
			r.note(s, step{kind: finding.Branch, span: t.Span, other: about, slot: "true"})
			r.note(u, step{kind: finding.Branch, span: t.Span, other: about, slot: "false"})
		}
		r.shown(s, x)
		r.shown(u, x)
		if yes {
			r.push(t.Succ[0].ID, s)
		}
		if no {
			r.push(t.Succ[1].ID, u)
		}
	}
}
