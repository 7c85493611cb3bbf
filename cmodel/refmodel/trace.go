package refmodel

// A Phase is a stage of a collection, named after the function of the
// collector that has just returned.
type Phase uint8

// Phases, in order. PhaseStep is between two objects of move_unreachable.
// Objects that a finalizer may have brought back are looked at again, from 3.9
// on: PhaseUpdateRefs to PhaseMoveUnreachable then occur twice.
const (
	PhaseStart           Phase = iota // nothing has happened
	PhaseMerge                        // younger generations joined
	PhaseUpdateRefs                   // gc_refs are the counts
	PhaseSubtractRefs                 // minus references from inside the list
	PhaseStep                         // move_unreachable has dealt with Snapshot.Object
	PhaseMoveUnreachable              // reachable and unreachable are told apart
	PhaseSurvivors                    // reachable objects moved to the older generation
	PhaseLegacy                       // those that tp_del can reach set aside
	PhaseWeakrefs                     // weak references cleared
	PhaseCallback                     // a callback has run
	PhaseFinalize                     // tp_finalize of Snapshot.Object has run
	PhaseFinalized                    // all finalizers have run
	PhaseResurrected                  // what came back is told apart
	PhaseClear                        // tp_clear of Snapshot.Object has run
	PhaseDone
)

var phaseNames = [...]string{"start", "merge", "update_refs", "subtract_refs", "move_unreachable: step",
	"move_unreachable", "survivors", "move_legacy_finalizers", "handle_weakrefs", "callback",
	"tp_finalize", "finalize_garbage", "handle_resurrected_objects", "tp_clear", "done"}

func (p Phase) String() string { return phaseNames[p] }

// A Snapshot is the state of the collector after a phase.
type Snapshot struct {
	Phase      Phase
	Generation int // that is collected
	Object     ID  // the phase is about, or NULL
	// Lists are the lists that are not empty, each in its order.
	Lists []ListState
}

// A ListState is one list of the collector.
type ListState struct {
	List    GCList
	Objects []ObjectState
}

// An ObjectState is what the collector knows of an object.
type ObjectState struct {
	ID    ID
	Name  string
	Count int // ob_refcnt
	// Refs is gc_refs; it means something while Collecting, which is until the
	// object has been found to be reachable.
	Refs       int
	Collecting bool
}

func (c *collection) observe(phase Phase, x ID, extra ...*gcList) {
	if c.h.Observe == nil {
		return
	}
	s := Snapshot{Phase: phase, Generation: c.gen, Object: x}
	lists := append([]*gcList{}, c.h.gc.generation[:]...)
	lists = append(lists, c.unreachable, c.finalizers)
	for _, l := range append(lists, extra...) {
		if l == nil || l.size == 0 {
			continue
		}
		state := ListState{List: l.name}
		for o := range l.all {
			state.Objects = append(state.Objects, ObjectState{o.ID, o.String(), o.Count, o.gc.refs, o.gc.collecting})
		}
		s.Lists = append(s.Lists, state)
	}
	c.h.Observe(s)
}
