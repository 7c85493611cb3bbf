package engine

import (
	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/rule"
	"github.com/refcheck/refcheck/cmodel/source"
)

// A step is one node of a path's history, newest first. Paths that fork share
// their past.
type step struct {
	prev   *step
	kind   finding.StepKind
	span   source.Span
	sym    sid // the object concerned, noSym if none
	other  sid // container, owner
	callee string
	slot   string
	hook   string // call: the Python code that may run: "__eq__"
	owned  int8
	failed bool
	gone   bool // store: slot holds sym no longer
	format rune
	arg    int
	how    rule.How // release: why memory went, for a pointer into it
	n      int      // length of the history
}

func (r *run) note(s *state, st step) *step {
	st.prev = s.trace
	if st.prev != nil {
		st.n = st.prev.n + 1
	}
	s.trace = &st
	return s.trace
}

// lostReference finds the step that took the reference to id which is left over:
// each release, and what the function gives away as it returns, undoes the newest
// step before it that took one. refs is what is owned now.
func (s *state) lostReference(id sid, refs int8) *step {
	undone, started := 0, false
	for p := s.trace; p != nil; p = p.prev {
		if p.sym != id {
			continue
		}
		if !started {
			undone, started = max(0, int(p.owned-refs)), true
		}
		switch p.kind {
		case finding.Incref, finding.Acquire:
			if undone == 0 {
				return p
			}
			undone--
		case finding.Decref, finding.Release, finding.Steal:
			undone++
		case finding.Borrow:
			return nil
		}
		if p.kind == finding.Acquire {
			return nil // older steps are about an earlier object
		}
	}
	return nil
}

// last finds the newest step of kind about id.
func (s *state) last(id sid, kinds ...finding.StepKind) *step {
	for p := s.trace; p != nil; p = p.prev {
		if p.sym != id || p.gone {
			continue
		}
		for _, k := range kinds {
			if p.kind == k {
				return p
			}
		}
	}
	return nil
}
