package engine

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/refcheck/refcheck/cmodel/contract"
	"github.com/refcheck/refcheck/cmodel/ir"
)

// A check that a field of an object is not NULL holds until Python code runs, if a
// method sets the field to NULL: `if (self->db == NULL) ...; rows = PySequence_List(arg);
// self->db->n++`. Such checks are melts without a variable: of the location of the field,
// numbered after the variables, solid until code has run.

// checks knows the fields of objects that may be NULL, and who looks.
type checks struct {
	emptied map[fieldKey]ice             // fields that running code sets to NULL, by how easily
	sorted  []fieldKey                   // the same, in order
	objects map[fieldKey]bool            // those that hold objects; others point to memory
	with    map[fieldKey]map[string]bool // the fields that are set by the same functions
	made    map[*ir.Func]fieldSets       // fields that a function compares with NULL, itself or through others
	needed  map[*ir.Func]fieldSets       // fields that it uses, and never compares
}

// findChecks computes e.checks, given the functions that Python code can make run on an
// object at any time, and when it is set up again.
func (e *Engine) findChecks(units []*ir.Unit, called, setup map[*ir.Func]bool) {
	e.checks = checks{emptied: map[fieldKey]ice{}, objects: map[fieldKey]bool{}, with: map[fieldKey]map[string]bool{},
		made: map[*ir.Func]fieldSets{}, needed: map[*ir.Func]fieldSets{}}
	given := e.madeParams(called)
	for _, u := range units {
		for _, f := range u.Funcs {
			switch {
			case called[f]:
				e.noteEmptied(f, breaking, given[f])
			case setup[f]:
				e.noteEmptied(f, thin, 0)
			}
		}
	}
	if len(e.checks.emptied) == 0 {
		return
	}
	e.checks.sorted = slices.SortedFunc(maps.Keys(e.checks.emptied), func(a, b fieldKey) int {
		return cmp.Or(strings.Compare(a.strct, b.strct), strings.Compare(a.name, b.name))
	})
	for _, u := range units {
		for _, f := range u.Funcs {
			e.noteChecks(f)
		}
	}
	for changed := true; changed; {
		changed = false
		for _, u := range units {
			for _, f := range u.Funcs {
				changed = e.passChecks(f) || changed
			}
		}
	}
	for f, needed := range e.checks.needed {
		for i := range needed {
			maps.DeleteFunc(needed[i], func(name string, _ bool) bool { return e.checks.made[f].has(i, name) })
		}
	}
}

// noteEmptied notes the fields of objects that f sets to NULL, leaving out what it has
// made itself, and the parameters, by bit, that its callers have.
func (e *Engine) noteEmptied(f *ir.Func, grade ice, given uint64) {
	made := madeByCalls(f)
	for i, p := range f.Params {
		made[p] = i < 64 && given&(1<<i) != 0
	}
	var emptied []fieldKey
	set := map[string]bool{}
	for _, b := range f.Blocks {
		for i := range b.Instrs {
			in := &b.Instrs[i]
			p, null := &in.Dst, in.Op == ir.Copy && in.X.Kind == ir.Const && in.X.Int == 0
			if fn := e.table.Lookup(in.Fn); in.Op == ir.Call && fn != nil && fn.Special == "clear" && len(in.Args) > 0 {
				p, null = &in.Args[0].Place, true
			}
			sel := fieldOf(p)
			if sel == nil || made[p.Base] {
				continue
			}
			set[sel.Name] = true
			if null && e.objects[sel.Struct] && p.Type.IsPtr() {
				emptied = append(emptied, fieldKey{sel.Struct, sel.Name})
				e.checks.objects[fieldKey{sel.Struct, sel.Name}] = p.Type.IsObjectPtr()
			}
		}
	}
	for _, k := range emptied {
		e.checks.emptied[k] = max(e.checks.emptied[k], grade)
		if e.checks.with[k] == nil {
			e.checks.with[k] = map[string]bool{}
		}
		for name := range set {
			e.checks.with[k][name] = true
		}
	}
}

// fieldOf is the field of what a variable points to that p is, or lies behind, nil if
// it is none.
func fieldOf(p *ir.Place) *ir.Sel {
	if p.Base == nil || len(p.Path) < 2 || p.Path[0].Kind != ir.Deref || p.Path[1].Kind != ir.FieldSel {
		return nil
	}
	return &p.Path[1]
}

// fieldSets are names of fields, by parameter of a function.
type fieldSets []map[string]bool

// add adds a field of v, a parameter or not, and reports whether that was news.
func (x *fieldSets) add(f *ir.Func, v *ir.Var, name string) bool {
	if v.Kind != ir.Param {
		return false
	}
	if *x == nil {
		*x = make(fieldSets, len(f.Params))
	}
	if (*x)[v.ID] == nil {
		(*x)[v.ID] = map[string]bool{}
	}
	if (*x)[v.ID][name] {
		return false
	}
	(*x)[v.ID][name] = true
	return true
}

// has reports whether name is a field of parameter i.
func (x fieldSets) has(i int, name string) bool { return i < len(x) && x[i][name] }

// noteChecks notes which fields of its arguments f compares with NULL, and which it uses.
func (e *Engine) noteChecks(f *ir.Func) {
	var made, needed fieldSets
	for _, b := range f.Blocks {
		for i := range b.Instrs {
			e.uses(&b.Instrs[i], func(p *ir.Place) { needed.add(f, p.Base, p.Path[1].Name) })
		}
		if b.Term.Kind == ir.Branch {
			if sel := comparedField(&b.Term); sel != nil {
				made.add(f, b.Term.X.Place.Base, sel.Name)
			}
		}
	}
	e.checks.made[f], e.checks.needed[f] = made, needed
}

// passChecks adds what the helpers of f compare, and reports whether that was news.
func (e *Engine) passChecks(f *ir.Func) (changed bool) {
	made := e.checks.made[f]
	for in, g := range e.helperCalls(f) {
		for n, set := range e.checks.made[g] {
			if n >= len(in.Args) || in.Args[n].Kind != ir.Load || !in.Args[n].Place.IsVar() {
				continue
			}
			for name := range set {
				changed = made.add(f, in.Args[n].Place.Base, name) || changed
			}
		}
	}
	e.checks.made[f] = made
	return changed
}

// comparedField is the field that a condition compares with NULL, or nil.
func comparedField(t *ir.Term) *ir.Sel {
	if t.X.Kind != ir.Load || t.Y.Kind != ir.Const || t.Y.Int != 0 || len(t.X.Place.Path) != 2 {
		return nil
	}
	return fieldOf(&t.X.Place)
}

// uses calls use for the fields that may be NULL and that in looks behind: reads or
// writes there, adds to, or passes on to an API function that wants an object.
func (e *Engine) uses(in *ir.Instr, use func(*ir.Place)) {
	behind := func(p *ir.Place, n int) {
		if sel := fieldOf(p); sel != nil && len(p.Path) >= n && e.checks.emptied[fieldKey{sel.Struct, sel.Name}] != solid {
			use(p)
		}
	}
	behind(&in.Dst, 3)
	sum := in.Op == ir.Binary && (in.Fn == "+" || in.Fn == "-")
	for _, o := range [...]*ir.Operand{&in.X, &in.Y} {
		switch {
		case o.Kind == ir.Load && sum:
			behind(&o.Place, 2)
		case o.Kind == ir.Load || o.Kind == ir.Addr:
			behind(&o.Place, 3)
		}
	}
	if in.Op != ir.Call {
		return
	}
	fn := e.table.Lookup(in.Fn)
	for i := range in.Args {
		o := &in.Args[i]
		switch {
		case o.Kind != ir.Load:
		case wantsObject(fn, i):
			behind(&o.Place, 2)
		default:
			behind(&o.Place, 3)
		}
	}
}

// wantsObject reports whether an API function looks at its argument i without asking
// whether it is NULL.
func wantsObject(fn *contract.Func, i int) bool {
	if fn == nil || i >= len(fn.Params) || strings.HasPrefix(fn.Special, "x") || fn.Special == "clear" || fn.Special == "setref" || fn.Special == "isnull" {
		return false
	}
	p := &fn.Params[i]
	return p.Ref == contract.Borrowed && !p.NullOK && !p.NullFails
}
