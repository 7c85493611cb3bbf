package engine

import (
	"fmt"
	"slices"

	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/rule"
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

// admit decides whether a state at a block's entry says anything new. Beyond a
// number of states with the same ownership, only their common facts are kept.
func (r *run) admit(b int, s *state) *state {
	r.block = b
	r.prune(b, s)
	h := s.hash()
	if r.seen[b] == nil {
		r.seen[b], r.visited[b] = map[uint64]bool{}, map[uint64]*group{}
	}
	if r.seen[b][h] {
		return nil
	}
	key := r.ownership(s)
	g := r.visited[b][key]
	// The more a function costs, the earlier its states are merged, so that even the
	// largest are explored to the end.
	tight := r.visits / (r.budget / 5)
	if g == nil && len(r.visited[b]) >= maxKeys>>tight {
		return r.overflow(b, s)
	}
	if g == nil {
		g = &group{}
		r.visited[b][key] = g
	}
	g.n++
	limit := max(1, exactStates>>tight)
	if r.plan.head[b] {
		limit = max(1, loopStates>>tight)
	}
	if g.n > limit {
		if g.acc != nil {
			r.merge(b, s, g.acc, g.n > limit+2)
			if h = s.hash(); r.seen[b][h] {
				return nil
			}
		}
	}
	r.seen[b][h] = true
	if g.n >= limit {
		g.acc = s.clone()
	}
	return s
}

// overflow admits a state to a block that has seen too many ways of owning
// things: objects on which the states differ are not judged any further.
func (r *run) overflow(b int, s *state) *state {
	t := r.spill[b]
	if t == nil {
		r.spill[b] = s.clone()
		r.seen[b][s.hash()] = true
		return s
	}
	r.reconcile(s, t)
	r.merge(b, s, t, true)
	r.prune(b, s)
	h := s.hash()
	if r.seen[b][h] {
		return nil
	}
	r.seen[b][h] = true
	r.spill[b] = s.clone()
	return s
}

// reconcile gives up the objects whose ownership s and t do not share.
func (r *run) reconcile(s, t *state) {
	for i := range t.vals {
		if t.vals[i].owns() {
			r.ref(s, t.vals[i].id)
		}
	}
	for i := range s.vals {
		v := &s.vals[i]
		w := r.get(t, v.id)
		if !v.owns() && !w.owns() {
			continue
		}
		if v.refs != w.refs || v.fl != w.fl || v.nz != w.nz || !sameHolders(s, t, v.id) {
			if (v.fl|w.fl)&(fEscaped|fReported) == 0 && v.refs > 0 {
				r.givenUp++
			}
			v.fl |= fEscaped
			v.refs = 0
		}
	}
}

// sameHolders reports whether the same variables and locations hold id in s as
// in t.
func sameHolders(s, t *state, id sid) bool {
	for i, x := range s.vars {
		if (x == id) != (t.vars[i] == id) {
			return false
		}
	}
	return heldIn(s, t, id) && heldIn(t, s, id)
}

// heldIn reports whether every location that holds id in s does so in t.
func heldIn(s, t *state, id sid) bool {
	for _, c := range s.mem {
		if c.val != id {
			continue
		}
		if i, ok := t.cell(c.loc); !ok || t.mem[i].val != id {
			return false
		}
	}
	return true
}

// prune drops what cannot matter any more: values of variables that are not
// read again and facts about symbols that nothing holds.
func (r *run) prune(b int, s *state) {
	live := r.plan.liveIn[b]
	s.pruneMelts(live)
	for i, id := range s.vars {
		if id == noSym {
			continue
		}
		if v := r.f.Vars[i]; !live.has(i) && !v.AddrTaken && !v.Outlives() && !aggregate(v.Type) {
			if v.Kind != ir.Temp && r.get(s, id).refs > 0 {
				continue // overwriting it loses the reference
			}
			s.vars[i] = noSym
			if v.Kind == ir.Temp {
				r.temporaryDies(s, id)
			}
		}
	}
	if r.plan.head[b] {
		s.memo = nil // the next turn is about other items
	}
	mark := r.marks(s)
	out := s.vals[:0]
	for _, v := range s.vals {
		if (mark.has(int(v.id)) || v.refs != 0) && v != r.blank(v.id) {
			out = append(out, v)
		}
	}
	s.vals = out
	if len(s.rels) > 0 {
		rels := s.rels[:0:0]
		for _, x := range s.rels {
			if r.matters(mark, x) {
				rels = append(rels, x)
			}
		}
		s.rels = rels
	}
	if s.dep != noSym && !mark.has(int(s.dep)) {
		s.dep = noSym
	}
}

// matters reports whether a fact about two symbols can still be asked for: both
// are held or can be read again, or one stands for a constant of the interpreter,
// whose release may be meant for the other.
func (r *run) matters(m bitset, x relation) bool {
	if x.eq && (r.syms[x.a].flags|r.syms[x.b].flags)&fConst != 0 {
		return true
	}
	a, b := m.has(int(x.a)), m.has(int(x.b))
	return (a || b) && (a || r.rereadable(m, x.a)) && (b || r.rereadable(m, x.b))
}

// rereadable reports whether code can come by a symbol again that nothing holds.
func (r *run) rereadable(m bitset, id sid) bool {
	switch d := &r.syms[id]; d.kind {
	case defConst, defName:
		return true
	case defInit: // a field nobody has set can be read again through its base
		root := r.locs[d.loc].root
		return root == noSym || m.has(int(root))
	}
	return false
}

func aggregate(t *ir.Type) bool {
	return t != nil && (t.Kind == ir.StructType || t.Kind == ir.Array)
}

// marks finds the symbols that something in the state still refers to.
func (r *run) marks(s *state) bitset {
	m := newBitset(len(r.syms))
	for _, id := range s.vars {
		m.set(int(id))
	}
	for _, x := range s.memo {
		m.set(int(x.to))
	}
	for _, c := range s.mem {
		m.set(int(c.val))
		m.set(int(max(r.locs[c.loc].root, 0)))
	}
	for _, x := range s.held {
		m.set(int(x.id))
		m.set(int(x.dep))
		m.set(int(x.prev))
	}
	for _, x := range s.locks {
		m.set(int(x.a))
		m.set(int(x.b))
	}
	for i := range r.f.Params {
		m.set(int(r.initial(locID(i), nil)))
	}
	for again := true; again; {
		again = false
		for i := range s.vals {
			v := &s.vals[i]
			keep := m.has(int(v.id)) || v.refs != 0
			if !keep && r.syms[v.id].kind == defInit {
				// A field's initial value can be read again through its base.
				if root := r.locs[r.syms[v.id].loc].root; root == noSym || m.has(int(root)) {
					m.set(int(v.id))
					keep, again = true, true
				}
			}
			if !keep {
				continue
			}
			for _, o := range [...]sid{v.id, v.owner, v.x, v.y} {
				if o != noSym && !m.has(int(o)) {
					m.set(int(o))
					again = true
				}
			}
		}
	}
	return m
}

// temporaryDies: the value of an expression is not used any more.
func (r *run) temporaryDies(s *state, id sid) {
	v := r.get(s, id)
	d := &r.syms[id]
	if v.refs <= 0 || v.fl&(fEscaped|fReported) != 0 || v.lo == 0 && v.hi == 0 || d.instr == nil || d.kind != defSite {
		return
	}
	if r.holders(s, id, noLoc) > 0 || slices.ContainsFunc(s.memo, func(m memo) bool { return m.to == id }) {
		return
	}
	r.fire(s, id, &rule.Event{Kind: rule.Lost, How: rule.Dropped, At: d.instr.Span, Call: d.instr.Fn})
}

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
