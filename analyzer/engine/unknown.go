package engine

import (
	"strings"

	"github.com/refcheck/refcheck/cmodel/ir"
)

// unknownCall calls code of which nothing is known. Objects passed to it stay
// the caller's, by convention; but that is an assumption, and what it can reach
// may change.
func (r *run) unknownCall(s *state, in *ir.Instr, args []sid) {
	for i, a := range args {
		if r.tracked(a) {
			r.touch(s, a, useArg, i+1)
		}
		r.lend(s, a)
		r.havoc(s, in, a, i)
		if op := &in.Args[i]; op.Kind == ir.Load && op.Type != nil && op.Type.Kind == ir.StructType {
			r.escapeWithin(s, r.resolve(s, &op.Place))
		}
	}
	if in.Dst.Base == nil && mayExit(in.Fn) {
		for i := range s.vals {
			s.vals[i].fl |= fDoubt // it may not come back here at all
		}
	}
	if in.Dst.IsVar() {
		l := locID(in.Dst.Base.ID)
		if old := s.vars[l]; old != noSym {
			r.overwrite(s, l, old)
			s.vars[l] = noSym
		}
	}
	s.err, s.dep = errUnknown, noSym
	if in.Dst.Base == nil {
		return
	}
	id := r.fresh(s, resultOrdinal)
	r.syms[id].instr = in
	r.syms[id].flags |= fDoubt // whose references to it are whose is not known
	r.assign(s, &in.Dst, id)
}

// havoc forgets what lies behind a pointer that unknown code was given.
func (r *run) havoc(s *state, in *ir.Instr, a sid, i int) {
	d := &r.syms[a]
	base := noLoc
	switch {
	case d.kind == defAddr:
		base = d.loc
	case d.kind == defSite || d.kind == defInit || d.kind == defPhi:
		base = r.internLoc(locKey{kind: locTarget, parent: int32(a)}, "")
	default:
		return
	}
	r.passOn(s, a)
	g := r.eng.resolve(r.f, in.Fn)
	for n := range s.mem {
		if c := s.mem[n]; r.within(c.loc, base) && r.mayWrite(g, c.loc) {
			r.escape(s, c.val, r.locs[c.loc].out)
		}
	}
	out := s.mem[:0:0]
	for n, c := range s.mem {
		if r.within(c.loc, base) && r.mayWrite(g, c.loc) {
			c.val = r.intern(symKey{kind: defSite, a: r.at, b: havocOrdinal + int32(i)<<6 + int32(n&63)})
			s.drop(c.val)
			if r.locs[c.loc].out {
				r.syms[c.val].flags = fSlot
			}
			r.syms[c.val].loc = c.loc
			if r.syms[c.val].name == "" {
				r.syms[c.val].name = r.locName(c.loc)
			}
		}
		out = append(out, c)
	}
	s.mem = out
	if d.kind == defAddr && r.locs[base].kind == locVar {
		v := r.locs[base].parent
		if old := s.vars[v]; old != noSym {
			r.escape(s, old, false)
		}
		s.vars[v] = r.fresh(s, havocOrdinal+int32(i)<<6+63)
		r.syms[s.vars[v]].name = r.f.Vars[v].Name
		r.syms[s.vars[v]].instr = in
	}
	// What was known of fields never written here is no longer sure either.
	for n := len(s.vals) - 1; n >= 0; n-- {
		if id := s.vals[n].id; r.syms[id].kind == defInit && id != a && !s.vals[n].owns() && r.within(r.syms[id].loc, base) && r.mayWrite(g, r.syms[id].loc) {
			s.vals = append(s.vals[:n:n], s.vals[n+1:]...)
		}
	}
}

// exitWords are parts of the names of macros that return from the function they
// are used in, or jump.
var exitWords = []string{"ERR", "RETURN", "FAIL", "CHECK", "RAISE", "THROW", "ABORT", "EXIT", "GOTO", "TRY", "ASSERT", "REQUIRE"}

// mayExit reports whether a call of something nobody has defined looks like a
// macro of a missing header that leaves the function: LIB_ERROR("...", code);
func mayExit(name string) bool {
	if strings.ToUpper(name) != name {
		return false
	}
	for _, w := range exitWords {
		if strings.Contains(name, w) {
			return true
		}
	}
	return false
}
