package engine

import (
	"github.com/refcheck/refcheck/cmodel/contract"
	"github.com/refcheck/refcheck/cmodel/ir"
)

// Helpers that put an object where there is none: `if (*p == NULL) *p = PyList_New(0);`.
// Their exits differ in a way that the result does not tell, but callers know what
// was in the slot.

// fills reports whether the out-parameter i of a function receives a new reference where it
// holds NULL, where it can fail, and is left alone otherwise. split: callers can tell success from failure.
func (z *summarizer) fills(i int, p *ir.Var, split bool) bool {
	if !isOut(p) {
		return false
	}
	filled, left := false, false
	for _, x := range z.exits {
		failed := split && x.failed
		switch {
		case x.slots[i] == slotFull && x.params[i] == paramUntouched && !failed:
			left = true
		case x.slots[i] == slotEmpty && x.params[i] == paramOutNew && !failed:
			filled = true
		case x.slots[i] == slotEmpty && (x.params[i] == paramOutNull || x.params[i] == paramUntouched) && failed:
		default:
			return false
		}
	}
	return filled && left
}

// A slotFact is what a way out knows of what a pointer to an object pointed to at the start.
type slotFact uint8

const (
	slotUnknown slotFact = iota
	slotEmpty            // NULL
	slotFull
)

func (r *run) slotFact(s *state, i int, p *ir.Var) slotFact {
	if !isOut(p) {
		return slotUnknown
	}
	return fullness(r.get(s, r.initial(r.target(r.initial(locID(i), p.Type)), nil)))
}

func fullness(v val) slotFact {
	switch {
	case v.lo == 0 && v.hi == 0:
		return slotEmpty
	case v.nz || v.lo > 0 || v.hi < 0:
		return slotFull
	}
	return slotUnknown
}

// fillState says what is at the place whose address a call is given as a; slotUnknown
// for an element that stands for several.
func (r *run) fillState(s *state, a sid) slotFact {
	if id := r.filled(s, a); id != noSym {
		return fullness(r.get(s, id))
	}
	return slotUnknown
}

// filled is the value at that place, noSym if it is not followed.
func (r *run) filled(s *state, a sid) sid {
	if r.syms[a].kind != defAddr && !r.tracked(a) {
		return noSym
	}
	l := r.target(a)
	if l == noLoc || r.locs[l].weak {
		return noSym
	}
	if id := r.readLoc(s, l, nil); id == symNil || r.tracked(id) {
		return id
	}
	return noSym
}

// splitFilled takes apart the paths on which a slot that fn fills is empty, s, and
// those on which it is not, which it returns; nil if that is known.
func (r *run) splitFilled(s *state, fn *contract.Func, args []sid) *state {
	if fn == nil {
		return nil
	}
	for i := range min(len(fn.Params), len(args)) {
		if !fn.Params[i].IfNull {
			continue
		}
		id := r.filled(s, args[i])
		if id == noSym || fullness(r.get(s, id)) != slotUnknown {
			continue
		}
		if v := r.get(s, id); r.notNull(id, &v) {
			r.bound(s, cmpNe, id, 0)
			continue
		}
		t := s.clone()
		switch full, empty := r.bound(t, cmpNe, id, 0), r.bound(s, cmpEq, id, 0); {
		case full && empty:
			return t
		case full:
			*s = *t
		}
	}
	return nil
}

// needsNoFilling reports whether fn only fills slots, and there is something in all of them.
func (r *run) needsNoFilling(s *state, fn *contract.Func, args []sid) bool {
	full := false
	for i := range min(len(fn.Params), len(args)) {
		if fn.Params[i].IfNull {
			if full = r.fillState(s, args[i]) == slotFull; !full {
				return false
			}
		}
	}
	return full
}

// idles reports whether an API function that replaces what is behind its in-out
// arguments does nothing: the first of them points to NULL, no exception, no string.
func (r *run) idles(s *state, fn *contract.Func, args []sid) bool {
	if fn.Source == summarySource {
		return false
	}
	for i := range min(len(fn.Params), len(args)) {
		if fn.Params[i].Ref == contract.InOut {
			return r.fillState(s, args[i]) == slotEmpty
		}
	}
	return false
}
