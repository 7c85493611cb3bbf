package engine

import (
	"slices"

	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/rule"
	"github.com/refcheck/refcheck/cmodel/ir"
)

// nodes knows the C structures that objects consist of: links of a chain, entries of a
// table, handles. No reference holds them; a method of the object that Python code comes
// back to may free them while another method walks along.
type nodes struct {
	freed     map[string]ice    // structures that running code frees, by how easily
	relinked  map[fieldKey]bool // fields that running code sets
	callbacks map[*ir.Func]bool // functions that none of the project calls by name
}

// findNodes grades the structures that are freed or moved by functions that Python code
// can make run on an object: at any time (called), or when it is set up again.
func (e *Engine) findNodes(units []*ir.Unit, called, setup map[*ir.Func]bool) {
	e.nodes = nodes{map[string]ice{}, map[fieldKey]bool{}, e.uncalled(units)}
	frees := e.freesParams(units)
	note := func(funcs map[*ir.Func]bool, grade ice) {
		for f := range funcs {
			if e.roles[f].Role != rule.ModuleInit {
				e.noteNodes(f, grade, frees)
			}
		}
	}
	note(called, breaking)
	note(setup, thin)
}

// noteNodes notes which structures f frees or moves, and which fields it sets,
// leaving out what it has made itself and what its callers gave it: they free that.
func (e *Engine) noteNodes(f *ir.Func, grade ice, frees map[*ir.Func]uint64) {
	made := madeByCalls(f)
	for _, b := range f.Blocks {
		for i := range b.Instrs {
			in := &b.Instrs[i]
			if n := len(in.Dst.Path); n > 0 && in.Dst.Path[n-1].Kind == ir.FieldSel && !made[in.Dst.Base] {
				last := in.Dst.Path[n-1]
				e.nodes.relinked[fieldKey{last.Struct, last.Name}] = true
			}
			for _, p := range e.freedBy(f, in, frees) {
				given := p.Base != nil && p.Base.Kind == ir.Local && p.Base.AddrTaken || // a call has set it
					p.IsVar() && (made[p.Base] || p.Base.Kind == ir.Param && !e.nodes.callbacks[f])
				if name := structAt(p.Type); name != "" && !given && !e.objects[name] {
					e.nodes.freed[name] = max(e.nodes.freed[name], grade)
				}
			}
		}
	}
}

// madeByCalls are the variables of f that receive the result of a call.
func madeByCalls(f *ir.Func) map[*ir.Var]bool {
	made := map[*ir.Var]bool{}
	for _, b := range f.Blocks {
		for i := range b.Instrs {
			if in := &b.Instrs[i]; in.Op == ir.Call && in.Dst.IsVar() {
				made[in.Dst.Base] = true
			}
		}
	}
	return made
}

// freedBy are the places whose memory a call frees, itself or in a helper of the project.
func (e *Engine) freedBy(f *ir.Func, in *ir.Instr, frees map[*ir.Func]uint64) []*ir.Place {
	if in.Op != ir.Call {
		return nil
	}
	var bits uint64
	if fn := e.table.Lookup(in.Fn); fn != nil {
		if k := paramIndex(fn, fn.Release.Handle); k >= 0 && memory[fn.Release.Kind] {
			bits = 1 << min(k, 63)
		}
	} else if g := e.resolve(f, in.Fn); g != nil {
		bits = frees[g]
	}
	var out []*ir.Place
	for k := range in.Args {
		if bits&(1<<min(k, 63)) != 0 && in.Args[k].Kind == ir.Load {
			out = append(out, &in.Args[k].Place)
		}
	}
	return out
}

// freesParams collects, by bit, the parameters whose memory functions free.
func (e *Engine) freesParams(units []*ir.Unit) map[*ir.Func]uint64 {
	frees := map[*ir.Func]uint64{}
	for changed := true; changed; {
		changed = false
		for _, u := range units {
			for _, f := range u.Funcs {
				bits := frees[f]
				for _, b := range f.Blocks {
					for i := range b.Instrs {
						for _, p := range e.freedBy(f, &b.Instrs[i], frees) {
							if k := slices.Index(f.Params, p.Base); p.IsVar() && k >= 0 {
								bits |= 1 << min(k, 63)
							}
						}
					}
				}
				if bits != frees[f] {
					frees[f], changed = bits, true
				}
			}
		}
	}
	return frees
}

// structAt is the structure, no object, that t points to, or "".
func structAt(t *ir.Type) string {
	if t == nil || t.Kind != ir.Pointer || t.Elem == nil || t.Elem.Kind != ir.StructType || t.Elem.Object {
		return ""
	}
	return t.Elem.Name
}

// nodeVars grades, by variable, the pointers to nodes of objects: how easily Python code
// has them freed, solid for other variables.
func (r *run) nodeVars() []ice {
	if len(r.eng.nodes.freed) == 0 {
		return nil
	}
	out := make([]ice, len(r.f.Vars))
	found := false
	raise := func(v *ir.Var, grade ice) bool {
		if v.Outlives() || v.AddrTaken || grade <= out[v.ID] {
			return false
		}
		out[v.ID], found = grade, true
		return true
	}
	for _, p := range r.f.Params {
		if r.role.Role == rule.Helper && r.eng.nodes.callbacks[r.f] {
			raise(p, min(r.eng.nodes.freed[r.contextType(p)], thick)) // whose it is, only the library knows
		}
	}
	for changed := true; changed; {
		changed = false
		for _, b := range r.f.Blocks {
			for i := range b.Instrs {
				in := &b.Instrs[i]
				if !in.Dst.IsVar() || in.Op != ir.Copy && in.Op != ir.Binary {
					continue
				}
				grade := min(r.eng.nodes.freed[structAt(in.Dst.Base.Type)], max(r.fromNode(&in.X, out), r.fromNode(&in.Y, out)))
				changed = raise(in.Dst.Base, grade) || changed
			}
		}
	}
	if !found {
		return nil
	}
	return out
}

// contextType is the structure that v, a void pointer, is cast to.
func (r *run) contextType(v *ir.Var) string {
	if v.Type == nil || v.Type.Kind != ir.Pointer || v.Type.Elem == nil || v.Type.Elem.Kind != ir.Void {
		return ""
	}
	for _, b := range r.f.Blocks {
		for i := range b.Instrs {
			in := &b.Instrs[i]
			for _, p := range [...]*ir.Place{&in.X.Place, &in.Y.Place} {
				if p.Base == v && len(p.Path) > 1 && p.Path[1].Kind == ir.FieldSel {
					return p.Path[1].Struct
				}
			}
		}
	}
	return ""
}

// fromNode grades a pointer that is read from the memory of an object, or of a node.
func (r *run) fromNode(x *ir.Operand, vars []ice) ice {
	p := &x.Place
	indexed := slices.ContainsFunc(p.Path, func(s ir.Sel) bool { return s.Kind == ir.Index })
	switch {
	case x.Kind == ir.Load && p.IsVar():
		return vars[p.Base.ID]
	case x.Kind == ir.Load && len(p.Path) > 1, x.Kind == ir.Addr && indexed:
	default:
		return solid
	}
	switch {
	case p.Path[0].Kind != ir.Deref:
		return solid
	case vars[p.Base.ID] != solid:
		return vars[p.Base.ID]
	case !slices.ContainsFunc(p.Path, func(s ir.Sel) bool { return r.eng.nodes.relinked[fieldKey{s.Struct, s.Name}] }):
		return solid // nothing but tp_dealloc lets go of what is there
	case p.Base.Type.IsObjectPtr():
		return breaking
	case p.Base.Kind == ir.Param:
		return thick // a structure of the callers, which other code need not know
	}
	return solid
}

// meltNodes marks the variables that point to nodes which a call may free.
func (r *run) meltNodes(s *state, in *ir.Instr, t trigger) {
	if r.nodes == nil || t.how != rule.ByCall {
		return
	}
	var at *step
	for n, grade := range r.nodes {
		id := s.vars[n]
		how := min(t.ice.and(grade), thin) // whether it is this very one that is freed, is not known
		if how == solid || !r.tracked(id) || r.guardedNode(s, id) {
			continue
		}
		if v := r.get(s, id); r.freshMemory(id) || v.lo == 0 && v.hi == 0 {
			continue
		}
		if at == nil {
			at = r.callStep(s, in, t.hook)
		}
		s.setMelt(melt{v: int32(n), sym: id, ice: how, how: rule.Freed, at: at, via: t.via})
	}
}

// callStep is the step of a call that runs the hook.
func (r *run) callStep(s *state, in *ir.Instr, hook string) *step {
	at := &step{kind: finding.Call, span: in.Span, callee: r.callee, hook: hook}
	if s.trace != nil {
		at.n = s.trace.n + 1
	}
	return at
}

// guardedNode reports whether this path has written to an object, or to the node id: a
// flag or count perhaps that forbids to free nodes, or the node was taken out.
func (r *run) guardedNode(s *state, id sid) bool {
	return slices.ContainsFunc(s.mem, func(c cell) bool {
		d := &r.locs[c.loc]
		if d.kind != locField || d.root <= symNil || r.syms[c.val].loc == c.loc || r.syms[c.val].b >= meltOrdinal {
			return false
		}
		return d.root == id || r.syms[d.root].flags&fObject != 0 && !r.freshMemory(d.root)
	})
}

// nodesChecked: a field of something that is no marked node is compared, a counter of
// changes perhaps. What is done in either case is taken to be right.
func (r *run) nodesChecked(s *state, operands ...*ir.Operand) {
	if !slices.ContainsFunc(s.melts, func(m melt) bool { return m.how == rule.Freed }) {
		return
	}
	for _, o := range operands {
		if o.Kind != ir.Load || len(o.Place.Path) < 2 {
			continue
		}
		if _, marked := s.meltOf(int32(o.Place.Base.ID)); !marked {
			s.melts = slices.DeleteFunc(slices.Clone(s.melts), func(m melt) bool { return m.how == rule.Freed })
			return
		}
	}
}

// fireFreed reports the use of a node that may have been freed.
func (r *run) fireFreed(s *state, id sid, m melt, used string) {
	if len(r.f.Doubts) > 0 {
		m.ice = min(m.ice, thick)
	}
	if v := r.get(s, id); v.fl&fReported != 0 || v.fl&fDying != 0 && r.confidence(&v) >= m.ice.confidence() {
		return // reported as a pointer into the memory of an object
	}
	if slices.ContainsFunc(r.order, func(e *Event) bool { return e.Kind == rule.Dangles && e.How != rule.Freed && e.At == r.span }) {
		return
	}
	for _, e := range r.order { // one for each call and variable, whatever it points to
		if e.How == rule.Freed && e.Held == r.f.Vars[m.v].Name && e.Before == m.at.span {
			e.Sure = max(e.Sure, m.ice.confidence())
			return
		}
	}
	ev := &rule.Event{Kind: rule.Dangles, How: rule.Freed, At: r.span, Call: r.callee, Used: used, Held: r.f.Vars[m.v].Name,
		Before: m.at.span, BeforeCall: m.at.callee, Hook: m.at.hook, Via: m.via, Sure: m.ice.confidence()}
	r.melting = m.at
	r.fire(s, id, ev)
	r.melting = nil
}

// uncalled are the functions that no function of the project calls by name.
func (e *Engine) uncalled(units []*ir.Unit) map[*ir.Func]bool {
	out := map[*ir.Func]bool{}
	callers := e.callersIn(units)
	for _, u := range units {
		for _, f := range u.Funcs {
			out[f] = len(callers[f]) == 0
		}
	}
	return out
}
