// Package rule is the contract between the engine and the rules: the engine
// follows references along paths and fires an Event when the bookkeeping goes
// wrong; a Rule looks at the event and says whether, and in which words, that is
// a defect of its kind. Other rules look at the model of a type or a module, and
// find Defects in its slots.
package rule

import (
	"github.com/refcheck/refcheck/analyzer/finding"
	"github.com/refcheck/refcheck/cmodel/contract"
	"github.com/refcheck/refcheck/cmodel/ir"
	"github.com/refcheck/refcheck/cmodel/source"
	"github.com/refcheck/refcheck/cmodel/typemodel"
)

// A Rule is one check. Exactly one rule should claim any event.
type Rule struct {
	Code     string // "RC101"
	Name     string // "leak"
	Kind     string // group of interfaces.md: "leak", "overdecref", ...
	Severity finding.Severity
	Doc      string // the embedded doc.md
	CWE      int    // 0 if none fits
	// Precision says how rarely the rule is wrong: one of Precisions, "" for high.
	// Code hosts rank rules by it. Each finding has its own Confidence besides.
	Precision string
	// Fixes says what sort of fixes the rule may propose: "safe", which some of its findings may fall short
	// of, "unsafe", or "" for none.
	Fixes string
	// Judge returns nil if the event is not this rule's business.
	Judge func(*Event) *Verdict
	// Types and Modules judge definitions instead of events. A rule has at least one
	// of the three.
	Types   func(*typemodel.Type) []*Defect
	Modules func(*typemodel.Module) []*Defect
}

// A Verdict is a rule's opinion of an event.
type Verdict struct {
	Message    string // lower case, no final stop
	Help       string // what to do, one line
	Confidence finding.Confidence
	// Severity overrides the rule's own when set.
	Severity *finding.Severity
	// OncePerFunction folds all findings of this rule in a function into one,
	// the others becoming its alsoAt.
	OncePerFunction bool
	// Repairs are proposals for edits that mend it, all of which are needed.
	Repairs []Repair
}

// EventKind says what went wrong with a reference.
type EventKind uint8

// Kinds of events.
const (
	// Lost: a reference this function owns can no longer be released by anybody.
	Lost EventKind = iota
	// ReleaseUnowned: a reference is released that this function does not own.
	ReleaseUnowned
	// UseReleased: an object is used after the last reference known to keep it
	// alive was released.
	UseReleased
	// ReturnBorrowed: the caller is promised a reference that nobody gives it.
	ReturnBorrowed
	// StoreBorrowed: a slot that owns its object is given a borrowed reference.
	StoreBorrowed
	// StealBorrowed: a call that takes over a reference is given a borrowed one.
	StealBorrowed
	// ReleaseThenSet: the object in a field is released while the field still
	// points to it; the field is overwritten only afterwards.
	ReleaseThenSet
	// ThinIce: a borrowed reference is used although code that has run since may have
	// made its owner let go.
	ThinIce
	// RefcntWrite: the reference count is written directly.
	RefcntWrite
	// Unchecked: the result of a call that tells who owns the reference now is
	// ignored.
	Unchecked
	// Dangles: a pointer into the memory of an object is used, or kept, although the
	// memory may be gone.
	Dangles
	// WithoutGIL: the API is called while the GIL is released.
	WithoutGIL
	// GILLeft: the function returns without the GIL that it released, or with one that it
	// took.
	GILLeft
	// Racy: a borrowed reference is used although another thread may have made its owner
	// let go, in a program without the GIL.
	Racy
	// UniqueByCount: a reference count of 1 is taken as proof that nobody else has the
	// object, in a program without the GIL.
	UniqueByCount
	// OldAPI: a function is called that the target has no more, or that is to go. API is
	// its contract.
	OldAPI
	// ResourceLost: a buffer or memory that this function acquired can no longer be given
	// back. Slot is its kind.
	ResourceLost
	// UnusedComment: a comment ignores findings that are not there.
	UnusedComment
	// BadComment: a comment addressed to refcheck is not understood.
	BadComment
	// WrongAnnotation: a function does not do with references what a comment or
	// attribute says.
	WrongAnnotation
)

// How tells more about an event of one kind.
type How uint8

// Details of events.
const (
	AtReturn    How = iota // Lost: still owned when the function returns
	Overwritten            // Lost: its last holder is given another value
	Temporary              // Lost: passed to a call as a temporary that nothing holds
	Dropped                // Lost: the result of a call is not used at all
	Forgotten              // Lost, ReturnBorrowed: unlike on the function's other ways out, which callers cannot tell from this one
	NotOwned               // ReleaseUnowned: it was borrowed all along
	Released               // ReleaseUnowned, Dangles: this function released it before
	GivenAway              // ReleaseUnowned, UseReleased: a call took it over before
	Resized                // Dangles: the owner was given other memory
	Melted                 // Dangles: Python code ran that can give the owner other memory
	Outlives               // Dangles: nothing keeps the owner alive as long as the pointer is there
	ByCall                 // ThinIce: a call before this use ran Python code
	Within                 // ThinIce: the call that uses it runs Python code
	ByThreads              // ThinIce: other threads ran
	StaleSize              // ThinIce: an index is checked against a size from before
	StaleCheck             // ThinIce, Dangles: a field was looked at before, and may be NULL now
	Freed                  // Dangles: Python code ran that can free what is no object
)

// OriginKind says where an object of a path came from.
type OriginKind uint8

// Origins.
const (
	FromCall   OriginKind = iota // result or out-parameter of Call
	FromParam                    // argument of the function
	FromField                    // read from a field, array or global
	FromConst                    // Py_None and its like, a static type
	FromIncref                   // only known through an Py_INCREF
)

// An Object is what an event is about.
type Object struct {
	Name   string // what the user calls it: "list", "self->items"; "" if nothing
	Origin OriginKind
	Call   string      // FromCall: the function
	Where  source.Span // the acquisition
	New    bool        // the origin gave this function a reference
	Shared bool        // others may own it too
	Owner  string      // borrowed from: name of the owner; may be empty
	IsType bool        // a type object
	Module bool        // a module object
	Const  string      // FromConst: "Py_None", ...
	// TakenBy is the call with which the function made itself an owner of an object
	// that somebody else owns as well, for a reference that is lost: "Py_INCREF".
	TakenBy string
	TakenAt source.Span
	// Immortal: the target's interpreter never frees it (None, True ... from 3.12)
	Immortal bool
}

// Role is what a function is to the interpreter.
type Role uint8

// Roles of functions.
const (
	Helper     Role = iota // called by C code only, as far as is known
	Entry                  // in a method table, slot or getter: returns a new reference
	ModuleInit             // PyInit_*, init*, Py_mod_exec
	Dealloc                // tp_dealloc, tp_finalize, tp_free
	Clear                  // tp_clear, tp_traverse
	Init                   // tp_init
	Setter                 // setters, tp_setattro: return a status
)

// An Event is one thing that went wrong on one path.
type Event struct {
	Kind   EventKind
	How    How
	Object Object
	At     source.Span // where the fix belongs
	Func   *ir.Func
	Role   Role

	Call   string // the function called at At, if At is a call
	Arg    int    // 1-based index of the argument concerned, 0 if none
	Format rune   // the unit of a format string that concerns the object: 'O', 'N'; 0 if none
	Slot   string // the field or variable written or released: "self->items"
	// Struct and Field name the field that Slot is, if it is one.
	Struct, Field string
	Used          string // UseReleased: how: "passed to f", "read", "returned"

	// Before is the release, steal or borrow that the event follows.
	Before     source.Span
	BeforeCall string

	// Hook is the Python code that may have run, for a ThinIce event: "__eq__"; Via is the
	// API function that runs it, if that is not the call itself.
	Hook, Via string
	// Held is the variable that has borrowed the object of a ThinIce event, or that has the
	// size, or the field that was looked at; "" if it is an expression. HeldType is its C type.
	Held, HeldType string
	// Loop: ThinIce: the object is the current item of an iteration.
	Loop bool

	// API is the contract of the API function that an event without the GIL, or about an
	// old function, is about; Target the Python that the code is read for.
	API    *contract.Func
	Target contract.Target

	// ErrorPath: the function reports failure on this path.
	ErrorPath bool
	// FailedCall is the last call that failed before the event, FailedAt where.
	// FailedTook: it would have taken over the object, had it succeeded.
	FailedCall string
	FailedTook bool
	FailedAt   source.Span

	// Comment says, for an event about a comment or annotation, which rules it ignores
	// without need, or what is wrong with it. InFunc is the function it stands at; such an
	// event has no Func, Object or path.
	Comment string
	InFunc  string

	// Macro is the macro in whose expansion the object comes from, if any.
	Macro string

	// Sure is the engine's own confidence: High when every step is backed by a
	// contract or code it has seen, Low when an unknown function had the object.
	Sure finding.Confidence
}
