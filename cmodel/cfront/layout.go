package cfront

import "github.com/refcheck/refcheck/cmodel/ir"

// layout returns the blocks reachable from entry in reverse postorder, with
// trivial blocks folded away.
func layout(entry *ir.Block) []*ir.Block {
	for _, b := range postorder(entry) {
		for i, s := range b.Succs() {
			b.Term.Succ[i] = skipEmpty(s)
		}
		if t := &b.Term; t.Kind == ir.Branch && t.Succ[0] == t.Succ[1] {
			pointlessBranch(b)
		}
	}
	entry = skipEmpty(entry)
	blocks := postorder(entry)
	preds := countPreds(blocks, entry)
	for i := len(blocks) - 1; i >= 0; i-- {
		merge(blocks[i], preds)
	}
	blocks = postorder(entry)
	for i, j := 0, len(blocks)-1; i < j; i, j = i+1, j-1 {
		blocks[i], blocks[j] = blocks[j], blocks[i]
	}
	for i, b := range blocks {
		b.ID = i
	}
	return blocks
}

// skipEmpty follows jumps out of empty blocks. Loops of empty blocks exist:
// `for (;;);`.
func skipEmpty(b *ir.Block) *ir.Block {
	for n := 0; n < 1000 && len(b.Instrs) == 0 && b.Term.Kind == ir.Jump && b.Term.Succ[0] != b; n++ {
		b = b.Term.Succ[0]
	}
	return b
}

// pointlessBranch replaces a branch to one place by a jump. The reading of the
// condition stays.
func pointlessBranch(b *ir.Block) {
	t := &b.Term
	for _, o := range []ir.Operand{t.X, t.Y} {
		if o.Kind == ir.Load && o.Place.Base.Kind != ir.Temp {
			b.Instrs = append(b.Instrs, ir.Instr{Op: ir.Eval, X: o, Span: t.Span, Macro: t.Macro})
		}
	}
	*t = ir.Term{Kind: ir.Jump, Succ: [2]*ir.Block{t.Succ[0]}}
}

// merge appends blocks that only b jumps to.
func merge(b *ir.Block, preds map[*ir.Block]int) {
	for preds[b] > 0 && b.Term.Kind == ir.Jump {
		s := b.Term.Succ[0]
		if s == b || preds[s] != 1 {
			return
		}
		b.Instrs = append(b.Instrs, s.Instrs...)
		b.Term = s.Term
		preds[s] = 0
		s.Instrs = nil
	}
}

func countPreds(blocks []*ir.Block, entry *ir.Block) map[*ir.Block]int {
	preds := make(map[*ir.Block]int, len(blocks))
	preds[entry] = 1 // never merged into another
	for _, b := range blocks {
		for _, s := range b.Succs() {
			preds[s]++
		}
	}
	return preds
}

// postorder lists the blocks reachable from entry, successors first. The first
// successor is visited last so that it comes first in reverse.
func postorder(entry *ir.Block) []*ir.Block {
	type frame struct {
		b    *ir.Block
		next int
	}
	seen := map[*ir.Block]bool{entry: true}
	stack := []frame{{b: entry}}
	var out []*ir.Block
	for len(stack) > 0 {
		top := &stack[len(stack)-1]
		succs := top.b.Succs()
		if top.next == len(succs) {
			out = append(out, top.b)
			stack = stack[:len(stack)-1]
			continue
		}
		s := succs[len(succs)-1-top.next]
		top.next++
		if !seen[s] {
			seen[s] = true
			stack = append(stack, frame{b: s})
		}
	}
	return out
}

// markAddrTaken sets Var.AddrTaken from the operands. The place argument of
// Py_CLEAR and its like does not count: the address does not get away.
func markAddrTaken(f *ir.Func) {
	for _, b := range f.Blocks {
		for i := range b.Instrs {
			in := &b.Instrs[i]
			markOperand(in.X)
			markOperand(in.Y)
			for j, a := range in.Args {
				if j > 0 || !takesPlace(in.Fn) {
					markOperand(a)
				}
			}
		}
		markOperand(b.Term.X)
		markOperand(b.Term.Y)
	}
}

func markOperand(o ir.Operand) {
	if o.Kind != ir.Addr || o.Place.Base == nil {
		return
	}
	for _, s := range o.Place.Path {
		if s.Kind == ir.Deref {
			return
		}
	}
	o.Place.Base.AddrTaken = true
}
