package typemodel

import (
	"slices"
	"strings"

	"github.com/refcheck/refcheck/cmodel/ir"
)

// A Path says where something is in an instance: "" is the instance itself,
// "sub.obj" a member of an embedded struct, "head.obj" one of a struct that a field
// points to, "items" the field of an array and its elements as well. Paths do not
// tell a pointer from what it points to, so the address of a field and its value
// have the same path.
type Path string

// Below reports whether p leads through q.
func (p Path) Below(q Path) bool { return strings.HasPrefix(string(p), string(q)+".") }

// TypeOf is the path of the instance's type.
const TypeOf Path = "<type>"

// Elsewhere is the path of what is not in the instance, or not known to be.
const Elsewhere Path = "?"

// moduleOf is the path of the module whose state is looked at.
const moduleOf Path = "<module>"

// maxAccessor bounds the blocks of a function that is looked into for what part of
// the instance it returns.
const maxAccessor = 8

// maxPaths bounds the paths one variable can stand for.
const maxPaths = 8

// A frame is one function on the way from a slot function to its helpers, with
// what its variables stand for in the instance.
type frame struct {
	p     *Project
	t     *Type // of the instance; nil for module state
	f     *ir.Func
	binds [][]Path // of the parameters
	vars  map[*ir.Var][]Path
	slots map[*ir.Var]string // variables that hold a slot: "tp_free"
	up    *frame
	call  *ir.Instr // the call in up
	made  *ir.Instr // the call that makes the instance, in a constructor
	// consts are the parameters that are given a number here.
	consts map[*ir.Var]int64
}

// newFrame finds what the variables of f stand for when its parameters stand for
// binds.
func (p *Project) newFrame(t *Type, f *ir.Func, binds [][]Path, up *frame, call *ir.Instr) *frame {
	fr := &frame{p: p, t: t, f: f, binds: binds, vars: map[*ir.Var][]Path{}, slots: map[*ir.Var]string{}, up: up, call: call}
	for i, v := range f.Params {
		if i < len(binds) && binds[i] != nil {
			fr.vars[v] = binds[i]
		}
	}
	if call != nil {
		fr.findConsts(call)
	}
	fr.settle()
	return fr
}

// findConsts notes the parameters that the call sets to a number and the function
// leaves at that.
func (fr *frame) findConsts(call *ir.Instr) {
	fr.consts = map[*ir.Var]int64{}
	for i, v := range fr.f.Params {
		if i < len(call.Args) && call.Args[i].Kind == ir.Const && !v.AddrTaken {
			fr.consts[v] = call.Args[i].Int
		}
	}
	for _, b := range fr.f.Blocks {
		for i := range b.Instrs {
			if dst := b.Instrs[i].Dst; dst.IsVar() {
				delete(fr.consts, dst.Base)
			}
		}
	}
}

// succs are the blocks that may follow b, of which constant arguments rule out
// some.
func (fr *frame) succs(b *ir.Block) []*ir.Block {
	t := &b.Term
	if t.Kind != ir.Branch || t.Y.Kind != ir.Const || t.X.Kind != ir.Load || !t.X.Place.IsVar() {
		return b.Succs()
	}
	n, ok := fr.consts[t.X.Place.Base]
	if !ok || t.Cmp != "==" && t.Cmp != "!=" {
		return b.Succs()
	}
	if (n == t.Y.Int) == (t.Cmp == "==") {
		return t.Succ[:1]
	}
	return t.Succ[1:]
}

// settle follows assignments from variable to variable.
func (fr *frame) settle() {
	for changed, n := true, 0; changed && n < 8; n++ {
		changed = false
		for _, b := range fr.f.Blocks {
			for i := range b.Instrs {
				in := &b.Instrs[i]
				if !in.Dst.IsVar() {
					continue
				}
				for _, x := range fr.result(in) {
					if !slices.Contains(fr.vars[in.Dst.Base], x) && len(fr.vars[in.Dst.Base]) < maxPaths {
						fr.vars[in.Dst.Base] = append(fr.vars[in.Dst.Base], x)
						changed = true
					}
				}
				if in.Fn == "PyType_GetSlot" && len(in.Args) == 2 && in.Args[1].Kind == ir.Const {
					fr.slots[in.Dst.Base] = slotNames[in.Args[1].Int]
				}
				if name := lastField(&in.X); in.Op == ir.Copy && strings.HasPrefix(name, "tp_") {
					fr.slots[in.Dst.Base] = name
				}
			}
		}
	}
}

func lastField(x *ir.Operand) string {
	if n := len(x.Place.Path); x.Kind == ir.Load && n > 0 && x.Place.Path[n-1].Kind == ir.FieldSel {
		return x.Place.Path[n-1].Name
	}
	return ""
}

// depth is the number of callers.
func (fr *frame) depth() int {
	n := 0
	for ; fr.up != nil; fr = fr.up {
		n++
	}
	return n
}

// active reports whether f is being followed already.
func (fr *frame) active(f *ir.Func) bool {
	for ; fr != nil; fr = fr.up {
		if fr.f == f {
			return true
		}
	}
	return false
}

// result is what the value assigned by an instruction stands for.
func (fr *frame) result(in *ir.Instr) []Path {
	switch in.Op {
	case ir.Copy:
		return fr.operand(&in.X)
	case ir.Binary:
		if in.Fn == "+" && in.X.Type.IsPtr() || in.Fn == "&" { // also pointers that carry a flag
			return fr.operand(&in.X)
		}
	case ir.Call:
		return fr.callResult(in)
	}
	return nil
}

// callResult is what the result of a call stands for.
func (fr *frame) callResult(in *ir.Instr) []Path {
	switch {
	case len(in.Args) == 0:
		return nil
	case in == fr.made:
		return []Path{""}
	case in.Fn == "PyModule_GetState" && slices.Contains(fr.operand(&in.Args[0]), moduleOf):
		return []Path{""}
	}
	if in.Fn == "Py_TYPE" {
		if fr.self(fr.operand(&in.Args[0])) {
			return []Path{TypeOf}
		}
		return nil
	}
	if c := fr.p.lookup(fr.f, in.Fn); c != nil && c.Result.Same != "" {
		for i, q := range c.Params {
			if q.Name == c.Result.Same && i < len(in.Args) {
				return fr.operand(&in.Args[i])
			}
		}
	}
	if g := fr.p.projectFunc(fr.f, in.Fn); g != nil && g.Result.IsPtr() && len(g.Blocks) <= maxAccessor {
		return fr.accessor(g, in)
	}
	return nil
}

type returnKey struct {
	f    *ir.Func
	self string
}

// accessor is what a small function returns: `get_state(self)`.
func (fr *frame) accessor(g *ir.Func, in *ir.Instr) []Path {
	binds, any := fr.bind(in)
	if !any || fr.active(g) || fr.depth() > maxDepth {
		return nil
	}
	key := returnKey{f: g}
	for _, b := range binds {
		for _, x := range b {
			key.self += string(x) + ","
		}
		key.self += ";"
	}
	if out, ok := fr.p.returns[key]; ok {
		return out
	}
	fr.p.returns[key] = nil
	sub := fr.p.newFrame(fr.t, g, binds, fr, in)
	var out []Path
	for _, b := range g.Blocks {
		if b.Term.Kind == ir.Return {
			for _, x := range sub.operand(&b.Term.X) {
				if !slices.Contains(out, x) {
					out = append(out, x)
				}
			}
		}
	}
	fr.p.returns[key] = out
	return out
}

// bind is what the arguments of a call stand for; any reports whether one of them
// stands for a part of the instance.
func (fr *frame) bind(in *ir.Instr) (binds [][]Path, any bool) {
	for i := range in.Args {
		b := fr.operand(&in.Args[i])
		binds = append(binds, b)
		any = any || b != nil
	}
	return binds, any
}

// operand is what a value stands for.
func (fr *frame) operand(x *ir.Operand) []Path {
	if x.Kind != ir.Load && x.Kind != ir.Addr {
		return nil
	}
	return fr.place(&x.Place)
}

// place is what an access path stands for.
func (fr *frame) place(p *ir.Place) []Path {
	if p.Base == nil {
		return nil
	}
	return fr.extend(fr.vars[p.Base], p)
}

// valueAt is like operand, but a variable means what was assigned to it last in
// block b before instruction i, if that is certain.
func (fr *frame) valueAt(x *ir.Operand, b *ir.Block, i int) []Path {
	if x.Kind != ir.Load && x.Kind != ir.Addr || x.Place.Base == nil {
		return nil
	}
	for i--; i >= 0; i-- {
		in := &b.Instrs[i]
		if in.Dst.IsVar() && in.Dst.Base == x.Place.Base && in.Op != ir.Declare {
			return fr.extend(fr.result(in), &x.Place)
		}
	}
	return fr.place(&x.Place)
}

// extend appends the steps of an access path to each of paths.
func (fr *frame) extend(paths []Path, p *ir.Place) []Path {
	var out []Path
	for _, x := range paths {
		if len(p.Path) > 0 && p.Base.Type.IsObjectPtr() && x != "" && x != TypeOf && !fr.t.embeds(x) {
			continue // a field of another object
		}
		if x, ok := fr.step(x, p); ok && !slices.Contains(out, x) {
			out = append(out, x)
		}
	}
	return out
}

// step appends the steps of p to a path. A path ends at a pointer to another
// object, whose fields are not those of the instance, and a linked list is one
// struct.
func (fr *frame) step(x Path, p *ir.Place) (Path, bool) {
	crossed := false // the last field is a pointer to an object
	for _, s := range p.Path {
		if s.Kind != ir.FieldSel {
			continue
		}
		switch {
		case x == TypeOf || x == moduleOf || crossed:
			return "", false
		case s.Name == "ob_type":
			x = TypeOf
			continue
		case s.Name == "":
			continue
		}
		t := fr.p.fieldType(fr.f, s.Struct, s.Name)
		crossed = t.IsObjectPtr()
		if x == "" {
			x = Path(fr.t.own(fr.p, fr.f, s.Struct, s.Name))
		} else {
			x = x.field(s.Name)
		}
	}
	return x, true
}

// projectFunc finds the project function that a call in f means, nil if it is one
// of the API: CPython itself defines those.
func (p *Project) projectFunc(f *ir.Func, name string) *ir.Func {
	if name == "" || p.api(name) != nil {
		return nil
	}
	return p.names.Func(f, name)
}
