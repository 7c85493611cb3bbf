package engine

import (
	"slices"

	"github.com/refcheck/refcheck/cmodel/contract"
	"github.com/refcheck/refcheck/cmodel/ir"
)

// pointers knows which functions a field that holds function pointers can hold:
// those the project puts there, in initializers and assignments.
type pointers struct {
	funcs map[fieldKey][]*ir.Func
	open  map[fieldKey]bool // it may hold others too
	// nested are the fields of structs within structs of initializers, which name no
	// struct.
	nested map[string]bool
}

// maxTargets bounds the functions of one field whose contracts are compared.
const maxTargets = 64

func (e *Engine) findPointers(units []*ir.Unit) {
	e.pointers = pointers{funcs: map[fieldKey][]*ir.Func{}, open: map[fieldKey]bool{}, nested: map[string]bool{}}
	for _, u := range units {
		if len(u.Funcs) == 0 {
			continue
		}
		for _, g := range u.Globals {
			t := g.Type
			for t != nil && t.Kind == ir.Array {
				t = t.Elem
			}
			if g.Init != nil && t != nil && !slotTables[t.Name] {
				e.pointersIn(u.Funcs[0], t.Name, g.Init, g.Type)
			}
		}
		for _, f := range u.Funcs {
			e.pointersOf(f)
		}
	}
}

// pointersIn reads an initializer of type t, whose innermost elements are structs
// called strct.
func (e *Engine) pointersIn(f *ir.Func, strct string, n *ir.Init, t *ir.Type) {
	for _, x := range n.Elems {
		switch {
		case t != nil && t.Kind == ir.Array:
			e.pointersIn(f, strct, x, t.Elem)
		case t == nil && x.Field != "":
			e.pointers.nested[x.Field] = true
			e.pointersIn(f, "", x, nil)
		case len(x.Elems) > 0:
			e.pointersIn(f, "", x, nil)
		case x.Value.Kind == ir.FuncRef:
			e.pointsTo(fieldKey{strct, x.Field}, e.resolve(f, x.Value.Str))
		}
	}
}

// pointersOf reads the assignments of a function.
func (e *Engine) pointersOf(f *ir.Func) {
	for _, b := range f.Blocks {
		for i := range b.Instrs {
			in := &b.Instrs[i]
			k, ok := slotKey(&in.Dst)
			if !ok || k.strct == "" || slotTables[k.strct] {
				continue
			}
			switch {
			case in.Op == ir.Copy && in.X.Kind == ir.FuncRef:
				e.pointsTo(k, e.resolve(f, in.X.Str))
			case in.Op == ir.Copy && in.X.Kind == ir.Const && in.X.Int == 0:
			case in.Op == ir.Copy && in.X.Kind == ir.Load && in.X.Type != nil && in.X.Type.Kind == ir.StructType:
			default:
				e.pointers.open[k] = true
			}
		}
	}
}

// pointsTo notes that the field k can hold g; nil stands for a function without
// a body.
func (e *Engine) pointsTo(k fieldKey, g *ir.Func) {
	p := &e.pointers
	switch {
	case g == nil || len(p.funcs[k]) == maxTargets:
		p.open[k] = true
	case !slices.Contains(p.funcs[k], g):
		p.funcs[k] = append(p.funcs[k], g)
	}
}

// targets lists the functions that an indirect call of x can reach, nil if they
// are not all known.
func (e *Engine) targets(x *ir.Operand) []*ir.Func {
	if x.Kind != ir.Load {
		return nil
	}
	k, ok := slotKey(&x.Place)
	if !ok || k.strct == "" || e.pointers.open[k] || e.pointers.nested[k.name] {
		return nil
	}
	return e.pointers.funcs[k]
}

// tableContract is what all functions that an indirect call can reach have in
// common, nil if one of them is unknown.
func (e *Engine) tableContract(x *ir.Operand) *contract.Func {
	funcs := e.targets(x)
	var all *contract.Func
	for _, g := range funcs {
		c := e.summary(g)
		switch {
		case c == nil:
			return nil
		case c == waiting:
		case all == nil:
			named := *c
			named.Params = slices.Clone(c.Params)
			named.Name = x.Place.Path[len(x.Place.Path)-1].Name
			all = &named
		case !weakenContract(all, c):
			return nil
		}
	}
	if all == nil && len(funcs) > 0 {
		return waiting
	}
	return all
}

// weakenContract reduces a to what it shares with b and reports whether they can
// be compared.
func weakenContract(a, b *contract.Func) bool {
	if len(a.Params) != len(b.Params) || a.Found != b.Found {
		return false
	}
	if a.Fail != b.Fail {
		a.Fail, a.Success = contract.FailAmbiguous, contract.SuccessAny
	}
	if a.Success != b.Success {
		a.Success = contract.SuccessAny
	}
	a.NoReturn = a.NoReturn && b.NoReturn
	a.Pure = a.Pure && b.Pure
	a.Runs = max(a.Runs, b.Runs)
	if a.Result.Ref != b.Result.Ref || a.Result.Same != b.Result.Same {
		a.Result.Ref, a.Result.Same = contract.None, ""
	}
	a.Result.Nullable = a.Result.Nullable || b.Result.Nullable
	a.Result.Shared = a.Result.Shared || b.Result.Shared
	for i := range a.Params {
		p, q := &a.Params[i], &b.Params[i]
		if p.Ref != q.Ref {
			p.Ref = contract.Unknown
		}
		p.Keeps, p.Nullable, p.NullFound, p.Doubt = p.Keeps || q.Keeps, p.Nullable || q.Nullable, p.NullFound || q.NullFound, p.Doubt || q.Doubt
		p.NullOK = p.NullOK && q.NullOK
		p.Unset = p.Unset || q.Unset
		p.Writes = min(p.Writes, q.Writes)
	}
	return true
}
