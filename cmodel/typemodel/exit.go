package typemodel

import (
	"slices"

	"github.com/refcheck/refcheck/cmodel/ir"
	"github.com/refcheck/refcheck/cmodel/source"
)

// An Exit is a conditional return statement of a slot function that comes before
// something the function does otherwise.
type Exit struct {
	Span source.Span // of the return statement
	Cond Path        // the field that was tested last, "" if the condition asks for more than fields
	Null bool        // it was compared with a null pointer
	// Conds are all fields that were tested on the way, Cond among them.
	Conds []Path

	facts *Facts
	block *ir.Block // with the condition
}

// Exits lists the returns before an action, `if (self->head == NULL) return 0;`.
// Actions in loops have none.
func (t *Type) Exits(f *Facts, a *Action) []*Exit {
	if f == nil || f.Cut || len(f.Func.Params) == 0 {
		return nil
	}
	at := f.blockOf(a)
	if at == nil || slices.ContainsFunc(at.Succs(), func(s *ir.Block) bool { return reaches(s, at) }) {
		return nil
	}
	fr := t.project.newFrame(t, f.Func, [][]Path{{""}}, nil, nil)
	var out []*Exit
	for _, b := range f.Func.Blocks {
		if b.Term.Kind != ir.Branch || reaches(at, b) {
			continue
		}
		for i, s := range b.Term.Succ {
			end := leaves(s)
			if end == nil || !end.Span.Before(a.Top.Pos) || !reaches(b.Term.Succ[1-i], at) {
				continue
			}
			x := fr.exit(b, end)
			x.facts, x.block = f, b
			out = append(out, x)
		}
	}
	return out
}

// blockOf is the block of the slot function from which an action is done.
func (f *Facts) blockOf(a *Action) *ir.Block {
	for _, b := range f.Func.Blocks {
		for i := range b.Instrs {
			if in := &b.Instrs[i]; in == a.Instr || a.Func != f.Func && in.Op == ir.Call && in.Span == a.Top {
				return b
			}
		}
	}
	return nil
}

// reaches reports whether control can get from one block to another, or is there.
func reaches(from, to *ir.Block) bool {
	seen, todo := map[*ir.Block]bool{from: true}, []*ir.Block{from}
	for len(todo) > 0 {
		b := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if b == to {
			return true
		}
		for _, s := range b.Succs() {
			if !seen[s] {
				seen[s] = true
				todo = append(todo, s)
			}
		}
	}
	return false
}

// leaves is the return that a block does and nothing else, with nothing or 0; nil if
// it does more.
func leaves(b *ir.Block) *ir.Term {
	for n := 0; n < 4 && len(b.Instrs) == 0; n++ {
		switch b.Term.Kind {
		case ir.Jump:
			b = b.Term.Succ[0]
		case ir.Return:
			if x := &b.Term.X; x.Kind == ir.NoOperand || x.Kind == ir.Const && x.Int == 0 {
				return &b.Term
			}
			return nil
		default:
			return nil
		}
	}
	return nil
}

// exit describes the return that a branch leads to.
func (fr *frame) exit(b *ir.Block, end *ir.Term) *Exit {
	x := &Exit{Span: end.Span, Null: b.Term.Y.Kind == ir.Const && b.Term.Y.Int == 0 && b.Term.X.Type.IsPtr()}
	for n := 0; n < 4; n++ {
		p := fr.tested(b)
		if p == "" {
			x.Cond = ""
			break
		}
		if x.Cond == "" {
			x.Cond = p
		}
		x.Conds = append(x.Conds, p)
		up := fr.onlyBefore(b)
		if up == nil {
			break
		}
		b = up
	}
	return x
}

// tested is the field that a branch compares with a constant; "" if it compares
// anything else.
func (fr *frame) tested(b *ir.Block) Path {
	if b.Term.Y.Kind != ir.Const {
		return ""
	}
	got := fr.valueAt(&b.Term.X, b, len(b.Instrs))
	if len(got) != 1 || got[0] == TypeOf || got[0] == Elsewhere {
		return ""
	}
	return got[0]
}

// onlyBefore is the one block before b, if it ends in a branch that leads to b on one
// side only: another part of the same condition.
func (fr *frame) onlyBefore(b *ir.Block) *ir.Block {
	var found *ir.Block
	for _, p := range fr.f.Blocks {
		if slices.Contains(p.Succs(), b) {
			if found != nil || p.Term.Kind != ir.Branch {
				return nil
			}
			found = p
		}
	}
	return found
}

// After reports whether the function may have done something of a kind before it
// returns, itself or through a helper.
func (x *Exit) After(kind ActionKind) bool {
	for _, a := range x.facts.All(kind) {
		if b := x.facts.blockOf(a); b != nil && reaches(b, x.block) {
			return true
		}
	}
	return false
}

// Asks reports whether one of some functions is called for the condition.
func (x *Exit) Asks(names ...string) bool {
	return slices.ContainsFunc(x.block.Instrs, func(in ir.Instr) bool { return slices.Contains(names, in.Fn) })
}

// SetsAlone is a method of the type that puts an object in one field and has nothing
// to do with another, nil if there is none.
func (t *Type) SetsAlone(p, other Path) *ir.Func {
	for _, g := range t.methods() {
		f := t.project.factsOf(t, &Slot{Func: g})
		if f == nil || f.Cut {
			continue
		}
		sets, knows := false, false
		for i := range f.Actions {
			a := &f.Actions[i]
			sets = sets || a.Kind == Store && a.Path == p && !a.Null
			knows = knows || a.Path == other && (a.Kind == Store || a.Kind == Read || a.Kind == Test)
		}
		if sets && !knows {
			return g
		}
	}
	return nil
}
