package engine

import (
	"strings"

	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/analyzer/rule"
	"github.com/refcheck/refcheck/cmodel/ir"
	"github.com/refcheck/refcheck/cmodel/source"
)

// An Event is a rule.Event with the path that shows it.
type Event struct {
	rule.Event
	Steps       []finding.Step
	Objects     []string // names of the objects that the steps number
	Assumptions []string
	// Site identifies the object within the function: events about the same site
	// are one defect.
	Site int
	// exits are the exits of the function at which it was found, if it was at one.
	exits []int
}

type eventKey struct {
	kind rule.EventKind
	how  rule.How
	site sid
	at   source.Pos
	fail bool
}

// fire records that something is wrong with object id on this path. The path
// goes on, but says no more about the object.
func (r *run) fire(s *state, id sid, ev *rule.Event) {
	ev.Func, ev.Role = r.f, r.role.Role
	d := &r.syms[max(id, 0)]
	if d.instr != nil {
		ev.Macro = d.instr.Macro
	}
	key := eventKey{ev.Kind, ev.How, id, ev.At.Pos, ev.ErrorPath}
	v := r.get(s, max(id, 0))
	if id > symNil {
		r.ref(s, id).fl |= fReported
	}
	if old := r.events[key]; old != nil {
		old.exits = append(old.exits, len(r.sum.exits))
		if ev.Kind == rule.ThinIce || ev.Kind == rule.Racy {
			old.Sure = max(old.Sure, ev.Sure)
		}
		return
	}
	ev.Object = r.describe(s, id, d, &v)
	if ev.Kind == rule.Lost || ev.Kind == rule.Unchecked {
		if st := s.lostReference(id, v.refs); st != nil && st.kind == finding.Incref {
			ev.Object.TakenBy, ev.Object.TakenAt = st.callee, st.span
		}
	}
	if ev.Kind != rule.ThinIce && ev.Kind != rule.Racy && ev.Kind != rule.OldAPI && ev.How != rule.Freed && ev.How != rule.StaleCheck { // which say how sure they are
		ev.Sure = r.confidence(&v)
	}
	if (ev.Kind == rule.WithoutGIL || ev.Kind == rule.GILLeft) && r.gilOptional() {
		ev.Sure = finding.Low
	}
	if ev.How == rule.Forgotten {
		ev.Sure = min(ev.Sure, finding.Medium) // what the function is meant to do is concluded
	}
	if w := r.get(s, v.owner); ev.Kind == rule.Dangles && w.fl&fShared != 0 && r.getter(v.owner) {
		ev.Sure = min(ev.Sure, finding.Medium) // whoever the owner was looked up in owns it as well
	}
	if s.fail != nil {
		ev.FailedCall, ev.FailedAt = s.fail.callee, s.fail.span
		ev.FailedTook = s.fail.other == id && id > symNil
	}
	if st := s.last(id, finding.Release, finding.Decref, finding.Steal); st != nil && !ev.Before.IsValid() {
		ev.Before, ev.BeforeCall = st.span, st.callee
	}
	h := r.history(s, id, ev)
	e := &Event{Event: *ev, Steps: h.steps, Objects: h.names(s), Site: r.site(r.defectOf(s, id, ev)), exits: []int{len(r.sum.exits)}}
	if v.fl&fDoubt != 0 {
		e.Assumptions = append(e.Assumptions, "a function refcheck has not seen leaves the reference alone")
	}
	r.events[key] = e
	r.order = append(r.order, e)
}

// defectOf is the object that tells whether two events are about the same defect: for
// what somebody owns who can let go of it, that owner.
func (r *run) defectOf(s *state, id sid, ev *rule.Event) sid {
	if ev.Kind != rule.ThinIce && (ev.Kind != rule.Dangles || ev.Slot != "") {
		return id
	}
	id = r.behind(id)
	for range maxOwners {
		v := r.get(s, max(id, 0))
		if v.owner <= symNil || v.fl&(fBorrowed|fInside) == 0 {
			break
		}
		id = v.owner
	}
	return id
}

// site numbers an object by where it came from, the same for both ages.
func (r *run) site(id sid) int {
	if id <= symNil {
		return 0
	}
	k := r.syms[id].symKey
	k.num = 0
	return int(r.intern(k))
}

func (r *run) confidence(v *val) finding.Confidence {
	switch {
	case len(r.f.Doubts) > 0, v.fl&(fDoubt|fEscaped) != 0:
		return finding.Low
	}
	return finding.High
}

// describe says what the object is in the user's terms.
func (r *run) describe(s *state, id sid, d *symDef, v *val) rule.Object {
	o := rule.Object{Name: d.name, Shared: v.fl&fShared != 0, New: v.fl&fNew != 0}
	if o.Name == "" || strings.Contains(o.Name, "?") {
		o.Name = r.holderName(s, id)
	}
	if v.owner != noSym && v.fl&(fBorrowed|fInside) != 0 {
		o.Owner = r.syms[v.owner].name
		if o.Owner == "" {
			o.Owner = r.holderName(s, v.owner)
		}
	}
	switch {
	case v.fl&fConst != 0:
		o.Origin, o.Const = rule.FromConst, d.name
		o.Immortal = r.eng.immortal(d.name)
		o.IsType = d.kind == defAddr
	case d.kind == defSite && d.instr != nil && d.instr.Op == ir.Call:
		o.Origin, o.Call, o.Where = rule.FromCall, d.instr.Fn, d.instr.Span
		if d.fn != nil {
			o.Call = d.fn.Name
			o.IsType, o.Module = d.fn.Result.Makes == "type", d.fn.Result.Makes == "module"
			o.Immortal = d.b == resultOrdinal && r.eng.immortal(d.fn.Result.Const)
		}
	case d.kind == defInit && v.fl&fNew != 0: // see revive
		if st := s.last(id, finding.Acquire); st != nil {
			o.Origin, o.Call, o.Where = rule.FromCall, st.callee, st.span
		}
		if name := r.holderName(s, id); name != "" {
			o.Name = name
		}
	case d.param > 0:
		o.Origin = rule.FromParam
	case v.fl&fSlot != 0, d.weak:
		o.Origin = rule.FromField
	default:
		o.Origin = rule.FromIncref
	}
	return o
}

// holderName names a variable or slot that holds id.
func (r *run) holderName(s *state, id sid) string {
	for v, x := range s.vars {
		if x == id && id != noSym && r.f.Vars[v].Kind != ir.Temp {
			return r.f.Vars[v].Name
		}
	}
	for _, c := range s.mem {
		if c.val != id {
			continue
		}
		if name := r.locName(c.loc); !strings.Contains(name, "?") {
			return name
		}
	}
	return ""
}

func finalKind(ev *rule.Event) finding.StepKind {
	switch ev.Kind {
	case rule.Lost:
		if ev.How == rule.Temporary || ev.How == rule.Dropped {
			return finding.Call
		}
		if ev.How == rule.Overwritten {
			return finding.Store
		}
		return finding.Exit
	case rule.ReleaseUnowned, rule.ReleaseThenSet:
		return finding.Decref
	case rule.Dangles:
		if ev.Slot != "" {
			return finding.Store
		}
		return finding.Use
	case rule.Racy:
		return finding.Borrow
	case rule.UseReleased, rule.RefcntWrite, rule.ThinIce, rule.UniqueByCount:
		return finding.Use
	case rule.StoreBorrowed:
		return finding.Store
	case rule.StealBorrowed:
		return finding.Steal
	case rule.Unchecked, rule.WithoutGIL, rule.OldAPI:
		return finding.Call
	}
	return finding.Exit
}
