package engine

import (
	"slices"

	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/rule"
	"github.com/refcheck/refcheck/cmodel/ir"
)

func (r *run) incref(s *state, in *ir.Instr, a sid) {
	if !r.tracked(a) {
		return
	}
	v := r.ref(s, a)
	if v.lo == 0 && v.hi == 0 {
		return
	}
	r.touch(s, a, useArg, 1)
	if r.syms[a].computed || r.typeOfNew(s, a) {
		r.escape(s, a, false)
	}
	v = r.ref(s, a)
	if v.refs < maxRefs {
		v.refs++
	}
	if v.refs > 0 {
		v.fl &^= fGiven | fReleased
	}
	r.note(s, step{kind: finding.Incref, span: in.Span, sym: a, callee: r.callee, owned: v.refs})
}

// typeOfNew reports whether a is the type of an instance made here, which may own the
// reference taken: tp_dealloc releases it.
func (r *run) typeOfNew(s *state, a sid) bool {
	if t := r.syms[a].typ; t == nil || !t.IsPtr() || t.Elem.Name != "PyTypeObject" {
		return false
	}
	return slices.ContainsFunc(s.vals, func(v val) bool {
		return v.fl&fNew != 0 && v.refs > 0 && r.syms[v.id].y == a
	})
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
	if d := &r.syms[a]; d.kind == defInit && d.loc != noLoc {
		r.wroteThrough(s, r.locs[d.loc].root) // what the slot held belongs to nobody now
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
		if fn := r.syms[a].fn; v.fl&(fReleased|fKept) == fReleased && (fn == nil || !fn.Result.Held) {
			r.orphanBorrows(s, a)
			r.orphanBuffers(s, a)
			r.dies(s, in, a)
		}
		return
	}
	if other := s.alias(a); other != noSym && v.refs <= 0 {
		switch {
		case v.fl&fConst != 0:
			r.decref(s, in, other) // `if (x == Py_None) Py_DECREF(Py_None);` releases x
			return
		case v.fl&fParam != 0 && r.get(s, other).fl&fSlot != 0:
			// `if (x->owner == self) Py_DECREF(self);` releases what the field holds,
			// which the caller keeps alive.
			r.ref(s, other).refs--
			r.note(s, step{kind: finding.Decref, span: in.Span, sym: other, callee: r.callee, owned: v.refs})
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

// usedAs says for an event how something was used; read is what it is called where it was
// neither handed on nor returned.
func (r *run) usedAs(u use, read string) string {
	switch {
	case u == useReturn:
		return "returned"
	case u != useArg:
		return read
	case r.callee == "":
		return "passed on"
	}
	return "passed to " + r.callee
}

// touch is called whenever an object is looked at.
func (r *run) touch(s *state, a sid, u use, arg int) {
	i, ok := s.find(a)
	if !ok {
		return
	}
	v := &s.vals[i]
	if v.fl&fInside != 0 {
		r.touchBuffer(s, a, u, arg)
		return
	}
	if v.refs > 0 && !asksCount(r.callee) {
		v.fl |= fUsed
	}
	if v.fl&(fReleased|fDying) == 0 || v.fl&(fReported|fEscaped|fKept) != 0 || v.refs > 0 {
		return
	}
	if v.lo == 0 && v.hi == 0 || v.fl&(fDying|fShared) == fDying|fShared {
		return
	}
	ev := &rule.Event{Kind: rule.UseReleased, At: r.span, Arg: arg, Call: r.callee, Used: r.usedAs(u, "read")}
	if v.fl&(fShared|fUsed) == fShared && r.getter(a) && !(u == useReturn && r.role.returnsNew()) {
		v.fl |= fDoubt // taken and dropped at once: a borrow, from whoever else owns it
	}
	r.fire(s, a, ev)
}

// getter reports whether a came from a call that looks something up, so that
// whoever it was looked up in owns it as well.
func (r *run) getter(a sid) bool {
	fn := r.syms[a].fn
	if fn == nil {
		return false
	}
	for i := range fn.Params {
		if fn.Params[i].From != "" {
			return true
		}
	}
	return fn.Source == summarySource || fn.Result.From != "" || fn.Result.Held
}
