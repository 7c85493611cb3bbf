package engine

import (
	"slices"

	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/rule"
	"github.com/refcheck/refcheck/cmodel/source"
)

// A history is what happened to one object up to an event, as steps that the
// reference model can replay.
type history struct {
	r    *run
	main sid
	// owners are what main is borrowed from, and that again, if their history decides.
	owners []sid
	ids    []sid
	melted bool           // the call that melts the object is among the steps
	steps  []finding.Step // newest first while they are collected
}

// history renders the path of s as far as it concerns the object: what happened to
// it, the calls that failed and the branch that decided, oldest first. When the
// object has died with its owner, what happened to the owner is part of it.
func (r *run) history(s *state, id sid, ev *rule.Event) *history {
	v := r.get(s, max(id, 0))
	h := &history{r: r, main: id, ids: []sid{id}}
	if ev.Kind == rule.UseReleased || ev.Kind == rule.Dangles && ev.How == rule.Released {
		for w := v; w.fl&fDying != 0 && r.tracked(w.owner) && len(h.owners) < 3; {
			h.owners = append(h.owners, w.owner)
			w = r.get(s, w.owner)
		}
	}
	h.collect(s, ev)
	if ev.Kind == rule.Lost && ev.How == rule.Forgotten {
		// Its other ways out act as if the caller gave the function this reference.
		h.steps = append(h.steps, finding.Step{Kind: finding.Acquire, Span: r.heading(), Object: 1, Owned: 1, Main: true})
		v.refs++
		for i := range h.steps {
			if s := &h.steps[i]; s.Object == 1 && i < len(h.steps)-1 {
				s.Owned++
			}
		}
	}
	if r.melting != nil && !h.melted {
		h.addMelt()
	}
	if d := &r.syms[max(id, 0)]; ev.Kind == rule.ThinIce && !slices.ContainsFunc(h.steps, func(s finding.Step) bool { return s.Kind == finding.Borrow && s.Object == 1 }) {
		name := d.name
		if name == "" {
			name = "?"
		}
		h.steps = append(h.steps, finding.Step{Kind: finding.Borrow, Span: r.heading(), Object: 1, Slot: name, Main: true})
	} else if ev.How == rule.Overwritten && d.kind == defInit {
		h.steps = append(h.steps, finding.Step{Kind: finding.Borrow, Span: r.heading(), Object: 1, Slot: ev.Slot, Main: true})
	}
	slices.Reverse(h.steps)
	last := finding.Step{Kind: finalKind(ev), Span: ev.At, Object: 1, Owned: int(v.refs), Callee: ev.Call, Slot: ev.Slot, Main: true}
	n := len(h.steps)
	if n == 0 || h.steps[n-1].Span != last.Span || h.steps[n-1].Kind != last.Kind {
		h.steps = append(h.steps, last)
	}
	h.steps[len(h.steps)-1].Main = true
	return h
}

// heading is the name of the function where it is defined.
func (r *run) heading() source.Span {
	at := r.f.Span
	at.EndLine, at.EndColumn = at.Line, at.Column+len(r.f.Name)
	return at
}

func (h *history) collect(s *state, ev *rule.Event) {
	branches, left := 0, 1+len(h.owners)
	met := map[sid]bool{} // objects whose first step was found
	for t := s.trace; t != nil && left > 0; t = t.prev {
		if m := h.r.melting; m != nil && !h.melted && t.n < m.n {
			h.addMelt()
		}
		begins := t.kind == finding.Acquire || t.kind == finding.Borrow // older steps are about an earlier object
		switch {
		case t.sym == h.main && h.main > symNil:
			if !met[t.sym] {
				h.add(t, h.main, !t.gone)
			}
		case t.sym != noSym && slices.Contains(h.owners, t.sym):
			if !met[t.sym] {
				h.add(t, t.sym, t.kind == finding.Release)
			}
		case t.slot == gilStep && t.kind == finding.Call:
			if t.span == ev.Before {
				h.add(t, noSym, true)
			}
		case met[h.main]:
		case t.failed && len(h.steps) == 0, t == s.fail && ev.Kind == rule.Lost:
			h.add(t, noSym, true)
		case t.kind == finding.Branch && (branches == 0 && len(h.steps) == 0 || t.other == h.main):
			branches++
			h.add(t, noSym, t.other == h.main && branches < 3)
		}
		if begins && !met[t.sym] && (t.sym == h.main && h.main > symNil || slices.Contains(h.owners, t.sym)) {
			met[t.sym] = true
			left--
		}
	}
}

// addMelt appends the call during which the owner may have let go of the object.
func (h *history) addMelt() {
	m := h.r.melting
	h.steps = append(h.steps, finding.Step{Kind: finding.Call, Span: m.span, Object: 1, Callee: m.callee, Hook: m.hook, Main: true})
	h.melted = true
}

// add appends the step t, which is about id.
func (h *history) add(t *step, id sid, main bool) {
	st := finding.Step{
		Kind: t.kind, Span: t.span, Object: h.number(id), Owned: int(t.owned),
		Callee: t.callee, Slot: t.slot, Failed: t.failed, Gone: t.gone, Main: main,
	}
	if t.kind != finding.Branch {
		st.Other = h.number(t.other)
	}
	h.steps = append(h.steps, st)
}

// number gives an object its number on the path: 1 for the event's own, 0 for none.
func (h *history) number(id sid) int {
	if !h.r.tracked(id) {
		return 0
	}
	i := slices.Index(h.ids, id)
	if i < 0 {
		i = len(h.ids)
		h.ids = append(h.ids, id)
	}
	return i + 1
}

// names says how the user calls the objects, by number; number 0 is none.
func (h *history) names(s *state) []string {
	out := []string{""}
	for _, id := range h.ids {
		name := h.r.syms[max(id, 0)].name
		if name == "" {
			name = h.r.holderName(s, id)
		}
		out = append(out, name)
	}
	return out
}
