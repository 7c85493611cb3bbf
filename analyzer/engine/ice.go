package engine

import (
	"slices"
	"strings"

	"github.com/refcheck/refcheck/analyzer/rule"
	"github.com/refcheck/refcheck/cmodel/contract"
	"github.com/refcheck/refcheck/cmodel/ir"
)

// maxOwners bounds how far the owners of owners are followed.
const maxOwners = 4

// iceOf says how easily whoever owns id can be made to let go of it. An object of
// which this function has a reference is safe, and so is what a container holds that
// nobody else has seen, or that does not change and is itself held.
func (r *run) iceOf(s *state, id sid, depth int) ice {
	if !r.tracked(id) || depth > maxOwners {
		return solid
	}
	v, d := r.get(s, id), &r.syms[id]
	if v.refs > 0 || v.fl&(fConst|fReleased|fGiven) != 0 || v.lo == 0 && v.hi == 0 {
		return solid
	}
	switch {
	case d.kind == defPhi:
		if p := r.phis[id]; r.get(s, p.sym).refs <= 0 {
			return p.ice
		}
		return solid
	case v.fl&fBorrowed != 0 && d.kind == defSite:
		return r.iceOfItem(s, &v, d, depth)
	case d.weak && d.kind == defSite && d.b >= weakOrdinal:
		return r.iceOfSlot(s, locID(d.b-weakOrdinal), d.typ)
	case v.fl&fSlot != 0 && d.kind == defInit && r.slotStillHolds(s, id):
		return r.iceOfSlot(s, d.loc, d.typ)
	}
	return solid
}

// An icePhi is the more easily lost one of the references that a merged value may be.
type icePhi struct {
	ice ice
	sym sid
}

// icePhi notes how easily the owner of id, which is x in s or y in t, lets go of it.
func (r *run) icePhi(s, t *state, id, x, y sid) {
	if r.get(s, x).fl&fObject == 0 && r.get(t, y).fl&fObject == 0 {
		return
	}
	note := func(s *state, x sid) {
		if grade := r.iceOf(s, x, 0); x != id && grade > r.phis[id].ice {
			if r.phis == nil {
				r.phis = map[sid]icePhi{}
			}
			r.phis[id] = icePhi{grade, r.behind(x)}
		}
	}
	note(s, x)
	note(t, y)
}

// behind is id or, if it was merged, the reference that it may be.
func (r *run) behind(id sid) sid {
	if p, ok := r.phis[id]; ok {
		return p.sym
	}
	return id
}

// eased is the ice for what a contract says itself.
var eased = [...]ice{contract.EaseNever: solid, contract.EaseRare: thick, contract.EaseOdd: thin, contract.EasePlain: breaking}

// iceOfItem grades what a call has handed out as borrowed.
func (r *run) iceOfItem(s *state, v *val, d *symDef, depth int) ice {
	fn := d.fn
	if fn == nil || fn.Special == "erroccurred" {
		return solid
	}
	mutable := fn.Result.Mutable
	if d.b >= paramOrdinal && d.b < havocOrdinal {
		mutable = param(fn, int(d.b-paramOrdinal)).Mutable
	}
	grade := solid
	switch {
	case fn.Result.Melts != contract.EaseUnsaid:
		grade = eased[fn.Result.Melts]
	case fn.Source == summarySource:
		return solid
	case !mutable && r.edited(s, v.owner):
		grade = breaking
	case !mutable:
		return r.iceOf(s, v.owner, depth+1)
	case v.owner == noSym:
		grade = breaking
	default:
		grade = r.iceOfContainer(s, v.owner)
	}
	if r.role.Role == rule.ModuleInit {
		grade = min(grade, thick)
	}
	return grade
}

// edited reports whether c is a tuple in a field that methods change in place.
func (r *run) edited(s *state, c sid) bool {
	d := &r.syms[max(c, 0)]
	if d.kind != defInit || d.loc == noLoc || r.get(s, c).fl&fSlot == 0 {
		return false
	}
	k, _, ok := r.iceKey(d.loc)
	return ok && r.eng.reach.edited[k]
}

// iceOfContainer says how easily other code gets at a container to change it.
func (r *run) iceOfContainer(s *state, c sid) ice {
	if !r.tracked(c) {
		return breaking
	}
	v, d := r.get(s, c), &r.syms[c]
	switch {
	case v.fl&fFixed != 0:
		return r.iceOf(s, c, 1) // a tuple
	case r.keywords(d):
		return solid
	case d.fn != nil && d.fn.Result.Items != contract.EaseUnsaid:
		return r.iceOfMade(s, d)
	case v.fl&(fNew|fShared|fEscaped|fKept) == fNew && d.fn != nil && d.fn.Source != summarySource:
		return solid // made here, and seen by nobody
	case v.fl&fConst != 0, v.fl&fSlot != 0 && d.kind == defInit && r.locs[d.loc].kind == locVar:
		return thick // a table of the module's own
	case v.fl&fSlot != 0 && d.kind == defInit:
		return r.iceOfField(d.loc)
	case d.param > 0 && strings.HasPrefix(d.name, "kw"):
		return thin
	case d.param > 0 && r.role.Role == rule.Helper:
		if r.eng.reach.given(r.f, d.param-1) {
			return breaking
		}
		return thin // what the callers pass is not known
	case d.fn != nil && d.fn.Source == summarySource:
		return thin
	case r.fromCall(d, 0):
		return thin // whether the function called has made it or kept it is not known
	case d.fn != nil && d.fn.Special == "type":
		return thick
	}
	return breaking
}

// fromCall reports whether d is what a Python function has returned, or an item of it.
func (r *run) fromCall(d *symDef, depth int) bool {
	if d.kind != defSite || d.fn == nil || d.b != resultOrdinal || depth > maxOwners {
		return false
	}
	if d.fn.Result.Ref == contract.New && strings.Contains(d.fn.Name, "_Call") {
		return true
	}
	same := d.fn.Result.Shared && len(d.fn.Params) > 0 && d.fn.Params[0].Keeps // PySequence_Fast returns a list itself
	return (d.fn.Slice || d.fn.Result.Ref == contract.Borrowed || same) && r.fromCall(&r.syms[max(d.y, 0)], depth+1)
}

// iceOfField is iceOfContainer for the container in the field l.
func (r *run) iceOfField(l locID) ice {
	k, _, ok := r.iceKey(l)
	switch {
	case !ok:
		return thin
	case !r.eng.objects[k.strct] && !r.eng.reach.inner[k.strct]:
		return thick // part of a C structure, which Python code does not see
	case r.eng.drops[k] == breaking || r.eng.reach.slots[k]:
		return breaking
	case !r.eng.objects[k.strct]:
		return thick
	}
	return thin // whether Python code can get at the container is not known
}

// iceOfMade is iceOfContainer for a container of which the contract says it.
func (r *run) iceOfMade(s *state, d *symDef) ice {
	switch grade := eased[d.fn.Result.Items]; {
	case grade == breaking && r.get(s, d.y).fl&fSlot != 0:
		return thick // of a dict of the module's own, most likely
	case grade == thin && r.syms[max(d.y, 0)].param > 0 && r.role.Role == rule.Entry:
		return breaking // the module's own: any assignment to its attributes changes it
	default:
		return grade
	}
}

// keywords reports whether d is the dict of keyword arguments that the
// interpreter makes for the call.
func (r *run) keywords(d *symDef) bool {
	return d.param == 3 && len(r.f.Params) == 3 && (r.role.Role == rule.Entry || r.role.Role == rule.Init)
}

// iceOfSlot grades what was read from a field, a global or an array: whether
// anything that can run lets go of what is there.
func (r *run) iceOfSlot(s *state, l locID, t *ir.Type) ice {
	if l == noLoc || t != nil && !t.IsObjectPtr() {
		return solid
	}
	if c := r.itemsOf(r.locs[l].root); c != noSym {
		return r.iceOfContainer(s, c)
	}
	k, base, ok := r.iceKey(l)
	if !ok || r.freshMemory(r.locs[base].root) {
		return solid
	}
	grade := r.eng.drops[k]
	switch {
	case k.strct == "":
		grade = min(grade, thick)
	case !r.eng.objects[k.strct] && r.eng.reach.inner[k.strct]: // it belongs to some object
	case !r.eng.objects[k.strct] && l != base:
		grade = min(grade, thin)
	case !r.eng.objects[k.strct]:
		grade = min(grade, thick)
	}
	if r.role.Role == rule.ModuleInit {
		grade = min(grade, thick)
	}
	return grade
}

// iceKey names the field or global that l is, or an element of: self->slots[i] is
// of self->slots. base is the location of that slot.
func (r *run) iceKey(l locID) (k fieldKey, base locID, ok bool) {
	for range maxOwners {
		if k, ok = r.slotKey(l); ok {
			return k, l, true
		}
		switch d := &r.locs[l]; d.kind {
		case locElem, locAny:
			l = locID(d.parent)
		case locTarget:
			x := &r.syms[d.parent]
			switch {
			case x.kind == defInit:
				l = x.loc
			case x.weak && x.b >= weakOrdinal:
				l = locID(x.b - weakOrdinal)
			default:
				return k, noLoc, false
			}
		default:
			return k, noLoc, false
		}
		if l == noLoc {
			break
		}
	}
	return k, noLoc, false
}

// iterated reports whether id is the current item of an iteration: over a
// container, or over the list that a method has made of one.
func (r *run) iterated(id sid) bool {
	d := &r.syms[max(id, 0)]
	if d.fn == nil {
		return false
	}
	from := r.syms[max(d.y, 0)].fn
	return d.fn.Iterates || from != nil && from.Result.Items == contract.EasePlain
}

// changesContainer reports whether fn puts its arguments into a container of a
// built-in type, which then holds them.
func changesContainer(fn *contract.Func) bool {
	if strings.HasPrefix(fn.Name, "PyObject_") || strings.HasPrefix(fn.Name, "PySequence_") || strings.HasPrefix(fn.Name, "PyMapping_") {
		return false
	}
	return slices.ContainsFunc(fn.Params, func(p contract.Param) bool { return p.Changes != contract.Unchanged })
}
