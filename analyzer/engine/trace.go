package engine

import (
	"github.com/refcheck/refcheck/analyzer/finding"
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
	owned  int8
	failed bool
	gone   bool // store: slot holds sym no longer
	format rune
	arg    int
	n      int // length of the history
}

func (r *run) note(s *state, st step) *step {
	st.prev = s.trace
	if st.prev != nil {
		st.n = st.prev.n + 1
	}
	s.trace = &st
	return s.trace
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
