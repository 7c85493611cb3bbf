package engine

import (
	"github.com/refcheck/refcheck/cmodel/ir"
)

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
	r.passOn(s, x)
	r.passOn(s, y)
	if in.Fn != "+" && in.Fn != "-" && r.syms[x].flags&fObject != 0 {
		r.lend(s, x) // a number made of the address may stand for the object somewhere
	}
	id := r.fresh(s, resultOrdinal)
	r.syms[id].computed = true
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
	if in.Fn == "-" && in.X.Type.IsPtr() && in.Y.Type.IsPtr() {
		return id // a distance, even if only one of them is known to point into memory
	}
	if in.Fn == "+" || in.Fn == "-" {
		r.derive(s, id, a, b)
	}
	r.pointAlong(s, id, x, y)
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
		return id
	}
	if x == r.opaque {
		a = b
	}
	if op == cmpEq && a.fl&fParam != 0 {
		r.escape(s, a.id, false) // what it is compared with may be made to let go of it
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
