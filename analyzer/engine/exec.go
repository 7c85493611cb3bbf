package engine

import (
	"strings"

	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/rule"
	"github.com/refcheck/refcheck/cmodel/contract"
	"github.com/refcheck/refcheck/cmodel/ir"
)

// instr executes one instruction and returns the states after it.
func (r *run) instr(s *state, in *ir.Instr) []*state {
	switch in.Op {
	case ir.Declare:
		l := locID(in.Dst.Base.ID)
		if old := s.vars[l]; old != noSym {
			r.overwrite(s, l, old)
			s.vars[l] = noSym
		}
	case ir.Copy:
		r.watchRefcnt(s, in)
		if in.X.Kind == ir.Load && in.X.Type != nil && in.X.Type.Kind == ir.StructType {
			r.copyStruct(s, in)
			break
		}
		v := r.value(s, &in.X)
		if v == r.opaque && in.X.Kind == ir.Opaque && in.Dst.IsVar() {
			v = r.fresh(s, resultOrdinal)
		}
		r.assign(s, &in.Dst, v)
	case ir.Unary:
		x := r.get(s, r.value(s, &in.X))
		r.assign(s, &in.Dst, r.unary(s, in, &x))
	case ir.Binary:
		r.watchRefcnt(s, in)
		r.assign(s, &in.Dst, r.binary(s, in))
	case ir.Eval:
		r.value(s, &in.X)
	case ir.Call:
		return r.call(s, in)
	}
	return []*state{s}
}

// copyStruct copies a struct by value: what its members hold is now held twice,
// and which copy owns it is not known.
func (r *run) copyStruct(s *state, in *ir.Instr) {
	r.escapeWithin(s, r.resolve(s, &in.X.Place))
	dst := r.resolve(s, &in.Dst)
	r.escapeWithin(s, dst)
	out := s.mem[:0:0]
	for _, c := range s.mem {
		if !r.within(c.loc, dst) {
			out = append(out, c)
		}
	}
	s.mem = out
}

// escapeWithin gives up judging the objects held at or below l.
func (r *run) escapeWithin(s *state, l locID) {
	for _, c := range s.mem {
		if r.within(c.loc, l) {
			r.escape(s, c.val, false)
		}
	}
}

func (r *run) unary(s *state, in *ir.Instr, x *val) sid {
	if x.lo == x.hi {
		switch in.Fn {
		case "-":
			return r.constant(-x.lo)
		case "~":
			return r.constant(^x.lo)
		}
	}
	return r.fresh(s, resultOrdinal)
}

func (r *run) binary(s *state, in *ir.Instr) sid {
	x, y := r.value(s, &in.X), r.value(s, &in.Y)
	a, b := r.get(s, x), r.get(s, y)
	if op := cmpOps[in.Fn]; op != cmpNone {
		return r.comparison(s, op, x, y)
	}
	if a.lo == a.hi && b.lo == b.hi {
		if n, ok := fold(in.Fn, a.lo, b.lo); ok {
			return r.constant(n)
		}
	}
	if d := &r.syms[x]; d.kind == defAddr && (in.Fn == "+" || in.Fn == "-") {
		// p + n points into what p points to.
		r.escape(s, s.varOrCell(r, d.loc), false)
		l := d.loc
		if k := r.locs[l].kind; k == locElem || k == locAny {
			l = locID(r.locs[l].parent)
		}
		return r.address(r.internLoc(locKey{kind: locAny, parent: int32(l)}, ""))
	}
	if (in.Fn == "&" || in.Fn == "|") && (a.lo == a.hi) != (b.lo == b.hi) {
		// A pointer with flags in its low bits is still that pointer.
		if p := x; b.lo == b.hi && r.tracked(p) && r.syms[p].flags&fObject != 0 {
			return p
		}
	}
	id := r.fresh(s, resultOrdinal)
	v := r.ref(s, id)
	switch in.Fn {
	case "|":
		v.nz = a.nz || b.nz
	case "+":
		v.lo, v.hi = plus(a.lo, b.lo), plus(a.hi, b.hi)
	case "-":
		if b.lo == b.hi {
			v.lo, v.hi = plus(a.lo, -b.lo), plus(a.hi, -b.lo)
		}
	}
	v.nz = v.nz || v.lo > 0 || v.hi < 0
	return id
}

// plus adds two bounds; what is unbounded stays so, and so does what would overflow.
func plus(a, b int64) int64 {
	const big = 1 << 62
	switch {
	case a == negInf || b == negInf || a < -big || b < -big:
		return negInf
	case a == posInf || b == posInf || a > big || b > big:
		return posInf
	}
	return a + b
}

// varOrCell is the value at l without making one up.
func (s *state) varOrCell(r *run, l locID) sid {
	if d := &r.locs[l]; d.kind == locVar {
		return s.vars[d.parent]
	}
	if i, ok := s.cell(l); ok {
		return s.mem[i].val
	}
	return noSym
}

// comparison is the symbol for the truth of x op y.
func (r *run) comparison(s *state, op cmpOp, x, y sid) sid {
	a, b := r.get(s, x), r.get(s, y)
	if a.lo == a.hi && b.lo == b.hi {
		if holds(op, a.lo, b.lo) {
			return r.constant(1)
		}
		return symNil
	}
	id := r.fresh(s, resultOrdinal)
	v := r.ref(s, id)
	v.lo, v.hi = 0, 1
	if x != r.opaque && y != r.opaque {
		v.cmp, v.x, v.y = op, x, y
	}
	return id
}

func fold(op string, a, b int64) (int64, bool) {
	switch op {
	case "+":
		return a + b, true
	case "-":
		return a - b, true
	case "*":
		return a * b, true
	case "&":
		return a & b, true
	case "|":
		return a | b, true
	case "^":
		return a ^ b, true
	case "<<":
		if b >= 0 && b < 63 {
			return a << b, true
		}
	case ">>":
		if b >= 0 && b < 64 {
			return a >> b, true
		}
	case "/":
		if b != 0 && b != -1 {
			return a / b, true
		}
	case "%":
		if b != 0 && b != -1 {
			return a % b, true
		}
	}
	return 0, false
}

// watchRefcnt reports direct writes to a reference count.
func (r *run) watchRefcnt(s *state, in *ir.Instr) {
	p := in.Dst.Path
	if len(p) == 0 || p[len(p)-1].Name != "ob_refcnt" || p[len(p)-1].Kind != ir.FieldSel {
		return
	}
	base := in.Dst
	base.Path = p[:len(p)-1]
	var id sid
	for i := len(p) - 2; i >= 0; i-- {
		if p[i].Kind == ir.Deref {
			base.Path, base.Type = p[:i], nil
			id = r.readLoc(s, r.resolve(s, &base), nil)
			break
		}
	}
	r.fire(s, id, &rule.Event{Kind: rule.RefcntWrite, At: in.Span, Slot: "ob_refcnt"})
	if r.tracked(id) {
		r.ref(s, id).fl |= fEscaped
	}
}

// special executes the functions the engine knows by itself.
func (r *run) special(s *state, in *ir.Instr, fn *contract.Func, args []sid) (done bool, out []*state) {
	if fn.Special == "" {
		return false, nil
	}
	one := []*state{s}
	var a sid
	if len(args) > 0 {
		a = args[0]
	}
	switch fn.Special {
	case "incref", "xincref":
		r.incref(s, in, a)
	case "decref", "xdecref":
		if fn.Special == "decref" && !r.bound(s, cmpNe, a, 0) {
			return true, nil // releasing NULL crashes; another rule's business
		}
		r.decref(s, in, a)
	case "newref", "xnewref":
		if len(args) == 0 {
			return false, nil
		}
		r.incref(s, in, a)
		if in.Dst.Base != nil {
			r.assign(s, &in.Dst, a)
		}
	case "clear", "setref":
		r.replace(s, in, args)
	case "isnull":
		if in.Dst.Base != nil && len(args) > 0 {
			r.assign(s, &in.Dst, a)
		}
	case "errclear":
		if fetches(fn) {
			return true, r.fetch(s, in, fn, args)
		}
		r.apply(s, in, fn, args, anyOutcome)
		s.err, s.dep = errClear, noSym
	case "errset":
		r.apply(s, in, fn, args, anyOutcome)
		s.err, s.dep = errSet, noSym
	case "setrefcnt":
		if l := r.syms[a].loc; r.syms[a].kind == defAddr && !r.locs[l].out {
			break // an object on the stack
		}
		r.fire(s, a, &rule.Event{Kind: rule.RefcntWrite, At: in.Span, Call: r.callee})
		r.lend(s, a)
	case "free":
		if r.tracked(a) {
			v := r.ref(s, a)
			v.refs, v.fl = 0, v.fl|fReleased
			r.note(s, step{kind: finding.Release, span: in.Span, sym: a, callee: r.callee})
		}
	case "visit":
	default:
		return false, nil
	}
	return true, one
}

// fetches reports whether fn hands out the exception, as PyErr_Fetch does.
func fetches(fn *contract.Func) bool {
	return len(fn.Params) > 0 && fn.Params[0].Ref == contract.OutNew
}

// fetch executes PyErr_Fetch: without an exception, all it hands out is NULL.
func (r *run) fetch(s *state, in *ir.Instr, fn *contract.Func, args []sid) []*state {
	var out []*state
	if s.err != errSet {
		none := s.clone()
		for _, a := range args {
			if r.syms[a].kind == defAddr {
				r.write(none, r.syms[a].loc, symNil)
			}
		}
		none.err, none.dep = errClear, noSym
		out = append(out, none)
	}
	if s.err != errClear {
		r.apply(s, in, fn, args, anyOutcome)
		if id := s.varOrCell(r, r.target(args[0])); id != noSym && r.bound(s, cmpNe, id, 0) {
			s.err, s.dep = errClear, noSym
			out = append(out, s)
		}
	}
	return out
}

// replace executes Py_CLEAR and Py_SETREF: the slot first, then the release.
func (r *run) replace(s *state, in *ir.Instr, args []sid) {
	if len(args) == 0 || r.syms[args[0]].kind != defAddr {
		return
	}
	l := r.syms[args[0]].loc
	old := r.readLoc(s, l, nil)
	to := symNil
	if len(args) > 1 {
		to = args[1]
	}
	r.moving = true
	r.write(s, l, to)
	r.moving = false
	if v := r.get(s, to); r.locs[l].out && r.tracked(to) && (v.lo != 0 || v.hi != 0) && v.refs > -maxRefs {
		p := r.ref(s, to) // the slot takes the reference over
		p.refs--
		p.fl |= fKept | fGiven
		r.note(s, step{kind: finding.Steal, span: in.Span, sym: to, callee: r.callee, slot: r.locName(l), owned: p.refs, arg: 2})
	}
	if v := r.get(s, old); r.locs[l].out && r.tracked(old) && v.fl&fGiven != 0 && v.refs <= 0 {
		r.ref(s, old).fl &^= fGiven // an earlier turn gave it to this very slot
		return
	}
	r.decref(s, in, old)
}

func (r *run) incref(s *state, in *ir.Instr, a sid) {
	if !r.tracked(a) {
		return
	}
	v := r.ref(s, a)
	if v.lo == 0 && v.hi == 0 {
		return
	}
	r.touch(s, a, useArg, 1)
	v = r.ref(s, a)
	if v.refs < maxRefs {
		v.refs++
	}
	if v.refs > 0 {
		v.fl &^= fGiven | fReleased
	}
	r.note(s, step{kind: finding.Incref, span: in.Span, sym: a, callee: r.callee, owned: v.refs})
}

// maxRefs bounds the references counted per object; real functions take a few.
const maxRefs = 6

func (r *run) decref(s *state, in *ir.Instr, a sid) {
	if !r.tracked(a) {
		return
	}
	a = r.standIn(s, a)
	v := r.get(s, a)
	if v.lo == 0 && v.hi == 0 {
		return
	}
	if v.refs > 0 {
		v.refs--
		kind := finding.Decref
		if v.refs == 0 {
			v.fl &^= fGiven
			if v.fl&fShared != 0 && r.holdsItem(s, v.owner) {
				v.fl |= fKept
			}
			if v.fl&(fNew|fEscaped) == fNew {
				v.fl |= fReleased
				if v.fl&fKept == 0 {
					kind = finding.Release
				}
			}
		}
		*r.ref(s, a) = v
		r.note(s, step{kind: kind, span: in.Span, sym: a, callee: r.callee, owned: v.refs})
		if fn := r.syms[a].fn; v.fl&(fReleased|fKept) == fReleased && (fn == nil || !strings.Contains(fn.Name, "Import")) {
			r.orphanBorrows(s, a)
		}
		return
	}
	if v.fl&fConst != 0 && v.refs <= 0 {
		if other := s.alias(a); other != noSym {
			r.decref(s, in, other) // `if (x == Py_None) Py_DECREF(Py_None);` releases x
			return
		}
	}
	if v.fl&fEscaped == 0 && v.fl&fReported == 0 {
		if ev := r.unowned(s, a, &v, in); ev != nil {
			if r.syms[a].param == 1 && r.role.Role != rule.Init && r.role.Role != rule.ModuleInit {
				r.ref(s, a).fl |= fDoubt // self: another method may have taken the reference
			}
			r.fire(s, a, ev)
			v = r.get(s, a)
		}
	}
	if v.refs > -maxRefs {
		v.refs--
	}
	*r.ref(s, a) = v
	r.note(s, step{kind: finding.Decref, span: in.Span, sym: a, callee: r.callee, owned: v.refs})
}

// alias finds a symbol that this path has shown equal to a.
func (s *state) alias(a sid) sid {
	for _, x := range s.rels {
		switch {
		case x.eq && x.a == a:
			return x.b
		case x.eq && x.b == a:
			return x.a
		}
	}
	return noSym
}

// unowned judges the release of a reference this frame does not have.
func (r *run) unowned(s *state, a sid, v *val, in *ir.Instr) *rule.Event {
	if v.fl&(fNew|fBorrowed|fConst) == 0 && (v.fl&fParam == 0 || !r.role.borrowsArgs()) {
		return nil // how many references it began with is not known
	}
	ev := &rule.Event{Kind: rule.ReleaseUnowned, At: in.Span, Call: r.callee, Arg: 1}
	switch {
	case v.fl&fReleased != 0:
		ev.How = rule.Released
	case v.fl&fGiven != 0:
		ev.How = rule.GivenAway
	case v.fl&fConst != 0 && r.standsForUnknown(s, a):
		return nil // what was found to be the constant may be ours
	case v.fl&fBorrowed != 0 && v.owner != noSym:
		return nil // its container may be made to let go of it: see deficit
	case v.fl&(fBorrowed|fConst) != 0, v.fl&fParam != 0 && r.role.borrowsArgs():
		ev.How = rule.NotOwned
	default:
		return nil
	}
	return ev
}

// holdsItem reports whether the container an object was taken out of is this
// frame's own, so that the object is still in it.
func (r *run) holdsItem(s *state, owner sid) bool {
	if owner == noSym {
		return false
	}
	v := r.get(s, owner)
	return v.refs > 0 && v.fl&(fNew|fShared|fEscaped) == fNew
}

// orphanBorrows marks what was borrowed from an object that has just died.
func (r *run) orphanBorrows(s *state, owner sid) {
	for i := range s.vals {
		v := &s.vals[i]
		if v.owner == owner && v.fl&fBorrowed != 0 && v.refs <= 0 && v.fl&fKept == 0 {
			v.fl |= fDying
		}
	}
}

type use uint8

const (
	useRead use = iota
	useArg
	useReturn
)

// touch is called whenever an object is looked at.
func (r *run) touch(s *state, a sid, u use, arg int) {
	i, ok := s.find(a)
	if !ok {
		return
	}
	v := &s.vals[i]
	if v.refs > 0 {
		v.fl |= fUsed
	}
	if v.fl&(fReleased|fDying) == 0 || v.fl&(fReported|fEscaped|fKept) != 0 || v.refs > 0 {
		return
	}
	if v.lo == 0 && v.hi == 0 || v.fl&(fDying|fShared) == fDying|fShared {
		return
	}
	ev := &rule.Event{Kind: rule.UseReleased, At: r.span, Arg: arg, Call: r.callee, Used: "read"}
	switch u {
	case useArg:
		ev.Used = "passed to " + r.callee
		if r.callee == "" {
			ev.Used = "passed on"
		}
	case useReturn:
		ev.Used = "returned"
	}
	if v.fl&(fShared|fUsed) == fShared && r.getter(a) && !(u == useReturn && r.role.returnsNew()) {
		v.fl |= fDoubt // taken and dropped at once: a borrow, from whoever else owns it
	}
	r.fire(s, a, ev)
}

// getter reports whether a came from a call that looks something up, so that
// whoever it was looked up in owns it as well.
func (r *run) getter(a sid) bool {
	fn := r.syms[a].fn
	return fn != nil && (fn.Source == summarySource || strings.Contains(fn.Name, "Get") || strings.Contains(fn.Name, "Import"))
}

// overwrite is called when the value old at l is about to be replaced.
func (r *run) overwrite(s *state, l locID, old sid) {
	if !r.tracked(old) || r.moving {
		return
	}
	v := r.get(s, old)
	if v.refs < 0 && v.fl&(fSlot|fEscaped|fReported) == fSlot && r.syms[old].loc == l {
		r.releaseThenSet(s, l, old)
		return
	}
	if v.refs <= 0 || v.fl&(fEscaped|fReported) != 0 || v.lo == 0 && v.hi == 0 {
		return
	}
	if r.holders(s, old, l) > 0 || r.isConstHere(s, old) {
		return
	}
	if r.locs[l].out && r.inLoop() && !r.plan.everyTurn(r.f, r.block) {
		r.ref(s, old).fl |= fDoubt // the loop may store only once
	}
	r.fire(s, old, &rule.Event{Kind: rule.Lost, How: rule.Overwritten, At: r.span, Slot: r.locName(l), Call: r.callee})
}

// releaseThenSet: the slot was released while it still pointed to the object.
func (r *run) releaseThenSet(s *state, l locID, old sid) {
	v := r.ref(s, old)
	v.refs++ // the slot's own reference went with it
	v.fl |= fReleased
	if r.role.Role == rule.Dealloc || !r.visible(l) {
		return
	}
	if st := s.last(old, finding.Decref, finding.Release); st != nil {
		r.fire(s, old, &rule.Event{Kind: rule.ReleaseThenSet, At: st.span, Slot: r.locName(l), Before: st.span, BeforeCall: st.callee})
		r.ref(s, old).fl &^= fReported
	}
}

// visible reports whether Python code that runs during a release could see the
// slot l: a field of an object, or a global.
func (r *run) visible(l locID) bool {
	d := &r.locs[l]
	for d.kind == locElem {
		d = &r.locs[d.parent]
	}
	return d.kind == locVar || d.kind == locField && r.eng.objects[d.strct]
}

// lostOrphan: an owned object that nothing holds is replaced by a newer one
// from the same place.
func (r *run) lostOrphan(s *state, id sid) {
	v := r.get(s, id)
	if v.fl&(fEscaped|fReported) != 0 || v.lo == 0 && v.hi == 0 {
		return
	}
	r.fire(s, id, &rule.Event{Kind: rule.Lost, How: rule.Overwritten, At: r.span, Slot: r.syms[id].name, Call: r.callee})
}

// noteStore records that an object was put where it outlives the call.
func (r *run) noteStore(s *state, l locID, id sid) {
	if r.tracked(id) && r.syms[id].flags&fObject != 0 {
		r.note(s, step{kind: finding.Store, span: r.span, sym: id, slot: r.locName(l), owned: r.get(s, id).refs})
	}
}
