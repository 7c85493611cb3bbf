package engine

import (
	"slices"
	"strings"

	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/rule"
	"github.com/refcheck/refcheck/cmodel/contract"
	"github.com/refcheck/refcheck/cmodel/ir"
)

// Whether this thread holds the GIL. A function is taken to be called as it should be;
// what it does itself is a small stack of windows in which the GIL is released and of
// sections in which it is ensured, two bits each, the innermost lowest.
const (
	gilReleased int8 = 1 // Py_BEGIN_ALLOW_THREADS, PyEval_SaveThread
	gilEnsured  int8 = 2 // PyGILState_Ensure
	gilUnknown  int8 = -1
	gilBits          = 2
	gilDeepest       = 1 << (2 * gilBits) // no more than three levels are followed
)

// gilChange is what calling a function does to the stack: what it pushes, or pops.
type gilChange struct{ push, pop int8 }

var gilMacros = map[string]gilChange{
	"Py_BEGIN_ALLOW_THREADS": {push: gilReleased},
	"Py_END_ALLOW_THREADS":   {pop: gilReleased},
}

// gilChangeOf says what one call does to the GIL.
func gilChangeOf(name string, fn *contract.Func) gilChange {
	if c, ok := gilMacros[name]; ok {
		return c
	}
	if fn == nil {
		return gilChange{}
	}
	byName := func(k contract.Resource, lock int8) int8 {
		switch {
		case k.Kind == "gil" && k.Handle == "return", k.Kind == "gil" && fn.Name == "PyGILState_Release":
			return gilEnsured
		case k.Kind == "thread":
			return lock
		}
		return 0
	}
	return gilChange{push: byName(fn.Acquire, gilReleased), pop: byName(fn.Release, gilReleased)}
}

// gilCall follows the GIL through a call, of which the contract is fn, and reports API
// functions that are called without it.
func (r *run) gilCall(s *state, in *ir.Instr, fn *contract.Func, args []sid) {
	c := gilChangeOf(in.Fn, fn)
	switch {
	case s.gil == gilUnknown:
	case s.gil&3 == gilReleased && c.pop == 0 && s.gilLent(args):
		s.gil = gilUnknown // the callee may take the GIL again
	case c.push != 0:
		if s.gil >= gilDeepest {
			s.gil = gilUnknown
			return
		}
		s.gil = s.gil<<gilBits | c.push
		r.note(s, step{kind: finding.Call, span: in.Span, other: r.gilHandle(in), callee: in.Fn, slot: gilStep})
	case c.pop != 0:
		if s.gil&3 == c.pop {
			s.gil >>= gilBits
		}
		r.note(s, step{kind: finding.Call, span: in.Span, callee: in.Fn, slot: gilStep})
	case s.gil&3 == gilReleased && r.needsGIL(in, fn):
		r.gilEvent(s, &rule.Event{Kind: rule.WithoutGIL, At: in.Span, Call: in.Fn, Used: r.eng.needy[r.eng.resolve(r.f, in.Fn)]})
	}
}

// gilStep marks, as their slot, the steps of a path that are about the GIL.
const gilStep = "GIL"

// gilHandle is the symbol in which a call returns what its counterpart needs.
func (r *run) gilHandle(in *ir.Instr) sid {
	if in.Dst.Base == nil {
		return noSym
	}
	return r.intern(symKey{kind: defSite, a: r.at, b: resultOrdinal})
}

// gilEvent reports ev about the window or section that is open.
func (r *run) gilEvent(s *state, ev *rule.Event) {
	if st := s.gilOpened(); st != nil {
		ev.Before, ev.BeforeCall = st.span, st.callee
		r.fire(s, noSym, ev)
	}
}

// gilOptional reports whether the function closes a window that it need not have opened, as
// NumPy's macros do: under which condition it is open is then known to the code, and not here.
func (r *run) gilOptional() bool {
	seen := make([]bool, len(r.f.Blocks))
	work := []*ir.Block{r.f.Blocks[0]}
	for len(work) > 0 {
		b := work[len(work)-1]
		work = work[:len(work)-1]
		if seen[b.ID] {
			continue
		}
		seen[b.ID] = true
		opened := false
		for i := range b.Instrs {
			in := &b.Instrs[i]
			if in.Op != ir.Call {
				continue
			}
			c := gilChangeOf(in.Fn, r.eng.table.Lookup(in.Fn))
			if c.pop != 0 {
				return true
			}
			if opened = c.push != 0; opened {
				break
			}
		}
		if !opened {
			work = append(work, succs(b)...)
		}
	}
	return false
}

// gilOpened is the step that opened the innermost window or section.
func (s *state) gilOpened() *step {
	closed := 0
	for p := s.trace; p != nil; p = p.prev {
		switch {
		case p.slot != gilStep || p.kind != finding.Call:
		case gilPops[p.callee]:
			closed++
		case closed == 0:
			return p
		default:
			closed--
		}
	}
	return nil
}

// gilLent reports whether a call is given the handle of the window that is open.
func (s *state) gilLent(args []sid) bool {
	st := s.gilOpened()
	return st != nil && st.other > symNil && slices.Contains(args, st.other)
}

var gilPops = map[string]bool{"Py_END_ALLOW_THREADS": true, "PyEval_RestoreThread": true, "PyGILState_Release": true}

// gilLeft reports a window or section that is still open where the function returns ret,
// unless whoever gets the handle closes it.
func (r *run) gilLeft(s *state, ret sid) {
	if s.gil <= 0 {
		return
	}
	st := s.gilOpened()
	if st == nil {
		return
	}
	if _, macro := gilMacros[st.callee]; !macro && st.other == noSym {
		return // without the handle, another function must be meant to close it
	}
	if h := st.other; h > symNil && (h == ret || r.kept(s, h) > 0 || r.get(s, h).fl&(fEscaped|fKept) != 0) {
		return
	}
	ev := &rule.Event{Kind: rule.GILLeft, How: rule.NotOwned, At: r.span}
	if s.gil&3 == gilEnsured {
		ev.How = rule.AtReturn
	}
	r.gilEvent(s, ev)
}

// needsGIL reports whether a function may only be called by the thread that has the
// GIL.
func (r *run) needsGIL(in *ir.Instr, fn *contract.Func) bool {
	if in.Fn == "" {
		return false
	}
	if c := r.eng.table.Lookup(in.Fn); c != nil {
		return apiNeedsGIL(c)
	}
	return r.eng.needy[r.eng.resolve(r.f, in.Fn)] != ""
}

// apiNeedsGIL is needsGIL for an API function. Macros that only read a field are left
// alone: what they read does not change while the caller has a reference.
func apiNeedsGIL(fn *contract.Func) bool {
	if fn.NoGIL || fn.NoReturn || !strings.HasPrefix(strings.TrimLeft(fn.Name, "_"), "Py") {
		return false
	}
	switch fn.Special {
	case "":
		return !(fn.Macro || fn.Pure) || fn.Runs != contract.RunsNothing || fn.Result.Ref == contract.New
	case "isnull", "type", "visit":
		return false
	}
	return true
}

// findNeedy finds the project functions that always call the API, and the first function
// of it that they call. Those that do anything about the GIL themselves are left out.
func (e *Engine) findNeedy(units []*ir.Unit) {
	e.needy = map[*ir.Func]string{}
	for changed := true; changed; {
		changed = false
		for _, u := range units {
			for _, f := range u.Funcs {
				if e.needy[f] != "" {
					continue
				}
				if name := e.firstNeed(f); name != "" {
					e.needy[f], changed = name, true
				}
			}
		}
	}
}

// firstNeed is the API function that f calls, whatever happens, before it branches; ""
// if there is none.
func (e *Engine) firstNeed(f *ir.Func) string {
	b := f.Blocks[0]
	for n := 0; n < len(f.Blocks); n++ {
		for i := range b.Instrs {
			in := &b.Instrs[i]
			if in.Op != ir.Call || in.Fn == "" {
				continue
			}
			c := e.table.Lookup(in.Fn)
			if (gilChangeOf(in.Fn, c) != gilChange{}) {
				return ""
			}
			if c != nil {
				if apiNeedsGIL(c) {
					return in.Fn
				}
				continue
			}
			if g := e.resolve(f, in.Fn); e.needy[g] != "" {
				return e.needy[g]
			}
		}
		if b.Term.Kind != ir.Jump {
			return ""
		}
		b = b.Term.Succ[0]
	}
	return ""
}
