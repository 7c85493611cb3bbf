package engine

import (
	"slices"
	"strings"

	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/rule"
	"github.com/refcheck/refcheck/cmodel/contract"
	"github.com/refcheck/refcheck/cmodel/ir"
)

// An ice says how thin the ice is on which a borrowed reference stands: how likely
// it is that the owner is made to let go of it.
type ice uint8

const (
	solid    ice = iota
	thick        // it takes code that nobody writes
	thin         // it takes odd code, which can be written
	breaking     // ordinary Python code does it
)

// confidence turns it into the confidence of a finding.
func (i ice) confidence() finding.Confidence {
	switch i {
	case breaking:
		return finding.High
	case thin:
		return finding.Medium
	}
	return finding.Low
}

// and weighs code against the owner that it has to reach. That the owner can be made
// to let go has to be plain: how odd the code is that does it, is another matter.
func (i ice) and(owner ice) ice {
	if owner == thin {
		owner = thick
	}
	return min(i, owner)
}

// A melt says that what a variable has borrowed may be gone: code has run since
// that can make the owner let go. It belongs to the variable, not to the object:
// what is read anew from the owner is there.
type melt struct {
	v   int32 // variable, -1 if none
	sym sid   // what it held
	ice ice
	how rule.How
	at  *step // the call during which it may have happened
	via string
}

func (s *state) meltOf(v int32) (int, bool) {
	return slices.BinarySearchFunc(s.melts, v, func(m melt, v int32) int { return int(m.v) - int(v) })
}

// setMelt marks a variable, unless it is marked as strongly already.
func (s *state) setMelt(m melt) {
	i, ok := s.meltOf(m.v)
	switch {
	case !ok:
		s.melts = slices.Insert(slices.Clone(s.melts), i, m)
	case s.melts[i].ice < m.ice:
		s.melts = slices.Clone(s.melts)
		s.melts[i] = m
	}
}

// unmelt: the variable is given another value.
func (s *state) unmelt(v int32) {
	if i, ok := s.meltOf(v); ok {
		s.melts = slices.Delete(slices.Clone(s.melts), i, i+1)
	}
}

// carriedMelt is the mark of the variable that in copies, or adds to, to another.
func (s *state) carriedMelt(in *ir.Instr) (m melt, ok bool) {
	if len(s.melts) == 0 || !in.Dst.IsVar() || in.X.Kind != ir.Load || !in.X.Place.IsVar() {
		return m, false
	}
	i, ok := s.meltOf(int32(in.X.Place.Base.ID))
	if !ok || in.Op == ir.Binary && s.melts[i].how != rule.Freed {
		return m, false
	}
	m = s.melts[i]
	m.v = int32(in.Dst.Base.ID)
	return m, true
}

func (s *state) pruneMelts(live bitset) {
	if len(s.melts) == 0 {
		return
	}
	s.melts = slices.DeleteFunc(slices.Clone(s.melts), func(m melt) bool { return m.how != rule.StaleCheck && !live.has(int(m.v)) })
}

// mergeMelts keeps what may have melted on either path.
func mergeMelts(a, b []melt) []melt {
	if len(b) == 0 {
		return a
	}
	s := state{melts: a}
	for _, m := range b {
		s.setMelt(m)
	}
	return s.melts
}

// melt is called before the effects of a call: first the arguments that the callee
// uses again after Python code had its turn, then the variables whose borrowed
// references may be gone afterwards.
func (r *run) melt(s *state, in *ir.Instr, fn *contract.Func, args []sid) {
	if r.role.Role == rule.Dealloc || r.role.Role == rule.Clear {
		return // nobody else can reach the object
	}
	t := r.triggerOf(s, in, fn, args)
	reported := r.meltArgs(s, in, fn, args, t)
	r.meltChecks(s, in, args, t)
	if t.ice == solid {
		return
	}
	r.meltNodes(s, in, t)
	var at *step
	for n, id := range s.vars {
		v := r.f.Vars[n]
		if id == noSym || slices.Contains(reported, id) || v.Outlives() || v.AddrTaken && v.Kind == ir.Temp {
			continue
		}
		how := t.ice.and(r.iceOf(s, id, 0))
		if t.container != noSym && r.get(s, id).owner == t.container {
			how = breaking.and(r.iceOf(s, id, 0)) // the very container is changed
		}
		if c := r.sizeOf(id); c > symNil {
			how = t.ice.and(r.iceOfContainer(s, c))
		}
		if how == solid || how < thin && !r.worth(s, id) {
			continue
		}
		if at == nil {
			at = r.callStep(s, in, t.hook)
		}
		s.setMelt(melt{v: int32(n), sym: id, ice: how, how: t.how, at: at, via: t.via})
	}
}

// worth reports whether weak evidence about id is followed at all: paths that
// differ in it only cost time.
func (r *run) worth(s *state, id sid) bool {
	v := r.get(s, id)
	return v.fl&fBorrowed != 0
}

// meltArgs reports arguments of a call that runs Python code and then uses them
// again, when only somebody else's container or field keeps them alive.
func (r *run) meltArgs(s *state, in *ir.Instr, fn *contract.Func, args []sid, t trigger) (reported []sid) {
	if fn == nil {
		return nil
	}
	for i, a := range args {
		if !r.tracked(a) {
			continue
		}
		if !in.Args[i].Type.IsObjectPtr() {
			r.meltPointer(s, in, fn, a, i, t)
			continue
		}
		x, owner := r.exposure(in, fn, i, t), r.iceOf(s, a, 0)
		how := x.ice.and(owner)
		if how == solid || x.number && r.get(s, a).fl&(fNumber|fPlain) != 0 || x.own && (owner < thin || !r.worth(s, a)) {
			continue
		}
		at := r.callStep(s, in, x.hook)
		how = r.settled(s, a, how)
		r.fireMelt(s, a, melt{v: variable(&in.Args[i]), ice: how, how: rule.Within, at: at, via: x.via}, in.Args[i].Type, i+1, r.usedAs(useArg, ""))
		reported = append(reported, a)
	}
	return reported
}

// variable is the variable that is passed on, -1 if it is no variable.
func variable(o *ir.Operand) int32 {
	if o.Kind == ir.Load && o.Place.IsVar() {
		return int32(o.Place.Base.ID)
	}
	return -1
}

// settled lowers the evidence for objects that something else may hold as well.
func (r *run) settled(s *state, a sid, how ice) ice {
	if v := r.get(s, a); v.fl&fStored != 0 || v.fl&fDoubt != 0 {
		return min(how, thick)
	}
	return how
}

// meltedUses looks for variables that in uses although what they borrowed may be
// gone.
func (r *run) meltedUses(s *state, in *ir.Instr) {
	if len(s.melts) == 0 {
		return
	}
	call := in.Op == ir.Call
	if call {
		fn := r.eng.table.Lookup(in.Fn)
		call = fn == nil || fn.Special != "decref" && fn.Special != "xdecref"
		if fn != nil && call {
			r.staleSize(s, in, fn)
		}
	}
	for i := range in.Args {
		r.melted(s, &in.Args[i], call)
	}
	r.melted(s, &in.X, false)
	r.melted(s, &in.Y, false)
	if len(in.Dst.Path) > 0 {
		r.meltedPlace(s, &in.Dst)
	}
}

// melted reports o if it uses what a melted variable points to: reads through it or,
// as an argument, hands it on. Comparing and copying pointers uses nothing.
func (r *run) melted(s *state, o *ir.Operand, arg bool) {
	if o.Kind != ir.Load || len(s.melts) == 0 {
		return
	}
	if len(o.Place.Path) > 0 {
		r.meltedPlace(s, &o.Place)
		return
	}
	if i, ok := s.meltOf(int32(o.Place.Base.ID)); ok && arg {
		r.useMelted(s, i, r.usedAs(useArg, ""))
	}
}

func (r *run) meltedPlace(s *state, p *ir.Place) {
	if p.Base == nil || len(p.Path) == 0 || p.Path[0].Kind != ir.Deref {
		return
	}
	if i, ok := s.meltOf(int32(p.Base.ID)); ok {
		r.useMelted(s, i, "read")
	}
}

// useMelted reports one use; the next ones follow from it.
func (r *run) useMelted(s *state, i int, used string) {
	m := s.melts[i]
	s.unmelt(m.v)
	id := s.vars[m.v]
	if m.how == rule.Freed {
		r.fireFreed(s, id, m, used)
		return
	}
	if v := r.get(s, id); !r.tracked(id) || v.refs > 0 || v.lo == 0 && v.hi == 0 || r.sizeOf(id) != noSym {
		return
	}
	m.ice = r.settled(s, id, m.ice)
	if r.syms[id].kind == defPhi {
		id = m.sym
	}
	r.fireMelt(s, id, m, nil, 0, used)
}

// reportedHere reports whether a borrowed reference was reported where the current
// instruction is.
func (r *run) reportedHere() bool {
	return slices.ContainsFunc(r.order, func(e *Event) bool { return e.Kind == rule.ThinIce && e.At == r.span })
}

// fireMelt fires the event. It says nothing about who owns the object, so that the
// path goes on as if it had not been fired. t is the type of what is not in a variable.
func (r *run) fireMelt(s *state, id sid, m melt, t *ir.Type, arg int, used string) {
	if len(r.f.Doubts) > 0 {
		m.ice = min(m.ice, thick)
	}
	ev := &rule.Event{Kind: rule.ThinIce, How: m.how, At: r.span, Call: r.callee, Arg: arg, Used: used,
		Before: m.at.span, BeforeCall: m.at.callee, Hook: m.at.hook, Via: m.via, Loop: r.iterated(r.behind(id)), Sure: m.ice.confidence()}
	if m.v >= 0 && r.f.Vars[m.v].Kind != ir.Temp {
		ev.Held, t = r.f.Vars[m.v].Name, r.f.Vars[m.v].Type
	}
	if t != nil {
		ev.HeldType = t.String()
	}
	if m.how == rule.StaleSize {
		ev.Slot = "size"
	}
	if one := r.behind(id); one != id {
		if r.reportedHere() {
			return // what the merged value may be was reported by itself
		}
		id = one
	}
	was := r.get(s, id).fl & fReported
	r.melting = m.at
	r.fire(s, id, ev)
	r.melting = nil
	if p := r.ref(s, id); was == 0 {
		p.fl &^= fReported
	}
}

// sizeOf is the container whose size id is, or noSym.
func (r *run) sizeOf(id sid) sid {
	d := &r.syms[max(id, 0)]
	if d.kind != defSite || d.fn == nil || d.instr == nil || !d.fn.Size || d.y <= symNil {
		return noSym
	}
	return d.y
}

// itemsOf is the container whose array of items id is, or noSym.
func (r *run) itemsOf(id sid) sid {
	d := &r.syms[max(id, 0)]
	if d.kind != defSite || d.fn == nil || d.fn.Result.Inside == "" || !strings.HasPrefix(d.fn.Result.Type, "PyObject **") {
		return noSym
	}
	return d.y
}

// sizeAgain: the size of c is asked for again, so that an older one need not be right.
func (r *run) sizeAgain(s *state, c sid) {
	for _, m := range s.melts {
		if c > symNil && m.how != rule.StaleCheck && r.sizeOf(s.vars[m.v]) == c {
			s.unmelt(m.v)
		}
	}
}

// staleSize reports an item that is read without a check from a container which
// may have shrunk since its size was asked for.
func (r *run) staleSize(s *state, in *ir.Instr, fn *contract.Func) {
	if fn.Size && len(in.Args) > 0 {
		r.sizeAgain(s, r.value(s, &in.Args[0]))
		return
	}
	if !fn.Unchecked || len(in.Args) < 2 || in.Args[1].Kind != ir.Load {
		return
	}
	c := r.value(s, &in.Args[0])
	for i, m := range s.melts {
		if m.how == rule.StaleCheck {
			continue
		}
		if id := s.vars[m.v]; r.sizeOf(id) == c && c > symNil && r.inLoop() {
			s.melts = slices.Delete(slices.Clone(s.melts), i, i+1)
			m.how = rule.StaleSize
			r.fireMelt(s, c, m, nil, 1, "indexed with a size from before")
			return
		}
	}
}
