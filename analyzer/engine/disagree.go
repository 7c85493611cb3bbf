package engine

import (
	"slices"

	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/rule"
	"github.com/refcheck/refcheck/cmodel/ir"
	"github.com/refcheck/refcheck/cmodel/source"
)

// maxCompared bounds the exits of a function that are compared with each other.
const maxCompared = 128

// disagreements looks for ways out of a helper that its callers cannot tell apart
// and that leave ownership differently: whatever callers do, one of them is wrong.
// Which one is decided by how the others do it.
func (r *run) disagreements() {
	if r.role.Role != rule.Helper || len(r.sum.exits) > maxCompared {
		return
	}
	for i, p := range r.f.Params {
		if p.Type.IsObjectPtr() {
			r.unevenArgument(i)
		}
	}
	if r.f.Result.IsObjectPtr() {
		r.unevenResult()
	}
}

// unevenArgument: some exits take over argument i and some do not.
func (r *run) unevenArgument(i int) {
	var takers, leavers, kept []*exitFacts
	id := r.initial(locID(i), nil)
	for n := range r.sum.exits {
		switch x := &r.sum.exits[n]; x.params[i] {
		case paramTaken:
			takers = append(takers, x)
		case paramUntouched, paramKept:
			if x.same != i+1 && !r.isConstHere(x.state, id) && len(x.state.equals(id)) == 0 {
				leavers = append(leavers, x)
			} else {
				kept = append(kept, x)
			}
		case paramNull:
		default:
			return // not all is known
		}
	}
	if len(takers) == 0 || len(leavers) == 0 || len(kept) > 0 {
		return
	}
	taken := successes(takers)
	if taken > 0 && successes(leavers) > 0 && places(takers) <= places(leavers) || taken == 0 && places(takers) < 2 {
		return // it is up to something else whose the argument is
	}
	for _, x := range leavers {
		y := r.lookAlike(x, takers, id)
		if y == nil {
			continue
		}
		ev := &rule.Event{Kind: rule.Lost, How: rule.Forgotten, At: x.at, ErrorPath: x.failed, Before: y.at}
		if by := y.state.last(id, finding.Steal, finding.Decref, finding.Release); by != nil {
			ev.Before, ev.BeforeCall = by.span, by.callee
		}
		r.span = x.at
		r.fire(x.state, id, ev)
	}
}

// unevenResult: some exits return a new reference and some a borrowed one.
func (r *run) unevenResult() {
	var fresh, borrowed []*exitFacts
	for n := range r.sum.exits {
		switch x := &r.sum.exits[n]; {
		case x.null:
		case x.ret == retNew:
			fresh = append(fresh, x)
		case x.ret == retBorrowed && r.handsOver(x.id):
			return
		case x.ret == retBorrowed && r.syms[x.id].flags&fConst == 0 && (x.same == 0 || r.leaves(x.same-1)):
			borrowed = append(borrowed, x)
		case x.ret != retConst:
			return
		}
	}
	if places(fresh) < places(borrowed) {
		return
	}
	for _, x := range borrowed {
		if r.lookAlike(x, fresh, x.id) == nil || r.get(x.state, x.id).fl&(fEscaped|fReported) != 0 {
			continue
		}
		r.span = x.at
		r.fire(x.state, x.id, &rule.Event{Kind: rule.ReturnBorrowed, How: rule.Forgotten, At: x.at})
	}
}

// handsOver reports whether id is what a structure, no object, holds that other code
// finishes by releasing its fields and leaving them as they are: returning it may finish
// the structure as well.
func (r *run) handsOver(id sid) bool {
	d := &r.syms[id]
	if d.kind != defInit || r.locs[d.loc].kind != locField {
		return false
	}
	k, ok := r.slotKey(d.loc)
	return ok && r.eng.dangles[k] && !r.eng.objects[k.strct]
}

// leaves reports whether the function never takes over argument i, and nobody who
// calls it can tell whether it is what was returned.
func (r *run) leaves(i int) bool {
	id := r.initial(locID(i), nil)
	for _, x := range r.sum.exits {
		switch x.params[i] {
		case paramTaken, paramStored, paramAdded:
			return false
		case paramUnknown: // passed to code that is not known, which leaves it alone by convention
			if r.get(x.state, id).refs != 0 || r.kept(x.state, id) > 0 {
				return false
			}
		}
	}
	return !r.eng.comparesResult(r.f)
}

// comparesResult reports whether some caller of f compares what it returns with
// another object.
func (e *Engine) comparesResult(f *ir.Func) bool {
	for g, callees := range e.calls {
		if slices.Contains(callees, f) && comparesResultOf(g, f.Name) {
			return true
		}
	}
	return false
}

// comparesResultOf reports whether g compares a variable, or a copy of it, to which
// the result of a function called name is assigned, with another variable.
func comparesResultOf(g *ir.Func, name string) bool {
	results := map[*ir.Var]bool{}
	for again := true; again; {
		again = false
		for _, b := range g.Blocks {
			for i := range b.Instrs {
				in := &b.Instrs[i]
				copied := in.Op == ir.Copy && in.X.Kind == ir.Load && results[in.X.Place.Base]
				if in.Dst.Base != nil && !results[in.Dst.Base] && (copied || in.Op == ir.Call && (in.Fn == name || in.Fn == "")) {
					results[in.Dst.Base], again = true, true
				}
			}
		}
	}
	compares := func(x, y *ir.Operand) bool {
		if x.Kind != ir.Load || y.Kind != ir.Load || x.Place.Base.Outlives() || y.Place.Base.Outlives() {
			return false // Py_None and its like are no arguments
		}
		return results[x.Place.Base] != results[y.Place.Base]
	}
	for _, b := range g.Blocks {
		for i := range b.Instrs {
			if in := &b.Instrs[i]; in.Op == ir.Binary && cmpOps[in.Fn] != cmpNone && compares(&in.X, &in.Y) {
				return true
			}
		}
		if t := &b.Term; t.Kind == ir.Branch && compares(&t.X, &t.Y) {
			return true
		}
	}
	return false
}

func successes(exits []*exitFacts) (n int) {
	for _, x := range exits {
		if !x.failed {
			n++
		}
	}
	return n
}

// places counts the return statements among exits.
func places(exits []*exitFacts) int {
	var seen []source.Pos
	for _, x := range exits {
		if !slices.Contains(seen, x.at.Pos) {
			seen = append(seen, x.at.Pos)
		}
	}
	return len(seen)
}

// lookAlike finds an exit among others that callers cannot tell from x: the
// result is alike, and nothing they could know tells them apart, such as a flag
// they pass, a field that nobody has changed, or a number they are handed. A
// return statement for failures alone is not there to tell ownership apart.
func (r *run) lookAlike(x *exitFacts, others []*exitFacts, about sid) *exitFacts {
	for _, y := range others {
		if x.failed != y.failed || x.null != y.null || !x.null && !r.f.Result.IsObjectPtr() && (x.lo > y.hi || y.lo > x.hi) {
			continue
		}
		if !r.sameNumbers(x.state, y.state) {
			continue
		}
		if x.failed && places(others) == places(append(others[:len(others):len(others)], x)) && !r.sameInput(x.state, y.state, about) {
			continue
		}
		if !x.failed && !r.sameInput(x.state, y.state, about) {
			continue
		}
		return y
	}
	return nil
}

// sameInput reports whether both states can come from the same call. Which of its
// constants an argument is does not count: callers rarely know.
func (r *run) sameInput(s, t *state, about sid) bool {
	for i := range s.vals {
		v := &s.vals[i]
		if v.id == about || r.syms[v.id].kind != defInit {
			continue
		}
		w := r.get(t, v.id)
		if v.hi < w.lo || w.hi < v.lo || v.nz && w.lo == 0 && w.hi == 0 || w.nz && v.lo == 0 && v.hi == 0 {
			return false
		}
	}
	for _, f := range s.rels {
		if (r.syms[f.a].flags|r.syms[f.b].flags)&fConst == 0 && slices.Contains(t.rels, relation{f.a, f.b, !f.eq}) {
			return false
		}
	}
	return true
}

// sameNumbers reports whether both states leave the same numbers behind for the
// caller.
func (r *run) sameNumbers(s, t *state) bool {
	for _, c := range s.mem {
		if !r.locs[c.loc].out || r.syms[c.val].kind != defConst {
			continue
		}
		if i, ok := t.cell(c.loc); !ok || t.mem[i].val != c.val {
			return false
		}
	}
	return true
}
