package engine

import (
	"slices"
	"strings"

	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/rule"
	"github.com/refcheck/refcheck/cmodel/contract"
	"github.com/refcheck/refcheck/cmodel/ir"
)

// Resources other than references that a path has acquired and not given back yet.

// A held is one of them. Its handle is the pointer id, or the struct at loc.
type held struct {
	kind string
	id   sid // the pointer; for a struct, a symbol that stands for what it holds
	loc  locID
	dep  sid // held only if this result of a call tells success
	prev sid // what is held instead if id is NULL: the old memory, of realloc
}

// followed are the kinds of resources whose owner is the function that acquired them,
// until it passes them on.
var followed = map[string]bool{"buffer": true, "malloc": true, "mem": true, "mem-raw": true, "mem-object": true, "mem-data": true, "dims": true}

const resourceOrdinal int32 = 1 << 20

// acquire records what a call that does not fail leaves to be given back. id is its
// result.
func (r *run) acquire(s *state, in *ir.Instr, fn *contract.Func, args []sid, id sid) {
	kind := fn.Acquire.Kind
	if !followed[kind] || fn.Source == summarySource {
		return
	}
	if fn.Acquire.Handle == "return" {
		h := held{kind: kind, id: id, loc: noLoc}
		if k := paramIndex(fn, fn.Release.Handle); fn.Release.OnSuccess && k >= 0 {
			if i := s.holding(args[k], noLoc); i >= 0 {
				h.prev = args[k]
				s.dropHeld(i)
			} else if args[k] != symNil {
				return // somebody else's memory, reallocated
			}
		}
		r.hold(s, in, h)
		return
	}
	if k := paramIndex(fn, fn.Acquire.Handle); k >= 0 && k < len(args) {
		r.holdStruct(s, in, kind, args[k], k, id)
	}
}

// holdStruct is hold for a struct of the function's own, whose address is a.
func (r *run) holdStruct(s *state, in *ir.Instr, kind string, a sid, arg int, dep sid) {
	d := &r.syms[a]
	if d.kind != defAddr || d.loc == noLoc {
		return
	}
	l := &r.locs[d.loc]
	if l.kind != locVar || r.f.Vars[l.parent].Kind != ir.Local {
		return
	}
	loc, name := d.loc, r.locName(d.loc)
	id := r.intern(symKey{kind: defSite, a: r.at, b: resourceOrdinal + int32(arg)})
	r.syms[id].name, r.syms[id].instr = name, in
	r.hold(s, in, held{kind: kind, id: id, loc: loc, dep: dep})
	if kind != "buffer" {
		return
	}
	for n, field := range [...]string{"obj", "buf"} {
		l := r.internLoc(locKey{kind: locField, parent: int32(loc), name: field}, "Py_buffer")
		if _, set := s.cell(l); !set {
			part := r.intern(symKey{kind: defSite, a: r.at, b: resourceOrdinal + int32(n+1)<<10 + int32(arg)})
			r.syms[part].name = name + "." + field
			s.drop(part)
			s.setCell(l, part)
		}
	}
}

func (r *run) hold(s *state, in *ir.Instr, h held) {
	if len(s.held) >= 8 {
		return
	}
	s.held = append(s.held[:len(s.held):len(s.held)], h)
	r.note(s, step{kind: finding.Acquire, span: in.Span, sym: h.id, callee: r.callee, owned: 1})
}

// parsed acquires what PyArg_Parse* leaves in its arguments: buffers, and copies of text.
func (r *run) parsed(s *state, in *ir.Instr, args []sid, units map[int]formatUnit) {
	for i, a := range args {
		switch u := units[i]; {
		case u.view:
			r.holdStruct(s, in, "buffer", a, i, noSym)
		case u.copied && r.syms[a].kind == defAddr:
			if id := s.varOrCell(r, r.syms[a].loc); id != noSym {
				r.hold(s, in, held{kind: "mem", id: id, loc: noLoc})
			}
		}
	}
}

// giveBack executes the release of a resource.
func (r *run) giveBack(s *state, fn *contract.Func, args []sid) {
	k := paramIndex(fn, fn.Release.Handle)
	if fn.Release.OnSuccess || k < 0 || k >= len(args) {
		return
	}
	l := noLoc
	if d := &r.syms[args[k]]; d.kind == defAddr {
		l = d.loc
	}
	a := args[k]
	if m := r.memoryOf(s, a); m != noSym {
		a = m
	}
	if i := s.holding(a, l); i >= 0 {
		r.note(s, step{kind: finding.Release, span: r.span, sym: s.held[i].id, callee: r.callee})
		s.dropHeld(i)
	}
}

// holding finds a resource by its handle.
func (s *state) holding(id sid, l locID) int {
	return slices.IndexFunc(s.held, func(h held) bool { return h.id == id && h.loc == noLoc || l != noLoc && h.loc == l })
}

// memoryOf is the memory that id is known to point into, noSym if it is not held.
func (r *run) memoryOf(s *state, id sid) sid {
	if s.holding(id, noLoc) >= 0 {
		return id
	}
	if len(s.held) > 0 && id > symNil {
		if v := r.get(s, id); v.fl&(fInside|fBorrowed|fObject) == 0 && s.holding(v.owner, noLoc) >= 0 {
			return v.owner
		}
	}
	return noSym
}

// pointAlong makes id, computed from x and y, a pointer into the memory that one of them
// points into: a header stands in front of what callers get. With both it is a distance.
func (r *run) pointAlong(s *state, id, x, y sid) {
	switch m, n := r.memoryOf(s, x), r.memoryOf(s, y); {
	case m != noSym && n == noSym:
		r.ref(s, id).owner = m
	case n != noSym && m == noSym:
		r.ref(s, id).owner = n
	}
}

func (s *state) dropHeld(i int) { s.held = slices.Delete(slices.Clone(s.held), i, i+1) }

// lendHeld passes resources to a call that may take them over.
func (r *run) lendHeld(s *state, in *ir.Instr, fn *contract.Func, args []sid) {
	for i, a := range args {
		if len(s.held) == 0 {
			return
		}
		if r.keepsPointer(in, fn, i) || fn.Copies && i == 1 {
			l := noLoc
			if d := &r.syms[a]; d.kind == defAddr {
				if l = d.loc; l != noLoc && s.holding(r.locs[l].root, noLoc) >= 0 {
					a, l = r.locs[l].root, noLoc // a member of the memory
				}
			}
			if m := r.memoryOf(s, a); m != noSym {
				a = m
			}
			if n := s.holding(a, l); n >= 0 {
				s.dropHeld(n)
			}
		}
	}
}

// keepsPointer reports whether a call may take over what its i-th argument points to.
func (r *run) keepsPointer(in *ir.Instr, fn *contract.Func, i int) bool {
	if g := r.eng.resolve(r.f, in.Fn); g != nil && r.eng.table.Lookup(in.Fn) == nil {
		return r.eng.takes[g]&(1<<min(i, 63)) != 0
	}
	return apiKeeps(r.eng.table.Lookup(in.Fn), i)
}

// apiKeeps is keepsPointer for an API function: it copies what it may not write to, and
// an object that it makes may own the rest.
func apiKeeps(fn *contract.Func, i int) bool {
	if fn == nil {
		return true
	}
	p := param(fn, i)
	if fn.Release.Kind != "" && p.Name == fn.Release.Handle || fn.Acquire.Kind != "" && p.Name == fn.Acquire.Handle {
		return false // see giveBack
	}
	if strings.Contains(p.Type, "const") || fn.FormatKind == "build" || fn.FormatKind == "printf" {
		return false
	}
	return fn.Result.Ref == contract.New && strings.Contains(p.Type, "*") || strings.Contains(p.Type, "void *") && strings.HasPrefix(fn.Name, "Py") || p.Type == ""
}

// learnedHeld drops what is not held after all, now that v is known.
func (r *run) learnedHeld(s *state, v val, zero bool) {
	for i := len(s.held) - 1; i >= 0; i-- {
		h := s.held[i]
		switch {
		case h.id == v.id && h.loc == noLoc && zero && h.prev != noSym:
			s.held = slices.Clone(s.held)
			s.held[i] = held{kind: h.kind, id: h.prev, loc: noLoc}
		case h.id == v.id && h.loc == noLoc && zero:
			s.dropHeld(i)
		case h.dep == v.id && h.dep != noSym:
			if failed, ok := outcome(r.syms[h.dep].fn.Fail, &v); ok && failed {
				s.dropHeld(i)
			}
		}
	}
}

// lostHeld reports, where the function returns ret, what it holds and nobody can give
// back.
func (r *run) lostHeld(s *state, ret sid, failed bool) {
	for _, h := range s.held {
		if r.passedOn(s, h, ret) {
			continue
		}
		r.fire(s, h.id, &rule.Event{Kind: rule.ResourceLost, At: r.span, Slot: h.kind, ErrorPath: failed})
	}
}

func (r *run) passedOn(s *state, h held, ret sid) bool {
	v := r.get(s, h.id)
	switch {
	case h.dep != noSym && h.dep == ret, v.fl&fReported != 0:
		return true
	case h.loc != noLoc:
		for _, c := range s.mem { // `if (view.obj != NULL) PyBuffer_Release(&view);`
			if d := &r.locs[c.loc]; d.kind == locField && locID(d.parent) == h.loc && (d.name == "obj" || d.name == "buf") {
				if w := r.get(s, c.val); w.lo == 0 && w.hi == 0 || c.val == ret || r.kept(s, c.val) > 0 {
					return true
				}
			}
		}
		return false
	}
	if h.id == ret || v.lo == 0 && v.hi == 0 || v.fl&fEscaped != 0 || r.kept(s, h.id) > 0 || r.f.Name == "main" {
		return true
	}
	for _, c := range s.mem {
		if d := &r.syms[c.val]; d.kind == defPhi && r.locs[c.loc].out {
			return true // what two fields hold after a loop that swaps them
		} else if d.kind == defAddr && d.loc != noLoc && r.locs[d.loc].root == h.id && r.kept(s, c.val) > 0 {
			return true // the address of a member
		}
	}
	// A pointer into the memory may be what was returned or kept, or what holds it.
	for i := range s.vals {
		if w := &s.vals[i]; w.owner == h.id && (w.id == ret || r.kept(s, w.id) > 0) {
			return true
		}
	}
	return false
}

// findTakes collects for every function the parameters, by bit, whose memory it, or what it
// calls, may free, store or return.
func (e *Engine) findTakes(units []*ir.Unit) {
	e.takes = map[*ir.Func]uint64{}
	for changed := true; changed; {
		changed = false
		for _, u := range units {
			for _, f := range u.Funcs {
				if t := e.takesOf(f); t != e.takes[f] {
					e.takes[f], changed = t, true
				}
			}
		}
	}
}

func (e *Engine) takesOf(f *ir.Func) uint64 {
	taken := e.takes[f]
	from := map[*ir.Var]uint64{} // which parameters a variable may be a copy of
	for i, p := range f.Params {
		from[p] = 1 << min(i, 63)
	}
	of := func(o *ir.Operand) uint64 {
		if (o.Kind == ir.Load || o.Kind == ir.Addr) && o.Place.IsVar() {
			return from[o.Place.Base]
		}
		return 0
	}
	for again := true; again; {
		again = false
		for _, b := range f.Blocks {
			for i := range b.Instrs {
				in := &b.Instrs[i]
				switch in.Op {
				case ir.Copy, ir.Binary:
					bits := of(&in.X) | of(&in.Y)
					switch {
					case bits == 0 || in.Dst.Base == nil || cmpOps[in.Fn] != cmpNone:
					case in.Dst.IsVar() && !in.Dst.Base.Outlives():
						if from[in.Dst.Base]&bits != bits {
							from[in.Dst.Base] |= bits
							again = true
						}
					default:
						taken |= bits
					}
				case ir.Call:
					for n := range in.Args {
						if bits := of(&in.Args[n]); bits != 0 && e.callTakes(f, in, n) {
							taken |= bits
						}
					}
				}
			}
			if b.Term.Kind == ir.Return {
				taken |= of(&b.Term.X)
			}
		}
	}
	return taken
}

func (e *Engine) callTakes(f *ir.Func, in *ir.Instr, n int) bool {
	if c := e.table.Lookup(in.Fn); c != nil {
		return apiKeeps(c, n) || c.Release.Kind != "" && param(c, n).Name == c.Release.Handle
	}
	if g := e.resolve(f, in.Fn); g != nil && in.Fn != "" {
		return e.takes[g]&(1<<min(n, 63)) != 0
	}
	return true
}
