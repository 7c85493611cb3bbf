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
	api   map[fieldKey][]*contract.Func // functions without a body here, by contract
	open  map[fieldKey]bool             // it may hold others too
	// nested are the fields of structs within structs of initializers, which name no
	// struct.
	nested map[string]bool
}

// maxTargets bounds the functions of one field whose contracts are compared.
const maxTargets = 64

func (e *Engine) findPointers(units []*ir.Unit) {
	e.pointers = pointers{funcs: map[fieldKey][]*ir.Func{}, api: map[fieldKey][]*contract.Func{}, open: map[fieldKey]bool{}, nested: map[string]bool{}}
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
			e.pointsTo(fieldKey{strct, x.Field}, f, x.Value.Str)
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
				e.pointsTo(k, f, in.X.Str)
			case in.Op == ir.Copy && in.X.Kind == ir.Const && in.X.Int == 0:
			case in.Op == ir.Copy && in.X.Kind == ir.Load && in.X.Type != nil && in.X.Type.Kind == ir.StructType:
			default:
				e.pointers.open[k] = true
			}
		}
	}
}

// pointsTo notes that the field k can hold the function called name in f.
func (e *Engine) pointsTo(k fieldKey, f *ir.Func, name string) {
	p := &e.pointers
	g, c := e.resolve(f, name), e.table.Lookup(name)
	switch {
	case len(p.funcs[k])+len(p.api[k]) == maxTargets:
		p.open[k] = true
	case c != nil && c.Special == "" && c.FormatKind == "":
		if !slices.Contains(p.api[k], c) {
			p.api[k] = append(p.api[k], c)
		}
	case g == nil || c != nil: // a function of which nothing is known, or one that the engine treats itself
		p.open[k] = true
	case !slices.Contains(p.funcs[k], g):
		p.funcs[k] = append(p.funcs[k], g)
	}
}

// targets lists the functions of the project that an indirect call of x can reach,
// nil if they are not all known.
func (e *Engine) targets(x *ir.Operand) []*ir.Func {
	k, ok := e.closed(x)
	if !ok {
		return nil
	}
	return e.pointers.funcs[k]
}

// closed is the field x is read from, if all that it can hold is known.
func (e *Engine) closed(x *ir.Operand) (fieldKey, bool) {
	if x.Kind != ir.Load {
		return fieldKey{}, false
	}
	k, ok := slotKey(&x.Place)
	return k, ok && k.strct != "" && !e.pointers.open[k] && !e.pointers.nested[k.name]
}

// tableContract is what all functions that an indirect call can reach have in
// common, nil if one of them is unknown.
func (e *Engine) tableContract(x *ir.Operand) *contract.Func {
	k, ok := e.closed(x)
	if !ok {
		return nil
	}
	known := e.pointers.api[k]
	for _, g := range e.pointers.funcs[k] {
		switch c := e.summary(g); c {
		case nil:
			return nil
		case waiting:
		default:
			known = append(known[:len(known):len(known)], c)
		}
	}
	if len(known) == 0 {
		if len(e.pointers.funcs[k]) > 0 {
			return waiting
		}
		return nil
	}
	all := *known[0]
	all.Params = slices.Clone(all.Params)
	all.Name = k.name
	for _, c := range known[1:] {
		if !weakenContract(&all, c) {
			return nil
		}
	}
	return &all
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
	if a.Result.OrSame != b.Result.OrSame {
		a.Result.OrSame = ""
	}
	if a.Result.Const != b.Result.Const {
		a.Result.Const = ""
	}
	for i := range a.Params {
		p, q := &a.Params[i], &b.Params[i]
		if p.Ref != q.Ref || p.IfNull != q.IfNull {
			p.Ref = contract.Unknown
		}
		p.Keeps, p.Nullable, p.NullFound, p.Doubt = p.Keeps || q.Keeps, p.Nullable || q.Nullable, p.NullFound || q.NullFound, p.Doubt || q.Doubt
		p.NullOK = p.NullOK && q.NullOK
		p.Unset = p.Unset || q.Unset
		p.Writes = min(p.Writes, q.Writes)
	}
	return true
}
