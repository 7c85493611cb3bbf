package engine

import (
	"slices"

	"github.com/refcheck/refcheck/analyzer/rule"
	"github.com/refcheck/refcheck/cmodel/ir"
)

// fieldLoc is the location of the field that p is, or lies behind; noLoc if that is none
// that running code sets to NULL.
func (r *run) fieldLoc(s *state, p *ir.Place) locID {
	sel := fieldOf(p)
	if sel == nil || r.eng.checks.emptied[fieldKey{sel.Struct, sel.Name}] == solid {
		return noLoc
	}
	return r.fieldOfSym(s.vars[p.Base.ID], sel.Struct, sel.Name)
}

func (r *run) fieldOfSym(root sid, strct, name string) locID {
	if !r.tracked(root) || r.freshMemory(root) {
		return noLoc
	}
	return r.internLoc(locKey{kind: locField, parent: int32(r.target(root)), name: name}, strct)
}

// checked notes a comparison of a field with NULL, which forgets an older one.
func (r *run) checked(s *state, t *ir.Term) {
	if len(r.eng.checks.emptied) == 0 {
		return
	}
	r.checkedWith(s, t)
	if comparedField(t) == nil {
		return
	}
	if l := r.fieldLoc(s, &t.X.Place); l != noLoc {
		r.setCheck(s, l)
	}
}

func (r *run) setCheck(s *state, l locID) {
	v := int32(len(s.vars)) + int32(l)
	s.unmelt(v)
	s.setMelt(melt{v: v, how: rule.StaleCheck})
}

// checkedWith: a field is looked at that is set whenever another one becomes NULL, which
// then need not be looked at.
func (r *run) checkedWith(s *state, t *ir.Term) {
	for _, o := range [...]*ir.Operand{&t.X, &t.Y} {
		sel := fieldOf(&o.Place)
		if o.Kind != ir.Load || sel == nil {
			continue
		}
		root := s.vars[o.Place.Base.ID]
		s.melts = slices.DeleteFunc(slices.Clone(s.melts), func(m melt) bool {
			l := r.checkOf(s, m)
			return l != noLoc && m.ice != solid && r.locs[l].root == root && r.locs[l].name != sel.Name && r.eng.checks.with[fieldKey{r.locs[l].strct, r.locs[l].name}][sel.Name]
		})
	}
}

// checkOf is the field that m is a check of, or noLoc.
func (r *run) checkOf(s *state, m melt) locID {
	if m.how != rule.StaleCheck {
		return noLoc
	}
	return locID(m.v - int32(len(s.vars)))
}

// meltChecks is called before the effects of a call: what it needs is used, what it
// writes is not as it was, what it compares is checked; and Python code that runs in it
// may empty what was checked before.
func (r *run) meltChecks(s *state, in *ir.Instr, args []sid, t trigger) {
	if len(r.eng.checks.emptied) == 0 {
		return
	}
	g := r.eng.resolve(r.f, in.Fn)
	if g != nil {
		r.needs(s, g, args)
	}
	for _, m := range slices.Clone(s.melts) {
		l := r.checkOf(s, m)
		switch {
		case l == noLoc:
		case g != nil && r.eng.writes[g][r.locs[l].name], r.guardedNode(s, r.locs[l].root):
			s.unmelt(m.v)
		case t.how == rule.ByCall:
			k := fieldKey{r.locs[l].strct, r.locs[l].name}
			if how := min(t.ice.and(r.eng.checks.emptied[k]), thin); how > m.ice {
				s.unmelt(m.v)
				s.setMelt(melt{v: m.v, ice: how, how: rule.StaleCheck, at: r.callStep(s, in, t.hook), via: t.via})
			}
		}
	}
	if g != nil {
		r.fields(r.eng.checks.made[g], args, func(l locID) { r.setCheck(s, l) })
	}
}

// fields calls do for fields of arguments.
func (r *run) fields(names fieldSets, args []sid, do func(locID)) {
	for i, set := range names {
		if i >= len(args) {
			return
		}
		for _, k := range r.eng.checks.sorted {
			if set[k.name] {
				if l := r.fieldOfSym(args[i], k.strct, k.name); l != noLoc {
					do(l)
				}
			}
		}
	}
}

// needs reports fields that a helper uses without a look.
func (r *run) needs(s *state, g *ir.Func, args []sid) {
	r.fields(r.eng.checks.needed[g], args, func(l locID) { r.useChecked(s, l, "used by "+g.Name) })
}

// staleUses reports the fields that in uses although the check is from before code ran.
func (r *run) staleUses(s *state, in *ir.Instr) {
	if !slices.ContainsFunc(s.melts, func(m melt) bool { return m.how == rule.StaleCheck && m.ice != solid }) {
		return
	}
	r.eng.uses(in, func(p *ir.Place) {
		if l := r.fieldLoc(s, p); l != noLoc {
			used := "read"
			if in.Op == ir.Call && in.Fn != "" { // the function itself may be read there
				used = "passed to " + in.Fn
			}
			r.useChecked(s, l, used)
		}
	})
	if sel := fieldOf(&in.Dst); sel != nil && len(in.Dst.Path) == 2 {
		if l := r.fieldLoc(s, &in.Dst); l != noLoc {
			s.unmelt(int32(len(s.vars)) + int32(l))
		}
	}
}

// useChecked reports the use of the field l, unless the check still holds.
func (r *run) useChecked(s *state, l locID, used string) {
	i, ok := s.meltOf(int32(len(s.vars)) + int32(l))
	if !ok || s.melts[i].ice == solid {
		return
	}
	m := s.melts[i]
	s.unmelt(m.v)
	id := r.readLoc(s, l, nil)
	if v := r.get(s, id); v.lo == 0 && v.hi == 0 {
		return
	}
	if len(r.f.Doubts) > 0 {
		m.ice = min(m.ice, thick)
	}
	kind := rule.Dangles
	if r.eng.checks.objects[fieldKey{r.locs[l].strct, r.locs[l].name}] {
		kind = rule.ThinIce
	}
	r.melting = m.at
	r.fire(s, id, &rule.Event{Kind: kind, How: rule.StaleCheck, At: r.span, Call: r.callee, Used: used, Held: r.locName(l),
		Before: m.at.span, BeforeCall: m.at.callee, Hook: m.at.hook, Via: m.via, Sure: m.ice.confidence()})
	r.melting = nil
	r.ref(s, id).fl &^= fReported
}
