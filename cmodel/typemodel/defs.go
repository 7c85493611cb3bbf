package typemodel

import (
	"github.com/refcheck/refcheck/cmodel/contract"
	"github.com/refcheck/refcheck/cmodel/ir"
)

// defs are the definitions of the variables of one function.
type defs struct {
	p        *Project
	f        *ir.Func
	of       map[*ir.Var][]*ir.Instr
	taken    map[string]bool    // places to which a reference was added
	takenFor map[*ir.Instr]bool // assignments right after a reference was added to what they assign
	released map[string]bool    // places of which one was released
	stored   map[fieldKey]bool  // fields that are assigned to
	atoms    map[string]bool    // places that were checked to be atomic objects
}

func newDefs(p *Project, f *ir.Func) *defs {
	d := &defs{p: p, f: f, of: map[*ir.Var][]*ir.Instr{}, taken: map[string]bool{}, takenFor: map[*ir.Instr]bool{}, released: map[string]bool{}, stored: map[fieldKey]bool{}, atoms: map[string]bool{}}
	for _, b := range f.Blocks {
		for i := range b.Instrs {
			in := &b.Instrs[i]
			if in.Dst.IsVar() && in.Op != ir.Declare {
				d.of[in.Dst.Base] = append(d.of[in.Dst.Base], in)
			}
			if k, ok := p.key(&in.Dst); ok {
				d.stored[k] = true
			}
			if in.Op != ir.Call || len(in.Args) == 0 {
				continue
			}
			switch in.Fn {
			case "Py_DECREF", "Py_XDECREF", "Py_CLEAR":
				d.released[in.Args[0].Place.String()] = true
			case "Py_INCREF", "Py_XINCREF", "Py_IncRef", "Py_NewRef", "Py_XNewRef":
				d.taken[in.Args[0].Place.String()] = true
				if i+1 < len(b.Instrs) && b.Instrs[i+1].Op == ir.Copy && b.Instrs[i+1].X.Place.String() == in.Args[0].Place.String() {
					d.takenFor[&b.Instrs[i+1]] = true
				}
			}
			for j := range in.Args {
				if p.checksAtom(f, in.Fn, j, 2) {
					d.atoms[in.Args[j].Place.String()] = true
				}
			}
		}
	}
	return d
}

// places are the places that a value is a copy of.
func (d *defs) places(x *ir.Operand, depth int) []*ir.Place {
	if x.Place.Base == nil {
		return nil
	}
	if !x.Place.IsVar() {
		return []*ir.Place{&x.Place}
	}
	var out []*ir.Place
	if depth > 0 {
		for _, in := range d.of[x.Place.Base] {
			if in.Op == ir.Copy {
				out = append(out, d.places(&in.X, depth-1)...)
			}
		}
	}
	return out
}

// isNew reports whether a call returns a reference that its caller owns.
func (d *defs) isNew(in *ir.Instr) bool {
	if lastField(&in.X) == "tp_alloc" {
		return true
	}
	c := d.p.lookup(d.f, in.Fn)
	return c != nil && c.Result.Ref == contract.New
}

// owns reports whether the function owns a reference to x that the field may
// take over; sure is false if that is not known.
func (d *defs) owns(x *ir.Operand, depth int) (own, sure bool) {
	if x.Kind != ir.Load || depth > 3 {
		return false, false
	}
	if d.released[x.Place.String()] {
		return false, false // on some path, or always: the field may borrow
	}
	if d.taken[x.Place.String()] {
		return true, true
	}
	if !x.Place.IsVar() {
		return false, false
	}
	v := x.Place.Base
	switch {
	case v.Kind == ir.Param:
		return false, len(d.of[v]) == 0
	case v.AddrTaken:
		return false, d.parsed(v) != Unknown // what PyArg_Parse* stores is borrowed
	}
	sure = len(d.of[v]) > 0
	for _, in := range d.of[v] {
		switch {
		case in.Op == ir.Call && d.isNew(in):
			return true, true
		case in.Op == ir.Copy && in.X.Kind != ir.Const:
			o, s := d.owns(&in.X, depth+1)
			if o {
				return true, true
			}
			sure = sure && s
		case in.Op == ir.Call:
			c := d.p.lookup(d.f, in.Fn)
			sure = sure && c != nil && c.Result.Ref == contract.Borrowed
		}
	}
	return false, sure
}
