package engine

import (
	"cmp"

	"github.com/refcheck/refcheck/analyzer/rule"
	"github.com/refcheck/refcheck/cmodel/ir"
)

// Programs without the GIL: other threads run at any time, so that what only somebody
// else's container keeps alive may go at once, and counts that were read are out of date.

// modGIL is Py_mod_gil, Include/moduleobject.h. Its value is a null pointer where the
// module needs the GIL.
const modGIL = 4

// WithoutGIL makes the engine judge code as part of a program without the GIL.
func (e *Engine) WithoutGIL() { e.threads = true }

// DeclaresNoGIL reports whether a module in units says that it needs no GIL: with a slot
// Py_mod_gil, or by calling PyUnstable_Module_SetGIL.
func DeclaresNoGIL(units []*ir.Unit) bool {
	for _, u := range units {
		if u == nil {
			continue
		}
		for _, g := range u.Globals {
			if g.Init != nil && saysNoGIL(g.Init) {
				return true
			}
		}
		for _, f := range u.Funcs {
			if setsNoGIL(f) {
				return true
			}
		}
	}
	return false
}

// saysNoGIL reports whether slots of a module, a PyModuleDef_Slot array, say so.
func saysNoGIL(init *ir.Init) bool {
	for _, row := range init.Elems {
		slot, value := int64(0), int64(0)
		for _, e := range row.Elems {
			switch {
			case e.Value.Kind != ir.Const:
			case e.Field == "slot":
				slot = e.Value.Int
			case e.Field == "value":
				value = e.Value.Int
			}
		}
		if slot == modGIL && value != 0 {
			return true
		}
	}
	return false
}

func setsNoGIL(f *ir.Func) bool {
	for _, b := range f.Blocks {
		for i := range b.Instrs {
			in := &b.Instrs[i]
			if in.Op == ir.Call && in.Fn == "PyUnstable_Module_SetGIL" && len(in.Args) == 2 && in.Args[1].Kind == ir.Const && in.Args[1].Int != 0 {
				return true
			}
		}
	}
	return false
}

// alone reports whether no other thread can be at work on what the function works on: it
// sets up the module, or takes objects apart that nobody can reach.
func (r *run) alone() bool {
	x := r.role.Role
	return !r.eng.threads || r.eng.setup[r.f] || x == rule.ModuleInit || x == rule.Dealloc || x == rule.Clear
}

// racyUses looks for borrowed references that in uses although another thread may have
// made their owner let go of them.
func (r *run) racyUses(s *state, in *ir.Instr) {
	if r.alone() {
		return
	}
	if fn := r.eng.table.Lookup(in.Fn); in.Op == ir.Call && (fn == nil || fn.Special != "decref" && fn.Special != "xdecref") {
		for i := range in.Args {
			r.racyUse(s, &in.Args[i], "passed to "+cmp.Or(in.Fn, "a function"))
		}
	}
	r.racyUse(s, &in.X, "")
	r.racyUse(s, &in.Y, "")
	if p := &in.Dst; len(p.Path) > 0 && p.Base != nil && p.Path[0].Kind == ir.Deref {
		r.racy(s, s.vars[p.Base.ID], "read")
	}
}

// racyTerm is racyUses for the end of a block.
func (r *run) racyTerm(s *state, t *ir.Term) {
	if r.alone() {
		return
	}
	used := ""
	if t.Kind == ir.Return {
		used = "returned"
	}
	r.racyUse(s, &t.X, used)
	r.racyUse(s, &t.Y, "")
}

// racyUse judges one operand. used says what is done with the object itself, if anything is:
// comparing and copying pointers uses nothing.
func (r *run) racyUse(s *state, o *ir.Operand, used string) {
	if o.Kind != ir.Load || o.Place.Base == nil {
		return
	}
	id := s.vars[o.Place.Base.ID]
	switch p := o.Place.Path; {
	case len(p) > 0 && p[0].Kind == ir.Deref:
		r.racy(s, id, "read")
		if used != "" && r.itemsOf(id) != noSym {
			r.racy(s, r.value(s, o), used) // an item, straight from the array
		}
	case len(p) == 0 && used != "":
		r.racy(s, id, used)
	}
}

// racy fires the event for id, if it is a borrowed reference of which other threads can
// make the owner let go.
func (r *run) racy(s *state, id sid, used string) {
	if !r.tracked(id) {
		return
	}
	v := r.get(s, id)
	if v.refs > 0 || v.fl&fConst != 0 || v.lo == 0 && v.hi == 0 {
		return
	}
	lender, owner := r.lender(&v, &r.syms[id])
	if lender == nil {
		return
	}
	grade := r.sharedOwner(s, lender.fn, owner)
	if grade == solid || r.protected(s, owner) {
		return
	}
	if len(s.locks) > 0 || len(r.f.Doubts) > 0 || v.fl&(fStored|fDoubt) != 0 {
		grade = thick
	}
	name := ""
	if owner > symNil {
		name = cmp.Or(r.syms[owner].name, r.holderName(s, owner))
	}
	r.fire(s, id, &rule.Event{Kind: rule.Racy, Slot: name, At: lender.instr.Span, Call: lender.fn.Name, API: lender.fn, Used: used, Before: r.span,
		Target: r.eng.table.Target(), Sure: grade.confidence()})
	if p := r.ref(s, id); v.fl&fReported == 0 {
		p.fl &^= fReported // it says nothing about who owns the object
	}
}

// lender is the symbol of the API call that has lent the object, and its owner; nil if it was
// not borrowed, or from what does not change.
func (r *run) lender(v *val, d *symDef) (*symDef, sid) {
	switch {
	case d.weak && d.b >= weakOrdinal:
		return r.lenderOfItem(locID(d.b - weakOrdinal))
	case d.kind == defInit && d.loc != noLoc:
		return r.lenderOfItem(d.loc)
	case v.fl&fBorrowed == 0 || d.kind != defSite || d.fn == nil || d.instr == nil || d.fn.Strong == "" && !d.fn.Iterates:
		return nil, noSym
	case d.b >= paramOrdinal && d.b < havocOrdinal && !param(d.fn, int(d.b-paramOrdinal)).Mutable, d.b == resultOrdinal && !d.fn.Result.Mutable:
		return nil, noSym
	}
	return d, v.owner
}

// lenderOfItem is lender for an element of an array of items.
func (r *run) lenderOfItem(l locID) (*symDef, sid) {
	items := r.locs[l].root
	if c := r.itemsOf(items); c != noSym && r.syms[items].fn.Unchecked {
		return &r.syms[items], c
	}
	return nil, noSym
}
