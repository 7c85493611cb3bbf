package engine

import (
	"strings"

	"github.com/refcheck/refcheck/analyzer/finding"
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
	var fn *contract.Func
	if in.Fn == "" {
		r.value(s, &in.X)
		fn = r.eng.slotContract(&in.X)
	} else {
		fn = r.eng.contractOf(r.f, in.Fn)
	}
	if fn != nil {
		r.callee = fn.Name
	}
	if fn == nil {
		r.unknownCall(s, in, args)
		return []*state{s}
	}
	if fn.NoReturn {
		return nil
	}
	if to := s.recall(fn, args); to != noSym {
		if in.Dst.Base != nil {
			r.assign(s, &in.Dst, to)
		}
		return []*state{s}
	}
	if fn.Special == "" || fn.Special == "errset" || fn.Special == "type" {
		for i, a := range args {
			if r.isObjectArg(fn, in, i) {
				r.touch(s, a, useArg, i+1)
			}
		}
	}
	if done, out := r.special(s, in, fn, args); done {
		return out
	}
	if i := stealsOnSuccess(fn); i >= 0 && in.Dst.Base == nil && i < len(args) {
		// Nobody looks at who owns the object now; say so once and assume the best.
		r.fire(s, noSym, &rule.Event{Kind: rule.Unchecked, At: in.Span, Call: r.callee, Arg: i + 1})
		r.apply(s, in, fn, args, succeeds)
		return []*state{s}
	}
	if !forks(fn) {
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
	if fn.Fail != contract.FailNone && r.apply(t, in, fn, args, fails) {
		out = append(out, t)
	}
	return out
}

// zeroOnSuccess reports whether a function that fails with -1 returns nothing but
// 0 otherwise, as those do that change something.
func zeroOnSuccess(fn *contract.Func) bool {
	if fn.Zero {
		return true
	}
	if fn.Fail != contract.FailMinus1 || fn.Source == summarySource || fn.Result.Type != "int" || fn.Found {
		return false
	}
	for i := range fn.Params {
		if k := fn.Params[i].Ref; k == contract.OutNew || k == contract.OutBorrowed {
			return true
		}
	}
	for _, verb := range [...]string{"Set", "Append", "Insert", "Add", "Del", "Reverse", "Sort", "Resize", "Update", "Merge", "Ready", "Write", "GetBuffer", "Clear"} {
		if strings.Contains(fn.Name, verb) && !strings.Contains(fn.Name, "SetDefault") {
			return true
		}
	}
	return false
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
	if fn.FormatKind == "parse" || strings.Contains(fn.Name, "DelItem") {
		return true
	}
	for i := range fn.Params {
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
	type out struct {
		loc  locID
		kind contract.Ref
		arg  int
		null bool
	}
	var outs []out
	for i, a := range args {
		p := param(fn, i)
		ref, keeps := p.Ref, p.Keeps
		var unit rune
		if u, ok := units[i]; ok {
			ref, keeps, unit = u.ref, u.keeps, u.code
		}
		switch ref {
		case contract.Stolen:
			r.give(s, in, a, args, i, unit)
		case contract.StolenOnSuccess:
			if o != fails {
				r.give(s, in, a, args, i, unit)
			}
		case contract.StolenOnFailure:
			if o == fails {
				r.give(s, in, a, args, i, unit)
			}
		case contract.InOut, contract.OutNew, contract.OutBorrowed:
			if r.syms[a].kind == defAddr {
				outs = append(outs, out{r.syms[a].loc, ref, i, units[i].opt || p.Nullable && !fn.Found})
			} else if a != symNil && r.tracked(a) {
				outs = append(outs, out{r.target(a), ref, i, units[i].opt || p.Nullable && !fn.Found})
			}
		case contract.Unknown:
			r.lend(s, a)
			r.havoc(s, in, a, i)
		case contract.Borrowed:
			r.borrowArg(s, in, a, args, i, unit, keeps)
			if fn.Source == summarySource {
				r.havoc(s, in, a, i) // it may have changed the object's fields
			}
		default:
			r.passOther(s, in, i, a)
		}
	}
	if o != fails && removes(fn.Name) && len(args) > 1 {
		r.removed(s, args[0])
	}
	for _, x := range outs {
		r.handOut(s, in, fn, x.loc, x.kind, x.arg, x.null, o)
	}
	r.bindResult(s, in, fn, args, o)
	return true
}

// removes reports whether a function makes a container let go of an item.
func removes(name string) bool {
	return strings.Contains(name, "DelItem") || strings.HasPrefix(name, "PyDict_SetItem")
}

// removed: a reference taken of an item before its container lets go of it may be
// meant for a container that does not count its references.
func (r *run) removed(s *state, from sid) {
	for i := range s.vals {
		if v := &s.vals[i]; from != noSym && v.owner == from && v.refs > 0 && v.fl&fBorrowed != 0 {
			v.fl |= fDoubt
		}
	}
}

// borrowArg passes an object the callee only uses.
func (r *run) borrowArg(s *state, in *ir.Instr, a sid, args []sid, i int, unit rune, keeps bool) {
	if !r.tracked(a) {
		return
	}
	if keeps {
		r.ref(s, a).fl |= fKept
	}
	op := &in.Args[i]
	if op.Kind != ir.Load || !op.Place.IsVar() || op.Place.Base.Kind != ir.Temp {
		return
	}
	v := r.get(s, a)
	if v.refs <= 0 || v.fl&(fEscaped|fReported) != 0 || v.lo == 0 && v.hi == 0 {
		return
	}
	if r.holders(s, a, locID(op.Place.Base.ID)) > 0 {
		return
	}
	// The temporary is gone after the call and nobody else can release it. What
	// the callee made of it keeps its own reference.
	r.fire(s, a, &rule.Event{Kind: rule.Lost, How: rule.Temporary, At: in.Span, Call: r.callee, Arg: i + 1, Format: unit})
}

// passOther passes something that is not an object by contract: an address or
// a pointer through which the callee may see objects.
func (r *run) passOther(s *state, in *ir.Instr, i int, a sid) {
	if in.Args[i].Type.IsObjectPtr() {
		r.lend(s, a)
	}
	if r.syms[a].kind != defAddr {
		return
	}
	if i != 1 || !copiesBytes(in.Fn) {
		r.havoc(s, in, a, i)
	}
	if copiesBytes(in.Fn) { // references may have moved with the bytes
		r.escape(s, s.varOrCell(r, r.syms[a].loc), false)
		r.escapeWithin(s, r.syms[a].loc)
	}
}

// copiesBytes reports whether fn copies memory from its second argument to its
// first.
func copiesBytes(fn string) bool { return fn == "memcpy" || fn == "memmove" }

// lend passes an object to code whose effect is not known. The address of a part
// of an argument of ours counts: it may be linked into something.
func (r *run) lend(s *state, a sid) {
	if d := &r.syms[a]; d.kind == defAddr {
		if root := r.locs[d.loc].root; root > symNil && r.syms[root].param > 0 {
			a = root
		}
	}
	if !r.tracked(a) {
		return
	}
	r.ref(s, a).fl |= fKept | fDoubt
}

// give passes a reference to a callee that takes it over.
func (r *run) give(s *state, in *ir.Instr, a sid, args []sid, i int, unit rune) {
	if !r.tracked(a) {
		r.vacate(s, args, a, i)
		return
	}
	v := r.ref(s, a)
	if v.lo == 0 && v.hi == 0 {
		r.vacate(s, args, a, i)
		return
	}
	v.refs--
	v.fl |= fKept
	var to sid
	if i != 0 && len(args) > 0 && r.tracked(args[0]) {
		to = args[0]
	}
	if v.refs < 0 || v.refs == 0 && r.knowsOwner(v) {
		v.fl |= fGiven
		if v.fl&fBorrowed == 0 {
			v.owner = to
		}
	}
	r.vacate(s, args, a, i)
	r.note(s, step{kind: finding.Steal, span: in.Span, sym: a, other: to, callee: r.callee, owned: v.refs, arg: i + 1, format: unit})
}

// knowsOwner reports whether it is known which references this function had to v
// to begin with, so that its last one can be told.
func (r *run) knowsOwner(v *val) bool {
	return v.fl&(fNew|fBorrowed|fConst) != 0 || v.fl&fParam != 0 && r.role.borrowsArgs()
}

// vacate: storing into a slot of a list or tuple without releasing what was there
// makes up for a reference taken out of it before.
func (r *run) vacate(s *state, args []sid, a sid, i int) {
	if i != 2 || !r.tracked(args[0]) {
		return
	}
	s.unmemo(args[0])
	s.vacated(args[0], a)
}

// vacated lets go of what was borrowed from owner, except the object just put there.
func (s *state) vacated(owner, except sid) {
	for n := range s.vals {
		if v := &s.vals[n]; v.owner == owner && v.fl&fBorrowed != 0 && v.id != except {
			if v.refs < 0 {
				v.refs++
			} else {
				v.fl ^= fBorrowed | fSlot // whoever has it may release it now
			}
		}
	}
}

// handOut applies an out-parameter.
func (r *run) handOut(s *state, in *ir.Instr, fn *contract.Func, l locID, kind contract.Ref, arg int, null bool, o outcomeKind) {
	if kind == contract.InOut {
		old := r.readLoc(s, l, nil)
		if r.tracked(old) {
			v := r.ref(s, old)
			if v.refs > -maxRefs {
				v.refs--
			}
			v.fl |= fGiven | fKept
			r.note(s, step{kind: finding.Steal, span: in.Span, sym: old, callee: r.callee, owned: v.refs, arg: arg + 1})
		}
	}
	if o == fails || o == findsNothing {
		if fn.FormatKind != "parse" && !(o == findsNothing && kind == contract.OutBorrowed) {
			r.write(s, l, symNil)
		}
		return
	}
	id := r.fresh(s, paramOrdinal+int32(arg))
	d := &r.syms[id]
	d.instr, d.fn, d.typ = in, fn, nil
	d.flags |= fObject
	if d.name == "" {
		d.name = r.locName(l)
	}
	r.write(s, l, id)
	v := r.ref(s, id)
	if v.lo = 0; !null {
		v.nz, v.lo = true, 1
	}
	if kind == contract.OutBorrowed {
		v.fl |= fBorrowed
		if fn.Name == "PyDict_Next" {
			v.owner = r.container(s, in)
		}
		r.note(s, step{kind: finding.Borrow, span: in.Span, sym: id, other: v.owner, callee: r.callee})
		return
	}
	v.refs, v.fl = 1, v.fl|fNew|fShared
	if null && severalNullable(fn) {
		v.fl |= fDoubt // which of them are set together is not known
	}
	if kind == contract.InOut && fn.Fail == contract.FailNone {
		v.fl |= fKept // it may well be the object that was there before
	}
	r.note(s, step{kind: finding.Acquire, span: in.Span, sym: id, callee: r.callee, owned: 1})
}

// container is the object a call takes items out of.
func (r *run) container(s *state, in *ir.Instr) sid {
	if id := r.value(s, &in.Args[0]); r.tracked(id) {
		return id
	}
	return noSym
}

// severalNullable reports whether fn hands out several references that may be
// NULL each.
func severalNullable(fn *contract.Func) bool {
	n := 0
	for i := range fn.Params {
		if fn.Params[i].Ref == contract.OutNew && fn.Params[i].Nullable {
			n++
		}
	}
	return n > 1 && fn.Source == summarySource
}

// bindResult makes the result of a call and assigns it.
func (r *run) bindResult(s *state, in *ir.Instr, fn *contract.Func, args []sid, o outcomeKind) {
	if in.Dst.IsVar() {
		l := locID(in.Dst.Base.ID)
		if old := s.vars[l]; old != noSym {
			r.overwrite(s, l, old)
			s.vars[l] = noSym
		}
	}
	id := r.result(s, in, fn, args, o)
	r.indicate(s, fn, id, o)
	if accessor(fn) && len(args) <= 2 && len(args) > 0 {
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

// accessor reports whether fn only reads something that stays the same until
// somebody changes the object.
func accessor(fn *contract.Func) bool {
	switch {
	case fn.Pure:
		return true
	case fn.Runs != contract.RunsNothing || fn.Special != "" && fn.Special != "type" || fn.Found:
		return false
	case fn.Result.Ref == contract.Borrowed:
		return fn.Macro || strings.Contains(fn.Name, "_Get") || strings.Contains(fn.Name, "_Find")
	}
	return fn.Name == "PyModule_GetState" || fn.Name == "PyType_GetModuleState"
}

// recall finds what an accessor returned before for the same arguments.
func (s *state) recall(fn *contract.Func, args []sid) sid {
	if len(s.memo) == 0 || !accessor(fn) || len(args) == 0 || len(args) > 2 {
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
	if k := paramIndex(fn, res.Same); k >= 0 && k < len(args) {
		return args[k]
	}
	if o == fails {
		switch fn.Fail {
		case contract.FailNull, contract.FailZero, contract.FailMaybe, contract.FailSilent:
			r.failed(s, in, fn)
			return symNil
		case contract.FailMinus1, contract.FailNegative:
			r.failed(s, in, fn)
			return r.constant(-1)
		}
	}
	if fn.Special == "erroccurred" && s.err == errClear {
		return symNil
	}
	if fn.Name == "PyModuleDef_Init" {
		return r.fresh(s, resultOrdinal) // static, to be returned as it is
	}
	if o == findsNothing || o == succeeds && zeroOnSuccess(fn) {
		return symNil
	}
	id := r.fresh(s, resultOrdinal)
	d := &r.syms[id]
	d.instr, d.fn = in, fn
	v := r.ref(s, id)
	if fn.Special == "erroccurred" {
		v.nz, v.lo = s.err == errSet, 0
		return id
	}
	switch res.Ref {
	case contract.New:
		d.flags |= fObject
		v.fl |= fNew | fObject
		if res.Shared {
			v.fl |= fShared
			if len(args) == 2 && strings.Contains(fn.Name, "GetItem") && r.tracked(args[0]) {
				v.owner = args[0]
			}
		}
		v.refs = 1
		v.lo = 0
		if !res.Nullable || o == succeeds && fn.Fail == contract.FailNull {
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
		} else if fn.Pure && len(args) > 0 && r.tracked(args[0]) {
			v.owner = args[0]
		}
		if !res.Nullable || o == succeeds && fn.Fail == contract.FailNull {
			v.nz, v.lo = true, 1
		}
		r.note(s, step{kind: finding.Borrow, span: in.Span, sym: id, other: v.owner, callee: r.callee})
	default:
		r.resultRange(v, fn, o)
	}
	return id
}

// resultRange sets what a status or size can be.
func (r *run) resultRange(v *val, fn *contract.Func, o outcomeKind) {
	switch fn.Fail {
	case contract.FailMinus1, contract.FailNegative:
		v.lo = -1
		if o == succeeds {
			v.lo = 0
			if fn.Found {
				v.lo, v.hi, v.nz = 1, 1, true
			}
		}
		if zeroOnSuccess(fn) {
			v.hi = 0
		}
	case contract.FailZero, contract.FailMaybe:
		if o == succeeds {
			v.nz, v.lo = true, 1
			if fn.FormatKind == "parse" || strings.HasPrefix(fn.Name, "PyArray_") && fn.Source != summarySource {
				v.hi = 1
			}
		}
	case contract.FailNone:
		if fn.Found {
			v.lo, v.hi, v.nz = 1, 1, true
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

func (r *run) failed(s *state, in *ir.Instr, fn *contract.Func) {
	st := r.note(s, step{kind: finding.Call, span: in.Span, callee: fn.Name, failed: true})
	if fn.Fail != contract.FailSilent {
		s.fail = st
	}
}

// indicate updates the error indicator after a call.
func (r *run) indicate(s *state, fn *contract.Func, id sid, o outcomeKind) {
	switch {
	case fn.Fail == contract.FailNone, fn.Fail == contract.FailSilent:
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
