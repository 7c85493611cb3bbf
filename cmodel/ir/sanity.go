package ir

import (
	"errors"
	"fmt"
)

// Succs returns the blocks control may go to from the end of b.
func (b *Block) Succs() []*Block {
	switch b.Term.Kind {
	case Jump:
		return b.Term.Succ[:1]
	case Branch:
		return b.Term.Succ[:2]
	}
	return nil
}

// Sanity checks the invariants of f that lowering promises and everything
// after it relies on. It returns all violations, joined.
func Sanity(f *Func) error {
	c := &checker{f: f, defined: make([]bool, len(f.Vars))}
	c.vars()
	if len(f.Blocks) == 0 {
		c.errorf("no blocks")
		return errors.Join(c.errs...)
	}
	c.shape()
	if len(c.errs) == 0 {
		c.reachable()
		c.code()
	}
	return errors.Join(c.errs...)
}

type checker struct {
	f       *Func
	defined []bool // temporaries some instruction assigns, by ID
	errs    []error
}

func (c *checker) errorf(format string, args ...any) {
	c.errs = append(c.errs, fmt.Errorf("%s: "+format, append([]any{c.f.Name}, args...)...))
}

// vars checks that IDs are indexes and that the parameters come first.
func (c *checker) vars() {
	for i, v := range c.f.Vars {
		if v == nil {
			c.errorf("variable %d is nil", i)
		} else if v.ID != i {
			c.errorf("variable %s has ID %d at index %d", v, v.ID, i)
		} else if v.Type == nil {
			c.errorf("variable %s has no type", v)
		}
	}
	for i, p := range c.f.Params {
		if i >= len(c.f.Vars) || c.f.Vars[i] != p || p.Kind != Param {
			c.errorf("parameter %s is not variable %d", p, i)
		}
	}
}

// shape checks block numbers and the ends of blocks.
func (c *checker) shape() {
	for i, b := range c.f.Blocks {
		if b.ID != i {
			c.errorf("block at index %d has ID %d", i, b.ID)
		}
		for j, s := range b.Succs() {
			if s == nil || s.ID < 0 || s.ID >= len(c.f.Blocks) || c.f.Blocks[s.ID] != s {
				c.errorf("b%d: successor %d is not a block of the function", i, j)
			}
		}
		if b.Term.Kind == Branch && !compares[b.Term.Cmp] {
			c.errorf("b%d: branch with operator %q", i, b.Term.Cmp)
		}
		if b.Term.Kind != Branch && b.Term.Kind != Jump && b.Term.Succ[0] != nil {
			c.errorf("b%d: %v has a successor", i, &b.Term)
		}
	}
}

var compares = map[string]bool{"==": true, "!=": true, "<": true, "<=": true, ">": true, ">=": true}

// reachable checks that every block can be reached from the entry.
func (c *checker) reachable() {
	seen := make([]bool, len(c.f.Blocks))
	work := []*Block{c.f.Blocks[0]}
	seen[0] = true
	for len(work) > 0 {
		b := work[len(work)-1]
		work = work[:len(work)-1]
		for _, s := range b.Succs() {
			if !seen[s.ID] {
				seen[s.ID] = true
				work = append(work, s)
			}
		}
	}
	for i, ok := range seen {
		if !ok {
			c.errorf("b%d is unreachable", i)
		}
	}
}

// code checks instructions and operands. A temporary must be assigned
// somewhere in the function if it is read anywhere.
func (c *checker) code() {
	for _, b := range c.f.Blocks {
		for i := range b.Instrs {
			if d := b.Instrs[i].Dst; d.IsVar() && c.owns(d.Base) {
				c.defined[d.Base.ID] = true
			}
		}
	}
	for _, b := range c.f.Blocks {
		for i := range b.Instrs {
			c.instr(b, &b.Instrs[i])
		}
		c.operand(b, b.Term.X)
		c.operand(b, b.Term.Y)
		if b.Term.Kind == Branch && (b.Term.X.Kind == NoOperand || b.Term.Y.Kind == NoOperand) {
			c.errorf("b%d: branch without operand", b.ID)
		}
	}
}

func (c *checker) owns(v *Var) bool {
	return v != nil && v.ID >= 0 && v.ID < len(c.f.Vars) && c.f.Vars[v.ID] == v
}

func (c *checker) instr(b *Block, in *Instr) {
	if in.Dst.Base != nil {
		c.place(b, in.Dst, in.Dst.IsVar())
	}
	c.operand(b, in.X)
	c.operand(b, in.Y)
	for _, a := range in.Args {
		if a.Kind == NoOperand {
			c.errorf("b%d: %v: missing argument", b.ID, in)
		}
		c.operand(b, a)
	}
	if in.Op != Call && in.Op != Eval && in.Dst.Base == nil {
		c.errorf("b%d: %v: no destination", b.ID, in)
	}
	if in.Op == Call && in.Fn == "" && in.X.Kind == NoOperand {
		c.errorf("b%d: call of nothing", b.ID)
	}
	if (in.Op == Copy || in.Op == Unary || in.Op == Binary || in.Op == Eval) && in.X.Kind == NoOperand {
		c.errorf("b%d: %v: no operand", b.ID, in)
	}
	if in.Op == Binary && in.Y.Kind == NoOperand {
		c.errorf("b%d: %v: no second operand", b.ID, in)
	}
}

func (c *checker) operand(b *Block, o Operand) {
	if o.Kind != NoOperand && o.Type == nil {
		c.errorf("b%d: operand %v has no type", b.ID, o)
	}
	if o.Kind == Load || o.Kind == Addr {
		c.place(b, o.Place, false)
	}
}

func (c *checker) place(b *Block, p Place, written bool) {
	if !c.owns(p.Base) {
		c.errorf("b%d: %v: base is not a variable of the function", b.ID, p)
		return
	}
	if p.Type == nil {
		c.errorf("b%d: place %v has no type", b.ID, p)
	}
	if p.Base.Kind == Temp && !written && !c.defined[p.Base.ID] {
		c.errorf("b%d: %v is never assigned", b.ID, p.Base)
	}
	for _, s := range p.Path {
		if s.Kind == Index {
			if s.Index == nil {
				c.errorf("b%d: %v: index without value", b.ID, p)
				continue
			}
			c.operand(b, *s.Index)
		}
	}
}
