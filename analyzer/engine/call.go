package engine

import (
	"slices"

	"github.com/refcheck/refcheck/analyzer/rule"
	"github.com/refcheck/refcheck/cmodel/contract"
	"github.com/refcheck/refcheck/cmodel/ir"
)

// call executes one call and returns the states after it.
func (r *run) call(s *state, in *ir.Instr) []*state {
	args := make([]sid, len(in.Args))
	for i := range in.Args {
		args[i] = r.value(s, &in.Args[i])
	}
	r.touchBuffers(s, args)
	var fn *contract.Func
	if in.Fn == "" {
		r.value(s, &in.X)
		if fn = r.eng.slotContract(&in.X); fn == nil {
			fn = r.eng.tableContract(&in.X)
		}
	} else {
		fn = r.eng.contractOf(r.f, in.Fn)
	}
	r.called = fn
	if fn != nil {
		r.callee = fn.Name
	}
	if t := r.splitFilled(s, fn, args); t != nil {
		return append(r.call(s, in), r.call(t, in)...)
	}
	r.oldAPI(s, in, fn)
	r.melt(s, in, fn, args)
	r.gilCall(s, in, fn, args)
	r.lockCall(s, fn, args)
	r.lendHeld(s, in, fn, args)
	if _, ok := gilMacros[in.Fn]; ok && fn == nil {
		return []*state{s}
	}
	if fn == nil {
		r.unknownCall(s, in, args)
		return []*state{s}
	}
	if fn.NoReturn {
		r.waited = r.waited || fn == waiting
		return nil
	}
	if to := s.recall(fn, args); to != noSym {
		if in.Dst.Base != nil {
			r.assign(s, &in.Dst, to)
		}
		return []*state{s}
	}
	if fn.Special == "" || fn.Special == "errset" || fn.Special == "errrestore" || fn.Special == "type" {
		for i, a := range args {
			if r.isObjectArg(fn, in, i) {
				r.touch(s, a, useArg, i+1)
			}
		}
	}
	if done, out := r.special(s, in, fn, args); done {
		return out
	}
	if out := r.eitherWay(s, in, fn, args); out != nil {
		return out
	}
	return r.outcomes(s, in, fn, args)
}

// eitherWay executes a call that returns either an argument or something new, which
// makes a difference to who owns it; nil if the call is none.
func (r *run) eitherWay(s *state, in *ir.Instr, fn *contract.Func, args []sid) []*state {
	i := paramIndex(fn, fn.Result.OrSame)
	if i < 0 || i >= len(args) || !r.tracked(args[i]) {
		return nil
	}
	same, other := *fn, *fn
	same.Result.Same, same.Result.OrSame = fn.Result.OrSame, ""
	same.Params = slices.Clone(fn.Params)
	same.Params[i].Ref = contract.Borrowed
	other.Result.OrSame, other.Result.Shared = "", false
	var out []*state
	if t := s.clone(); r.bound(t, cmpNe, args[i], 0) && r.apply(t, in, &same, args, succeeds) {
		out = append(out, t)
	}
	return append(out, r.outcomes(s, in, &other, args)...)
}

// outcomes executes a call with a contract, once for each outcome that makes a difference.
func (r *run) outcomes(s *state, in *ir.Instr, fn *contract.Func, args []sid) []*state {
	if i := stealsOnSuccess(fn); i >= 0 && in.Dst.Base == nil && i < len(args) {
		// Nobody looks at who owns the object now: show the loss and go on as if the
		// call could not fail.
		r.unchecked(s.clone(), in, fn, args, i)
		r.apply(s, in, fn, args, succeeds)
		return []*state{s}
	}
	if r.cannotFail(s, in, fn, args) {
		r.apply(s, in, fn, args, succeeds)
		return []*state{s}
	}
	if !forks(fn) && !r.spares(s, fn, args) {
		r.apply(s, in, fn, args, anyOutcome)
		return []*state{s}
	}
	var out []*state
	t := s.clone()
	if fn.Found {
		// Nothing found: success too, with 0 and NULL.
		none := s.clone()
		if r.apply(none, in, fn, args, findsNothing) {
			out = append(out, none)
		}
	}
	if r.apply(s, in, fn, args, succeeds) {
		out = append(out, s)
	}
	if fn.Fail != contract.FailNone && !(fn.Found && fn.Fail == contract.FailAmbiguous) && r.apply(t, in, fn, args, fails) {
		out = append(out, t)
	}
	return out
}

// unchecked reports the i-th argument of a call that fails without anybody
// noticing. An object is not lost if this function is known to have no reference
// to it, or if slots that outlive it still hold the object.
func (r *run) unchecked(s *state, in *ir.Instr, fn *contract.Func, args []sid, i int) {
	a := args[i]
	if a == symNil || !r.bound(s, cmpNe, a, 0) {
		return
	}
	switch v := r.get(s, a); {
	case v.refs > 0 && int(v.refs) <= r.kept(s, a):
		return
	case v.refs <= 0 && (r.knowsOwner(&v) || v.fl&fSlot != 0 && r.slotStillHolds(s, a)):
		return
	}
	if r.apply(s, in, fn, args, fails) {
		r.fire(s, a, &rule.Event{Kind: rule.Unchecked, At: in.Span, Call: r.callee, Arg: i + 1})
	}
}

func stealsOnSuccess(fn *contract.Func) int {
	for i := range fn.Params {
		if fn.Params[i].Ref == contract.StolenOnSuccess {
			return i
		}
	}
	return -1
}

// An outcomeKind says which results of a call a state is to stand for.
type outcomeKind uint8

const (
	anyOutcome outcomeKind = iota // both: nothing but the result differs
	succeeds
	fails
	findsNothing // returns 0 and hands out NULL: PyDict_GetItemRef and its like
)

// forks reports whether what a call does to references depends on its outcome,
// so that success and failure need states of their own.
func forks(fn *contract.Func) bool {
	if fn.Found {
		return true
	}
	if fn.Fail == contract.FailNone {
		return false
	}
	if fn.FormatKind == "parse" {
		return true
	}
	for i := range fn.Params {
		if fn.Params[i].Changes == contract.Removes {
			return true
		}
		if fn.Params[i].IfNull && !splits(fn.Fail) {
			continue
		}
		switch fn.Params[i].Ref {
		case contract.StolenOnSuccess, contract.StolenOnFailure, contract.InOut, contract.OutNew, contract.OutBorrowed:
			return true
		}
	}
	return false
}

// param returns the i-th parameter's contract; variadic arguments share the last.
func param(fn *contract.Func, i int) *contract.Param {
	if i < len(fn.Params) {
		return &fn.Params[i]
	}
	if fn.Variadic && len(fn.Params) > 0 {
		p := &fn.Params[len(fn.Params)-1]
		if p.Name == "..." || p.Ref == contract.OutBorrowed {
			return p
		}
	}
	return &contract.Param{}
}

func (r *run) isObjectArg(fn *contract.Func, in *ir.Instr, i int) bool {
	p := param(fn, i)
	return p.Ref == contract.Borrowed || p.Ref == contract.Stolen || p.Ref == contract.StolenOnSuccess ||
		p.Ref == contract.StolenOnFailure || in.Args[i].Type.IsObjectPtr()
}

// apply does what the contract says for one outcome. It returns false when
// this outcome cannot be.
func (r *run) apply(s *state, in *ir.Instr, fn *contract.Func, args []sid, o outcomeKind) bool {
	units := r.formatUnits(s, fn, args)
	if k := paramIndex(fn, fn.Release.Handle); fn.Release.Kind == "buffer" && k >= 0 && k < len(args) {
		r.viewReleased(s, args[k])
	}
	type out struct {
		loc  locID
		kind contract.Ref
		arg  int
		null bool
	}
	var outs []out
	idle := r.idles(s, fn, args)
	r.storing = changesContainer(fn)
	for i, a := range args {
		p := param(fn, i)
		ref, keeps := p.Ref, p.Keeps
		var unit rune
		if u, ok := units[i]; ok {
			ref, keeps, unit = u.ref, u.keeps, u.code
		}
		if idle && ref == contract.InOut {
			continue
		}
		if p.IfNull && r.fillState(s, a) == slotUnknown {
			ref = contract.Unknown
		}
		if o != fails && p.Changes >= contract.Replaces {
			r.removed(s, a)
		}
		if mayWriteTo(p, o) {
			r.passOn(s, a)
		}
		if o != fails && (p.Changes == contract.Adds || p.Changes == contract.Removes) {
			r.moveBuffers(s, a, rule.Resized)
		}
		switch ref {
		case contract.Stolen:
			r.give(s, in, a, args, i, unit, p.Doubt)
		case contract.StolenOnSuccess:
			if o != fails {
				r.give(s, in, a, args, i, unit, p.Doubt)
			}
		case contract.StolenOnFailure:
			if o == fails {
				r.give(s, in, a, args, i, unit, p.Doubt)
			}
		case contract.InOut, contract.OutNew, contract.OutBorrowed:
			if r.syms[a].kind == defAddr {
				outs = append(outs, out{r.syms[a].loc, ref, i, units[i].opt || p.NullFound || p.Nullable && !fn.Found})
			} else if a != symNil && r.tracked(a) {
				outs = append(outs, out{r.target(a), ref, i, units[i].opt || p.NullFound || p.Nullable && !fn.Found})
			}
		case contract.Unknown:
			r.lend(s, a)
			if mayWriteTo(p, o) {
				r.havoc(s, in, a, i)
			}
		case contract.Borrowed:
			if fn.Result.Same == "" || fn.Result.Same != p.Name { // or else it comes back
				r.borrowArg(s, in, a, i, unit, keeps)
			}
			if fn.Source == summarySource {
				r.havoc(s, in, a, i) // it may have changed the object's fields
			}
		default:
			r.passOther(s, in, fn, i, a)
		}
	}
	r.outBuffers(s, in, fn, args, units, o)
	for _, x := range outs {
		r.handOut(s, in, fn, x.loc, x.kind, x.arg, x.null, o)
	}
	r.bindResult(s, in, fn, args, o)
	if o != fails {
		r.giveBack(s, fn, args)
		r.parsed(s, in, args, units)
	}
	return true
}

// severalNullable reports whether fn hands out several references that may be
// NULL each.
func severalNullable(fn *contract.Func) bool {
	n := 0
	for i := range fn.Params {
		if p := &fn.Params[i]; p.Ref == contract.OutNew && (p.Nullable && !fn.Found || p.NullFound) {
			n++
		}
	}
	return n > 1 && fn.Source == summarySource
}
