package engine

import (
	"github.com/refcheck/refcheck/cmodel/contract"
	"github.com/refcheck/refcheck/cmodel/ir"
)

// state.wrote keeps, by bit, the parameters through which a path has, or may have,
// written something. Paths that return with different results can then tell the
// caller apart what became of a flag whose address it passed.

// wroteThrough notes that something that root points to may have been written.
func (r *run) wroteThrough(s *state, root sid) {
	if root <= symNil {
		return
	}
	if p := r.syms[root].param; p > 0 && p <= 64 {
		s.wrote |= 1 << (p - 1)
	}
}

// passOn notes that the pointer id is given to somebody who may write through it, or
// becomes part of something that this analysis does not follow.
func (r *run) passOn(s *state, id sid) {
	if d := &r.syms[id]; d.kind == defAddr {
		r.wroteThrough(s, r.locs[d.loc].root)
	} else {
		r.wroteThrough(s, id)
	}
}

// followed reports whether a pointer kept at l can be followed: nobody else can
// get at it there.
func (r *run) followed(l locID) bool {
	d := &r.locs[l]
	return d.kind == locVar && !r.f.Vars[d.parent].AddrTaken && !d.out
}

// writes says when what parameter i of f points to may be written.
func (z *summarizer) writes(f *ir.Func, i int, fail contract.Fail) contract.Writes {
	p := f.Params[i]
	if !p.Type.IsPtr() || p.Type.IsObjectPtr() || isOut(p) || p.AddrTaken || i >= 64 || len(f.Doubts) > 0 {
		return contract.WritesAnytime
	}
	never := true
	for _, x := range z.exits {
		if x.wrote&(1<<i) == 0 {
			continue
		}
		if never = false; !x.failed {
			return contract.WritesAnytime
		}
	}
	switch {
	case never:
		return contract.WritesNothing
	case splits(fail):
		return contract.WritesOnFailure
	}
	return contract.WritesAnytime
}

// mayWriteTo reports whether a call that has come out like this may have written
// what the argument for p points to.
func mayWriteTo(p *contract.Param, o outcomeKind) bool {
	return p.Writes == contract.WritesAnytime || p.Writes == contract.WritesOnFailure && (o == fails || o == anyOutcome)
}

// spares reports whether a local variable of known value is changed only if the
// call fails, so that its value afterwards tells the outcome.
func (r *run) spares(s *state, fn *contract.Func, args []sid) bool {
	for i, a := range args {
		if param(fn, i).Writes != contract.WritesOnFailure || r.syms[a].kind != defAddr {
			continue
		}
		if v := r.get(s, s.varOrCell(r, r.syms[a].loc)); v.lo == v.hi {
			return true
		}
	}
	return false
}
