package engine

import "github.com/refcheck/refcheck/cmodel/ir"

// A bitset holds small non-negative integers.
type bitset []uint64

func newBitset(n int) bitset    { return make(bitset, (n+63)/64) }
func (b bitset) has(i int) bool { return b[i>>6]&(1<<(i&63)) != 0 }
func (b bitset) set(i int)      { b[i>>6] |= 1 << (i & 63) }
func (b bitset) clear(i int)    { b[i>>6] &^= 1 << (i & 63) }
func (b bitset) or(c bitset) (changed bool) {
	for i, w := range c {
		if n := b[i] | w; n != b[i] {
			b[i], changed = n, true
		}
	}
	return changed
}

// A plan is what the engine wants to know of a function's graph before it
// starts: an order to visit blocks in, loop heads, and which variables are
// still needed where.
type plan struct {
	order  []int // order[i] is the block visited i-th: reverse postorder
	rank   []int // inverse of order
	head   []bool
	looped []bool   // by block: lies on a cycle
	liveIn []bitset // by block; variables read before they are written
	loops  []loop   // natural loops, one a back edge
	base   []int    // number of instructions in the blocks before this one
	ret    int      // variable that says at the end how the function came out, or -1
}

// outcomeVar is the number that every return of f returns, as in `int rv = -1; ... exit: return rv;`.
func outcomeVar(f *ir.Func) int {
	v := -1
	for _, b := range f.Blocks {
		if b.Term.Kind != ir.Return {
			continue
		}
		x := &b.Term.X
		if x.Kind != ir.Load || !x.Place.IsVar() || x.Type == nil || x.Type.Kind != ir.Int || v >= 0 && v != x.Place.Base.ID {
			return -1
		}
		v = x.Place.Base.ID
	}
	return v
}

// A loop is a natural loop: the blocks that reach the back edge from src without
// passing head.
type loop struct {
	head, src int
	body      map[int]bool
}

func succs(b *ir.Block) []*ir.Block {
	switch b.Term.Kind {
	case ir.Jump:
		return b.Term.Succ[:1]
	case ir.Branch:
		return b.Term.Succ[:2]
	}
	return nil
}

func newPlan(f *ir.Func) *plan {
	n := len(f.Blocks)
	p := &plan{rank: make([]int, n), head: make([]bool, n), liveIn: make([]bitset, n), base: make([]int, n), ret: outcomeVar(f)}
	p.depthFirst(f)
	p.liveness(f)
	p.cycles(f)
	for i, at := 1, 0; i < n; i++ {
		at += len(f.Blocks[i-1].Instrs) + 1
		p.base[i] = at
	}
	return p
}

// depthFirst computes reverse postorder and loop heads without recursion.
func (p *plan) depthFirst(f *ir.Func) {
	const (
		white = iota
		grey
		black
	)
	colour := make([]uint8, len(f.Blocks))
	type frame struct{ b, next int }
	stack := []frame{{0, 0}}
	colour[0] = grey
	var post []int
	for len(stack) > 0 {
		top := &stack[len(stack)-1]
		ss := succs(f.Blocks[top.b])
		if top.next == len(ss) {
			colour[top.b] = black
			post = append(post, top.b)
			stack = stack[:len(stack)-1]
			continue
		}
		s := ss[len(ss)-1-top.next].ID
		top.next++
		switch colour[s] {
		case white:
			colour[s] = grey
			stack = append(stack, frame{s, 0})
		case grey:
			p.head[s] = true
		}
	}
	for i := len(post) - 1; i >= 0; i-- {
		p.rank[post[i]] = len(p.order)
		p.order = append(p.order, post[i])
	}
}

// liveness finds, per block, the variables whose value at entry may be read.
func (p *plan) liveness(f *ir.Func) {
	nv := len(f.Vars)
	gen := make([]bitset, len(f.Blocks))
	kill := make([]bitset, len(f.Blocks))
	for i, b := range f.Blocks {
		gen[i], kill[i], p.liveIn[i] = newBitset(nv), newBitset(nv), newBitset(nv)
		use := func(v *ir.Var) {
			if !kill[i].has(v.ID) {
				gen[i].set(v.ID)
			}
		}
		for j := range b.Instrs {
			in := &b.Instrs[j]
			readsOf(in, use)
			if in.Dst.IsVar() {
				kill[i].set(in.Dst.Base.ID)
			}
		}
		operandReads(&b.Term.X, use)
		operandReads(&b.Term.Y, use)
		p.liveIn[i].or(gen[i])
	}
	for changed := true; changed; {
		changed = false
		for k := len(p.order) - 1; k >= 0; k-- {
			i := p.order[k]
			for _, s := range succs(f.Blocks[i]) {
				for w, x := range p.liveIn[s.ID] {
					if n := p.liveIn[i][w] | x&^kill[i][w]; n != p.liveIn[i][w] {
						p.liveIn[i][w], changed = n, true
					}
				}
			}
		}
	}
}

// readsOf calls use for every variable whose value in reads.
func readsOf(in *ir.Instr, use func(*ir.Var)) {
	operandReads(&in.X, use)
	operandReads(&in.Y, use)
	for i := range in.Args {
		operandReads(&in.Args[i], use)
	}
	if !in.Dst.IsVar() {
		placeReads(&in.Dst, use)
	}
}

func operandReads(o *ir.Operand, use func(*ir.Var)) {
	if o.Kind == ir.Load || o.Kind == ir.Addr {
		placeReads(&o.Place, use)
	}
}

func placeReads(p *ir.Place, use func(*ir.Var)) {
	if p.Base == nil {
		return
	}
	use(p.Base)
	for i := range p.Path {
		if ix := p.Path[i].Index; ix != nil {
			operandReads(ix, use)
		}
	}
}

// cycles marks the blocks of every natural loop: those that reach a back edge's
// source without leaving through the loop head.
func (p *plan) cycles(f *ir.Func) {
	p.looped = make([]bool, len(f.Blocks))
	preds := make([][]int, len(f.Blocks))
	for _, b := range f.Blocks {
		for _, s := range succs(b) {
			preds[s.ID] = append(preds[s.ID], b.ID)
		}
	}
	for _, b := range f.Blocks {
		for _, s := range succs(b) {
			if p.rank[s.ID] > p.rank[b.ID] {
				continue
			}
			seen := map[int]bool{s.ID: true}
			p.looped[s.ID] = true
			work := []int{b.ID}
			for len(work) > 0 {
				x := work[len(work)-1]
				work = work[:len(work)-1]
				if seen[x] {
					continue
				}
				seen[x], p.looped[x] = true, true
				work = append(work, preds[x]...)
			}
			p.loops = append(p.loops, loop{s.ID, b.ID, seen})
		}
	}
}

// everyTurn reports whether block b is on every way around the innermost loop
// that contains it.
func (p *plan) everyTurn(f *ir.Func, b int) bool {
	var in *loop
	for i := range p.loops {
		if l := &p.loops[i]; l.body[b] && (in == nil || len(l.body) < len(in.body)) {
			in = l
		}
	}
	if in == nil || in.head == b || in.src == b {
		return true
	}
	seen := map[int]bool{b: true, in.head: true}
	work := []int{in.head}
	for len(work) > 0 {
		x := work[len(work)-1]
		work = work[:len(work)-1]
		if x == in.src {
			return false
		}
		for _, s := range succs(f.Blocks[x]) {
			if in.body[s.ID] && !seen[s.ID] {
				seen[s.ID] = true
				work = append(work, s.ID)
			}
		}
	}
	return true
}
