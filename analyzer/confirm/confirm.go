// Package confirm replays the path of a finding on the reference model and says
// whether the model shows the defect. It trusts neither the engine's verdict nor
// its bookkeeping: the steps become operations on a heap of objects, and only
// counts, holders and faults of that heap decide.
package confirm

import (
	"fmt"
	"slices"

	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/cmodel/refmodel"
)

// Verdicts.
const (
	Confirmed   = "confirmed"   // the model, run along the path, shows the defect
	Unsupported = "unsupported" // the path says too little, or the defect is not about counts
	Refuted     = "refuted"     // the model shows that there is no such defect
)

// Confirm replays f on CPython 3.minor.
func Confirm(f *finding.Finding, minor int) finding.Model {
	return Replay(f, minor).Model
}

// Replay runs the path of f on a model of CPython 3.minor.
func Replay(f *finding.Finding, minor int) *finding.Trace {
	m := newMachine(f, minor)
	t := &finding.Trace{}
	for i := range f.Steps {
		m.faulted = ""
		m.do(i)
		t.Rows = append(t.Rows, finding.Row{Step: i, Objects: m.snapshot(), Fault: m.faulted})
	}
	t.Model = m.judge()
	return t
}

// A judgement decides for one kind of finding, after the last step.
type judgement func(*machine) finding.Model

var judgements = map[string]judgement{
	"leak":              (*machine).judgeLeak,
	"resource":          (*machine).judgeLeak,
	"reinit-leak":       (*machine).judgeLeak,
	"thin-ice":          (*machine).judgeMelt,
	"overdecref":        (*machine).judgeRelease,
	"use-after-release": (*machine).judgeUse,
	"borrowed-return":   (*machine).judgeReturn,
	"borrowed-store":    (*machine).judgeStore,
}

func (m *machine) judge() finding.Model {
	j := judgements[m.f.Kind]
	switch {
	case j == nil:
		return beyond("the model does not cover findings of kind %s", m.f.Kind)
	case m.objs[1] == nil:
		return unsupported("no step of the path concerns the object")
	case m.gap != "":
		return unsupported("%s", m.gap)
	case m.heap.Object(m.objs[1].id).Immortal:
		return m.judgeImmortal()
	}
	return j(m)
}

// judgeImmortal speaks of objects whose count never changes: the defect is real
// on the last version before they became immortal, and without effect since.
func (m *machine) judgeImmortal() finding.Model {
	old := Confirm(m.f, lastMortal)
	if old.Verdict != Confirmed {
		return old
	}
	return beyond("%s is immortal in 3.%d, its count does not move; on 3.%d: %s",
		m.f.Object, m.heap.Minor, lastMortal, old.Detail)
}

func confirmed(format string, args ...any) finding.Model {
	return finding.Model{Verdict: Confirmed, Detail: fmt.Sprintf(format, args...)}
}

func unsupported(format string, args ...any) finding.Model {
	return finding.Model{Verdict: Unsupported, Detail: fmt.Sprintf(format, args...)}
}

// beyond is unsupported for a reason that lies in the model, not in the path.
func beyond(format string, args ...any) finding.Model {
	return finding.Model{Verdict: Unsupported, Detail: fmt.Sprintf(format, args...), Beyond: true}
}

func refuted(format string, args ...any) finding.Model {
	return finding.Model{Verdict: Refuted, Detail: fmt.Sprintf(format, args...)}
}

// label names object n for the table: as the user calls it, if there is a name.
func (m *machine) label(n int, o *object) string {
	name := ""
	switch {
	case n < len(m.f.Objects) && m.f.Objects[n] != "":
		name = m.f.Objects[n]
	case n == 1:
		name = m.f.Object
	}
	switch {
	case name != "":
		return "'" + name + "'"
	case n > 1 && !o.made:
		return "the container"
	}
	return "an object"
}

// rowHolder names who makes a claim as the table names objects.
func (m *machine) rowHolder(c refmodel.Claim) string {
	for n, o := range m.objs {
		if o.id == c.Holder && c.Holder != refmodel.NULL {
			return m.label(n, o)
		}
	}
	return c.Owner
}

// snapshot describes all objects of the path.
func (m *machine) snapshot() []finding.Object {
	var out []finding.Object
	for n, o := range m.objs {
		if o == nil {
			continue
		}
		a := m.heap.Account(o.id)
		row := finding.Object{
			Number: n, Name: m.label(n, o), Born: o.born, Count: a.Object.Count,
			Freed: !m.heap.IsAlive(o.id),
		}
		if !m.exited {
			row.Owned = m.frame.Held(o.id)
		}
		for _, c := range a.Claims {
			row.Holders = append(row.Holders, slices.Repeat([]string{m.rowHolder(c)}, max(0, c.Refs))...)
		}
		out = append(out, row)
	}
	slices.SortFunc(out, func(a, b finding.Object) int { return a.Number - b.Number })
	return out
}
