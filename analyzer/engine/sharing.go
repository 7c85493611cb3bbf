package engine

import (
	"github.com/refcheck/refcheck/analyzer/rule"
	"github.com/refcheck/refcheck/cmodel/contract"
)

// sharedOwner says how surely other threads can make c, the owner of what fn has handed out, let
// go of it.
func (r *run) sharedOwner(s *state, fn *contract.Func, c sid) ice {
	switch {
	case fn.Result.Melts != contract.EaseUnsaid:
		return eased[fn.Result.Melts]
	case fn.Result.From == "" && fn.Result.Ref == contract.Borrowed && contract.IsObjectType(param(fn, 0).Type):
		return breaking // a weak reference, which holds nothing
	}
	return r.sharedContainer(s, c, 0)
}

// sharedContainer says how surely other threads see a container and may change it.
func (r *run) sharedContainer(s *state, c sid, depth int) ice {
	if !r.tracked(c) || depth > maxOwners {
		return thick
	}
	v, d := r.get(s, c), &r.syms[c]
	switch {
	case v.fl&fFixed != 0, r.keywords(d):
		return solid // a tuple, or the keywords of this very call
	case d.param > 0:
		return r.sharedParam(d.param - 1)
	case d.kind == defSite && d.fn != nil && d.fn.Source != summarySource:
		return r.sharedResult(s, &v, d, depth)
	case d.weak && d.b >= weakOrdinal:
		return r.sharedSlot(locID(d.b - weakOrdinal))
	case v.fl&fSlot != 0 && d.kind == defInit:
		return r.sharedSlot(d.loc)
	}
	return thick
}

// sharedSlot is sharedContainer for what a field, a global or an array holds. Other threads get
// at those of objects and of the module; what a plain C structure holds may be this call's own.
func (r *run) sharedSlot(l locID) ice {
	if r.role.Role == rule.Init {
		return thick // nobody else has the object yet
	}
	if k, _, ok := r.iceKey(l); ok {
		if r.eng.changing[k] {
			return r.eng.sharedField(k)
		}
		return thick
	}
	if root := r.locs[l].root; root > symNil && r.role.Role == rule.Entry && r.syms[root].param > 0 {
		return breaking // an argument, of an array of them
	}
	return thick
}

// sharedResult is sharedContainer for what an API function handed out.
func (r *run) sharedResult(s *state, v *val, d *symDef, depth int) ice {
	fn := d.fn
	switch {
	case v.fl&(fNew|fShared|fEscaped|fKept) == fNew:
		return solid // made here, and seen by nobody
	case v.fl&(fNew|fShared) == fNew:
		return thick
	case fn.FormatKind == "parse":
		return breaking // an argument
	case fn.Name == "PySequence_Fast":
		return min(thin, r.sharedContainer(s, d.y, depth+1))
	case fn.Result.Melts != contract.EaseUnsaid:
		return min(thin, eased[fn.Result.Melts])
	case v.fl&fBorrowed != 0:
		return min(thin, r.sharedContainer(s, v.owner, depth+1))
	case fn.Result.From != "" && fn.Special != "type", fn.Result.Held:
		return thin // an attribute or item
	}
	return thick
}

// sharedParam is sharedContainer for the i-th argument.
func (r *run) sharedParam(i int) ice {
	if x := r.eng.shared[r.f]; i < len(x) {
		return x[i]
	}
	return thick
}
