package engine

import (
	"slices"

	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/rule"
	"github.com/refcheck/refcheck/cmodel/contract"
	"github.com/refcheck/refcheck/cmodel/ir"
)

// removed: a reference taken of an item before its container lets go of it may be
// meant for a container that does not count its references.
func (r *run) removed(s *state, from sid) {
	for i := range s.vals {
		if v := &s.vals[i]; from != noSym && v.owner == from && v.refs > 0 && v.fl&fBorrowed != 0 {
			v.fl |= fDoubt
		}
	}
}

// borrowArg passes an object the callee only uses.
func (r *run) borrowArg(s *state, in *ir.Instr, a sid, i int, unit rune, keeps bool) {
	if !r.tracked(a) {
		return
	}
	if keeps {
		r.ref(s, a).fl |= fKept
		if r.storing {
			r.ref(s, a).fl |= fStored
		}
	}
	op := &in.Args[i]
	if op.Kind != ir.Load || !op.Place.IsVar() || op.Place.Base.Kind != ir.Temp {
		return
	}
	v := r.get(s, a)
	if v.refs <= 0 || v.fl&(fEscaped|fReported) != 0 || v.lo == 0 && v.hi == 0 {
		return
	}
	if r.holders(s, a, locID(op.Place.Base.ID)) > 0 {
		return
	}
	// The temporary is gone after the call and nobody else can release it. What
	// the callee made of it keeps its own reference.
	r.fire(s, a, &rule.Event{Kind: rule.Lost, How: rule.Temporary, At: in.Span, Call: r.callee, Arg: i + 1, Format: unit})
}

// passOther passes something that is not an object by contract: an address or
// a pointer through which the callee may see objects.
func (r *run) passOther(s *state, in *ir.Instr, fn *contract.Func, i int, a sid) {
	if in.Args[i].Type.IsObjectPtr() {
		r.lend(s, a)
	}
	if r.syms[a].kind != defAddr {
		return
	}
	if i != 1 || !fn.Copies {
		r.havoc(s, in, a, i)
	}
	if fn.Copies { // references may have moved with the bytes
		r.escape(s, s.varOrCell(r, r.syms[a].loc), false)
		r.escapeWithin(s, r.syms[a].loc)
	}
}

// lend passes an object to code whose effect is not known. The address of a part
// of an argument of ours counts: it may be linked into something.
func (r *run) lend(s *state, a sid) {
	if d := &r.syms[a]; d.kind == defAddr {
		if root := r.locs[d.loc].root; root > symNil && r.syms[root].param > 0 {
			a = root
		}
	}
	if !r.tracked(a) || r.get(s, a).fl&fInside != 0 || s.holding(a, noLoc) >= 0 {
		return
	}
	r.ref(s, a).fl |= fKept | fDoubt
	r.note(s, step{kind: finding.Escape, span: r.span, other: a, callee: r.callee})
}

// give passes a reference to a callee that takes it over.
func (r *run) give(s *state, in *ir.Instr, a sid, args []sid, i int, unit rune, doubt bool) {
	if !r.tracked(a) {
		r.vacate(s, args, a, i)
		return
	}
	v := r.ref(s, a)
	if v.lo == 0 && v.hi == 0 {
		r.vacate(s, args, a, i)
		return
	}
	if r.role.Role == rule.Dealloc && r.syms[a].param == 1 {
		r.ref(s, a).fl |= fReleased // whatever frees it, tp_dealloc of a base
		r.note(s, step{kind: finding.Release, span: in.Span, sym: a, callee: r.callee})
		return
	}
	if r.putsBack(in, a, args) {
		r.escape(s, a, false)
		return
	}
	if i == 2 && v.fl&(fBorrowed|fSlot) != 0 && v.owner == args[0] {
		s.takeBack(args[0])
	}
	if doubt && v.refs > 0 {
		v.fl |= fDoubt // releasing it afterwards may be right; giving away what is borrowed is not
	}
	v.refs--
	v.fl |= fKept
	var to sid
	if i != 0 && len(args) > 0 && r.tracked(args[0]) {
		to = args[0]
	}
	if v.refs < 0 || v.refs == 0 && r.knowsOwner(v) {
		v.fl |= fGiven
		if v.fl&fBorrowed == 0 {
			v.owner = to
		}
	}
	r.vacate(s, args, a, i)
	r.note(s, step{kind: finding.Steal, span: in.Span, sym: a, other: to, callee: r.callee, owned: v.refs, arg: i + 1, format: unit})
}

// putsBack reports whether a helper of the project is given what was in a field
// together with the object that has the field, and writes that field: the reference
// may stay where it is, or move to another field of the object.
func (r *run) putsBack(in *ir.Instr, a sid, args []sid) bool {
	l := r.syms[a].loc
	if r.syms[a].kind != defInit || l == noLoc || r.locs[l].root <= symNil {
		return false
	}
	g := r.eng.resolve(r.f, in.Fn)
	return g != nil && slices.Contains(args, r.locs[l].root) && r.mayWrite(g, l)
}

// knowsOwner reports whether it is known which references this function had to v
// to begin with, so that its last one can be told.
func (r *run) knowsOwner(v *val) bool {
	return v.fl&(fNew|fBorrowed|fConst) != 0 || v.fl&fParam != 0 && r.role.borrowsArgs()
}

// vacate: storing into a slot of a list or tuple without releasing what was there
// makes up for a reference taken out of it before.
func (r *run) vacate(s *state, args []sid, a sid, i int) {
	if i != 2 || !r.tracked(args[0]) {
		return
	}
	s.unmemo(args[0])
	s.vacated(args[0], a)
}

// takeBack: an item is put back into its container, in place of what was given to it
// meanwhile.
func (s *state) takeBack(container sid) {
	for n := range s.vals {
		if v := &s.vals[n]; v.owner == container && v.fl&(fGiven|fBorrowed) == fGiven && v.refs < 0 {
			v.refs++
			v.fl &^= fGiven
			return
		}
	}
}

// vacated lets go of what was borrowed from owner, except the object just put there.
func (s *state) vacated(owner, except sid) {
	for n := range s.vals {
		if v := &s.vals[n]; v.owner == owner && v.fl&fBorrowed != 0 && v.id != except {
			if v.refs < 0 {
				v.refs++
			} else {
				v.fl ^= fBorrowed | fSlot // whoever has it may release it now
			}
		}
	}
}

// handOut applies an out-parameter.
func (r *run) handOut(s *state, in *ir.Instr, fn *contract.Func, l locID, kind contract.Ref, arg int, null bool, o outcomeKind) {
	if o == fails && param(fn, arg).Survives {
		return
	}
	if param(fn, arg).IfNull && (o == fails || fullness(r.get(s, r.readLoc(s, l, nil))) == slotFull) {
		return
	}
	if kind == contract.InOut {
		old := r.readLoc(s, l, nil)
		if r.tracked(old) {
			v := r.ref(s, old)
			if v.refs > -maxRefs {
				v.refs--
			}
			v.fl |= fGiven | fKept
			r.note(s, step{kind: finding.Steal, span: in.Span, sym: old, callee: r.callee, owned: v.refs, arg: arg + 1})
			r.moveBuffers(s, old, rule.Resized)
		}
	}
	if o == fails || o == findsNothing {
		if fn.FormatKind != "parse" && !(o == findsNothing && (kind == contract.OutBorrowed || param(fn, arg).Unset)) {
			r.write(s, l, symNil)
		}
		return
	}
	id := r.fresh(s, paramOrdinal+int32(arg))
	d := &r.syms[id]
	d.instr, d.fn, d.typ = in, fn, nil
	d.flags |= fObject
	if d.name == "" {
		d.name = r.locName(l)
	}
	r.write(s, l, id)
	v := r.ref(s, id)
	if v.lo = 0; !null {
		v.nz, v.lo = true, 1
	}
	if kind == contract.OutBorrowed {
		v.fl |= fBorrowed
		if k := paramIndex(fn, param(fn, arg).From); k >= 0 {
			v.owner = r.container(s, &in.Args[k])
			if fn.FormatKind == "parse" && v.owner != noSym {
				v.owner = r.sliced(s, v.owner)
			}
		}
		r.note(s, step{kind: finding.Borrow, span: in.Span, sym: id, other: v.owner, callee: r.callee})
		return
	}
	v.refs, v.fl = 1, v.fl|fNew|fShared
	if null && severalNullable(fn) || fn.Source == summarySource && param(fn, arg).Doubt {
		v.fl |= fDoubt // which of them are set together is not known
	}
	if kind == contract.InOut && fn.Fail == contract.FailNone {
		v.fl |= fKept // it may well be the object that was there before
	}
	r.note(s, step{kind: finding.Acquire, span: in.Span, sym: id, callee: r.callee, owned: 1})
}

// container is the object a call takes items out of.
func (r *run) container(s *state, arg *ir.Operand) sid {
	if id := r.value(s, arg); r.tracked(id) {
		return id
	}
	return noSym
}
