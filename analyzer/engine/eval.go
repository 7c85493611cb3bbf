package engine

import (
	"slices"
	"strings"

	"github.com/refcheck/refcheck/cmodel/ir"
)

// value evaluates an operand.
func (r *run) value(s *state, o *ir.Operand) sid {
	switch o.Kind {
	case ir.Const:
		return r.constant(o.Int)
	case ir.String:
		return r.intern(symKey{kind: defString, str: o.Str})
	case ir.FuncRef:
		return r.intern(symKey{kind: defFunc, str: o.Str})
	case ir.Load:
		l := r.resolve(s, &o.Place)
		id := r.readLoc(s, l, o.Place.Type)
		if o.Type.IsObjectPtr() {
			r.syms[id].flags |= fObject
		}
		return id
	case ir.Addr:
		return r.address(r.resolve(s, &o.Place))
	case ir.Opaque:
		if o.Str != "" && o.Str == strings.ToUpper(o.Str) {
			return r.intern(symKey{kind: defName, str: o.Str})
		}
	}
	return r.opaque
}

// resolve finds the location a place names.
func (r *run) resolve(s *state, p *ir.Place) locID {
	l := locID(p.Base.ID)
	t := p.Base.Type
	for i := range p.Path {
		sel := &p.Path[i]
		switch sel.Kind {
		case ir.Deref:
			v := r.readLoc(s, l, t)
			r.touch(s, v, useRead, 0)
			l = r.target(v)
			if v == r.opaque {
				l = r.internLoc(locKey{kind: locAny, parent: int32(l)}, "")
			}
		case ir.FieldSel:
			l = r.internLoc(locKey{kind: locField, parent: int32(l), name: sel.Name}, sel.Struct)
			if r.locs[l].strct == "" {
				r.locs[l].strct = sel.Struct
			}
		case ir.Index:
			l = r.index(s, l, sel.Index)
		}
		t = nil
	}
	return l
}

func (r *run) index(s *state, l locID, ix *ir.Operand) locID {
	if ix != nil {
		v := r.get(s, r.value(s, ix))
		if v.lo == v.hi && (ix.Kind == ir.Const || !r.inLoop()) {
			if v.lo == 0 && r.locs[l].kind == locTarget {
				return l // p[0] is *p
			}
			return r.internLoc(locKey{kind: locElem, parent: int32(l), index: v.lo}, "")
		}
	}
	// Which element is not known: whatever the array holds can be meant.
	r.escapeWithin(s, l)
	return r.internLoc(locKey{kind: locAny, parent: int32(l)}, "")
}

// inLoop reports whether the current block can run more than once.
func (r *run) inLoop() bool { return r.plan.looped[r.block] }

// readLoc returns the value at a location, making up an initial one.
func (r *run) readLoc(s *state, l locID, t *ir.Type) sid {
	d := &r.locs[l]
	if d.kind == locVar {
		if id := s.vars[d.parent]; id != noSym {
			return id
		}
		if v := r.f.Vars[d.parent]; v.Outlives() {
			if text, ok := r.eng.units[r.f].strings[staticName(r.f, v)]; ok {
				return r.intern(symKey{kind: defString, str: text})
			}
			s.vars[d.parent] = r.initial(l, v.Type)
			return s.vars[d.parent]
		}
		return r.opaque
	}
	if i, ok := s.cell(l); ok {
		return s.mem[i].val
	}
	if d.weak {
		id := r.intern(symKey{kind: defSite, a: r.at, b: weakOrdinal + int32(l)})
		sd := &r.syms[id]
		sd.typ, sd.name = t, r.locName(l)
		sd.flags, sd.weak = fEscaped, true
		s.drop(id)
		return id
	}
	if d.rvar >= 0 && !d.out && !r.f.Vars[d.rvar].AddrTaken && r.f.Vars[d.rvar].Kind == ir.Local {
		return r.opaque // a member of a local struct nobody has set
	}
	return r.initial(l, t)
}

// Ordinals keep apart the symbols that one instruction makes.
const (
	resultOrdinal int32 = 0
	paramOrdinal  int32 = 1 // + index of the argument
	havocOrdinal  int32 = 1 << 12
	weakOrdinal   int32 = 1 << 16
	meltOrdinal   int32 = 1 << 24
)

// fresh makes the symbol for something the current instruction produces. An
// older product of the same instruction that is still around, as in a loop, is
// set aside first.
func (r *run) fresh(s *state, ordinal int32) sid {
	id := r.intern(symKey{kind: defSite, a: r.at, b: ordinal})
	r.retire(s, id)
	return id
}

func (r *run) retire(s *state, id sid) {
	if i, ok := s.find(id); ok {
		v := s.vals[i]
		if v.refs > 0 && r.holders(s, id, noLoc) == 0 {
			r.lostOrphan(s, id)
		}
		if v.refs < 0 {
			r.deficit(s, id)
		}
	}
	k := r.syms[id].symKey
	if i := s.holding(id, noLoc); i >= 0 && r.holders(s, id, noLoc) == 0 {
		s.dropHeld(i)
	}
	if r.holders(s, id, noLoc) == 0 {
		r.forget(s, id)
		return
	}
	k.num = 1
	old := r.intern(k)
	def := r.syms[id]
	def.symKey = k
	r.syms[old] = def
	r.forget(s, old)
	v := r.get(s, id)
	v.id = old
	r.forget(s, id)
	*r.ref(s, old) = v
	if i := s.holding(id, noLoc); i >= 0 {
		s.held = slices.Clone(s.held)
		s.held[i].id = old
	}
	for i, x := range s.vars {
		if x == id {
			s.vars[i] = old
		}
	}
	for i := range s.mem {
		if s.mem[i].val == id {
			s.mem[i].val = old
		}
	}
}

// forget removes every trace of id's facts, and what is known to lie behind it.
func (r *run) forget(s *state, id sid) {
	s.drop(id)
	out := s.mem[:0:0]
	for _, c := range s.mem {
		if r.locs[c.loc].root == id && id != noSym {
			r.escape(s, c.val, true)
			continue
		}
		out = append(out, c)
	}
	s.mem = out
	s.vals = slices.DeleteFunc(s.vals, func(v val) bool {
		d := &r.syms[v.id]
		return d.kind == defInit && r.locs[d.loc].root == id && id != noSym
	})
	rels := s.rels[:0:0]
	for _, x := range s.rels {
		if x.a != id && x.b != id {
			rels = append(rels, x)
		}
	}
	s.rels = rels
	s.unmemo(id)
	if s.dep == id {
		s.dep, s.err = noSym, errUnknown
	}
}

// unmemo forgets what accessors returned for, or as, id.
func (s *state) unmemo(id sid) {
	s.memo = slices.DeleteFunc(slices.Clone(s.memo), func(m memo) bool { return m.x == id || m.y == id || m.to == id })
}

// escape hands id to code that is not known: it may keep, store or release it.
func (r *run) escape(s *state, id sid, stored bool) {
	if !r.tracked(id) || r.get(s, id).fl&fInside != 0 { // nobody can release what is no reference
		return
	}
	v := r.ref(s, id)
	v.fl |= fEscaped | fKept
	if stored && v.refs > 0 {
		v.refs--
	}
}

// tracked reports whether ownership of the symbol is followed at all.
func (r *run) tracked(id sid) bool {
	if id == noSym || id == symNil || id == r.opaque {
		return false
	}
	switch r.syms[id].kind {
	case defConst, defFunc, defString, defName:
		return false
	case defAddr:
		return r.syms[id].flags&fConst != 0
	}
	return true
}

// assign writes a value to a place.
func (r *run) assign(s *state, p *ir.Place, id sid) {
	l := r.resolve(s, p)
	r.write(s, l, id)
	d := &r.syms[id]
	if p.IsVar() && p.Base.Kind != ir.Temp && (d.kind == defSite || d.kind == defPhi) && d.name == "" {
		d.name = p.Base.Name
	}
	if d.typ == nil && p.Type != nil {
		d.typ = p.Type
	}
	if p.Type.IsObjectPtr() {
		d.flags |= fObject
	}
}

// write stores id at l, watching what is overwritten.
func (r *run) write(s *state, l locID, id sid) {
	d := &r.locs[l]
	r.wroteThrough(s, d.root)
	if !r.followed(l) {
		r.passOn(s, id)
	}
	if d.kind == locVar {
		s.unmelt(d.parent)
		old := s.vars[d.parent]
		if v := r.f.Vars[d.parent]; old == noSym && v.Outlives() && r.eng.owning(r, l) {
			old = r.initial(l, v.Type)
		}
		if old == id {
			return
		}
		if old != noSym {
			r.overwrite(s, l, old)
		}
		s.vars[d.parent] = id
		if r.f.Vars[d.parent].Outlives() {
			r.noteStore(s, l, id)
		}
		return
	}
	if d.weak {
		r.escape(s, id, false)
		return
	}
	r.anchor(s, l, id)
	old := noSym
	if i, ok := s.cell(l); ok {
		old = s.mem[i].val
	} else if d.out {
		old = r.initial(l, nil)
	}
	if old != noSym && old != id {
		r.overwrite(s, l, old)
	}
	s.setCell(l, id)
	if d.root > symNil {
		s.vacated(d.root, id) // what was in the object before is somebody else's now
	}
	if d.out {
		r.noteStore(s, l, id)
	}
}
