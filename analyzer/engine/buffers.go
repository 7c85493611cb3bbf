package engine

import (
	"strings"

	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/rule"
	"github.com/refcheck/refcheck/cmodel/contract"
	"github.com/refcheck/refcheck/cmodel/ir"
	"github.com/refcheck/refcheck/cmodel/source"
)

// Pointers into the memory of objects: what PyUnicode_AsUTF8 and PySequence_Fast_ITEMS
// return. They are no references and need no release; they dangle once their owner
// has died, or has moved its memory.

// pointsInto records that id is a pointer into the memory of owner.
func (r *run) pointsInto(s *state, id, owner sid, movable bool, at source.Span) {
	if !r.tracked(id) || !r.tracked(owner) {
		return
	}
	w := r.get(s, owner)
	if fn := r.syms[owner].fn; w.fl&fFixed != 0 || fn != nil && unmovable[fn.Result.Makes] {
		movable = false
	}
	inner := w.fl&fInside != 0 // strchr and its like: into what the argument points into
	if inner {
		owner, movable = w.owner, w.fl&fMovable != 0
	} else if (w.fl|r.syms[owner].flags)&fObject == 0 {
		r.pointAlong(s, id, owner, noSym)
		return
	}
	v := r.ref(s, id)
	v.owner = owner
	v.fl = v.fl&^fSlot | fInside
	if movable {
		v.fl |= fMovable
	}
	if inner {
		v.fl |= w.fl & (fDying | fReported | fDoubt)
	}
	r.note(s, step{kind: finding.Borrow, span: at, sym: id, other: owner, callee: r.callee})
	if inner {
		r.goneToo(s, id, w)
	}
}

// meltPointer reports a pointer that the callee uses again after Python code has run in
// it, when that code can make the owner let go of the memory.
func (r *run) meltPointer(s *state, in *ir.Instr, fn *contract.Func, a sid, i int, t trigger) {
	v := r.get(s, a)
	if v.fl&(fInside|fMovable|fDying|fReported) != fInside|fMovable || r.private(s, v.owner) || r.get(s, v.owner).fl&fFixed != 0 {
		return
	}
	if x := r.exposure(in, fn, i, t); x.ice == breaking && x.via != "" {
		inside := s.clone() // the callee's point of view
		r.moved(inside, a, rule.Melted)
		r.fire(inside, a, &rule.Event{Kind: rule.Dangles, How: rule.Melted, At: in.Span, Arg: i + 1, Call: r.callee, Used: r.usedAs(useArg, ""), Via: x.via})
		r.ref(s, a).fl |= fReported
	}
}

// goneToo: the pointer id was derived from w, which dangles perhaps.
func (r *run) goneToo(s *state, id sid, w val) {
	if st := s.gonePointer(w.id); st != nil && w.fl&fDying != 0 {
		r.note(s, step{kind: finding.Release, span: st.span, sym: id, callee: st.callee, owned: -1, how: st.how})
	}
}

// unmovable are the types of objects whose memory stays where it is.
var unmovable = map[string]bool{"tuple": true, "bytes": true, "str": true}

// derive makes id, a sum or difference with the operands a and b, a pointer into the
// memory that one of them points into.
func (r *run) derive(s *state, id sid, a, b val) {
	if a.fl&fInside == b.fl&fInside {
		return // no pointer, or the distance of two
	}
	if b.fl&fInside != 0 {
		a = b
	}
	v := r.ref(s, id)
	v.owner = a.owner
	v.fl |= a.fl & (fInside | fMovable | fDying | fReported | fDoubt)
	r.note(s, step{kind: finding.Borrow, span: r.span, sym: id, other: a.owner})
	r.goneToo(s, id, a)
}

// outBuffers applies the parameters that receive pointers into memory of others.
func (r *run) outBuffers(s *state, in *ir.Instr, fn *contract.Func, args []sid, units map[int]formatUnit, o outcomeKind) {
	if o == fails {
		return
	}
	for i, a := range args {
		k := paramIndex(fn, param(fn, i).Inside)
		if units[i].text {
			k = 0 // the object, or the tuple that holds it
		}
		if k < 0 || k >= len(args) || r.syms[a].kind != defAddr {
			continue
		}
		owner := args[k]
		if units[i].text {
			owner = r.sliced(s, owner)
		}
		if id := s.varOrCell(r, r.syms[a].loc); id != noSym {
			r.pointsInto(s, id, owner, param(fn, i).Mutable, in.Span)
		}
	}
}

// sliced is what c is a slice of, and has the same items, if somebody has that still; or c.
func (r *run) sliced(s *state, c sid) sid {
	d := &r.syms[c]
	if d.kind != defSite || d.fn == nil || !d.fn.Slice || !r.tracked(d.y) {
		return c
	}
	if v := r.get(s, d.y); v.refs <= 0 && v.fl&(fParam|fBorrowed) == 0 {
		return c
	}
	return d.y
}

// orphanBuffers marks the pointers into the memory of an object that has just died.
func (r *run) orphanBuffers(s *state, owner sid) { r.orphanPointers(s, owner, 0) }

func (r *run) orphanPointers(s *state, owner sid, depth int) {
	if depth == 0 && s.alias(owner) != noSym {
		return // somebody else's as well
	}
	w := r.get(s, owner)
	doubt := w.fl & fDoubt
	if w.fl&fShared != 0 && r.getter(owner) && r.syms[owner].fn.Runs != contract.RunsPython {
		doubt = fDoubt // whatever it was looked up in has it as well; an attribute may be made on the fly
	}
	for i := range s.vals {
		switch v := &s.vals[i]; {
		case v.owner != owner:
		case v.fl&(fInside|fDying) == fInside:
			v.fl |= fDying | doubt
		case v.fl&(fBorrowed|fDying) == fBorrowed|fDying && depth < 3: // what lives in it dies with it
			r.orphanPointers(s, v.id, depth+1)
		}
	}
}

// moveBuffers marks the pointers into memory that owner may have let go of.
func (r *run) moveBuffers(s *state, owner sid, how rule.How) {
	for i := range s.vals {
		v := &s.vals[i]
		if owner > symNil && v.owner == owner && v.fl&(fInside|fDying) == fInside {
			r.moved(s, v.id, how)
		}
	}
}

// moved: what id points to is gone, or may be.
func (r *run) moved(s *state, id sid, how rule.How) {
	r.ref(s, id).fl |= fDying
	r.note(s, step{kind: finding.Release, span: r.span, sym: id, callee: r.callee, owned: -1, how: how})
}

// melts is called after a call that has led to states. Python code that runs meanwhile
// can do anything to an object that it can reach.
func (r *run) melts(in *ir.Instr, states []*state) []*state {
	if !r.surelyRuns(in) {
		return states
	}
	for _, s := range states {
		for i := range s.vals {
			v := s.vals[i]
			if v.fl&(fInside|fMovable|fDying) == fInside|fMovable && !r.private(s, v.owner) && r.get(s, v.owner).fl&fFixed == 0 {
				r.moved(s, v.id, rule.Melted)
			}
		}
		r.meltFields(s)
	}
	return states
}

// private reports whether an object was made here and nobody else has seen it.
func (r *run) private(s *state, id sid) bool {
	v := r.get(s, id)
	return v.fresh()
}

// touchBuffers is called with the arguments of a call.
func (r *run) touchBuffers(s *state, args []sid) {
	if len(args) > 0 && r.tracked(args[0]) && strings.HasPrefix(r.callee, "PyTuple_") && !strings.Contains(r.callee, "Check") {
		r.ref(s, args[0]).fl |= fFixed
	}
	for i, a := range args {
		if v, ok := s.find(a); ok && s.vals[v].fl&(fInside|fDying) == fInside|fDying {
			r.touchBuffer(s, a, useArg, i+1)
		}
	}
}

// touchBuffer is called whenever memory that a points to may be looked at.
func (r *run) touchBuffer(s *state, a sid, u use, arg int) {
	v := r.get(s, a)
	if v.fl&(fDying|fReported) != fDying || v.lo == 0 && v.hi == 0 {
		return
	}
	r.fireDangling(s, a, &rule.Event{Kind: rule.Dangles, How: rule.Released, At: r.span, Arg: arg, Call: r.callee, Used: r.usedAs(u, "used")})
}

// fireDangling reports a pointer, and with it those that were derived from it.
func (r *run) fireDangling(s *state, a sid, ev *rule.Event) {
	v := r.get(s, a)
	if st := s.gonePointer(a); st != nil {
		ev.How, ev.Before, ev.BeforeCall = st.how, st.span, st.callee
	} else if st := s.last(v.owner, finding.Release); st != nil {
		ev.Before, ev.BeforeCall = st.span, st.callee
	}
	r.fire(s, a, ev)
	for i := range s.vals {
		if w := &s.vals[i]; w.owner == v.owner && w.fl&(fInside|fDying) == fInside|fDying {
			w.fl |= fReported
		}
	}
}

// gonePointer finds the step at which the memory that id points to went, nil if that
// was with its owner.
func (s *state) gonePointer(id sid) *step {
	for p := s.trace; p != nil; p = p.prev {
		if p.sym == id && p.kind == finding.Release {
			return p
		}
		if p.sym == id && p.kind == finding.Borrow {
			return nil
		}
	}
	return nil
}

// keptBuffers looks, where a function returns, for pointers in places that outlive it,
// into the memory of objects that need not.
func (r *run) keptBuffers(s *state) {
	for v, id := range s.vars {
		if id != noSym && r.f.Vars[v].Outlives() {
			r.keptBuffer(s, locID(v), id)
		}
	}
	for _, c := range s.mem {
		if r.locs[c.loc].out {
			r.keptBuffer(s, c.loc, c.val)
		}
	}
}

func (r *run) keptBuffer(s *state, l locID, id sid) {
	v := r.get(s, id)
	if v.fl&(fInside|fReported) != fInside || v.lo == 0 && v.hi == 0 || r.locs[l].root == v.owner {
		return
	}
	if st := s.gonePointer(id); st != nil && st.how == rule.Melted {
		return // whether it is looked at before it is set again is not known
	}
	ev := &rule.Event{Kind: rule.Dangles, How: rule.Released, At: r.span, Slot: r.locName(l), Used: "kept"}
	if v.fl&fDying == 0 {
		if !r.callersOnly(s, v.owner) {
			return
		}
		ev.How = rule.Outlives
	}
	if st := s.last(id, finding.Store); st != nil {
		ev.At = st.span
	}
	r.fireDangling(s, id, ev)
}

// callersOnly reports whether an object is certainly the caller's, an argument or an
// item of one, and nothing here makes it live longer than the call.
func (r *run) callersOnly(s *state, id sid) bool {
	for n := 0; id > symNil && n < 4; n++ {
		v := r.get(s, id)
		if v.refs > 0 || v.fl&(fKept|fEscaped|fGiven|fConst) != 0 || r.kept(s, id) > 0 {
			return false
		}
		if v.fl&fParam != 0 {
			return r.role.borrowsArgs() && r.syms[id].param > 1
		}
		if v.fl&fBorrowed == 0 {
			return false
		}
		if fn := r.syms[id].fn; fn != nil && fn.FormatKind == "parse" {
			return r.role.borrowsArgs() // an item of the arguments
		}
		id = v.owner
	}
	return false
}

// viewReleased marks the pointer into the exporter's memory that a Py_buffer held.
func (r *run) viewReleased(s *state, view sid) {
	if view <= symNil {
		return
	}
	buf := r.internLoc(locKey{kind: locField, parent: int32(r.target(view)), name: "buf"}, "Py_buffer")
	id := r.readLoc(s, buf, nil)
	if !r.tracked(id) || r.get(s, id).fl&fDying != 0 {
		return
	}
	v := r.ref(s, id)
	v.fl |= fInside
	v.owner = view
	r.moved(s, id, rule.Released)
}
