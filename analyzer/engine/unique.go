package engine

import (
	"strings"

	"github.com/refcheck/refcheck/analyzer/rule"
	"github.com/refcheck/refcheck/cmodel/ir"
)

// uniqueByCount reports a branch that takes a reference count of 1 as proof that nobody else
// has the object. x and y are what the branch compares.
func (r *run) uniqueByCount(s *state, t *ir.Term, x, y sid) {
	if r.alone() {
		return
	}
	obj, n, op := r.countOf(x), r.get(s, y), cmpOps[t.Cmp]
	if obj == noSym {
		obj, n, op = r.countOf(y), r.get(s, x), op.flip()
	}
	unique, ok := uniqueSide(op, &n)
	if !ok || !r.tracked(obj) {
		return
	}
	v := r.get(s, obj)
	if v.refs > 0 && v.fl&(fNew|fShared|fEscaped|fKept) == fNew {
		return // made here, and seen by nobody
	}
	then, other := t.Succ[unique], t.Succ[1-unique]
	if stops(then) || stops(other) || onlyPrints(then) || onlyPrints(other) && other.Term.Succ[0] == then {
		return // an assertion, or a message
	}
	r.fire(s, obj, &rule.Event{Kind: rule.UniqueByCount, At: t.Span, Call: "Py_REFCNT", Target: r.eng.table.Target()})
	if p := r.ref(s, obj); v.fl&fReported == 0 {
		p.fl &^= fReported
	}
}

// asksCount reports whether the API function called name returns a reference count.
func asksCount(name string) bool { return strings.HasSuffix(name, "Py_REFCNT") }

// countOf is the object whose reference count id is, or noSym.
func (r *run) countOf(id sid) sid {
	if id <= symNil {
		return noSym
	}
	switch d := &r.syms[id]; {
	case d.kind == defSite && d.fn != nil && asksCount(d.fn.Name):
		return max(d.y, noSym)
	case d.kind == defInit && d.loc != noLoc && r.locs[d.loc].name == "ob_refcnt":
		return max(r.locs[d.loc].root, noSym)
	}
	return noSym
}

// uniqueSide is the successor of a branch on count op n where the count is 1, as 0 or 1; ok is
// false if the branch does not tell 1 from more.
func uniqueSide(op cmpOp, n *val) (side int, ok bool) {
	if n.lo != n.hi {
		return 0, false
	}
	switch {
	case op == cmpEq && n.lo == 1, op == cmpLe && n.lo == 1, op == cmpLt && n.lo == 2:
		return 0, true
	case op == cmpNe && n.lo == 1, op == cmpGt && n.lo == 1, op == cmpGe && n.lo == 2:
		return 1, true
	}
	return 0, false
}

// stops reports whether b ends the program: an assertion has failed.
func stops(b *ir.Block) bool {
	for n := 0; b.Term.Kind == ir.Jump && n < maxOwners; n++ {
		b = b.Term.Succ[0]
	}
	return b.Term.Kind == ir.Unreachable
}

// prints are the functions that write messages.
var prints = map[string]bool{"printf": true, "fprintf": true, "puts": true, "fputs": true, "perror": true, "fflush": true,
	"PySys_WriteStderr": true, "PySys_WriteStdout": true, "PySys_FormatStderr": true, "PySys_FormatStdout": true, "_PyObject_Dump": true, "PyObject_Dump": true}

// onlyPrints reports whether all that b does is to write messages.
func onlyPrints(b *ir.Block) bool {
	n := 0
	for i := range b.Instrs {
		switch in := &b.Instrs[i]; {
		case in.Op != ir.Call || in.Fn == "Py_REFCNT" || in.Fn == "Py_TYPE":
		case !prints[in.Fn]:
			return false
		default:
			n++
		}
	}
	return n > 0 && b.Term.Kind == ir.Jump
}
