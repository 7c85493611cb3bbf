package engine

import (
	"slices"

	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/rule"
	"github.com/refcheck/refcheck/cmodel/ir"
	"github.com/refcheck/refcheck/cmodel/source"
)

// An exitState is what one path does to the caller.
type exitState struct {
	ret      sid
	failed   bool
	retRefs  int8
	retFlags flag
	retParam int
}

// A summarizer collects the exits of a function and turns them into a contract.
type summarizer struct {
	exits []exitFacts
	names []string
}

// exitFacts is what is known of one exit.
type exitFacts struct {
	failed, null, maybeNull, errSet, errClear bool
	lo, hi                                    int64
	ret                                       retKind
	constant                                  string // the constant of the interpreter that is returned
	same                                      int    // 1 + the parameter that is returned as it came
	fresh                                     bool
	doubt                                     bool // unknown code was given what is returned
	inside                                    int  // 1 + the parameter into whose memory the result points
	movable                                   bool
	params                                    []paramFact
	slots                                     []slotFact // what an out-parameter pointed to at the start
	outDoubts                                 []int      // out-parameters whose object unknown code was given
	wrote                                     uint64     // see state.wrote

	at    source.Span // the return
	id    sid         // what is returned
	state *state      // when it returned
}

type retKind uint8

const (
	retNone retKind = iota
	retNew
	retBorrowed
	retConst // None or another constant of the interpreter, without a reference: a sign
	retHeld  // a reference that is also in a slot that outlives the call: the slot's, or the caller's
	retUnknown
)

type paramFact uint8

const (
	paramUntouched paramFact = iota
	paramKept                // the callee took a reference of its own and keeps it somewhere
	paramTaken               // the caller's reference was released, given away or stored
	paramStored              // the argument is in a slot that owns what it holds, as far as the project tells
	paramUnknown
	paramOutNew      // *param receives a reference
	paramOutBorrowed // *param receives a borrowed reference
	paramOutNull     // *param becomes NULL
	paramNull        // the argument was NULL: this exit says nothing about it
	paramAdded       // the argument gains a reference
	paramFacts       // number of facts
)

func (z *summarizer) add(r *run, s *state, x *exitState) {
	f := exitFacts{failed: x.failed, errSet: s.err == errSet, errClear: s.err == errClear, lo: negInf, hi: posInf,
		wrote: s.wrote, at: r.span, id: x.ret, state: s}
	if x.ret != noSym {
		v := r.get(s, x.ret)
		f.lo, f.hi = v.lo, v.hi
		f.null = v.lo == 0 && v.hi == 0
		f.maybeNull = !v.nz && v.fl&fConst == 0 // Py_None and its like are never NULL
		f.ret = r.returnKind(s, x)
		f.constant = r.constName(s, x.ret)
		if x.retParam > 0 && x.retRefs == 0 {
			f.same = x.retParam
		}
		if v.fl&fInside != 0 {
			f.inside, f.movable = r.syms[v.owner].param, v.fl&fMovable != 0
		}
		f.doubt = x.retFlags&fDoubt != 0 || f.ret == retUnknown && (x.retFlags&fEscaped != 0 || r.syms[x.ret].computed)
		f.fresh = x.retFlags&(fNew|fKept|fShared|fEscaped) == fNew
	}
	f.params, f.slots = make([]paramFact, len(r.f.Params)), make([]slotFact, len(r.f.Params))
	for i, p := range r.f.Params {
		f.slots[i] = r.slotFact(s, i, p)
		f.params[i] = r.paramFact(s, x, locID(i), p)
		if f.params[i] == paramOutNew && r.outDoubt(s, locID(i)) {
			f.outDoubts = append(f.outDoubts, i)
		}
	}
	z.exits = append(z.exits, f)
}

func (r *run) returnKind(s *state, x *exitState) retKind {
	switch {
	case x.retFlags&fSlot != 0 && x.retRefs <= 0 && !r.slotStillHolds(s, x.ret):
		return retUnknown // moved out of its slot
	case r.syms[x.ret].weak && x.retRefs == 0 && r.eng.pure[r.f]:
		return retBorrowed // an element of an array, which is still there
	case x.retFlags&fEscaped != 0 && x.retRefs <= 0:
		return retUnknown
	case x.retRefs > 0 && r.ownedBy(s, x.ret)-s.paid(x.ret) >= int(x.retRefs):
		return retBorrowed // the slot owns it
	case x.retRefs > 0 && r.kept(s, x.ret) >= int(x.retRefs):
		return retHeld
	case x.retRefs > 0:
		return retNew
	case x.retFlags&fConst != 0 && immortals[r.syms[x.ret].name]:
		return retConst
	case x.retFlags&(fBorrowed|fConst|fParam|fSlot|fGiven) != 0:
		return retBorrowed
	}
	return retUnknown
}

// paid counts the slots that hold id and took their reference over when Py_SETREF
// put it there: what the function has of id is beside it.
func (s *state) paid(id sid) int {
	st := s.last(id, finding.Steal)
	return int(b2u(st != nil && st.slot != ""))
}

// paramFact says what one exit did with one argument.
func (r *run) paramFact(s *state, x *exitState, l locID, p *ir.Var) paramFact {
	id := r.initial(l, p.Type)
	if p.Type.IsPtr() && p.Type.Elem.IsObjectPtr() {
		return r.outFact(s, id)
	}
	if !p.Type.IsObjectPtr() {
		return paramUntouched
	}
	v := r.get(s, id)
	h := r.holdings(s, id)
	switch {
	case v.lo == 0 && v.hi == 0:
		return paramNull
	case v.fl&(fEscaped|fDoubt) != 0:
		return paramUnknown
	case v.refs < 0, v.refs == 0 && v.fl&fReleased != 0: // released, or its memory is freed
		return paramTaken
	case v.refs == 0 && v.fl&fGiven != 0 && h.all > 0:
		return paramKept // Py_SETREF gave the slot its reference
	case int(v.refs) < h.rewritten:
		return paramTaken
	case int(v.refs) < h.owning:
		return paramStored
	case int(v.refs) < h.objects:
		return paramUnknown
	case int(v.refs) > h.all:
		return paramAdded
	case h.all > 0 || v.fl&fKept != 0:
		return paramKept
	}
	return paramUntouched
}

// holdings counts the slots that outlive the function and hold an object they
// did not hold before.
type holdings struct {
	all       int
	objects   int // in Python objects, in globals, or owning
	owning    int // owning what they hold, as the rest of the project shows
	rewritten int // owning what they hold: the function has released what was there before
}

func (r *run) holdings(s *state, id sid) (h holdings) {
	r.eachHolder(s, id, func(l locID) {
		if r.lost(s, r.locs[l].root, 0) {
			return
		}
		h.all++
		owning := r.eng.owning(r, l)
		if d := &r.locs[l]; owning || d.kind == locVar || d.kind == locField && r.eng.objects[d.strct] {
			h.objects++
		}
		old, known := r.symIDs[symKey{kind: defInit, a: int32(l)}]
		rewritten := known && r.get(s, old).fl&fReleased != 0
		if owning || rewritten {
			h.owning++
		}
		if rewritten {
			h.rewritten++
		}
	})
	return h
}

// maxNested bounds how many objects made by a function may hold one another.
const maxNested = 4

// lost reports whether root is an object of this function's that nobody will
// ever see again: neither other code has it, nor a slot of an object that lives on.
func (r *run) lost(s *state, root sid, depth int) bool {
	if root <= symNil || r.syms[root].kind != defSite {
		return false
	}
	v := r.get(s, root)
	if v.refs <= 0 || v.fl&(fNew|fEscaped|fKept) != fNew {
		return false
	}
	held := false
	if depth < maxNested {
		r.eachHolder(s, root, func(l locID) { held = held || !r.lost(s, r.locs[l].root, depth+1) })
	}
	return !held
}

func (r *run) outFact(s *state, id sid) paramFact {
	l := r.target(id)
	i, ok := s.cell(l)
	if old := r.get(s, r.initial(l, nil)); old.refs != 0 || old.fl&(fReleased|fGiven) != 0 {
		return paramUnknown // it was in-out
	}
	if !ok {
		if v := r.get(s, id); v.fl&fEscaped != 0 {
			return paramUnknown
		}
		return paramUntouched
	}
	v := r.get(s, s.mem[i].val)
	switch {
	case v.lo == 0 && v.hi == 0:
		return paramOutNull
	case v.fl&fEscaped != 0:
		return paramUnknown
	case v.refs > 0:
		return paramOutNew
	case v.fl&(fBorrowed|fConst|fSlot|fParam) != 0:
		return paramOutBorrowed
	}
	return paramUnknown
}

// outDoubt reports whether unknown code was given what the parameter at l hands out.
func (r *run) outDoubt(s *state, l locID) bool {
	i, ok := s.cell(r.target(r.initial(l, nil)))
	return ok && r.get(s, s.mem[i].val).fl&fDoubt != 0
}

// intended leaves out the losses that are what the function is for: a helper that
// only adds references to its argument, on all ways out or, as locks do, on some.
func (r *run) intended() []*Event {
	out := r.order[:0]
	for _, e := range r.order {
		p := r.syms[e.Site].param
		if e.Kind == rule.Lost && p > 0 && r.role.Role == rule.Helper && r.sum.adds(p-1, r.addsOnly(p-1)) {
			continue
		}
		if e.Kind == rule.StoreBorrowed && !slices.ContainsFunc(e.exits, func(i int) bool { return !r.sum.mayFail(i) }) {
			continue // whoever sees the failure does not look at the slot
		}
		out = append(out, e)
	}
	return out
}

// addsOnly reports whether the function returns nothing and calls nothing that
// releases its argument i or takes it over, so that taking a reference is not the
// first half of anything.
func (r *run) addsOnly(i int) bool {
	if r.f.Result != nil && r.f.Result.Kind != ir.Void {
		return false
	}
	for _, b := range r.f.Blocks {
		for k := range b.Instrs {
			in := &b.Instrs[k]
			for n := range in.Args {
				x := &in.Args[n]
				if in.Op != ir.Call || x.Kind != ir.Load || !x.Place.IsVar() || x.Place.Base != r.f.Params[i] {
					continue
				}
				if fn := r.eng.contractOf(r.f, in.Fn); fn == nil || fn.Special != "incref" && fn.Special != "xincref" && fn.Special != "newref" && fn.Special != "xnewref" {
					return false
				}
			}
		}
	}
	return true
}

// mayFail reports whether exit i, of which it is not known whether an exception is
// set, returns what other exits return for a failure, and no success does.
func (z *summarizer) mayFail(i int) bool {
	if i >= len(z.exits) {
		return false
	}
	x := &z.exits[i]
	if x.errSet || x.errClear || x.lo != x.hi {
		return false
	}
	fails := false
	for _, y := range z.exits {
		if y.lo == x.lo && y.hi == x.hi {
			fails = fails || y.errSet
			if y.errClear {
				return false
			}
		}
	}
	return fails
}

const summarySource = "inferred"
