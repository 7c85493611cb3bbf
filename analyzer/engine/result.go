package engine

import (
	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/rule"
	"github.com/refcheck/refcheck/cmodel/contract"
	"github.com/refcheck/refcheck/cmodel/ir"
)

// bindResult makes the result of a call and assigns it.
func (r *run) bindResult(s *state, in *ir.Instr, fn *contract.Func, args []sid, o outcomeKind) {
	if in.Dst.IsVar() {
		l := locID(in.Dst.Base.ID)
		k := paramIndex(fn, fn.Result.Same)
		if old := s.vars[l]; old != noSym && (k < 0 || k >= len(args) || args[k] != old) {
			r.overwrite(s, l, old)
			s.vars[l] = noSym
		}
	}
	id := r.result(s, in, fn, args, o)
	r.indicate(s, fn, id, o)
	if o != fails {
		r.acquire(s, in, fn, args, id)
	}
	if fn.Pure && len(args) <= 2 && len(args) > 0 {
		m := memo{fn: fn, x: args[0], to: id}
		if len(args) == 2 {
			m.y = args[1]
		}
		s.memo = append(s.memo[:len(s.memo):len(s.memo)], m)
	}
	if in.Dst.Base != nil {
		r.assign(s, &in.Dst, id)
	} else if v := r.get(s, id); v.refs > 0 && v.fl&fNew != 0 && r.syms[id].instr == in && v.fl&fEscaped == 0 {
		r.fire(s, id, &rule.Event{Kind: rule.Lost, How: rule.Dropped, At: in.Span, Call: r.callee})
	}
}

// recall finds what a pure function returned before for the same arguments.
func (s *state) recall(fn *contract.Func, args []sid) sid {
	if len(s.memo) == 0 || !fn.Pure || len(args) == 0 || len(args) > 2 {
		return noSym
	}
	var y sid
	if len(args) == 2 {
		y = args[1]
	}
	for _, m := range s.memo {
		if m.fn.Name == fn.Name && m.x == args[0] && m.y == y {
			return m.to
		}
	}
	return noSym
}

// result makes the symbol for what a call returns.
func (r *run) result(s *state, in *ir.Instr, fn *contract.Func, args []sid, o outcomeKind) sid {
	res := &fn.Result
	if res.Ref == contract.Null {
		return symNil
	}
	if o == fails {
		switch fn.Fail {
		case contract.FailNull, contract.FailZero, contract.FailMaybe, contract.FailSilent:
			r.failed(s, in, fn, args)
			return symNil
		case contract.FailMinus1, contract.FailNegative:
			r.failed(s, in, fn, args)
			return r.constant(-1)
		}
	}
	if k := paramIndex(fn, res.Same); k >= 0 && k < len(args) {
		return args[k]
	}
	if fn.Special == "erroccurred" && s.err == errClear {
		return symNil
	}
	if res.Static {
		return r.fresh(s, resultOrdinal) // to be returned as it is
	}
	if o == findsNothing || o == succeeds && fn.Success == contract.SuccessZero {
		return symNil
	}
	id := r.fresh(s, resultOrdinal)
	d := &r.syms[id]
	d.instr, d.fn = in, fn
	if len(args) > 0 {
		d.y = args[0]
	}
	v := r.ref(s, id)
	if fn.Special == "erroccurred" {
		v.nz, v.lo = s.err == errSet, 0
		return id
	}
	switch res.Ref {
	case contract.New:
		d.flags |= fObject
		v.fl |= fNew | fObject
		if res.Doubt {
			v.fl |= fDoubt
		}
		if res.Shared {
			v.fl |= fShared
			if k := paramIndex(fn, res.From); res.Item && k >= 0 && k < len(args) && r.tracked(args[k]) {
				v.owner = args[k]
			}
		}
		v.refs = 1
		v.lo = 0
		if !res.Nullable || o == succeeds && nullFails(fn.Fail) {
			v.nz, v.lo = true, 1
		}
		r.note(s, step{kind: finding.Acquire, span: in.Span, sym: id, callee: r.callee, owned: 1})
	case contract.Borrowed:
		d.flags |= fObject
		v.fl |= fBorrowed | fObject
		if fn.Special == "type" {
			v.fl ^= fBorrowed | fSlot // the reference in ob_type: tp_dealloc releases it
		}
		v.lo = 0
		if k := paramIndex(fn, res.From); k >= 0 && k < len(args) {
			v.owner = args[k]
		} else if fn.Pure && fn.Source == summarySource && len(args) > 0 && r.tracked(args[0]) {
			v.owner = args[0]
		}
		if !res.Nullable || o == succeeds && nullFails(fn.Fail) {
			v.nz, v.lo = true, 1
		}
		r.note(s, step{kind: finding.Borrow, span: in.Span, sym: id, other: v.owner, callee: r.callee})
	default:
		if res.Doubt {
			v.fl |= fEscaped
		}
		r.resultRange(v, fn, o)
		if k := paramIndex(fn, res.Inside); k >= 0 && k < len(args) {
			r.pointsInto(s, id, args[k], res.Mutable, in.Span)
		}
		r.tellNull(v, fn, args)
	}
	return id
}

// tellNull ties a number to the argument about which it says whether it was NULL.
func (r *run) tellNull(v *val, fn *contract.Func, args []sid) {
	for i := range fn.Params {
		if i >= len(args) || fn.Params[i].Null == contract.TellsNothing || !r.tracked(args[i]) {
			continue
		}
		v.x, v.y = args[i], symNil
		switch fn.Params[i].Null {
		case contract.NonzeroNull:
			v.cmp, v.half = cmpEq, tieNonzero
		case contract.NonzeroSet:
			v.cmp, v.half = cmpNe, tieNonzero
		case contract.ZeroNull:
			v.cmp, v.half = cmpNe, tieZero
		case contract.ZeroSet:
			v.cmp, v.half = cmpEq, tieZero
		}
		return
	}
}

// nullFails reports whether only a call that fails returns NULL.
func nullFails(f contract.Fail) bool { return f == contract.FailNull || f == contract.FailMaybe }

// resultRange sets what a status or size can be.
func (r *run) resultRange(v *val, fn *contract.Func, o outcomeKind) {
	switch fn.Fail {
	case contract.FailNull:
		if o == succeeds {
			v.nz, v.lo = true, 1 // what it handed out goes with this pointer
		}
	case contract.FailMinus1, contract.FailNegative:
		v.lo = -1
		if o == succeeds {
			v.lo = 0
			if fn.Found {
				v.lo, v.hi, v.nz = 1, 1, true
			}
		}
		switch fn.Success {
		case contract.SuccessZero:
			v.hi = 0
		case contract.SuccessBool, contract.SuccessOne:
			v.hi = 1
		}
	case contract.FailZero, contract.FailMaybe:
		if o == succeeds {
			v.nz, v.lo = true, 1
			if fn.Success == contract.SuccessOne {
				v.hi = 1
			}
		}
	case contract.FailNone, contract.FailAmbiguous:
		if fn.Acquire.Kind == "thread" {
			v.nz, v.lo = true, 1
		}
		if fn.Found {
			v.lo, v.nz = 1, true
			if fn.Source != summarySource {
				v.hi = 1
			}
		}
		if fn.Fail == contract.FailNone && fn.Result.Inside != "" && !fn.Result.Nullable && fn.Source != summarySource {
			v.lo, v.nz = 1, true // PyBytes_AS_STRING
		}
	case contract.FailNonzero:
		switch o {
		case succeeds:
			v.lo, v.hi = 0, 0
		case fails:
			v.nz = true
		}
	}
}

// failed records a failing call, about the object that it would have taken over.
func (r *run) failed(s *state, in *ir.Instr, fn *contract.Func, args []sid) {
	var left sid
	if i := stealsOnSuccess(fn); i >= 0 && i < len(args) {
		left = args[i]
	}
	st := r.note(s, step{kind: finding.Call, span: in.Span, other: left, callee: fn.Name, failed: true})
	if fn.Fail != contract.FailSilent && !fn.Silent {
		s.fail = st
	}
}

// indicate updates the error indicator after a call.
func (r *run) indicate(s *state, fn *contract.Func, id sid, o outcomeKind) {
	switch {
	case fn.Fail == contract.FailNone, fn.Fail == contract.FailSilent, fn.Silent:
		// The indicator stays as it was.
	case fn.Fail == contract.FailAmbiguous, fn.Fail == contract.FailMaybe && o != succeeds:
		s.err, s.dep = errUnknown, noSym
		if fn.Fail == contract.FailMaybe {
			s.dep = id
		}
	case o == fails:
		s.err, s.dep = errSet, noSym
	case o == succeeds, o == findsNothing:
		s.err, s.dep = errClear, noSym
	default:
		s.err, s.dep = errUnknown, id
	}
}

func paramIndex(fn *contract.Func, name string) int {
	if name == "" {
		return -1
	}
	for i := range fn.Params {
		if fn.Params[i].Name == name {
			return i
		}
	}
	return -1
}
