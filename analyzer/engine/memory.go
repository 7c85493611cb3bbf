package engine

import (
	"github.com/refcheck/refcheck/analyzer/rule"
	"github.com/refcheck/refcheck/cmodel/ir"
)

// Memory that a project's own objects point to, such as the item array of a container.
// Methods that replace it, and that Python code can call, make pointers to it dangle.

// findMovable collects the fields of objects whose memory is freed or reallocated by
// functions that Python code can call on a living object.
func (e *Engine) findMovable(units []*ir.Unit) {
	e.movable = map[fieldKey]bool{}
	seen := map[*ir.Func]bool{}
	var work []*ir.Func
	for _, u := range units {
		for _, f := range u.Funcs {
			switch e.roles[f].Role {
			case rule.Entry, rule.Setter, rule.Init:
				work = append(work, f)
			}
		}
	}
	for len(work) > 0 {
		f := work[len(work)-1]
		work = work[:len(work)-1]
		if seen[f] {
			continue
		}
		seen[f] = true
		e.frees(f)
		work = append(work, e.calls[f]...)
	}
}

// frees notes the fields whose memory f frees or reallocates.
func (e *Engine) frees(f *ir.Func) {
	from := map[*ir.Var]ir.Place{} // locals that are copies of a field
	for _, b := range f.Blocks {
		for i := range b.Instrs {
			if in := &b.Instrs[i]; in.Op == ir.Copy && in.Dst.IsVar() && in.X.Kind == ir.Load {
				from[in.Dst.Base] = in.X.Place
			}
		}
	}
	for v := range e.allocated(f) {
		delete(from, v) // on the other ways it is memory of its own that is freed
	}
	for _, b := range f.Blocks {
		for i := range b.Instrs {
			in := &b.Instrs[i]
			fn := e.table.Lookup(in.Fn)
			if in.Op != ir.Call || fn == nil || !memory[fn.Release.Kind] {
				continue
			}
			k := paramIndex(fn, fn.Release.Handle)
			if k < 0 || k >= len(in.Args) {
				continue
			}
			p := in.Args[k].Place
			if q, ok := from[p.Base]; ok && p.IsVar() {
				p = q
			}
			if key, ok := slotKey(&p); ok && e.objects[key.strct] {
				e.movable[key] = true
			}
		}
	}
}

// allocated are the variables of f that receive new memory.
func (e *Engine) allocated(f *ir.Func) map[*ir.Var]bool {
	out := map[*ir.Var]bool{}
	for _, b := range f.Blocks {
		for i := range b.Instrs {
			in := &b.Instrs[i]
			if fn := e.table.Lookup(in.Fn); in.Op == ir.Call && in.Dst.IsVar() && fn != nil && memory[fn.Acquire.Kind] && fn.Release.Kind == "" {
				out[in.Dst.Base] = true
			}
		}
	}
	return out
}

// memory are the kinds of resources that are memory.
var memory = map[string]bool{"malloc": true, "mem": true, "mem-raw": true, "mem-object": true, "mem-data": true}

// meltFields marks the pointers in variables that were read from fields of objects
// whose memory Python code, which has just run, can replace.
func (r *run) meltFields(s *state) {
	for i, id := range s.vars {
		if id <= symNil || r.f.Vars[i].Outlives() || r.syms[id].kind != defInit {
			continue
		}
		l := r.syms[id].loc
		k, ok := r.slotKey(l)
		if !ok || !r.eng.movable[k] || r.get(s, id).fl&fDying != 0 {
			continue
		}
		root := r.locs[l].root
		if root <= symNil || r.private(s, root) || r.changed(s, root) {
			continue
		}
		if n, ok := s.cell(l); ok && s.mem[n].val != id {
			continue
		}
		v := r.ref(s, id)
		v.owner = root
		v.fl |= fInside | fMovable
		r.moved(s, id, rule.Melted)
		now := r.intern(symKey{kind: defSite, a: r.at, b: meltOrdinal + int32(l)}) // what the field holds from now on
		r.syms[now].name, r.syms[now].loc = r.locName(l), l
		s.drop(now)
		s.setCell(l, now)
	}
}

// changed reports whether this path has written a field of an object: a counter or a
// flag, perhaps, that forbids others to replace its memory.
func (r *run) changed(s *state, root sid) bool {
	for _, c := range s.mem {
		if d := &r.locs[c.loc]; d.root == root && d.kind == locField && r.syms[c.val].kind != defInit && r.syms[c.val].b < meltOrdinal {
			return true
		}
	}
	return false
}

// anchor: where a pointer to a part of an object is stored, outside of that object, the
// object may be found again by it and released then.
func (r *run) anchor(s *state, l locID, id sid) {
	if r.syms[id].kind != defAddr {
		return
	}
	if root := r.locs[r.syms[id].loc].root; root > symNil && root != r.locs[l].root {
		r.escape(s, root, false)
	}
}
