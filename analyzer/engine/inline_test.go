package engine_test

import (
	"fmt"
	"maps"
	"slices"

	"github.com/refcheck/refcheck/cmodel/ir"
	"github.com/refcheck/refcheck/cmodel/source"
)

// maxInlined bounds the calls replaced in one function: a helper that calls itself
// has no end.
const maxInlined = 20

// inlineAll returns caller with every call of a function that find knows replaced
// by that function's body, also in the bodies that come in, and how many were.
// Nothing of caller or the others is changed.
func inlineAll(caller *ir.Func, find func(name string) *ir.Func) (*ir.Func, int, error) {
	f := cloneFunc(caller)
	for n := 0; ; n++ {
		b, i, callee := nextCall(f, find)
		if callee == nil {
			prune(f)
			return f, n, ir.Sanity(f)
		}
		if n == maxInlined {
			return nil, n, fmt.Errorf("%s: more than %d calls: recursion?", f.Name, maxInlined)
		}
		if got, want := len(b.Instrs[i].Args), len(callee.Params); got != want {
			return nil, n, fmt.Errorf("%s: %d arguments for %d parameters of %s", f.Name, got, want, callee.Name)
		}
		inline(f, b, i, callee)
	}
}

func nextCall(f *ir.Func, find func(string) *ir.Func) (*ir.Block, int, *ir.Func) {
	for _, b := range f.Blocks {
		for i := range b.Instrs {
			if in := &b.Instrs[i]; in.Op == ir.Call && in.Fn != "" {
				if g := find(in.Fn); g != nil {
					return b, i, g
				}
			}
		}
	}
	return nil, 0, nil
}

// inline replaces instruction i of b, a call of callee. The body gets the position
// of the call: to the user that is where things happen.
func inline(f *ir.Func, b *ir.Block, i int, callee *ir.Func) {
	call := b.Instrs[i]
	rest := &ir.Block{Instrs: slices.Clone(b.Instrs[i+1:]), Term: b.Term}
	c := &cloner{into: f, span: call.Span, inlined: true}
	blocks := c.body(callee)
	b.Instrs = slices.Clone(b.Instrs[:i])
	for k, p := range callee.Params {
		b.Instrs = append(b.Instrs, ir.Instr{Op: ir.Copy, Dst: c.whole(p), X: call.Args[k], Span: call.Span})
	}
	b.Term = ir.Term{Kind: ir.Jump, Succ: [2]*ir.Block{blocks[0]}, Span: call.Span}
	for _, x := range blocks {
		if x.Term.Kind == ir.Return {
			c.leave(x, call.Dst, rest, callee)
		}
	}
	f.Blocks = append(append(f.Blocks, blocks...), rest)
	number(f)
}

// leave turns a return into an assignment and a jump. The variables of the callee
// end here: they hold nothing any more.
func (c *cloner) leave(b *ir.Block, dst ir.Place, rest *ir.Block, callee *ir.Func) {
	if x := b.Term.X; dst.Base != nil && x.Kind != ir.NoOperand {
		b.Instrs = append(b.Instrs, ir.Instr{Op: ir.Copy, Dst: dst, X: x, Span: c.span})
	}
	for _, v := range callee.Vars {
		if v.Kind == ir.Param || v.Kind == ir.Local {
			b.Instrs = append(b.Instrs, ir.Instr{Op: ir.Declare, Dst: c.whole(v), Span: c.span})
		}
	}
	b.Term = ir.Term{Kind: ir.Jump, Succ: [2]*ir.Block{rest}, Span: c.span}
}

func cloneFunc(f *ir.Func) *ir.Func {
	g := *f
	g.Vars, g.Params, g.Blocks = nil, nil, nil
	c := &cloner{into: &g}
	g.Blocks = c.body(f)
	g.Params = slices.Clone(g.Vars[:len(f.Params)])
	number(&g)
	return &g
}

// A cloner copies code into a function.
type cloner struct {
	into    *ir.Func
	span    source.Span // inlined: the position everything gets
	inlined bool
	vars    map[*ir.Var]*ir.Var
	blocks  map[*ir.Block]*ir.Block
}

func (c *cloner) body(f *ir.Func) []*ir.Block {
	c.vars, c.blocks = map[*ir.Var]*ir.Var{}, map[*ir.Block]*ir.Block{}
	for _, v := range f.Vars {
		c.vars[v] = c.variable(v)
	}
	out := make([]*ir.Block, len(f.Blocks))
	for i, b := range f.Blocks {
		out[i] = &ir.Block{}
		c.blocks[b] = out[i]
	}
	for i, b := range f.Blocks {
		c.block(out[i], b)
	}
	return out
}

// variable makes v one of the function's: a global is the same one, a parameter of
// an inlined body is a local variable.
func (c *cloner) variable(v *ir.Var) *ir.Var {
	if v.Kind == ir.Global_ {
		for _, w := range c.into.Vars {
			if w.Kind == ir.Global_ && w.Name == v.Name {
				w.AddrTaken = w.AddrTaken || v.AddrTaken
				return w
			}
		}
	}
	w := *v
	w.ID = len(c.into.Vars)
	if c.inlined && w.Kind == ir.Param {
		w.Kind = ir.Local
	}
	c.into.Vars = append(c.into.Vars, &w)
	return &w
}

func (c *cloner) block(to, from *ir.Block) {
	for _, in := range from.Instrs {
		in.Dst, in.X, in.Y = c.place(in.Dst), c.operand(in.X), c.operand(in.Y)
		args := make([]ir.Operand, len(in.Args))
		for i, a := range in.Args {
			args[i] = c.operand(a)
		}
		in.Args = args
		in.Span = c.position(in.Span)
		to.Instrs = append(to.Instrs, in)
	}
	t := from.Term
	t.X, t.Y, t.Span = c.operand(t.X), c.operand(t.Y), c.position(t.Span)
	for i, s := range t.Succ {
		t.Succ[i] = c.blocks[s]
	}
	to.Term = t
}

func (c *cloner) position(s source.Span) source.Span {
	if c.inlined {
		return c.span
	}
	return s
}

func (c *cloner) operand(o ir.Operand) ir.Operand {
	o.Place = c.place(o.Place)
	return o
}

func (c *cloner) place(p ir.Place) ir.Place {
	if p.Base == nil {
		return p
	}
	p.Base = c.vars[p.Base]
	p.Path = slices.Clone(p.Path)
	for i, s := range p.Path {
		if s.Index != nil {
			o := c.operand(*s.Index)
			p.Path[i].Index = &o
		}
	}
	return p
}

// whole is the place of variable v of the body that was copied.
func (c *cloner) whole(v *ir.Var) ir.Place {
	w := c.vars[v]
	return ir.Place{Base: w, Type: w.Type}
}

// prune drops blocks that nothing leads to: those after a call that never returns.
func prune(f *ir.Func) {
	seen := map[*ir.Block]bool{f.Blocks[0]: true}
	for work := slices.Collect(maps.Keys(seen)); len(work) > 0; {
		b := work[len(work)-1]
		work = work[:len(work)-1]
		for _, s := range b.Succs() {
			if !seen[s] {
				seen[s] = true
				work = append(work, s)
			}
		}
	}
	f.Blocks = slices.DeleteFunc(f.Blocks, func(b *ir.Block) bool { return !seen[b] })
	number(f)
}

func number(f *ir.Func) {
	for i, b := range f.Blocks {
		b.ID = i
	}
}
