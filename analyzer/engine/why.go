package engine

import (
	"cmp"
	"slices"

	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/rule"
	"github.com/refcheck/refcheck/cmodel/ir"
	"github.com/refcheck/refcheck/cmodel/source"
)

// An Exit is one way out of a function, as its contract sees it. States that leave
// through the same return statement in different ways are different exits.
type Exit struct {
	At     source.Span // the return
	Failed bool
	// ErrSet, ErrClear: an exception certainly is set, or is not.
	ErrSet, ErrClear bool
	Result           Fact
	Params           []Fact // by parameter
}

// A Fact is what one exit does with an argument or the result, and the step that
// decided it.
type Fact struct {
	Effect Effect
	By     finding.StepKind // valid if At is
	At     source.Span
	Callee string // the function called at At
	Slot   string // where it was stored
	Origin rule.Object
	// MaybeNull: the result may be NULL as well.
	MaybeNull bool
	// Same: the result is this parameter, from 1, as it came; 0 if none.
	Same int
}

// An Effect is what an exit does with an argument or the result.
type Effect uint8

// Effects. Those of results are NoObject, Null, NewRef, BorrowedRef, SameAs and
// UnknownEffect.
const (
	Untouched     Effect = iota // the argument is left as it was
	Kept                        // a reference of the function's own is kept somewhere
	Taken                       // the caller's reference was released, given away or stored
	Added                       // the argument gained a reference
	UnknownEffect               // nothing is known
	OutNew                      // *argument receives a reference
	OutBorrowed                 // *argument receives a borrowed reference
	OutNull                     // *argument becomes NULL
	NullArgument                // the argument was NULL: this exit says nothing about it
	NoObject                    // the result is no object
	NullResult
	NewRef
	BorrowedRef
)

var paramEffects = [paramFacts]Effect{
	paramUntouched: Untouched, paramKept: Kept, paramTaken: Taken, paramUnknown: UnknownEffect, paramOutNew: OutNew,
	paramOutBorrowed: OutBorrowed, paramOutNull: OutNull, paramNull: NullArgument, paramAdded: Added,
}

// Explain makes the following analysis keep the exits of every function, with the
// steps that decided what is known of them.
func (e *Engine) Explain() { e.explain = true }

// why lists the exits of an analysed function, in the order of the source.
func (r *run) why() []Exit {
	out := make([]Exit, len(r.sum.exits))
	for i := range r.sum.exits {
		x := &r.sum.exits[i]
		e := Exit{At: x.at, Failed: x.failed, ErrSet: x.errSet, ErrClear: x.errClear, Result: r.resultWhy(x)}
		for p := range r.f.Params {
			e.Params = append(e.Params, r.paramWhy(x, p))
		}
		out[i] = e
	}
	slices.SortStableFunc(out, func(a, b Exit) int {
		return cmp.Or(cmp.Compare(a.At.Line, b.At.Line), cmp.Compare(a.At.Column, b.At.Column))
	})
	return out
}

// decisive are the kinds of steps that can decide an effect on an argument.
var decisive = map[paramFact][]finding.StepKind{
	paramTaken:   {finding.Steal, finding.Decref, finding.Release},
	paramKept:    {finding.Store, finding.Incref},
	paramAdded:   {finding.Incref},
	paramUnknown: {finding.Store, finding.Steal, finding.Decref, finding.Release, finding.Escape},
}

func (r *run) paramWhy(x *exitFacts, i int) Fact {
	f := Fact{Effect: paramEffects[x.params[i]]}
	id := r.initial(locID(i), nil)
	switch x.params[i] {
	case paramUntouched, paramNull:
		return f
	case paramOutNew, paramOutBorrowed:
		if c, ok := x.state.cell(r.target(id)); ok {
			r.acquired(x, x.state.mem[c].val, &f)
		}
		return f
	}
	if x.same == i+1 && x.params[i] == paramTaken {
		f.By, f.At = finding.Exit, x.at
		return f
	}
	if st := x.state.about(id, decisive[x.params[i]]); st != nil {
		f.By, f.At, f.Callee, f.Slot = st.kind, st.span, st.callee, st.slot
	}
	return f
}

// about finds the newest step of kind that concerns id: as its object or, for what
// is only assumed of a call, as its argument.
func (s *state) about(id sid, kinds []finding.StepKind) *step {
	for p := s.trace; p != nil; p = p.prev {
		if !p.gone && (p.sym == id || p.kind == finding.Escape && p.other == id) && slices.Contains(kinds, p.kind) {
			return p
		}
	}
	return nil
}

func (r *run) resultWhy(x *exitFacts) Fact {
	f := Fact{Effect: NoObject}
	if !r.f.Result.IsObjectPtr() || x.id == noSym {
		return f
	}
	switch {
	case x.null:
		f.Effect = NullResult
		if st := x.state.fail; st != nil && st.span.IsValid() {
			f.By, f.At, f.Callee = finding.Call, st.span, st.callee
		}
		return f
	case x.ret == retNew:
		f.Effect = NewRef
	case x.ret == retBorrowed:
		f.Effect = BorrowedRef
	default:
		f.Effect = UnknownEffect
	}
	f.MaybeNull, f.Same = x.maybeNull, x.same
	r.acquired(x, x.id, &f)
	return f
}

// acquired says where the object id came from.
func (r *run) acquired(x *exitFacts, id sid, f *Fact) {
	v := r.get(x.state, id)
	f.Origin = r.describe(x.state, id, &r.syms[id], &v)
	if st := x.state.last(id, finding.Acquire, finding.Borrow, finding.Incref, finding.Steal); st != nil {
		f.By, f.At, f.Callee = st.kind, st.span, st.callee
	}
}

// An Owner is a field or global variable that owns what it holds, because
// something releases or visits it.
type Owner struct {
	Struct string // "" for a variable
	Name   string
	At     source.Span // of the first place in the project that shows it
	In     string      // the function there
	Call   string      // what is called with it: Py_XDECREF, Py_VISIT, ...
}

// Owners lists the slots that own what they hold, by name.
func (e *Engine) Owners() []Owner {
	out := slices.Clone(e.owners)
	slices.SortStableFunc(out, func(a, b Owner) int {
		return cmp.Or(cmp.Compare(a.Struct, b.Struct), cmp.Compare(a.Name, b.Name))
	})
	return out
}

// noteOwner keeps the reason why a slot is taken for an owner.
func (e *Engine) noteOwner(k fieldKey, f *ir.Func, in *ir.Instr) {
	call := in.Fn
	if in.Macro != "" {
		call = in.Macro
	}
	e.owners = append(e.owners, Owner{Struct: k.strct, Name: k.name, At: in.Span, In: f.Name, Call: call})
}
