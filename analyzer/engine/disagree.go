package engine

import (
	"slices"

	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/rule"
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
		case x.ret == retBorrowed && x.same == 0 && r.syms[x.id].flags&fConst == 0:
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
