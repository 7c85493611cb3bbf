package engine

import (
	"slices"

	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/cmodel/contract"
)

// A cmpOp is a comparison.
type cmpOp uint8

const (
	cmpNone cmpOp = iota
	cmpEq
	cmpNe
	cmpLt
	cmpLe
	cmpGt
	cmpGe
)

var cmpOps = map[string]cmpOp{"==": cmpEq, "!=": cmpNe, "<": cmpLt, "<=": cmpLe, ">": cmpGt, ">=": cmpGe}

// not is the comparison that holds when op does not.
func (op cmpOp) not() cmpOp {
	return [...]cmpOp{cmpNone, cmpNe, cmpEq, cmpGe, cmpGt, cmpLe, cmpLt}[op]
}

// flip is the comparison with its operands exchanged.
func (op cmpOp) flip() cmpOp {
	return [...]cmpOp{cmpNone, cmpEq, cmpNe, cmpGt, cmpGe, cmpLt, cmpLe}[op]
}

// assume restricts s to the paths on which x op y holds and reports whether
// there can be any.
func (r *run) assume(s *state, op cmpOp, x, y sid) bool {
	a, b := r.get(s, x), r.get(s, y)
	if a.lo == a.hi && b.lo == b.hi {
		return holds(op, a.lo, b.lo)
	}
	if x == y && x != r.opaque {
		return op == cmpEq || op == cmpLe || op == cmpGe
	}
	if a.lo == a.hi {
		op, x, y, a, b = op.flip(), y, x, b, a
	}
	if b.lo == b.hi {
		return r.bound(s, op, x, b.lo)
	}
	switch op {
	case cmpEq, cmpNe:
		return r.relate(s, op == cmpEq, x, y)
	case cmpLt:
		return a.lo < b.hi
	case cmpLe:
		return a.lo <= b.hi
	case cmpGt:
		return a.hi > b.lo
	case cmpGe:
		return a.hi >= b.lo
	}
	return true
}

func holds(op cmpOp, a, b int64) bool {
	switch op {
	case cmpEq:
		return a == b
	case cmpNe:
		return a != b
	case cmpLt:
		return a < b
	case cmpLe:
		return a <= b
	case cmpGt:
		return a > b
	case cmpGe:
		return a >= b
	}
	return true
}

// relate records that two unknown symbols are equal or differ.
func (r *run) relate(s *state, eq bool, x, y sid) bool {
	if x == r.opaque || y == r.opaque {
		return true
	}
	if x > y {
		x, y = y, x
	}
	for _, f := range s.rels {
		if f.a == x && f.b == y {
			return f.eq == eq
		}
	}
	dx, dy := &r.syms[x], &r.syms[y]
	if dx.kind == defAddr && dy.kind == defAddr || dx.kind == defFunc && dy.kind == defFunc || dx.kind == defName && dy.kind == defName {
		return !eq // distinct symbols, distinct things
	}
	if dx.kind == defAddr && r.freshMemory(y) || dy.kind == defAddr && r.freshMemory(x) {
		return !eq // memory from elsewhere
	}
	if eq {
		r.sameAsStored(s, x, y)
		r.sameAsStored(s, y, x)
		a, b := r.get(s, x), r.get(s, y)
		if a.nz && !b.nz && !r.bound(s, cmpNe, y, 0) || b.nz && !a.nz && !r.bound(s, cmpNe, x, 0) {
			return false
		}
		if a.fl&fConst != 0 && b.fl&fConst != 0 {
			return false // two different constants of the interpreter
		}
		// A fresh object is none that was there before.
		if a.predates(&b) || b.predates(&a) || a.fresh() && b.fresh() {
			return false
		}
		for _, p := range [2]*val{&a, &b} {
			other := x
			if p == &a {
				other = y
			}
			if p.fl&(fConst|fParam|fBorrowed|fSlot) != 0 && r.tracked(other) {
				r.ref(s, other).fl |= fKept // and whoever owns the other owns it
			}
		}
	}
	s.rels = append(s.rels[:len(s.rels):len(s.rels)], relation{x, y, eq})
	return true
}

// predates reports whether v was there before w, a fresh object, was made. Others
// may have w since, but not as an argument or a constant of the interpreter.
func (v *val) predates(w *val) bool {
	return v.fl&(fParam|fConst) != 0 && w.refs > 0 && w.fl&(fNew|fShared|fEscaped) == fNew || v.fl&fBorrowed != 0 && w.fresh()
}

// fresh reports whether v was created on this path and nobody else has it.
func (v *val) fresh() bool {
	return v.refs > 0 && v.fl&(fNew|fShared|fEscaped|fKept) == fNew
}

// standIn is the object whose reference is meant where a is released, given away
// or returned: what a has been found equal to, if that is what this function owns.
func (r *run) standIn(s *state, a sid) sid {
	if !r.tracked(a) || r.get(s, a).refs > 0 {
		return a
	}
	for _, o := range s.equals(a) {
		if r.get(s, o).refs > 0 {
			return o
		}
	}
	return a
}

// standsForUnknown reports whether a has been found equal to an object of which
// it is not known who owns it.
func (r *run) standsForUnknown(s *state, a sid) bool {
	return slices.ContainsFunc(s.equals(a), func(o sid) bool {
		v := r.get(s, o)
		return v.fl&(fNew|fBorrowed|fConst) == 0 && (v.fl&fParam == 0 || !r.role.borrowsArgs())
	})
}

// equals lists the symbols that a has been found equal to.
func (s *state) equals(a sid) []sid {
	var out []sid
	for _, f := range s.rels {
		switch {
		case !f.eq:
		case f.a == a:
			out = append(out, f.b)
		case f.b == a:
			out = append(out, f.a)
		}
	}
	return out
}

// bound restricts a symbol against a constant.
func (r *run) bound(s *state, op cmpOp, x sid, c int64) bool {
	if x == r.opaque {
		return true
	}
	v := r.get(s, x)
	old := v
	switch op {
	case cmpEq:
		if c < v.lo || c > v.hi || c == 0 && v.nz {
			return false
		}
		for _, f := range s.rels {
			if k := r.syms[f.b]; f.a == x && k.kind == defConst && k.num == c && !f.eq {
				return false
			}
		}
		v.lo, v.hi = c, c
	case cmpNe:
		if v.lo == c && v.hi == c {
			return false
		}
		switch c {
		case v.lo:
			v.lo++
		case v.hi:
			v.hi--
		case 0:
		default:
			if len(s.rels) < maxRelations {
				k := r.constant(c)
				s.rels = append(s.rels[:len(s.rels):len(s.rels)], relation{x, k, false})
			}
		}
		if c == 0 {
			v.nz = true
		}
	case cmpLt, cmpLe:
		if op == cmpLt {
			c--
		}
		v.hi = min(v.hi, c)
	case cmpGt, cmpGe:
		if op == cmpGt {
			c++
		}
		v.lo = max(v.lo, c)
	}
	if v.nz && v.lo == 0 {
		v.lo = 1
	}
	if v.nz && v.hi == 0 {
		v.hi = -1
	}
	if v.lo > v.hi {
		return false
	}
	if v.lo > 0 || v.hi < 0 {
		v.nz = true
	}
	if v == old {
		return true
	}
	*r.ref(s, x) = v
	return r.learned(s, v)
}

// maxRelations bounds the facts about pairs of symbols that a state carries.
const maxRelations = 24

// learned draws the consequences of what has become known of a symbol.
func (r *run) learned(s *state, v val) bool {
	zero := v.lo == 0 && v.hi == 0
	if v.cmp != cmpNone && (zero && v.half != tieNonzero || v.nz && v.half != tieZero) {
		op := v.cmp
		if zero {
			op = op.not()
		}
		if !r.assume(s, op, v.x, v.y) {
			return false
		}
	}
	if zero {
		if i, ok := s.find(v.id); ok && s.vals[i].refs > 0 {
			s.vals[i].refs = 0 // there is no object
		}
	}
	r.learnedHeld(s, v, zero)
	d := &r.syms[v.id]
	if d.fn == nil {
		return true
	}
	if d.fn.Special == "erroccurred" && d.b == resultOrdinal {
		return r.learnedError(s, v, zero)
	}
	if d.b != resultOrdinal {
		return true
	}
	switch failed, ok := outcome(d.fn.Fail, &v); {
	case ok && failed:
		if s.dep == v.id {
			s.dep = noSym // with FailMaybe, only PyErr_Occurred can tell now
		}
		st := r.note(s, step{kind: finding.Call, span: d.instr.Span, sym: v.id, callee: d.fn.Name, failed: true})
		if d.fn.Fail != contract.FailMaybe && d.fn.Fail != contract.FailSilent && !d.fn.Silent {
			s.err, s.fail = errSet, st
		}
	case ok && s.dep == v.id:
		s.dep, s.err = noSym, errClear
	}
	return true
}

// learnedError handles `if (PyErr_Occurred())`.
func (r *run) learnedError(s *state, v val, zero bool) bool {
	switch {
	case zero:
		if s.err == errSet {
			return false
		}
		s.err = errClear
	case v.nz:
		if s.err == errClear {
			return false
		}
		s.err = errSet
	default:
		return true
	}
	dep := s.dep
	s.dep = noSym
	if dep == noSym {
		return true
	}
	fn := r.syms[dep].fn
	if fn == nil {
		return true
	}
	if zero && fn.Fail == contract.FailMaybe {
		return true // NULL without an exception is possible
	}
	return r.assumeOutcome(s, dep, fn.Fail, !zero)
}

// assumeOutcome restricts a call's result to failure or success.
func (r *run) assumeOutcome(s *state, id sid, f contract.Fail, failed bool) bool {
	op, c := cmpNone, int64(0)
	switch f {
	case contract.FailNull, contract.FailZero, contract.FailMaybe:
		op = cmpEq
	case contract.FailMinus1:
		op, c = cmpEq, -1
	case contract.FailNegative:
		op = cmpLt
	case contract.FailNonzero:
		op = cmpNe
	default:
		return true
	}
	if !failed {
		op = op.not()
	}
	return r.bound(s, op, id, c)
}

// outcome tells from what is known of a result whether the call failed; ok is
// false while that is open.
func outcome(f contract.Fail, v *val) (failed, ok bool) {
	zero := v.lo == 0 && v.hi == 0
	switch f {
	case contract.FailNull, contract.FailZero, contract.FailMaybe, contract.FailSilent:
		return zero, zero || v.nz
	case contract.FailMinus1, contract.FailNegative:
		return v.hi < 0, v.hi < 0 || v.lo >= 0
	case contract.FailNonzero:
		return v.nz, zero || v.nz
	}
	return false, false
}

// sameAsStored: an argument that is found in the project's own memory, a list of entries
// perhaps, may be released in place of what is there:
// `if (entry->object == x) { unlink(entry); Py_DECREF(x); }`
func (r *run) sameAsStored(s *state, x, y sid) {
	d := &r.syms[y]
	if r.get(s, x).fl&fParam != 0 && (d.weak || d.kind == defInit && r.get(s, y).fl&fSlot == 0 && r.locs[d.loc].kind != locVar) {
		r.escape(s, x, false)
	}
}
