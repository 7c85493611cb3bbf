package typemodel

import (
	"github.com/refcheck/refcheck/cmodel/ir"
)

// maxDepth bounds how deep helpers are followed.
const maxDepth = 5

// A walker runs over a slot function and its helpers, in the order in which the
// code runs, and collects what they do.
type walker struct {
	p      *Project
	out    []Action
	budget int
}

// maxSteps bounds the blocks that are looked at for one slot function.
const maxSteps = 4000

// actionsOf lists everything f does with the instance that its parameters stand
// for, and the state when it returns. cut is true if f was not followed to the end.
func (p *Project) actionsOf(t *Type, f *ir.Func, binds [][]Path) (out []Action, end State, cut bool) {
	w := &walker{p: p, budget: maxSteps}
	end = w.function(p.newFrame(t, f, binds, nil, nil), State{}, true)
	return w.out, end, w.budget < 0
}

// function follows one function from the state s and returns the state at its
// end. Only with emit are actions collected: the last round, in which the states
// are final.
func (w *walker) function(fr *frame, s State, emit bool) State {
	in := make([]*State, len(fr.f.Blocks))
	in[0] = &s
	for changed, round := true, 0; changed && round < 6; round++ {
		changed = false
		for i, b := range fr.f.Blocks {
			if in[i] == nil {
				continue
			}
			if w.budget--; w.budget < 0 {
				return s
			}
			out := w.block(fr, b, *in[i], false)
			for _, next := range fr.succs(b) {
				joined := out
				if in[next.ID] != nil {
					joined = in[next.ID].join(out)
					if joined.equal(*in[next.ID]) {
						continue
					}
				}
				in[next.ID] = &joined
				changed = true
			}
		}
	}
	var end *State
	for i, b := range fr.f.Blocks {
		if in[i] == nil {
			continue
		}
		out := w.block(fr, b, *in[i], emit)
		if b.Term.Kind == ir.Return {
			if out.Trash && fr.up == nil && emit {
				w.out = append(w.out, Action{Kind: LeaveTrashcan, Span: b.Term.Span, Top: b.Term.Span, Func: fr.f, Before: out})
			}
			if end != nil {
				out = end.join(out)
			}
			end = &out
		}
	}
	if end == nil {
		return s
	}
	return *end
}

// block follows one block.
func (w *walker) block(fr *frame, b *ir.Block, s State, emit bool) State {
	for i := range b.Instrs {
		for _, a := range fr.actions(b, i) {
			a.Before = s
			if emit {
				w.out = append(w.out, a)
			}
			s = s.after(&a)
			s = w.slot(fr, &a, s, emit)
		}
		if b.Instrs[i].Op == ir.Call {
			s = w.helper(fr, b, i, s, emit)
		}
	}
	if b.Term.Kind == ir.Branch {
		for _, x := range []*ir.Operand{&b.Term.X, &b.Term.Y} {
			if x.Kind == ir.Load && len(x.Place.Path) > 0 {
				for _, p := range fr.valueAt(x, b, len(b.Instrs)) {
					if emit {
						w.out = append(w.out, Action{Kind: Test, Path: p, Span: b.Term.Span, Top: b.Term.Span, Func: fr.f, Before: s})
					}
					s = s.touch(p)
				}
			}
		}
	}
	return s
}

// helper follows a call of a project function that is given the instance or a
// part of it.
func (w *walker) helper(fr *frame, b *ir.Block, i int, s State, emit bool) State {
	in := &b.Instrs[i]
	if in.Fn == "" {
		return s
	}
	if _, ok := object[in.Fn]; ok {
		return s
	}
	g := w.p.projectFunc(fr.f, in.Fn)
	if g == nil || len(g.Blocks) == 0 || fr.active(g) || fr.depth() >= maxDepth {
		return s
	}
	binds := make([][]Path, len(in.Args))
	for j := range in.Args {
		binds[j] = fr.valueAt(&in.Args[j], b, i)
	}
	return w.function(w.p.newFrame(fr.t, g, binds, fr, in), s, emit)
}

// slot follows the slot that an action calls: of a base, or of the type itself. Of
// a dealloc function that is not known it is assumed that it does what it must: it
// frees the instance.
func (w *walker) slot(fr *frame, a *Action, s State, emit bool) State {
	name, of := a.Call, a.Base
	switch a.Kind {
	case BaseSlot:
	case CallFinalizer:
		name, of = "tp_finalize", fr.t
	default:
		return s
	}
	if of != nil && name != "tp_traverse" {
		if sl := of.Slot(name); sl != nil && sl.Func != nil && !fr.active(sl.Func) && fr.depth() < maxDepth {
			outer := s.Finalizes
			s.Finalizes = outer || a.Kind == CallFinalizer
			s = w.function(w.p.newFrame(fr.t, sl.Func, [][]Path{{""}}, fr, a.Instr), s, emit)
			s.Finalizes = outer
			return s
		}
	}
	if name == "tp_dealloc" {
		s.Freed = true
	}
	return s
}
