package reinitleak

import "github.com/refcheck/refcheck/cmodel/ir"

// maxHops bounds the blocks that are followed from a test to the return.
const maxHops = 8

// once reports whether the function refuses to run a second time on an instance: where
// a field is set to a constant that it sets itself, it fails.
func once(f *ir.Func) bool {
	flags := map[ir.Sel]bool{}
	for _, b := range f.Blocks {
		for i := range b.Instrs {
			in := &b.Instrs[i]
			if s, ok := flag(&in.Dst); ok && in.Op == ir.Copy && in.X.Kind == ir.Const && in.X.Int != 0 {
				flags[s] = true
			}
		}
	}
	for _, b := range f.Blocks {
		t := &b.Term
		if t.Kind != ir.Branch || t.X.Kind != ir.Load || t.Y.Kind != ir.Const || t.Y.Int != 0 {
			continue
		}
		s, ok := flag(&t.X.Place)
		if ok && flags[s] && (t.Cmp == "!=" && fails(t.Succ[0]) || t.Cmp == "==" && fails(t.Succ[1])) {
			return true
		}
	}
	return false
}

// flag is the field that p, a place in the instance, ends with.
func flag(p *ir.Place) (ir.Sel, bool) {
	n := len(p.Path)
	if n < 2 || p.Path[0].Kind != ir.Deref || p.Path[n-1].Kind != ir.FieldSel {
		return ir.Sel{}, false
	}
	return p.Path[n-1], true
}

// fails reports whether b leads to `return -1` and nowhere else.
func fails(b *ir.Block) bool {
	for range maxHops {
		switch b.Term.Kind {
		case ir.Return:
			return b.Term.X.Kind == ir.Const && b.Term.X.Int < 0
		case ir.Jump:
			b = b.Term.Succ[0]
		default:
			return false
		}
	}
	return false
}
